//! Commands that prove the route layer by layer, and what their answers mean.

use portolan_report::Check;

use super::super::dom::{El, el, list, of};
use super::{View, copy, words};

pub(super) fn checks(checks: &[Check], view: &View<'_>) -> Option<El> {
    if checks.is_empty() {
        return None;
    }
    let section = el("section")
        .attr("id", "checks")
        .attr("tabindex", "-1")
        .titled("checks-title", "Then prove it")
        .child(list("ol", "checks").each(checks, |one| check(one, view)));
    Some(section)
}

fn check(check: &Check, view: &View<'_>) -> El {
    el("li")
        .key(check.layer.id())
        .child(el("h4").text(words::layer(check.layer)))
        .each(&check.commands, |command| {
            let mut on = String::new();
            for os in command.on {
                words::push(&mut on, ", ", words::os(*os));
            }
            el("div")
                .key(&command.line)
                .child(copy::block(&on, &command.line, view))
        })
        .child(of("dl", "outcomes").each(check.outcomes, |outcome| {
            el("div")
                .key(outcome.seen)
                .child(el("dt").text(outcome.seen))
                .child(el("dd").text(outcome.means))
        }))
}
