//! # Detects
//! A server that receives for its own domains.
//!
//! # Why it matters
//! Other servers deliver to the MX host on 25 and nowhere else: there is no choice of port. They cannot sign in, and
//! TLS cannot be demanded of them.
//!
//! # Remedy
//! Listen on 25, offer STARTTLS, accept only one's own domains.
//!
//! # Sources
//! RFC 5321, section 5.1; RFC 3207, section 4.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Receive {
        return None;
    }
    Opinion::prefer(
        Weight::Strong,
        "25 is the only port on which other mail servers deliver. Offer STARTTLS; it must not be demanded of them.".to_owned(),
        situation.cite(&[("rfc5321", "5.1"), ("rfc3207", "4")]),
    )
}
