//! The forms in which a check is shown: one function a form, each from a report and its assessment, without an opinion of its
//! own.

mod human;
mod json;
mod junit;
mod markdown;
mod nagios;
mod prometheus;
#[cfg(test)]
mod samples;
mod style;
#[cfg(test)]
mod tests;
mod timing;

use std::io::{self, Write};
pub use style::Style;

pub use nagios::{BadThresholds, Thresholds};
use portolan_check::{Assessment, Level};
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
    /// XML for builds.
    Junit,
    /// For a ticket or a chat.
    Markdown,
    /// A line for Nagios and its kin.
    Nagios {
        /// From when on it warns.
        warning: Thresholds,
        /// From when on it is critical.
        critical: Thresholds,
    },
    /// Metrics as text.
    Prometheus,
}

/// Shows a check, and gives the exit code: 0 nothing wrong, 1 a problem, 3 not decided; for Nagios those of a plugin.
///
/// # Errors
///
/// What is written to cannot be written to.
pub fn render(
    form: Form,
    report: &ProbeReport,
    assessment: &Assessment,
    out: &mut impl Write,
) -> io::Result<u8> {
    match form {
        Form::Human { colour } => human::human(report, assessment, colour, out)?,
        Form::Json => json::json(report, out)?,
        Form::Junit => out.write_all(junit::junit(report, assessment).as_bytes())?,
        Form::Markdown => out.write_all(markdown::markdown(report, assessment).as_bytes())?,
        Form::Nagios { warning, critical } => {
            let (text, code) = nagios::nagios(report, assessment, warning, critical);
            out.write_all(text.as_bytes())?;
            return Ok(code);
        }
        Form::Prometheus => out.write_all(prometheus::prometheus(report, assessment).as_bytes())?,
    }
    Ok(exit_code(assessment))
}

/// The exit code of every form but that of Nagios.
const fn exit_code(assessment: &Assessment) -> u8 {
    match assessment.verdict.level {
        Level::Fine => 0,
        Level::Problem => 1,
        Level::Undecided => 3,
    }
}

/// A text in one line, without what a terminal or a parser of lines acts upon.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect()
}
