//! What to do now, in order.

use portolan_report::Step;

use super::super::dom::{El, el, list, of};
use super::{View, copy, sources, words};

pub(super) fn steps(steps: &[Step], view: &View<'_>) -> Option<El> {
    if steps.is_empty() {
        return None;
    }
    let list = list("ol", "steps").each(steps, |step| {
        let before = |who: El| {
            who.child(el("strong").text("Before anything else"))
                .text(", ")
        };
        let who = of("p", "steps__who");
        let who = if step.first { before(who) } else { who };
        let action = el("div").text(&step.action).text(" ");
        el("li")
            .key(&step.action)
            .attr_if("data-first", step.first.then_some(""))
            .child(who.text(words::who(step.who)))
            .child(sources::add(action, &step.action, &step.sources, view))
            .maybe(step.link.as_ref().map(|link| {
                el("p").child(
                    el("a")
                        .attr("href", link)
                        .attr("rel", "noopener noreferrer")
                        .text("Where this is done: ")
                        .text(sources::host(link)),
                )
            }))
            .maybe(
                step.command
                    .as_ref()
                    .map(|command| copy::block("", command, view)),
            )
    });
    let section = el("section")
        .attr("id", "steps")
        .attr("tabindex", "-1")
        .titled("steps-title", "Do this now")
        .child(list);
    Some(section)
}
