//! Two reports side by side: what differs, and what that means.

use portolan_check::sample;
use portolan_report::probe::{ConnectFault, Moment, ProbeReport};
use portolan_wasm::desk::After;

use crate::{desk, failed, shown, texts};

fn from(machine: &str, minutes: i64, mut report: ProbeReport) -> ProbeReport {
    machine.clone_into(&mut report.asked.ehlo_name);
    report.started_at = Moment::from_unix(report.started_at.unix() + 60 * minutes);
    report
}

fn headline(first: ProbeReport, second: ProbeReport) -> (String, String) {
    let (_, page) = shown(&desk("#/check", &[first, second]));
    let rows = texts(&page, ".differs tbody th").join(", ");
    (texts(&page, "#finding").concat(), rows)
}

#[test]
fn what_differs_is_named_and_what_it_means_is_said() {
    let open = || {
        sample::report(vec![
            sample::submission(587),
            failed(25, ConnectFault::TimedOut),
        ])
    };
    let shut = || {
        sample::report(vec![
            failed(587, ConnectFault::TimedOut),
            failed(25, ConnectFault::TimedOut),
        ])
    };
    let (head, rows) = headline(
        from("laptop.example", 0, open()),
        from("server.example", 5, shut()),
    );
    assert_eq!(
        (head.as_str(), rows.as_str()),
        ("What differs is the network.", "587 outcome")
    );
    let (head, _) = headline(
        from("laptop.example", 0, open()),
        from("laptop.example", 90, shut()),
    );
    assert_eq!(
        head,
        "What differs is the time: the way to the server changed in between."
    );
    let mut other = open();
    for step in other.visits.iter_mut().flat_map(|it| &mut it.steps) {
        if let portolan_report::probe::Outcome::Tls { session } = &mut step.outcome {
            "CN=new.example".clone_into(&mut session.chain[0].subject);
        }
    }
    let (head, rows) = headline(
        from("laptop.example", 0, open()),
        from("laptop.example", 9_000, other.clone()),
    );
    assert_eq!(
        (head.as_str(), rows.as_str()),
        (
            "What differs is the server: it changed in between.",
            "587 certificate"
        )
    );
    let (head, _) = headline(
        from("laptop.example", 0, open()),
        from("server.example", 1, other),
    );
    assert_eq!(head, "The server answers each of the two in its own way.");
    let (head, rows) = headline(
        from("laptop.example", 0, open()),
        from("server.example", 0, open()),
    );
    assert_eq!(
        (head.as_str(), rows.as_str()),
        ("Nothing that matters differs.", "")
    );
    let mut far = open();
    for it in &mut far.asked.hosts {
        it.name = "elsewhere.example".to_owned();
    }
    let (head, _) = headline(open(), far);
    assert_eq!(head, "These are reports of different servers.");
}

#[test]
fn the_side_that_is_shut_is_named() {
    let open = sample::report(vec![sample::submission(587)]);
    let shut = sample::report(vec![failed(587, ConnectFault::TimedOut)]);
    let (text, page) = shown(&desk(
        "#/check",
        &[
            from("laptop.example", 0, open),
            from("server.example", 0, shut),
        ],
    ));
    assert!(text.contains("The same server answers from laptop.example and not from server.example: look for the block on the side of server.example."), "{text}");
    assert_eq!(
        texts(&page, ".several__title"),
        ["Side by side", "Report 1", "Report 2"]
    );
    assert_eq!(
        texts(&page, "[aria-current] .several__title"),
        ["Side by side"]
    );
}

#[test]
fn each_can_be_opened_and_another_joins_only_when_asked_for() {
    let report = sample::working();
    let mut two = desk("#/check", &[report.clone(), report.clone()]);
    assert_eq!(two.ask("check open 0"), After::Show);
    assert_eq!(texts(&shown(&two).1, "#finding"), ["587 works."]);
    assert_eq!(two.ask("check open pair"), After::Show);
    assert_eq!(
        texts(&shown(&two).1, "#finding"),
        ["Nothing that matters differs."]
    );
    let text = portolan_wire::write_report(&report);
    let mut one = desk("#/check", &[report]);
    assert_eq!(
        one.ask("check open pair"),
        After::Nothing,
        "there is nothing to compare with"
    );
    assert_eq!(one.ask("check join"), After::Show);
    assert!(shown(&one).0.contains("Paste or drop the other report now"));
    one.checks.begin();
    one.checks.take(None, text.as_bytes());
    assert_eq!(texts(&shown(&one).1, ".several__title").len(), 3);
    // The next one takes the place of both.
    one.checks.begin();
    one.checks.take(None, text.as_bytes());
    assert!(texts(&shown(&one).1, ".several__title").is_empty());
    for nonsense in [
        "check",
        "check open 9",
        "check open",
        "check save exe",
        "check nonsense",
    ] {
        assert_eq!(one.ask(nonsense), After::Nothing, "{nonsense}");
    }
}
