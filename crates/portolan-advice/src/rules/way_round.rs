//! # Detects
//! A route that needs no open mail port to the outside: the provider's API over HTTPS, or the host's own relay.
//!
//! # Why it matters
//! Where every mail port is shut, it is the only way; elsewhere SMTP keeps an application free to move.
//!
//! # Remedy
//! Take it when no mail port gets out.
//!
//! # Sources
//! The provider's or the host's own documentation; the environment's entry where it names an API as the way.

use portolan_facts::Sourced;
use portolan_report::{RouteKind, Stance};

use super::{Opinion, Weight};
use crate::candidate::{Candidate, Origin};
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let text = match candidate.origin {
        Origin::HttpApi(Some(provider)) => {
            format!("{} takes mail over HTTPS as well, which passes wherever web pages do.", provider.name)
        }
        Origin::HttpApi(None) => {
            "Many providers take mail over HTTPS as well, which passes wherever web pages do.".to_owned()
        }
        Origin::HostRelay(environment, relay) => {
            let note = relay.note.as_deref().map(|note| format!(" ({note})")).unwrap_or_default();
            format!("{} runs a relay of its own for what it hosts{note}.", environment.name)
        }
        _ => return None,
    };
    let mut sources = candidate.endpoint_sources();
    if sources.is_empty() && candidate.route.kind == RouteKind::HttpApi {
        sources = situation
            .layers
            .iter()
            .rev()
            .find_map(|layer| Some(layer.sources(&layer.alternatives.as_ref()?.sources)))
            .unwrap_or_else(|| situation.cite(&[("rfc6409", "3.1")]));
    }
    let stance = if matches!(candidate.origin, Origin::HostRelay(..)) {
        Stance::Prefer
    } else {
        Stance::Accept
    };
    Some(Opinion::new(stance, Weight::WayRound, text, sources))
}
