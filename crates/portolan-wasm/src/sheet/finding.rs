//! One failure: its cause, the session, the lines, what to do, what it is easily confused with.

use portolan_explain::{
    Explained, Secrets, Window, citation, codes, course, known, learnt, markdown, rows,
};
use portolan_facts::{EntryKind, Facts};
use portolan_report::sheet::{Element, Press};
use portolan_smtp::{Analysis, Cause, Finding, causes};

use super::head::{enough, head, sheet};
use super::lines::lines;
use super::steps::steps;
use super::{Writes, course as drawn, el, link, list, of, quiet, words};

/// How a failure is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Whether secrets are shown.
    pub(crate) secrets: Secrets,
    /// Whether all lines are wanted.
    pub(crate) is_whole: bool,
}

impl Look {
    fn window(self) -> Window {
        if self.is_whole {
            Window::First(MOST_LINES)
        } else {
            Window::Around
        }
    }
}

/// More lines would make the page slow.
const MOST_LINES: usize = 2_000;

/// What was found in a text.
pub(crate) fn finding(
    explained: &Explained,
    analysis: &Analysis,
    facts: &Facts,
    look: Look,
) -> Element {
    let rows = rows(explained, analysis, look.window(), look.secrets);
    let text = lines(&rows, look.secrets, look.is_whole);
    let Some(first) = analysis.findings.first() else {
        let head = sheet().child(enough(explained, facts));
        return match explained.container {
            // Its bytes say nothing to anybody.
            Some(_) => head,
            None => head.child(text).child(after(explained, facts)),
        };
    };
    // Steps before the lines that show why: whoever has little time, or a narrow screen, reads those first.
    sheet()
        .child(head(first, explained, analysis, facts))
        .maybe(drawn::course(&course(&explained.text, analysis)))
        .child(
            of("div", "finding__pair")
                .child(steps(first, explained, facts))
                .child(text),
        )
        .child(
            of("div", "finding__body")
                .maybe(provider(first.cause, explained, facts))
                .maybe(said_by_code(first))
                .maybe(near(first.cause))
                .maybe(others(analysis))
                .child(sources(first.cause)),
        )
        .child(after(explained, facts))
}

/// What the facts of the provider say to it.
fn provider(cause: &Cause, explained: &Explained, facts: &Facts) -> Option<Element> {
    let known = known(cause, explained, facts).filter(|known| !known.says.is_empty())?;
    let says = known.says.iter().map(|(sentence, urls)| {
        let links = urls.iter().map(|url| {
            let site = url.split('/').nth(2).unwrap_or(url);
            link(site, url)
        });
        el("li")
            .text(sentence)
            .text(" ")
            .child(of("span", "finding__step-sources").all(links))
    });
    Some(
        el("section")
            .child(el("h3").text(&format!("What {} documents", known.provider)))
            .child(el("ul").all(says)),
    )
}

/// What the codes say by their registries, and whether the words say something else.
fn said_by_code(first: &Finding) -> Option<Element> {
    let codes = codes(first);
    if codes.is_empty() {
        return None;
    }
    let all = codes.iter().map(|(code, meaning)| {
        el("div")
            .child(el("dt").child(el("code").text(code)))
            .child(el("dd").text(meaning))
    });
    let other = first
        .codes_say
        .and_then(|id| causes().iter().find(|cause| cause.id == id));
    let differ = other.map(|cause| {
        of("p", "finding__differ").text(&format!(
            "The code and the words differ. By its code this would be: {} The words are nearer to what happened, so they decide.",
            cause.means
        ))
    });
    Some(
        el("section")
            .child(el("h3").text("What the codes say"))
            .child(of("dl", "terms").all(all))
            .maybe(differ),
    )
}

/// What it is easily confused with, and what tells it apart.
fn near(cause: &Cause) -> Option<Element> {
    if cause.near.is_empty() {
        return None;
    }
    let all = cause.near.iter().map(|near| {
        let means = causes()
            .iter()
            .find(|it| it.id == near.cause)
            .map_or("", |it| it.means);
        el("div")
            .child(
                el("dt")
                    .text(means)
                    .text(" ")
                    .child(of("code", "kicker__id").text(near.cause)),
            )
            .child(el("dd").text(near.apart))
    });
    Some(
        el("section")
            .child(el("h3").text("Easily confused with"))
            .child(of("dl", "terms").all(all)),
    )
}

/// What else was found: consequences, and further failures.
fn others(analysis: &Analysis) -> Option<Element> {
    let rest: Vec<&Finding> = analysis
        .findings
        .iter()
        .skip(1)
        // What went well is no news beside a failure.
        .filter(|it| !it.cause.id.starts_with("ok."))
        .collect();
    if rest.is_empty() {
        return None;
    }
    let all = rest.iter().map(|it| {
        el("li")
            .text(it.cause.means)
            .text(" ")
            .child(of("code", "kicker__id").text(it.cause.id))
            .text(&format!(
                " {}, {} in 100",
                words::stage(it.stage),
                it.confidence
            ))
    });
    let count = rest.len();
    let title = if count == 1 {
        "One more thing was read: it follows from this, or counts less".to_owned()
    } else {
        format!("{count} more things were read: they follow from this, or count less")
    };
    Some(
        of("details", "finding__others")
            .child(el("summary").text(&title))
            .child(el("ul").all(all)),
    )
}

fn sources(cause: &Cause) -> Element {
    let all = cause.sources.iter().map(|it| {
        let (title, url) = citation(it);
        el("li").child(link(&title, &url))
    });
    let decides = el("p").text("What decides it: ").text(cause.evidence);
    of("details", "finding__sources")
        .child(el("summary").text("How this is told, with sources"))
        .child(decides)
        .child(list("ul", "finding__links").all(all))
}

/// What can be taken along.
fn after(explained: &Explained, facts: &Facts) -> Element {
    of("footer", "finding__after")
        .child(quiet(
            "Copy for an issue, masked",
            Press::Copy(markdown(explained, None, facts)),
        ))
        .child(advise(explained, facts))
}

/// The way to the advice, with what was learnt.
pub(super) fn advise(explained: &Explained, facts: &Facts) -> Element {
    let learnt = learnt(explained, facts);
    let name = learnt
        .parts
        .provider
        .as_ref()
        .and_then(|id| facts.index().entry(EntryKind::Provider, id))
        .map(|it| it.name.clone());
    let advise = match (name, learnt.seen) {
        (Some(name), _) => format!("Advise me for {name}"),
        (None, Some((port, _))) => format!("Advise me, with what was seen of {port}"),
        (None, None) => "Advise me on host and port".to_owned(),
    };
    of("a", "button button--quiet")
        .attr("href", &learnt.fragment())
        .text(&advise)
}
