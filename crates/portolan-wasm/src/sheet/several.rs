//! Several sessions, messages or files: a list, of which one is open.

use portolan_explain::{Explained, Found};
use portolan_report::sheet::{Element, Press};

use super::{Writes, el, list, of, unknown};

/// The list; the entry that is open is marked.
pub(crate) fn several(entries: &[(&str, &Explained)], open: usize) -> Element {
    let all = entries.iter().enumerate().map(|(at, (title, explained))| {
        let (sign, words) = summary(explained);
        let button = of("button", "several__entry")
            .attr("type", "button")
            .attr("data-mark", sign)
            .press(Press::Ask(format!("open {at}")))
            .child(of("span", "several__title").text(&portolan_explain::shown(title)))
            .child(of("span", "several__cause").text(&words));
        let button = if at == open {
            button.attr("aria-current", "true")
        } else {
            button
        };
        el("li").attr("key", &at.to_string()).child(button)
    });
    of("nav", "several")
        .attr("aria-label", "What was read, one by one")
        .child(list("ol", "several__list").all(all))
}

/// Whether something failed, and what, in a sentence.
fn summary(explained: &Explained) -> (&'static str, String) {
    match &explained.found {
        Found::One(analysis) => match analysis.findings.first() {
            None => ("unknown", unknown(explained)),
            Some(first) if first.cause.id.starts_with("ok.") => {
                ("fine", first.cause.means.to_owned())
            }
            Some(first) => ("failed", first.cause.means.to_owned()),
        },
        Found::Log(tally) => {
            let lost = tally.bounced + tally.expired + tally.rejected;
            let sign = if lost + tally.deferred > 0 {
                "failed"
            } else {
                "fine"
            };
            let words = format!(
                "A log: {} sent, {lost} lost, {} tries deferred.",
                tally.sent, tally.deferred
            );
            (sign, words)
        }
    }
}
