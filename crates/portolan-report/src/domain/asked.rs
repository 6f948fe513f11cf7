//! What was asked about a domain.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// What was asked. Local parts of addresses never are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedDomain {
    /// The domain, in A-labels.
    pub name: String,
    /// The selectors of DKIM that were looked at.
    pub selectors: Vec<AskedSelector>,
    /// The address that is to send for the domain.
    pub ip: Option<IpAddr>,
    /// The domain in the envelope's sender, where it is another: the return path of a provider.
    pub envelope: Option<String>,
    /// The domain that signs (`d=` of DKIM), where it is another.
    pub signer: Option<String>,
    /// Whether the policy file of MTA-STS might be fetched over HTTPS.
    pub https: bool,
    /// Whether mail hosts with TLSA records might be visited on port 25.
    pub smtp: bool,
    /// The time for each step, in milliseconds.
    pub step_timeout_ms: u64,
    /// The time for all, in milliseconds.
    pub deadline_ms: u64,
}

/// A selector of DKIM (RFC 6376, section 3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AskedSelector {
    /// Its labels, below which `_domainkey` follows.
    pub name: String,
    /// Why it was looked at.
    pub origin: SelectorOrigin,
    /// The provider that documents it, by its id in the catalogue.
    pub provider: Option<String>,
}

/// Why a selector was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SelectorOrigin {
    /// The user named it: it has to be there.
    Named,
    /// A provider that was recognized documents it: it may be missing.
    Tried,
}
