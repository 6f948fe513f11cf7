//! Small reports made by hand, for examples and for the tests of whoever shows an assessment.

use portolan_report::probe::{
    Asked, AskedHost, AskedPort, Certificate, CertificateFault, Families, Key, KeyKind, Moment,
    Offers, Opening, Outcome, ProbeReport, Purpose, Reply, Roots, RootsFrom, SCHEMA, Stage, Step,
    Target, TargetKind, TlsSession, TlsVersion, Visit,
};

/// The host of every sample.
pub const HOST: &str = "mx.example.org";

/// When every sample was made: 2026-11-26T10:00:00Z.
const NOW: i64 = 1_795_687_200;
const DAY: i64 = 86_400;

/// A server on 587 with which nothing is wrong.
pub fn working() -> ProbeReport {
    report(vec![submission(587)])
}

/// A report of these visits; their ports count as named.
pub fn report(visits: Vec<Visit>) -> ProbeReport {
    let mut hosts: Vec<AskedHost> = Vec::new();
    for visit in &visits {
        let port = AskedPort {
            port: visit.port,
            opening: visit.opening,
            is_named: true,
        };
        match hosts.iter_mut().find(|it| it.name == visit.host) {
            Some(host) if host.ports.iter().any(|it| it.port == port.port) => {}
            Some(host) => host.ports.push(port),
            None => hosts.push(AskedHost {
                name: visit.host.clone(),
                preference: None,
                ports: vec![port],
            }),
        }
    }
    ProbeReport {
        schema: SCHEMA,
        tool: "portolan-probe 0.1.0".to_owned(),
        started_at: Moment::from_unix(NOW),
        took_ms: 400,
        cut_short: false,
        asked: Asked {
            target: Target {
                kind: TargetKind::Host,
                name: HOST.to_owned(),
            },
            hosts,
            families: Families::Both,
            ehlo_name: "probe.example".to_owned(),
            server_name: None,
            step_timeout_ms: 10_000,
            deadline_ms: 60_000,
            errands: Vec::new(),
        },
        lookups: Vec::new(),
        roots: Some(Roots {
            from: RootsFrom::Platform,
            count: 140,
            complaints: Vec::new(),
        }),
        visits,
    }
}

/// A session on a port, of these steps.
pub fn visit(port: u16, steps: Vec<Step>) -> Visit {
    Visit {
        host: HOST.to_owned(),
        address: std::net::IpAddr::from([192, 0, 2, 1]),
        port,
        opening: if port == 465 {
            Opening::Tls
        } else {
            Opening::Text
        },
        purpose: Purpose::Session,
        started_ms: 5,
        steps,
    }
}

/// A step of a tenth of a second.
pub fn step(stage: Stage, outcome: Outcome) -> Step {
    let sent = match stage {
        Stage::Ehlo | Stage::EhloAfter => Some("EHLO probe.example"),
        Stage::Starttls => Some("STARTTLS"),
        Stage::Auth => Some("AUTH PLAIN [masked]"),
        Stage::Mail => Some("MAIL FROM:<[masked]@probe.example>"),
        Stage::Rcpt => Some("RCPT TO:<[masked]@example.net>"),
        Stage::Data => Some("DATA"),
        Stage::EndOfData => Some("."),
        Stage::Rset => Some("RSET"),
        Stage::Quit => Some("QUIT"),
        Stage::Connect | Stage::Greeting | Stage::Tls => None,
    };
    Step {
        stage,
        sent: sent.map(str::to_owned),
        started_ms: 10,
        took_ms: 100,
        first_byte_ms: Some(90),
        outcome,
        noticed: Vec::new(),
    }
}

/// The connection is made.
pub fn connected() -> Step {
    step(Stage::Connect, Outcome::Connected)
}

/// A reply of these lines, one a line of the text.
pub fn reply(stage: Stage, text: &str) -> Step {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let last = lines.last().map_or("", String::as_str);
    let code = last
        .get(..3)
        .and_then(|it| it.parse().ok())
        .unwrap_or_default();
    let reply = Reply {
        code,
        enhanced: None,
        bytes: text.len().try_into().unwrap_or(u64::MAX),
        lines,
    };
    let is_ehlo = matches!(stage, Stage::Ehlo | Stage::EhloAfter);
    if is_ehlo && code < 300 {
        let offers = Offers::of(&reply.lines);
        return step(stage, Outcome::Offers { reply, offers });
    }
    step(stage, Outcome::Reply { reply })
}

/// A handshake with these faults of the certificate.
pub fn tls(faults: Vec<CertificateFault>) -> Step {
    let session = TlsSession {
        version: TlsVersion::Tls13,
        suite: "TLS13_AES_128_GCM_SHA256".to_owned(),
        group: Some("X25519".to_owned()),
        server_name: Some(HOST.to_owned()),
        chain: vec![certificate()],
        checked_name: HOST.to_owned(),
        faults,
    };
    step(
        Stage::Tls,
        Outcome::Tls {
            session: Box::new(session),
        },
    )
}

/// A certificate that is in order, for another 60 days.
pub fn certificate() -> Certificate {
    Certificate {
        subject: format!("CN={HOST}"),
        issuer: "CN=An Authority".to_owned(),
        names: vec![HOST.to_owned()],
        not_before: Moment::from_unix(NOW - 30 * DAY),
        not_after: Moment::from_unix(NOW + 60 * DAY),
        serial: "01".to_owned(),
        key: Key {
            kind: KeyKind::Ec,
            bits: Some(256),
        },
        signature: "ecdsa-with-SHA256".to_owned(),
        is_authority: false,
        sha256: "00".repeat(32),
        pem: None,
    }
}

/// The steps up to a STARTTLS that is taken.
pub fn until_starttls() -> Vec<Step> {
    vec![
        connected(),
        reply(Stage::Greeting, "220 mx.example.org ESMTP"),
        reply(
            Stage::Ehlo,
            "250-mx.example.org\n250-SIZE 1000\n250 STARTTLS",
        ),
        reply(Stage::Starttls, "220 2.0.0 Ready to start TLS"),
    ]
}

/// What follows a handshake.
pub fn within_tls() -> Vec<Step> {
    vec![
        reply(
            Stage::EhloAfter,
            "250-mx.example.org\n250-SIZE 1000\n250 AUTH PLAIN LOGIN",
        ),
        reply(Stage::Quit, "221 2.0.0 Bye"),
    ]
}

/// A session with STARTTLS with which nothing is wrong.
pub fn submission(port: u16) -> Visit {
    let mut steps = until_starttls();
    steps.push(tls(Vec::new()));
    steps.extend(within_tls());
    visit(port, steps)
}

/// A session with TLS from the first byte with which nothing is wrong.
pub fn implicit(port: u16) -> Visit {
    let mut steps = vec![
        connected(),
        tls(Vec::new()),
        reply(Stage::Greeting, "220 mx.example.org ESMTP"),
    ];
    steps.extend(within_tls());
    Visit {
        opening: Opening::Tls,
        ..visit(port, steps)
    }
}
