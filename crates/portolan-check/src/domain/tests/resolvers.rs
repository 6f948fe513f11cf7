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
