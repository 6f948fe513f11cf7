//! Any bytes are read to an end; what is found lies in them, in order.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let analysis = portolan_smtp::analyze(text);
    let length = text.len() as u64;
    for finding in &analysis.findings {
        assert!(finding.evidence.start < finding.evidence.end && finding.evidence.end <= length);
        assert!(finding.confidence <= 100);
    }
    let mut end = 0;
    for event in &analysis.events {
        assert!(event.span.start >= end && event.span.end > event.span.start);
        end = event.span.end;
    }
    assert!(end <= length);
});
