//! What servers, clients and systems say: `replies.toml`; in other languages: `languages.toml`.

#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use portolan_smtp::analyze;
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    cause: String,
    text: String,
}

fn cases() -> Vec<Case> {
    [include_str!("replies.toml"), include_str!("languages.toml")]
        .into_iter()
        .flat_map(|text| toml::from_str::<Cases>(text).unwrap().case)
        .collect()
}

/// The first cause of a text, and those that are as likely.
fn named(text: &str) -> Vec<&'static str> {
    let analysis = analyze(text.as_bytes());
    let first = analysis.findings.first().map_or("none", |it| it.cause.id);
    let mut named = vec![first];
    named.extend(analysis.also);
    named
}

#[test]
fn every_reply_names_its_cause() {
    let mut report = Vec::new();
    for case in cases() {
        let found = named(&case.text);
        if !found.contains(&case.cause.as_str()) {
            report.push(format!(
                "{}: expected {}, but found {found:?}",
                case.text, case.cause
            ));
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// What surrounds a reply changes nothing: quotes, prefixes of programs, wrapped lines, escapes, another case.
#[test]
fn what_surrounds_a_reply_changes_nothing() {
    let mut report = Vec::new();
    for case in cases() {
        let plain = named(&case.text);
        let wrapped = case.text.replacen(' ', "\n    ", 3);
        for around in [
            format!("> {}", case.text),
            format!("2026-11-25T10:00:00Z app-1 | ERROR: {}", case.text),
            format!("b'{}\\r\\n'", case.text),
            format!("\r\n\t{}\r\n", case.text),
            case.text.to_uppercase(),
            wrapped,
        ] {
            if named(&around) != plain {
                report.push(format!(
                    "{around:?}: expected {plain:?}, but found {:?}",
                    named(&around)
                ));
            }
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes end, and what is found lies in them.
    #[test]
    fn evidence_lies_in_the_text(
        noise in prop::collection::vec(any::<u8>(), 0..200),
        at in any::<prop::sample::Index>(),
        tail in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let cases = cases();
        let mut text = noise;
        text.extend(cases[at.index(cases.len())].text.as_bytes());
        text.extend(tail);
        for finding in analyze(&text).findings {
            let (start, end) = (finding.evidence.start, finding.evidence.end);
            prop_assert!(start < end && end <= text.len() as u64, "{start}-{end} of {}", text.len());
        }
    }
}

#[derive(Deserialize)]
struct Roots {
    case: Vec<Root>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Root {
    cause: String,
    stage: Option<String>,
    text: String,
}

#[test]
fn the_root_is_named_and_not_its_echo() {
    let roots: Roots = toml::from_str(include_str!("roots.toml")).unwrap();
    let mut report = Vec::new();
    for case in roots.case {
        let analysis = analyze(case.text.as_bytes());
        let found = analysis
            .findings
            .first()
            .map_or(("none", "none"), |it| (it.cause.id, it.stage.id()));
        let stage = case.stage.as_deref().unwrap_or(found.1);
        if found != (case.cause.as_str(), stage) {
            report.push(format!(
                "{}: expected {} at {stage}, but found {found:?}",
                case.text, case.cause
            ));
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

#[derive(Deserialize)]
struct Nothing {
    texts: Vec<String>,
}

#[test]
fn what_is_no_failure_names_none() {
    let nothing: Nothing = toml::from_str(include_str!("nothing.toml")).unwrap();
    for text in nothing.texts {
        assert_eq!(named(&text), ["none"], "{text}");
    }
}
