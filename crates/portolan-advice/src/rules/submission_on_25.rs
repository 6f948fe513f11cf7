//! # Detects
//! Submission on port 25, or a relay on it for what is no mail server.
//!
//! # Why it matters
//! 25 is where mail servers relay to each other. Networks block it first, and an application that uses it breaks
//! wherever it moves next. Some providers take signed-in mail there as well; nothing is gained by it.
//!
//! # Remedy
//! 587 with STARTTLS required, or 465 with TLS from the first byte.
//!
//! # Sources
//! RFC 6409, section 3.1; RFC 8314, section 4; RFC 5068 for the blocking.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.port != Some(25) {
        return None;
    }
    if candidate.route.kind == RouteKind::Relay && !situation.is_mail_server() {
        return Opinion::discourage(
            if situation.wants_no_sign_in() { Weight::Slight } else { Weight::LastResort },
            "25 is the first port that networks block: another one that takes the same mail lasts longer.".to_owned(),
            situation.cite(&[("rfc5068", "4"), ("rfc6409", "3.1")]),
        );
    }
    if candidate.route.kind != RouteKind::Submission {
        return None;
    }
    let sources = situation.cite(&[("rfc6409", "3.1"), ("rfc8314", "4")]);
    match candidate.is_documented() {
        // A sandbox on the own machine may listen anywhere.
        true if situation.provider_is_sandbox() && candidate.egress.is_none() => None,
        true => Opinion::discourage(
            Weight::LastResort,
            format!(
                "25 is for relay between mail servers and the first port that networks block. {} takes signed-in mail there too, but only take it when nothing else gets out.",
                situation.provider_name()
            ),
            sources,
        ),
        false => Opinion::forbid(
            "25 is for relay between mail servers. Whoever signs in submits on 587 or 465.".to_owned(),
            sources,
        ),
    }
}
