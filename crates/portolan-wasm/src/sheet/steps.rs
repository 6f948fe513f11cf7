//! What to do about one failure, in order, and who has to do it.

use portolan_explain::{Explained, Step, citation, surer};
use portolan_facts::Facts;
use portolan_report::sheet::{Element, Press};
use portolan_smtp::Finding;

use super::{Writes, el, link, of, quiet, words};

/// What to do, in order; and where the finding is unsure, what would make it surer.
pub(super) fn steps(first: &Finding, explained: &Explained, facts: &Facts) -> Element {
    let all = portolan_explain::steps(first, explained, facts);
    let steps = all.iter().map(|step| {
        let Step { remedy, command } = step;
        let other = step.by(first.cause);
        let other = other.map(|it| of("span", "finding__step-who").text(it));
        let sources = remedy.sources.iter().map(|it| {
            let (title, url) = citation(it);
            link(&title, &url)
        });
        let command = command.as_deref().map(copied);
        el("li")
            .maybe(other)
            .child(el("span").text(remedy.action))
            .text(" ")
            .child(of("span", "finding__step-sources").all(sources))
            .maybe(command)
    });
    let surer = surer(first, &explained.text, facts);
    let surer = (!surer.is_empty()).then(|| {
        of("div", "finding__surer")
            .child(el("h3").text("What would make it surer"))
            .child(el("ul").all(surer.iter().map(|it| el("li").text(it))))
    });
    let title = if all.is_empty() {
        "Nothing has to be done"
    } else {
        "Do this"
    };
    of("section", "finding__do")
        .child(el("h3").text(title))
        .child(who(first, all.first()))
        .child(of("ol", "finding__steps").all(steps))
        .maybe(surer)
}

/// A command, and a press that copies it.
pub(crate) fn copied(command: &str) -> Element {
    of("div", "finding__step-command")
        .child(el("code").text(command))
        .child(
            quiet("Copy", Press::Copy(command.to_owned()))
                .attr("aria-label", &format!("Copy {command}")),
        )
}

/// Who can mend it, whether another try helps, and how sure this is.
fn who(first: &Finding, step: Option<&Step>) -> Element {
    // What comes first may be for somebody whom the cause alone does not know.
    let who = step.and_then(|it| it.remedy.by);
    let who = who.unwrap_or(words::who(first.cause.who));
    let sure = words::sure(first.confidence);
    let confidence = of("dd", "confidence")
        .attr("data-level", sure)
        .text(&format!("{sure}, {} in 100", first.confidence));
    let fact = |name: &str, says: Element| el("div").child(el("dt").text(name)).child(says);
    of("dl", "finding__facts")
        .child(fact("Who can mend it", el("dd").text(who)))
        .child(fact("Another try", el("dd").text(first.cause.wait)))
        .child(fact("Confidence", confidence))
}
