//! Sources as links with their date, and a visible mark on what is old, undated or second-hand.

use std::sync::Arc;

use portolan_report::{Mark, Seen, Source};
use yew::prelude::*;

use super::View;

/// The sources of one sentence, at its end.
pub(super) fn sources(sources: &[Arc<Source>], view: &View<'_>) -> Html {
    let mut shown: Vec<&Source> = Vec::with_capacity(sources.len());
    for source in sources {
        if !shown.iter().any(|other| other.id == source.id && other.url == source.url) {
            shown.push(source);
        }
    }
    if shown.is_empty() {
        return Html::default();
    }
    let items = shown.into_iter().map(|source| {
        let key = source.url.as_ref().unwrap_or(&source.id);
        html! { <li key={format!("{key} {}", source.id)}>{ one(source, view) }</li> }
    });
    html! { <ul class="sources" role="list" aria-label="Sources">{ for items }</ul> }
}

fn one(source: &Source, view: &View<'_>) -> Html {
    let text = match source.seen.date() {
        Some(date) => format!("{}, {date}", name(source)),
        None => name(source).to_owned(),
    };
    let mark = match mark(&source.seen, view.today) {
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
                { " " }<span class="mark">{ "unconfirmed" }</span>
            }
            if let Some(mark) = mark { { " " }<span class="mark">{ mark }</span> }
        </>
    }
}

/// Without today's date nothing is old, yet what has no date of its own still says so.
fn mark(seen: &Seen, today: Option<&str>) -> Mark {
    seen.mark(today.unwrap_or_default())
}

/// A citation speaks for itself; of a page the reader wants to know whose it is.
fn name(source: &Source) -> &str {
    let Some(url) = source.url.as_deref().filter(|_| !source.id.contains(' ')) else {
        return &source.id;
    };
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
