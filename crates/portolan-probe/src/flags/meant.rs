//! What the flags mean together.

use std::fs::File;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::path::PathBuf;
use std::time::Duration;

use portolan_facts::EndpointTls;
use portolan_report::probe::{AskedHost, AskedPort, Families, Opening, Target, TargetKind, limits};

use super::Said;
use crate::probe::{Asking, Errands, Secret, SignIn, Trust, Until, Who};
use crate::render::Form;

/// What is to be done.
#[derive(Debug)]
pub struct Meant {
    /// What to look at.
    pub asking: Asking,
    /// How to show it.
    pub form: Form,
}

/// The ports that are looked at where none is named: submission first, then what is between servers.
const PORTS: [u16; 4] = [587, 465, 25, 2_525];

const STEP: Duration = Duration::from_secs(15);
const DEADLINE: Duration = Duration::from_mins(1);

/// What was said, put together; asks for a password where one is wanted and nothing says where it is.
///
/// # Errors
///
/// What was said does not go together, or what it names is not there, in words.
pub fn meant(said: Said) -> Result<Meant, String> {
    let (target, who) = who(&said)?;
    let families = match (said.v4, said.v6) {
        (true, false) => Families::V4,
        (false, true) => Families::V6,
        _ => Families::Both,
    };
    let sign_in = sign_in(&said)?;
    let form = super::form(&said)?;
    let until = until(&said)?;
    Ok(Meant {
        asking: Asking {
            target,
            who,
            families,
            ehlo: said.ehlo.unwrap_or_else(own_name),
            server_name: said.server_name,
            trust: said
                .ca_file
                .map_or(Trust::Platform, |it| Trust::File(PathBuf::from(it))),
            resolver: said.resolver,
            step: said.timeout.unwrap_or(STEP),
            deadline: said.deadline.unwrap_or(DEADLINE),
            pem: said.pem,
            until,
            errands: Errands {
                sign_in,
                send_to: said.send_to,
                relay_to: said.relay_test,
                from: said.from,
            },
        },
        form,
    })
}

/// How far to go; who goes no further than a greeting does nothing there.
fn until(said: &Said) -> Result<Until, String> {
    let until = match said.until.as_deref() {
        None => return Ok(Until::End),
        Some("connect") => Until::Connect,
        Some("greeting") => Until::Greeting,
        Some(other) => {
            return Err(format!(
                "expected `connect` or `greeting` behind `--until`, but found `{other}`"
            ));
        }
    };
    let beyond = [
        ("--auth", &said.auth),
        ("--send-to", &said.send_to),
        ("--relay-test", &said.relay_test),
    ];
    match beyond.iter().find(|(_, value)| value.is_some()) {
        Some((flag, _)) => Err(format!(
            "`{flag}` goes further than `--until`: leave one out"
        )),
        None => Ok(until),
    }
}

fn who(said: &Said) -> Result<(Target, Who), String> {
    let target = |kind, name: &str| Target {
        kind,
        name: name.to_owned(),
    };
    match (&said.target, &said.mx, &said.provider) {
        (Some(host), None, None) => {
            let (name, port) = split(host)?;
            let kind = if name.parse::<IpAddr>().is_ok() {
                TargetKind::Address
            } else {
                TargetKind::Host
            };
            let mut named = said.ports.clone();
            named.extend(port);
            let host = AskedHost {
                name: name.clone(),
                preference: None,
                ports: ports(&named, &PORTS, said.tls),
            };
            Ok((target(kind, &name), Who::Hosts(vec![host])))
        }
        (None, Some(domain), None) => {
            let domain = domain.trim_end_matches('.');
            let named = if said.ports.is_empty() {
                vec![25]
            } else {
                said.ports.clone()
            };
            let ports = ports(&named, &[], said.tls);
            Ok((
                target(TargetKind::Mx, domain),
                Who::Exchanges(domain.to_owned(), ports),
            ))
        }
        (None, None, Some(id)) => Ok((
            target(TargetKind::Provider, id),
            Who::Hosts(provider(id, said)?),
        )),
        (None, None, None) => Err("expected a host, `--mx` or `--provider`".to_owned()),
        _ => Err("expected one of a host, `--mx` and `--provider`, but found several".to_owned()),
    }
}

/// The named ports, else those by default, each once.
fn ports(named: &[u16], default: &[u16], is_tls: bool) -> Vec<AskedPort> {
    let is_named = !named.is_empty();
    let mut all: Vec<AskedPort> = Vec::new();
    for port in if is_named { named } else { default } {
        let opening = if matches!(port, 465 | 2_465) || (is_named && is_tls) {
            Opening::Tls
        } else {
            Opening::Text
        };
        if !all.iter().any(|it| it.port == *port) && all.len() < limits::PORTS {
            all.push(AskedPort {
                port: *port,
                opening,
                is_named,
            });
        }
    }
    all
}

/// `host`, `host:port`, an address, `[address]:port`.
fn split(text: &str) -> Result<(String, Option<u16>), String> {
    if text.parse::<IpAddr>().is_ok() {
        return Ok((text.to_owned(), None));
    }
    if let Ok(both) = text.parse::<SocketAddr>() {
        return Ok((both.ip().to_string(), Some(both.port())));
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => {
            let port = port.parse().ok().filter(|it| *it > 0);
            let port: u16 = port.ok_or_else(|| {
                format!("expected a port from 1 to 65535 behind the colon of `{text}`")
            })?;
            (host, Some(port))
        }
        None => (text, None),
    };
    let host = host.trim_end_matches('.');
    let is_of_name = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_');
    let is_name = !host.is_empty()
        && host.len() <= 253
        && !host.starts_with('-')
        && host.bytes().all(is_of_name);
    if !is_name {
        return Err(format!(
            "expected a host of letters, digits, hyphens and dots, but found `{text}`"
        ));
    }
    Ok((host.to_owned(), port))
}

fn provider(id: &str, said: &Said) -> Result<Vec<AskedHost>, String> {
    let facts = portolan_builtin::facts();
    let provider = facts
        .provider(id)
        .ok_or_else(|| format!("expected a provider of the catalogue, but found `{id}`"))?;
    let mut hosts: Vec<AskedHost> = Vec::new();
    // A pattern is no host: its part is the tenant's or the region's own.
    for endpoint in provider
        .endpoints
        .iter()
        .filter(|it| !it.host.contains('<'))
    {
        if !said.ports.is_empty() && !said.ports.contains(&endpoint.port) {
            continue;
        }
        let port = AskedPort {
            port: endpoint.port,
            opening: if endpoint.tls == EndpointTls::Implicit {
                Opening::Tls
            } else {
                Opening::Text
            },
            is_named: true,
        };
        match hosts.iter_mut().find(|it| it.name == endpoint.host) {
            Some(host) if host.ports.iter().any(|it| it.port == port.port) => {}
            Some(host) => host.ports.push(port),
            None => hosts.push(AskedHost {
                name: endpoint.host.clone(),
                preference: None,
                ports: vec![port],
            }),
        }
    }
    if hosts.is_empty() {
        return Err(format!(
            "no host of `{id}` is known by itself: name the one of your account"
        ));
    }
    Ok(hosts)
}

fn sign_in(said: &Said) -> Result<Option<SignIn>, String> {
    let Some(user) = &said.auth else {
        if said.password_env.is_some() || said.password_fd.is_some() || said.mechanism.is_some() {
            return Err("expected `--auth USER` beside a mechanism or a password".to_owned());
        }
        return Ok(None);
    };
    let secret = match (&said.password_env, said.password_fd) {
        (Some(_), Some(_)) => {
            return Err("expected one of `--password-env` and `--password-fd`".to_owned());
        }
        (Some(name), None) => {
            let value = std::env::var(name)
                .map_err(|_| format!("expected text in the variable `{name}`"))?;
            Secret::new(&value)
        }
        (None, Some(number)) => {
            let path = format!("/dev/fd/{number}");
            let opened = File::open(&path).and_then(Secret::read);
            opened.map_err(|error| format!("file descriptor {number}: {error}"))?
        }
        (None, None) => {
            let typed = rpassword::prompt_password(format!("Password for {user}: "));
            Secret::new(&typed.map_err(|error| format!("no password could be asked for: {error}"))?)
        }
    };
    Ok(Some(SignIn {
        user: user.clone(),
        secret,
        mechanism: said.mechanism.clone(),
    }))
}

/// A proper name for EHLO: this machine's, where it is a full one, else its address in brackets (RFC 5321, section 4.1.3).
pub(crate) fn own_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim();
    let is_full = name.contains('.')
        && !name.ends_with(".localdomain")
        && name
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.'));
    if is_full {
        return name.to_owned();
    }
    // Nothing is sent: the system is asked which address it would take.
    let local = |from: &str, to: &str| -> Option<IpAddr> {
        let socket = UdpSocket::bind(from).ok()?;
        socket.connect(to).ok()?;
        Some(socket.local_addr().ok()?.ip())
    };
    let address =
        local("0.0.0.0:0", "192.0.2.1:25").or_else(|| local("[::]:0", "[2001:db8::1]:25"));
    match address {
        Some(IpAddr::V6(address)) => format!("[IPv6:{address}]"),
        Some(IpAddr::V4(address)) => format!("[{address}]"),
        None => "[127.0.0.1]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags::parse;

    fn said(arguments: &[&str]) -> Result<Meant, String> {
        meant(parse(lexopt::Parser::from_args(arguments))?)
    }

    #[test]
    fn targets_are_understood() {
        let hosts = |arguments: &[&str]| match said(arguments).unwrap().asking.who {
            Who::Hosts(hosts) => hosts,
            Who::Exchanges(..) => panic!("{arguments:?}"),
        };
        let all = |hosts: Vec<AskedHost>| {
            let ports = hosts[0].ports.iter().map(|it| it.port).collect::<Vec<_>>();
            (hosts[0].name.clone(), ports, hosts[0].ports[0].is_named)
        };
        assert_eq!(
            all(hosts(&["mx.example.org"])),
            ("mx.example.org".into(), PORTS.to_vec(), false)
        );
        assert_eq!(
            all(hosts(&["mx.example.org:2525"])),
            ("mx.example.org".into(), vec![2525], true)
        );
        assert_eq!(
            all(hosts(&["[2001:db8::1]:465"])),
            ("2001:db8::1".into(), vec![465], true)
        );
        assert_eq!(
            all(hosts(&["192.0.2.1", "-p", "25", "-p25"])),
            ("192.0.2.1".into(), vec![25], true)
        );
        let gmail = hosts(&["--provider", "gmail"]);
        assert_eq!(gmail[0].name, "smtp.gmail.com");
        assert!(
            gmail[0]
                .ports
                .iter()
                .any(|it| it.port == 465 && it.opening == Opening::Tls)
        );
        assert!(
            matches!(said(&["--mx", "example.org."]).unwrap().asking.who, Who::Exchanges(domain, _) if domain == "example.org")
        );
    }

    #[test]
    fn what_does_not_go_together_is_refused_in_words() {
        for arguments in [
            &[][..],
            &["a.example", "b.example"],
            &["a.example", "--mx", "b.example"],
            &["a.example", "--port", "0"],
            &["a.example", "--port", "65536"],
            &["a.example:x"],
            &["a b"],
            &["-x"],
            &["a.example", "--timeout", "nan"],
            &["a.example", "--timeout", "0"],
            &["a.example", "--ehlo", "a\r\nRCPT"],
            &["a.example", "--send-to", "x"],
            &["a.example", "--send-to", "a@b>\r\n"],
            &["a.example", "--password-env", "X"],
            &[
                "a.example",
                "--auth",
                "u",
                "--password-env",
                "PORTOLAN_NO_SUCH_VARIABLE",
            ],
            &["a.example", "--mechanism", "GSSAPI", "--auth", "u"],
            &["--provider", "nobody-of-that-name"],
        ] {
            let refused = said(arguments).map(|_| ()).unwrap_err();
            assert!(!refused.is_empty(), "{arguments:?}");
        }
    }
}
