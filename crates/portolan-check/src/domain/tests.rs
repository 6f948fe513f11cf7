//! What a report comes to, on small reports that are written down here.

mod pasted;
mod resolvers;

use std::net::Ipv4Addr;

use portolan_dns::finding::Severity;
use portolan_report::domain::{
    Answer, AskedDomain, AskedSelector, DomainReport, LookedUp, Octets, Record, RecordKind,
    ReportKind, Resolver, ResolverOrigin, SCHEMA, Said, SelectorOrigin,
};
use portolan_report::probe::Moment;

use super::*;
use crate::Level;

mod dmarc;

/// A report that answers everything: what is not written down does not exist.
fn report(records: &[(&str, Record)]) -> DomainReport {
    answered(blank(), records)
}

/// A report in which nobody was asked yet.
fn blank() -> DomainReport {
    DomainReport {
        kind: ReportKind::Domain,
        schema: SCHEMA,
        tool: "a test".into(),
        started_at: Moment::from_unix(1_795_687_801),
        took_ms: 1,
        cut_short: false,
        asked: AskedDomain {
            name: "example.com".into(),
            selectors: Vec::new(),
            ip: None,
            envelope: None,
            signer: None,
            https: false,
            smtp: false,
            step_timeout_ms: 1,
            deadline_ms: 1,
        },
        resolvers: vec![resolver("192.0.2.53:53")],
        lookups: Vec::new(),
        policy: None,
        certificates: Vec::new(),
    }
}

fn answered(mut report: DomainReport, records: &[(&str, Record)]) -> DomainReport {
    loop {
        let open = wanted(&report);
        if open.is_empty() {
            return report;
        }
        for lookup in open {
            let Some(kind) = kept_kind(lookup.kind) else {
                panic!("{lookup} must not be wanted");
            };
            let found: Vec<Record> = records
                .iter()
                .filter(|(name, record)| *name == lookup.name.as_str() && kind_of(record) == kind)
                .map(|(_, record)| record.clone())
                .collect();
            let answer = if found.is_empty() {
                Answer::NoRecords
            } else {
                Answer::Records { records: found }
            };
            report.lookups.push(LookedUp {
                name: lookup.name.to_string(),
                kind,
                answers: vec![said(0, answer)],
            });
        }
    }
}

fn resolver(address: &str) -> Resolver {
    Resolver {
        address: address.into(),
        origin: ResolverOrigin::Named,
        on_loopback: false,
        validates: Some(true),
    }
}

fn said(resolver: u16, answer: Answer) -> Said {
    Said {
        resolver,
        started_ms: 0,
        took_ms: 1,
        authenticated: false,
        answer,
    }
}

fn kind_of(record: &Record) -> RecordKind {
    match record {
        Record::A { .. } => RecordKind::A,
        Record::Aaaa { .. } => RecordKind::Aaaa,
        Record::Cname { .. } => RecordKind::Cname,
        Record::Mx { .. } => RecordKind::Mx,
        Record::Ptr { .. } => RecordKind::Ptr,
        Record::Tlsa { .. } => RecordKind::Tlsa,
        Record::Txt { .. } => RecordKind::Txt,
    }
}

fn text(text: &str) -> Record {
    Record::Txt {
        strings: vec![Octets(text.as_bytes().to_vec())],
    }
}

fn mx(host: &str) -> Record {
    Record::Mx {
        preference: 10,
        host: host.into(),
    }
}

fn a(last: u8) -> Record {
    Record::A {
        address: Ipv4Addr::new(192, 0, 2, last),
    }
}

fn lines(assessment: &DomainAssessment, title: &str) -> Vec<String> {
    let section = assessment.sections.iter().find(|it| it.title == title);
    section.map_or_else(Vec::new, |it| {
        it.lines.iter().map(|it| it.text.clone()).collect()
    })
}

fn set(report: &mut DomainReport, name: &str, kind: RecordKind, answers: Vec<Said>) {
    let looked = report
        .lookups
        .iter_mut()
        .find(|it| it.name == name && it.kind == kind);
    looked.unwrap().answers = answers;
}

#[test]
fn a_null_mx_is_a_way_of_having_no_mail() {
    let report = report(&[
        (
            "example.com",
            Record::Mx {
                preference: 0,
                host: ".".into(),
            },
        ),
        ("example.com", text("v=spf1 -all")),
        (
            "_dmarc.example.com",
            text("v=DMARC1; p=reject; rua=mailto:a@example.com"),
        ),
    ]);
    let assessment = assess(&report);
    assert_eq!(
        assessment.verdict.level,
        Level::Fine,
        "{:?}",
        assessment.verdict
    );
    assert!(lines(&assessment, "Mail comes in by")[0].contains("null MX"));
}

#[test]
fn the_tree_is_drawn_with_its_counts() {
    let report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
        (
            "example.com",
            text("v=spf1 include:one.example a:none.example redirect=two.example"),
        ),
        ("one.example", text("v=spf1 include:three.example ~all")),
        ("three.example", text("v=spf1 ip4:192.0.2.1 -all")),
    ]);
    let assessment = assess(&report);
    assert_eq!(
        lines(&assessment, "SPF"),
        [
            "4 of 10 look-ups, 1 of 2 that find nothing",
            "v=spf1 include:one.example a:none.example redirect=two.example",
            "\u{251c}\u{2500} include:one.example  (2 look-ups)",
            "\u{2502}  v=spf1 include:three.example ~all",
            "\u{2502}  \u{2514}\u{2500} include:three.example  (1 look-up)",
            "\u{2502}     v=spf1 ip4:192.0.2.1 -all",
            "\u{251c}\u{2500} a:none.example  (1 look-up); nothing at none.example",
            "\u{2514}\u{2500} redirect=two.example  (1 look-up)",
            "   no record: a permanent error",
        ]
    );
    let include = assessment
        .findings
        .iter()
        .find(|it| it.rule == "spf-include-without-record");
    let include = include.unwrap();
    assert_eq!(include.severity, Severity::Wrong);
    assert_eq!(
        include.sources[0].1.as_deref(),
        Some("https://www.rfc-editor.org/rfc/rfc7208.html#section-5.2")
    );
}

#[test]
fn what_somebody_else_has_to_change_is_marked() {
    let report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
        ("example.com", text("v=spf1 include:provider.example -all")),
        ("provider.example", text("v=spf1 ip4:300.0.0.0 -all")),
    ]);
    let assessment = assess(&report);
    let theirs = assessment
        .findings
        .iter()
        .find(|it| it.at == "provider.example TXT")
        .unwrap();
    assert!(!theirs.is_ours, "{theirs:?}");
    let ours = assessment
        .findings
        .iter()
        .find(|it| it.at == "_dmarc.example.com TXT")
        .unwrap();
    assert!(ours.is_ours, "{ours:?}");
}

#[test]
fn a_record_that_mends_two_findings_stands_once() {
    let report = report(&[
        ("example.com", mx("mx.example.com")),
        ("mx.example.com", a(25)),
        ("example.com", text("v=spf1 mx ptr +all")),
    ]);
    let assessment = assess(&report);
    let of = |rule: &str| {
        let found = assessment.findings.iter().find(|it| it.rule == rule);
        let found = found.unwrap();
        (found.publish.as_deref(), found.is_mended_above)
    };
    let record = r#"example.com. IN TXT "v=spf1 mx ip4:ADDRESS ~all""#;
    assert_eq!(of("spf-all-passes"), (Some(record), false));
    assert_eq!(of("spf-ptr"), (None, true));
}

#[test]
fn what_could_be_better_is_named_where_nothing_is_wrong() {
    let said = |policy: &str| {
        let report = report(&[
            ("example.com", mx("mx.example.com")),
            ("mx.example.com", a(25)),
            ("example.com", text("v=spf1 mx -all")),
            ("_dmarc.example.com", text(policy)),
        ]);
        assess(&report).verdict.sentence
    };
    assert_eq!(
        said("v=DMARC1; p=reject"),
        "example.com: nothing is wrong. One thing could be better. DMARC: There is no rua tag."
    );
    let many = said("v=DMARC1; p=quarantine; sp=none; t=y; adkim=x; fo=9");
    assert!(
        many.contains(" things could be better, among them. DMARC: "),
        "{many}"
    );
    assert_eq!(many.matches("DMARC: ").count(), 3, "{many}");
}

#[test]
fn a_report_whose_domain_is_no_name_is_judged_and_undecided() {
    let mut report = report(&[("example.com", mx("mx.example.com"))]);
    report.asked.name = "a..b".into();
    let assessment = assess(&report);
    assert_eq!(assessment.verdict.level, Level::Undecided);
    assert!(
        assessment
            .verdict
            .sentence
            .starts_with("invalid: not decided."),
        "{:?}",
        assessment.verdict
    );
}

#[test]
fn long_texts_are_split_for_a_zone_file() {
    let publish = portolan_dns::finding::Publish {
        name: "s1._domainkey.example.com".into(),
        kind: portolan_dns::lookup::Kind::Txt,
        value: "x".repeat(300),
    };
    let line = zone_line(&publish);
    assert!(
        line.contains(&format!("\"{}\" \"{}\"", "x".repeat(255), "x".repeat(45))),
        "{line}"
    );
}

#[test]
fn a_revoked_key_says_nothing_where_its_selector_was_only_tried() {
    let said = |origin| {
        let mut asked = blank();
        let name = "s1".to_owned();
        asked.asked.selectors = vec![AskedSelector {
            name,
            origin,
            provider: None,
        }];
        let key = text("v=DKIM1; p=");
        let whole = answered(asked, &[("s1._domainkey.example.com", key)]);
        let all = items(&assess(&whole));
        let dkim = all.iter().find(|(item, _)| *item == Item::Dkim);
        dkim.map(|(_, is_good)| *is_good)
    };
    assert_eq!(said(SelectorOrigin::Tried), None);
    assert_eq!(said(SelectorOrigin::Named), Some(false));
}
