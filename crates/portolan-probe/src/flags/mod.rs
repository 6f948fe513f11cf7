//! The flags of a check: one place for each, from which the parser, the help, and whatever else describes the program are
//! made. First what was said ([`Said`]), then what it means ([`meant`]).

mod form;
mod list;
mod meant;
mod said;

pub use form::form;
pub use list::FLAGS;
pub(crate) use meant::own_name;
pub use meant::{Meant, meant};
pub use said::{Said, parse};

/// A flag: everything about it.
#[derive(Debug)]
pub struct Flag {
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
    pub(crate) set: fn(&mut Said, &str) -> Result<(), String>,
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
}

impl Group {
    /// All, in the order of the help.
    pub const ALL: [Self; 4] = [Self::Target, Self::Manner, Self::Errand, Self::Output];

    /// Its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Target => "Whom to look at",
            Self::Manner => "How to look",
            Self::Errand => "What to do beyond looking",
            Self::Output => "How to show it",
        }
    }
}

/// The flags as the help shows them.
pub fn usage() -> String {
    use std::fmt::Write;

    let mut text = String::new();
    for group in Group::ALL {
        text.push_str(group.heading());
        text.push_str(":\n");
        for flag in FLAGS.iter().filter(|it| it.group == group) {
            let short = flag
                .short
                .map_or_else(|| "    ".to_owned(), |it| format!("-{it}, "));
            let value = flag.value.map(|it| format!(" {it}")).unwrap_or_default();
            let name = format!("{short}--{}{value}", flag.long);
            // Writing into a text cannot fail.
            let _ = writeln!(text, "  {name:<24} {}", flag.help);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_described_and_its_own() {
        for (at, flag) in FLAGS.iter().enumerate() {
            assert!(
                !flag.help.is_empty() && !flag.help.ends_with('.'),
                "{}",
                flag.long
            );
            assert!(
                flag.more.is_empty() || flag.more.ends_with('.'),
                "{}",
                flag.long
            );
            let others = FLAGS.iter().enumerate().filter(|(other, _)| *other != at);
            for (_, other) in others {
                assert_ne!(flag.long, other.long);
                assert!(
                    flag.short.is_none() || flag.short != other.short,
                    "{}",
                    flag.long
                );
            }
            assert!(usage().contains(&format!("--{}", flag.long)));
        }
    }
}
