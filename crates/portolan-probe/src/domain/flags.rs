//! The flags of `domain` and of a single `spf`: each stands once, with what the help says of it. First what was said, then what
//! it means.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use portolan_dns::name::Name;
use portolan_report::domain::limits;

use super::{Asking, Ports};
use crate::dns::{named, system};
use crate::flags::{Flag, own_name, read};
use crate::probe::Trust;

/// What was said.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The domain, or what was written in its place.
    pub domain: Option<String>,
    /// Whether the help is wanted.
    pub help: bool,
    /// A report to judge anew in place of looking.
    pub report: Option<String>,
    /// In which form to show it.
    pub form: Option<Shape>,
    selectors: Vec<String>,
    ip: Option<IpAddr>,
    envelope: Option<Name>,
    signer: Option<Name>,
    resolvers: Vec<SocketAddr>,
    no_https: bool,
    no_smtp: bool,
    ca_file: Option<String>,
    step: Option<Duration>,
    deadline: Option<Duration>,
}

/// A form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The report.
    Json,
    /// For a ticket or a chat.
    Markdown,
}

/// Resolvers that may be named.
const MAX_RESOLVERS: usize = 2;

const STEP: Duration = Duration::from_secs(5);
const DEADLINE: Duration = Duration::from_secs(40);

const PLAIN: Flag<Said> = Flag::PLAIN;

/// All of them, in the order of the help.
pub const FLAGS: &[Flag<Said>] = &[
    Flag {
        long: "selector",
        value: Some("NAME"),
        help: "a selector of DKIM that has to be there; may be repeated",
        more: "It stands behind `s=` in the DKIM-Signature of a message. Selectors that recognized providers document are \
               tried beside it.",
        set: |said, text| selector(text).map(|it| said.selectors.push(it)),
        ..PLAIN
    },
    Flag {
        long: "ip",
        value: Some("ADDRESS"),
        help: "an address that is to send for the domain: SPF and its reverse name are checked",
        set: |said, text| {
            said.ip = Some(
                text.parse()
                    .map_err(|_| expected("an address of IPv4 or IPv6", text))?,
            );
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "envelope",
        value: Some("DOMAIN"),
        help: "the domain of the envelope's sender (return path), for alignment",
        set: |said, text| domain(text).map(|it| said.envelope = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "signed-by",
        value: Some("DOMAIN"),
        help: "the domain that signs (d= of DKIM), for alignment",
        set: |said, text| domain(text).map(|it| said.signer = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "resolver",
        value: Some("ADDRESS[:PORT]"),
        help: "ask this resolver; may be given twice, to compare (default: this machine's)",
        more: "What a resolver says of DNSSEC counts where it is on this machine or was named.",
        set: |said, text| {
            let resolver = named(text)?;
            if !said.resolvers.contains(&resolver) {
                said.resolvers.push(resolver);
            }
            if said.resolvers.len() > MAX_RESOLVERS {
                return Err(format!(
                    "expected at most {MAX_RESOLVERS} resolvers, but found a third"
                ));
            }
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "no-https",
        help: "do not fetch the policy file of MTA-STS",
        more: "Without it the file is fetched where the DNS says that there is one.",
        set: |said, _| {
            said.no_https = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "no-smtp",
        help: "visit no mail host; its TLSA records are not held against its certificate then",
        more: "Without it hosts with TLSA records are visited on port 25.",
        set: |said, _| {
            said.no_smtp = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "ca-file",
        value: Some("FILE"),
        help: "trust the authorities of this file (PEM) for the policy file",
        set: |said, text| {
            said.ca_file = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "timeout",
        value: Some("SECONDS"),
        help: "the time for each step (default: 5)",
        set: |said, text| seconds(text).map(|it| said.step = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "deadline",
        value: Some("SECONDS"),
        help: "the time for all (default: 40)",
        set: |said, text| seconds(text).map(|it| said.deadline = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "json",
        help: "the report as JSON, which can be kept and judged anew",
        set: |said, _| shape(said, Shape::Json),
        ..PLAIN
    },
    Flag {
        long: "markdown",
        help: "Markdown for a ticket or a chat",
        set: |said, _| shape(said, Shape::Markdown),
        ..PLAIN
    },
    Flag {
        long: "report",
        value: Some("FILE"),
        help: "judge a report that was kept in place of looking (`-`: from standard input)",
        set: |said, text| {
            said.report = Some(text.to_owned());
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

/// Reads the arguments behind `domain`.
///
/// # Errors
///
/// What is not understood, in words.
pub fn said(arguments: lexopt::Parser) -> Result<Said, String> {
    let mut said = Said::default();
    let flags: Vec<&Flag<Said>> = FLAGS.iter().collect();
    read(&flags, &mut said, arguments, |said, value| {
        let value = value.to_string_lossy().into_owned();
        match said.domain.replace(value) {
            None => Ok(()),
            Some(_) => Err("expected one domain, but found a second".to_owned()),
        }
    })?;
    Ok(said)
}

impl Said {
    /// What it means.
    ///
    /// # Errors
    ///
    /// No domain was named, or what was is none, in words.
    pub fn meant(self) -> Result<Asking, String> {
        let text = self.domain.ok_or("expected a domain, but found none")?;
        if self.resolvers.is_empty() {
            // Told before anything is asked.
            system()?;
        }
        let step = self.step.unwrap_or(STEP);
        Ok(Asking {
            domain: domain(&text)?,
            selectors: self.selectors,
            ip: self.ip,
            envelope: self.envelope,
            signer: self.signer,
            resolvers: self.resolvers,
            https: !self.no_https,
            smtp: !self.no_smtp,
            step,
            deadline: self.deadline.unwrap_or(DEADLINE.max(step)),
            trust: self
                .ca_file
                .map_or(Trust::Platform, |it| Trust::File(PathBuf::from(it))),
            ehlo: own_name(),
            ports: Ports::default(),
        })
    }
}

fn shape(said: &mut Said, shape: Shape) -> Result<(), String> {
    match said.form.replace(shape) {
        Some(other) if other != shape => Err("expected one form, but found a second".to_owned()),
        _ => Ok(()),
    }
}

fn expected(what: &str, found: &str) -> String {
    format!("expected {what}, but found `{found}`")
}

/// A domain as the DNS has it; of a mail address, what is behind its sign.
fn domain(text: &str) -> Result<Name, String> {
    let name = text.rsplit_once('@').map_or(text, |(_, domain)| domain);
    if !name.is_ascii() {
        return Err(format!(
            "expected the domain in A-labels (`xn--…`, as `idn2 {name}` prints it), but found `{name}`"
        ));
    }
    let read = Name::new(name).map_err(|fault| fault.to_string())?;
    if read.as_str().parse::<IpAddr>().is_ok() {
        return Err(expected("a domain (an address goes behind --ip)", text));
    }
    let is_label = |label: &str| {
        label
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_'))
    };
    if !read.labels().all(is_label) {
        return Err(expected("a domain such as example.com", text));
    }
    Ok(read)
}

fn selector(text: &str) -> Result<String, String> {
    let name = Name::new(text).map_err(|fault| fault.to_string())?;
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.');
    if name.as_str().bytes().all(is_plain) && text.len() <= limits::TEXT_BYTES {
        Ok(name.to_string())
    } else {
        Err(expected("a selector such as s1", text))
    }
}

/// From a tenth of a second to an hour.
pub(super) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|it| (0.1..=3_600.0).contains(it));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| expected("seconds from 0.1 to 3600", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Result<Asking, String> {
        let all = std::iter::once("domain").chain(arguments.iter().copied());
        said(lexopt::Parser::from_iter(all))?.meant()
    }

    #[test]
    fn what_is_asked_is_understood() {
        let asked = asked(&[
            "me@Example.COM.",
            "--selector",
            "S1",
            "--selector=a.b",
            "--ip",
            "2001:db8::1",
            "--resolver",
            "192.0.2.1",
            "--resolver",
            "[2001:db8::53]:5353",
            "--no-https",
            "--timeout",
            "0.5",
        ])
        .unwrap();
        assert_eq!(asked.domain.as_str(), "example.com");
        assert_eq!(asked.selectors, ["s1", "a.b"]);
        assert_eq!(asked.resolvers.len(), 2);
        assert!(!asked.https && asked.smtp);
        assert_eq!(asked.step, Duration::from_millis(500));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for arguments in [
            &[][..],
            &["a..b"],
            &["192.0.2.1"],
            &["b\u{fc}cher.example"],
            &["exa mple.com"],
            &["a.example", "b.example"],
            &["a.example", "--ip", "soon"],
            &["a.example", "--resolver", "dns.example"],
            &[
                "a.example",
                "--resolver",
                "::1",
                "--resolver",
                "::2",
                "--resolver",
                "::3",
            ],
            &["a.example", "--json", "--markdown"],
            &["a.example", "--timeout", "0"],
            &["a.example", "--selector", "a b"],
            &["a.example", "--nothing"],
        ] {
            assert!(asked(arguments).is_err(), "{arguments:?}");
        }
    }
}
