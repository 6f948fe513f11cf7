//! The tables behind the charts of a log: every figure, and a button in every row that shows only what belongs to it.

use portolan_report::sheet::{Element, Press};
use portolan_smtp::{CauseTally, Counts, Keyed};

use super::figures::{failed, number};
use super::{Writes, el, of, words};

/// More rows would make the page slow; the exports hold all.
pub(super) const MOST_ROWS: usize = 100;

/// What the keys of a table are.
pub(super) struct Keys {
    /// The filter that they are values of.
    pub(super) filter: &'static str,
    /// What stands above them.
    pub(super) title: &'static str,
    /// The same within a sentence.
    pub(super) by: &'static str,
    /// How one is shown.
    pub(super) show: fn(&str) -> String,
}

/// A table with its caption, folded.
pub(super) fn folded(title: &str, caption: &str, heads: &[&str], rows: Vec<Element>) -> Element {
    let heads = heads.iter().enumerate().map(|(at, text)| {
        let head = of("th", if at == 0 { "" } else { "figures__count" });
        head.attr("scope", "col").text(text)
    });
    let table = of("table", "figures")
        .child(el("caption").text(caption))
        .child(el("thead").child(el("tr").all(heads)))
        .child(el("tbody").all(rows));
    of("details", "tally__fold")
        .child(el("summary").text(title))
        .child(
            of("div", "figures__frame")
                .attr("role", "region")
                .attr("aria-label", &format!("{caption}, as a table"))
                .attr("tabindex", "0")
                .child(table),
        )
}

/// Domains, hosts, addresses or hours.
pub(super) fn keyed(all: &[Keyed], keys: &Keys, has_sent: bool) -> Element {
    let shown = first(all);
    let rows = shown
        .iter()
        .map(|it| {
            let head = if it.key.is_empty() {
                el("th").text(OTHERS)
            } else {
                let what = format!("filter {} {}", keys.filter, it.key);
                el("th").child(only(&(keys.show)(&it.key), what))
            };
            let Counts {
                sent,
                deferred,
                lost,
            } = it.counts;
            let row = el("tr")
                .child(head.attr("scope", "row"))
                .child(count(lost))
                .child(count(deferred));
            if has_sent {
                row.child(count(sent))
            } else {
                row
            }
        })
        .collect();
    let mut heads = vec![keys.title, "Lost", "Tries deferred"];
    if has_sent {
        heads.push("Sent");
    }
    let caption = caption(keys.by, shown.len(), all.len());
    folded("The figures as a table", &caption, &heads, rows)
}

/// The causes; what became of the deferred mails is not always known.
pub(super) fn causes(all: &[&CauseTally], is_followed: bool) -> Element {
    let rows = all
        .iter()
        .take(MOST_ROWS)
        .map(|it| {
            let what = format!("filter cause {}", it.cause.id);
            let row = el("tr")
                .child(el("th").attr("scope", "row").child(only(it.cause.id, what)))
                .child(count(it.counts.lost))
                .child(count(it.counts.deferred));
            let row = if is_followed {
                row.child(count(it.recovered)).child(count(it.waiting))
            } else {
                row
            };
            row.child(el("td").text(words::who_short(it.cause.who)))
        })
        .collect();
    let mut heads = vec!["Cause", "Lost", "Tries deferred"];
    if is_followed {
        heads.extend(["Taken later", "Still waiting"]);
    }
    heads.push("Who can mend it");
    let caption = caption("cause", all.len().min(MOST_ROWS), all.len());
    folded("All causes as a table", &caption, &heads, rows)
}

/// The rows that are shown: of too many those with most failures, in the order that they had.
fn first(all: &[Keyed]) -> Vec<&Keyed> {
    let mut places: Vec<(usize, &Keyed)> = all.iter().enumerate().collect();
    if places.len() > MOST_ROWS {
        places.sort_by_key(|(_, it)| std::cmp::Reverse((failed(it.counts), it.counts.sent)));
        places.truncate(MOST_ROWS);
        places.sort_by_key(|(at, _)| *at);
    }
    places.into_iter().map(|(_, it)| it).collect()
}

fn caption(by: &str, shown: usize, all: usize) -> String {
    let count = |count: usize| number(u64::try_from(count).unwrap_or(u64::MAX));
    if shown < all {
        format!(
            "By {by}: the {} of {} with most failures; the exports hold all",
            count(shown),
            count(all)
        )
    } else {
        format!("By {by}")
    }
}

/// What no longer fits a table of the log's reader is counted together.
pub(super) const OTHERS: &str = "all others";

/// A button that shows only what belongs to a key.
fn only(text: &str, what: String) -> Element {
    of("button", "figures__key")
        .attr("type", "button")
        .press(Press::Ask(what))
        .text(text)
}

fn count(count: u64) -> Element {
    of("td", "figures__count").text(&number(count))
}
