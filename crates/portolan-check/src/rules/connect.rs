//! No connection: refused, dropped, rejected by a firewall, no way there, or cut.

use std::net::IpAddr;

use portolan_report::probe::{ConnectFault, Outcome, Stage};

use super::{Said, Site};
use crate::assessment::{Finding, Weight};
use crate::line::is_rejection;

/// *Detects* why no connection came about. What a firewall does is told from a host that is down by what the same address
/// does on other ports: one that answers there is up. (RFC 1812, section 5.2.7.1; RFC 4443, section 3.1; RFC 9293, section
/// 3.5.2.)
pub(super) fn connect(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some(step) = site.session.visit.steps.first() else {
        return;
    };
    let Outcome::NotConnected { fault } = &step.outcome else {
        return;
    };
    let port = site.port();
    let is_up = site.look.answers_elsewhere(site.session.visit);
    let others = site
        .door
        .sessions
        .iter()
        .filter(|it| it.index != site.session.index);
    let works_at_another = others.into_iter().any(|it| {
        matches!(
            it.visit.steps.first().map(|it| &it.outcome),
            Some(Outcome::Connected)
        )
    });
    let (rule, cause, confidence, sentence) = match fault {
        ConnectFault::Refused => (
            "port-refused",
            "network.refused",
            80,
            format!("Port {port} is refused: the host answers that nothing listens there."),
        ),
        ConnectFault::TimedOut if is_up && port == 25 => (
            "port-dropped",
            "network.port-blocked",
            70,
            "Packets to port 25 are dropped, while the same address answers on others: most likely the network here lets no mail out by 25.".to_owned(),
        ),
        ConnectFault::TimedOut if is_up && site.look.is_way_round_alone(site.door) => (
            "port-dropped",
            "network.port-blocked",
            65,
            format!("Packets to port {port} are dropped, while the same address answers on a port that no standard assigns: most likely the network here lets no submission out."),
        ),
        ConnectFault::TimedOut if is_up => (
            "port-dropped",
            "network.timeout",
            70,
            format!("Packets to port {port} are dropped, while the same address answers on others: a firewall, here or before the server."),
        ),
        ConnectFault::TimedOut => (
            "no-answer",
            "network.timeout",
            60,
            format!("Nobody answers on port {port}: packets are dropped on the way, or the host is down."),
        ),
        ConnectFault::NotPermitted => (
            "port-rejected",
            "network.port-blocked",
            85,
            format!("This machine's own rules do not let connections to port {port} out."),
        ),
        ConnectFault::Forbidden => (
            "port-rejected",
            "network.port-blocked",
            80,
            format!("A firewall rejects connections to port {port}, and says so."),
        ),
        ConnectFault::HostUnreachable if is_rejection(site.look, site.session, step.took_ms) => (
            "port-rejected",
            "network.port-blocked",
            85,
            format!("A firewall rejects connections to port {port}: it says that the host cannot be reached, while the host answers on another port."),
        ),
        ConnectFault::HostUnreachable => (
            "no-route",
            "network.unreachable",
            80,
            "A router knows no way to the host, or a firewall says so.".to_owned(),
        ),
        ConnectFault::NetworkUnreachable => (
            "no-route",
            "network.unreachable",
            90,
            no_route(site.session.visit.address).to_owned(),
        ),
        ConnectFault::Reset => (
            "reset-while-connecting",
            "network.connection-lost",
            60,
            format!("The connection to port {port} is cut before it stands."),
        ),
        ConnectFault::Other { text, .. } => (
            "no-connection",
            "",
            50,
            format!("No connection to port {port}, and the system says why: {text}."),
        ),
    };
    let is_ours = *fault == ConnectFault::NetworkUnreachable && works_at_another;
    let weight = match (is_ours, works_at_another) {
        // Whoever has no IPv6 cannot judge a server's.
        (true, _) => Weight::Note,
        // One dead address of several delays or loses mail, whatever else serves.
        (false, true) => Weight::Problem,
        (false, false) => site.weight(),
    };
    found.push(site.found(
        Stage::Connect,
        0,
        Said {
            rule,
            cause,
            weight,
            confidence,
            sentence,
        },
    ));
}

const fn no_route(address: IpAddr) -> &'static str {
    match address {
        IpAddr::V4(_) => {
            "This machine knows no way to addresses of IPv4, so that they could not be tried."
        }
        IpAddr::V6(_) => {
            "This machine knows no way to addresses of IPv6, so that they could not be tried."
        }
    }
}
