//! # Detects
//! Delivery to MX hosts by something that is no mail server.
//!
//! # Why it matters
//! Delivery means a queue, retries over days, bounces, reverse DNS and a reputation. An application, a device or a
//! person's mail program has none of them; where 25 is open at all, the receivers refuse it.
//!
//! # Remedy
//! Submit to a provider or a mail server, which delivers.
//!
//! # Sources
//! RFC 5321, section 4.5.4.1; RFC 6409, section 3.1.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Mx || situation.is_mail_server() {
        return None;
    }
    let sources = situation.cite(&[("rfc5321", "4.5.4.1"), ("rfc6409", "3.1")]);
    if candidate.endpoint().is_some() {
        let mut sources = candidate.endpoint_sources();
        sources.truncate(2);
        return Opinion::discourage(
            Weight::WayRound,
            format!(
                "This is the tenant's own MX: it takes mail without a sign-in, but only for mailboxes at {} itself, and treats it like mail from strangers.",
                situation.provider_name()
            ),
            sources,
        );
    }
    Opinion::forbid(
        format!(
            "Delivering to the recipients' MX on 25 takes a mail server with a queue, retries and a reputation. {} submits instead.",
            situation.sender_name()
        ),
        sources,
    )
}
