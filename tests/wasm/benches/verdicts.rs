//! How long a verdict and the next question take in a browser, over all golden situations: `cargo xtask measure`.
//!
//! Built as the page is, and with what the page has loaded by then: the names of the catalogue, and what was chosen.
//! A timing is no test: nothing here fails.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a benchmark says so when it fails")]

#[path = "../../../crates/portolan-advice/tests/situations/case.rs"]
#[expect(dead_code, reason = "a benchmark does not look at what came out")]
mod case;

use std::hint::black_box;

use portolan_advice::{Answers, ProviderAnswer, advise, next_question};
use portolan_facts::Facts;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::window;

wasm_bindgen_test_configure!(run_in_browser);

/// The allocator of the page.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Passes over all situations; the median of them is told.
const PASSES: usize = 31;

#[wasm_bindgen_test]
fn figures() {
    let everything = portolan_builtin::facts();
    let loaded: Vec<(Facts, Answers)> = case::situations()
        .iter()
        .map(case::answers)
        .map(|said| (loaded(&everything, &said), said))
        .collect();
    let verdict = median(|| {
        for (facts, said) in &loaded {
            black_box(advise(facts, black_box(said)));
        }
    });
    let question = median(|| {
        for (facts, said) in &loaded {
            black_box(next_question(facts, black_box(said)));
        }
    });
    let slowest = loaded
        .iter()
        .map(|(facts, said)| {
            median(|| {
                black_box(next_question(facts, black_box(said)));
            })
        })
        .fold(0.0, f64::max);
    let each =
        |milliseconds: f64| milliseconds * 1000.0 / f64::from(u32::try_from(loaded.len()).unwrap());
    console_log!(
        "| a verdict in the browser, mean of {} | {:.0} µs |",
        loaded.len(),
        each(verdict)
    );
    console_log!(
        "| the next question in the browser, mean | {:.0} µs |",
        each(question)
    );
    console_log!("| the same, slowest situation | {slowest:.1} ms |");
}

/// What the page has loaded when it answers.
fn loaded(everything: &Facts, said: &Answers) -> Facts {
    let mut facts = Facts::new(everything.core().clone());
    facts.set_index(everything.index().clone());
    let named = match &said.provider {
        Some(ProviderAnswer::Catalogue(id)) => Some(id.as_str()),
        _ => None,
    };
    let recognized = said
        .recognize
        .as_deref()
        .and_then(|text| everything.index().recognize(text));
    let provider = named.or(recognized.as_ref().map(|it| it.provider.id.as_str()));
    if let Some(it) = provider.and_then(|id| everything.provider(id)) {
        facts.add_provider((**it).clone());
    }
    for it in said
        .environments
        .iter()
        .filter_map(|id| everything.environment(id))
    {
        facts.add_environment((**it).clone());
    }
    if let Some(it) = said.client.as_deref().and_then(|id| everything.client(id)) {
        facts.add_client((**it).clone());
    }
    facts
}

/// The median time of a pass, in milliseconds. Browsers round their clock to a tenth of one.
fn median(mut pass: impl FnMut()) -> f64 {
    let clock = window().unwrap().performance().unwrap();
    let mut times: Vec<f64> = (0..PASSES)
        .map(|_| {
            let start = clock.now();
            pass();
            clock.now() - start
        })
        .collect();
    times.sort_by(f64::total_cmp);
    *times.get(PASSES / 2).unwrap()
}
