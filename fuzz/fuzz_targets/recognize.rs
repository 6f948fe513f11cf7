//! Any bytes are taken for something, without an end to wait for; the second guess is another, and the subject no longer
//! than the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let taken = portolan_intake::recognize(text);
    assert!(taken.or != Some(taken.kind));
    // A byte that is no UTF-8 becomes three.
    assert!(taken.subject.is_none_or(|subject| subject.len() <= 3 * text.len()));
});
