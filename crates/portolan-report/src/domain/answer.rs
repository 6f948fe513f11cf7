//! What resolvers answered.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::{Hex, Octets};

/// A question, and what each resolver answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookedUp {
    /// At which name.
    pub name: String,
    /// What was looked up there.
    pub kind: RecordKind,
    /// The answers, at most one of each resolver.
    pub answers: Vec<Said>,
}

/// What one resolver answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Which, by its place among the report's resolvers.
    pub resolver: u16,
    /// When it was asked, in milliseconds since the beginning.
    pub started_ms: u64,
    /// How long the answer took, in milliseconds.
    pub took_ms: u64,
    /// Whether the resolver says that it validated the answer (the AD bit; RFC 4035, section 3.2.3).
    pub authenticated: bool,
    /// The answer.
    pub answer: Answer,
}

/// The type of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordKind {
    /// An IPv4 address.
    A,
    /// An IPv6 address.
    Aaaa,
    /// The name that another stands for.
    Cname,
    /// A mail exchanger.
    Mx,
    /// The name of an address.
    Ptr,
    /// A certificate association.
    Tlsa,
    /// A text.
    Txt,
}

/// What came of a question. That nobody answered is never the same as that there is nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// The resolver failed, and says nothing of the name.
    Failed {
        /// Its code, such as SERVFAIL, or the system's words.
        text: String,
    },
    /// The name exists and has no such records.
    NoRecords,
    /// The name does not exist (NXDOMAIN).
    NoSuchName,
    /// Records, aliases followed.
    Records {
        /// At least one.
        records: Vec<Record>,
    },
    /// The resolver will not answer us (REFUSED).
    Refused,
    /// No answer within the time for a step.
    TimedOut,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "type", rename_all = "UPPERCASE")]
pub enum Record {
    /// An IPv4 address.
    A {
        /// The address.
        address: Ipv4Addr,
    },
    /// An IPv6 address.
    Aaaa {
        /// The address.
        address: Ipv6Addr,
    },
    /// The name that another stands for.
    Cname {
        /// The name.
        target: String,
    },
    /// A mail exchanger.
    Mx {
        /// Lower is asked first.
        preference: u16,
        /// Its name; a dot where the domain takes no mail (RFC 7505).
        host: String,
    },
    /// The name of an address.
    Ptr {
        /// The name.
        name: String,
    },
    /// A certificate association (RFC 6698, section 2.1).
    Tlsa {
        /// Whose certificate.
        usage: u8,
        /// Which part of it.
        selector: u8,
        /// In which form.
        matching: u8,
        /// The data.
        data: Hex,
    },
    /// A text.
    Txt {
        /// Its character-strings.
        strings: Vec<Octets>,
    },
}
