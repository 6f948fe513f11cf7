//! What describes the program: help, the manual page, and completions for shells. All are made from the list of verbs and the
//! lists of their flags, so that none can be forgotten.

mod fish;
mod help;
mod page;
mod shells;
mod verbs;

pub use fish::fish;
pub use help::{help, hint};
pub use page::page;
pub use shells::{bash, zsh};
pub use verbs::{CHECK, Completes, VERBS, Verb, verb};

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

#[cfg(test)]
mod tests;
