//! A client: the program or library that speaks SMTP, what it can do, and what it calls it.

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

use super::Sourced;
use crate::read::{reads, reads_word};

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
    /// SASL mechanisms that it is known to do or known not to do; of those that are not named nothing is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mechanisms: Vec<Mechanism>,
    /// The words that it uses for what has to be set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
    /// What it leaves out of what servers say. `None`: nothing, or nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hides: Option<Hides>,
    /// Whole pieces of configuration, one for each way of TLS at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "example")]
    pub examples: Vec<Example>,
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

/// Whether a client can sign in with a SASL mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mechanism {
    /// The name in the SASL registry or, where that has none, the one in use, such as `PLAIN`.
    pub name: String,
    /// Whether it can.
    pub can: bool,
    /// The setting, in the client's own words, such as `type: 'OAuth2'`. `None`: it cannot, or nothing need be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// What a client leaves out of what a server says, unless it is told to show the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hides {
    /// What, as the end of the sentence `curl hides …`.
    pub what: String,
    /// Where in the session, by the analyzer's ids of stages, such as `auth`.
    pub at: Vec<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// A piece of configuration that works as it stands once host, port and secrets are filled in.
///
/// `{host}` and `{port}` stand for those; the secrets come from `SMTP_USER` and `SMTP_PASSWORD`, and a line that names
/// one of them is left out where nobody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// How TLS begins there.
    pub tls: ExampleTls,
    /// The file that it belongs into.
    pub file: String,
    /// The lines.
    pub setting: String,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// How TLS begins in an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExampleTls {
    /// From the first byte.
    Implicit,
    /// Not at all: for what catches test mail on the own machine.
    None,
    /// By STARTTLS, required where the client can.
    Starttls,
}

/// What a client calls something that has to be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// What is set.
    pub what: SettingKind,
    /// The client's own word, such as `EMAIL_HOST`.
    pub name: String,
    /// What one should know of it, such as its default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// What a setting sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// The server's name.
    Host,
    /// The server's port.
    Port,
    /// The name to sign in with.
    User,
    /// The password to sign in with.
    Password,
    /// Whether, and how, the connection is encrypted.
    Tls,
    /// How the server's certificate is checked.
    CertificateCheck,
    /// How long it waits for the server.
    Timeout,
    /// The name by which it greets the server.
    HeloName,
    /// What makes it show the session.
    Debug,
}

reads! { Client {
    id, name, version, aliases, implicit_tls, starttls, require_starttls, mechanisms, settings, hides,
    examples = "example", sources = "source",
} }
reads! { Ability { can, setting, sources } }
reads! { Mechanism { name, can, setting, sources } }
reads! { Hides { what, at, sources } }
reads! { Example { tls, file, setting, sources } }
reads_word! { ExampleTls { Implicit = "implicit", None = "none", Starttls = "starttls" } }
reads! { Setting { what, name, note, sources } }
reads_word! { SettingKind {
    CertificateCheck = "certificate-check", Debug = "debug", HeloName = "helo-name", Host = "host", Password =
    "password", Port = "port", Timeout = "timeout", Tls = "tls", User = "user",
} }
