//! The flags of `spf`.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::flags::seconds;
use crate::dns;
use crate::flags::{Flag, read};

/// What was said.
#[derive(Clone, Debug)]
pub struct SpfSaid {
    /// Whether the help is wanted.
    pub help: bool,
    /// Many checks, as lines of JSON.
    pub lines: bool,
    /// The result as JSON.
    pub json: bool,
    /// The sending address.
    pub ip: Option<IpAddr>,
    /// The envelope's sender.
    pub mail_from: Option<String>,
    /// The name in EHLO.
    pub helo: Option<String>,
    /// Whom to ask. Empty: this machine's.
    pub resolvers: Vec<SocketAddr>,
    /// The time for each step.
    pub step: Duration,
    /// The time for a whole check; RFC 7208, section 4.6.4 wants 20 seconds at least.
    pub time: Duration,
}

impl Default for SpfSaid {
    fn default() -> Self {
        Self {
            help: false,
            lines: false,
            json: false,
            ip: None,
            mail_from: None,
            helo: None,
            resolvers: Vec::new(),
            step: Duration::from_secs(5),
            time: Duration::from_secs(20),
        }
    }
}

const PLAIN: Flag<SpfSaid> = Flag::PLAIN;

/// All of them, in the order of the help.
pub const SPF: &[Flag<SpfSaid>] = &[
    Flag {
        long: "ip",
        value: Some("ADDRESS"),
        help: "the sending address",
        set: |said, text| {
            let ip = text.parse();
            said.ip =
                Some(ip.map_err(|_| {
                    format!("expected an address of IPv4 or IPv6, but found `{text}`")
                })?);
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "mail-from",
        value: Some("ADDRESS"),
        help: "the envelope's sender; a domain alone means its postmaster",
        set: |said, text| {
            said.mail_from = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "helo",
        value: Some("NAME"),
        help: "the name in EHLO, which is checked where there is no sender",
        set: |said, text| {
            said.helo = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "resolver",
        value: Some("ADDRESS[:PORT]"),
        help: "ask this resolver (default: this machine's)",
        set: |said, text| dns::named(text).map(|it| said.resolvers.push(it)),
        ..PLAIN
    },
    Flag {
        long: "timeout",
        value: Some("SECONDS"),
        help: "the time for each step (default: 5)",
        set: |said, text| seconds(text).map(|it| said.step = it),
        ..PLAIN
    },
    Flag {
        long: "deadline",
        value: Some("SECONDS"),
        help: "the time for a whole check (default: 20)",
        set: |said, text| seconds(text).map(|it| said.time = it),
        ..PLAIN
    },
    Flag {
        long: "json",
        help: "the result as JSON",
        set: |said, _| {
            said.json = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "jsonl",
        help: "read one JSON object a line, write one line for each, in the same order",
        more: "A line has `id`, `ip`, `helo` and `mailfrom`, and may have `now`, seconds since 1970, for `%{t}`. The records to look in may stand there as `zone`, `{name: [[type, value], ...]}`; else a resolver is asked.",
        set: |said, _| {
            said.lines = true;
            Ok(())
        },
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

/// Reads the arguments behind `spf`.
///
/// # Errors
///
/// What is not understood, in words.
pub fn spf_said(arguments: lexopt::Parser) -> Result<SpfSaid, String> {
    let mut said = SpfSaid::default();
    let flags: Vec<&Flag<SpfSaid>> = SPF.iter().collect();
    read(&flags, &mut said, arguments, |_, value| {
        Err(format!(
            "expected flags alone, but found `{}`",
            value.to_string_lossy()
        ))
    })?;
    Ok(said)
}
