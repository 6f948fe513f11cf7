//! The public suite of RFC 7208 as worlds: a zone, and senders with what they should come to. And the few words of the
//! harness' language that runners need.

#[path = "../scenarios/mod.rs"]
mod scenarios;

use portolan_dns::spf::{Explanation, Outcome, Zone};
pub(crate) use scenarios::Case;

const RESULTS: usize = 203;
const EXPLANATIONS: usize = 22;

/// What was right, and what was not.
#[derive(Default)]
pub(crate) struct Score {
    results: usize,
    explanations: usize,
    misses: Vec<String>,
}

/// Runs the one test of a file; without the suite it says that it was ignored.
pub(crate) fn main(test: &str, run: fn(Vec<(Zone, Vec<Case>)>) -> Score) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|it| it == wanted);
    if has("--list") {
        if !has("--ignored") {
            println!("{test}: test");
        }
        return;
    }
    println!("\nrunning 1 test");
    let Ok(suite) = std::fs::read_to_string(scenarios::path()) else {
        println!("test {test} ... ignored, PORTOLAN_SPF_SUITE names no file");
        println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n");
        return;
    };
    let worlds = scenarios::read(&suite)
        .into_iter()
        .map(|it| (it.zone, it.cases))
        .collect();
    let score = run(worlds);
    println!(
        "{} results and {} explanations are right",
        score.results, score.explanations
    );
    assert!(score.misses.is_empty(), "{}", score.misses.join("\n"));
    assert_eq!((score.results, score.explanations), (RESULTS, EXPLANATIONS));
    println!("test {test} ... ok");
    println!("\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n");
}

impl Score {
    pub(crate) fn add(&mut self, case: &Case, outcome: &Outcome) {
        let Case { id, result, .. } = case;
        let found = outcome.result.to_string();
        if found == *result {
            self.results += 1;
        } else {
            self.misses
                .push(format!("{id}: expected {result}, but found {found}"));
        }
        let Some(wanted) = &case.explanation else {
            return;
        };
        let found = match &outcome.explanation {
            Some(Explanation::Text(text)) => text.as_str(),
            Some(Explanation::Default) => "DEFAULT",
            None => "",
        };
        if found == wanted {
            self.explanations += 1;
        } else {
            self.misses
                .push(format!("{id}: expected {wanted:?}, but found {found:?}"));
        }
    }
}
