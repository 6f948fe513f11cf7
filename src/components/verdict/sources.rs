//! Sources as links with their date, and a visible mark on what is old, undated or second-hand.

use std::sync::Arc;

use portolan_report::{Mark, Source};
use yew::prelude::*;

use super::View;

/// The sources of one sentence, at its end.
pub(super) fn sources(sources: &[Arc<Source>], view: &View<'_>) -> Html {
    let mut shown: Vec<&Source> = Vec::with_capacity(sources.len());
    for source in sources {
        if !shown
            .iter()
            .any(|other| other.id == source.id && other.url == source.url)
        {
            shown.push(source);
        }
    }
    if shown.is_empty() {
        return Html::default();
    }
    let items = (0..).zip(shown).map(|(at, source)| {
        let key = source.url.as_ref().unwrap_or(&source.id);
        html! {
            <span key={format!("{key} {}", source.id)}>
                if at > 0 { { " · " } }
                { one(source, view) }
            </span>
        }
    });
    html! { <span class="sources">{ for items }</span> }
}

fn one(source: &Source, view: &View<'_>) -> Html {
    let text = match source.seen.date() {
        Some(date) => format!("{}, {date}", name(source)),
        None => name(source).to_owned(),
    };
    let mark = match mark(source, view.today) {
        Mark::Current => None,
        Mark::Old => Some("over a year old"),
        Mark::SecondHand => Some("second-hand"),
        Mark::Undated => Some("undated"),
    };
    html! {
        <>
            if let Some(url) = &source.url {
                <a href={url.clone()} rel="noopener noreferrer" title={source.supports.clone()}>{ text }</a>
            } else {
                <span title={source.supports.clone()}>{ text }</span>
                { " " }<span class="source-mark">{ "unconfirmed" }</span>
            }
            if let Some(mark) = mark { { " " }<span class="source-mark">{ mark }</span> }
        </>
    }
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
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('?').next().unwrap_or(rest);
    let ends = |nth: usize| {
        rest.match_indices('/')
            .nth(nth)
            .and_then(|(at, _)| rest.get(..at))
    };
    // On a forge the owner and the repository say whose text it is.
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
