//! What was found, the worst first: what is wrong, whose it is, what shows it, what to do.

use portolan_check::{Finding, Remedy};
use portolan_explain::{citation, safe, who, who_short};
use portolan_report::sheet::Element;

use super::{Seen, evidence, words};
use crate::sheet::{Writes, copied, el, link, list, of};

/// So many are told in full; a hostile report may have thousands.
const MOST: usize = 30;

/// The findings; what needs nothing is folded.
pub(super) fn findings(seen: &Seen) -> Element {
    let (wrong, notes): (Vec<&Finding>, Vec<&Finding>) = seen
        .assessment
        .findings
        .iter()
        .partition(|it| it.weight != portolan_check::Weight::Note);
    let title = match wrong.len() {
        0 => "Nothing is wrong with what was seen".to_owned(),
        1 => "One thing to see to".to_owned(),
        several => format!("{several} things to see to, the worst first"),
    };
    let rest = wrong.len().saturating_sub(MOST);
    let rest = (rest > 0).then(|| of("p", "check__note").text(&format!("And {rest} more.")));
    let mut told: Vec<&str> = Vec::new();
    let all: Vec<Element> = wrong
        .iter()
        .take(MOST)
        .map(|it| one(seen, it, &mut told))
        .collect();
    let folded = (!notes.is_empty()).then(|| {
        of("details", "check__fold")
            .child(el("summary").text(&match notes.len() {
                1 => "One more thing that is good to know".to_owned(),
                several => format!("{several} more things that are good to know"),
            }))
            .child(
                list("ol", "found").all(notes.iter().take(MOST).map(|it| one(seen, it, &mut told))),
            )
    });
    of("section", "check__part")
        .attr("aria-labelledby", "findings-title")
        .child(el("h3").attr("id", "findings-title").text(&title))
        .maybe((!wrong.is_empty()).then(|| list("ol", "found").all(all)))
        .maybe(rest)
        .maybe(folded)
}

/// What helps against a cause is told once, however many ports have it.
fn one(seen: &Seen, finding: &Finding, told: &mut Vec<&'static str>) -> Element {
    let id = finding.cause.map_or(finding.rule, |it| it.id);
    let fact = |name: &str, says: &str| {
        el("div")
            .child(el("dt").text(name))
            .child(el("dd").text(says))
    };
    let place = place(finding);
    let facts = of("dl", "finding__facts")
        .child(fact("Whose it is", who(finding.who)))
        .child(fact("Where", &place))
        .child(fact(
            "Confidence",
            &format!(
                "{}, {} in 100",
                crate::sheet::sure(finding.confidence),
                finding.confidence
            ),
        ));
    of("li", "found__one")
        .attr("data-mark", finding.weight.id())
        .child(
            of("p", "kicker")
                .child(of("b", "found__weight").text(words::weight(finding.weight)))
                .text(" · ")
                .child(of("code", "kicker__id").text(id)),
        )
        .child(of("h4", "found__sentence").text(&safe(&finding.sentence)))
        .child(facts)
        .maybe(steps(finding, told))
        .maybe(proof(seen, finding))
}

/// The host, the port, the stage and the addresses that it is about.
fn place(finding: &Finding) -> String {
    let scope = &finding.scope;
    let mut parts = Vec::new();
    if !scope.host.is_empty() {
        let numbers: Vec<String> = scope.ports.iter().map(ToString::to_string).collect();
        let host = words::short(&scope.host);
        parts.push(match &numbers[..] {
            [] => host,
            [one] => format!("{host}:{one}"),
            several => format!("{host}, ports {}", words::listed(several)),
        });
    }
    let addresses: Vec<String> = scope
        .addresses
        .iter()
        .filter(|it| !it.is_unspecified())
        .map(ToString::to_string)
        .collect();
    if !addresses.is_empty() {
        parts.push(words::listed(&addresses));
    }
    if let Some(stage) = finding.stage {
        parts.push(format!("at {}", words::stage(stage)));
    }
    if parts.is_empty() {
        "the whole check".to_owned()
    } else {
        parts.join(", ")
    }
}

fn steps(finding: &Finding, told: &mut Vec<&'static str>) -> Option<Element> {
    if finding.remedies.is_empty() {
        return None;
    }
    if let Some(cause) = finding.cause.map(|it| it.id) {
        if told.contains(&cause) {
            return Some(
                of("p", "check__note").text("What to do is what stands above for the same cause."),
            );
        }
        told.push(cause);
    }
    Some(of("ol", "finding__steps").all(finding.remedies.iter().map(|it| step(finding, it))))
}

fn step(finding: &Finding, remedy: &Remedy) -> Element {
    let by = remedy
        .by
        .or((remedy.who != finding.who).then(|| who_short(remedy.who)));
    let by = by.map(|it| of("span", "finding__step-who").text(it));
    let sources = remedy.sources.iter().map(|it| {
        let (title, url) = citation(it);
        link(&title, &url)
    });
    el("li")
        .maybe(by)
        .child(el("span").text(&remedy.action))
        .text(" ")
        .child(of("span", "finding__step-sources").all(sources))
        .maybe(remedy.command.as_deref().map(copied))
}

/// So many places of the report are shown for one finding.
const PLACES: usize = 3;

fn proof(seen: &Seen, finding: &Finding) -> Option<Element> {
    let places = finding.rests_on.iter().take(PLACES);
    let lines = places.flat_map(|it| evidence::lines(&seen.report, *it));
    let lines: Vec<Element> = lines
        .map(|(speaker, text)| {
            el("li")
                .child(of("span", "proof__speaker").text(speaker))
                .child(el("samp").text(&text))
        })
        .collect();
    if lines.is_empty() && finding.command.is_none() {
        return None;
    }
    let more = finding.rests_on.len().saturating_sub(PLACES);
    let more = (more > 0).then(|| el("p").text(&format!("The same at {more} other places.")));
    let command = finding.command.as_deref().map(|command| {
        of("div", "proof__command")
            .child(el("p").text("See it without any report:"))
            .child(copied(command))
    });
    Some(
        of("details", "proof")
            .child(el("summary").text("What shows it"))
            .maybe((!lines.is_empty()).then(|| list("ul", "proof__lines").all(lines)))
            .maybe(more)
            .maybe(command),
    )
}
