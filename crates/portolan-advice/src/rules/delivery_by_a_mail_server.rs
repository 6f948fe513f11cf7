//! # Detects
//! Delivery to MX hosts by a mail server.
//!
//! # Why it matters
//! This is what port 25 is for: the next hop is found by the recipient domain's MX records, and no sign-in is asked.
//!
//! # Remedy
//! None is needed.
//!
//! # Sources
//! RFC 5321, section 5.1; RFC 3207, section 4: towards an MX host STARTTLS cannot be demanded.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::answers::UseCase;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Mx || !situation.is_mail_server() {
        return None;
    }
    let sources = situation.cite(&[("rfc5321", "5.1"), ("rfc3207", "4")]);
    if situation.use_case == UseCase::MailServer {
        Opinion::prefer(
            Weight::Strong,
            "A mail server that delivers to other domains looks up their MX and relays on 25: this is what 25 is for. STARTTLS is used when offered and cannot be demanded of an MX.".to_owned(),
            sources,
        )
    } else {
        Opinion::discourage(
            Weight::WayRound,
            "You hand mail to a provider; delivering to MX hosts yourself is another job, with its own reputation.".to_owned(),
            sources,
        )
    }
}
