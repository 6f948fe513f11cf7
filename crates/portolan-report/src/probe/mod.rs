//! What a check of a server saw: observations only, no verdicts, so that a newer reader finds more in an old report.
//!
//! Serializable, because a report is stored and sent; `portolan-wire` reads and writes the published form and is the only
//! reader that may be given a stranger's. Texts from servers are kept printable: a byte that is no printable letter of
//! UTF-8 stands as `\xNN`. Credentials and local parts of addresses never enter a report.

mod asked;
mod lookup;
mod moment;
mod outcome;
mod reply;
mod tls;
mod visit;

pub use asked::{Asked, AskedHost, AskedPort, Errand, Families, Opening, Target, TargetKind};
pub use lookup::{Answer, Exchange, Lookup, LookupKind};
pub use moment::Moment;
pub use outcome::{Break, ConnectFault, Noticed, Outcome};
pub use reply::{Keyword, Offers, Reply, printable};
use serde::{Deserialize, Serialize};
pub use tls::{
    Certificate, CertificateFault, Key, KeyKind, Roots, RootsFrom, TlsFault, TlsSession, TlsVersion,
};
pub use visit::{Purpose, Stage, Step, Visit};

/// The published form that this version writes. It grows by one with any change that an older reader would misread.
pub const SCHEMA: u32 = 1;

/// What bounds a report, for whoever writes one and for whoever reads a stranger's.
pub mod limits {
    /// The bytes of a whole report as JSON.
    pub const REPORT_BYTES: usize = 8 << 20;
    /// Hosts that are asked for, as of a domain with many exchanges.
    pub const HOSTS: usize = 32;
    /// Ports of a host.
    pub const PORTS: usize = 64;
    /// Look-ups.
    pub const LOOKUPS: usize = 128;
    /// Answers of one look-up.
    pub const ANSWERS: usize = 64;
    /// Visits.
    pub const VISITS: usize = 1_024;
    /// Steps of a visit.
    pub const STEPS: usize = 64;
    /// Lines of a reply that are kept.
    pub const LINES: usize = 128;
    /// Bytes of a kept line as the server sent it. RFC 5321, section 4.5.3.1.5 has 512 for a line with its end; servers
    /// exceed that.
    pub const LINE_BYTES: usize = 2_000;
    /// Bytes of any text of a report, escapes counted.
    pub const TEXT_BYTES: usize = 4 * LINE_BYTES;
    /// Bytes of a certificate as PEM.
    pub const PEM_BYTES: usize = 64 << 10;
    /// Certificates of a chain.
    pub const CHAIN: usize = 16;
    /// Names of a certificate.
    pub const NAMES: usize = 256;
}

/// What a check saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProbeReport {
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
    pub asked: Asked,
    /// What the resolvers answered, in the order in which they were asked.
    pub lookups: Vec<Lookup>,
    /// Which authorities certificates were held against. `None`: no TLS was tried.
    pub roots: Option<Roots>,
    /// One a connection: by host, address and port, the session before what only tries a version of TLS.
    pub visits: Vec<Visit>,
}
