//! # Detects
//! A route in clear text.
//!
//! # Why it matters
//! A user name and password in clear text belong to everybody on the way. Without a sign-in the message itself is
//! still readable, which only a network that one trusts excuses.
//!
//! # Remedy
//! Any endpoint with TLS.
//!
//! # Sources
//! RFC 8314, section 4; RFC 4954, section 4.

use portolan_report::{RouteKind, Security};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.security != Some(Security::Cleartext) {
        return None;
    }
    let sources = situation.cite(&[("rfc8314", "4"), ("rfc4954", "4")]);
    if candidate.signs_in() {
        return Opinion::forbid(
            "Without TLS the user name and the password can be read on the way.".to_owned(),
            sources,
        );
    }
    let is_near = situation.provider_is_sandbox() || candidate.route.kind == RouteKind::HostRelay;
    if is_near {
        Opinion::accept(
            "There is no TLS here, and no sign-in either: it never leaves the machine or the host's own network.".to_owned(),
            sources,
        )
    } else {
        Opinion::discourage(
            Weight::LastResort,
            "There is no TLS here: whoever is on the way can read the message.".to_owned(),
            sources,
        )
    }
}
