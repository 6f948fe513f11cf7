//! The certificates that a host shows behind STARTTLS, and nothing else of it.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portolan_report::probe::{Break, Certificate, ConnectFault, Opening, Outcome, Purpose, Step};

use super::certificate::Pem;
use super::check::Until;
use super::roots::Authorities;
use super::session::{Common, Errands, To, visit};
use super::wire::Clock;

/// Where to look.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The host, whose name is asked for.
    pub host: &'a str,
    /// One of its addresses.
    pub address: IpAddr,
    /// The port: 25.
    pub port: u16,
    /// The name in EHLO.
    pub ehlo: &'a str,
    /// The time for each step.
    pub step: Duration,
    /// The end of all.
    pub deadline: Instant,
}

/// Visits it, and leaves when the handshake stands. Certificates come as a whole, the host's own first.
///
/// # Errors
///
/// How far it went, in words.
pub fn shown_at(to: Shown<'_>) -> Result<Vec<Certificate>, String> {
    let common = Common {
        clock: Clock {
            began: Instant::now(),
            deadline: to.deadline,
            step: to.step,
        },
        ehlo: to.ehlo.to_owned(),
        server_name: None,
        // What DANE vouches for needs no authority; whether one does, is not asked here.
        roots: Arc::new(Authorities::none()),
        pem: Pem::Kept,
        errands: Errands::default(),
        until: Until::End,
        claimed: Mutex::default(),
    };
    let seen = visit(
        &To {
            host: to.host.to_owned(),
            address: to.address,
            port: to.port,
            opening: Opening::Text,
            // A visit that ends with the handshake.
            purpose: Purpose::OtherOpening,
        },
        &common,
    );
    let session = seen.steps.iter().find_map(|it| match &it.outcome {
        Outcome::Tls { session } => Some(session),
        _ => None,
    });
    match session {
        Some(session) => Ok(session.chain.clone()),
        None => Err(seen.steps.iter().find_map(failure).unwrap_or_else(|| {
            format!("{}, port {}: no STARTTLS is offered", to.address, to.port)
        })),
    }
}

fn failure(step: &Step) -> Option<String> {
    let stage = step.stage.id();
    Some(match &step.outcome {
        Outcome::NotConnected { fault } => {
            let how = match fault {
                ConnectFault::Refused => "refused",
                ConnectFault::TimedOut => "timed out",
                ConnectFault::HostUnreachable | ConnectFault::NetworkUnreachable => "no route",
                _ => "failed",
            };
            format!("the connection {how}")
        }
        Outcome::Broken { how, .. } => {
            let how = match how {
                Break::TimedOut | Break::Deadline => "nothing came in time",
                _ => "the connection broke",
            };
            format!("{how} at {stage}")
        }
        Outcome::TlsFailed { .. } => "TLS failed".to_owned(),
        Outcome::Reply { reply } if reply.code >= 400 => {
            format!("refused with {} at {stage}", reply.code)
        }
        _ => return None,
    })
}
