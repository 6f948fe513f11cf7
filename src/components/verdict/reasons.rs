//! Why this route, what it takes for granted, what does not go together, and why not the others.

use portolan_report::{
    Advice, Contradiction, ContradictionKind, Note, Reason, Route, Security, Stance,
};

use super::super::dom::{El, el, list, of, push};
use super::{View, sources, words};

/// More than this many, of judgements or warnings, would hide the one that counts; the rest is folded or left out.
const FEW: usize = 3;

/// Whether it is more than sources that differ: then it comes before the reasons.
pub(super) fn is_grave(found: &[Contradiction]) -> bool {
    found
        .iter()
        .any(|one| one.kind != ContradictionKind::Sources)
}

pub(super) fn contradictions(found: &[Contradiction], view: &View<'_>) -> Option<El> {
    if found.is_empty() {
        return None;
    }
    let only_sources = !is_grave(found);
    let (kind, title) = if only_sources {
        ("sources", "The sources disagree")
    } else {
        ("answers", "This does not go together")
    };
    let item = |one: &Contradiction| {
        let what = match one.kind {
            ContradictionKind::Answers => "Two answers. ",
            ContradictionKind::Constraint => "What you asked for. ",
            ContradictionKind::NoCommonPort => "No port in common. ",
            ContradictionKind::Sources if only_sources => "",
            ContradictionKind::Sources => "Sources disagree. ",
        };
        let item = el("li").key(&one.text).child(el("b").text(what));
        sources::add(
            item.text(&one.text).text(" "),
            &one.text,
            &one.sources,
            view,
        )
    };
    let section = of("section", "conflicts")
        .attr("data-kind", kind)
        .titled("conflicts-title", title)
        .child(el("ul").attr("role", "list").each(found, item));
    Some(section)
}

pub(super) fn why(advice: &Advice, view: &View<'_>) -> El {
    let section = el("section")
        .titled("why-title", "Why this one")
        .child(judgements(&advice.best.reasons, view));
    beware(assumed(section, advice), advice, view)
}

fn assumed(section: El, advice: &Advice) -> El {
    if advice.assumptions.is_empty() {
        return section.maybe(None).maybe(None);
    }
    let list = list("ul", "plain");
    section
        .child(el("h4").text("Taken for granted, until you say otherwise"))
        .child(list.each(&advice.assumptions, |one| {
            el("li").key(one.question).text(&one.text)
        }))
}

fn beware(section: El, advice: &Advice, view: &View<'_>) -> El {
    if advice.warnings.is_empty() {
        return section;
    }
    let (first, more) = advice.warnings.split_at(advice.warnings.len().min(FEW));
    section
        .child(el("h4").text("Beware"))
        .child(notes(first, view))
        .maybe((!more.is_empty()).then(|| {
            of("details", "more")
                .child(
                    el("summary")
                        .text(&more.len().to_string())
                        .text(" more to beware of"),
                )
                .child(notes(more, view))
        }))
}

fn notes(notes: &[Note], view: &View<'_>) -> El {
    list("ul", "plain").each(notes, |note| {
        let item = el("li").key(&note.text).text(&note.text).text(" ");
        sources::add(item, &note.text, &note.sources, view)
    })
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

fn judgements<'a>(reasons: impl IntoIterator<Item = &'a Reason>, view: &View<'_>) -> El {
    let mut items = Vec::new();
    for reason in reasons {
        push(&mut items, judgement(reason, view));
    }
    list("ul", "reasons").all(items)
}

fn judgement(reason: &Reason, view: &View<'_>) -> El {
    let (sign, word) = sign(reason.stance);
    let words = el("div")
        .child(of("span", "visually-hidden").text(word))
        .text(&reason.text)
        .text(" ");
    el("li")
        .key(&[reason.rule, " ", &reason.text].concat())
        .attr("data-stance", reason.stance.id())
        .child(
            of("span", "reasons__sign")
                .attr("aria-hidden", "true")
                .text(sign),
        )
        .child(sources::add(words, &reason.text, &reason.sources, view))
}

pub(super) fn why_not(advice: &Advice, view: &View<'_>) -> Option<El> {
    let mut others = Vec::new();
    for other in &advice.alternatives {
        let weighed: Vec<&Reason> = other.reasons.iter().collect();
        let gist = if other.when.is_empty() {
            "It would do as well."
        } else {
            &["Take it ", &other.when, "."].concat()
        };
        let is_first = others.is_empty();
        push(
            &mut others,
            entry(is_first, &other.route, gist, &weighed, view),
        );
    }
    for judged in &advice.rejected {
        // What speaks most against it comes first, and else all stays in its order.
        let mut weighed: Vec<&Reason> = Vec::with_capacity(judged.reasons.len());
        for stance in [
            Stance::Forbid,
            Stance::Discourage,
            Stance::Accept,
            Stance::Prefer,
        ] {
            weighed.extend(judged.reasons.iter().filter(|it| it.stance == stance));
        }
        let gist = weighed
            .first()
            .map_or("It would do as well.", |reason| reason.text.as_str());
        let is_first = others.is_empty();
        push(
            &mut others,
            entry(is_first, &judged.route, gist, &weighed, view),
        );
    }
    if others.is_empty() {
        return None;
    }
    let section = el("section")
        .titled("why-not-title", "Why not the others")
        .child(of("div", "others").all(others));
    Some(section)
}

/// One other route, folded: when it would do, or what speaks most against it.
fn entry(open: bool, route: &Route, gist: &str, weighed: &[&Reason], view: &View<'_>) -> El {
    let port = words::number(route.port.unwrap_or_default());
    let key = [
        route.kind.id(),
        " ",
        route.host.as_ref().map_or("", |host| &host.name),
        " ",
        &port,
        " ",
        route.security.map_or("", Security::id),
    ];
    of("details", "other")
        .key(&key.concat())
        .flag("open", open)
        .child(
            el("summary")
                .child(of("b", "other__port").text(&words::route(route)))
                .child(of("span", "other__tls").text(words::protection(route)))
                .child(of("span", "other__gist").text(gist)),
        )
        .child(judgements(weighed.iter().copied().take(FEW), view))
}
