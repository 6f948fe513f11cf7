//! Real failures, read from where `PORTOLAN_CORPUS` says (a file of JSON lines), lead to the analyzer.
#![expect(clippy::disallowed_methods, reason = "a test reads files")]

use std::collections::BTreeMap;

use portolan_intake::{Kind, recognize};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    id: String,
    format: String,
    text: String,
    cause: String,
}

/// The kinds that the analyzer reads.
const FAILURES: [Kind; 5] = [
    Kind::Bounce,
    Kind::Code,
    Kind::Failure,
    Kind::Log,
    Kind::Session,
];

#[test]
fn real_failures_lead_to_the_analyzer() {
    let Some(path) = std::env::var_os("PORTOLAN_CORPUS") else {
        println!("no corpus: PORTOLAN_CORPUS names none");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut table: BTreeMap<String, BTreeMap<&str, u32>> = BTreeMap::new();
    let (mut all, mut right) = (0_u32, 0_u32);
    let mut misses = Vec::new();
    for case in text
        .lines()
        .map(|line| serde_json::from_str::<Case>(line).unwrap())
        .filter(|case| case.cause != "none")
    {
        let kind = recognize(case.text.as_bytes()).kind;
        *table
            .entry(case.format)
            .or_default()
            .entry(kind.id())
            .or_default() += 1;
        all += 1;
        if FAILURES.contains(&kind) {
            right += 1;
        } else {
            misses.push(format!("{}: {}", case.id, kind.id()));
        }
    }
    for (format, kinds) in &table {
        println!("{format:>28} {kinds:?}");
    }
    println!(
        "{right} of {all} lead to the analyzer\n{}",
        misses.join("\n")
    );
    assert!(right * 100 >= all * 95);
}
