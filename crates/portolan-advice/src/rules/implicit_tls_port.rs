//! # Detects
//! Submission on 465 with TLS from the first byte.
//!
//! # Why it matters
//! Nothing can be stripped on the way, because nothing is said in clear text. RFC 8314 prefers it; both it and 587 are
//! right. That 465 is deprecated was true before 2018.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! RFC 8314, sections 3.3 and 7.3.

use portolan_report::{RouteKind, Security};

use super::Opinion;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let route = &candidate.route;
    if route.kind != RouteKind::Submission
        || route.port != Some(465)
        || route.security != Some(Security::ImplicitTls)
    {
        return None;
    }
    Opinion::accept(
        "465 begins with TLS, so nothing can be stripped on the way. RFC 8314 prefers it and holds 587 with STARTTLS equally safe.".to_owned(),
        situation.cite(&[("rfc8314", "3.3"), ("rfc8314", "7.3")]),
    )
}
