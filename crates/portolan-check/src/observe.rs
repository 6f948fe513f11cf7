//! What the advice may learn of the ports from a check.

use std::net::IpAddr;

use portolan_report::probe::{ConnectFault, Outcome};
use portolan_report::{Family, Observation, Reach};

use crate::assessment::{Finding, Weight};
use crate::look::Look;

/// One for each port of each address that says something of the way there. That there is no IPv6 here says nothing of a port.
pub(crate) fn observations(look: &Look<'_>, findings: &[Finding]) -> Vec<Observation> {
    let mut all = Vec::new();
    for session in look.sessions() {
        let Some(first) = session.visit.steps.first() else {
            continue;
        };
        let is_tampered_with = findings.iter().any(|it| {
            it.weight == Weight::Danger
                && it.cause.is_some_and(|it| it.id == "network.intercepted")
                && it.rests_on.iter().any(|at| at.visit == session.index)
        });
        let reach = match &first.outcome {
            _ if is_tampered_with => Reach::Intercepted,
            Outcome::Connected => Reach::Open,
            Outcome::NotConnected { fault } => match fault {
                ConnectFault::Refused => Reach::Refused,
                ConnectFault::TimedOut => Reach::TimedOut,
                ConnectFault::Reset => Reach::Reset,
                ConnectFault::Forbidden | ConnectFault::NotPermitted => Reach::Rejected,
                ConnectFault::HostUnreachable if look.answers_elsewhere(session.visit) => {
                    Reach::Rejected
                }
                ConnectFault::HostUnreachable
                | ConnectFault::NetworkUnreachable
                | ConnectFault::Other { .. } => continue,
            },
            _ => continue,
        };
        all.push(Observation {
            port: session.visit.port,
            reach,
            host: Some(session.visit.host.clone()),
            family: Some(match session.visit.address {
                IpAddr::V4(_) => Family::V4,
                IpAddr::V6(_) => Family::V6,
            }),
            at: Some(look.report.started_at.to_string()),
        });
    }
    all
}
