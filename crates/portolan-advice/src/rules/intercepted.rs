//! # Detects
//! A port on which somebody between rewrote the session or answered in the server's place.
//!
//! # Why it matters
//! Whoever rewrites a session reads it: a password sent there is a password given away.
//!
//! # Remedy
//! Another port; TLS from the first byte shows a stranger's certificate at once.
//!
//! # Sources
//! RFC 3207, section 6: an attacker on the way can remove the STARTTLS offer.

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let port = candidate.route.port?;
    if !candidate.egress.as_ref()?.intercepted {
        return None;
    }
    let sources = situation.cite(&[("rfc3207", "6")]);
    if candidate.signs_in() {
        Opinion::forbid(
            format!("{port} is intercepted: something between rewrites the session, so a password sent there is given away."),
            sources,
        )
    } else {
        Opinion::discourage(
            Weight::WayRound,
            format!("{port} is intercepted: what you send there goes through something that rewrites it."),
            sources,
        )
    }
}
