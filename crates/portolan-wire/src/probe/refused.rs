//! Why a report is not taken.

use core::fmt;

use portolan_report::probe::{SCHEMA, limits};

/// Why a report is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportRefused {
    /// Not as its form has it.
    Malformed {
        /// The path to the place, as `visits[0].port`; empty: the whole.
        path: String,
        /// Its line, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
        /// What was expected, and what was found.
        text: String,
    },
    /// It does not say of which form it is, so that it may be no report at all.
    NoSchema,
    /// It is the report of something else, where one of a domain is wanted.
    NotOfDomain,
    /// A form that this version does not know.
    OtherSchema {
        /// Its number.
        found: u32,
    },
    /// More of something than a report may hold.
    TooMany {
        /// The path to the place.
        path: String,
        /// How many are there.
        found: usize,
        /// How many there may be.
        at_most: usize,
    },
    /// More bytes than a report may have.
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
}

impl ReportRefused {
    pub(crate) fn at(json: &[u8], error: &serde_json::Error) -> Self {
        let (line, column) = (error.line(), error.column());
        // The library writes the place behind its sentence.
        let text = error.to_string();
        let place = format!(" at line {line} column {column}");
        let text = text.strip_suffix(&place).unwrap_or(&text).to_owned();
        Self::Malformed {
            path: super::place::path(json, line, column),
            line,
            column,
            text,
        }
    }
}

impl fmt::Display for ReportRefused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed {
                path,
                line,
                column,
                text,
            } => {
                write!(out, "line {line}, column {column}")?;
                if !path.is_empty() {
                    write!(out, " (`{path}`)")?;
                }
                write!(out, ": {text}")
            }
            Self::NoSchema => {
                out.write_str("expected a report of portolan-probe, but found no `schema`")
            }
            Self::NotOfDomain => out.write_str(
                "expected the report of a domain (`kind` is `domain`), but found another text",
            ),
            Self::OtherSchema { found } => write!(
                out,
                "expected a report of schema {SCHEMA}, but found {found}: another version of portolan-probe wrote it"
            ),
            Self::TooMany {
                path,
                found,
                at_most,
            } => write!(
                out,
                "`{path}`: expected at most {at_most}, but found {found}"
            ),
            Self::TooLarge { bytes } => write!(
                out,
                "expected at most {} bytes, but found {bytes}",
                limits::REPORT_BYTES
            ),
        }
    }
}

impl core::error::Error for ReportRefused {}
