//! The forms in which a check is shown: one function a form, each from a report and its assessment, without an opinion of its
//! own.

mod human;
mod json;

use std::io::{self, Write};

use portolan_check::Assessment;
use portolan_report::probe::ProbeReport;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For a person.
    Human {
        /// With marks of a terminal.
        colour: bool,
    },
    /// The report as JSON.
    Json,
}

/// Shows a check.
///
/// # Errors
///
/// What is written to cannot be written to.
pub fn render(
    form: Form,
    report: &ProbeReport,
    assessment: &Assessment,
    out: &mut impl Write,
) -> io::Result<()> {
    match form {
        Form::Human { colour } => human::human(report, assessment, colour, out),
        Form::Json => json::json(report, out),
    }
}
