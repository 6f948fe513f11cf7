//! Real cases, read from where `PORTOLAN_CORPUS` says (a file of JSON lines; beside the project by default).
//!
//! Three in ten, by a hash of where they come from, are set aside: their misses are not shown.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test says so when it fails"
)]

mod common;

use std::path::{Path, PathBuf};

use common::coarse;
use portolan_smtp::{Stage, analyze};
use serde::Deserialize;
use sha2::{Digest, Sha256};

#[derive(Deserialize)]
struct Case {
    id: String,
    source: String,
    text: String,
    cause: String,
    also: Vec<String>,
    stage: String,
}

impl Case {
    /// Whether the last byte of the hash says so.
    fn is_aside(&self) -> bool {
        let hash = Sha256::digest(self.source.as_bytes());
        // The whole hash as one number, by its last digit.
        let rest = hash
            .iter()
            .fold(0_u32, |rest, byte| (rest * 256 + u32::from(*byte)) % 10);
        rest < 3
    }
}

fn cases() -> Option<Vec<Case>> {
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/cases.jsonl");
    let path = std::env::var_os("PORTOLAN_CORPUS").map_or_else(beside, PathBuf::from);
    let text = std::fs::read_to_string(path).ok()?;
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

#[test]
fn first_causes_of_real_cases_are_right() {
    let Some(cases) = cases() else {
        eprintln!("no corpus: PORTOLAN_CORPUS names none");
        return;
    };
    let mut misses = Vec::new();
    for (aside, floors) in [(false, SEEN), (true, ASIDE)] {
        let (mut all, mut right, mut staged) = (0_u32, 0_u32, 0_u32);
        let (mut sure, mut sure_and_right) = (0_u32, 0_u32);
        for case in cases.iter().filter(|case| case.is_aside() == aside) {
            let analysis = analyze(case.text.as_bytes());
            let first = analysis.findings.first();
            let cause = first.map_or("none", |it| it.cause.id);
            let stage = first.map_or(Stage::None, |it| it.stage);
            let is_right = cause == case.cause || case.also.iter().any(|it| it == cause);
            all += 1;
            right += u32::from(is_right);
            let is_sure = first.is_some_and(|it| it.confidence >= 90);
            sure += u32::from(is_sure);
            sure_and_right += u32::from(is_sure && is_right);
            staged += u32::from(coarse(stage.id()) == coarse(&case.stage));
            if !is_right && !aside {
                misses.push(format!(
                    "{}: expected {}, but found {cause}",
                    case.id, case.cause
                ));
            }
        }
        let share = |part: u32| f64::from(part) / f64::from(all);
        let name = if aside { "aside" } else { "seen" };
        println!(
            "{name}: {all} cases, cause {:.3}, stage {:.3}; of {sure} at 0.9 or surer {:.3} right",
            share(right),
            share(staged),
            f64::from(sure_and_right) / f64::from(sure.max(1))
        );
        assert!(
            f64::from(sure_and_right) >= 0.9 * f64::from(sure),
            "{name}: sure findings are right less often than nine times in ten"
        );
        assert!(
            share(right) >= floors.0 && share(staged) >= floors.1,
            "{name}:\n{}",
            misses.join("\n")
        );
    }
}

/// Shares of right causes and right stages.
const SEEN: (f64, f64) = (0.98, 0.90);
const ASIDE: (f64, f64) = (0.82, 0.66);
