//! # Detects
//! An endpoint that the provider itself recommends, in its entry or in the documentation that was pasted.
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
use crate::candidate::{Candidate, Origin};
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if matches!(candidate.origin, Origin::Pasted) {
        let route = &candidate.route;
        let port = route.port?;
        let host = route.host.as_ref().map(|host| &host.name);
        situation.answers.pasted.iter().find(|pasted| {
            pasted.recommended && pasted.port == port && pasted.host.as_ref() == host
        })?;
        return Opinion::prefer(
            Weight::Strong,
            format!("The documentation that you pasted recommends {port}."),
            candidate.endpoint_sources(),
        );
    }
    let endpoint = candidate.endpoint().filter(|endpoint| endpoint.preferred)?;
    Opinion::prefer(
        Weight::Strong,
        format!("{} itself recommends {}.", situation.provider_name(), endpoint.port),
        candidate.endpoint_sources(),
    )
}
