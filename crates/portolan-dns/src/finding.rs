//! What is said of a domain's records: what is wrong, why it matters, what to publish, and on what that rests.

use std::fmt;

use portolan_report::Span;

use crate::lookup::{Kind, Lookup};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A record does not do what it is there for.
    Wrong,
    /// It does, and less well than it should.
    Weak,
    /// Worth knowing.
    Note,
}

/// Who can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Whoever runs the domain's zone.
    Owner,
    /// Somebody else: the owner of an address, a provider whose record is included, a resolver on the way.
    Other,
}

/// A section of a text that a finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cite {
    /// The id in `data/standards`.
    pub standard: &'static str,
    /// Its section.
    pub section: &'static str,
}

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Names the problem, in kebab case.
    pub id: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Who can usually change it.
    pub who: Who,
    /// Why it matters, in one sentence or two.
    pub why: &'static str,
    /// What that rests on.
    pub sources: &'static [Cite],
}

/// Something wrong with one record, as its reader tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Which kind.
    pub rule: &'static Rule,
    /// What is wrong, with the record's own words.
    pub what: String,
    /// The bytes of the record.
    pub span: Option<Span>,
}

/// A record to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// At which name.
    pub name: String,
    /// Of which type.
    pub kind: Kind,
    /// Its value, in the form of a zone file without quotes. What only the owner knows stands in capitals.
    pub value: String,
}

/// A finding of a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind.
    pub rule: &'static Rule,
    /// The question whose answer shows it.
    pub at: Lookup,
    /// What is wrong.
    pub what: String,
    /// The bytes of the record.
    pub span: Option<Span>,
    /// The record that mends it, where one does.
    pub publish: Option<Publish>,
    /// Who can change it here.
    pub who: Who,
}

impl Issue {
    pub(crate) fn new(rule: &'static Rule, what: impl Into<String>) -> Self {
        Self {
            rule,
            what: what.into(),
            span: None,
        }
    }

    pub(crate) fn at(rule: &'static Rule, what: impl Into<String>, span: Span) -> Self {
        Self {
            rule,
            what: what.into(),
            span: Some(span),
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wrong => "wrong",
            Self::Weak => "weak",
            Self::Note => "note",
        })
    }
}

impl fmt::Display for Cite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.standard.strip_prefix("rfc") {
            Some(number) => write!(f, "RFC {number}, section {}", self.section),
            None => write!(f, "{}, {}", self.standard, self.section),
        }
    }
}
