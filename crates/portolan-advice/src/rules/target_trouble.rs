//! # Detects
//! A refusal, a reset or one named host's time-out: it speaks of that target, not of the network.
//!
//! # Why it matters
//! "Connection refused" is an answer. The packet arrived somewhere and nothing listens there, or a single server is
//! down; no host has to lift a block for it.
//!
//! # Remedy
//! Check the host's name and port, then try another endpoint of the same provider.
//!
//! # Sources
//! The visitor's own observation. RFC 9293 is where a reset is defined; no fact of ours is needed.

use portolan_report::{Observation, Reach};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, _situation: &Situation<'_>) -> Option<Opinion> {
    let port = candidate.route.port?;
    let host = candidate.route.host.as_ref().map(|host| host.name.as_str());
    // What was seen at another host says nothing of this one; without a host, it was this route that was tried. Of
    // several, the least: which one is told must not hang on the order in which they were said.
    let is_meant = |seen: &&&Observation| {
        seen.host.as_deref().is_none_or(|seen| host.is_some_and(|host| host.eq_ignore_ascii_case(seen)))
    };
    let trouble = candidate.egress.as_ref()?.trouble.iter().filter(is_meant).min()?;
    let what = match trouble.reach {
        Reach::Reset => "the connection was cut",
        Reach::TimedOut => "this host did not answer",
        _ => "the host answered that nothing listens there",
    };
    Opinion::discourage(
        Weight::LastResort,
        format!("On {port} {what}. That speaks of this one target, not of your network: check the host name and the port first."),
        Vec::new(),
    )
}
