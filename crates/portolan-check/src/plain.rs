//! What plain commands print of connections, as a report that only connected: `nc -vz` of any system, and the loop over
//! ports for PowerShell of [`crate::commands`].
//!
//! ```
//! use portolan_check::{assess, plain};
//! let text = "nc: connect to mx.example.org port 25 (tcp) timed out: Operation now in progress\n\
//!             Connection to mx.example.org (192.0.2.1) 587 port [tcp/submission] succeeded!";
//! let report = plain::report(text, 1_795_687_200).unwrap();
//! assert_eq!(
//!     assess(&report).verdict.sentence,
//!     "mx.example.org: 587 connects; nothing more was asked; 25 dropped by a firewall."
//! );
//! ```

use std::net::{IpAddr, Ipv4Addr};

use portolan_report::probe::{
    Asked, AskedHost, AskedPort, ConnectFault, Families, Moment, Opening, Outcome, ProbeReport,
    Purpose, SCHEMA, Stage, Step, Target, TargetKind, Visit, limits,
};

/// The `tool` of such a report.
pub const TOOL: &str = "plain commands";

/// No line of these commands is longer, in bytes.
const LONGEST: usize = 600;

/// A connection that a line tells of.
struct Told {
    host: String,
    address: Option<IpAddr>,
    port: u16,
    outcome: Outcome,
}

/// The report that lines tell, at least two ports of one host, and little else. `None`: it is another text. `now` is in
/// seconds since 1970: the lines do not say when they were printed.
pub fn report(text: &str, now: i64) -> Option<ProbeReport> {
    let (mut all, mut others): (Vec<Told>, usize) = (Vec::new(), 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if all.len() == limits::PORTS {
            break;
        }
        match told(line) {
            Some(it) if all.iter().any(|known| known.port == it.port) => {}
            Some(it) => all.push(it),
            None => others += 1,
        }
    }
    let host = all.first()?.host.clone();
    all.retain(|it| it.host == host);
    if all.len() < 2 || others > all.len() {
        return None;
    }
    // Where one line names the address, the others went there too.
    let address = all.iter().find_map(|it| it.address);
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let ports = all.iter().map(|it| AskedPort {
        port: it.port,
        opening: opening(it.port),
        is_named: false,
    });
    let asked = Asked {
        target: Target {
            kind: TargetKind::Host,
            name: host.clone(),
        },
        hosts: vec![AskedHost {
            name: host.clone(),
            preference: None,
            ports: ports.collect(),
        }],
        families: Families::Both,
        ehlo_name: String::new(),
        server_name: None,
        step_timeout_ms: 0,
        deadline_ms: 0,
        errands: Vec::new(),
    };
    let visits = all.into_iter().map(|it| Visit {
        host: host.clone(),
        address,
        port: it.port,
        opening: opening(it.port),
        purpose: Purpose::Session,
        started_ms: 0,
        steps: vec![Step {
            stage: Stage::Connect,
            sent: None,
            started_ms: 0,
            took_ms: 0,
            first_byte_ms: None,
            outcome: it.outcome,
            noticed: Vec::new(),
        }],
    });
    Some(ProbeReport {
        schema: SCHEMA,
        tool: TOOL.to_owned(),
        started_at: Moment::from_unix(now),
        took_ms: 0,
        cut_short: false,
        asked,
        lookups: Vec::new(),
        roots: None,
        visits: visits.collect(),
    })
}

const fn opening(port: u16) -> Opening {
    match port {
        465 | 2_465 => Opening::Tls,
        _ => Opening::Text,
    }
}

/// What a line tells: of which host, which port, and what became of the connection.
fn told(line: &str) -> Option<Told> {
    if line.len() > LONGEST {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let (at, port) = port(&words)?;
    let host = host(&words, at)?;
    let address = |word: &&str| word.trim_matches(['(', ')', '[', ']', ':']).parse().ok();
    let address = words.iter().take(at).rev().find_map(address);
    let behind = words.get(at + 1..)?.join(" ");
    Some(Told {
        host,
        address,
        port,
        outcome: outcome(&behind)?,
    })
}

/// The place of the word that is the port, and the port: `port 25`, `587 port [tcp/submission]`, `587 (submission) open`.
fn port(words: &[&str]) -> Option<(usize, u16)> {
    words.iter().enumerate().find_map(|(at, word)| {
        let port: u16 = word
            .trim_end_matches(':')
            .parse()
            .ok()
            .filter(|it| *it > 0)?;
        let before = at.checked_sub(1).and_then(|it| words.get(it)).copied();
        let after = words.get(at + 1).copied().unwrap_or_default();
        (before == Some("port") || after == "port" || after.starts_with('(')).then_some((at, port))
    })
}

/// The host before the port: behind `to`, or the first word.
fn host(words: &[&str], at: usize) -> Option<String> {
    let to = words.iter().take(at).position(|word| *word == "to");
    let host = words.get(to.map_or(0, |to| to + 1)).filter(|_| at > 0)?;
    let is_host = host.len() <= 253
        && host.contains(['.', ':'])
        && host
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b".-:".contains(&it));
    is_host.then(|| (*host).to_owned())
}

/// What became of it, in the words of any system: those of failures are the analyzer's.
fn outcome(words: &str) -> Option<Outcome> {
    let any = |all: &[&str]| all.iter().any(|it| words.contains(it));
    if any(&["succeeded", "open"]) || words.trim() == "connected" {
        return Some(Outcome::Connected);
    }
    let cause = portolan_smtp::classify(words.as_bytes())?.cause.id;
    let fault = match cause {
        "network.refused" => ConnectFault::Refused,
        "network.timeout" | "network.port-blocked" | "client.idle-timeout" => {
            ConnectFault::TimedOut
        }
        "network.unreachable" if any(&["network"]) => ConnectFault::NetworkUnreachable,
        "network.unreachable" => ConnectFault::HostUnreachable,
        "network.connection-lost" => ConnectFault::Reset,
        _ => return None,
    };
    Some(Outcome::NotConnected { fault })
}

#[cfg(test)]
mod tests {
    use portolan_report::Reach;

    use super::*;
    use crate::{Level, PortState, assess};

    fn states(text: &str) -> Option<Vec<(u16, PortState)>> {
        let assessment = assess(&report(text, 0)?);
        Some(
            assessment
                .ports
                .iter()
                .map(|it| (it.port, it.state))
                .collect(),
        )
    }

    #[test]
    fn what_nc_and_powershell_print_is_told_port_by_port() {
        for text in [
            "nc: connect to mx.example.org port 25 (tcp) timed out: Operation now in progress\n\
             nc: connect to mx.example.org (192.0.2.1) port 465 (tcp) failed: Connection refused\n\
             Connection to mx.example.org (192.0.2.1) 587 port [tcp/submission] succeeded!",
            "nc: connectx to mx.example.org port 25 (tcp) failed: Operation timed out\n\
             nc: connectx to mx.example.org port 465 (tcp) failed: Connection refused\n\
             Connection to mx.example.org port 587 [tcp/submission] succeeded!",
            "mx.example.org [192.0.2.1] 25 (smtp) : Connection timed out\n\
             mx.example.org [192.0.2.1] 465 (submissions) : Connection refused\n\
             mx.example.org [192.0.2.1] 587 (submission) open",
            "PS C:\\> foreach …\n\
             mx.example.org port 25: A connection attempt failed because the connected party did not properly respond after a period of time\n\
             mx.example.org port 465: No connection could be made because the target machine actively refused it 192.0.2.1:465\n\
             mx.example.org port 587: connected",
        ] {
            let expected = [
                (25, PortState::Dropped),
                (465, PortState::Refused),
                (587, PortState::Connects),
            ];
            assert_eq!(states(text).as_deref(), Some(&expected[..]), "{text}");
        }
    }

    #[test]
    fn a_port_that_connects_is_one_for_the_advice_and_not_said_to_work() {
        let text = "Connection to mx.example.org (192.0.2.1) 465 port [tcp/submissions] succeeded!\n\
                    Connection to mx.example.org (192.0.2.1) 587 port [tcp/submission] succeeded!";
        let assessment = assess(&report(text, 0).unwrap());
        assert_eq!(assessment.verdict.level, Level::Undecided);
        assert!(
            assessment
                .observations
                .iter()
                .all(|it| it.reach == Reach::Open)
        );
        assert_eq!(assessment.observations.len(), 2);
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "nc: connect to mx.example.org port 25 (tcp) failed: Connection refused",
            "SMTP server: mx.example.org\nPort 587 (STARTTLS)\nPort 465 (SSL)",
            "Nov 1 10:00:00 mx postfix/smtp[7]: connect to mx.example.org[192.0.2.1]:25: Connection timed out",
        ] {
            assert_eq!(report(text, 0), None, "{text}");
        }
    }
}
