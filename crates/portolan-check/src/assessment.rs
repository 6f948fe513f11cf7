//! What an assessment consists of.

use std::net::IpAddr;

use portolan_report::Observation;
use portolan_report::probe::Stage;
use portolan_smtp::{Blame, Cause};

use crate::line::PortLine;

/// What a report means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The verdict, which comes first wherever it is shown.
    pub verdict: Verdict,
    /// One for each port of each address, in the report's order.
    pub ports: Vec<PortLine>,
    /// What was found, the most important first.
    pub findings: Vec<Finding>,
    /// What the advice may learn of the ports.
    pub observations: Vec<Observation>,
}

/// What it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether something is wrong.
    pub level: Level,
    /// One or more sentences: what works, then what does not.
    pub sentence: String,
}

/// Whether something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing.
    Fine,
    /// At least one problem.
    Problem,
    /// What was seen does not decide it.
    Undecided,
}

impl Level {
    /// The id in published forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Problem => "problem",
            Self::Undecided => "undecided",
        }
    }
}

/// How much a finding matters, most first. The order ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Somebody may listen or act in between: no password may go this way.
    Danger,
    /// Mail does not pass, or not as it should.
    Problem,
    /// It works, and should be seen to.
    Caution,
    /// Good to know; nothing has to be done.
    Note,
}

impl Weight {
    /// The id in published forms.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Danger => "danger",
            Self::Problem => "problem",
            Self::Caution => "caution",
            Self::Note => "note",
        }
    }

    /// Whether something is wrong then.
    pub const fn is_wrong(self) -> bool {
        matches!(self, Self::Danger | Self::Problem)
    }
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, which names what is wrong and not what helps.
    pub rule: &'static str,
    /// The cause, where one of the catalogue fits.
    pub cause: Option<&'static Cause>,
    /// Where in the session; `None`: before it, as in a look-up.
    pub stage: Option<Stage>,
    /// How much it matters.
    pub weight: Weight,
    /// How sure it is, in hundredths.
    pub confidence: u8,
    /// Who can mend it.
    pub who: Blame,
    /// What it is about.
    pub scope: Scope,
    /// What it rests on; empty where it rests on what was asked or looked up.
    pub rests_on: Vec<Place>,
    /// What is wrong, in a sentence.
    pub sentence: String,
    /// The plain command that shows the same.
    pub command: Option<String>,
    /// What to do, in the order in which to try it.
    pub remedies: Vec<Remedy>,
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The host; empty: the whole.
    pub host: String,
    /// The ports, in the order in which they were looked at; empty: all.
    pub ports: Vec<u16>,
    /// The addresses.
    pub addresses: Vec<IpAddr>,
}

/// A place in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The visit, from 0.
    pub visit: usize,
    /// Its step, from 0.
    pub step: usize,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Who has to do it.
    pub who: Blame,
    /// Who that is, where it is known more closely.
    pub by: Option<&'static str>,
    /// What, one sentence.
    pub action: String,
    /// A command, with host and port filled in.
    pub command: Option<String>,
    /// RFCs with `#` and a section, or addresses of pages.
    pub sources: &'static [&'static str],
}

impl Assessment {
    /// The findings that say that something is wrong.
    pub fn wrong(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.weight.is_wrong())
    }

    /// The root cause, where something is wrong and a cause fits.
    pub fn cause(&self) -> Option<&'static Cause> {
        self.wrong().find_map(|it| it.cause)
    }
}
