//! Sources as links with their date, and a visible mark on what is old, undated or second-hand.

use std::sync::Arc;

use portolan_report::{Mark, Source};

use super::super::dom::{El, el, of, push};
use super::View;

/// Adds the sources of one sentence, at its end.
pub(super) fn add(sentence: El, sources: &[Arc<Source>], view: &View<'_>) -> El {
    let mut shown: Vec<&Source> = Vec::with_capacity(sources.len());
    let mut items = Vec::new();
    for source in sources {
        if shown
            .iter()
            .any(|other| name(other) == name(source) && other.seen == source.seen)
        {
            continue;
        }
        let key = [source.url.as_deref().unwrap_or(&source.id), " ", &source.id].concat();
        let item = el("span").key(&key);
        let item = if shown.is_empty() {
            item
        } else {
            item.text(" · ")
        };
        push(&mut items, one(item, source, view));
        shown.push(source);
    }
    sentence.maybe((!items.is_empty()).then(|| of("span", "sources").all(items)))
}

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
