//! # Detects
//! The host that the visitor named, where the provider has several.
//!
//! # Why it matters
//! A provider keeps apart by host what it keeps apart by contract: another stream, another region, a relay. Whoever
//! names one of them has it.
//!
//! # Remedy
//! Take the named host, on the port that fits best.
//!
//! # Sources
//! Those of the endpoint.

use super::{Opinion, Weight};
use crate::candidate::{Candidate, Origin};
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let Origin::Endpoint(provider, _) = candidate.origin else { return None };
    let host = candidate.route.host.as_ref().filter(|host| situation.names_host(&host.name))?;
    Opinion::prefer(
        Weight::Strong,
        format!("You named {}; {} has other hosts for other purposes.", host.name, provider.name),
        candidate.endpoint_sources(),
    )
}
