//! Reports that were kept: a stranger's, perhaps, so that the strict reader reads them.

use std::fs::File;
use std::io::{self, Read};

use portolan_report::probe::{ProbeReport, limits};
use portolan_wire::{is_domain_report, read_report};

/// Reads the report of a file, or of standard input for `-`.
///
/// # Errors
///
/// It cannot be read, or is none, in words.
pub(crate) fn read(file: &str) -> Result<ProbeReport, String> {
    let bytes = bytes(file).map_err(|error| error.to_string())?;
    if is_domain_report(&bytes) {
        return Err(
            "this is the report of a domain: `portolan-probe domain --report FILE` shows it"
                .to_owned(),
        );
    }
    read_report(&bytes).map_err(|refused| refused.to_string())
}

/// One byte more than a report may have, so that a longer one is told and not cut.
fn bytes(file: &str) -> io::Result<Vec<u8>> {
    let limit = limits::REPORT_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(limit).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
