//! The plain commands that answer the questions of a check where no other program may be run. Analyze reads what they write:
//! a test gives it what they wrote.

use core::fmt::Write;

use portolan_report::probe::Opening;

use crate::command::{At, filled};

/// A question, and the ways to ask it.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// What is asked.
    pub asks: &'static str,
    /// A command for each system; `HOST` stands for the host.
    pub ways: &'static [Way],
}

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// Where it runs.
    pub on: System,
    /// The command, in one line.
    pub command: &'static str,
}

/// Where a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Linux, with Debian's names of options.
    Linux,
    /// macOS, with what it brings.
    MacOs,
    /// Windows, in PowerShell, with what it brings.
    Windows,
}

impl System {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Linux, Self::MacOs, Self::Windows];

    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows, PowerShell",
        }
    }
}

const fn linux(command: &'static str) -> Way {
    let on = System::Linux;
    Way { on, command }
}

const fn mac(command: &'static str) -> Way {
    let on = System::MacOs;
    Way { on, command }
}

const fn windows(command: &'static str) -> Way {
    let on = System::Windows;
    Way { on, command }
}

/// The questions, in the order of a session.
pub const QUESTIONS: &[Question] = &[
    Question {
        asks: "Which addresses does the name have?",
        ways: &[
            linux("dig HOST A HOST AAAA"),
            mac("dig HOST A HOST AAAA"),
            windows("[Net.Dns]::GetHostAddresses('HOST')"),
        ],
    },
    Question {
        asks: "Where is mail for the domain delivered?",
        ways: &[
            linux("dig HOST MX"),
            mac("dig HOST MX"),
            windows("Resolve-DnsName HOST -Type MX"),
        ],
    },
    Question {
        asks: "Do connections stand, or are they refused, dropped or rejected?",
        ways: &[
            linux("for p in 25 465 587 2525; do nc -vz -w 10 HOST $p; done"),
            mac("for p in 25 465 587 2525; do nc -vz -G 10 HOST $p; done"),
            // Test-NetConnection says of a refusal what it says of silence.
            windows(
                "foreach ($p in 25, 465, 587, 2525) { try { [Net.Sockets.TcpClient]::new('HOST', $p).Close(); \"HOST port ${p}: connected\" } catch { \"HOST port ${p}: $($_.Exception.InnerException.Message)\" } }",
            ),
        ],
    },
    Question {
        asks: "How does the server greet?",
        ways: &[
            linux("(sleep 30; printf 'QUIT\\r\\n') | nc -w 60 HOST 587"),
            mac("(sleep 30; printf 'QUIT\\r\\n') | nc -w 60 HOST 587"),
            windows(
                "$c = [Net.Sockets.TcpClient]::new('HOST', 587); [IO.StreamReader]::new($c.GetStream()).ReadLine(); $c.Close()",
            ),
        ],
    },
    Question {
        asks: "Which certificate comes with STARTTLS, and is it trusted?",
        ways: &[
            linux(
                "openssl s_client -starttls smtp -connect HOST:587 -servername HOST -verify_hostname HOST -showcerts </dev/null",
            ),
            mac(
                "openssl s_client -starttls smtp -connect HOST:587 -servername HOST -showcerts </dev/null",
            ),
            windows("curl.exe -v --ssl-reqd smtp://HOST:587"),
        ],
    },
    Question {
        asks: "Which certificate comes where TLS begins at once?",
        ways: &[
            linux(
                "openssl s_client -connect HOST:465 -servername HOST -verify_hostname HOST -showcerts </dev/null",
            ),
            mac("openssl s_client -connect HOST:465 -servername HOST -showcerts </dev/null"),
            // PowerShell 5 would offer TLS 1.0 alone where none is named.
            windows(
                "$c = [Net.Sockets.TcpClient]::new('HOST', 465); $s = [Net.Security.SslStream]::new($c.GetStream()); $s.AuthenticateAsClient('HOST', $null, 'Tls12', $false); $s.SslProtocol; $s.RemoteCertificate; $c.Close()",
            ),
        ],
    },
    Question {
        asks: "What does the server offer, before and within TLS?",
        ways: &[
            linux("swaks --server HOST --port 587 --tls --quit-after TLS"),
            mac("curl -v --ssl-reqd smtp://HOST:587"),
            windows("curl.exe -v --ssl-reqd smtp://HOST:587"),
        ],
    },
    Question {
        // curl knows no way to hide it; Analyze masks it.
        asks: "Is the sign-in taken? The password is asked for; curl writes it out encoded, so that its output is for nobody else.",
        ways: &[
            linux(
                "swaks --server HOST --port 587 --tls --auth-user USER --auth-hide-password --protect-prompt --quit-after AUTH",
            ),
            mac("curl -v --ssl-reqd --user USER smtp://HOST:587 -X NOOP"),
            windows("curl.exe -v --ssl-reqd --user USER smtp://HOST:587 -X NOOP"),
        ],
    },
];

/// The commands for a host, as text to copy: each question, and below it a command for each system.
///
/// A host that is none, as of somebody else's report, stays the placeholder `HOST`.
pub fn commands(host: &str) -> String {
    let at = At {
        host,
        address: None,
        port: 587,
        opening: Opening::Text,
    };
    let mut out = String::new();
    for system in System::ALL {
        let _ = writeln!(out, "# {}\n", system.name());
        for question in QUESTIONS {
            for way in question.ways.iter().filter(|it| it.on == system) {
                // Ports are part of the question here, so that those of the command stay.
                let command = hosted(way.command, at);
                let _ = writeln!(out, "# {}\n{command}\n", question.asks);
            }
        }
    }
    out.push_str(
        "# Analyze reads what they write: paste it, or give it to `portolan-probe explain`.\n",
    );
    out
}

/// The command with its host; its ports stay.
fn hosted(command: &str, at: At<'_>) -> String {
    let mut command = command.to_owned();
    for port in [465_u16, 587] {
        let (there, kept) = (format!("HOST:{port}"), At { port, ..at });
        if command.contains(&there) {
            command = filled(&command, kept);
        }
    }
    filled(&command, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_asked_on_every_system() {
        for question in QUESTIONS {
            assert!(question.asks.contains(['?', '.']));
            for system in System::ALL {
                let count = question.ways.iter().filter(|it| it.on == system).count();
                assert_eq!(count, 1, "{}: {}", question.asks, system.name());
            }
            for way in question.ways {
                assert!(
                    way.command.contains("HOST") && !way.command.contains('\n'),
                    "{}",
                    way.command
                );
                assert!(
                    !way.command.contains("--password") && !way.command.contains("USER:"),
                    "{}",
                    way.command
                );
            }
        }
    }

    #[test]
    fn the_host_is_filled_in_and_ports_stay() {
        let text = commands("mx.example.org");
        assert!(!text.contains("HOST"), "{text}");
        assert!(
            text.contains(
                "openssl s_client -connect mx.example.org:465 -servername mx.example.org"
            ),
            "{text}"
        );
        assert!(
            text.contains("-starttls smtp -connect mx.example.org:587 "),
            "{text}"
        );
        assert!(
            text.contains("TcpClient]::new('mx.example.org', 465)"),
            "{text}"
        );
        assert!(
            text.contains("for p in 25 465 587 2525; do nc -vz -w 10 mx.example.org $p; done"),
            "{text}"
        );
    }

    #[test]
    fn a_host_that_is_none_enters_no_command() {
        for host in ["a; rm -rf /", "$(id)", "'", "a b", ""] {
            let text = commands(host);
            assert!(
                text.contains("dig HOST MX")
                    && (host.is_empty() || host == "'" || !text.contains(host)),
                "{text}"
            );
        }
        assert!(!commands("'); id; ('").contains("id;"));
    }
}
