//! THE list of flags of a check, in the order of the help.

use std::str::FromStr;
use std::time::Duration;

use super::form::once;
use super::{Flag, Group, Said};
use crate::render::{BadThresholds, Form, Thresholds};

/// What most flags are.
const PLAIN: Flag<Said> = Flag {
    group: Group::Target,
    ..Flag::PLAIN
};

/// All flags of a check.
pub const FLAGS: &[Flag<Said>] = &[
    Flag {
        long: "port",
        short: Some('p'),
        value: Some("PORT"),
        help: "look at this port; may be said several times (default: 587, 465, 25 and 2525)",
        more: "A port that is named has to be there. Those that are looked at by default are missed by nobody where another one serves.",
        set: |said, text| {
            number(text, 1, u64::from(u16::MAX))
                .map(|it| said.ports.push(u16::try_from(it).unwrap_or(u16::MAX)))
        },
        ..PLAIN
    },
    Flag {
        long: "tls",
        help: "the named ports begin with TLS, as 465 and 2465 do by themselves",
        set: |said, _| {
            said.tls = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "mx",
        value: Some("DOMAIN"),
        help: "look at the exchanges of this domain on port 25",
        more: "The MX records are asked of the resolvers in /etc/resolv.conf, or of the one that --resolver names.",
        set: |said, text| {
            said.mx = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "provider",
        value: Some("ID"),
        help: "look at the documented hosts and ports of a provider of the catalogue",
        set: |said, text| {
            said.provider = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "ipv4",
        short: Some('4'),
        help: "look at addresses of IPv4 alone",
        set: |said, _| {
            said.v4 = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "ipv6",
        short: Some('6'),
        help: "look at addresses of IPv6 alone",
        set: |said, _| {
            said.v6 = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "resolver",
        value: Some("IP"),
        help: "ask this resolver for MX records",
        set: |said, text| parsed(text, "an address").map(|it| said.resolver = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "ehlo",
        value: Some("NAME"),
        group: Group::Manner,
        help: "the name in EHLO (default: this machine's full name, else its address)",
        set: |said, text| word(text).map(|it| said.ehlo = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "server-name",
        value: Some("NAME"),
        group: Group::Manner,
        help: "the name for SNI and the certificate (default: the host)",
        set: |said, text| word(text).map(|it| said.server_name = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "ca-file",
        value: Some("FILE"),
        group: Group::Manner,
        help: "trust the authorities of this file (PEM) and no others",
        set: |said, text| {
            said.ca_file = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "timeout",
        value: Some("SECONDS"),
        group: Group::Manner,
        help: "the time for each step (default: 15)",
        more: "RFC 5321 grants a server five minutes for its greeting; nearly all greet within half of one.",
        set: |said, text| seconds(text).map(|it| said.timeout = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "deadline",
        value: Some("SECONDS"),
        group: Group::Manner,
        help: "the time for all, whatever anybody does (default: 60)",
        set: |said, text| seconds(text).map(|it| said.deadline = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "until",
        value: Some("STAGE"),
        choices: &["connect", "greeting"],
        group: Group::Manner,
        help: "go no further: connect, or hear the greeting (default: to the end)",
        more: "For a monitor that asks each minute whether somebody is there: one short connection a port, and neither EHLO nor, but where a port begins with it, TLS.",
        set: |said, text| {
            said.until = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "auth",
        value: Some("USER"),
        group: Group::Errand,
        help: "sign in, within TLS and towards a trusted certificate alone",
        more: "One try on each port. The password is never an argument: it comes from --password-env, from --password-fd, or is asked for without echo.",
        set: |said, text| {
            said.auth = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "mechanism",
        value: Some("NAME"),
        choices: &["PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER"],
        group: Group::Errand,
        help: "how to sign in (default: the best for a password that is offered)",
        more: "XOAUTH2 and OAUTHBEARER take an access token in the password's place.",
        set: |said, text| {
            said.mechanism = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "password-env",
        value: Some("VARIABLE"),
        group: Group::Errand,
        help: "the variable of the environment that holds the password or token",
        set: |said, text| {
            said.password_env = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "password-fd",
        value: Some("NUMBER"),
        group: Group::Errand,
        help: "the open file descriptor from which the password or token is read",
        set: |said, text| {
            number(text, 0, 1 << 20).map(|it| said.password_fd = u32::try_from(it).ok())
        },
        ..PLAIN
    },
    Flag {
        long: "from",
        value: Some("ADDRESS"),
        group: Group::Errand,
        help: "the sender of what is sent or tried (default: none)",
        set: |said, text| address(text).map(|it| said.from = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "send-to",
        value: Some("ADDRESS"),
        group: Group::Errand,
        help: "send one test message to this address",
        set: |said, text| address(text).map(|it| said.send_to = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "relay-test",
        value: Some("ADDRESS"),
        group: Group::Errand,
        help: "see whether mail to this address of your own is taken without a sign-in",
        more: "The address has to be yours, of a domain that the server does not serve. Nothing is sent: the transaction is taken back after RCPT.",
        set: |said, text| address(text).map(|it| said.relay_test = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "json",
        group: Group::Output,
        help: "the whole report as JSON",
        set: |said, _| once(said, Form::Json),
        ..PLAIN
    },
    Flag {
        long: "nagios",
        group: Group::Output,
        help: "one line with numbers for Nagios and its kin, and the exit codes of a plugin",
        more: "A problem is critical, what is not decided unknown. Cautions change nothing. Below the line stands one for each problem, with the command that shows it.",
        set: |said, _| {
            let (warning, critical) = (Thresholds::WARNING, Thresholds::CRITICAL);
            once(said, Form::Nagios { warning, critical })
        },
        ..PLAIN
    },
    Flag {
        long: "warning",
        short: Some('w'),
        value: Some("LIMITS"),
        group: Group::Output,
        help: "with --nagios: days of the certificate, seconds of a session, or both (default: 21d)",
        more: "Such as 21d, 5s or 21d,5s. Fewer days or more seconds warn.",
        set: |said, text| limits(text).map(|it| said.warning = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "critical",
        short: Some('c'),
        value: Some("LIMITS"),
        group: Group::Output,
        help: "the same, from when on it is critical (default: 7d)",
        set: |said, text| limits(text).map(|it| said.critical = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "prometheus",
        group: Group::Output,
        help: "metrics in the text format of Prometheus",
        more: "Reachable, the time of each stage, the certificate's dates, its chain and its name are values of their own. For the textfile collector, write to another name first and rename then.",
        set: |said, _| once(said, Form::Prometheus),
        ..PLAIN
    },
    Flag {
        long: "markdown",
        group: Group::Output,
        help: "Markdown for a ticket or a chat",
        set: |said, _| once(said, Form::Markdown),
        ..PLAIN
    },
    Flag {
        long: "junit",
        group: Group::Output,
        help: "XML as JUnit writes it, for builds",
        set: |said, _| once(said, Form::Junit),
        ..PLAIN
    },
    Flag {
        long: "pem",
        group: Group::Output,
        help: "keep the certificates in the report as PEM",
        set: |said, _| {
            said.pem = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "color",
        value: Some("WHEN"),
        choices: &["auto", "always", "never"],
        group: Group::Output,
        help: "auto, always or never (default: auto, which heeds NO_COLOR)",
        set: |said, text| {
            said.color = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "commands",
        value: Some("HOST"),
        group: Group::Output,
        help: "write the plain commands that answer the same questions",
        more: "For Linux, macOS and Windows, where this program may not run. What they write can be given to `explain`.",
        set: |said, text| word(text).map(|it| said.commands = Some(it)),
        ..PLAIN
    },
    Flag {
        long: "completions",
        value: Some("SHELL"),
        choices: &["bash", "zsh", "fish"],
        group: Group::Output,
        help: "write what this shell needs to complete the flags",
        set: |said, text| {
            said.completions = Some(text.to_owned());
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "man",
        group: Group::Output,
        help: "write the manual page",
        set: |said, _| {
            said.man = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "version",
        short: Some('V'),
        group: Group::Output,
        help: "the version",
        set: |said, _| {
            said.version = true;
            Ok(())
        },
        ..PLAIN
    },
    Flag {
        long: "help",
        short: Some('h'),
        group: Group::Output,
        help: "this help",
        set: |said, _| {
            said.help = true;
            Ok(())
        },
        ..PLAIN
    },
];

fn limits(text: &str) -> Result<Thresholds, String> {
    text.parse()
        .map_err(|error: BadThresholds| error.to_string())
}

fn parsed<T: FromStr>(text: &str, what: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("expected {what}, but found `{text}`"))
}

fn number(text: &str, least: u64, most: u64) -> Result<u64, String> {
    text.parse()
        .ok()
        .filter(|it| (least..=most).contains(it))
        .ok_or_else(|| format!("expected a number from {least} to {most}, but found `{text}`"))
}

/// From a tenth of a second to an hour.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|it| (0.1..=3_600.0).contains(it));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("expected seconds from 0.1 to 3600, but found `{text}`"))
}

/// What goes into a command may neither end nor split it.
fn word(text: &str) -> Result<String, String> {
    let is_fine =
        !text.is_empty() && text.len() <= 255 && text.bytes().all(|it| it.is_ascii_graphic());
    is_fine
        .then(|| text.to_owned())
        .ok_or_else(|| "expected a name of printable letters without blanks".to_owned())
}

fn address(text: &str) -> Result<String, String> {
    let is_fine = text
        .rsplit_once('@')
        .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    word(text)
        .ok()
        .filter(|it| is_fine && !it.contains(['<', '>']))
        .ok_or_else(|| format!("expected an address such as `you@example.org`, but found `{text}`"))
}
