//! Any pasted text is read as records to an end, each from a line of the text, and judged.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let read = portolan_records::read(&text, None);
    let lines = u32::try_from(text.lines().count() + 1).unwrap_or(u32::MAX);
    assert!(read.records.iter().all(|it| it.line <= lines));
    assert!(read.kept.iter().all(|it| it.line <= lines));
    if let Some(pasted) = portolan_check::domain::pasted(&read, 0) {
        let _ = portolan_check::domain::assess(&pasted.report);
    }
});
