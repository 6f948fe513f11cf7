//! Sources as links with their date, and a visible mark on what is old, undated or second-hand.

use std::sync::Arc;

use portolan_report::{Mark, Source};
use yew::Html;

use super::super::dom::{El, el, of, push};
use super::View;
use crate::state::percent;

/// Adds the sources of one sentence, at its end: the first ones, the rest folded, and where to say that it is wrong.
///
/// `about` is the sentence. The element must be one that may hold a fold: no paragraph.
pub(super) fn add(sentence: El, about: &str, sources: &[Arc<Source>], view: &View<'_>) -> El {
    let mut shown: Vec<&Source> = Vec::with_capacity(sources.len());
    for source in sources {
        let is_known = |other: &&Source| name(other) == name(source) && other.seen == source.seen;
        if !shown.iter().any(is_known) {
            shown.push(source);
        }
    }
    if shown.is_empty() {
        return sentence.maybe(None);
    }
    // A fold of one would be longer than what it folds.
    let first = if shown.len() > FEW + 1 {
        FEW
    } else {
        shown.len()
    };
    let (first, rest) = shown.split_at(first);
    let more = (!rest.is_empty()).then(|| {
        let count = ["+", &rest.len().to_string()].concat();
        of("details", "sources__more")
            .child(
                el("summary")
                    .text(&count)
                    .child(of("span", "visually-hidden").text(" more sources")),
            )
            .all(listed(rest, view))
    });
    let wrong = view.report.map(|report| {
        of("a", "sources__wrong")
            .attr("href", &report.replace("{text}", &told(about, sources)))
            .attr("rel", "noopener noreferrer")
            .text("this is wrong")
    });
    sentence.child(
        of("div", "sources")
            .all(listed(first, view))
            .maybe(more)
            .maybe(wrong),
    )
}

/// What a report says: the sentence and where it comes from, escaped for an address.
fn told(about: &str, sources: &[Arc<Source>]) -> String {
    let mut text = about.to_owned();
    for source in sources {
        text.push('\n');
        text.push_str(source.url.as_deref().unwrap_or(&source.id));
    }
    percent::escaped(&text)
}

fn listed(sources: &[&Source], view: &View<'_>) -> Vec<Html> {
    let mut items = Vec::with_capacity(sources.len());
    for (place, source) in sources.iter().enumerate() {
        let key = [source.url.as_deref().unwrap_or(&source.id), " ", &source.id].concat();
        let item = el("span").key(&key);
        let item = if place == 0 { item } else { item.text(" · ") };
        push(&mut items, one(item, source, view));
    }
    items
}

/// More sources than these, in line, would hide the sentence.
const FEW: usize = 2;

fn one(item: El, source: &Source, view: &View<'_>) -> El {
    let name = name(source);
    let text = match source.seen.date() {
        Some(date) => &[name, ", ", date].concat(),
        None => name,
    };
    let item = match &source.url {
        Some(url) => item.child(
            el("a")
                .attr("href", url)
                .attr("rel", "noopener noreferrer")
                .attr("title", &source.supports)
                .text(text),
        ),
        None => marked(
            item.child(el("span").attr("title", &source.supports).text(text)),
            "unconfirmed",
        ),
    };
    match mark(source, view.today) {
        Mark::Current => item,
        Mark::Old => marked(item, "over a year old"),
        Mark::SecondHand => marked(item, "second-hand"),
        Mark::Undated => marked(item, "undated"),
    }
}

fn marked(item: El, mark: &str) -> El {
    item.text(" ").child(of("span", "source-mark").text(mark))
}

/// Without today's date nothing is old, yet what has no date of its own still says so. A standard holds until another
/// replaces it, however old.
fn mark(source: &Source, today: Option<&str>) -> Mark {
    match source.seen.mark(today.unwrap_or_default()) {
        Mark::Old if is_citation(source) => Mark::Current,
        mark => mark,
    }
}

/// A citation speaks for itself; of a page the reader wants to know whose it is.
fn name(source: &Source) -> &str {
    let Some(url) = source.url.as_deref().filter(|_| !is_citation(source)) else {
        return &source.id;
    };
    host(url)
}

/// Whose page it is: the host, and on a forge the owner and the repository.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('?').next().unwrap_or(rest);
    let ends = |nth: usize| {
        rest.match_indices('/')
            .nth(nth)
            .and_then(|(at, _)| rest.get(..at))
    };
    if rest.starts_with("github.com/") {
        return ends(2).unwrap_or(rest);
    }
    let host = ends(0).unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Points of standards are named as the field cites them, pages by one word.
fn is_citation(source: &Source) -> bool {
    source.id.contains(' ')
}
