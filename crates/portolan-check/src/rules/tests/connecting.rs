//! No connection, and what the same address does on other ports.

use portolan_report::probe::{ConnectFault as Fault, Outcome, Stage};
use portolan_report::{Family, Reach};

use super::{analyzed, fault, rules, wrong};
use crate::line::PortState;
use crate::sample::{connected, implicit, report, step, submission, visit, working};
use crate::{Level, Weight, assess};

#[test]
fn nothing_is_wrong_with_what_works() {
    let assessment = assess(&working());
    assert_eq!(assessment.findings, []);
    assert_eq!(assessment.verdict.level, Level::Fine);
    let seen = &assessment.observations[0];
    assert_eq!(
        (seen.port, seen.reach, seen.family),
        (587, Reach::Open, Some(Family::V4))
    );
    assert_eq!(assess(&report(vec![implicit(465)])).findings, []);
}

#[test]
fn each_failure_to_connect_has_its_name() {
    for (seen, rule, cause, state) in [
        (
            Fault::Refused,
            "port-refused",
            "network.refused",
            PortState::Refused,
        ),
        (
            Fault::TimedOut,
            "no-answer",
            "network.timeout",
            PortState::Dropped,
        ),
        (
            Fault::Forbidden,
            "port-rejected",
            "network.port-blocked",
            PortState::Rejected,
        ),
        (
            Fault::NotPermitted,
            "port-rejected",
            "network.port-blocked",
            PortState::Rejected,
        ),
        (
            Fault::HostUnreachable,
            "no-route",
            "network.unreachable",
            PortState::NoRoute,
        ),
        (
            Fault::NetworkUnreachable,
            "no-route",
            "network.unreachable",
            PortState::NoRoute,
        ),
        (
            Fault::Reset,
            "reset-while-connecting",
            "network.connection-lost",
            PortState::Broken,
        ),
    ] {
        let one = report(vec![fault(587, seen.clone())]);
        assert_eq!(wrong(&one), [(rule, cause)], "{seen:?}");
        assert_eq!(assess(&one).ports[0].state, state, "{seen:?}");
        if !matches!(seen, Fault::Forbidden | Fault::NotPermitted) {
            assert_eq!(analyzed(&one), Some(cause), "{seen:?}");
        }
    }
}

#[test]
fn a_host_that_answers_elsewhere_is_up() {
    let beside = |seen| report(vec![fault(25, seen), submission(587)]);
    assert_eq!(
        wrong(&beside(Fault::TimedOut)),
        [("port-dropped", "network.port-blocked")]
    );
    assert_eq!(
        assess(&beside(Fault::TimedOut)).ports[0].words,
        "dropped by a firewall"
    );
    assert_eq!(
        assess(&beside(Fault::HostUnreachable)).ports[0].state,
        PortState::Rejected
    );
    assert_eq!(
        wrong(&beside(Fault::HostUnreachable)),
        [("port-rejected", "network.port-blocked")]
    );
    // A refusal is an answer too.
    let refused = report(vec![
        fault(2525, Fault::TimedOut),
        fault(587, Fault::Refused),
    ]);
    assert_eq!(
        wrong(&refused),
        [
            ("port-refused", "network.refused"),
            ("port-dropped", "network.timeout")
        ]
    );
    // Silence everywhere tells nothing of a firewall; nor does a router that needs seconds.
    let silent = report(vec![
        fault(25, Fault::TimedOut),
        fault(587, Fault::TimedOut),
    ]);
    assert!(rules(&silent).iter().all(|it| *it == "no-answer"));
    let mut late = beside(Fault::HostUnreachable);
    late.visits[0].steps[0].took_ms = 3_100;
    assert_eq!(wrong(&late), [("no-route", "network.unreachable")]);
}

#[test]
fn a_port_that_nobody_named_is_missed_by_nobody() {
    let mut both = report(vec![submission(587), fault(2525, Fault::Refused)]);
    both.asked.hosts[0].ports[1].is_named = false;
    let assessment = assess(&both);
    assert_eq!(assessment.verdict.level, Level::Fine);
    assert_eq!(assessment.findings[0].weight, Weight::Note);
    assert_eq!(
        assessment.verdict.sentence,
        "mx.example.org: 587 works: STARTTLS, then AUTH PLAIN LOGIN; 2525 refused: nothing listens there."
    );
    let mut alone = report(vec![
        fault(587, Fault::Refused),
        fault(2525, Fault::Refused),
    ]);
    for port in &mut alone.asked.hosts[0].ports {
        port.is_named = false;
    }
    assert_eq!(assess(&alone).verdict.level, Level::Problem);
}

/// A report of these visits in which nobody named a port.
fn unnamed(visits: Vec<portolan_report::probe::Visit>) -> portolan_report::probe::ProbeReport {
    let mut one = report(visits);
    for port in &mut one.asked.hosts[0].ports {
        port.is_named = false;
    }
    one
}

#[test]
fn submission_that_is_dropped_is_missed_where_only_a_way_round_answers() {
    let clouded = unnamed(vec![
        fault(25, Fault::TimedOut),
        fault(465, Fault::TimedOut),
        fault(587, Fault::TimedOut),
        submission(2525),
    ]);
    assert_eq!(wrong(&clouded), [("port-dropped", "network.port-blocked")]);
    let assessment = assess(&clouded);
    assert_eq!(assessment.verdict.level, Level::Problem);
    assert_eq!(assessment.findings[0].scope.ports, [465, 587]);
    // One of the two is enough, a server may choose not to listen, and who takes mail on 25 alone has no submission.
    for fine in [
        vec![fault(465, Fault::TimedOut), submission(587)],
        vec![
            fault(465, Fault::Refused),
            fault(587, Fault::TimedOut),
            submission(2525),
        ],
        vec![
            fault(465, Fault::TimedOut),
            fault(587, Fault::TimedOut),
            submission(25),
        ],
    ] {
        assert_eq!(wrong(&unnamed(fine)), []);
    }
}

#[test]
fn a_dead_address_of_several_is_a_problem_and_a_missing_family_is_none() {
    let at_another = |seen| {
        let mut dead = fault(587, seen);
        dead.address = "2001:db8::1".parse().unwrap();
        report(vec![dead, submission(587)])
    };
    assert_eq!(
        wrong(&at_another(Fault::TimedOut)),
        [("no-answer", "network.timeout")]
    );
    let assessment = assess(&at_another(Fault::NetworkUnreachable));
    assert_eq!(assessment.verdict.level, Level::Fine);
    assert_eq!(assessment.findings[0].rule, "no-route");
    assert_eq!(
        assessment.observations.len(),
        1,
        "no route says nothing of the port"
    );
    // One that connects is told once for both.
    let twice = report(vec![fault(587, Fault::Refused), {
        let mut other = fault(587, Fault::Refused);
        other.address = "2001:db8::1".parse().unwrap();
        other
    }]);
    let assessment = assess(&twice);
    assert_eq!(assessment.findings.len(), 1);
    assert_eq!(assessment.findings[0].scope.addresses.len(), 2);
}

#[test]
fn the_same_on_several_ports_is_one_finding_that_names_them() {
    let refused = |port| fault(port, Fault::Refused);
    let all = report(vec![
        refused(587),
        refused(465),
        refused(25),
        fault(2525, Fault::TimedOut),
    ]);
    let assessment = assess(&all);
    assert_eq!(
        wrong(&all),
        [
            ("port-refused", "network.refused"),
            ("port-dropped", "network.timeout")
        ]
    );
    let first = &assessment.findings[0];
    assert_eq!(
        first.sentence,
        "Ports 587, 465 and 25 are refused: the host answers that nothing listens there."
    );
    assert_eq!(first.scope.ports, [587, 465, 25]);
    assert_eq!(
        first.command.as_deref(),
        Some("for p in 587 465 25; do nc -vz -w 10 mx.example.org $p; done")
    );
    assert_eq!((first.scope.addresses.len(), first.rests_on.len()), (1, 3));
    assert!(assessment.findings[1].sentence.contains("port 2525 are"));

    let silent = |port| fault(port, Fault::TimedOut);
    let both = assess(&report(vec![silent(587), silent(465)]));
    let sentences: Vec<&str> = both.findings.iter().map(|it| &*it.sentence).collect();
    assert_eq!(
        sentences,
        [
            "Nobody answers on ports 587 and 465: packets are dropped on the way, or the host is down."
        ]
    );
}

#[test]
fn what_is_mended_in_another_way_or_at_another_host_is_another_finding() {
    let mut other = fault(465, Fault::Refused);
    other.host = "mx2.example.org".into();
    assert_eq!(
        assess(&report(vec![fault(587, Fault::Refused), other]))
            .findings
            .len(),
        2
    );
    // Packets that are dropped on 25 have another cause than on 587.
    let dropped = report(vec![
        fault(25, Fault::TimedOut),
        fault(587, Fault::TimedOut),
        fault(465, Fault::Refused),
    ]);
    assert_eq!(assess(&dropped).findings.len(), 3);
}

#[test]
fn port_25_is_blocked_where_strangers_are_silent_alike() {
    let at = |host: &str| {
        let mut visit = fault(25, Fault::TimedOut);
        visit.host = host.to_owned();
        visit
    };
    let both = report(vec![at("mx.one.example"), at("mx.two.test")]);
    assert!(rules(&both).contains(&"port-25-blocked"));
    let related = report(vec![at("a.one.example"), at("b.one.example")]);
    assert!(!rules(&related).contains(&"port-25-blocked"));
    let mut one_answers = both;
    one_answers.visits[1].steps[0].outcome = Outcome::Connected;
    assert!(!rules(&one_answers).contains(&"port-25-blocked"));
}

#[test]
fn what_was_cut_short_is_undecided() {
    let mut cut = report(vec![visit(587, vec![connected()])]);
    cut.cut_short = true;
    let assessment = assess(&cut);
    assert_eq!(assessment.verdict.level, Level::Undecided);
    assert_eq!(assessment.ports[0].state, PortState::Undecided);
    assert_eq!(assessment.ports[0].words, "not known: the time was over");
    cut.cut_short = false;
    assert_eq!(
        assess(&cut).ports[0].words,
        "connects; nothing more was asked"
    );
    let deadline = portolan_report::probe::Break::Deadline;
    let late = report(vec![visit(
        587,
        vec![connected(), super::broken(Stage::Greeting, deadline)],
    )]);
    assert_eq!(assess(&late).verdict.level, Level::Undecided);
    let other = step(
        Stage::Connect,
        Outcome::NotConnected {
            fault: Fault::Other {
                code: Some(24),
                text: "Too many open files".into(),
            },
        },
    );
    assert_eq!(
        wrong(&report(vec![visit(587, vec![other])])),
        [("no-connection", "")]
    );
}
