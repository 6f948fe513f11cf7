//! # Detects
//! A client that cannot speak the TLS mode of the candidate at all.
//!
//! # Why it matters
//! Plain text towards a port that begins with TLS hangs; TLS towards one that begins in plain text ends in "wrong
//! version number".
//!
//! # Remedy
//! The port of the mode that the client has, or another client.
//!
//! # Sources
//! The client's own documentation.

use portolan_facts::Sourced;
use portolan_report::Security;

use super::Opinion;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    let client = situation.client?;
    let port = candidate.route.port?;
    let (ability, mode) = match candidate.route.security? {
        Security::ImplicitTls => (&client.implicit_tls, "TLS from the first byte"),
        Security::StartTls => (&client.starttls, "STARTTLS"),
        Security::Cleartext | Security::OpportunisticStartTls => return None,
    };
    if ability.can {
        return None;
    }
    Opinion::forbid(
        format!("{} cannot do {mode}, which {port} wants here.", client.name),
        client.sources(&ability.sources),
    )
}
