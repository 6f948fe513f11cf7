//! Where a log is cut changes nothing; what is counted adds up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_smtp::LogReader;

fuzz_target!(|input: (&[u8], u8)| {
    let (text, size) = input;
    let mut whole = LogReader::new();
    whole.push(text);
    let whole = whole.finish();
    let mut pieces = LogReader::new();
    for piece in text.chunks(usize::from(size).max(1)) {
        pieces.push(piece);
    }
    assert_eq!(whole, pieces.finish());
    assert!(whole.records <= whole.lines);
    let lost: u64 = whole.causes.iter().map(|it| it.counts.lost).sum();
    assert!(lost + whole.unexplained.lost >= whole.bounced + whole.rejected);
});
