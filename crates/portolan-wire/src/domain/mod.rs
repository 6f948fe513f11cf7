//! The published JSON form of a domain's report: written, and strictly read. A report may come from a stranger.
//!
//! The types are those of `portolan_report::domain`; `tests/domain` keeps a sample of every form that was ever published.

mod bounds;

use portolan_report::domain::{DomainReport, SCHEMA, limits};
use serde::Deserialize;

use crate::ReportRefused;

/// The report as JSON in one line.
pub fn write_domain_report(report: &DomainReport) -> String {
    // Texts as keys alone, and no number that JSON does not have: writing cannot fail.
    serde_json::to_string(report).unwrap_or_default()
}

/// The report as JSON for people.
pub fn write_domain_report_pretty(report: &DomainReport) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default()
}

/// Whether a text says of itself that it is the report of a domain, of whatever form.
pub fn is_domain_report(bytes: &[u8]) -> bool {
    bytes.len() <= limits::REPORT_BYTES
        && serde_json::from_slice(bytes).is_ok_and(|it: Head| it.kind.as_deref() == Some(KIND))
}

const KIND: &str = "domain";

/// Reads a report.
///
/// # Errors
///
/// It is too large, no JSON, of another kind or form, or not as its form has it: with the place.
pub fn read_domain_report(bytes: &[u8]) -> Result<DomainReport, ReportRefused> {
    if bytes.len() > limits::REPORT_BYTES {
        return Err(ReportRefused::TooLarge { bytes: bytes.len() });
    }
    let head: Head =
        serde_json::from_slice(bytes).map_err(|error| ReportRefused::at(bytes, &error))?;
    match (head.kind.as_deref(), head.schema) {
        (Some(KIND), Some(SCHEMA)) => {}
        (Some(KIND), Some(found)) => return Err(ReportRefused::OtherSchema { found }),
        (Some(KIND), None) => return Err(ReportRefused::NoSchema),
        _ => return Err(ReportRefused::NotOfDomain),
    }
    let report: DomainReport =
        serde_json::from_slice(bytes).map_err(|error| ReportRefused::at(bytes, &error))?;
    bounds::check(&report)?;
    Ok(report)
}

/// What every form has had and will have.
#[derive(Default, Deserialize)]
struct Head {
    kind: Option<String>,
    schema: Option<u32>,
}
