//! What the report of a domain means, in words: the verdict, what is wrong with the record that mends it, and a map of what was
//! found. Command line and page say it alike.
//!
//! The rules are those of `portolan-dns`; a report is judged anew each time, by feeding its answers to a survey. Nothing that
//! a stranger wrote acts upon a terminal: every line is made printable.

mod align;
mod convert;
mod differ;
mod dots;
mod feed;
mod map;
mod markdown;
mod pasted;
mod posture;
mod rules;
#[cfg(test)]
mod tests;
mod told;
mod verdict;

pub use convert::{kept_answer, kept_kind, read_kind};
use feed::Seen;
pub use markdown::markdown;
pub use pasted::{Aside, Pasted, pasted};
use portolan_dns::finding::Severity;
use portolan_dns::lookup::Lookup;
use portolan_dns::spf::Outcome;
use portolan_dns::survey::Posture;
use portolan_report::domain::DomainReport;
use portolan_report::probe::printable;
pub use posture::{Item, items};
pub use told::{Told, zone_line};

use crate::Verdict;

/// What a report of a domain means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainAssessment {
    /// The verdict, which comes first wherever it is shown.
    pub verdict: Verdict,
    /// What was found, the worst first.
    pub findings: Vec<Told>,
    /// What is there, as a map.
    pub sections: Vec<Section>,
    /// Readiness for the rules of the large receivers.
    pub readiness: Vec<Section>,
    /// What it all rests on.
    pub posture: Posture,
}

/// Lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Of what they are: `SPF`.
    pub title: &'static str,
    /// The lines; where they are drawn as a tree, their beginnings stand below each other.
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is said of it.
    pub mark: Mark,
    /// Printable text.
    pub text: String,
}

/// What is said of a line. Its words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is as it should be.
    Good,
    /// It is not.
    Bad,
    /// Nobody could say.
    Unknown,
    /// Nothing.
    Plain,
}

impl Line {
    fn new(mark: Mark, text: impl AsRef<str>) -> Self {
        Self {
            mark,
            text: printable(text.as_ref().as_bytes()),
        }
    }

    fn plain(text: impl AsRef<str>) -> Self {
        Self::new(Mark::Plain, text)
    }
}

/// What has to be looked up next, so that the report can be judged. Nothing: it has all, or what is missing will not come.
///
/// A shell asks, adds the answers to the report, and asks again.
pub fn wanted(report: &DomainReport) -> Vec<Lookup> {
    let seen = Seen::of(report);
    let mut wanted = seen.survey().wanted().to_vec();
    for lookup in align::wanted(&seen) {
        if !wanted.contains(&lookup) {
            wanted.push(lookup);
        }
    }
    wanted
}

/// A check of SPF by itself, in words: what it comes to, then the terms that were looked at, drawn as a tree.
pub fn check_lines(head: &str, outcome: &Outcome) -> Vec<Line> {
    map::check_lines(head, outcome)
}

/// What a report means.
pub fn assess(report: &DomainReport) -> DomainAssessment {
    judged(&Seen::of(report))
}

fn judged(seen: &Seen<'_>) -> DomainAssessment {
    let now = u64::try_from(seen.report.started_at.unix()).unwrap_or(0);
    let posture = seen.ended().finish(now);
    let mut findings = told::of(seen, &posture);
    findings.extend(differ::findings(seen));
    portolan_report::ordered::by_key(&mut findings, |it| it.severity);
    let verdict = verdict::verdict(seen, &posture, &findings);
    DomainAssessment {
        verdict,
        sections: map::sections(seen, &posture),
        readiness: map::readiness(&posture),
        findings,
        posture,
    }
}

impl DomainAssessment {
    /// The findings that say that something is wrong.
    pub fn wrong(&self) -> impl Iterator<Item = &Told> {
        self.findings
            .iter()
            .filter(|it| it.severity == Severity::Wrong)
    }
}
