//! # Detects
//! What is known of the candidate's port on the sender's side.
//!
//! # Why it matters
//! A port that the network drops is no route, however right it is elsewhere. A time-out towards one is network policy
//! until shown otherwise, and has nothing to do with credentials.
//!
//! # Remedy
//! Another port that both ends have, lifting the block, or the way round.
//!
//! # Sources
//! The environment's own entry. Where no environment is named, nothing is said.

use portolan_report::{Knowledge, Reach};

use super::{Opinion, Weight};
use crate::candidate::Candidate;
use crate::situation::Situation;

pub(super) fn judge(candidate: &Candidate<'_>, _situation: &Situation<'_>) -> Option<Opinion> {
    let (port, view) = (candidate.route.port?, candidate.egress.as_ref()?);
    let layer = view.layer.unwrap_or("your network");
    let note = view.note.map(|note| format!(" {note}")).unwrap_or_default();
    let sources = view.sources.clone();
    let documented_shut = matches!(
        view.documented,
        Some(Knowledge::Blocked | Knowledge::BlockedUntilApproved)
    );
    match view.knowledge {
        Knowledge::SeenOpen if documented_shut => Opinion::accept(
            format!("{port} is open: you saw it connect, although {layer} is documented to block it. What was seen counts."),
            sources,
        ),
        Knowledge::SeenOpen => {
            Opinion::accept(format!("{port} is open: you saw it connect."), sources)
        }
        Knowledge::DocumentedOpen => {
            Opinion::accept(format!("{port} is open at {layer}.{note}"), sources)
        }
        Knowledge::LikelyOpen => Opinion::accept(
            format!("{port} is likely open at {layer}: the sources restrict other ports and are silent about this one."),
            sources,
        ),
        Knowledge::Unknown if view.layer.is_some() => Opinion::discourage(
            Weight::Remark,
            format!("Whether {layer} lets {port} out is not known.{note}"),
            sources,
        ),
        Knowledge::Unknown => None,
        Knowledge::Throttled => Opinion::discourage(
            Weight::Remark,
            format!("{port} is open at {layer}, but slowed or counted.{note}"),
            sources,
        ),
        Knowledge::Conditional => Opinion::discourage(
            Weight::Remark,
            format!("{port} is open at {layer} under a condition.{note}"),
            sources,
        ),
        Knowledge::BlockedUntilApproved => Opinion::discourage(
            Weight::Remark,
            format!("{port} is blocked at {layer} until somebody approves.{note}"),
            sources,
        ),
        Knowledge::Blocked => Opinion::forbid(format!("{port} is blocked at {layer}.{note}"), sources),
        Knowledge::SeenShut if view.intercepted => None,
        Knowledge::SeenShut => {
            let seen = match view.seen {
                Some(Reach::Rejected) => "a firewall rejected it",
                _ => "it timed out",
            };
            let against = match view.documented {
                Some(Knowledge::DocumentedOpen | Knowledge::LikelyOpen) => {
                    format!(" Documented as open at {layer}, so look for a firewall of your own.")
                }
                Some(Knowledge::Blocked | Knowledge::BlockedUntilApproved) => {
                    format!(" That is how a block looks, and {layer} is documented to have one.")
                }
                _ => " A time-out is the network's policy until shown otherwise, not your password.".to_owned(),
            };
            Opinion::forbid(format!("{port} is shut: you saw that {seen}.{against}"), sources)
        }
    }
}
