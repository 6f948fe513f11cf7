//! What a look at a domain saw: the answers of resolvers, a policy file, certificates. Observations only, no verdicts, so that
//! a newer reader finds more in an old report.
//!
//! Serializable for the same reasons as the report of a server ([`crate::probe`]), and told from it by its `kind`. Bytes of
//! the DNS are kept as they came ([`Octets`]); whoever shows them makes them printable.

mod answer;
mod asked;
mod fetched;
mod octets;

pub use answer::{Answer, LookedUp, Record, RecordKind, Said};
pub use asked::{AskedDomain, AskedSelector, SelectorOrigin};
pub use fetched::{HostCertificates, PolicyFetch, PolicyOutcome};
pub use octets::{Hex, Octets};
use serde::{Deserialize, Serialize};

use crate::probe::Moment;

/// The published form that this version writes. It grows by one with any change that an older reader would misread.
pub const SCHEMA: u32 = 1;

/// What bounds a report, for whoever writes one and for whoever reads a stranger's.
pub mod limits {
    /// The bytes of a whole report as JSON.
    pub const REPORT_BYTES: usize = 8 << 20;
    /// Selectors of DKIM.
    pub const SELECTORS: usize = 30;
    /// Resolvers.
    pub const RESOLVERS: usize = 3;
    /// Questions.
    pub const LOOKUPS: usize = 512;
    /// Records of one answer.
    pub const RECORDS: usize = 512;
    /// Strings of one text.
    pub const STRINGS: usize = 512;
    /// Bytes of any text of a report, escapes counted.
    pub const TEXT_BYTES: usize = 8_000;
    /// Bytes of a policy file (RFC 8461, section 3.3).
    pub const POLICY_BYTES: usize = 64 << 10;
    /// Bytes of the data of a TLSA record.
    pub const TLSA_BYTES: usize = 8_000;
    /// Hosts whose certificates were looked at.
    pub const HOSTS: usize = 16;
    /// Bytes of answers that a report holds in all; an answer beyond them counts as failed.
    pub const ANSWER_BYTES: usize = 1 << 20;
}

/// A report of a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DomainReport {
    /// What kind of report it is.
    pub kind: ReportKind,
    /// The published form, [`SCHEMA`] where this version wrote it.
    pub schema: u32,
    /// The program that looked, with its version: `portolan-probe 0.1.0`.
    pub tool: String,
    /// When it began, by its own clock.
    pub started_at: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Whether the overall deadline ended it; what was seen until then is here.
    pub cut_short: bool,
    /// What was asked.
    pub asked: AskedDomain,
    /// Who was asked, the first believed first.
    pub resolvers: Vec<Resolver>,
    /// What they answered, in the order in which it was wanted.
    pub lookups: Vec<LookedUp>,
    /// The policy file of MTA-STS. `None`: it was not asked for.
    pub policy: Option<PolicyFetch>,
    /// What mail hosts with TLSA records showed on port 25.
    pub certificates: Vec<HostCertificates>,
}

/// What kind of report it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// Of a domain.
    Domain,
}

/// Whom questions went to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Resolver {
    /// Its address and port, or the address of its service over HTTPS: `127.0.0.53:53`.
    pub address: String,
    /// Who named it.
    pub origin: ResolverOrigin,
    /// Whether it is on this machine.
    pub on_loopback: bool,
    /// Whether it says of the root, which is signed, that it validated it. `None`: it did not answer.
    pub validates: Option<bool>,
}

/// Who named a resolver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ResolverOrigin {
    /// The user.
    Named,
    /// Nobody: the records were pasted.
    Pasted,
    /// The settings of this machine.
    System,
}
