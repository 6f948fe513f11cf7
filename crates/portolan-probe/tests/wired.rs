//! The public suite of RFC 7208 over the wire: its zones answer on loopback, by UDP, and what they let time out stays silent.
//! Like the suite without a network, it says of itself when the file is not there.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says so when it fails"
)]

#[path = "domain/fault.rs"]
#[expect(dead_code, reason = "misbehaviour is tried elsewhere")]
mod fault;
#[path = "domain/server.rs"]
#[expect(dead_code, reason = "misbehaviour is tried elsewhere")]
mod server;
#[path = "../../portolan-dns/tests/suite/world.rs"]
mod world;

use std::time::{Duration, Instant};

use portolan_dns::spf::{Check, Step, Zone};
use portolan_probe::dns::{Timing, ask, side_by_side};
use server::Server;
use world::{Case, Score};

/// Nobody waits longer for what never comes; what does come, comes at once on loopback.
const STEP: Duration = Duration::from_millis(1_500);

fn main() {
    world::main("the_public_suite_of_rfc7208_over_the_wire", run);
}

fn run(worlds: Vec<(Zone, Vec<Case>)>) -> Score {
    let mut score = Score::default();
    for (zone, cases) in worlds {
        let server = Server::start(zone);
        for case in cases {
            let mut check = Check::new(case.query.clone());
            let outcome = loop {
                match check.step().clone() {
                    Step::Done(outcome) => break outcome,
                    Step::Ask(open) => {
                        let timing = Timing {
                            step: STEP,
                            deadline: Instant::now() + Duration::from_mins(1),
                        };
                        let answers =
                            side_by_side(&open, |it| ask(it, server.address, timing).answer());
                        for (lookup, answer) in open.into_iter().zip(answers) {
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
