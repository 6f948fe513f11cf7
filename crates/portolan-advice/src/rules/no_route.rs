//! # Detects
//! That no route is left.
//!
//! # Why it matters
//! Silence would cost a day. What would help is known: another network, another port, an API.
//!
//! # Remedy
//! See the steps: lift the block, another provider, another place.
//!
//! # Sources
//! RFC 6409, section 3.1 and RFC 8314, section 3.3 for the ports that submission needs.

use portolan_facts::Sourced;
use portolan_report::{RouteKind, Stance};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::None {
        return None;
    }
    if let (Some(provider), true) = (situation.provider, situation.has_no_smtp()) {
        return Opinion::accept(
            format!("{} documents no SMTP endpoint for outside programs.", provider.name),
            provider.quirks.iter().flat_map(|it| provider.sources(&it.sources)).collect(),
        );
    }
    Some(Opinion::new(
        Stance::Accept,
        Weight::WayRound,
        format!(
            "No way from {} to {} is known: every port that would do is shut, and no way round is documented.",
            situation.environment_name(),
            situation.provider_name()
        ),
        situation.cite(&[("rfc6409", "3.1"), ("rfc8314", "3.3")]),
    ))
}
