//! Addresses by the system's resolver, which knows no deadline of its own.

use std::io;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use portolan_report::probe::{Answer, Families, Lookup, LookupKind, limits};

use super::wire::{Clock, ms};

/// Asks for the addresses of a host. An address is its own.
pub(super) fn resolve(
    host: &str,
    families: Families,
    clock: Clock,
) -> (Vec<IpAddr>, Option<Lookup>) {
    if let Ok(address) = host.parse::<IpAddr>() {
        return (vec![address], None);
    }
    let (started_ms, from) = (clock.now_ms(), Instant::now());
    let (tell, hear) = mpsc::channel();
    let name = host.to_owned();
    // The system's function may hang for longer than anybody waits: the thread is left behind then.
    thread::spawn(move || {
        let found = (name.as_str(), 25).to_socket_addrs();
        let _ = tell.send(found.map(|it| it.map(|it| it.ip()).collect::<Vec<_>>()));
    });
    let left = clock
        .end_of_step()
        .saturating_duration_since(Instant::now());
    let answer = match hear.recv_timeout(left) {
        Ok(Ok(addresses)) => one_each(addresses, families),
        Ok(Err(error)) => said(&error),
        Err(_) => Answer::TimedOut,
    };
    let addresses = match &answer {
        Answer::Addresses { addresses } => addresses.clone(),
        _ => Vec::new(),
    };
    let lookup = Lookup {
        kind: LookupKind::Addresses,
        name: host.to_owned(),
        resolver: "system".to_owned(),
        started_ms,
        took_ms: ms(from.elapsed()),
        answer,
    };
    (addresses, Some(lookup))
}

fn one_each(found: Vec<IpAddr>, families: Families) -> Answer {
    let mut addresses: Vec<IpAddr> = Vec::new();
    for address in found {
        let is_wanted = match families {
            Families::Both => true,
            Families::V4 => address.is_ipv4(),
            Families::V6 => address.is_ipv6(),
        };
        if is_wanted && !addresses.contains(&address) && addresses.len() < limits::ANSWERS {
            addresses.push(address);
        }
    }
    if addresses.is_empty() {
        Answer::NoRecords
    } else {
        Answer::Addresses { addresses }
    }
}

/// The system tells by words alone; these are those of glibc, musl, macOS and Windows.
fn said(error: &io::Error) -> Answer {
    let text = error.to_string();
    let lower = text.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|it| lower.contains(it));
    if says(&[
        "name or service not known",
        "name does not resolve",
        "nodename nor servname",
        "no such host is known",
    ]) {
        Answer::NoSuchName
    } else if says(&[
        "no address associated",
        "no data of the requested type",
        "name has no usable address",
    ]) {
        Answer::NoRecords
    } else {
        Answer::Failed { text }
    }
}
