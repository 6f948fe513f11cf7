//! # Detects
//! An endpoint of the provider's entry that the pasted documentation names as well, where the entry has others.
//!
//! # Why it matters
//! The page that somebody has open speaks of their product and of today; the entry speaks of all products.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! Those of the endpoint.

use super::{Opinion, Weight};
use crate::candidate::{Candidate, Origin};
use crate::situation::{Situation, serves};

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let Origin::Endpoint(provider, endpoint) = candidate.origin else { return None };
    situation.answers.pasted.iter().find(|pasted| {
        let is_host = |host: &String| serves(provider, endpoint, host);
        pasted.port == endpoint.port && pasted.host.as_ref().is_none_or(is_host)
    })?;
    Opinion::prefer(
        Weight::Strong,
        format!("The documentation that you pasted names {} too.", endpoint.port),
        candidate.endpoint_sources(),
    )
}
