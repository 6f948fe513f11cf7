//! # Detects
//! Submission on a port that no standard assigns to it, such as 2525, 2587 or 2465.
//!
//! # Why it matters
//! Such ports are a provider's own courtesy for networks that shut 587 and 465. They work only where the provider
//! documents them.
//!
//! # Remedy
//! Take them when 587 and 465 do not get out.
//!
//! # Sources
//! RFC 6409, section 3.1 and RFC 8314, section 7.3 for the assigned ports.

use portolan_report::{Reach, RouteKind};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let port = candidate.route.port?;
    if candidate.route.kind != RouteKind::Submission
        || matches!(port, 25 | 465 | 587)
        || situation.provider_is_sandbox()
        // On the own machine a port is a port.
        || candidate.egress.is_none()
    {
        return None;
    }
    let is_seen_open = candidate.egress.as_ref().is_some_and(|it| it.seen == Some(Reach::Open));
    let sources = situation.cite(&[("rfc6409", "3.1"), ("rfc8314", "7.3")]);
    let (weight, text) = if candidate.is_documented() {
        (
            Weight::Slight,
            format!("{port} is no standard port: {} offers it for networks that shut 587 and 465.", situation.provider_name()),
        )
    } else if is_seen_open && situation.own_host.is_some() {
        (
            Weight::LastResort,
            format!("{port} is no standard port: it was seen open there, so take it if the server is yours or its owner documents it."),
        )
    } else {
        (
            Weight::LastResort,
            format!("{port} is no standard port: it works only where the provider documents it, for networks that shut 587 and 465."),
        )
    };
    Opinion::discourage(weight, text, sources)
}
