//! Somebody in between, addresses that differ, and names that lead nowhere.

use portolan_report::Reach;
use portolan_report::probe::{Answer, Exchange, Lookup, LookupKind, Noticed, Stage};

use super::{rules, wrong};
use crate::sample::{connected, reply, report, submission, tls, until_starttls, visit, working};
use crate::{Level, assess};

fn talk(greeting: &str, ehlo: &str) -> portolan_report::probe::ProbeReport {
    let steps = vec![
        connected(),
        reply(Stage::Greeting, greeting),
        reply(Stage::Ehlo, ehlo),
    ];
    report(vec![visit(587, steps)])
}

#[test]
fn blotted_out_banners_and_offers() {
    let masked = talk(
        "220 **************************************0****2*****",
        "250-mx.example.org\n250 SIZE 1000",
    );
    assert_eq!(wrong(&masked), [("banner-masked", "network.intercepted")]);
    let assessment = assess(&masked);
    assert_eq!(assessment.observations[0].reach, Reach::Intercepted);
    assert!(
        assessment
            .verdict
            .sentence
            .starts_with("Send no password: the banner"),
        "{}",
        assessment.verdict.sentence
    );
    for keyword in ["XXXXXXXA", "XXXX", "XXXXXXXX", "XXXXXXXXXXXXXXXXC"] {
        let blotted = talk(
            "220 mx.example.org ESMTP",
            &format!("250-mx.example.org\n250 {keyword}"),
        );
        assert_eq!(
            wrong(&blotted),
            [("offer-blotted-out", "network.intercepted")],
            "{keyword}"
        );
    }
}

#[test]
fn whose_a_sign_in_without_tls_is_depends_on_who_took_tls_away() {
    let mut stripped = talk(
        "220 mx.example.org ESMTP",
        "250-mx.example.org\n250-XXXXXXXA\n250 AUTH PLAIN",
    );
    let all = [
        ("offer-blotted-out", "network.intercepted"),
        ("auth-without-tls", "network.intercepted"),
    ];
    assert_eq!(wrong(&stripped), all);
    let found = assess(&stripped).findings;
    assert!(
        found
            .iter()
            .all(|it| it.who == portolan_smtp::Blame::Network)
    );
    assert!(found[1].sentence.contains("taken out on the way"));
    let sends = |report: &_| {
        let found = assess(report).findings;
        let mut remedies = found[0].remedies.iter();
        remedies.any(|it| it.action.starts_with("Submit on 465"))
    };
    assert!(sends(&stripped), "nobody tried 465");
    // Nobody is sent to a port on which the same report saw nobody answer.
    stripped.visits.push(super::fault(
        465,
        portolan_report::probe::ConnectFault::TimedOut,
    ));
    assert!(!sends(&stripped));
    // And that it is shut matters: the other port is good for nobody, and 25 is not for submission.
    let mut relay = stripped.visits[0].clone();
    relay.port = 25;
    stripped.visits.push(relay);
    let mut stripped = report(stripped.visits);
    for port in &mut stripped.asked.hosts[0].ports {
        port.is_named = false;
    }
    assert!(wrong(&stripped).contains(&("port-dropped", "network.timeout")));
    let own = talk(
        "220 mx.example.org ESMTP",
        "250-mx.example.org\n250 AUTH PLAIN",
    );
    assert!(wrong(&own).contains(&("auth-without-tls", "")));
}

#[test]
fn what_only_looks_blotted_out() {
    for (greeting, keyword) in [
        ("220 *** mx.example.org ESMTP ready ***", "XXX"),
        ("220 mx.example.org ESMTP", "XCLIENT"),
        ("220 mx.example.org ESMTP", "XEXCH50"),
        ("220 **** mx.example.org welcomes you ****", "X-EXPS"),
        ("220 mx.example.org ESMTP", "XXXXXXXAB"),
    ] {
        let own = talk(greeting, &format!("250-mx.example.org\n250 {keyword}"));
        assert_eq!(
            wrong(&own),
            [("starttls-not-offered", "tls.starttls-unavailable")],
            "{greeting} {keyword}"
        );
    }
}

#[test]
fn text_that_was_put_in_before_tls() {
    let mut injected = submission(587);
    injected.steps[3].noticed.push(Noticed::Injected {
        bytes: 8,
        text: "250 Evil".into(),
    });
    let one = report(vec![injected]);
    assert_eq!(
        wrong(&one),
        [("text-injected-before-tls", "network.intercepted")]
    );
    assert_eq!(assess(&one).verdict.level, Level::Problem);
    let mut early = submission(587);
    early.steps[2].noticed.push(Noticed::EarlyTalk {
        bytes: 8,
        text: "250 Hi".into(),
    });
    assert_eq!(rules(&report(vec![early])), ["early-talk"]);
}

#[test]
fn addresses_whose_sign_in_differs() {
    let mut steps = until_starttls();
    steps.push(tls(Vec::new()));
    steps.push(reply(
        Stage::EhloAfter,
        "250-mx.example.org\n250 AUTH XOAUTH2",
    ));
    let mut other = visit(587, steps);
    other.address = "192.0.2.2".parse().unwrap();
    let both = report(vec![submission(587), other]);
    assert_eq!(rules(&both), ["auth-differs-between-addresses"]);
    let mut same = submission(587);
    same.address = "192.0.2.2".parse().unwrap();
    assert_eq!(rules(&report(vec![submission(587), same])), [""; 0]);
}

#[test]
fn names_that_lead_nowhere() {
    let asked = |kind, answer| {
        let mut one = report(Vec::new());
        one.lookups.push(Lookup {
            kind,
            name: "example.org".into(),
            resolver: "system".into(),
            started_ms: 0,
            took_ms: 4,
            answer,
        });
        one
    };
    let addresses = |answer| wrong(&asked(LookupKind::Addresses, answer));
    let failed = Answer::Failed {
        text: "SERVFAIL".into(),
    };
    assert_eq!(
        addresses(Answer::NoSuchName),
        [("name-unknown", "network.dns-failure")]
    );
    assert_eq!(
        addresses(Answer::NoRecords),
        [("name-without-address", "network.dns-failure")]
    );
    assert_eq!(
        addresses(failed.clone()),
        [("resolver-failed", "network.dns-failure")]
    );
    assert_eq!(
        addresses(Answer::Refused),
        [("resolver-refused", "network.dns-failure")]
    );
    assert_eq!(
        addresses(Answer::TimedOut),
        [("resolver-silent", "network.dns-failure")]
    );
    let null = Answer::Exchanges {
        exchanges: vec![Exchange {
            preference: 0,
            host: String::new(),
        }],
    };
    assert_eq!(
        wrong(&asked(LookupKind::Exchanges, null)),
        [("takes-no-mail", "recipient.domain-not-found")]
    );
    assert_eq!(wrong(&asked(LookupKind::Exchanges, Answer::NoRecords)), []);
    // A second resolver that fails decides nothing where the first led somewhere.
    let mut seen = working();
    seen.lookups = asked(LookupKind::Addresses, failed).lookups;
    seen.lookups[0].name = "mx.example.org".into();
    assert_eq!(assess(&seen).verdict.level, Level::Fine);
    assert_eq!(rules(&seen), ["resolver-failed"]);
}

#[test]
fn every_finding_shows_a_command_and_every_cause_its_remedies() {
    let many = [
        talk(
            "220 mx.example.org ESMTP",
            "250-mx.example.org\n250 XXXXXXXA",
        ),
        talk("554 5.7.1 go away", "250 mx.example.org"),
        report(vec![super::fault(
            25,
            portolan_report::probe::ConnectFault::Refused,
        )]),
    ];
    for one in many {
        for finding in assess(&one).findings {
            assert!(
                finding
                    .command
                    .is_some_and(|it| it.contains("mx.example.org")),
                "{}",
                finding.rule
            );
            let is_empty = finding.remedies.is_empty();
            assert_eq!(is_empty, finding.cause.is_none(), "{}", finding.rule);
        }
    }
}
