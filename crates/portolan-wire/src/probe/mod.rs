//! The published JSON form of a check's report: written, and strictly read. A report may come from a stranger.
//!
//! The types are those of `portolan_report::probe`; here stand what is checked before one is believed, and how a refusal is
//! told. `tests/probe` keeps a sample of every form that was ever published.

pub(crate) mod bounds;
mod place;
mod refused;

use portolan_report::probe::{ProbeReport, SCHEMA, limits};
pub use refused::ReportRefused;
use serde::Deserialize;

/// The report as JSON in one line.
pub fn write_report(report: &ProbeReport) -> String {
    // Texts as keys alone, and no number that JSON does not have: writing cannot fail.
    serde_json::to_string(report).unwrap_or_default()
}

/// The report as JSON for people.
pub fn write_report_pretty(report: &ProbeReport) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default()
}

/// Reads a report.
///
/// # Errors
///
/// It is too large, no JSON, of a form that this version does not know, or not as its form has it: with the place.
pub fn read_report(bytes: &[u8]) -> Result<ProbeReport, ReportRefused> {
    if bytes.len() > limits::REPORT_BYTES {
        return Err(ReportRefused::TooLarge { bytes: bytes.len() });
    }
    let head: Head =
        serde_json::from_slice(bytes).map_err(|error| ReportRefused::at(bytes, &error))?;
    match head.schema {
        Some(SCHEMA) => {}
        Some(found) => return Err(ReportRefused::OtherSchema { found }),
        None => return Err(ReportRefused::NoSchema),
    }
    let report: ProbeReport =
        serde_json::from_slice(bytes).map_err(|error| ReportRefused::at(bytes, &error))?;
    bounds::check(&report)?;
    Ok(report)
}

/// What every form has had and will have.
#[derive(Default, Deserialize)]
struct Head {
    schema: Option<u32>,
}
