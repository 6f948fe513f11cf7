//! What is asked of `port25`.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use portolan_facts::{Facts, Role};

use crate::flags::{Flag, read};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Hosts to try.
    pub hosts: Vec<Host>,
    /// The time for each connection.
    pub timeout: Duration,
    /// The time for all.
    pub deadline: Duration,
    /// Whether the suggested hosts may be contacted.
    pub agrees: bool,
}

/// A host to try on 25.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// A name or an address.
    pub name: String,
    /// Ports on which it is known to answer. Empty: the usual are tried.
    pub ports: Vec<u16>,
}

/// So many hosts are tried at most.
const HOSTS: usize = 8;

/// So many are suggested: two would do, and one may be down.
const SUGGESTED: usize = 3;

/// What was said, not yet whole.
#[derive(Debug)]
pub struct Said {
    asking: Asking,
    help: bool,
}

const PLAIN: Flag<Said> = Flag::PLAIN;

/// All flags of `port25`, in the order of the help.
pub const FLAGS: &[Flag<Said>] = &[
    Flag {
        long: "control",
        value: Some("HOST:PORT"),
        help: "another host, and a port on which it answers; may be said several times",
        more: "It is tried on 25 and on that port. Two hosts of different operators are needed to tell the network from a host.",
        set: |said, text| {
            let (name, port) =
                split(text).ok_or_else(|| format!("expected HOST:PORT, but found `{text}`"))?;
            add(&mut said.asking.hosts, &name, Some(port));
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "yes",
        help: "agree to contact the suggested hosts",
        more: "The command names them when no control is given, and contacts nobody before.",
        set: |said, _| {
            said.asking.agrees = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "timeout",
        value: Some("SECONDS"),
        help: "the time for each connection (default: 10)",
        set: |said, text| seconds(text).map(|it| said.asking.timeout = it),
        ..PLAIN
    },
    Flag {
        long: "deadline",
        value: Some("SECONDS"),
        help: "the time for all (default: 30)",
        set: |said, text| seconds(text).map(|it| said.asking.deadline = it),
        ..PLAIN
    },
    Flag {
        long: "help",
        short: Some('h'),
        help: "this help",
        set: |said, _| {
            said.help = true;
            Ok(())
        },
        ..PLAIN
    },
];

/// Reads the arguments behind `port25`; `None` where the help is wanted.
///
/// # Errors
///
/// What is not understood, in words.
pub fn asking(arguments: lexopt::Parser) -> Result<Option<Asking>, String> {
    let mut said = Said {
        asking: Asking {
            hosts: Vec::new(),
            timeout: Duration::from_secs(10),
            deadline: Duration::from_secs(30),
            agrees: false,
        },
        help: false,
    };
    let flags: Vec<&Flag<Said>> = FLAGS.iter().collect();
    read(&flags, &mut said, arguments, |said, value| {
        let name = value.to_string_lossy().into_owned();
        if !is_host(&name) {
            return Err(format!(
                "expected a host that takes mail, but found `{name}`"
            ));
        }
        add(&mut said.asking.hosts, &name, None);
        Ok(())
    })?;
    if said.help {
        return Ok(None);
    }
    let asking = said.asking;
    if asking.hosts.len() > HOSTS {
        return Err(format!(
            "expected at most {HOSTS} hosts, but found {}",
            asking.hosts.len()
        ));
    }
    Ok(Some(asking))
}

fn add(hosts: &mut Vec<Host>, name: &str, port: Option<u16>) {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if let Some(known) = hosts.iter_mut().find(|it| it.name == name) {
        known.ports.extend(port);
        return;
    }
    hosts.push(Host {
        name,
        ports: port.into_iter().collect(),
    });
}

/// Hosts of several providers that document a port for submission: a list to agree to, in the order of their names.
pub fn suggested(facts: &Facts) -> Vec<Host> {
    let mut all: Vec<Host> = facts
        .providers()
        .filter_map(|it| {
            it.endpoints.iter().find(|it| {
                it.port == 587
                    && it.role == Role::Submission
                    && it.withdrawn.is_none()
                    && is_host(&it.host)
            })
        })
        .map(|it| Host {
            name: it.host.clone(),
            ports: vec![it.port],
        })
        .collect();
    portolan_report::ordered::by(&mut all, |a, b| a.name.cmp(&b.name));
    all.dedup();
    all.truncate(SUGGESTED);
    all
}

/// `host:port`, `[address]:port`.
fn split(text: &str) -> Option<(String, u16)> {
    if let Ok(both) = text.parse::<SocketAddr>() {
        return Some((both.ip().to_string(), both.port())).filter(|it| it.1 > 0);
    }
    let (host, port) = text.rsplit_once(':')?;
    let port = port.parse().ok().filter(|it| *it > 0)?;
    (is_host(host) && !host.contains(':')).then(|| (host.to_owned(), port))
}

fn is_host(text: &str) -> bool {
    let is_of_name = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_');
    let is_name = !text.is_empty() && text.len() <= 253 && !text.starts_with('-');
    text.parse::<IpAddr>().is_ok() || (is_name && text.bytes().all(is_of_name))
}

/// From a tenth of a second to ten minutes.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|it| (0.1..=600.0).contains(it));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("expected seconds from 0.1 to 600, but found `{text}`"))
}
