//! Any text is read as pasted records, and judged.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let read = portolan_records::read(&text, None);
    let _ = portolan_records::assess(&read, None, 0);
});
