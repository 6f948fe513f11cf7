//! What the advice asks of a sender's records, and a domain answers.

use portolan_dns::dkim::Key;
use portolan_dns::dmarc::Effect;
use portolan_dns::finding::Rule;
use portolan_dns::rules::dmarc as rules;
use portolan_dns::spf::Found;
use portolan_dns::survey::{Origin, Posture};

use super::{DomainAssessment, Told};

/// Something that a sender should have in order; the name is the one that the advice's answers have for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// An SPF record that receivers can evaluate.
    Spf,
    /// A key of DKIM that can be used.
    Dkim,
    /// A DMARC policy.
    Dmarc,
    /// A reverse name that leads back.
    Ptr,
}

impl Item {
    /// The name.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Spf => "spf",
            Self::Dkim => "dkim",
            Self::Dmarc => "dmarc",
            Self::Ptr => "ptr",
        }
    }
}

/// What is in order, and what is not. What nobody could say is not among them: a look-up that failed speaks for nothing.
///
/// ```
/// use portolan_check::domain::{Item, assess, items, pasted};
///
/// let read = portolan_records::read("example.com. IN TXT \"v=spf1 ip4:192.0.2.1 -all\"", None);
/// let assessment = assess(&pasted(&read, 1_700_000_000).unwrap().report);
/// assert_eq!(items(&assessment), [(Item::Spf, true)]);
/// ```
pub fn items(assessment: &DomainAssessment) -> Vec<(Item, bool)> {
    let posture = &assessment.posture;
    let judged = |state: Option<bool>, prefix: &str| match speaks_against(assessment, prefix) {
        Some(Against::Finding) => state.map(|_| false),
        Some(Against::Failure) => state.filter(|it| !it),
        None => state,
    };
    let has_none = |rule: &Rule| assessment.findings.iter().any(|it| it.rule == rule.id);
    let dmarc = dmarc(posture).or(has_none(&rules::NONE).then_some(false));
    // What an unknown part holds may be too much.
    let spf = judged(spf(posture), "spf-").filter(|it| !(*it && posture.spf.is_partial()));
    [
        (Item::Spf, spf),
        (Item::Dkim, judged(dkim(posture), "dkim-")),
        (Item::Dmarc, judged(dmarc, "dmarc-")),
        (Item::Ptr, reverse(posture)),
    ]
    .into_iter()
    .filter_map(|(item, state)| Some((item, state?)))
    .collect()
}

/// What speaks against a record that is there.
enum Against {
    /// Something is wrong.
    Finding,
    /// Nothing but look-ups that failed: what they would have shown is not known.
    Failure,
}

fn speaks_against(assessment: &DomainAssessment, prefix: &str) -> Option<Against> {
    let mut wrong = assessment.wrong().filter(|it| it.rule.starts_with(prefix));
    let first = wrong.next()?;
    let is_failure = first.is_failure() && wrong.all(Told::is_failure);
    Some(if is_failure {
        Against::Failure
    } else {
        Against::Finding
    })
}

fn spf(posture: &Posture) -> Option<bool> {
    match posture.spf.found {
        Found::One(_) => Some(true),
        Found::None | Found::Many(_) => Some(false),
        Found::Error(_) | Found::Loop | Found::NotWalked | Found::Open => None,
    }
}

/// That a provider's usual selector is not there, or was revoked, says nothing: the domain may have others.
fn dkim(posture: &Posture) -> Option<bool> {
    let is_there = posture.dkim.iter().any(|(selector, key)| {
        key.as_ref()
            .is_some_and(|it| it.key != Key::Revoked || selector.origin == Origin::Named)
    });
    if is_there {
        return Some(true);
    }
    let unanswered = |name: &str| {
        let start = format!("{name}._domainkey.");
        let mut open = posture.unanswered.iter();
        let mut failed = posture.failed.iter().map(|(lookup, _)| lookup);
        open.any(|it| it.name.as_str().starts_with(&start))
            || failed.any(|it| it.name.as_str().starts_with(&start))
    };
    posture
        .dkim
        .iter()
        .any(|(selector, _)| selector.origin == Origin::Named && !unanswered(&selector.name))
        .then_some(false)
}

fn dmarc(posture: &Posture) -> Option<bool> {
    let walk = &posture.dmarc;
    if let Some((_, record)) = walk.record() {
        return Some(record.effect != Effect::NotAtAll);
    }
    (walk.open.is_empty() && !walk.has_failed()).then_some(false)
}

fn reverse(posture: &Posture) -> Option<bool> {
    let names = posture.reverse.as_ref()?;
    if names.iter().any(|it| it.confirmed == Some(true)) {
        return Some(true);
    }
    names
        .iter()
        .all(|it| it.confirmed == Some(false))
        .then_some(false)
}
