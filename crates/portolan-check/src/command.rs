//! Plain commands that show the same, and commands of the catalogue with host and port filled in.
//!
//! A report may be a stranger's: nothing of it enters a command but a host or an address of letters, digits, dots, colons and
//! hyphens, and a port.

use std::net::IpAddr;

use portolan_report::probe::{Opening, Stage};

/// Where a command looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'a> {
    pub(crate) host: &'a str,
    pub(crate) address: Option<IpAddr>,
    pub(crate) port: u16,
    pub(crate) opening: Opening,
}

impl At<'_> {
    /// The host where it may stand in a command, else the placeholder that the reader fills in.
    fn host(&self) -> &str {
        if is_host(self.host) {
            self.host
        } else {
            "HOST"
        }
    }

    /// The address, else the host.
    fn address(&self) -> String {
        self.address
            .map_or_else(|| self.host().to_owned(), |it| it.to_string())
    }

    /// `HOST:PORT` as openssl takes it.
    fn end(&self) -> String {
        match self.address {
            Some(IpAddr::V6(address)) => format!("[{address}]:{}", self.port),
            Some(IpAddr::V4(address)) => format!("{address}:{}", self.port),
            None => format!("{}:{}", bracketed(self.host()), self.port),
        }
    }

    fn starttls(&self) -> &'static str {
        match self.opening {
            Opening::Text => "-starttls smtp ",
            Opening::Tls => "",
        }
    }

    fn server_name(&self) -> String {
        match self.host.parse::<IpAddr>() {
            // No address is ever sent as a name (RFC 6066, section 3).
            Ok(_) => "-noservername".to_owned(),
            Err(_) => format!("-servername {}", self.host()),
        }
    }
}

fn bracketed(host: &str) -> String {
    if host.contains(':') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

/// Whether it may stand in a command.
pub(crate) fn is_host(host: &str) -> bool {
    let is_of_host = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b':' | b'_');
    !host.is_empty() && host.len() <= 253 && !host.starts_with('-') && host.bytes().all(is_of_host)
}

/// The command that shows what happens at a stage.
pub(crate) fn shows(stage: Stage, at: At<'_>) -> String {
    let (end, port) = (at.end(), at.port);
    let tls = match at.opening {
        Opening::Text => "--tls",
        Opening::Tls => "--tlsc",
    };
    match stage {
        Stage::Connect => format!("nc -vz -w 10 {} {port}", at.address()),
        Stage::Greeting => match at.opening {
            Opening::Text => format!("nc -w 60 {} {port}", at.address()),
            Opening::Tls => openssl(at, "-crlf -quiet", ""),
        },
        Stage::Ehlo | Stage::Starttls => {
            format!(
                "swaks --server {} --port {port} --quit-after EHLO",
                at.address()
            )
        }
        Stage::Tls => openssl(at, "-showcerts", " </dev/null"),
        Stage::EhloAfter => format!(
            "swaks --server {} --port {port} {tls} --quit-after {}",
            at.address(),
            if at.opening == Opening::Tls {
                "EHLO"
            } else {
                "TLS"
            }
        ),
        Stage::Auth => format!(
            "swaks --server {} --port {port} {tls} --auth-user USER --quit-after AUTH",
            at.address()
        ),
        _ => format!("swaks --server {end} {tls} --from FROM --to TO --quit-after RCPT"),
    }
}

/// `openssl s_client` with these switches.
pub(crate) fn openssl(at: At<'_>, switches: &str, end: &str) -> String {
    format!(
        "openssl s_client {}-connect {} {} {switches}{end}",
        at.starttls(),
        at.end(),
        at.server_name()
    )
}

/// A command of the catalogue: `HOST` and `PORT` become what they stand for, an example's port this one, and STARTTLS goes
/// where TLS begins at once.
pub(crate) fn filled(command: &str, at: At<'_>) -> String {
    let mut command = command.to_owned();
    if at.opening == Opening::Tls {
        command = command
            .replace("-starttls smtp ", "")
            .replace("smtp://HOST", "smtps://HOST");
    }
    let mut out = String::with_capacity(command.len());
    let mut rest = command.as_str();
    let mut is_behind_host = false;
    while let Some(start) = rest.find(is_letter) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from.find(|it| !is_letter(it)).unwrap_or(from.len());
        let (word, after) = from.split_at_checked(end).unwrap_or((from, ""));
        out.push_str(before);
        let is_port = is_behind_host && before == ":" && EXAMPLES.contains(&word);
        is_behind_host = word == "HOST";
        match word {
            _ if is_port => out.push_str(&at.port.to_string()),
            "HOST" if after.starts_with(':') => out.push_str(&bracketed(at.host())),
            "HOST" => out.push_str(at.host()),
            "PORT" => out.push_str(&at.port.to_string()),
            word => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Ports that stand in commands of the catalogue as examples.
const EXAMPLES: [&str; 3] = ["25", "465", "587"];

/// Whether it belongs to a name in capitals; `OTHER-HOST` is another host.
const fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: At<'static> = At {
        host: "mx.example.org",
        address: None,
        port: 2525,
        opening: Opening::Text,
    };

    #[test]
    fn host_and_port_are_filled_in() {
        let command =
            "openssl s_client -starttls smtp -connect HOST:587 -servername HOST </dev/null";
        let expected = "openssl s_client -starttls smtp -connect mx.example.org:2525 -servername mx.example.org </dev/null";
        assert_eq!(filled(command, AT), expected);
        let tls = At {
            port: 465,
            opening: Opening::Tls,
            ..AT
        };
        assert!(!filled(command, tls).contains("-starttls"));
        let command = "for h in HOST OTHER-HOST; do nc -vz -w 10 $h PORT; done";
        assert_eq!(
            filled(command, AT),
            "for h in mx.example.org OTHER-HOST; do nc -vz -w 10 $h 2525; done"
        );
    }

    #[test]
    fn nothing_of_a_stranger_acts_in_a_command() {
        for host in [
            "a; rm -rf /",
            "$(id)",
            "-oProxyCommand=x",
            "a b",
            "",
            "a\nb",
            "`id`",
            "h\u{e9}",
        ] {
            let at = At { host, ..AT };
            for stage in Stage::ALL {
                let command = shows(stage, at);
                assert!(command.contains("HOST"), "{command}");
                assert!(host.is_empty() || !command.contains(host), "{command}");
            }
            assert!(filled("nc HOST PORT", at).contains("HOST"));
        }
    }

    #[test]
    fn an_address_of_ipv6_stands_in_brackets_before_a_port() {
        let address = Some("2001:db8::1".parse().unwrap());
        let at = At { address, ..AT };
        assert!(
            shows(Stage::Tls, at)
                .contains("-connect [2001:db8::1]:2525 -servername mx.example.org")
        );
        assert_eq!(shows(Stage::Connect, at), "nc -vz -w 10 2001:db8::1 2525");
        let at = At {
            host: "2001:db8::1",
            ..AT
        };
        assert!(filled("curl smtp://HOST:PORT", at).contains("smtp://[2001:db8::1]:2525"));
        assert!(shows(Stage::Tls, at).contains("-noservername"));
    }
}
