//! An environment: where the sender runs, and which ports its network lets out.

use std::sync::Arc;

use portolan_report::Source;
use serde::{Deserialize, Serialize};

use super::provider::EndpointTls;
use super::{Change, Claim, Confirmation, Sourced, is_false};
use crate::read::{reads, reads_word};

/// `data/environments/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Environment {
    /// Kebab-case, equal to the file's name, unique among environments.
    pub id: String,
    /// As its owner writes it.
    pub name: String,
    /// What sort of place it is.
    pub kind: EnvironmentKind,
    /// Other names by which people know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// How well the policy is supported.
    pub confidence: Confirmation,
    /// Whether the place has TCP sockets for other ports than the web's at all.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub sockets: bool,
    /// Whether it has no policy of its own: what the layer around it lets out is let out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inherits: bool,
    /// Whether it ends TLS itself and shows a certificate of its own, as virus scanners do.
    #[serde(default, skip_serializing_if = "is_false")]
    pub intercepts: bool,
    /// What the sender sees when a port is shut. `None`: not described.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symptom: Option<Claim>,
    /// What keeps ordinary mail libraries from running here. `None`: nothing that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub libraries: Option<Claim>,
    /// How a block is lifted, or that it never is. `None`: not described.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lift: Option<Lift>,
    /// The ways round that the sources name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alternatives: Option<Claim>,
    /// Whether and how reverse DNS can be set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ptr: Option<Claim>,
    /// Dated changes of policy, oldest first: advice that was once right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
    /// Where sources disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradictions: Vec<Claim>,
    /// The host's own relay. `None`: none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<HostRelay>,
    /// The policy, port by port.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "port")]
    pub ports: Vec<PortPolicy>,
    /// Every source that a claim of this file names.
    #[serde(rename = "source")]
    pub sources: Vec<Arc<Source>>,
}

impl Environment {
    /// What the sources say of a port. `None`: they are silent.
    pub fn port(&self, number: u16) -> Option<&PortPolicy> {
        self.ports.iter().find(|policy| policy.number == number)
    }

    /// Whether a source with an address speaks of a port. What nobody can look up is shown, and never decides.
    pub fn confirms(&self, policy: &PortPolicy) -> bool {
        let is_named = |id: &String| {
            let known = self.sources.iter().find(|source| source.id == *id);
            known.is_some_and(|source| source.url.is_some())
        };
        policy.sources.iter().any(is_named)
    }

    /// Whether every port that the sources speak of is shut: then SMTP as a whole is, whatever its port.
    pub fn blocks_smtp_as_a_whole(&self) -> bool {
        !self.sockets
            || (!self.ports.is_empty()
                && self
                    .ports
                    .iter()
                    .all(|policy| policy.status == PortStatus::Blocked))
    }
}

impl Sourced for Environment {
    fn all_sources(&self) -> &[Arc<Source>] {
        &self.sources
    }
}

/// What sort of place an environment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EnvironmentKind {
    /// A runner of automated builds and tests.
    Ci,
    /// Containers and their orchestrators.
    Container,
    /// The network of an organisation.
    Corporate,
    /// Virtual or real servers of a host.
    Iaas,
    /// An internet access provider.
    Isp,
    /// The machine itself and what runs on it.
    Local,
    /// An application platform.
    Paas,
    /// Functions without a server of their own.
    Serverless,
    /// Web space on a shared server.
    SharedHosting,
    /// A virtual private network.
    Vpn,
}

/// How a block is lifted, or that it never is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lift {
    /// The way, or what is said of there being none: a sentence.
    pub text: String,
    /// Whether there is no way.
    #[serde(default, skip_serializing_if = "is_false")]
    pub never: bool,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// A relay that the host itself runs for what it hosts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostRelay {
    /// Host name, as seen from inside.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// How TLS begins.
    pub tls: EndpointTls,
    /// SASL mechanisms; empty when no sign-in is needed. `None`: not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<Vec<String>>,
    /// What is particular about it, as a clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// What the sources say of one port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortPolicy {
    /// TCP port, 1 to 65535.
    pub number: u16,
    /// Whether it is open.
    pub status: PortStatus,
    /// Whether the sources speak of this port. `None` only where the status is unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Ids of the providers whose servers alone the status is about; towards all others the port is shut. Empty: everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub only_to: Vec<String>,
    /// The condition, or what is particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Ids of sources in the same file; may be empty only where the status is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
}

/// Whether the sources speak of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// They restrict other ports only and are silent about this one: likely open, without a promise.
    NotNamed,
    /// They speak of this port.
    Stated,
}

/// Whether a port is open to the outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PortStatus {
    /// Shut, and no way to open it is documented.
    Blocked,
    /// Shut until somebody approves.
    BlockedUntilApproved,
    /// Open under a condition: a plan, the account's age, only own servers.
    Conditional,
    /// Reports disagree.
    Disputed,
    /// Nothing restricts it, which does not promise delivery.
    Open,
    /// Open, but slowed or counted.
    Throttled,
    /// Not known.
    Unknown,
}

fn yes() -> bool {
    true
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that serde calls"
)]
fn is_true(flag: &bool) -> bool {
    *flag
}

reads! { Environment {
    id, name, kind, aliases, confidence, sockets or true, inherits or false, intercepts or false, symptom, libraries, lift, alternatives, ptr, changed,
    contradictions, relay, ports = "port", sources = "source",
} }
reads_word! { EnvironmentKind {
    Ci = "ci", Container = "container", Corporate = "corporate", Iaas = "iaas", Isp = "isp", Local =
    "local", Paas = "paas", Serverless = "serverless", SharedHosting = "shared-hosting", Vpn =
    "vpn",
} }
reads! { Lift { text, never or false, sources } }
reads! { HostRelay { host, port, tls, auth, note, sources } }
reads! { PortPolicy { number, status, basis, only_to, note, sources } }
reads_word! { Basis { NotNamed = "not-named", Stated = "stated" } }
reads_word! { PortStatus {
    Blocked = "blocked", BlockedUntilApproved = "blocked-until-approved", Conditional =
    "conditional", Disputed = "disputed", Open = "open", Throttled = "throttled", Unknown =
    "unknown",
} }
