//! Replies of a server, cut anywhere: read in bounded memory, and the same however they are cut.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_probe::probe::dialogue::{MAX_BYTES, Reader, State};
use portolan_report::probe::{Offers, limits};

fuzz_target!(|data: &[u8]| {
    let Some((&step, text)) = data.split_first() else { return };
    let mut whole = Reader::default();
    let state = whole.push(text);
    let mut cut = Reader::default();
    let mut last = State::More;
    for piece in text.chunks(usize::from(step).max(1)) {
        last = cut.push(piece);
        if last != State::More {
            break;
        }
    }
    if !text.is_empty() {
        assert_eq!(state, last);
        assert_eq!(whole.lines(), cut.lines());
        assert_eq!(whole.reply(), cut.reply());
    }
    let reply = whole.reply();
    assert!(whole.bytes() <= MAX_BYTES + 1 && reply.lines.len() <= limits::LINES);
    for line in &reply.lines {
        assert!(line.len() <= limits::TEXT_BYTES && !line.chars().any(char::is_control));
    }
    let offers = Offers::of(&reply.lines);
    assert!(offers.keywords.len() <= limits::LINES);
});
