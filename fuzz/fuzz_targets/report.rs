//! Reports of strangers, of checks and of domains: read or refused, and what is read means something without a panic, and comes
//! back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_wire::{read_domain_report, read_report, write_domain_report, write_report};

fuzz_target!(|data: &[u8]| {
    match read_report(data) {
        Ok(report) => {
            let _ = portolan_check::assess(&report);
            assert_eq!(read_report(write_report(&report).as_bytes()), Ok(report));
        }
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
    match read_domain_report(data) {
        Ok(report) => {
            let assessment = portolan_check::domain::assess(&report);
            let _ = portolan_check::domain::markdown(&report, &assessment);
            assert_eq!(read_domain_report(write_domain_report(&report).as_bytes()), Ok(report));
        }
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
});
