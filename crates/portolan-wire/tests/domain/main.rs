//! Reports of domains: every form that was ever published is still read, and what is no report is refused with its place.
//!
//! `UPDATE=1 cargo test -p portolan-wire --test domain` writes the sample of the present form and the JSON Schema anew. A
//! sample of a form that was released is never changed: the form's number grows, and a new sample stands beside it.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::format_push_string,
    reason = "a test may stop"
)]

#[path = "../schema/changes.rs"]
mod changes;
mod sample;
mod schema;

use std::path::PathBuf;

use portolan_report::domain::{DomainReport, SCHEMA, limits};
use portolan_wire::{
    ReportRefused, is_domain_report, read_domain_report, read_report, write_domain_report,
    write_domain_report_pretty,
};
use sample::{outcomes, sample};
use serde_json::{Value, json};

fn path(schema: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/domain/schema-{schema}.json"))
}

#[test]
fn every_form_that_was_published_is_read() {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path(SCHEMA), write_domain_report_pretty(&sample()) + "\n").unwrap();
    }
    for schema in 1..=SCHEMA {
        let text = std::fs::read(path(schema)).unwrap();
        let report =
            read_domain_report(&text).unwrap_or_else(|error| panic!("schema {schema}: {error}"));
        assert_eq!(report, sample(), "schema {schema}");
    }
}

#[test]
fn what_is_written_is_the_present_form() {
    let kept: Value = serde_json::from_slice(&std::fs::read(path(SCHEMA)).unwrap()).unwrap();
    let written: Value = serde_json::from_str(&write_domain_report(&sample())).unwrap();
    assert_eq!(
        written, kept,
        "a changed form needs another number and another sample"
    );
}

#[test]
fn a_report_comes_back_as_it_was() {
    for outcome in outcomes() {
        let mut report = sample();
        report.policy.as_mut().unwrap().outcome = outcome;
        for text in [
            write_domain_report(&report),
            write_domain_report_pretty(&report),
        ] {
            assert_eq!(read_domain_report(text.as_bytes()).as_ref(), Ok(&report));
        }
    }
}

/// Either kind of report is known from the other.
#[test]
fn kinds_of_reports_are_told_apart() {
    let domain = write_domain_report(&sample());
    assert!(is_domain_report(domain.as_bytes()));
    assert!(read_report(domain.as_bytes()).is_err());
    let server =
        std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/probe/schema-1.json"))
            .unwrap();
    assert!(!is_domain_report(&server));
    assert_eq!(read_domain_report(&server), Err(ReportRefused::NotOfDomain));
    for text in ["", "{", "[1]", "{}", "null", "{\"schema\": 1}"] {
        assert!(!is_domain_report(text.as_bytes()), "{text}");
        assert!(read_domain_report(text.as_bytes()).is_err(), "{text}");
    }
}

/// The sample with one place changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<DomainReport, ReportRefused> {
    let mut value = serde_json::to_value(sample()).unwrap();
    change(&mut value);
    read_domain_report(serde_json::to_string_pretty(&value).unwrap().as_bytes())
}

#[test]
fn a_refusal_names_the_place() {
    let refused = |change: fn(&mut Value)| changed(change).unwrap_err().to_string();
    for (text, parts) in [
        (
            refused(|it| it["lookups"][0]["kind"] = json!("SPF")),
            ["`lookups[0].kind`", "SPF"],
        ),
        (
            refused(|it| {
                it["lookups"][6]["answers"][0]["answer"]["records"][0]["data"] = json!("0g");
            }),
            ["`lookups[6].answers[0].answer", "0g"],
        ),
        (
            refused(|it| it["asked"]["ip"] = json!("soon")),
            ["`asked.ip`", "line "],
        ),
        (
            refused(|it| it["verdict"] = json!("fine")),
            ["unknown field `verdict`", "line "],
        ),
        (refused(|it| it["schema"] = json!(99)), ["schema 1", "99"]),
    ] {
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn sizes_are_bounded() {
    let long = "x".repeat(limits::TEXT_BYTES + 1);
    let too_many = |change: &dyn Fn(&mut DomainReport)| {
        let mut report = sample();
        change(&mut report);
        match read_domain_report(write_domain_report(&report).as_bytes()) {
            Err(ReportRefused::TooMany { path, .. }) => path,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        too_many(&|it| it.asked.name.clone_from(&long)),
        "asked.name"
    );
    assert_eq!(
        too_many(&|it| it.lookups = vec![it.lookups[0].clone(); limits::LOOKUPS + 1]),
        "lookups"
    );
    assert_eq!(
        too_many(&|it| it.lookups[2].answers = vec![it.lookups[2].answers[0].clone(); 4]),
        "lookups[2].answers"
    );
    assert_eq!(
        too_many(&|it| it.certificates[0].chain[0].subject.clone_from(&long)),
        "certificates[0].chain"
    );
    let spaces = vec![b' '; limits::REPORT_BYTES + 1];
    assert!(!is_domain_report(&spaces));
    assert_eq!(
        read_domain_report(&spaces),
        Err(ReportRefused::TooLarge {
            bytes: spaces.len()
        })
    );
    let deep = format!(
        "{{\"kind\": \"domain\", \"schema\": 1, \"lookups\": {}",
        "[".repeat(100_000)
    );
    assert!(read_domain_report(deep.as_bytes()).is_err());
}
