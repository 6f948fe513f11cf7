//! Reports of checks: every form that was ever published is still read, and what is no report is refused with its place.
//!
//! `UPDATE=1 cargo test -p portolan-wire --test probe` writes the sample of the present form anew. A sample of a form that
//! was released is never changed: the form's number grows, and a new sample stands beside it.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod sample;

use std::path::PathBuf;

use portolan_report::probe::{ProbeReport, SCHEMA, Stage, limits};
use portolan_wire::{ReportRefused, read_report, write_report, write_report_pretty};
use sample::sample;
use serde_json::{Value, json};

fn path(schema: u32) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/probe/schema-{schema}.json"))
}

#[test]
fn every_form_that_was_published_is_read() {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path(SCHEMA), write_report_pretty(&sample()) + "\n").unwrap();
    }
    for schema in 1..=SCHEMA {
        let text = std::fs::read(path(schema)).unwrap();
        let report = read_report(&text).unwrap_or_else(|error| panic!("schema {schema}: {error}"));
        assert_eq!(report, sample(), "schema {schema}");
    }
}

#[test]
fn what_is_written_is_the_present_form() {
    let kept: Value = serde_json::from_slice(&std::fs::read(path(SCHEMA)).unwrap()).unwrap();
    let written: Value = serde_json::from_str(&write_report(&sample())).unwrap();
    assert_eq!(
        written, kept,
        "a changed form needs another number and another sample"
    );
}

#[test]
fn a_report_comes_back_as_it_was() {
    let report = sample();
    for text in [write_report(&report), write_report_pretty(&report)] {
        assert_eq!(read_report(text.as_bytes()).as_ref(), Ok(&report));
    }
}

#[test]
fn the_ids_of_stages_are_the_published_ones() {
    for stage in Stage::ALL {
        assert_eq!(serde_json::to_value(stage).unwrap(), stage.id());
    }
}

/// The sample with one place changed.
fn changed(change: impl FnOnce(&mut Value)) -> Result<ProbeReport, ReportRefused> {
    let mut value = serde_json::to_value(sample()).unwrap();
    change(&mut value);
    read_report(serde_json::to_string_pretty(&value).unwrap().as_bytes())
}

#[test]
fn a_refusal_names_the_place() {
    let refused = |change: fn(&mut Value)| changed(change).unwrap_err().to_string();
    let text = refused(|it| it["visits"][0]["port"] = json!(70_000));
    assert!(
        text.contains("`visits[0].port`") && text.contains("line "),
        "{text}"
    );
    assert!(text.contains("70000"), "{text}");
    let text = refused(|it| it["visits"][0]["steps"][0]["outcome"] = json!({"kind": "maybe"}));
    assert!(
        text.contains("`visits[0].steps[0].outcome") && text.contains("maybe"),
        "{text}"
    );
    let text = refused(|it| it["started_at"] = json!("yesterday"));
    assert!(
        text.contains("`started_at`") && text.contains("yesterday"),
        "{text}"
    );
    let text = refused(|it| it["visits"][1]["verdict"] = json!("fine"));
    assert!(text.contains("unknown field `verdict`"), "{text}");
    let text = refused(|it| {
        it["visits"][0]["steps"][15]["outcome"]["reply"]["text"] = json!("no such key");
    });
    assert!(text.contains("unknown field `text`"), "{text}");
    let text = refused(|it| {
        it["visits"][0].as_object_mut().unwrap().remove("address");
    });
    assert!(text.contains("missing field `address`"), "{text}");
}

#[test]
fn another_schema_is_said_to_be_one() {
    let refused = |schema: Value| {
        changed(|it| {
            it["schema"] = schema;
            // A newer form may look like anything.
            it["visits"] = json!("elsewhere");
        })
        .unwrap_err()
    };
    assert_eq!(refused(json!(99)), ReportRefused::OtherSchema { found: 99 });
    assert_eq!(refused(json!(0)), ReportRefused::OtherSchema { found: 0 });
    assert_eq!(refused(Value::Null), ReportRefused::NoSchema);
    assert_eq!(read_report(b"{}"), Err(ReportRefused::NoSchema));
    for text in [
        "",
        "{",
        "[1]",
        "{\"schema\": \"1\"}",
        "{\"schema\": -1}",
        "null",
        "\u{0}",
    ] {
        let refused = read_report(text.as_bytes()).unwrap_err();
        assert!(
            matches!(refused, ReportRefused::Malformed { .. }),
            "{text}: {refused:?}"
        );
    }
}

#[test]
fn what_follows_a_report_is_not_passed_over() {
    let text = write_report(&sample()) + "{}";
    assert!(matches!(
        read_report(text.as_bytes()),
        Err(ReportRefused::Malformed { .. })
    ));
    let twice =
        write_report(&sample()).replacen("\"took_ms\":400", "\"took_ms\":400,\"took_ms\":4", 1);
    let refused = read_report(twice.as_bytes()).unwrap_err().to_string();
    assert!(refused.contains("duplicate field"), "{refused}");
}

#[test]
fn sizes_are_bounded() {
    let long = "x".repeat(limits::TEXT_BYTES + 1);
    let too_many = |change: &dyn Fn(&mut ProbeReport)| {
        let mut report = sample();
        change(&mut report);
        match read_report(write_report(&report).as_bytes()) {
            Err(ReportRefused::TooMany { path, .. }) => path,
            other => panic!("{other:?}"),
        }
    };
    let text = too_many(&|it| it.asked.ehlo_name.clone_from(&long));
    assert_eq!(text, "asked.ehlo_name");
    let text = too_many(&|it| it.visits[1].steps = vec![it.visits[0].steps[0].clone(); 65]);
    assert_eq!(text, "visits[1].steps");
    let text = too_many(&|it| it.visits = vec![it.visits[1].clone(); limits::VISITS + 1]);
    assert_eq!(text, "visits");
    let text = too_many(&|it| {
        it.lookups[2].answer = portolan_report::probe::Answer::Failed { text: long.clone() }
    });
    assert_eq!(text, "lookups[2].answer.text");
    let spaces = vec![b' '; limits::REPORT_BYTES + 1];
    assert_eq!(
        read_report(&spaces),
        Err(ReportRefused::TooLarge {
            bytes: spaces.len()
        })
    );
    let deep = "[".repeat(100_000);
    assert!(read_report(deep.as_bytes()).is_err());
    let deep = format!("{{\"schema\": 1, \"visits\": {deep}");
    assert!(read_report(deep.as_bytes()).is_err());
}
