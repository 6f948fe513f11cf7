//! The record zoo: records and small zones, each with exactly the findings that it has to have.
//!
//! A case stands in `zoo/*.toml`. `area` is the start of the ids that are held against `expect`; what other areas say is not
//! looked at. Unless a case is `bare`, a sound domain lies around its record.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

mod book;

use std::collections::{BTreeMap, BTreeSet};

use book::{Book, Case, books, surveyed, world};
use portolan_dns::finding::Who;
use portolan_dns::lookup::Kind;
use portolan_dns::rules;
use portolan_dns::survey::{Posture, State, readiness};

#[test]
fn every_record_has_exactly_its_findings() {
    let (mut count, mut misses, mut reached) = (0, Vec::new(), BTreeSet::new());
    for (file, book) in books() {
        for case in &book.case {
            count += 1;
            let posture = surveyed(&book, case, &world(&book, case));
            let told = held(&book, case, &posture, &mut reached).and_then(|()| agreed(&posture));
            if let Err(miss) = told {
                misses.push(format!("{file}: {}: {miss}", case.name));
            }
        }
    }
    assert!(
        misses.is_empty(),
        "{} of {count}:\n{}",
        misses.len(),
        misses.join("\n")
    );
    let all: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    let never: Vec<&&str> = all.iter().filter(|id| !reached.contains(**id)).collect();
    assert!(never.is_empty(), "no case expects {never:?}");
    assert!(count >= 150, "{count} cases");
}

/// What is suggested for one record is one record, but for the steps that come on top of it.
fn agreed(posture: &Posture) -> Result<(), String> {
    const ON_TOP: [&str; 3] = [
        "dmarc-policy-none",
        "dmarc-testing",
        "spf-address-not-passed",
    ];
    let mut values: BTreeMap<&str, &str> = BTreeMap::new();
    for finding in &posture.findings {
        let Some(publish) = finding.publish.as_ref().filter(|it| {
            it.kind == Kind::Txt
                && finding.who == Who::Owner
                && it.name == finding.at.name.as_str()
                && !ON_TOP.contains(&finding.rule.id)
        }) else {
            continue;
        };
        let known = values.entry(&publish.name).or_insert(&publish.value);
        if *known != publish.value {
            return Err(format!("{known:?} and {:?} undo each other", publish.value));
        }
    }
    Ok(())
}

fn held(
    book: &Book,
    case: &Case,
    posture: &Posture,
    reached: &mut BTreeSet<String>,
) -> Result<(), String> {
    let own: Vec<_> = posture
        .findings
        .iter()
        .filter(|it| {
            book.area
                .iter()
                .any(|area| it.rule.id.starts_with(area.as_str()))
        })
        .collect();
    let found: BTreeSet<&str> = own.iter().map(|it| it.rule.id).collect();
    let wanted: BTreeSet<&str> = case.expect.iter().map(String::as_str).collect();
    reached.extend(case.expect.iter().cloned());
    if found != wanted {
        let said: Vec<&str> = own.iter().map(|it| it.what.as_str()).collect();
        return Err(format!("expected {wanted:?}, but found {found:?} {said:?}"));
    }
    let first = case
        .expect
        .first()
        .and_then(|id| own.iter().find(|it| it.rule.id == id));
    if let Some(wanted) = &case.publish {
        let found = first
            .and_then(|it| it.publish.as_ref())
            .map(|it| it.value.as_str());
        if found != Some(wanted.as_str()) {
            return Err(format!(
                "expected to publish {wanted:?}, but found {found:?}"
            ));
        }
    }
    let publish = first.and_then(|it| it.publish.as_ref());
    if let Some(wanted) = &case.publish_at {
        let found = publish.map(|it| &it.name);
        if found != Some(wanted) {
            return Err(format!("expected it at {wanted}, but found {found:?}"));
        }
    }
    if case.no_publish && publish.is_some() {
        return Err(format!(
            "expected to publish nothing, but found {publish:?}"
        ));
    }
    if let Some(wanted) = &case.who {
        let found = first.map(|it| format!("{:?}", it.who).to_lowercase());
        if found.as_ref() != Some(wanted) {
            return Err(format!("expected {wanted}, but found {found:?}"));
        }
    }
    if let Some(wanted) = &case.severity {
        let found = first.map(|it| it.rule.severity.to_string());
        if found.as_ref() != Some(wanted) {
            return Err(format!("expected {wanted}, but found {found:?}"));
        }
    }
    if let Some(wanted) = &case.says {
        let found = first.map(|it| it.what.as_str());
        if !found.is_some_and(|it| it.contains(wanted.as_str())) {
            return Err(format!("expected {wanted:?}, but found {found:?}"));
        }
    }
    if let Some(wanted) = &case.result {
        let found = posture.spf_check.as_ref().map(|it| it.result.to_string());
        if found.as_ref() != Some(wanted) {
            return Err(format!("expected {wanted}, but found {found:?}"));
        }
    }
    if let Some(wanted) = case.lookups
        && posture.spf.lookups() != wanted
    {
        return Err(format!(
            "expected {wanted} look-ups, but found {}",
            posture.spf.lookups()
        ));
    }
    for [receiver, id, wanted] in &case.bulk {
        let state = readiness(posture)
            .iter()
            .find(|it| format!("{:?}", it.receiver).to_lowercase() == *receiver && it.id == id)
            .map(|it| it.state);
        let wanted = match wanted.as_str() {
            "met" => State::Met,
            "not-met" => State::NotMet,
            "unknown" => State::Unknown,
            other => panic!("{other}"),
        };
        if state != Some(wanted) {
            return Err(format!(
                "{receiver} {id}: expected {wanted:?}, but found {state:?}"
            ));
        }
    }
    Ok(())
}
