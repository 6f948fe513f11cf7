//! The head of one failure's sheet: its cause as a sentence.

use portolan_explain::{Explained, how_to_show, strange};
use portolan_facts::{EntryKind, Facts};
use portolan_report::sheet::Element;
use portolan_smtp::{Analysis, Cause, Finding, Stage, causes};

use super::steps::copied;
use super::{Writes, el, of};
use crate::intake::size;

/// What a first look at a long text says, while the rest of it is read.
pub(crate) fn first_look(analysis: &Analysis) -> Option<Element> {
    let first = analysis.findings.first()?;
    let head = titled("At a first look", Some(first.cause.id), first.cause.means)
        .child(el("p").text("The whole text is being read."));
    Some(sheet().child(head))
}

/// The sheet itself, which is named by its headline.
pub(super) fn sheet() -> Element {
    of("section", "sheet finding").attr("aria-labelledby", "finding")
}

/// A headline, and above it what it is and by which id.
pub(super) fn titled(kicker: &str, id: Option<&str>, headline: &str) -> Element {
    let kicker = of("p", "kicker").text(kicker);
    let kicker = match id {
        Some(id) => kicker.text(" · ").child(of("code", "kicker__id").text(id)),
        None => kicker,
    };
    of("header", "finding__head").child(kicker).child(
        of("h2", "finding__cause")
            .attr("id", "finding")
            .attr("tabindex", "-1")
            .text(headline),
    )
}

/// What was found.
pub(super) fn head(
    first: &Finding,
    explained: &Explained,
    analysis: &Analysis,
    facts: &Facts,
) -> Element {
    let is_fine = first.cause.id.starts_with("ok.");
    let kicker = if is_fine { "No failure" } else { "Root cause" };
    let kicker = match at(explained, facts) {
        Some(name) => format!("{kicker}, at {name}"),
        None => kicker.to_owned(),
    };
    let also: Vec<&Cause> = analysis
        .also
        .iter()
        .filter_map(|id| causes().iter().find(|cause| cause.id == *id))
        .collect();
    let or = (!also.is_empty()).then(|| {
        let means: Vec<&str> = also.iter().map(|cause| cause.means).collect();
        el("p").text("As likely: ").text(&means.join(" "))
    });
    titled(&kicker, Some(first.cause.id), first.cause.means)
        .child(of("p", "finding__definition").text(first.cause.definition))
        .maybe(beginning_only(explained))
        .maybe(or)
}

/// That only the beginning was looked at, where there is more.
fn beginning_only(explained: &Explained) -> Option<Element> {
    let read = u64::try_from(explained.text.len()).unwrap_or(u64::MAX);
    (read < explained.bytes).then(|| {
        el("p").text(&format!(
            "Read were the first {} of {}: it is no log, of which all is read. Paste what stands around the failure.",
            size(read),
            size(explained.bytes)
        ))
    })
}

/// What is said where no cause is named, a sentence.
pub(crate) fn unknown(explained: &Explained) -> String {
    match explained.container {
        None => "Not enough here to name a cause.".to_owned(),
        Some(container) => format!("This is {}.", strange(container).0),
    }
}

/// Why nothing is said, and what to bring next.
pub(super) fn enough(explained: &Explained, facts: &Facts) -> Element {
    let head = titled("No cause", None, &unknown(explained));
    if let Some(container) = explained.container {
        let (_, how, command) = strange(container);
        return head.child(el("p").text(how)).maybe(command.map(copied));
    }
    let how = how_to_show(&explained.text, Stage::None, facts).map(|how| el("li").text(&how));
    head.maybe(beginning_only(explained))
        .child(el("p").text("Nothing in this text decides between the causes, and a guess would cost you more than another look. What would decide it:"))
        .child(
            el("ul")
                .maybe(how)
                .child(el("li").text("The server’s own reply: the line that begins with three digits, such as 535 or 550, or the words after “said:”."))
                .child(el("li").text("The lines before and after what you pasted, above all the last thing that the program did before it stopped."))
                .child(el("li").text("The client’s debug output, from its connecting to its end. Passwords are masked here before anything is shown.")),
        )
}

/// The name of the provider whose host the text names.
fn at(explained: &Explained, facts: &Facts) -> Option<String> {
    let id = portolan_explain::parts_wanted(explained, facts).provider?;
    let entry = facts.index().entry(EntryKind::Provider, &id)?;
    Some(entry.name.clone())
}
