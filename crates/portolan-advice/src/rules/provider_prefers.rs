//! # Detects
//! An endpoint that the provider itself recommends.
//!
//! # Why it matters
//! It is the one that the provider tests, documents and keeps.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! Those of the endpoint.

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let endpoint = candidate.endpoint().filter(|endpoint| endpoint.preferred)?;
    Opinion::prefer(
        Weight::Strong,
        format!("{} itself recommends {}.", situation.provider_name(), endpoint.port),
        candidate.endpoint_sources(),
    )
}
