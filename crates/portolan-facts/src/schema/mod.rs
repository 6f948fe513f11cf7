//! One module per kind of thing. Every key that a file may hold stands here, and no other key is accepted.

pub(crate) mod client;
pub(crate) mod code;
pub(crate) mod dead_advice;
pub(crate) mod environment;
pub(crate) mod provider;
pub(crate) mod question;
pub(crate) mod standard;

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

use crate::read::{reads, reads_word};

/// A sentence and the ids of the sources, in the same file, that support it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The sentence, in own words.
    pub text: String,
    /// Ids of sources in the same file; at least one.
    pub sources: Vec<String>,
}

/// A dated change of policy or practice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// When, as exactly as is known: `2025-03-06`, `before 2018`.
    pub when: String,
    /// What changed.
    pub text: String,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// How well an entry is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirmation {
    /// Two or more independent sources agree on at least the main claim.
    CrossChecked,
    /// The owner's own page or program was read, or is quoted alike by several public sources.
    Documented,
    /// Users' reports only.
    Reported,
    /// One source names it, or the sources contradict each other.
    SingleSource,
}

/// A file whose claims name sources.
pub trait Sourced {
    /// The sources of the file.
    fn all_sources(&self) -> &[Arc<Source>];

    /// The sources with these ids, in the order of the ids.
    fn sources(&self, ids: &[String]) -> Vec<Arc<Source>> {
        ids.iter()
            .filter_map(|id| self.all_sources().iter().find(|source| source.id == *id))
            .cloned()
            .collect()
    }

    /// Whether any source of the file has an address. Without one the entry is unconfirmed and never decides.
    fn is_confirmed(&self) -> bool {
        self.all_sources().iter().any(|source| source.url.is_some())
    }
}

/// Keeps keys out of the published JSON where they hold the default.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

reads! { Claim { text, sources } }
reads! { Change { when, text, sources } }
reads_word! { Confirmation {
    CrossChecked = "cross-checked", Documented = "documented", Reported = "reported", SingleSource =
    "single-source",
} }
