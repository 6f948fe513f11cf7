//! A connection, step by step.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::{Noticed, Opening, Outcome, TlsVersion};

/// One connection to one port of one address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The host, as it stands in what was asked.
    pub host: String,
    /// The address.
    pub address: IpAddr,
    /// TCP port.
    pub port: u16,
    /// How this side began.
    pub opening: Opening,
    /// What the connection was for.
    pub purpose: Purpose,
    /// When it began, in milliseconds since the check did.
    pub started_ms: u64,
    /// The steps in order; the first is the connecting, and what was not reached is missing.
    pub steps: Vec<Step>,
}

/// What a connection was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Purpose {
    /// The port seemed to begin in another way than was expected: the other way was tried.
    OtherOpening,
    /// To see whether mail to another domain is taken without a sign-in.
    RelayTest,
    /// To go through the session.
    Session,
    /// To see whether this version of TLS alone is accepted.
    Version {
        /// The version.
        version: TlsVersion,
    },
}

/// A step of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Where in the session.
    pub stage: Stage,
    /// What was sent, its secrets masked; `None`: nothing was, as before a greeting.
    pub sent: Option<String>,
    /// When it began, in milliseconds since the check did.
    pub started_ms: u64,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// How long until the first byte came, in milliseconds since the step began. `None`: none came, or nobody looked.
    pub first_byte_ms: Option<u64>,
    /// What became of it.
    pub outcome: Outcome,
    /// What was odd about the other side.
    pub noticed: Vec<Noticed>,
}

/// Where in a session, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Connecting.
    Connect,
    /// Waiting for the greeting.
    Greeting,
    /// EHLO, or HELO.
    Ehlo,
    /// Asking for TLS.
    Starttls,
    /// The handshake.
    Tls,
    /// EHLO once more, within TLS.
    EhloAfter,
    /// Signing in.
    Auth,
    /// MAIL.
    Mail,
    /// RCPT.
    Rcpt,
    /// DATA.
    Data,
    /// The message, up to the answer to its end.
    EndOfData,
    /// RSET, which takes a transaction back.
    Rset,
    /// QUIT.
    Quit,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 13] = [
        Self::Connect,
        Self::Greeting,
        Self::Ehlo,
        Self::Starttls,
        Self::Tls,
        Self::EhloAfter,
        Self::Auth,
        Self::Mail,
        Self::Rcpt,
        Self::Data,
        Self::EndOfData,
        Self::Rset,
        Self::Quit,
    ];

    /// The id in the published form.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Ehlo => "ehlo",
            Self::Starttls => "starttls",
            Self::Tls => "tls",
            Self::EhloAfter => "ehlo-after",
            Self::Auth => "auth",
            Self::Mail => "mail",
            Self::Rcpt => "rcpt",
            Self::Data => "data",
            Self::EndOfData => "end-of-data",
            Self::Rset => "rset",
            Self::Quit => "quit",
        }
    }
}

impl Visit {
    /// The last step of a stage.
    pub fn step(&self, stage: Stage) -> Option<&Step> {
        let (_, found) = self.staged().filter(|(known, _)| *known == stage).last()?;
        Some(found)
    }

    /// The steps, each with its stage: an EHLO behind a handshake is the one within TLS, whatever name a report gave it.
    pub fn staged(&self) -> impl Iterator<Item = (Stage, &Step)> {
        let mut is_within = false;
        self.steps.iter().map(move |it| {
            is_within |= matches!(it.outcome, Outcome::Tls { .. });
            match it.stage {
                Stage::Ehlo if is_within => (Stage::EhloAfter, it),
                stage => (stage, it),
            }
        })
    }

    /// The step at which it ended.
    pub fn last(&self) -> Option<&Step> {
        self.steps.last()
    }
}
