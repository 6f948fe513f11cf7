//! Why this route, what it takes for granted, what does not go together, and why not the others.

use portolan_report::{Advice, Contradiction, ContradictionKind, Reason, Route, Stance};
use yew::prelude::*;

use super::{View, sources, words};

/// More than this many judgements of a rejected route would hide the one that counts.
const FEW: usize = 3;

pub(super) fn contradictions(found: &[Contradiction], view: &View<'_>) -> Html {
    if found.is_empty() {
        return Html::default();
    }
    html! {
        <section class="conflicts" aria-labelledby="conflicts-title">
            <h3 id="conflicts-title">{ "This does not go together" }</h3>
            <ul role="list">
                { for found.iter().map(|one| html! {
                    <li key={one.text.clone()}>
                        <b>{ match one.kind {
                            ContradictionKind::Answers => "Two answers. ",
                            ContradictionKind::Constraint => "What you asked for. ",
                            ContradictionKind::NoCommonPort => "No port in common. ",
                            ContradictionKind::Sources => "Sources disagree. ",
                        } }</b>
                        { one.text.as_str() }{ " " }{ sources::sources(&one.sources, view) }
                    </li>
                }) }
            </ul>
        </section>
    }
}

pub(super) fn why(advice: &Advice, view: &View<'_>) -> Html {
    let assumed = advice.assumptions.iter().map(|one| {
        html! { <li key={one.question}>{ one.text.as_str() }</li> }
    });
    let beware = advice.warnings.iter().map(|note| {
        html! {
            <li key={note.text.clone()}>{ note.text.as_str() }{ " " }{ sources::sources(&note.sources, view) }</li>
        }
    });
    html! {
        <section aria-labelledby="why-title">
            <h3 id="why-title">{ "Why this one" }</h3>
            { judgements(&advice.best.reasons, view) }
            if !advice.assumptions.is_empty() {
                <h4>{ "Taken for granted, until you say otherwise" }</h4>
                <ul class="plain" role="list">{ for assumed }</ul>
            }
            if !advice.warnings.is_empty() {
                <h4>{ "Beware" }</h4>
                <ul class="plain" role="list">{ for beware }</ul>
            }
        </section>
    }
}

/// The sign before a judgement, and the word that a screen reader says in its place.
const fn sign(stance: Stance) -> (&'static str, &'static str) {
    match stance {
        Stance::Prefer => ("+", "For: "),
        Stance::Accept => ("·", "Nothing against: "),
        Stance::Discourage => ("−", "Against: "),
        Stance::Forbid => ("×", "Ruled out: "),
    }
}

fn judgements<'a>(reasons: impl IntoIterator<Item = &'a Reason>, view: &View<'_>) -> Html {
    let items = reasons.into_iter().map(|reason| {
        let (sign, word) = sign(reason.stance);
        html! {
            <li key={format!("{} {}", reason.rule, reason.text)} data-stance={reason.stance.id()}>
                <span class="reasons__sign" aria-hidden="true">{ sign }</span>
                <span>
                    <span class="visually-hidden">{ word }</span>
                    { reason.text.as_str() }{ " " }{ sources::sources(&reason.sources, view) }
                </span>
            </li>
        }
    });
    html! { <ul class="reasons" role="list">{ for items }</ul> }
}

pub(super) fn why_not(advice: &Advice, view: &View<'_>) -> Html {
    if advice.alternatives.is_empty() && advice.rejected.is_empty() {
        return Html::default();
    }
    let others = advice.alternatives.iter().enumerate().map(|(at, other)| {
        entry(
            at == 0,
            &other.route,
            Some(&other.when),
            &other.reasons,
            view,
        )
    });
    let none_else = advice.alternatives.is_empty();
    let rejected = advice.rejected.iter().enumerate().map(|(at, judged)| {
        entry(
            at == 0 && none_else,
            &judged.route,
            None,
            &judged.reasons,
            view,
        )
    });
    html! {
        <section aria-labelledby="why-not-title">
            <h3 id="why-not-title">{ "Why not the others" }</h3>
            <div class="others">{ for others }{ for rejected }</div>
        </section>
    }
}

/// One other route, folded: when it would do, or where it would not, what speaks most against it.
fn entry(
    open: bool,
    route: &Route,
    when: Option<&str>,
    reasons: &[Reason],
    view: &View<'_>,
) -> Html {
    let host = route.host.as_ref().map_or("", |host| host.name.as_str());
    let key = format!(
        "{} {host} {:?} {:?}",
        route.kind.id(),
        route.port,
        route.security
    );
    let mut weighed: Vec<&Reason> = reasons.iter().collect();
    if when.is_none() {
        weighed.sort_by_key(|reason| std::cmp::Reverse(reason.stance));
    }
    let gist = match (when, weighed.first()) {
        (Some(when), _) if !when.is_empty() => format!("Take it {when}."),
        (None, Some(reason)) => reason.text.clone(),
        _ => "It would do as well.".to_owned(),
    };
    html! {
        <details class="other" {key} {open}>
            <summary>
                <b class="other__port">{ words::route(route) }</b>
                <span class="other__tls">{ words::protection(route) }</span>
                <span class="other__gist">{ gist }</span>
            </summary>
            { judgements(weighed.into_iter().take(FEW), view) }
        </details>
    }
}
