//! Any bytes are read as each kind of record to an end; places lie in them; what is printed of SPF reads as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_dns::{bimi, dkim, dmarc, mta_sts, spf, tags, tls_rpt, tlsa};

fuzz_target!(|text: &[u8]| {
    let within = |start: u64, end: u64| assert!(start <= end && end <= text.len() as u64);
    let reading = spf::read(text);
    for fault in &reading.faults {
        within(fault.span.start, fault.span.end);
    }
    let again = spf::read(reading.record.to_string().as_bytes());
    assert!(again.faults.is_empty());
    assert!(again.record.terms.iter().map(|it| &it.1).eq(reading.record.terms.iter().map(|it| &it.1)));
    for tag in tags::Tags::read(text).tags {
        within(tag.span.start, tag.span.end);
    }
    let issues = [
        dkim::read(text).issues,
        dmarc::read(text).issues,
        mta_sts::read(text),
        tls_rpt::read(text),
        bimi::read(text),
    ];
    for span in issues.iter().flatten().filter_map(|it| it.span) {
        within(span.start, span.end);
    }
    let _ = mta_sts::read_policy(Some("text/plain"), text);
    if let Ok(record) = tlsa::Tlsa::read(&String::from_utf8_lossy(text)) {
        assert_eq!(tlsa::Tlsa::read(&record.to_string()), Ok(record.clone()));
        let _ = record.matches(&[text.to_vec()]);
    }
});
