//! How long a verdict and the next question take, over all golden situations: `cargo bench -p portolan-advice`.
//!
//! The goal is 50 microseconds for a verdict. A timing is no test: nothing here fails.
#![expect(clippy::unwrap_used, reason = "a benchmark says so when it fails")]

#[path = "../tests/situations/case.rs"]
#[expect(dead_code, reason = "a benchmark does not look at what came out")]
mod case;

use divan::Bencher;
use divan::counter::ItemsCount;
use portolan_advice::{Answers, ProviderAnswer, UseCase, advise, next_question};
use portolan_facts::Facts;

fn main() {
    divan::main();
}

fn everything() -> (Facts, Vec<Answers>) {
    let answers = case::situations().iter().map(case::answers).collect();
    (portolan_builtin::facts(), answers)
}

/// One pass over all situations; the items are verdicts.
#[divan::bench]
fn verdict(bencher: Bencher<'_, '_>) {
    let (facts, answers) = everything();
    bencher.counter(ItemsCount::new(answers.len())).bench(|| {
        for said in &answers {
            divan::black_box(advise(&facts, divan::black_box(said)));
        }
    });
}

/// Every use case, provider and environment of the catalogue, on every core: the goal is 2 seconds.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn matrix(bencher: Bencher<'_, '_>) {
    let facts = portolan_builtin::facts();
    let mut all = Vec::new();
    for use_case in UseCase::ALL {
        for provider in facts.providers() {
            for environment in facts.environments() {
                all.push(Answers {
                    use_case: Some(*use_case),
                    provider: Some(ProviderAnswer::Catalogue(provider.id.clone())),
                    environments: vec![environment.id.clone()],
                    ..Answers::default()
                });
            }
        }
    }
    let cores = std::thread::available_parallelism().unwrap().get();
    let part = all.len().div_ceil(cores);
    bencher.counter(ItemsCount::new(all.len())).bench(|| {
        std::thread::scope(|scope| {
            let facts = &facts;
            for part in all.chunks(part) {
                scope.spawn(move || {
                    for said in part {
                        divan::black_box(advise(facts, divan::black_box(said)));
                    }
                });
            }
        });
    });
}

/// One pass over all situations; the items are questions.
#[divan::bench]
fn question(bencher: Bencher<'_, '_>) {
    let (facts, answers) = everything();
    bencher.counter(ItemsCount::new(answers.len())).bench(|| {
        for said in &answers {
            divan::black_box(next_question(&facts, divan::black_box(said)));
        }
    });
}
