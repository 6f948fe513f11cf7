//! Two reports side by side: what differs, and what that means.

use portolan_check::sample;
use portolan_report::probe::{
    Answer, CertificateFault, ConnectFault, Lookup, LookupKind, Moment, Outcome, ProbeReport, Stage,
};
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
        if let Outcome::Tls { session } = &mut step.outcome {
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
    assert_eq!(head, "Each of the two is shown another certificate.");
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

/// A session in plain text; `line` is what stands where STARTTLS belongs.
fn plain(line: &str) -> portolan_report::probe::Visit {
    sample::visit(
        587,
        vec![
            sample::connected(),
            sample::reply(Stage::Greeting, "220 mx.example.org ESMTP"),
            sample::reply(
                Stage::Ehlo,
                &format!("250-mx.example.org\n{line}250 AUTH PLAIN"),
            ),
        ],
    )
}

/// The sheet's headline, what it means, what is next, and the rows of the table.
fn told(first: ProbeReport, second: ProbeReport) -> (String, String, Vec<String>, String) {
    let (_, page) = shown(&desk("#/check", &[first, second]));
    (
        texts(&page, "#finding").concat(),
        texts(&page, ".finding__definition").concat(),
        texts(&page, ".finding__head .finding__steps li"),
        texts(&page, ".differs tbody th").join(", "),
    )
}

#[test]
fn which_port_works_from_where_is_said_and_what_to_do_next() {
    let laptop = sample::report(vec![
        failed(465, ConnectFault::TimedOut),
        failed(587, ConnectFault::TimedOut),
        sample::submission(2525),
    ]);
    let server = sample::report(vec![
        sample::implicit(465),
        sample::submission(587),
        sample::submission(2525),
    ]);
    let (head, means, next, _) = told(
        from("laptop.example", 0, laptop),
        from("vps1.example", 0, server),
    );
    assert_eq!(head, "What differs is the network.");
    assert!(means.starts_with("465 and 587 answer vps1.example and not laptop.example: look for the block on the side of laptop.example. From laptop.example 2525 works; from vps1.example 587, 465 and 2525 work."), "{means}");
    assert_eq!(
        next,
        [
            "From laptop.example send by 2525, and ask whoever runs its network to let 465 and 587 out."
        ]
    );
}

#[test]
fn another_certificate_is_no_server_that_does_not_answer() {
    let mut wrong = sample::report(vec![
        sample::submission(587),
        failed(2525, ConnectFault::Refused),
    ]);
    for step in wrong.visits.iter_mut().flat_map(|it| &mut it.steps) {
        if let Outcome::Tls { session } = &mut step.outcome {
            session.faults = vec![CertificateFault::NameMismatch];
            session.chain[0].sha256 = "11".repeat(32);
        }
    }
    let good = sample::report(vec![sample::submission(587), sample::submission(2525)]);
    let (head, means, next, rows) = told(
        from("laptop.example", 0, wrong),
        from("vps1.example", 0, good),
    );
    assert_eq!(head, "Each of the two is shown another certificate.");
    assert!(
        means.contains("something near laptop.example answers in the server’s place"),
        "{means}"
    );
    assert!(!means.contains("not from laptop.example"), "{means}");
    assert_eq!(
        next[0],
        "Compare both fingerprints with the server’s owner."
    );
    assert!(rows.contains("587 certificate"), "{rows}");
}

#[test]
fn an_interception_is_what_two_reports_are_compared_for() {
    let good = || sample::report(vec![sample::submission(587)]);
    for line in ["250-XXXXXXXA\n", ""] {
        let (head, means, next, rows) = told(
            from("laptop.example", 0, sample::report(vec![plain(line)])),
            from("vps1.example", 0, good()),
        );
        assert_eq!(
            head,
            "Something on the way from laptop.example rewrites the session."
        );
        assert!(rows.contains("587 STARTTLS"), "{rows}");
        assert!(means.contains("an inspection in between"), "{means}");
        assert_eq!(
            next[0],
            "Sign in nowhere from laptop.example where TLS is missing."
        );
    }
    // Where neither sees the offer, the server has none.
    let bare = |machine| from(machine, 0, sample::report(vec![plain("")]));
    let (head, ..) = told(bare("laptop.example"), bare("vps1.example"));
    assert_eq!(head, "Nothing that matters differs.");
}

#[test]
fn another_address_is_the_first_difference() {
    let lookup = |report: &mut ProbeReport, address: &str| {
        let address: std::net::IpAddr = address.parse().unwrap();
        report.visits.iter_mut().for_each(|it| it.address = address);
        report.lookups = vec![Lookup {
            kind: LookupKind::Addresses,
            name: sample::HOST.to_owned(),
            resolver: "system".to_owned(),
            started_ms: 0,
            took_ms: 9,
            answer: Answer::Addresses {
                addresses: vec![address],
            },
        }];
    };
    let mut near = sample::report(vec![sample::submission(587)]);
    let mut far = sample::report(vec![failed(587, ConnectFault::TimedOut)]);
    lookup(&mut near, "198.51.100.25");
    lookup(&mut far, "198.51.100.99");
    let (head, means, next, rows) = told(
        from("laptop.example", 0, near.clone()),
        from("vps1.example", 0, far.clone()),
    );
    assert_eq!(
        head,
        "What differs first is the address: the two looked at different ones."
    );
    assert!(
        rows.starts_with("addresses of mx.example.org, 587 outcome"),
        "{rows}"
    );
    assert!(means.contains("may be two servers"), "{means}");
    assert!(
        next[1].contains("Check one address by itself from both"),
        "{next:?}"
    );
    // One address in common is one server, whatever else the resolvers gave.
    lookup(&mut far, "198.51.100.25");
    let (head, ..) = told(
        from("laptop.example", 0, near),
        from("vps1.example", 0, far),
    );
    assert_eq!(head, "What differs is the network.");
}
