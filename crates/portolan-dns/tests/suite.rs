//! The public suite of RFC 7208: every result, and every explanation.
//!
//! Its file is not the project's: `PORTOLAN_SPF_SUITE` names it (by default it lies beside the project). Without it the test
//! says that it was ignored, which a run that may skip nothing fails on; the compiler's harness cannot say so, therefore the
//! few words of its language that runners need are spoken here.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says so when it fails"
)]

mod scenarios;

use portolan_dns::spf::Explanation;

const TEST: &str = "the_public_suite_of_rfc7208";
const RESULTS: usize = 203;
const EXPLANATIONS: usize = 22;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|it| it == wanted);
    if has("--list") {
        if !has("--ignored") {
            println!("{TEST}: test");
        }
        return;
    }
    println!("\nrunning 1 test");
    let Ok(text) = std::fs::read_to_string(scenarios::path()) else {
        println!("test {TEST} ... ignored, PORTOLAN_SPF_SUITE names no file");
        println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n");
        return;
    };
    let (results, explanations, misses) = run(&text);
    println!("{results} results and {explanations} explanations are right");
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    assert_eq!((results, explanations), (RESULTS, EXPLANATIONS));
    println!("test {TEST} ... ok");
    println!("\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n");
}

fn run(text: &str) -> (usize, usize, Vec<String>) {
    let (mut results, mut explanations, mut misses) = (0, 0, Vec::new());
    for scenario in scenarios::read(text) {
        for case in &scenario.cases {
            let outcome = scenarios::outcome(&scenario.zone, &case.query);
            let (id, wanted) = (&case.id, &case.result);
            let found = outcome.result.to_string();
            if found == *wanted {
                results += 1;
            } else {
                misses.push(format!("{id}: expected {wanted}, but found {found}"));
            }
            let Some(wanted) = &case.explanation else {
                continue;
            };
            let found = match &outcome.explanation {
                Some(Explanation::Text(text)) => text.as_str(),
                Some(Explanation::Default) => "DEFAULT",
                None => "",
            };
            if found == wanted {
                explanations += 1;
            } else {
                misses.push(format!("{id}: expected {wanted:?}, but found {found:?}"));
            }
        }
    }
    (results, explanations, misses)
}
