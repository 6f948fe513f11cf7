//! What came from hosts that are no resolvers.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Octets;
use crate::probe::Certificate;

/// A policy file of MTA-STS that was asked for (RFC 8461, section 3.3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicyFetch {
    /// The host.
    pub host: String,
    /// When it was asked for, in milliseconds since the beginning.
    pub started_ms: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// What came.
    pub outcome: PolicyOutcome,
}

/// What came of a policy file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum PolicyOutcome {
    /// No connection, no TLS with a good certificate, or no answer of HTTP.
    Failed {
        /// Why, in words.
        text: String,
    },
    /// The file.
    File {
        /// Its media type, as the server names it.
        content_type: Option<String>,
        /// Its bytes.
        body: Octets,
    },
    /// The host has no address.
    NoHost,
    /// Another status than 200; redirects are not followed.
    Status {
        /// The status.
        status: u16,
        /// Where a redirect leads.
        location: Option<String>,
    },
    /// Nothing came in time.
    TimedOut,
}

/// What a mail host showed on port 25.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HostCertificates {
    /// The host.
    pub host: String,
    /// The address that was visited.
    pub address: IpAddr,
    /// Its certificates as they were sent, its own first, each as a whole. Empty: there are none.
    pub chain: Vec<Certificate>,
    /// Why there are none.
    pub failed: Option<String>,
}
