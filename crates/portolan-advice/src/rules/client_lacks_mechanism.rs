//! # Detects
//! A provider that offers only such ways to sign in as the client is known not to have.
//!
//! # Why it matters
//! TLS comes about, and then "authentication failed" or "no mechanism in common" is read as a wrong password.
//!
//! # Remedy
//! Another client, an add-on that brings the mechanism, or a route that asks for another sign-in.
//!
//! # Sources
//! The client's own documentation or code, and the provider's entry.

use portolan_facts::Sourced;
use portolan_report::SignInKind;

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;
use crate::words;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let client = situation.client?;
    let sign_in = &candidate.route.sign_in;
    let offered: Vec<&str> = match (sign_in.mechanisms.as_slice(), sign_in.kinds.as_slice()) {
        // Of the two mechanisms for OAuth 2, this is the one that all who take mail with it have.
        ([], [SignInKind::OAuth2]) => vec!["XOAUTH2"],
        (mechanisms, _) => mechanisms.iter().map(String::as_str).collect(),
    };
    if !candidate.signs_in() || offered.is_empty() {
        return None;
    }
    // What nobody says of a client is not held against it.
    let mut sources = Vec::new();
    for name in &offered {
        let known = client.mechanisms.iter().find(|it| it.name == *name)?;
        if known.can {
            return None;
        }
        sources.extend(client.sources(&known.sources));
    }
    sources.extend(candidate.endpoint_sources());
    Opinion::discourage(
        Weight::Strong,
        format!(
            "The sign-in offered here is {}, and {} cannot do that.",
            words::list(&offered),
            client.name
        ),
        sources,
    )
}
