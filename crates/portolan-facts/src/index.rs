//! The names of the catalogue: enough to find a thing by any of them, without loading the thing itself.

use serde::{Deserialize, Serialize};

/// The names of everything in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Clients, by name.
    pub clients: Vec<Entry>,
    /// Environments, by name.
    pub environments: Vec<Entry>,
    /// Providers, by name.
    pub providers: Vec<Entry>,
}

/// The names of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Hosts of its endpoints and regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Mail domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Endings of MX host names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mx: Vec<String>,
}

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A client.
    Client,
    /// An environment.
    Environment,
    /// A provider.
    Provider,
}

/// A provider that was known from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognized<'i> {
    /// The provider.
    pub provider: &'i Entry,
    /// By which of its names.
    pub by: RecognizedBy,
    /// The provider's own host that the text names: with regions or tenants it says which.
    pub host: Option<String>,
}

/// Which name gave a provider away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecognizedBy {
    /// The domain of a mail address.
    Domain,
    /// The name of one of its hosts.
    Host,
    /// The name of an MX host.
    Mx,
    /// Its name or an alias.
    Name,
}

impl Index {
    /// x
    pub fn recognize(&self, _text: &str) -> Option<Recognized<'_>> { None }
}
