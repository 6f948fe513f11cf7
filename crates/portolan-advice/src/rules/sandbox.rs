//! # Detects
//! A sandbox that catches mail, and whether that is wanted.
//!
//! # Why it matters
//! Mail of tests must never reach people, and mail of production must never end in a sandbox.
//!
//! # Remedy
//! A sandbox for tests, a provider for production, and separate credentials for each.
//!
//! # Sources
//! The sandbox's own documentation.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::answers::UseCase;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if !situation.provider_is_sandbox() || candidate.route.kind != RouteKind::Submission {
        return None;
    }
    let name = situation.provider_name();
    let sources = candidate.endpoint_sources();
    if situation.answers.use_case.is_none() || situation.use_case == UseCase::Testing {
        Opinion::prefer(
            Weight::Strong,
            format!("{name} catches what your tests send and delivers none of it: no recipient can be hit by mistake."),
            sources,
        )
    } else {
        Opinion::discourage(
            Weight::Strong,
            format!("{name} catches mail and delivers none of it: nobody will receive anything."),
            sources,
        )
    }
}
