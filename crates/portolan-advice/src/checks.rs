//! What proves the route, layer by layer: commands that run as they stand, and what their outcomes mean.

use portolan_facts::{Environment, EnvironmentKind};
use portolan_report::{Check, Command, Layer, Os, Outcome, Route, RouteKind, Security};

use crate::answers::UseCase;
use crate::situation::Situation;
use crate::words;

/// Checks in the order in which to run them: each tells something only when the one before it passed.
pub(crate) fn checks(route: &Route, situation: &Situation<'_>) -> Vec<Check> {
    let Some(port) = route.port else {
        return Vec::new();
    };
    let host = match (&route.host, route.kind) {
        (Some(host), _) => host.name.as_str(),
        (None, RouteKind::Mx) => "mx.recipient.example",
        (None, RouteKind::Receive) => "your-server.example",
        (None, _) => "smtp.your-provider.example",
    };
    let mut checks = Vec::new();
    if !words::is_address(host) && host != "localhost" {
        checks.push(resolve(host, route.kind));
    }
    checks.push(connect(host, port, route.kind, situation));
    match route.security {
        Some(Security::ImplicitTls) => checks.push(tls(host, port, "", route.kind)),
        Some(Security::StartTls | Security::OpportunisticStartTls) => {
            checks.push(tls(host, port, " -starttls smtp", route.kind));
        }
        Some(Security::Cleartext) | None => {}
    }
    if route.kind == RouteKind::Submission && !route.sign_in.is_none() {
        checks.push(auth(host, port, route.security));
    }
    checks
}

const UNIX: &[Os] = &[Os::Linux, Os::MacOs];
const ALL: &[Os] = &[Os::Linux, Os::MacOs, Os::Windows];

fn command(on: &'static [Os], line: String) -> Command {
    Command { on, line }
}

const fn outcome(seen: &'static str, means: &'static str) -> Outcome {
    Outcome { seen, means }
}

fn resolve(host: &str, kind: RouteKind) -> Check {
    let line = match kind {
        RouteKind::Mx => "nslookup -type=MX recipient.example".to_owned(),
        _ => format!("nslookup {host}"),
    };
    Check {
        layer: Layer::Resolve,
        commands: vec![command(ALL, line)],
        outcomes: const {
            &[
                outcome("one or more addresses", "the name is right; go on"),
                outcome(
                    "NXDOMAIN, or “can't find”",
                    "the host name is wrong, or misspelt",
                ),
                outcome(
                    "SERVFAIL, or no answer",
                    "your resolver is at fault, not the mail server",
                ),
            ]
        },
    }
}

fn connect(host: &str, port: u16, kind: RouteKind, situation: &Situation<'_>) -> Check {
    Check {
        layer: Layer::Connect,
        commands: vec![
            command(&[Os::Linux], format!("nc -vz -w 10 {host} {port}")),
            command(&[Os::MacOs], format!("nc -vz -G 10 {host} {port}")),
            // Test-NetConnection says of a refusal what it says of silence.
            command(
                &[Os::Windows],
                format!(
                    "try {{ [Net.Sockets.TcpClient]::new('{host}', {port}).Close(); 'connected' }} catch {{ $_.Exception.InnerException.Message }}"
                ),
            ),
        ],
        outcomes: if kind == RouteKind::Receive {
            const { &connected("the port gets in. Run it from another network than the server's own") }
        } else if situation.use_case == UseCase::Device {
            const {
                &connected(
                    "the port gets out from here. A device has no shell: run it on a computer in the same network",
                )
            }
        } else if situation.layers.iter().any(|layer| has_no_shell(layer)) {
            const {
                &connected(
                    "the port gets out from here. Where there is no shell, what the program says when it connects tells the same",
                )
            }
        } else {
            const {
                &connected(
                    "the port gets out from here. Run it where the mail is sent from, not on your own desk",
                )
            }
        },
    }
}

/// Whether commands can seldom be run there.
const fn has_no_shell(layer: &Environment) -> bool {
    matches!(
        layer.kind,
        EnvironmentKind::Serverless | EnvironmentKind::SharedHosting
    )
}

const fn connected(means: &'static str) -> [Outcome; 4] {
    [
        outcome("succeeded, open, connected", means),
        outcome(
            "timed out, did not properly respond",
            "something on the way drops it: the host's policy or a firewall, not your password",
        ),
        outcome(
            "refused",
            "the host answers and nothing listens there: wrong host or port, or the service is down",
        ),
        outcome("unreachable", "no route; often IPv6 without connectivity"),
    ]
}

fn tls(host: &str, port: u16, upgrade: &str, kind: RouteKind) -> Check {
    let scheme = if upgrade.is_empty() { "smtps" } else { "smtp" };
    Check {
        layer: Layer::Tls,
        commands: vec![
            command(
                &[Os::Linux],
                format!(
                    "openssl s_client -connect {host}:{port}{upgrade} -servername {host} -verify_hostname {host} -verify_return_error -brief"
                ),
            ),
            // What these systems bring: an openssl without those options, or none.
            command(
                &[Os::MacOs, Os::Windows],
                format!("curl -v --ssl-reqd --url {scheme}://{host}:{port}"),
            ),
        ],
        outcomes: if kind == RouteKind::Mx {
            const {
                &encrypted(
                    "everyday among MX hosts, to which mail is sent all the same: it matters where DANE or MTA-STS demand it",
                )
            }
        } else {
            const {
                &encrypted(
                    "another server answers: a redirect of your host, or an antivirus that intercepts",
                )
            }
        },
    }
}

const fn encrypted(mismatch: &'static str) -> [Outcome; 4] {
    [
        outcome(
            "Verification: OK; with curl, EHLO answered inside TLS",
            "TLS comes about and the certificate is the host's",
        ),
        outcome(
            "wrong version number",
            "the port begins in plain text: use STARTTLS there, or the port for TLS from the first byte",
        ),
        outcome(
            "silence, then a time-out",
            "the port waits for TLS from the first byte, or something between swallows the session",
        ),
        outcome("hostname mismatch, or an unknown issuer", mismatch),
    ]
}

fn auth(host: &str, port: u16, security: Option<Security>) -> Check {
    let scheme = if security == Some(Security::ImplicitTls) {
        "smtps"
    } else {
        "smtp"
    };
    let line = |null: &str| {
        format!(
            "curl --ssl-reqd --url {scheme}://{host}:{port} --user USER --mail-from you@example.com -v -o {null}"
        )
    };
    Check {
        layer: Layer::Auth,
        commands: vec![
            command(UNIX, line("/dev/null")),
            command(&[Os::Windows], line("NUL")),
        ],
        outcomes: const {
            &[
                outcome("235", "the credentials are right"),
                outcome(
                    "535",
                    "user name or password refused: an API key or an app password may be what is wanted",
                ),
                outcome(
                    "530",
                    "the server wants STARTTLS or a sign-in before anything else",
                ),
                outcome(
                    "no AUTH in the list after EHLO",
                    "sign-in is not offered here, or not before TLS",
                ),
            ]
        },
    }
}
