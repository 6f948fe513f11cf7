//! A client: the program or library that speaks SMTP, what it can do, and what it calls it.

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

use super::Sourced;
use crate::read::reads;

/// `data/clients/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Kebab-case, equal to the file's name, unique among clients.
    pub id: String,
    /// As its authors write it.
    pub name: String,
    /// The version that the sources speak of, such as `7` or `3.14`. `None`: they name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Other names by which people know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// TLS from the first byte.
    pub implicit_tls: Ability,
    /// STARTTLS.
    pub starttls: Ability,
    /// Refusing to go on when the server does not offer STARTTLS.
    pub require_starttls: Ability,
    /// Every source that a claim of this file names.
    #[serde(rename = "source")]
    pub sources: Vec<Arc<Source>>,
}

impl Sourced for Client {
    fn all_sources(&self) -> &[Arc<Source>] {
        &self.sources
    }
}

/// Whether a client can do something, and how it is said there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ability {
    /// Whether it can.
    pub can: bool,
    /// The setting, in the client's own words, such as `requireTLS: true`. `None`: it cannot, or nothing need be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

reads! { Client {
    id, name, version, aliases, implicit_tls, starttls, require_starttls, sources = "source",
} }
reads! { Ability { can, setting, sources } }
