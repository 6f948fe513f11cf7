//! What is visited beside resolvers: the host of the policy file, and mail hosts with TLSA records. And SPF by a resolver.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use portolan_check::domain::{DomainAssessment, assess};
use portolan_dns::lookup::Record;
use portolan_dns::name::Name;
use portolan_dns::spf::Zone;
use portolan_dns::tlsa::{Matched, Tlsa};
use portolan_probe::domain::{Asking, Ports, observe};
use portolan_probe::probe::Trust;
use portolan_report::domain::{DomainReport, PolicyOutcome};
use portolan_rogue::ca::{Authority, Leaf, Validity};
use portolan_rogue::catalogue::{Door, Stage};
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::server::{Fault, Server};

/// A file of authorities, which goes with the value.
struct Root(PathBuf);

impl Root {
    fn of(pem: &str, port: u16) -> Self {
        let name = format!("portolan-domain-root-{}-{port}.pem", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, pem).unwrap();
        Self(path)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn asking(resolver: &Server, ports: Ports) -> Asking {
    Asking {
        domain: Name::new("example.com").unwrap(),
        selectors: Vec::new(),
        ip: None,
        envelope: None,
        signer: None,
        resolvers: vec![resolver.address],
        https: true,
        smtp: true,
        step: Duration::from_secs(2),
        deadline: Duration::from_secs(40),
        trust: Trust::Platform,
        ehlo: "probe.example.org".into(),
        ports,
    }
}

fn look(asking: &Asking) -> (DomainReport, DomainAssessment) {
    let report = observe(asking, &portolan_builtin::facts());
    let assessment = assess(&report);
    (report, assessment)
}

fn rules(assessment: &DomainAssessment) -> Vec<&'static str> {
    assessment.findings.iter().map(|it| it.rule).collect()
}

fn zone() -> Zone {
    let mut zone = Zone::default();
    let text = |text: &str| Record::Txt(vec![text.as_bytes().to_vec()]);
    let mx = |host: &str| Record::Mx {
        preference: 10,
        host: host.to_owned(),
    };
    zone.add("example.com", mx("mx.example.com"));
    zone.add("example.com", text("v=spf1 mx include:b.example -all"));
    zone.add("b.example", text("v=spf1 ip4:198.51.100.0/24 -all"));
    zone.add("mx.example.com", Record::A([127, 0, 0, 1].into()));
    zone.add("_mta-sts.example.com", text("v=STSv1; id=1"));
    zone.add("mta-sts.example.com", Record::A([127, 0, 0, 1].into()));
    zone
}

/// Hosts with TLSA records are held against what they show, and the record that the finding names is the one that matches.
#[test]
fn tlsa_is_held_against_the_certificate() {
    let catalogue = portolan_rogue::failures().unwrap();
    let behind_tls = catalogue
        .failures
        .iter()
        .find(|it| it.door == Door::Submission && it.at == Stage::Auth)
        .unwrap();
    let play = catalogue.play(behind_tls.id.get_ref(), 1).unwrap();
    let host = portolan_rogue::serve::Server::start(&play, 0).unwrap();
    let ports = Ports {
        smtp: host.address().port(),
        ..Ports::default()
    };
    let with = |record: &str| {
        let mut zone = zone();
        zone.add(
            "_25._tcp.mx.example.com",
            Record::Tlsa(Tlsa::read(record).unwrap()),
        );
        let server = Server::start(zone).authenticated();
        let mut asking = asking(&server, ports);
        asking.https = false;
        look(&asking)
    };
    let wrong = format!("3 1 1 {}", "00".repeat(32));
    let (report, assessment) = with(&wrong);
    assert_eq!(report.certificates.len(), 1, "{report:#?}");
    assert!(report.certificates[0].failed.is_none(), "{report:#?}");
    let finding = assessment
        .findings
        .iter()
        .find(|it| it.rule == "tlsa-does-not-match");
    let publish = finding.unwrap().publish.clone().unwrap();
    let record = publish
        .strip_prefix("_25._tcp.mx.example.com. IN TLSA ")
        .unwrap();
    let (_, assessment) = with(record);
    assert!(!rules(&assessment).contains(&"tlsa-does-not-match"));
    let tlsa = &assessment.posture.exchangers[0].tlsa;
    assert_eq!(tlsa[0].1, Some(Matched::Yes));

    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut zone = zone();
    zone.add(
        "_25._tcp.mx.example.com",
        Record::Tlsa(Tlsa::read(&wrong).unwrap()),
    );
    let server = Server::start(zone);
    let ports = Ports {
        smtp: nobody.port(),
        ..Ports::default()
    };
    let mut asking = asking(&server, ports);
    asking.https = false;
    let (report, assessment) = look(&asking);
    assert_eq!(
        report.certificates[0].failed.as_deref(),
        Some("the connection refused")
    );
    assert!(!rules(&assessment).contains(&"tlsa-does-not-match"));
    asking.smtp = false;
    assert!(look(&asking).0.certificates.is_empty());
}

/// A web server that sends this to everybody; where it is, and the root to trust.
fn web(name: &str, answer: &'static str, then: Then) -> (u16, Root) {
    let authority = Authority::root("Test root", Validity::years(2020, 2040)).unwrap();
    let leaf = Leaf {
        names: &[name],
        validity: Validity::years(2020, 2040),
        is_authority: false,
    };
    let identity = authority.leaf(&leaf).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for mut socket in listener.incoming().flatten() {
            let config = Arc::clone(&config);
            thread::spawn(move || {
                let mut tls = ServerConnection::new(config).ok()?;
                let mut stream = Stream::new(&mut tls, &mut socket);
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).ok()?;
                    request.push(byte[0]);
                }
                let request = String::from_utf8(request).ok()?;
                let is_right = request.starts_with("GET /.well-known/mta-sts.txt HTTP/1.1\r\n")
                    && request.contains("\r\nHost: mta-sts.example.com\r\n");
                let answer = if is_right {
                    answer
                } else {
                    "HTTP/1.1 400 Bad\r\n\r\n"
                };
                stream.write_all(answer.as_bytes()).ok()?;
                match then {
                    Then::Close => {
                        tls.send_close_notify();
                        tls.write_tls(&mut socket).ok()?;
                    }
                    Then::Drip => loop {
                        stream.write_all(b"x").ok()?;
                        thread::sleep(Duration::from_millis(50));
                    },
                }
                Some(())
            });
        }
    });
    (port, Root::of(authority.pem(), port))
}

#[derive(Clone, Copy)]
enum Then {
    Close,
    Drip,
}

fn policy(name: &str, answer: &'static str, then: Then) -> (PolicyOutcome, DomainAssessment) {
    let (port, root) = web(name, answer, then);
    let server = Server::start(zone());
    let ports = Ports {
        https: port,
        ..Ports::default()
    };
    let mut asking = asking(&server, ports);
    asking.trust = Trust::File(root.0.clone());
    let (report, assessment) = look(&asking);
    (report.policy.unwrap().outcome, assessment)
}

const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n\
    44\r\nversion: STSv1\r\nmode: enforce\r\nmx: *.example.com\r\nmax_age: 2592000\r\n\r\n0\r\n\r\n";

#[test]
fn a_policy_file_is_fetched_and_judged() {
    let (outcome, assessment) = policy("mta-sts.example.com", GOOD, Then::Close);
    assert!(matches!(outcome, PolicyOutcome::File { .. }), "{outcome:?}");
    let sts = assessment.posture.sts.unwrap();
    assert_eq!(sts.patterns, ["*.example.com"]);
    assert!(sts.issues.is_empty(), "{:?}", sts.issues);

    let (outcome, assessment) = policy(
        "mta-sts.example.com",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 30\r\n\r\nversion: STSv1\nmx: a.example\n\n",
        Then::Close,
    );
    assert!(matches!(outcome, PolicyOutcome::File { .. }), "{outcome:?}");
    assert!(
        rules(&assessment).contains(&"mta-sts-mx-not-covered"),
        "{:?}",
        rules(&assessment)
    );
}

#[test]
fn what_senders_do_not_take_is_not_taken() {
    let redirect =
        "HTTP/1.1 301 Moved\r\nLocation: https://example.com/sts\r\nContent-Length: 0\r\n\r\n";
    let (outcome, _) = policy("mta-sts.example.com", redirect, Then::Close);
    let PolicyOutcome::Status { status, location } = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(
        (status, location.as_deref()),
        (301, Some("https://example.com/sts"))
    );

    let (outcome, assessment) = policy("www.example.com", GOOD, Then::Close);
    assert!(
        matches!(&outcome, PolicyOutcome::Failed { text } if text.contains("certificate")),
        "{outcome:?}"
    );
    assert!(rules(&assessment).contains(&"mta-sts-policy-not-fetched"));

    let large = "HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n";
    let (outcome, _) = policy("mta-sts.example.com", large, Then::Close);
    assert!(
        matches!(&outcome, PolicyOutcome::Failed { text } if text.contains("64 kB")),
        "{outcome:?}"
    );

    let endless = "HTTP/1.1 200 OK\r\nX: ";
    let (outcome, _) = policy("mta-sts.example.com", endless, Then::Drip);
    assert_eq!(outcome, PolicyOutcome::TimedOut);
}

fn spf(server: &Server, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_portolan-probe"))
        .arg("spf")
        .args(arguments)
        .args(["--resolver", &server.address.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[test]
fn spf_is_checked_by_a_resolver() {
    let server = Server::start(zone());
    let of = |ip: &str| {
        let output = spf(&server, &["--ip", ip, "--mail-from", "a@example.com"], "");
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let (code, text) = of("198.51.100.7");
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.starts_with(
            "from 198.51.100.7: pass by include:b.example \u{2192} ip4:198.51.100.0/24"
        ),
        "{text}"
    );
    assert!(
        text.contains("\u{251c}\u{2500} mx  does not match"),
        "{text}"
    );
    let (code, text) = of("203.0.113.9");
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("from 203.0.113.9: fail by -all"), "{text}");

    let line = |ip: &str| {
        format!(
            "{{\"id\":\"{ip}\",\"ip\":\"{ip}\",\"helo\":\"h.example\",\"mailfrom\":\"a@example.com\"}}\n"
        )
    };
    let input = line("198.51.100.7") + &line("203.0.113.9");
    let output = spf(&server, &["--jsonl"], &input);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let results: Vec<serde_json::Value> = text
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    assert_eq!(results[0]["result"], "pass");
    assert_eq!(results[1]["result"], "fail");

    let silent = Server::start(zone()).at("b.example", Fault::Silence);
    let arguments = [
        "--ip",
        "198.51.100.7",
        "--mail-from",
        "a@example.com",
        "--timeout",
        "0.3",
    ];
    let output = spf(&silent, &arguments, "");
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(
        spf(&silent, &["--helo", "a.example"], "").status.code(),
        Some(2)
    );
}
