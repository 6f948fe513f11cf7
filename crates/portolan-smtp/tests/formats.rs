//! Failures as programs of some sixty formats show them: cause and stage.

mod common;

use common::coarse;
use portolan_smtp::{Stage, analyze};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    format: String,
    cause: String,
    #[serde(default)]
    also: Vec<String>,
    stage: String,
    text: String,
}

#[test]
fn every_format_is_read() {
    let cases: Cases = toml::from_str(include_str!("formats.toml")).unwrap();
    let mut misses = Vec::new();
    let (mut right, mut staged) = (0_usize, 0_usize);
    for case in &cases.case {
        let analysis = analyze(case.text.as_bytes());
        let first = analysis.findings.first();
        let cause = first.map_or("none", |it| it.cause.id);
        let stage = first.map_or(Stage::None, |it| it.stage).id();
        if cause == case.cause || case.also.iter().any(|it| it == cause) {
            right += 1;
        } else {
            misses.push(format!(
                "{}: expected {}, but found {cause}",
                case.format, case.cause
            ));
        }
        staged += usize::from(coarse(stage) == coarse(&case.stage));
    }
    let all = cases.case.len();
    println!("{all} cases, cause {right}, stage {staged}");
    assert!(
        right * 100 >= all * CAUSES,
        "{right} of {all}:\n{}",
        misses.join("\n")
    );
    assert!(
        staged * 100 >= all * STAGES,
        "stage right in {staged} of {all}"
    );
}

/// Right causes and stages, in hundredths.
const CAUSES: usize = 98;
const STAGES: usize = 87;
