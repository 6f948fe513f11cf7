//! The flags of every verb: one list for each, from which the parser, the help, the manual and the completions are made. First
//! what was said ([`Said`], [`Filter`]), then what it means ([`meant`]).

mod filter;
mod form;
mod list;
mod meant;
mod read;
mod said;

pub use filter::{ADVISE, EXPLAIN, Filter, filter};
pub use form::form;
pub use list::FLAGS;
pub(crate) use meant::own_name;
pub use meant::{Meant, meant};
pub use read::read;
pub use said::{Said, of_report, parse, report};

/// A flag: everything about it. `S` holds what was said.
#[derive(Debug)]
pub struct Flag<S: 'static> {
    /// Its name behind `--`.
    pub long: &'static str,
    /// Its letter behind `-`.
    pub short: Option<char>,
    /// What its value is called in the help. `None`: it takes none.
    pub value: Option<&'static str>,
    /// What its value may be, for completions. Empty: anything.
    pub choices: &'static [&'static str],
    /// Under which heading it stands.
    pub group: Group,
    /// What it does, in a line without a full stop.
    pub help: &'static str,
    /// What else there is to know, for the manual; empty: nothing.
    pub more: &'static str,
    /// Notes that it was said.
    pub(crate) set: fn(&mut S, &str) -> Result<(), String>,
}

impl<S> Flag<S> {
    /// What most flags are.
    pub(crate) const PLAIN: Self = Self {
        long: "",
        short: None,
        value: None,
        choices: &[],
        group: Group::Plain,
        help: "",
        more: "",
        set: |_, _| Ok(()),
    };

    /// What is shown of it.
    pub const fn shown(&self) -> Shown {
        Shown {
            long: self.long,
            short: self.short,
            value: self.value,
            choices: self.choices,
            group: self.group,
            help: self.help,
            more: self.more,
        }
    }
}

/// What is shown of a flag, whatever it sets: the fields are those of [`Flag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are those of `Flag`")]
pub struct Shown {
    pub long: &'static str,
    pub short: Option<char>,
    pub value: Option<&'static str>,
    pub choices: &'static [&'static str],
    pub group: Group,
    pub help: &'static str,
    pub more: &'static str,
}

impl Shown {
    /// Of a list.
    pub fn all<S>(flags: &[Flag<S>]) -> Vec<Self> {
        flags.iter().map(Flag::shown).collect()
    }
}

/// A heading of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Whom to look at.
    Target,
    /// How to look.
    Manner,
    /// What to do beyond looking.
    Errand,
    /// How to show it.
    Output,
    /// Those of a verb that has few.
    Plain,
}

impl Group {
    /// All, in the order of the help.
    pub const ALL: [Self; 5] = [
        Self::Target,
        Self::Manner,
        Self::Errand,
        Self::Output,
        Self::Plain,
    ];

    /// Its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Target => "Whom to look at",
            Self::Manner => "How to look",
            Self::Errand => "What to do beyond looking",
            Self::Output => "How to show it",
            Self::Plain => "Flags",
        }
    }
}
