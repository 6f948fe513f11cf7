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

#[path = "suite/world.rs"]
mod world;

use portolan_dns::spf::{Check, Step, Zone, answer_from_zone};
use world::{Case, Score};

fn main() {
    world::main("the_public_suite_of_rfc7208", run);
}

fn run(worlds: Vec<(Zone, Vec<Case>)>) -> Score {
    let mut score = Score::default();
    for (zone, cases) in worlds {
        for case in cases {
            let mut check = Check::new(case.query.clone());
            let outcome = loop {
                match check.step().clone() {
                    Step::Done(outcome) => break outcome,
                    Step::Ask(open) => {
                        for lookup in open {
                            let answer = answer_from_zone(&zone, &lookup);
                            check.answer(lookup, answer);
                        }
                    }
                }
            };
            score.add(&case, &outcome);
        }
    }
    score
}
