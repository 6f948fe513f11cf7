//! # Detects
//! Submission on 587 with STARTTLS.
//!
//! # Why it matters
//! 587 is reserved for submission, networks must not block it, and nearly everything can speak it. With STARTTLS
//! required it is as safe as 465.
//!
//! # Remedy
//! Require STARTTLS; never "TLS if available".
//!
//! # Sources
//! RFC 6409, section 3.1; RFC 8314, section 3.3; RFC 5068, section 4.1.

use portolan_report::{RouteKind, Security};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let route = &candidate.route;
    if route.kind != RouteKind::Submission
        || route.port != Some(587)
        || route.security != Some(Security::StartTls)
    {
        return None;
    }
    Opinion::prefer(
        Weight::Slight,
        "587 is the port reserved for submission. With STARTTLS required it is as safe as 465.".to_owned(),
        situation.cite(&[("rfc6409", "3.1"), ("rfc8314", "3.3")]),
    )
}
