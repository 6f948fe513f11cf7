//! What swaks, `openssl s_client` and `check_smtp` see of a mail server, `portolan-probe` sees as well.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use portolan_probe::probe::{Asking, Errands, Trust, Until, Who, check};
use portolan_report::probe::{AskedHost, AskedPort, Families, Opening, Target, TargetKind};
use portolan_servers::peers::{Facts, PORTS, Peers, Place, Question, Scenes, of_report};

/// How long everybody waits where nobody answers: a busy machine is not taken for a firewall.
const PATIENCE: Duration = Duration::from_secs(6);

/// What has to be told of each place by one of the others at least, so that nothing is held against nothing.
const TOLD: &[(&str, u16, &str)] = &[
    ("in order", 25, "offers STARTTLS"),
    ("in order", 465, "certificate until 2040-01-01"),
    ("in order", 465, "greets"),
    ("in order", 587, "certificate for this name"),
    ("in order", 587, "certificate of CN=mail.test.example"),
    ("in order", 587, "certificate vouched for"),
    ("in order", 587, "greets as mail.test.example"),
    ("in order", 587, "takes TLS 1.2"),
    ("in order", 587, "takes TLS 1.3"),
    ("certificate expired", 25, "certificate expired"),
    ("certificate expired", 465, "certificate not vouched for"),
    (
        "certificate of another host",
        587,
        "certificate for other names",
    ),
    ("certificate self-signed", 465, "certificate self-signed"),
    ("TLS 1.0 alone", 465, "no TLS"),
    ("TLS 1.0 alone", 587, "refuses TLS 1.2"),
    ("no STARTTLS", 587, "no STARTTLS"),
    ("no AUTH", 587, "offers 8BITMIME within TLS"),
    ("25 dropped, 587 reset", 25, "no answer"),
    ("25 dropped, 587 reset", 465, "takes TLS 1.3"),
    ("25 dropped, 587 reset", 587, "refused"),
];

fn own(scenes: &Scenes, place: &Place, roots: &std::path::Path) -> Vec<(u16, Facts)> {
    let name = place.address().to_string();
    let ports = PORTS.map(|port| AskedPort {
        port,
        opening: if port == 465 {
            Opening::Tls
        } else {
            Opening::Text
        },
        is_named: true,
    });
    let asking = Asking {
        target: Target {
            kind: TargetKind::Address,
            name: name.clone(),
        },
        who: Who::Hosts(vec![AskedHost {
            name,
            preference: None,
            ports: ports.to_vec(),
        }]),
        families: Families::Both,
        ehlo: "client.example".to_owned(),
        server_name: Some(place.name().to_owned()),
        trust: Trust::File(roots.to_path_buf()),
        resolver: None,
        step: PATIENCE,
        deadline: Duration::from_secs(20),
        pem: false,
        errands: Errands::default(),
        until: Until::End,
    };
    let report = scenes
        .network()
        .client()
        .inside(|| check(asking))
        .unwrap()
        .unwrap();
    PORTS.map(|port| (port, of_report(&report, port))).to_vec()
}

#[test]
#[ignore = "mail servers: needs root on Debian 12; cargo xtask test runs it"]
fn mail_servers_are_seen_as_others_see_them() {
    let scenes = Scenes::start().unwrap();
    let peers = &Peers::start(scenes.network(), scenes.authority_pem(), PATIENCE).unwrap();
    let roots = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("peers-roots.pem");
    std::fs::write(&roots, scenes.authority_pem()).unwrap();
    let mut missing = Vec::new();
    for place in scenes.places() {
        for (port, own) in own(&scenes, place, &roots) {
            let mut told = Facts::new();
            // All at once, so that whoever waits in vain does not wait for the others as well.
            let asked = thread::scope(|scope| {
                let ask = |question| scope.spawn(move || peers.ask(question, place, port));
                let asked = Question::ALL.map(|question| (question, ask(question)));
                asked.map(|(question, it)| (question, it.join().unwrap().unwrap()))
            });
            for (question, (facts, ran)) in asked {
                for fact in facts.difference(&own) {
                    missing.push(format!(
                        "{place}, {port}: {question:?} saw `{fact}`: {}",
                        ran.text
                    ));
                }
                told.extend(facts);
            }
            let wanted = TOLD
                .iter()
                .filter(|it| it.0 == place.what() && it.1 == port);
            for (.., fact) in wanted.filter(|it| !told.contains(it.2)) {
                missing.push(format!(
                    "{place}, {port}: nobody else saw `{fact}`: {told:?}"
                ));
            }
            let has_auth = own
                .iter()
                .any(|it| it.starts_with("offers AUTH") && it.ends_with(" within TLS"));
            let should = port != 25
                && !own.contains("refused")
                && !["TLS 1.0 alone", "no AUTH"].contains(&place.what())
                && (port, place.what()) != (587, "no STARTTLS");
            if has_auth != should {
                missing.push(format!("{place}, {port}: AUTH: {own:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
