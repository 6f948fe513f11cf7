//! What resolvers answered.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// A question to a resolver, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// What was asked for.
    pub kind: LookupKind,
    /// Of which name.
    pub name: String,
    /// Who was asked: `system`, or a resolver's address.
    pub resolver: String,
    /// When it was asked, in milliseconds since the beginning.
    pub started_ms: u64,
    /// How long the answer took, in milliseconds.
    pub took_ms: u64,
    /// The answer.
    pub answer: Answer,
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LookupKind {
    /// Addresses of either family.
    Addresses,
    /// Exchanges (MX; RFC 5321, section 5.1).
    Exchanges,
}

/// What came of a look-up. That nobody answered is never the same as that there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// Addresses, in the order in which the resolver gave them.
    Addresses {
        /// At least one.
        addresses: Vec<IpAddr>,
    },
    /// Exchanges, the preferred first.
    Exchanges {
        /// At least one.
        exchanges: Vec<Exchange>,
    },
    /// The resolver failed (SERVFAIL, try again), and says nothing of the name.
    Failed {
        /// Its words, or those of the system.
        text: String,
    },
    /// The name exists and has no such records.
    NoRecords,
    /// The name does not exist (NXDOMAIN).
    NoSuchName,
    /// The resolver will not answer us (REFUSED).
    Refused,
    /// No answer within the time for a step.
    TimedOut,
}

/// An exchange of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// Lower is tried first.
    pub preference: u16,
    /// Its name without the last dot; empty where the domain takes no mail (RFC 7505).
    pub host: String,
}
