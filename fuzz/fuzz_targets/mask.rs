//! Any bytes are masked to an end; places lie in them, in order; what is masked stays masked; the rest stays.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let mut end = 0;
    let mut rest = 0;
    for secret in portolan_mask::secrets(text) {
        assert!(secret.span.start >= end && secret.span.end > secret.span.start);
        rest += secret.span.start - end;
        end = secret.span.end;
    }
    assert!(end <= text.len() as u64);
    rest += text.len() as u64 - end;
    let masked = portolan_mask::mask(text);
    assert!(masked.len() as u64 >= rest);
    let _ = portolan_mask::addresses(&masked);
});
