//! Texts that other parts of the project have for tests of their own: pages of providers, and real failures.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use portolan_intake::{Kind, recognize};
use serde::Deserialize;

/// What leads to the advice with its endpoints read.
const DOCUMENTS: [Kind; 2] = [Kind::Configuration, Kind::Documentation];

/// What leads to the analyzer.
const FAILURES: [Kind; 6] = [
    Kind::Bounce,
    Kind::Code,
    Kind::Failure,
    Kind::Log,
    Kind::Mail,
    Kind::Session,
];

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[derive(Default)]
struct Count {
    right: usize,
    all: usize,
    taken: BTreeMap<Kind, usize>,
}

impl Count {
    fn add(&mut self, kind: Kind, right: &[Kind]) -> bool {
        self.all += 1;
        *self.taken.entry(kind).or_default() += 1;
        let is_right = right.contains(&kind);
        self.right += usize::from(is_right);
        is_right
    }

    fn per_cent(&self) -> usize {
        self.right * 100 / self.all.max(1)
    }
}

#[test]
fn pages_of_providers_are_taken_for_what_the_advice_reads() {
    let mut count = Count::default();
    for folder in ["seen", "aside"] {
        for entry in std::fs::read_dir(here().join("tests/documentation").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let (_, page) = text.split_once("\n---\n").unwrap();
            let taken = recognize(page.as_bytes());
            if !count.add(taken.kind, &DOCUMENTS) {
                println!("{}: {:?} {:?}", path.display(), taken.kind, taken.or);
            }
        }
    }
    println!("pages: {} of {}, {:?}", count.right, count.all, count.taken);
    assert!(
        count.all >= 100 && count.per_cent() >= PAGES,
        "{}",
        count.per_cent()
    );
}

/// In a hundred, as measured.
const PAGES: usize = 95;

#[derive(Deserialize)]
struct Case {
    id: String,
    text: String,
    cause: String,
    format: String,
}

#[test]
fn real_failures_are_taken_for_what_the_analyzer_reads() {
    let beside = || here().join("../shared/corpus/cases.jsonl");
    let path = std::env::var_os("PORTOLAN_CORPUS").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("no corpus: PORTOLAN_CORPUS names none");
        return;
    };
    let cases: Vec<Case> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let mut count = Count::default();
    for case in cases.iter().filter(|case| case.cause != "none") {
        let taken = recognize(case.text.as_bytes());
        if !count.add(taken.kind, &FAILURES) {
            println!(
                "{} ({}): {:?} {:?}",
                case.id, case.format, taken.kind, taken.or
            );
        }
    }
    println!(
        "failures: {} of {}, {:?}",
        count.right, count.all, count.taken
    );
    assert!(count.per_cent() >= CORPUS, "{}", count.per_cent());
}

/// In a hundred, as measured.
const CORPUS: usize = 95;
