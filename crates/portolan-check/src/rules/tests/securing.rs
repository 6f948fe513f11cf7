//! STARTTLS, handshakes and certificates.

use portolan_report::probe::{
    CertificateFault as Fault, ConnectFault, Moment, Outcome, Purpose, RootsFrom, Stage, Step,
    TargetKind, TlsFault, TlsVersion, Visit,
};

use super::{analyzed, rules, wrong};
use crate::sample::{
    connected, implicit, reply, report, step, submission, tls, until_starttls, visit, within_tls,
};
use crate::{Level, assess};

fn with(handshake: Step) -> Visit {
    let mut steps = until_starttls();
    steps.push(handshake);
    steps.extend(within_tls());
    visit(587, steps)
}

fn failed(fault: TlsFault) -> Visit {
    let mut steps = until_starttls();
    steps.push(step(Stage::Tls, Outcome::TlsFailed { fault }));
    visit(587, steps)
}

#[test]
fn starttls_that_is_offered_and_refused() {
    let mut steps = until_starttls();
    steps.pop();
    steps.push(reply(
        Stage::Starttls,
        "454 4.7.0 TLS not available due to local problem",
    ));
    let one = report(vec![visit(587, steps)]);
    assert_eq!(
        wrong(&one),
        [("starttls-refused", "tls.starttls-unavailable")]
    );
    assert_eq!(analyzed(&one), Some("tls.starttls-unavailable"));
}

#[test]
fn starttls_that_is_not_offered() {
    let without = |port| {
        visit(
            port,
            vec![
                connected(),
                reply(Stage::Greeting, "220 mx.example.org ESMTP"),
                reply(Stage::Ehlo, "250-mx.example.org\n250 SIZE 1000"),
            ],
        )
    };
    assert_eq!(
        wrong(&report(vec![without(587)])),
        [("starttls-not-offered", "tls.starttls-unavailable")]
    );
    let relay = report(vec![without(25)]);
    assert_eq!(rules(&relay), ["starttls-not-offered"]);
    assert_eq!(
        assess(&relay).verdict.level,
        Level::Fine,
        "nobody may demand it on 25"
    );
    // Another address of the same port has it.
    let mut other = submission(25);
    other.address = "192.0.2.2".parse().unwrap();
    let differ = report(vec![without(25), other]);
    assert_eq!(
        wrong(&differ),
        [("starttls-not-offered", "tls.starttls-unavailable")]
    );
    assert!(
        assess(&differ).findings[0]
            .sentence
            .contains("at every address")
    );
}

#[test]
fn each_reason_of_a_certificate_has_its_name() {
    for (fault, rule, cause) in [
        (
            Fault::Expired,
            "certificate-expired",
            "tls.certificate-expired",
        ),
        (
            Fault::NotYetValid,
            "certificate-not-yet-valid",
            "tls.certificate-expired",
        ),
        (
            Fault::NameMismatch,
            "certificate-of-another-host",
            "tls.certificate-name-mismatch",
        ),
        (
            Fault::SelfSigned,
            "certificate-self-signed",
            "tls.certificate-untrusted",
        ),
        (
            Fault::UnknownIssuer,
            "certificate-incomplete",
            "tls.certificate-untrusted",
        ),
        (
            Fault::AuthorityAsServer,
            "certificate-of-an-authority",
            "tls.certificate-untrusted",
        ),
        (
            Fault::BadEncoding,
            "certificate-unreadable",
            "tls.certificate-untrusted",
        ),
        (
            Fault::BadSignature,
            "certificate-bad-signature",
            "tls.certificate-untrusted",
        ),
        (
            Fault::Revoked,
            "certificate-revoked",
            "tls.certificate-untrusted",
        ),
        (
            Fault::UnsupportedSignature,
            "certificate-unsupported",
            "tls.certificate-untrusted",
        ),
        (
            Fault::WrongUsage,
            "certificate-wrong-usage",
            "tls.certificate-untrusted",
        ),
    ] {
        let one = report(vec![with(tls(vec![fault.clone()]))]);
        assert_eq!(wrong(&one), [(rule, cause)], "{fault:?}");
        let is_of_our_own_words = matches!(
            fault,
            Fault::AuthorityAsServer
                | Fault::BadEncoding
                | Fault::BadSignature
                | Fault::Revoked
                | Fault::UnsupportedSignature
                | Fault::WrongUsage
        );
        if !is_of_our_own_words {
            assert_eq!(analyzed(&one), Some(cause), "{fault:?}");
        }
    }
    let both = report(vec![with(tls(vec![Fault::Expired, Fault::SelfSigned]))]);
    assert_eq!(wrong(&both).len(), 2, "each apart");
}

#[test]
fn another_hosts_certificate_names_the_host() {
    let mut handshake = tls(vec![Fault::NameMismatch]);
    if let Outcome::Tls { session } = &mut handshake.outcome {
        session.checked_name = "smtp.example.net".into();
    }
    let mut one = report(vec![with(handshake)]);
    let sentence = &assess(&one).findings[0].sentence;
    assert!(
        sentence.contains("is for mx.example.org, not for smtp.example.net"),
        "{sentence}"
    );
    assert!(
        sentence.contains("calls itself mx.example.org"),
        "{sentence}"
    );
    one.asked.target.kind = TargetKind::Address;
    assert_eq!(wrong(&one), [], "an address is the wrong question");
}

#[test]
fn an_unknown_authority_is_told_from_a_chain_that_is_cut() {
    let mut handshake = tls(vec![Fault::UnknownIssuer]);
    if let Outcome::Tls { session } = &mut handshake.outcome {
        let mut root = session.chain[0].clone();
        root.subject.clone_from(&root.issuer);
        session.chain.push(root);
    }
    assert_eq!(
        wrong(&report(vec![with(handshake)])),
        [("certificate-unknown-issuer", "tls.certificate-untrusted")]
    );
}

#[test]
fn a_certificate_that_ends_soon() {
    let ends_in = |days: i64| {
        let mut handshake = tls(Vec::new());
        let mut one = report(Vec::new());
        if let Outcome::Tls { session } = &mut handshake.outcome {
            let now = one.started_at.unix();
            session.chain[0].not_after = Moment::from_unix(now + days * 86_400 + 60);
        }
        one.visits.push(with(handshake));
        rules(&one)
    };
    assert_eq!(ends_in(14), ["certificate-ends-soon"]);
    assert_eq!(ends_in(15), [""; 0]);
}

#[test]
fn handshakes_that_fail() {
    let old = |version| TlsFault::OldVersion { version };
    let alert = |name: &str| TlsFault::Alert { name: name.into() };
    for (fault, rule, cause) in [
        (
            old(TlsVersion::Tls10),
            "old-tls-only",
            "tls.protocol-version",
        ),
        (
            old(TlsVersion::Ssl3),
            "old-tls-only",
            "tls.protocol-version",
        ),
        (
            alert("protocol_version"),
            "tls-version-refused",
            "tls.protocol-version",
        ),
        (
            alert("handshake_failure"),
            "tls-alert",
            "tls.handshake-failure",
        ),
        (
            TlsFault::Unusable {
                text: "no suite in common".into(),
            },
            "tls-unusable",
            "tls.handshake-failure",
        ),
    ] {
        let one = report(vec![failed(fault.clone())]);
        assert_eq!(wrong(&one), [(rule, cause)], "{fault:?}");
        assert_eq!(analyzed(&one), Some(cause), "{fault:?}");
    }
}

#[test]
fn versions_that_are_not_taken() {
    let tried = |version, outcome| {
        let mut beside = submission(587);
        beside.purpose = Purpose::Version { version };
        beside.steps = vec![connected(), step(Stage::Tls, outcome)];
        rules(&report(vec![submission(587), beside]))
    };
    let refused = || Outcome::TlsFailed {
        fault: TlsFault::Alert {
            name: "protocol_version".into(),
        },
    };
    assert_eq!(
        tried(TlsVersion::Tls12, refused()),
        ["tls-version-not-taken"]
    );
    assert_eq!(
        tried(TlsVersion::Tls13, refused()),
        ["tls-version-not-taken"]
    );
    assert_eq!(tried(TlsVersion::Tls13, tls(Vec::new()).outcome), [""; 0]);
    let cut = super::broken(Stage::Tls, portolan_report::probe::Break::Closed).outcome;
    assert_eq!(
        tried(TlsVersion::Tls13, cut),
        [""; 0],
        "cut off is not refused"
    );
}

#[test]
fn no_roots_are_a_finding_of_their_own() {
    let mut one = report(vec![submission(587)]);
    one.roots.as_mut().unwrap().from = RootsFrom::Bundled;
    assert_eq!(rules(&one), ["no-roots-here"]);
    assert_eq!(assess(&one).verdict.level, Level::Fine);
    let two = report(vec![with(tls(vec![Fault::NoRoots]))]);
    assert_eq!(rules(&two), ["no-roots"]);
}

#[test]
fn a_certificate_that_hinders_submission_comes_before_ports_that_nobody_needs() {
    let mut one = report(vec![
        super::fault(25, ConnectFault::TimedOut),
        with(tls(vec![Fault::NameMismatch])),
        super::fault(2525, ConnectFault::Refused),
    ]);
    // Named, each is asked for; what hinders submission is told first all the same.
    assert_eq!(
        wrong(&one).first(),
        Some(&(
            "certificate-of-another-host",
            "tls.certificate-name-mismatch"
        ))
    );
    for port in &mut one.asked.hosts[0].ports {
        port.is_named = false;
    }
    assert_eq!(wrong(&one).len(), 1, "{:?}", wrong(&one));
    let assessment = assess(&one);
    assert_eq!(
        assessment.verdict.sentence,
        "mx.example.org: 587 answers with a certificate for another name: STARTTLS, then AUTH PLAIN LOGIN; 2525 refused: nothing listens there; 25 dropped by a firewall."
    );
    assert_eq!(
        assessment.ports[1].flaw,
        Some("with a certificate for another name")
    );
}

#[test]
fn an_ehlo_behind_a_handshake_is_within_tls_whatever_it_is_called() {
    let mut one = report(vec![implicit(465)]);
    for step in &mut one.visits[0].steps {
        if step.stage == Stage::EhloAfter {
            step.stage = Stage::Ehlo;
        }
    }
    assert_eq!(rules(&one), [""; 0]);
    let assessment = assess(&one);
    assert_eq!(
        assessment.ports[0].words,
        "works: TLS from the first byte, then AUTH PLAIN LOGIN"
    );
}
