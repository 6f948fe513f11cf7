//! Why this route, what it takes for granted, what does not go together, and why not the others.

use portolan_report::{Advice, Contradiction, ContradictionKind, Note, Reason, Route, Stance};
use yew::prelude::*;

use super::{View, sources, words};

/// More than this many, of judgements or warnings, would hide the one that counts; the rest is folded or left out.
const FEW: usize = 3;

/// Whether it is more than sources that differ: then it comes before the reasons.
pub(super) fn is_grave(found: &[Contradiction]) -> bool {
    found
        .iter()
        .any(|one| one.kind != ContradictionKind::Sources)
}

pub(super) fn contradictions(found: &[Contradiction], view: &View<'_>) -> Html {
    if found.is_empty() {
        return Html::default();
    }
    let only_sources = found
        .iter()
        .all(|one| one.kind == ContradictionKind::Sources);
    let items = found.iter().map(|one| {
        let what = match one.kind {
            ContradictionKind::Answers => "Two answers. ",
            ContradictionKind::Constraint => "What you asked for. ",
            ContradictionKind::NoCommonPort => "No port in common. ",
            ContradictionKind::Sources if only_sources => "",
            ContradictionKind::Sources => "Sources disagree. ",
        };
        html! {
            <li key={one.text.clone()}>
                <b>{ what }</b>
                { one.text.as_str() }{ " " }{ sources::sources(&one.sources, view) }
            </li>
        }
    });
    html! {
        <section
            class="conflicts"
            data-kind={if only_sources { "sources" } else { "answers" }}
            aria-labelledby="conflicts-title"
        >
            <h3 id="conflicts-title">
                { if only_sources { "The sources disagree" } else { "This does not go together" } }
            </h3>
            <ul role="list">{ for items }</ul>
        </section>
    }
}

pub(super) fn why(advice: &Advice, view: &View<'_>) -> Html {
    let assumed = advice.assumptions.iter().map(|one| {
        html! { <li key={one.question}>{ one.text.as_str() }</li> }
    });
    let (first, more) = advice.warnings.split_at(advice.warnings.len().min(FEW));
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
                { notes(first, view) }
                if !more.is_empty() {
                    <details class="more">
                        <summary>{ more.len() }{ " more to beware of" }</summary>
                        { notes(more, view) }
                    </details>
                }
            }
        </section>
    }
}

fn notes(notes: &[Note], view: &View<'_>) -> Html {
    let items = notes.iter().map(|note| {
        html! {
            <li key={note.text.clone()}>
                { note.text.as_str() }{ " " }{ sources::sources(&note.sources, view) }
            </li>
        }
    });
    html! { <ul class="plain" role="list">{ for items }</ul> }
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
