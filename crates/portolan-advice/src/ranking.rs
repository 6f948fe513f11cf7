//! From opinions to an order. There is no table of answers: the order follows from what the rules said.

use portolan_facts::order_by;
use portolan_report::{Judged, Knowledge, Reason, RouteKind, Stance};

use crate::answers::Constraint;
use crate::candidate::Candidate;
use crate::rules::{Opinion, Rule, Weight};
use crate::situation::Situation;

/// A candidate with everything the rules said of it.
pub(crate) struct Ranked<'f> {
    pub(crate) candidate: Candidate<'f>,
    pub(crate) opinions: Vec<(&'static str, Opinion)>,
    pub(crate) place: Place,
}

/// Where a candidate stands, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Would do now.
    Fit,
    /// Would do now, with something decisive against it.
    LastResort,
    /// Would do once somebody has opened the port.
    FitOnceApproved,
    /// Another way than the one that was meant.
    WayRound,
    /// Another way, once somebody has opened the port.
    WayRoundOnceApproved,
    /// No route.
    Nowhere,
    /// In the way of nothing but the visitor's own constraint.
    Constrained,
    /// Ruled out.
    Forbidden,
}

impl Ranked<'_> {
    /// The constraint that alone is in the way.
    pub(crate) fn broken_constraint(&self) -> Option<Constraint> {
        self.opinions
            .iter()
            .find_map(|(_, opinion)| opinion.constraint)
    }

    pub(crate) fn reach(&self) -> Knowledge {
        self.candidate
            .egress
            .as_ref()
            .map_or(Knowledge::DocumentedOpen, |view| view.knowledge)
    }

    /// How many things decisive speak against it: two are worse than one, however well its port is known.
    fn last_resorts(&self) -> usize {
        self.opinions
            .iter()
            .filter(|(_, opinion)| opinion.weight == Weight::LastResort)
            .count()
    }

    pub(crate) fn said(&self, rule: &str) -> bool {
        self.opinions.iter().any(|(id, _)| *id == rule)
    }

    /// The route and its reasons: what decided first, remarks last.
    pub(crate) fn judged(&self) -> Judged {
        let forbidden = self.place >= Place::Constrained;
        let mut said: Vec<&(&'static str, Opinion)> = self.opinions.iter().collect();
        order_by(&mut said, |(_, opinion)| {
            let stance = match opinion.stance {
                Stance::Forbid => 0,
                Stance::Prefer => 1,
                Stance::Accept => 2,
                Stance::Discourage if forbidden => 1,
                Stance::Discourage => 3,
            };
            (stance, std::cmp::Reverse(opinion.weight))
        });
        Judged {
            route: self.candidate.route.clone(),
            reasons: said
                .into_iter()
                .map(|(rule, opinion)| Reason {
                    rule,
                    stance: opinion.stance,
                    text: opinion.text.clone(),
                    sources: opinion.sources.clone(),
                })
                .collect(),
        }
    }
}

/// Judges every candidate and puts them in order. The first is the verdict.
pub(crate) fn rank<'f>(
    rules: &[(&'static str, Rule)],
    candidates: Vec<Candidate<'f>>,
    situation: &Situation<'f>,
) -> Vec<Ranked<'f>> {
    let mut ranked: Vec<Ranked<'f>> = candidates
        .into_iter()
        .map(|candidate| {
            let opinions: Vec<(&'static str, Opinion)> = rules
                .iter()
                .filter_map(|(id, judge)| Some((*id, judge(&candidate, situation)?)))
                .collect();
            let place = place(&candidate, &opinions);
            Ranked {
                candidate,
                opinions,
                place,
            }
        })
        .collect();
    // The sort is stable: between equals the order of the provider's own documentation stands.
    order_by(&mut ranked, |one| {
        (
            one.place,
            one.last_resorts(),
            one.reach(),
            std::cmp::Reverse(score(&one.opinions)),
        )
    });
    let none_left = ranked
        .first()
        .is_some_and(|best| best.place == Place::Nowhere);
    if none_left {
        // Constraints are hard, but silence helps nobody: the nearest route is given, with the contradiction.
        let nearest = ranked
            .iter()
            .enumerate()
            .filter(|(_, one)| one.place == Place::Constrained)
            .min_by_key(|(at, one)| (unconstrained_place(one), *at))
            .map(|(at, _)| at);
        if let Some(at) = nearest {
            let route = ranked.remove(at);
            ranked.insert(0, route);
        }
    }
    ranked
}

fn place(candidate: &Candidate<'_>, opinions: &[(&'static str, Opinion)]) -> Place {
    let mut forbidden = opinions
        .iter()
        .filter(|(_, opinion)| opinion.stance == Stance::Forbid);
    let by_constraint = forbidden
        .clone()
        .any(|(_, opinion)| opinion.constraint.is_some());
    if forbidden.any(|(_, opinion)| opinion.constraint.is_none()) {
        return Place::Forbidden;
    }
    if by_constraint {
        return Place::Constrained;
    }
    standing(candidate, opinions)
}

fn unconstrained_place(one: &Ranked<'_>) -> Place {
    standing(&one.candidate, &one.opinions)
}

fn standing(candidate: &Candidate<'_>, opinions: &[(&'static str, Opinion)]) -> Place {
    if candidate.route.kind == RouteKind::None {
        return Place::Nowhere;
    }
    let heaviest = opinions
        .iter()
        .map(|(_, opinion)| opinion.weight)
        .filter(|weight| *weight >= Weight::LastResort)
        .max();
    let needs_approval = candidate
        .egress
        .as_ref()
        .is_some_and(|view| view.knowledge >= Knowledge::BlockedUntilApproved);
    match (heaviest, needs_approval) {
        (Some(Weight::WayRound), false) => Place::WayRound,
        (Some(Weight::WayRound), true) => Place::WayRoundOnceApproved,
        (Some(_), false) => Place::LastResort,
        (None, false) => Place::Fit,
        (_, true) => Place::FitOnceApproved,
    }
}

fn score(opinions: &[(&'static str, Opinion)]) -> i32 {
    opinions
        .iter()
        .map(|(_, opinion)| {
            let weight = match opinion.weight {
                Weight::Remark => 0,
                Weight::Slight => 10,
                Weight::Strong | Weight::LastResort | Weight::WayRound => 30,
            };
            match opinion.stance {
                Stance::Prefer => weight,
                Stance::Accept | Stance::Forbid => 0,
                Stance::Discourage => -weight,
            }
        })
        .sum()
}
