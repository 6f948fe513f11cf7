//! What resolvers that differ, fail, or were not asked come to.

use super::*;

/// The answer of whoever answers counts; who fails is told, and the domain is judged all the same.
#[test]
fn the_first_answer_that_is_none_of_failure_counts() {
    let mut report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
    ]);
    report.resolvers.push(resolver("192.0.2.54:53"));
    let answer = |report: &DomainReport| report.lookups[0].answers[0].answer.clone();
    assert_eq!(
        (report.lookups[0].name.as_str(), report.lookups[0].kind),
        ("_dmarc.com", RecordKind::Txt)
    );
    let whole = answer(&report);
    set(
        &mut report,
        "_dmarc.com",
        RecordKind::Txt,
        vec![said(0, Answer::TimedOut), said(1, whole)],
    );
    let assessment = assess(&report);
    let fails = assessment
        .findings
        .iter()
        .find(|it| it.rule == "resolver-fails")
        .unwrap();
    assert_eq!(
        fails.what,
        "192.0.2.53:53 says nothing in time where another answers."
    );
    assert!(assessment.posture.failed.is_empty());
}

#[test]
fn order_is_no_difference_and_records_are() {
    let mut report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
    ]);
    report.resolvers.push(resolver("192.0.2.54:53"));
    let both = |one: Vec<Record>, other: Vec<Record>| {
        vec![
            said(0, Answer::Records { records: one }),
            said(1, Answer::Records { records: other }),
        ]
    };
    set(
        &mut report,
        "mx.example.com",
        RecordKind::A,
        both(vec![a(1), a(2)], vec![a(2), a(1)]),
    );
    let has =
        |report: &DomainReport, rule| assess(report).findings.iter().any(|it| it.rule == rule);
    assert!(!has(&report, "resolvers-differ-in-addresses"));
    set(
        &mut report,
        "mx.example.com",
        RecordKind::A,
        both(vec![a(1)], vec![a(2)]),
    );
    assert!(has(&report, "resolvers-differ-in-addresses"));
    let answers = vec![
        said(0, Answer::NoRecords),
        said(
            1,
            Answer::Records {
                records: vec![mx("b.example")],
            },
        ),
    ];
    set(&mut report, "example.com", RecordKind::Mx, answers);
    assert!(has(&report, "resolvers-differ"));
}

#[test]
fn nothing_is_nothing_and_case_is_no_difference() {
    let mut report = report(&[("example.com", mx("mx.example.com"))]);
    report.resolvers.push(resolver("192.0.2.54:53"));
    let differs = |report: &DomainReport| {
        let assessment = assess(report);
        assessment
            .findings
            .iter()
            .any(|it| it.rule.starts_with("resolvers-differ"))
    };
    let nothing = vec![said(0, Answer::NoRecords), said(1, Answer::NoSuchName)];
    set(&mut report, "mx.example.com", RecordKind::A, nothing);
    assert!(!differs(&report));
    let exchangers = |hosts: &[&str]| Answer::Records {
        records: hosts.iter().map(|it| mx(it)).collect(),
    };
    let both = |other: &[&str]| {
        let one = exchangers(&["a.example.com", "B.Example.com"]);
        vec![said(0, one), said(1, exchangers(other))]
    };
    let same = both(&["b.example.COM", "A.example.com"]);
    set(&mut report, "example.com", RecordKind::Mx, same);
    assert!(!differs(&report));
    let other = both(&["b.example.com", "c.example.com"]);
    set(&mut report, "example.com", RecordKind::Mx, other);
    assert!(differs(&report));
}

/// A look-up that failed shows nothing wrong: nobody's advice may rest on it.
#[test]
fn what_only_a_failure_speaks_against_is_not_said() {
    let mut report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
        ("example.com", text("v=spf1 include:provider.example -all")),
        ("provider.example", text("v=spf1 ip4:192.0.2.0/28 -all")),
    ]);
    let spf = |report: &DomainReport| {
        let items = items(&assess(report));
        let found = items.iter().find(|it| it.0 == Item::Spf);
        found.map(|it| it.1)
    };
    assert_eq!(spf(&report), Some(true));
    let lost = || vec![said(0, Answer::TimedOut)];
    set(&mut report, "provider.example", RecordKind::Txt, lost());
    let has_failed = |it: &Told| it.rule == "spf-lookup-failed";
    assert!(assess(&report).findings.iter().any(has_failed));
    assert_eq!(spf(&report), None);
    // Beside the failure something is wrong.
    let wrong = Answer::Records {
        records: vec![text("v=spf1 include:provider.example +all")],
    };
    set(
        &mut report,
        "example.com",
        RecordKind::Txt,
        vec![said(0, wrong)],
    );
    assert_eq!(spf(&report), Some(false));
}

#[test]
fn what_was_not_asked_is_told_from_what_no_time_was_left_for() {
    let mut report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
        ("example.com", text("v=spf1 mx -all")),
        ("_dmarc.example.com", text("v=DMARC1; p=reject")),
    ]);
    let without = |report: &mut DomainReport, name: &str| {
        report.lookups.retain(|it| it.name != name);
    };
    let sentence = |report: &DomainReport| assess(report).verdict.sentence;
    let start = "example.com: not decided.";
    without(&mut report, "_smtp._tls.example.com");
    let tls = "_smtp._tls.example.com TXT";
    assert_eq!(sentence(&report), format!("{start} {tls} was not asked."));
    report.cut_short = true;
    let left = format!("{start} No time was left for {tls}.");
    assert_eq!(sentence(&report), left);
    without(&mut report, "_mta-sts.example.com");
    assert_eq!(
        sentence(&report),
        format!("{start} No time was left for _mta-sts.example.com TXT and 1 more.")
    );
    report.cut_short = false;
    assert_eq!(
        sentence(&report),
        format!("{start} _mta-sts.example.com TXT and 1 more were not asked.")
    );
    let lost = vec![said(0, Answer::TimedOut)];
    set(&mut report, "example.com", RecordKind::Mx, lost);
    assert!(sentence(&report).ends_with("brought nothing in time. 2 more were not asked."));
}

/// Two servers of which one has the change and the other has not: a difference, and no two records.
#[test]
fn servers_in_one_paste_are_resolvers_of_their_own() {
    let dig = |server: &str, spf: &str| {
        format!(
            ";; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1\n;; flags: qr rd ra\n;; QUESTION SECTION:\n\
             ;example.com. IN TXT\n;; ANSWER SECTION:\nexample.com. 300 IN TXT \"{spf}\"\n\
             ;; SERVER: {server}#53({server})\n;; MSG SIZE  rcvd: 97\n\n"
        )
    };
    let text = dig("192.0.2.53", "v=spf1 mx -all") + &dig("198.51.100.53", "v=spf1 +all");
    let read = portolan_records::read(&text, None);
    let report = pasted(&read, 1_700_000_000).unwrap().report;
    let addresses: Vec<&str> = report
        .resolvers
        .iter()
        .map(|it| it.address.as_str())
        .collect();
    assert_eq!(addresses, ["192.0.2.53", "198.51.100.53"]);
    let assessment = assess(&report);
    let of = |rule: &str| assessment.findings.iter().find(|it| it.rule == rule);
    let differ = of("resolvers-differ").unwrap();
    assert_eq!(
        differ.what,
        "192.0.2.53 says \"v=spf1 mx -all\"; 198.51.100.53 says \"v=spf1 +all\"."
    );
    let is_spf = |it: &&Told| it.rule.starts_with("spf-");
    assert_eq!(assessment.findings.iter().find(is_spf), None);
    assert!(
        lines(&assessment, "SPF")
            .concat()
            .contains("v=spf1 mx -all"),
        "{:?}",
        lines(&assessment, "SPF")
    );
}
