//! What describes the program elsewhere than in its help: the manual page, and completions for shells. Both are made from the
//! list of flags, so that none can be forgotten.

mod page;
mod shells;

pub use page::page;
pub use shells::{bash, fish, zsh};

use crate::flags::Said;

/// The text that was asked for instead of a check.
pub fn asked(said: &Said) -> Option<String> {
    if said.version {
        return Some(format!("portolan-probe {}\n", env!("CARGO_PKG_VERSION")));
    }
    if said.man {
        return Some(page());
    }
    if let Some(host) = &said.commands {
        return Some(portolan_check::commands::commands(host));
    }
    match said.completions.as_deref()? {
        "bash" => Some(bash()),
        "zsh" => Some(zsh()),
        "fish" => Some(fish()),
        _ => None,
    }
}

/// The commands beside the check, with what each does in a line.
pub const VERBS: &[(&str, &str)] = &[
    (
        "advise",
        "advise on many cases: lines of JSON in, lines of JSON out",
    ),
    (
        "explain",
        "say what went wrong: an error, a session, a bounce, a log",
    ),
    ("port25", "tell whether port 25 is blocked from here"),
    ("report", "show a report that was kept, judged anew"),
];

#[cfg(test)]
mod tests;
