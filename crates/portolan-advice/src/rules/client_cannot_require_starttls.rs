//! # Detects
//! A client that uses STARTTLS when offered and goes on in clear text when not.
//!
//! # Why it matters
//! An attacker, or a middlebox, only has to remove the offer, and the password is sent in clear text.
//!
//! # Remedy
//! TLS from the first byte, which cannot be removed.
//!
//! # Sources
//! RFC 3207, section 6; the client's own documentation.

use portolan_facts::Sourced;
use portolan_report::Security;

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let client = situation.client?;
    if candidate.route.security != Some(Security::StartTls)
        || !candidate.signs_in()
        || !client.starttls.can
        || client.require_starttls.can
    {
        return None;
    }
    let mut sources = client.sources(&client.require_starttls.sources);
    sources.extend(situation.cite(&[("rfc3207", "6")]));
    Opinion::discourage(
        Weight::LastResort,
        format!("{} cannot require STARTTLS: if the offer is removed on the way, it goes on in clear text.", client.name),
        sources,
    )
}
