//! Every failure that the misbehaving server plays and a check can see: the assessment names its cause, in time.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use portolan_check::{Assessment, Level, PortState, assess};
use portolan_probe::probe::{Asking, Errands, Secret, SignIn, Trust, Until, Who, check};
use portolan_report::probe::{
    AskedHost, AskedPort, Families, Opening, ProbeReport, Purpose, Stage as Said, Target,
    TargetKind, TlsVersion,
};
use portolan_rogue::catalogue::{Act, Door, Play, Stage};
use portolan_rogue::failures;
use portolan_rogue::serve::Server;
use portolan_smtp::classify;

const STEP: Duration = Duration::from_millis(1_500);
const DEADLINE: Duration = Duration::from_secs(12);

/// What is trusted; the file goes with the value.
struct Root(PathBuf);

impl Root {
    fn of(server: &Server) -> Self {
        let name = format!(
            "portolan-root-{}-{}.pem",
            std::process::id(),
            server.address().port()
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, server.root_pem()).unwrap();
        Self(path)
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn asking(port: u16, opening: Opening, trust: Trust) -> Asking {
    Asking {
        target: Target {
            kind: TargetKind::Host,
            name: "localhost".into(),
        },
        who: Who::Hosts(vec![AskedHost {
            name: "localhost".into(),
            preference: None,
            ports: vec![AskedPort {
                port,
                opening,
                is_named: true,
            }],
        }]),
        families: Families::V4,
        ehlo: "probe.example.org".into(),
        server_name: None,
        trust,
        resolver: None,
        step: STEP,
        deadline: DEADLINE,
        pem: false,
        errands: Errands::default(),
        until: Until::End,
    }
}

/// Looks at a server that plays this.
fn look(play: &Play) -> (ProbeReport, Assessment) {
    let server = Server::start(play, 0).unwrap();
    let root = Root::of(&server);
    let is_tls = match (play.failure.act, play.failure.door) {
        // The client meets it in the wrong way.
        (Act::Mismatch, door) => door != Door::Implicit,
        (_, door) => door == Door::Implicit,
    };
    let opening = if is_tls { Opening::Tls } else { Opening::Text };
    let trust = Trust::File(root.0.clone());
    let mut asking = asking(server.address().port(), opening, trust);
    if play.failure.door == Door::Mx {
        asking.target.kind = TargetKind::Mx;
    }
    if play.failure.at >= Stage::Auth {
        asking.errands.sign_in = play.failure.client_auth().then(|| SignIn {
            user: "user@example.org".into(),
            secret: Secret::new("correct horse battery staple"),
            mechanism: play.failure.client.oauth.then(|| "XOAUTH2".into()),
        });
    }
    if play.failure.at >= Stage::Mail {
        asking.errands.send_to = Some("someone@example.net".into());
        asking.errands.from = Some("user@example.org".into());
    }
    let from = Instant::now();
    let report = check(asking).unwrap();
    let took = from.elapsed();
    assert!(
        took < DEADLINE + Duration::from_secs(1),
        "{}: {took:?}",
        play.failure.id.as_ref()
    );
    let assessment = assess(&report);
    (report, assessment)
}

#[test]
fn who_asks_for_a_greeting_alone_makes_one_short_connection() {
    let mut play = failures().unwrap().play("virus", 0).unwrap();
    play.failure.door = Door::Submission;
    let server = Server::start(&play, 0).unwrap();
    let root = Root::of(&server);
    let port = server.address().port();
    for (until, stages, state) in [
        (Until::Connect, &[Said::Connect][..], PortState::Connects),
        (
            Until::Greeting,
            &[Said::Connect, Said::Greeting, Said::Quit],
            PortState::Greets,
        ),
    ] {
        let mut asking = asking(port, Opening::Text, Trust::File(root.0.clone()));
        asking.until = until;
        let report = check(asking).unwrap();
        let [visit] = report.visits.as_slice() else {
            panic!("{until:?}: {:#?}", report.visits)
        };
        let seen: Vec<Said> = visit.steps.iter().map(|it| it.stage).collect();
        assert_eq!(seen, stages);
        assert_eq!(assess(&report).ports[0].state, state);
    }
}

/// What a check does not do, so that it does not meet the failure: sending without TLS or sign-in where they are offered, many
/// recipients, other mechanisms, messages of another size or form.
const NOT_MET: &[&str] = &[
    "starttls-required",
    "auth-required",
    "auth-before-tls",
    "auth-mechanism-missing",
    "too-many-recipients",
    "too-large",
    "too-large-declared",
    "malformed",
];

#[test]
fn what_is_played_is_named() {
    let catalogue = failures().unwrap();
    let mut wrong = Vec::new();
    let (mut count, mut by_the_analyzer) = (0, 0);
    for seed in 0..2 {
        for failure in &catalogue.failures {
            let id = failure.id.as_ref().as_str();
            if NOT_MET.contains(&id) {
                continue;
            }
            let play = catalogue.play(id, seed).unwrap();
            let from = Instant::now();
            let (_, assessment) = look(&play);
            count += 1;
            let named = assessment.cause().map_or("none", |it| it.id);
            // What the analyzer says of the reply alone is its own affair: a check must not say anything else.
            let alone = play
                .reply
                .as_ref()
                .and_then(|it| classify(it.text.as_ref().as_bytes()));
            let is_known = play.causes().iter().any(|it| it == named);
            if !is_known && alone.is_some_and(|it| it.cause.id == named) {
                by_the_analyzer += 1;
            } else if !is_known {
                let rules: Vec<&str> = assessment.findings.iter().map(|it| it.rule).collect();
                wrong.push(format!(
                    "{id} ({seed}): {named} by {rules:?}, not {:?}",
                    play.causes()
                ));
            }
            if from.elapsed() > STEP * 2 {
                eprintln!("{id} ({seed}) took {:?}", from.elapsed());
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(count > 100, "{count}");
    assert!(by_the_analyzer <= 4, "{by_the_analyzer} of {count}");
}

fn played(id: &str, seed: u64) -> (ProbeReport, Assessment) {
    look(&failures().unwrap().play(id, seed).unwrap())
}

#[test]
fn the_state_of_the_port_is_told_apart() {
    for (id, state) in [
        ("connection-refused", "refused"),
        ("connection-dropped", "dropped"),
        ("no-greeting", "silent"),
        ("greeting-554", "turned-away"),
        ("drop-after-connect", "broken"),
    ] {
        let (_, assessment) = played(id, 0);
        assert_eq!(assessment.ports[0].state.id(), state, "{id}");
    }
}

#[test]
fn a_server_in_order_works_and_no_secret_is_in_its_report() {
    // Everything but the message goes well.
    let mut play = failures().unwrap().play("virus", 0).unwrap();
    play.failure.door = Door::Submission;
    let server = Server::start(&play, 0).unwrap();
    let root = Root::of(&server);
    let port = server.address().port();
    let mut asking = asking(port, Opening::Text, Trust::File(root.0.clone()));
    asking.errands.sign_in = Some(SignIn {
        user: "user@example.org".into(),
        secret: Secret::new("correct horse battery staple"),
        mechanism: None,
    });
    asking.pem = true;
    let report = check(asking).unwrap();
    let assessment = assess(&report);
    assert_eq!(
        assessment.verdict.level,
        Level::Fine,
        "{:#?}",
        assessment.findings
    );
    assert!(matches!(assessment.ports[0].state, PortState::Works(_)));
    let text = portolan_wire::write_report(&report);
    assert!(
        text.contains("AUTH PLAIN [masked]") && text.contains("235"),
        "{text}"
    );
    assert!(text.contains("BEGIN CERTIFICATE"));
    // `user@example.org`, the password, and both as PLAIN sends them.
    for secret in [
        "correct horse",
        "AHVzZXJA",
        "Y29ycmVjdCBob3JzZS",
        "user@example",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(portolan_wire::read_report(text.as_bytes()).unwrap(), report);
    // TLS 1.3 was spoken in the session, 1.2 tried on a connection of its own.
    let version = TlsVersion::Tls12;
    assert_eq!(report.visits.len(), 2);
    assert_eq!(report.visits[1].purpose, Purpose::Version { version });
}

#[test]
fn no_secret_goes_to_a_server_that_is_not_trusted() {
    let mut play = failures()
        .unwrap()
        .play("certificate-self-signed", 0)
        .unwrap();
    play.failure.door = Door::Submission;
    let server = Server::start(&play, 0).unwrap();
    let root = Root::of(&server);
    let port = server.address().port();
    let mut asking = asking(port, Opening::Text, Trust::File(root.0.clone()));
    asking.errands.sign_in = Some(SignIn {
        user: "user@example.org".into(),
        secret: Secret::new("correct horse battery staple"),
        mechanism: None,
    });
    let report = check(asking).unwrap();
    let has_auth =
        |it: &portolan_report::probe::Visit| it.step(portolan_report::probe::Stage::Auth).is_some();
    assert!(!report.visits.iter().any(has_auth));
    assert_eq!(
        assess(&report).cause().map(|it| it.id),
        Some("tls.certificate-untrusted")
    );
}

#[test]
fn a_name_that_does_not_exist_is_told() {
    let mut asking = asking(587, Opening::Text, Trust::Platform);
    asking.who = Who::Hosts(vec![AskedHost {
        name: "nobody.invalid".into(),
        preference: None,
        ports: Vec::new(),
    }]);
    let report = check(asking).unwrap();
    assert_eq!(
        assess(&report).cause().map(|it| it.id),
        Some("network.dns-failure")
    );
    assert_eq!(report.lookups.len(), 1);
}
