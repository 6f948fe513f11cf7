//! A provider: who takes the mail, on which endpoints, with which credentials and limits.

use std::sync::Arc;

use portolan_report::{SignInKind, Source};
use serde::{Deserialize, Serialize};

use super::{Change, Claim, Confirmation, Sourced, is_false};
use crate::read::{reads, reads_word};

/// `data/providers/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Kebab-case, equal to the file's name, unique among providers.
    pub id: String,
    /// As the provider writes it.
    pub name: String,
    /// What sort of service it is.
    pub kind: ProviderKind,
    /// Other names by which people know it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Mail domains of the service, to know it from an address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Endings of MX host names that show that a domain is hosted there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mx: Vec<String>,
    /// How mail that it sends for a domain of its customers shows in the DNS of that domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
    /// Words of its own greetings and replies, in lower case, that no other server says. Published apart from the rest
    /// ([`crate::Banners`]).
    #[serde(default, skip_serializing)]
    pub banners: Vec<String>,
    /// Hosts that take the place of an endpoint's host, by region. Empty: the endpoints' hosts are all there is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
    /// How well the endpoints are supported.
    pub confidence: Confirmation,
    /// What the user name and the password are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credentials: Option<Claim>,
    /// The largest message that is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_message: Option<MaxMessage>,
    /// Quotas and rates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Claim>,
    /// What surprises people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quirks: Vec<Claim>,
    /// What it demands of the sender's address and domain before it takes mail, or before receivers will.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<Demand>,
    /// Dated changes, oldest first: advice that was once right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Change>,
    /// Where sources disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradictions: Vec<Claim>,
    /// The API over HTTPS. `None`: not known, which is not the same as none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_api: Option<HttpApi>,
    /// Where mail can be handed over. Empty: no endpoint is documented.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "endpoint")]
    pub endpoints: Vec<Endpoint>,
    /// Every source that a claim of this file names.
    #[serde(rename = "source")]
    pub sources: Vec<Arc<Source>>,
}

impl Sourced for Provider {
    fn all_sources(&self) -> &[Arc<Source>] {
        &self.sources
    }
}

/// What sort of service a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    /// A sending service for applications.
    Esp,
    /// Mailboxes of people and organisations.
    Mailbox,
    /// Catches test mail and delivers nothing.
    Sandbox,
    /// A server program that somebody runs.
    SelfHosted,
}

/// One region's host, which has the same endpoints as the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// What the provider calls the region, such as `eu-west-1`.
    pub name: String,
    /// Its host.
    pub host: String,
    /// Whether it serves everybody, wherever the account is.
    #[serde(default, skip_serializing_if = "is_false")]
    pub everywhere: bool,
}

/// How a provider's mail shows in the DNS of its customers' domains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signing {
    /// Selectors of DKIM that it documents as the same for everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub selectors: Vec<String>,
    /// Names that customers include in their SPF records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub includes: Vec<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// The largest message, as the source counts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaxMessage {
    /// In MB or MiB, as the source has it.
    pub mb: u32,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// Something that the sender's address or domain must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// What it is about.
    pub kind: DemandKind,
    /// What to do, as a sentence.
    pub text: String,
    /// The provider's own page on it. `None`: none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// What a demand on the sender is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandKind {
    /// What has to be switched on before anybody may sign in over SMTP.
    Account,
    /// DKIM records for the domain.
    Dkim,
    /// DMARC, or alignment with it.
    Dmarc,
    /// The address must be the mailbox that signs in, or one that it may send as.
    OwnMailbox,
    /// The provider in the domain's SPF record, or a return path of its own.
    Spf,
    /// The address, the domain or the account must be confirmed with the provider first.
    VerifiedSender,
}

/// An API over HTTPS that takes mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpApi {
    /// Its documentation.
    pub url: String,
    /// How one signs in. Empty: mostly by a key, as the page says.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "auth_kinds")]
    pub auth_kind: Vec<SignInKind>,
    /// Ids of sources in the same file.
    pub sources: Vec<String>,
}

/// A host, port and TLS mode on which the provider takes mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Host name, or a pattern with one `<part>` to fill in.
    pub host: String,
    /// TCP port, 1 to 65535.
    pub port: u16,
    /// How TLS begins.
    pub tls: EndpointTls,
    /// What the endpoint is for.
    pub role: Role,
    /// SASL mechanisms that a source names; empty when no sign-in is needed. `None`: not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<Vec<String>>,
    /// What a source says instead of mechanisms: `password`, `password-encrypted`, `oauth2`, `integrated-windows`, `none`.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "auth_kinds")]
    pub auth_kind: Vec<SignInKind>,
    /// Whether clear text is refused. `None`: no page says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls_enforced: Option<bool>,
    /// A way to sign in here that is being withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Claim>,
    /// Whether the provider itself recommends it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub preferred: bool,
    /// What is particular about it, as a clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Ids of sources in the same file; at least one.
    pub sources: Vec<String>,
}

impl Endpoint {
    /// Whether a source says that mail is taken without signing in.
    pub fn needs_no_sign_in(&self) -> bool {
        self.auth.as_ref().is_some_and(Vec::is_empty) || self.auth_kind == [SignInKind::None]
    }
}

/// How TLS begins on an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndpointTls {
    /// From the first byte.
    Implicit,
    /// Not at all by default.
    None,
    /// By STARTTLS; clear text is accepted too, or no page says that it is refused.
    StarttlsOptional,
    /// By STARTTLS, which the client must use.
    StarttlsRequired,
}

/// What an endpoint is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Takes mail for the provider's own mailboxes, as an MX host does.
    DirectToMx,
    /// Takes mail from known networks or connectors.
    Relay,
    /// Takes mail from whoever signs in.
    Submission,
}

mod auth_kinds {
    //! The words of `data/` for [`SignInKind`], which itself knows no format.

    use portolan_report::SignInKind;
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::read::{Read, Tree, word};

    const WORDS: [(&str, SignInKind); 5] = [
        ("integrated-windows", SignInKind::IntegratedWindows),
        ("none", SignInKind::None),
        ("oauth2", SignInKind::OAuth2),
        ("password", SignInKind::Password),
        ("password-encrypted", SignInKind::EncryptedPassword),
    ];

    impl Read for SignInKind {
        fn read(tree: Tree, wrong: &mut bool) -> Self {
            word(tree, wrong, &WORDS, Self::None)
        }
    }

    pub(super) fn serialize<S: Serializer>(
        kinds: &[SignInKind],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(kinds.iter().filter_map(|kind| {
            WORDS
                .iter()
                .find(|(_, word_kind)| word_kind == kind)
                .map(|(word, _)| word)
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<SignInKind>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts
            .iter()
            .map(|text| match WORDS.iter().find(|(word, _)| word == text) {
                Some((_, kind)) => Ok(*kind),
                None => Err(de::Error::custom(format!(
                    "expected one of `integrated-windows`, `none`, `oauth2`, `password`, `password-encrypted`, but found `{text}`"
                ))),
            })
            .collect()
    }
}

reads! { Provider {
    id, name, kind, aliases, domains, mx, signing, regions, confidence, credentials, max_message, limits,
    quirks, demands, changed, contradictions, http_api, endpoints = "endpoint", sources = "source"; banners
} }
reads_word! { ProviderKind {
    Esp = "esp", Mailbox = "mailbox", Sandbox = "sandbox", SelfHosted = "self-hosted",
} }
reads! { Signing { selectors, includes, sources } }
reads! { Region { name, host, everywhere or false } }
reads! { Demand { kind, text, url, sources } }
reads_word! { DemandKind {
    Account = "account", Dkim = "dkim", Dmarc = "dmarc", OwnMailbox = "own-mailbox", Spf = "spf", VerifiedSender =
    "verified-sender",
} }
reads! { MaxMessage { mb, sources } }
reads! { HttpApi { url, auth_kind, sources } }
reads! { Endpoint {
    host, port, tls, role, auth, auth_kind, tls_enforced, withdrawn, preferred, note, sources,
} }
reads_word! { EndpointTls {
    Implicit = "implicit", None = "none", StarttlsOptional = "starttls-optional",
    StarttlsRequired = "starttls-required",
} }
reads_word! { Role { DirectToMx = "direct-to-mx", Relay = "relay", Submission = "submission" } }
