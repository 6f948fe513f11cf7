//! What a check was asked to look at.

use serde::{Deserialize, Serialize};

/// What was asked. Neither credentials nor local parts of addresses are in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// What the user named.
    pub target: Target,
    /// The hosts that this led to, in the order in which a sender would try them.
    pub hosts: Vec<AskedHost>,
    /// The families of addresses that were to be tried.
    pub families: Families,
    /// The name in EHLO.
    pub ehlo_name: String,
    /// The name in the TLS handshake (SNI), where it is not the host's own.
    pub server_name: Option<String>,
    /// The time for each step, in milliseconds.
    pub step_timeout_ms: u64,
    /// The time for all, in milliseconds.
    pub deadline_ms: u64,
    /// What was to be done beyond looking.
    pub errands: Vec<Errand>,
}

/// What the user named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// What kind of thing it is.
    pub kind: TargetKind,
    /// As it was written: a host, an address, a domain, the id of a provider.
    pub name: String,
}

/// What kind of thing was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TargetKind {
    /// An address.
    Address,
    /// A host.
    Host,
    /// A domain, whose exchanges (MX) are meant.
    Mx,
    /// A provider of the catalogue.
    Provider,
}

/// A host to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedHost {
    /// Its name, or an address.
    pub name: String,
    /// Its preference, where an MX record names it.
    pub preference: Option<u16>,
    /// Its ports.
    pub ports: Vec<AskedPort>,
}

/// A port to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedPort {
    /// TCP port.
    pub port: u16,
    /// How it is expected to begin.
    pub opening: Opening,
    /// Whether the user, an MX record or a provider's documentation names it. Otherwise it was looked at to see whether it is
    /// there, and nothing is wrong where it is not.
    pub is_named: bool,
}

/// How a port begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// The server greets in plain text; TLS comes with STARTTLS (RFC 3207).
    Text,
    /// TLS with the first byte (RFC 8314, section 3.3).
    Tls,
}

/// Families of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Families {
    /// IPv4 and IPv6.
    Both,
    /// IPv4 alone.
    V4,
    /// IPv6 alone.
    V6,
}

/// What was to be done beyond looking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Errand {
    /// To find out whether the server passes mail to another domain on without a sign-in.
    RelayTest {
        /// The recipient's domain.
        domain: String,
    },
    /// To send a message.
    Send {
        /// The recipient's domain.
        domain: String,
    },
    /// To sign in.
    SignIn {
        /// The mechanism, where one was named.
        mechanism: Option<String>,
    },
}
