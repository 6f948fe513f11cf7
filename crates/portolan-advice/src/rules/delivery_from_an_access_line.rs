//! # Detects
//! Delivery to MX hosts from the line of an internet access provider.
//!
//! # Why it matters
//! The address ranges of such lines stand on policy blocklists: receivers refuse what comes from them directly, even
//! where 25 is open, and the reverse DNS belongs to the provider.
//!
//! # Remedy
//! Hand the mail to a smarthost, signed in on 587 or 465. A line with a fixed address, its own reverse DNS and a history
//! is another matter.
//!
//! # Sources
//! The environment's entry; RFC 5068, section 4.

use portolan_facts::Sourced;
use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::answers::PostureItem;
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Mx || candidate.is_documented() {
        return None;
    }
    let line = situation.access_line()?;
    let is_settled = |item| situation.answers.posture.get(&item) == Some(&true);
    if is_settled(PostureItem::Ptr) && is_settled(PostureItem::WarmIp) {
        return None;
    }
    let mut sources = situation.cite(&[("rfc5068", "4")]);
    if let Some(policy) = line.port(25).filter(|policy| line.confirms(policy)) {
        sources.extend(line.sources(&policy.sources));
    }
    Opinion::discourage(
        Weight::WayRound,
        format!(
            "{} is an access line: receivers refuse mail that comes from such addresses directly, even where 25 is open. Hand it to a smarthost, signed in.",
            line.name
        ),
        sources,
    )
}
