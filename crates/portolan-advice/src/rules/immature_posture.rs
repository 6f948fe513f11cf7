//! # Detects
//! Delivery on port 25 by a sender whose posture has gaps.
//!
//! # Why it matters
//! Receivers refuse servers without reverse DNS, SPF or DKIM whatever the port does. Trouble on 25 is often a symptom
//! of that, not of the network.
//!
//! # Remedy
//! Close the gaps; until then hand the mail to a provider.
//!
//! # Sources
//! RFC 7208, RFC 6376 and RFC 9989 for the records; RFC 5321, section 7.9: a receiver may refuse for any policy.

use portolan_report::RouteKind;

use super::{Opinion, Weight};
use crate::answers::PostureItem;
use crate::candidate::Candidate;
use crate::maturity::is_essential;
use crate::situation::Situation;
use crate::words;

pub(super) fn judge(candidate: &Candidate<'_>, situation: &Situation<'_>) -> Option<Opinion> {
    if candidate.route.kind != RouteKind::Mx || !situation.is_mail_server() {
        return None;
    }
    let posture = &situation.answers.posture;
    let missing: Vec<PostureItem> =
        posture.iter().filter(|(_, in_order)| !**in_order).map(|(item, _)| *item).collect();
    let sources = situation.cite(&[("rfc5321", "7.9"), ("rfc7208", "2.4")]);
    if missing.is_empty() {
        if posture.len() < PostureItem::ALL.len() {
            return None;
        }
        return Opinion::prefer(
            Weight::Slight,
            "Everything that receivers look for is in order: records, reverse DNS, bounces, an owner.".to_owned(),
            sources,
        );
    }
    let gaps: Vec<&str> = missing.iter().map(|item| words::posture_gap(*item)).collect();
    let text = format!(
        "Receivers will refuse or junk direct mail while this is missing: {}.",
        words::list(&gaps)
    );
    let essential = missing.iter().filter(|item| is_essential(**item)).count();
    let weight = if essential >= 2 { Weight::WayRound } else { Weight::Strong };
    Opinion::discourage(weight, text, sources)
}
