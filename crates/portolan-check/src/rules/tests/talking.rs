//! Greetings, EHLO, replies that refuse, sessions that break off, and the sign-in.

use portolan_report::probe::{Break, Noticed, Opening, Outcome, Purpose, Stage, TlsFault, Visit};

use super::{analyzed, broken, rules, wrong};
use crate::line::PortState;
use crate::sample::{
    connected, implicit, reply, report, step, submission, tls, until_starttls, visit, within_tls,
};
use crate::{Level, assess};

fn greeted(text: &str) -> Vec<portolan_report::probe::Step> {
    vec![connected(), reply(Stage::Greeting, text)]
}

#[test]
fn a_connection_without_greeting() {
    let silent = visit(
        587,
        vec![connected(), broken(Stage::Greeting, Break::TimedOut)],
    );
    let one = report(vec![silent.clone()]);
    assert_eq!(wrong(&one), [("no-greeting", "network.no-greeting")]);
    assert_eq!(assess(&one).ports[0].state, PortState::Silent);
    // The other way of beginning was tried, and a handshake came about.
    let mut beside = implicit(587);
    beside.purpose = Purpose::OtherOpening;
    let tls_first = report(vec![silent.clone(), beside.clone()]);
    assert_eq!(
        wrong(&tls_first),
        [("tls-from-the-first-byte", "tls.plaintext-on-implicit-port")]
    );
    // It was tried, and nothing came there either.
    beside.steps = vec![connected(), broken(Stage::Tls, Break::TimedOut)];
    assert_eq!(
        wrong(&report(vec![silent, beside])),
        [("no-greeting", "network.no-greeting")]
    );
}

#[test]
fn a_greeting_that_never_ends_is_a_tarpit() {
    let drip = step(
        Stage::Greeting,
        Outcome::Broken {
            how: Break::TimedOut,
            lines: vec!["220-w".into()],
            bytes: 5,
        },
    );
    assert_eq!(
        wrong(&report(vec![visit(25, vec![connected(), drip])])),
        [("tarpit", "network.no-greeting")]
    );
}

#[test]
fn a_delayed_greeting_is_patience_and_no_fault() {
    let mut late = submission(587);
    late.steps[1].took_ms = 6_000;
    let one = report(vec![late.clone()]);
    assert_eq!(rules(&one), ["greeting-delayed"]);
    assert_eq!(assess(&one).verdict.level, Level::Fine);
    late.steps[1].took_ms = 4_000;
    assert_eq!(rules(&report(vec![late.clone()])), [""; 0]);
    late.steps[1].took_ms = 21_000;
    assert_eq!(rules(&report(vec![late.clone()])), ["slow-answer"]);
    late.steps[1].took_ms = 100;
    late.steps[1].noticed.push(Noticed::Drip {
        bytes: 30,
        pieces: 30,
    });
    assert_eq!(rules(&report(vec![late])), ["dripping-answer"]);
}

#[test]
fn who_was_turned_away_knows_nothing_of_what_is_supported() {
    for (text, cause) in [
        (
            "421 4.3.2 System not accepting network messages",
            "server.busy",
        ),
        (
            "554 5.7.1 Your address is listed at zen.spamhaus.org",
            "policy.ip-blocklisted",
        ),
    ] {
        let one = report(vec![visit(587, greeted(text))]);
        assert_eq!(wrong(&one), [("turned-away", cause)], "{text}");
        assert_eq!(analyzed(&one), Some(cause), "{text}");
        let assessment = assess(&one);
        assert_eq!(assessment.ports[0].state, PortState::TurnedAway);
        assert!(
            !assessment.findings[0].sentence.contains("not offer"),
            "{text}"
        );
    }
    let mut steps = greeted("220 mx.example.org ESMTP");
    steps.push(reply(
        Stage::Ehlo,
        "550 5.7.1 Helo command rejected: Host not found",
    ));
    let one = report(vec![visit(587, steps)]);
    assert_eq!(wrong(&one), [("ehlo-refused", "policy.helo-invalid")]);
    assert!(!rules(&one).contains(&"starttls-not-offered"));
}

#[test]
fn what_is_no_mail_server_is_said_to_be_none() {
    let ssh = step(
        Stage::Greeting,
        Outcome::Broken {
            how: Break::NoReply,
            lines: vec!["SSH-2.0-OpenSSH_9.2p1".into()],
            bytes: 23,
        },
    );
    let one = report(vec![visit(587, vec![connected(), ssh.clone()])]);
    assert_eq!(wrong(&one), [("no-mail-server", "network.no-greeting")]);
    assert!(assess(&one).findings[0].sentence.contains("SSH-2.0"));
    let mut record = ssh;
    record.noticed.push(Noticed::TlsRecord);
    assert_eq!(
        wrong(&report(vec![visit(587, vec![connected(), record])])),
        [("tls-from-the-first-byte", "tls.plaintext-on-implicit-port")]
    );
}

#[test]
fn text_on_a_port_for_tls() {
    let text = TlsFault::Text {
        text: "220 mx.example.org ESMTP".into(),
    };
    let failed = |fault| vec![connected(), step(Stage::Tls, Outcome::TlsFailed { fault })];
    let one = report(vec![visit(465, failed(text.clone()))]);
    assert_eq!(
        wrong(&one),
        [("text-from-the-first-byte", "tls.implicit-on-starttls-port")]
    );
    assert_eq!(analyzed(&one), Some("tls.implicit-on-starttls-port"));
    // After STARTTLS it is a broken promise, and not another kind of port.
    let mut steps = until_starttls();
    steps.push(step(Stage::Tls, Outcome::TlsFailed { fault: text }));
    assert_eq!(
        wrong(&report(vec![visit(587, steps)])),
        [("text-for-tls", "tls.handshake-failure")]
    );
    let silent = visit(465, vec![connected(), broken(Stage::Tls, Break::TimedOut)]);
    assert_eq!(
        wrong(&report(vec![silent])),
        [("no-handshake", "network.no-greeting")]
    );
}

#[test]
fn sessions_that_break_off() {
    let after_ehlo = |how| {
        let mut steps = greeted("220 mx.example.org ESMTP");
        steps.push(broken(Stage::Ehlo, how));
        report(vec![visit(587, steps)])
    };
    assert_eq!(
        wrong(&after_ehlo(Break::Closed)),
        [("connection-closed", "network.connection-lost")]
    );
    assert_eq!(
        wrong(&after_ehlo(Break::Reset)),
        [("connection-reset", "network.connection-lost")]
    );
    assert_eq!(
        wrong(&after_ehlo(Break::TimedOut)),
        [("silence", "network.timeout")]
    );
    assert_eq!(wrong(&after_ehlo(Break::NoReply)), [("garbled-reply", "")]);
    assert_eq!(
        wrong(&after_ehlo(Break::TooMuch)),
        [("endless-reply", "network.timeout")]
    );
    assert_eq!(
        analyzed(&after_ehlo(Break::Closed)),
        Some("network.connection-lost")
    );
    let at_once = visit(
        587,
        vec![connected(), broken(Stage::Greeting, Break::Closed)],
    );
    assert_eq!(
        wrong(&report(vec![at_once])),
        [("connection-closed", "network.connection-lost")]
    );
    // Hanging up at QUIT is rude, and nothing is wrong.
    let mut rude = submission(587);
    rude.steps.pop();
    rude.steps.push(broken(Stage::Quit, Break::Closed));
    assert_eq!(rules(&report(vec![rude])), [""; 0]);
}

#[test]
fn odd_replies_are_told_and_are_no_problem() {
    for (noticed, rule) in [
        (Noticed::BareLineFeeds, "bare-line-feeds"),
        (Noticed::LongLine, "long-line"),
        (Noticed::LongReply, "long-reply"),
        (Noticed::MixedCodes, "mixed-codes"),
        (Noticed::Nuls, "nuls"),
    ] {
        let mut odd = submission(587);
        odd.steps[2].noticed.push(noticed);
        let one = report(vec![odd]);
        assert_eq!(rules(&one), [rule]);
        assert_eq!(assess(&one).verdict.level, Level::Fine);
    }
}

fn offering(before: &str, after: &str) -> Visit {
    let mut steps = until_starttls();
    steps[2] = reply(Stage::Ehlo, before);
    steps.push(tls(Vec::new()));
    steps.push(reply(Stage::EhloAfter, after));
    visit(587, steps)
}

#[test]
fn auth_before_tls_only_after_and_offers_that_differ() {
    let after = "250-mx.example.org\n250 AUTH PLAIN LOGIN";
    let one = |before, after| rules(&report(vec![offering(before, after)]));
    assert_eq!(one("250-mx.example.org\n250 STARTTLS", after), [""; 0]);
    assert_eq!(
        one(
            "250-mx.example.org\n250-AUTH LOGIN PLAIN\n250 STARTTLS",
            after
        ),
        ["auth-before-tls"]
    );
    assert_eq!(
        one("250-mx.example.org\n250-AUTH CRAM-MD5\n250 STARTTLS", after),
        ["auth-before-tls", "auth-differs"]
    );
    assert_eq!(
        one("250-mx.example.org\n250 STARTTLS", "250 mx.example.org"),
        ["no-auth"]
    );
    let mut relay = offering("250-mx.example.org\n250 STARTTLS", "250 mx.example.org");
    relay.port = 25;
    assert_eq!(
        rules(&report(vec![relay])),
        [""; 0],
        "mail servers do not sign in"
    );
    let mut clear = greeted("220 mx.example.org ESMTP");
    clear.push(reply(Stage::Ehlo, "250-mx.example.org\n250 AUTH PLAIN"));
    assert_eq!(
        wrong(&report(vec![visit(587, clear)])),
        [
            ("starttls-not-offered", "tls.starttls-unavailable"),
            ("auth-without-tls", "")
        ]
    );
}

#[test]
fn a_sign_in_is_explained_by_its_reply() {
    let mut steps = until_starttls();
    steps.push(tls(Vec::new()));
    steps.extend(within_tls());
    steps.pop();
    steps.push(reply(Stage::Auth, "535 5.7.8 Error: authentication failed"));
    let one = report(vec![visit(587, steps)]);
    assert_eq!(wrong(&one), [("sign-in-refused", "auth.bad-credentials")]);
    assert_eq!(analyzed(&one), Some("auth.bad-credentials"));
}

#[test]
fn a_relay_that_is_open_is_told_from_one_that_is_not() {
    let tried = |answer| {
        let mut beside = submission(25);
        beside.purpose = Purpose::RelayTest;
        beside.steps = vec![connected(), reply(Stage::Rcpt, answer)];
        report(vec![submission(25), beside])
    };
    assert_eq!(wrong(&tried("250 2.1.5 Ok")), [("open-relay", "")]);
    assert_eq!(
        rules(&tried("554 5.7.1 Relay access denied")),
        ["relay-closed"]
    );
    assert_eq!(
        assess(&tried("554 5.7.1 Relay access denied"))
            .verdict
            .level,
        Level::Fine
    );
    let opening = submission(25).opening;
    assert_eq!(opening, Opening::Text);
}

#[test]
fn an_address_on_a_blocklist_is_told_though_submission_works() {
    let refused = |line: &str| {
        let mut one = report(vec![visit(25, greeted(line)), submission(587)]);
        for port in &mut one.asked.hosts[0].ports {
            port.is_named = false;
        }
        assess(&one)
    };
    let listed = refused(
        "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org",
    );
    assert_eq!(listed.verdict.level, Level::Fine, "587 works");
    let first = &listed.findings[0];
    assert_eq!(
        (first.weight, first.cause.map(|it| it.id)),
        (crate::Weight::Caution, Some("policy.ip-blocklisted"))
    );
    assert_eq!(
        listed.verdict.sentence,
        "mx.example.org: 587 works: STARTTLS, then AUTH PLAIN LOGIN; 25 answers and turns this address away, which is on a blocklist."
    );
    // Somebody who merely has no time says nothing of the address.
    let busy = refused("421 4.3.2 too many connections, try again later");
    assert_eq!(busy.findings[0].weight, crate::Weight::Note);
    assert!(
        busy.verdict
            .sentence
            .contains("25 answers and turned us away")
    );
}
