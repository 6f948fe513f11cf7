//! What the visitor said: every answer optional, none of them interpreted here.

use portolan_facts::{PortStatus, SmallMap};
use portolan_report::{Observation, Security};

/// Declares an enum of answers whose ids are those of `data/questions/` and of the published JSON.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $name {
            /// All of them, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The id in the published JSON, in links and in `data/questions/`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The choice with this id.
            pub fn parse(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.id() == id)
            }
        }
    };
}

choices! {
    /// What sends the mail, and to what end.
    UseCase {
        /// An application that sends to its users.
        Application = "application",
        /// Marketing and newsletters.
        Bulk = "bulk",
        /// A person's mail program.
        Person = "person",
        /// A mail server that delivers to other domains.
        MailServer = "mail-server",
        /// A mail server that hands everything to a provider.
        Smarthost = "smarthost",
        /// A printer, scanner or another device.
        Device = "device",
        /// Monitoring and cron.
        Monitoring = "monitoring",
        /// Tests and staging.
        Testing = "testing",
        /// A server that receives for its own domains.
        Receiving = "receiving",
    }
}

choices! {
    /// What the route must keep to, or should.
    Constraint {
        /// Encrypted from the first byte.
        TlsFromFirstByte = "tls-from-first-byte",
        /// The sender cannot sign in.
        NoAuth = "no-auth",
        /// The sender is known by its address.
        IpAllowList = "ip-allow-list",
        /// No API over HTTPS.
        NoHttp = "no-http",
    }
}

choices! {
    /// What a server that delivers on port 25 should have in order.
    PostureItem {
        /// An SPF record that names the sending addresses.
        Spf = "spf",
        /// DKIM signatures.
        Dkim = "dkim",
        /// A DMARC record.
        Dmarc = "dmarc",
        /// Reverse DNS that leads back to the same address.
        Ptr = "ptr",
        /// A HELO name that resolves.
        Helo = "helo",
        /// Bounces are read and acted upon.
        BounceHandling = "bounce_handling",
        /// Environments and streams send apart from each other.
        Segmentation = "segmentation",
        /// Somebody owns the relay.
        RelayOwner = "relay_owner",
        /// A dedicated address with a history.
        WarmIp = "warm_ip",
    }
}

/// Who takes the mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProviderAnswer {
    /// A provider of the catalogue, by id.
    Catalogue(String),
    /// The recipients' own MX hosts.
    Direct,
    /// A server of the visitor's own.
    Own,
}

/// A place that is not in the catalogue, with what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OtherEnvironment {
    /// What is known of its ports.
    pub ports: SmallMap<u16, PortStatus>,
    /// Whether it has TCP sockets at all. `None`: not said, taken as yes.
    pub sockets: Option<bool>,
}

/// An endpoint that was read out of a pasted documentation: what the text says, verified by nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedEndpoint {
    /// Host name, or a pattern with one `<part>`. `None`: the text names none.
    pub host: Option<String>,
    /// TCP port.
    pub port: u16,
    /// How TLS begins. `None`: the text does not say.
    pub security: Option<Security>,
    /// Whether the text recommends it before its others.
    pub recommended: bool,
}

/// Everything the visitor said. The default says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// What sends the mail.
    pub use_case: Option<UseCase>,
    /// Who takes the mail.
    pub provider: Option<ProviderAnswer>,
    /// An address, host, MX or banner by which to know the provider and its regional host.
    pub recognize: Option<String>,
    /// What was read out of a pasted documentation, in its order. Counts only where no provider of the catalogue is named
    /// or recognized, whose entry has sources.
    pub pasted: Vec<PastedEndpoint>,
    /// Ids of environments, innermost layer first: a container in a virtual machine.
    pub environments: Vec<String>,
    /// A place that is not in the catalogue; the outermost layer.
    pub environment_other: Option<OtherEnvironment>,
    /// Id of the client.
    pub client: Option<String>,
    /// What was seen.
    pub observed: Vec<Observation>,
    /// What the route must keep to.
    pub constraints: Vec<Constraint>,
    /// What the route should keep to.
    pub preferences: Vec<Constraint>,
    /// What is in order, and what is not. An item that is missing here is not known.
    pub posture: SmallMap<PostureItem, bool>,
}
