//! A report in which everything that a report can hold stands once.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use portolan_report::probe::*;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn reply(lines: &[&str]) -> Reply {
    let lines: Vec<String> = lines.iter().map(|it| (*it).to_owned()).collect();
    Reply {
        code: lines.last().unwrap()[..3].parse().unwrap(),
        enhanced: None,
        bytes: lines.iter().map(|it| it.len() as u64 + 2).sum(),
        lines,
    }
}

fn certificate(pem: Option<&str>) -> Certificate {
    Certificate {
        subject: "CN=mx.example.org".into(),
        issuer: "CN=An Authority,O=Example".into(),
        names: vec!["mx.example.org".into(), "192.0.2.1".into()],
        not_before: moment("2026-01-01T00:00:00Z"),
        not_after: moment("2026-04-01T00:00:00Z"),
        serial: "0a1b".into(),
        key: Key {
            kind: KeyKind::Rsa,
            bits: Some(2048),
        },
        signature: "sha256WithRSAEncryption".into(),
        is_authority: false,
        sha256: "00".repeat(32),
        pem: pem.map(str::to_owned),
    }
}

fn kinds_of_faults() -> Vec<CertificateFault> {
    use CertificateFault as F;
    vec![
        F::AuthorityAsServer,
        F::BadEncoding,
        F::BadSignature,
        F::Expired,
        F::NameMismatch,
        F::NoRoots,
        F::NotYetValid,
        F::Other {
            text: "a path that is too long".into(),
        },
        F::Revoked,
        F::SelfSigned,
        F::UnknownIssuer,
        F::UnsupportedSignature,
        F::WrongUsage,
    ]
}

fn outcomes() -> Vec<(Stage, Option<&'static str>, Outcome)> {
    let ehlo = [
        "250-mx.example.org",
        "250-SIZE 1000",
        "250-STARTTLS",
        "250 AUTH PLAIN",
    ];
    let broken = |how| Outcome::Broken {
        how,
        lines: vec!["220-wel".into()],
        bytes: 7,
    };
    let no = |fault| Outcome::NotConnected { fault };
    let failed = |fault| Outcome::TlsFailed { fault };
    let offers = Outcome::Offers {
        offers: Offers::of(&reply(&ehlo).lines),
        reply: reply(&ehlo),
    };
    let tls = Outcome::Tls {
        session: Box::new(TlsSession {
            version: TlsVersion::Tls13,
            suite: "TLS13_AES_128_GCM_SHA256".into(),
            group: Some("X25519".into()),
            server_name: Some("mx.example.org".into()),
            chain: vec![
                certificate(Some("-----BEGIN CERTIFICATE-----\n")),
                certificate(None),
            ],
            checked_name: "mx.example.org".into(),
            faults: kinds_of_faults(),
        }),
    };
    let said = |line| Outcome::Reply {
        reply: Reply {
            enhanced: Some("2.0.0".into()),
            ..reply(&[line])
        },
    };
    vec![
        (Stage::Connect, None, Outcome::Connected),
        (Stage::Connect, None, no(ConnectFault::Forbidden)),
        (Stage::Connect, None, no(ConnectFault::HostUnreachable)),
        (Stage::Connect, None, no(ConnectFault::NetworkUnreachable)),
        (Stage::Connect, None, no(ConnectFault::NotPermitted)),
        (
            Stage::Connect,
            None,
            no(ConnectFault::Other {
                code: Some(24),
                text: "Too many open files".into(),
            }),
        ),
        (Stage::Connect, None, no(ConnectFault::Refused)),
        (Stage::Connect, None, no(ConnectFault::Reset)),
        (Stage::Connect, None, no(ConnectFault::TimedOut)),
        (Stage::Greeting, None, broken(Break::Closed)),
        (Stage::Greeting, None, broken(Break::Deadline)),
        (Stage::Greeting, None, broken(Break::NoReply)),
        (Stage::Greeting, None, broken(Break::Reset)),
        (Stage::Greeting, None, broken(Break::TimedOut)),
        (Stage::Greeting, None, broken(Break::TooMuch)),
        (Stage::Ehlo, Some("EHLO probe.example"), offers),
        (Stage::Starttls, Some("STARTTLS"), said("220 2.0.0 Ready")),
        (Stage::Tls, None, tls),
        (
            Stage::Tls,
            None,
            failed(TlsFault::Alert {
                name: "protocol_version".into(),
            }),
        ),
        (
            Stage::Tls,
            None,
            failed(TlsFault::OldVersion {
                version: TlsVersion::Tls10,
            }),
        ),
        (
            Stage::Tls,
            None,
            failed(TlsFault::Text {
                text: "220 hi".into(),
            }),
        ),
        (
            Stage::Tls,
            None,
            failed(TlsFault::Unusable {
                text: "no suite in common".into(),
            }),
        ),
        (
            Stage::EhloAfter,
            Some("EHLO probe.example"),
            said("250 mx.example.org"),
        ),
        (
            Stage::Auth,
            Some("AUTH PLAIN [masked]"),
            said("235 2.7.0 Ok"),
        ),
        (
            Stage::Mail,
            Some("MAIL FROM:<[masked]@probe.example>"),
            said("250 2.1.0 Ok"),
        ),
        (
            Stage::Rcpt,
            Some("RCPT TO:<[masked]@example.net>"),
            said("250 2.1.5 Ok"),
        ),
        (Stage::Data, Some("DATA"), said("354 Go on")),
        (Stage::EndOfData, Some("."), said("250 2.0.0 Queued")),
        (Stage::Rset, Some("RSET"), said("250 2.0.0 Ok")),
        (Stage::Quit, Some("QUIT"), said("221 2.0.0 Bye")),
    ]
}

fn noticed() -> Vec<Noticed> {
    vec![
        Noticed::BareLineFeeds,
        Noticed::Drip {
            bytes: 40,
            pieces: 40,
        },
        Noticed::EarlyTalk {
            bytes: 3,
            text: "250".into(),
        },
        Noticed::Injected {
            bytes: 3,
            text: "250".into(),
        },
        Noticed::LongLine,
        Noticed::LongReply,
        Noticed::MixedCodes,
        Noticed::Nuls,
        Noticed::TlsRecord,
    ]
}

fn visit(opening: Opening, purpose: Purpose, steps: Vec<Step>) -> Visit {
    Visit {
        host: "mx.example.org".into(),
        address: "2001:db8::25".parse().unwrap(),
        port: 587,
        opening,
        purpose,
        started_ms: 12,
        steps,
    }
}

fn lookups() -> Vec<Lookup> {
    let answers = [
        Answer::Addresses {
            addresses: vec![
                "192.0.2.1".parse().unwrap(),
                "2001:db8::25".parse().unwrap(),
            ],
        },
        Answer::Exchanges {
            exchanges: vec![Exchange {
                preference: 10,
                host: "mx.example.org".into(),
            }],
        },
        Answer::Failed {
            text: "SERVFAIL".into(),
        },
        Answer::NoRecords,
        Answer::NoSuchName,
        Answer::Refused,
        Answer::TimedOut,
    ];
    let lookup = |answer| Lookup {
        kind: match answer {
            Answer::Exchanges { .. } => LookupKind::Exchanges,
            _ => LookupKind::Addresses,
        },
        name: "example.org".into(),
        resolver: "system".into(),
        started_ms: 0,
        took_ms: 3,
        answer,
    };
    answers.map(lookup).to_vec()
}

/// The sample.
pub(crate) fn sample() -> ProbeReport {
    let mut at = 12;
    let mut steps = Vec::new();
    for (stage, sent, outcome) in outcomes() {
        steps.push(Step {
            stage,
            sent: sent.map(str::to_owned),
            started_ms: at,
            took_ms: 4,
            first_byte_ms: sent.map(|_| 3),
            noticed: if stage == Stage::Quit {
                noticed()
            } else {
                Vec::new()
            },
            outcome,
        });
        at += 5;
    }
    let version = TlsVersion::Tls12;
    let versions = [TlsVersion::Ssl3, TlsVersion::Tls11, version];
    let mut visits = vec![
        visit(Opening::Text, Purpose::Session, steps),
        visit(Opening::Tls, Purpose::OtherOpening, Vec::new()),
        visit(Opening::Text, Purpose::RelayTest, Vec::new()),
    ];
    visits.extend(
        versions.map(|version| visit(Opening::Text, Purpose::Version { version }, Vec::new())),
    );
    ProbeReport {
        schema: SCHEMA,
        tool: "portolan-probe 0.1.0".into(),
        started_at: moment("2026-11-26T10:00:00Z"),
        took_ms: 400,
        cut_short: false,
        asked: Asked {
            target: Target {
                kind: TargetKind::Mx,
                name: "example.org".into(),
            },
            hosts: vec![AskedHost {
                name: "mx.example.org".into(),
                preference: Some(10),
                ports: vec![
                    AskedPort {
                        port: 587,
                        opening: Opening::Text,
                        is_named: true,
                    },
                    AskedPort {
                        port: 465,
                        opening: Opening::Tls,
                        is_named: false,
                    },
                ],
            }],
            families: Families::Both,
            ehlo_name: "probe.example".into(),
            server_name: None,
            step_timeout_ms: 10_000,
            deadline_ms: 45_000,
            errands: vec![
                Errand::RelayTest {
                    domain: "example.net".into(),
                },
                Errand::Send {
                    domain: "example.net".into(),
                },
                Errand::SignIn {
                    mechanism: Some("PLAIN".into()),
                },
            ],
        },
        lookups: lookups(),
        roots: Some(Roots {
            from: RootsFrom::Platform,
            count: 140,
            complaints: vec!["/etc/ssl/certs/x.pem: permission denied".into()],
        }),
        visits,
    }
}
