//! What a check came to, and how it got there.

use std::fmt;

use portolan_report::Span;

use super::fault::Fault;
use super::macros::MacroString;
use crate::lookup::Lookup;

/// The result of a check (RFC 7208, section 2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpfResult {
    /// The address may send for the domain.
    Pass,
    /// It may not.
    Fail,
    /// Probably not.
    SoftFail,
    /// The domain does not say.
    Neutral,
    /// There is no record, or no domain to look at.
    None,
    /// The DNS did not answer; later it may.
    TempError,
    /// The records cannot be followed; somebody has to mend them.
    PermError,
}

/// What a refused sender is to be told (section 6.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explanation {
    /// The domain gives none, or one that cannot be used.
    Default,
    /// Text of a stranger, macros put in; at most 4,096 bytes.
    Text(String),
}

/// Why a check ended in an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The DNS did not answer.
    Dns(Lookup),
    /// More than 10 terms that look something up (section 4.6.4).
    Lookups,
    /// More than 10 mail exchangers behind one `mx`.
    Exchangers(String),
    /// More than one record at a name (section 4.5).
    ManyRecords(String),
    /// An include or a redirect leads to a name without record.
    NoRecord(String),
    /// The record of a name leaves the grammar.
    Syntax(String, Vec<Fault>),
    /// More than two look-ups that found nothing.
    Void,
}

/// The record of a domain, and what was done with its terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Whose record it is.
    pub domain: String,
    /// The record. `None`: there is none.
    pub text: Option<Vec<u8>>,
    /// The terms that were looked at, in order.
    pub visits: Vec<Visit>,
    /// What it came to.
    pub result: SpfResult,
    /// Why it is an error.
    pub problem: Option<Problem>,
    /// The explanation that belongs to a fail, and the domain that macros in it mean.
    pub(super) exp: Option<(MacroString, String)>,
}

/// A term that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its bytes in the record.
    pub span: Span,
    /// The term as it is understood.
    pub term: String,
    /// Counted look-ups in it, those of the records that it leads to included.
    pub lookups: u32,
    /// Look-ups in it that found nothing.
    pub voids: u32,
    /// What it came to.
    pub outcome: Visited,
    /// The record that it leads to.
    pub child: Option<Box<Node>>,
}

/// What a term came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visited {
    /// It decides.
    Match,
    /// It does not.
    NoMatch,
    /// The check ended in it.
    Error,
}

/// A check's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The result.
    pub result: SpfResult,
    /// What to tell a refused sender. `None`: the result is no fail.
    pub explanation: Option<Explanation>,
    /// How it came about.
    pub trace: Node,
    /// Terms that looked something up; 10 are allowed.
    pub lookups: u32,
    /// Look-ups that found nothing; 2 are allowed.
    pub voids: u32,
}

impl Problem {
    /// The result that it leads to.
    pub const fn result(&self) -> SpfResult {
        match self {
            Self::Dns(_) => SpfResult::TempError,
            _ => SpfResult::PermError,
        }
    }
}

impl fmt::Display for SpfResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::SoftFail => "softfail",
            Self::Neutral => "neutral",
            Self::None => "none",
            Self::TempError => "temperror",
            Self::PermError => "permerror",
        })
    }
}
