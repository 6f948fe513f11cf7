//! The rules: independent judges, each of which looks at one candidate and the situation and says what it thinks.
//!
//! A rule knows no other rule. The order of the list is the order in which equally weighty reasons are shown. Each
//! rule's cases lie beside it, in `<rule>.toml`.

use std::sync::Arc;

use portolan_report::{Source, Stance};

use crate::answers::Constraint;
use crate::candidate::Candidate;
use crate::situation::Situation;

/// What a rule says of a candidate.
pub(crate) struct Opinion {
    pub(crate) stance: Stance,
    pub(crate) weight: Weight,
    pub(crate) text: String,
    pub(crate) sources: Vec<Arc<Source>>,
    /// The visitor's own constraint, where that alone is in the way.
    pub(crate) constraint: Option<Constraint>,
}

/// How much an opinion moves a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Says something and moves nothing.
    Remark,
    /// Decides between equals.
    Slight,
    /// Outweighs everything slight.
    Strong,
    /// Puts the candidate behind all that would do without it.
    LastResort,
    /// Puts the candidate behind every way through the front door.
    WayRound,
}

#[expect(clippy::unnecessary_wraps, reason = "every rule ends in one of these")]
impl Opinion {
    pub(crate) fn new(
        stance: Stance,
        weight: Weight,
        text: String,
        sources: Vec<Arc<Source>>,
    ) -> Self {
        Self {
            stance,
            weight,
            text,
            sources,
            constraint: None,
        }
    }

    pub(crate) fn prefer(weight: Weight, text: String, sources: Vec<Arc<Source>>) -> Option<Self> {
        Some(Self::new(Stance::Prefer, weight, text, sources))
    }

    pub(crate) fn accept(text: String, sources: Vec<Arc<Source>>) -> Option<Self> {
        Some(Self::new(Stance::Accept, Weight::Remark, text, sources))
    }

    pub(crate) fn discourage(
        weight: Weight,
        text: String,
        sources: Vec<Arc<Source>>,
    ) -> Option<Self> {
        Some(Self::new(Stance::Discourage, weight, text, sources))
    }

    pub(crate) fn forbid(text: String, sources: Vec<Arc<Source>>) -> Option<Self> {
        Some(Self::new(Stance::Forbid, Weight::Remark, text, sources))
    }
}

pub(crate) type Rule = fn(&Candidate<'_>, &Situation<'_>) -> Option<Opinion>;

/// One line an entry: declares the module and registers its rule under its id.
macro_rules! rules {
    ($($module:ident => $id:literal,)*) => {
        $(mod $module;)*

        /// Every rule with its id.
        pub(crate) const RULES: &[(&str, Rule)] = &[$(($id, $module::judge),)*];
    };
}

rules! {
    egress => "egress",
    intercepted => "intercepted",
    target_trouble => "target-trouble",
    credentials_without_tls => "credentials-without-tls",
    client_lacks_tls_mode => "client-lacks-tls-mode",
    client_cannot_require_starttls => "client-cannot-require-starttls",
    client_lacks_mechanism => "client-lacks-mechanism",
    constraint_in_the_way => "constraint-in-the-way",
    wish => "wish",
    submission_on_25 => "submission-on-25",
    delivery_without_a_mail_server => "delivery-without-a-mail-server",
    delivery_by_a_mail_server => "delivery-by-a-mail-server",
    delivery_from_an_access_line => "delivery-from-an-access-line",
    immature_posture => "immature-posture",
    smarthost_for_a_mail_server => "smarthost-for-a-mail-server",
    relay_by_network => "relay-by-network",
    documented_endpoint => "documented-endpoint",
    named_host => "named-host",
    pasted_endpoint => "pasted-endpoint",
    provider_prefers => "provider-prefers",
    submission_port => "submission-port",
    implicit_tls_port => "implicit-tls-port",
    alternate_port => "alternate-port",
    sandbox => "sandbox",
    way_round => "way-round",
    receiving_port => "receiving-port",
    no_route => "no-route",
}

#[cfg(test)]
mod tests;
