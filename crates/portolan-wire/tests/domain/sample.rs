//! A report in which everything stands that a report of a domain may hold.

use portolan_report::domain::{
    Answer, AskedDomain, AskedSelector, DomainReport, Hex, HostCertificates, LookedUp, Octets,
    PolicyFetch, PolicyOutcome, Record, RecordKind, ReportKind, Resolver, ResolverOrigin, SCHEMA,
    Said, SelectorOrigin,
};
use portolan_report::probe::{Certificate, Key, KeyKind, Moment};

pub(crate) fn sample() -> DomainReport {
    DomainReport {
        kind: ReportKind::Domain,
        schema: SCHEMA,
        tool: "portolan-probe 0.1.0".into(),
        started_at: Moment::from_unix(1_795_687_801),
        took_ms: 400,
        cut_short: false,
        asked: AskedDomain {
            name: "example.com".into(),
            selectors: vec![
                selector("s1", SelectorOrigin::Named, None),
                selector("google", SelectorOrigin::Tried, Some("google-workspace")),
            ],
            ip: Some([192, 0, 2, 25].into()),
            envelope: Some("bounce.example.net".into()),
            signer: None,
            https: true,
            smtp: true,
            step_timeout_ms: 5_000,
            deadline_ms: 40_000,
        },
        resolvers: vec![
            resolver("127.0.0.1:53", ResolverOrigin::Named, true, Some(true)),
            resolver("192.0.2.53:53", ResolverOrigin::System, false, None),
        ],
        lookups: lookups(),
        policy: Some(PolicyFetch {
            host: "mta-sts.example.com".into(),
            started_ms: 90,
            took_ms: 120,
            outcome: PolicyOutcome::File {
                content_type: Some("text/plain".into()),
                body: Octets(b"version: STSv1\r\nmode: enforce\r\nmx: mx1.example.com\r\nmax_age: 604800\r\n".to_vec()),
            },
        }),
        certificates: vec![
            HostCertificates {
                host: "mx1.example.com".into(),
                address: [192, 0, 2, 25].into(),
                chain: vec![certificate()],
                failed: None,
            },
            HostCertificates {
                host: "mx2.example.com".into(),
                address: [192, 0, 2, 26].into(),
                chain: Vec::new(),
                failed: Some("the connection timed out".into()),
            },
        ],
    }
}

/// What else may come of a policy file.
pub(crate) fn outcomes() -> Vec<PolicyOutcome> {
    vec![
        PolicyOutcome::Failed {
            text: "no route".into(),
        },
        PolicyOutcome::NoHost,
        PolicyOutcome::Status {
            status: 301,
            location: Some("https://example.com/".into()),
        },
        PolicyOutcome::TimedOut,
    ]
}

fn lookups() -> Vec<LookedUp> {
    let of = |kind, records| looked("example.com", kind, &Answer::Records { records });
    vec![
        of(
            RecordKind::Mx,
            vec![Record::Mx {
                preference: 10,
                host: "mx1.example.com".into(),
            }],
        ),
        of(
            RecordKind::Txt,
            vec![Record::Txt {
                strings: vec![Octets(b"v=spf1 \\ \xff".to_vec()), Octets(Vec::new())],
            }],
        ),
        of(
            RecordKind::A,
            vec![Record::A {
                address: [192, 0, 2, 1].into(),
            }],
        ),
        of(
            RecordKind::Aaaa,
            vec![Record::Aaaa {
                address: "2001:db8::1".parse().unwrap(),
            }],
        ),
        of(
            RecordKind::Cname,
            vec![Record::Cname {
                target: "a.example.net".into(),
            }],
        ),
        of(
            RecordKind::Ptr,
            vec![Record::Ptr {
                name: "mx1.example.com".into(),
            }],
        ),
        of(
            RecordKind::Tlsa,
            vec![Record::Tlsa {
                usage: 3,
                selector: 1,
                matching: 1,
                data: Hex(vec![0, 255]),
            }],
        ),
        looked("a.example.com", RecordKind::A, &Answer::NoRecords),
        looked("b.example.com", RecordKind::A, &Answer::NoSuchName),
        looked("c.example.com", RecordKind::A, &Answer::Refused),
        looked("d.example.com", RecordKind::A, &Answer::TimedOut),
        looked(
            "e.example.com",
            RecordKind::A,
            &Answer::Failed {
                text: "SERVFAIL".into(),
            },
        ),
    ]
}

fn looked(name: &str, kind: RecordKind, answer: &Answer) -> LookedUp {
    let said = |resolver| Said {
        resolver,
        started_ms: 1,
        took_ms: 12,
        authenticated: resolver == 0,
        answer: answer.clone(),
    };
    LookedUp {
        name: name.into(),
        kind,
        answers: vec![said(0), said(1)],
    }
}

fn selector(name: &str, origin: SelectorOrigin, provider: Option<&str>) -> AskedSelector {
    AskedSelector {
        name: name.into(),
        origin,
        provider: provider.map(str::to_owned),
    }
}

fn resolver(
    address: &str,
    origin: ResolverOrigin,
    on_loopback: bool,
    validates: Option<bool>,
) -> Resolver {
    Resolver {
        address: address.into(),
        origin,
        on_loopback,
        validates,
    }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=mx1.example.com".into(),
        issuer: "CN=Example".into(),
        names: vec!["mx1.example.com".into()],
        not_before: Moment::from_unix(1_795_000_000),
        not_after: Moment::from_unix(1_802_000_000),
        serial: "0a".into(),
        key: Key {
            kind: KeyKind::Ec,
            bits: Some(256),
        },
        signature: "ecdsa-with-SHA256".into(),
        is_authority: false,
        sha256: "00".repeat(32),
        pem: Some("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n".into()),
    }
}
