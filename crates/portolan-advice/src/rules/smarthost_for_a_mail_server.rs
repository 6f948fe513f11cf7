//! # Detects
//! Submission by a mail server, which could also deliver itself.
//!
//! # Why it matters
//! A smarthost delivers with its own reputation and needs no open port 25, at the price of a third party.
//!
//! # Remedy
//! Take it where 25 is shut or the posture has gaps.
//!
//! # Sources
//! RFC 6409, section 3.1; RFC 5321, section 3.6.2.

use portolan_report::{RouteKind, Stance};

use super::{Opinion, Weight};
use crate::answers::UseCase;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if !matches!(candidate.route.kind, RouteKind::Submission | RouteKind::Relay) {
        return None;
    }
    let sources = situation.cite(&[("rfc5321", "3.6.2"), ("rfc6409", "3.1")]);
    match situation.use_case {
        UseCase::MailServer => Some(Opinion::new(
            Stance::Accept,
            Weight::WayRound,
            "As a smarthost, a provider takes everything your server sends and delivers it: no open port 25 is needed.".to_owned(),
            sources,
        )),
        UseCase::Smarthost => Opinion::accept(
            match candidate.route.kind {
                RouteKind::Relay => "The provider knows your server by its address, and delivers.",
                _ => "Your server signs in to the provider like any other submitter, and the provider delivers.",
            }
            .to_owned(),
            sources,
        ),
        _ => None,
    }
}
