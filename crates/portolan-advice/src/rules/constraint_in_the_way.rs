//! # Detects
//! A candidate that breaks what the visitor said the route must keep to.
//!
//! # Why it matters
//! A constraint is hard: a policy, a device without a place for a password, a firewall.
//!
//! # Remedy
//! A route that keeps to it; where there is none, the nearest one, with the contradiction told.
//!
//! # Sources
//! The visitor's own answer; RFC 8314, section 3.3 for TLS from the first byte.

use super::Opinion;
use crate::answers::Constraint;
use crate::candidate::Candidate;
use crate::keeps::keeps;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    // In the order of the form, not in that of the answers: which one is named must not hang on who clicked first.
    let broken = Constraint::ALL
        .iter()
        .copied()
        .find(|constraint| situation.requires(*constraint) && !keeps(candidate, *constraint))?;
    let text = match broken {
        Constraint::TlsFromFirstByte => "It begins in plain text, and you need encryption from the first byte.",
        Constraint::NoAuth => "It wants a sign-in, and your sender cannot sign in.",
        Constraint::IpAllowList => "It goes by a sign-in, and you need to be known by your address.",
        Constraint::NoHttp => "It is an API over HTTPS, which you excluded.",
    };
    let sources = match broken {
        Constraint::TlsFromFirstByte => situation.cite(&[("rfc8314", "3.3")]),
        _ => Vec::new(),
    };
    let mut opinion = Opinion::forbid(text.to_owned(), sources)?;
    opinion.constraint = Some(broken);
    Some(opinion)
}
