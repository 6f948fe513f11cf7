//! How ready a domain is for the large receivers: what is met and what is not, what nobody knows folded.

use portolan_check::domain::{Line, Mark, Section};
use portolan_explain::safe;
use portolan_report::sheet::Element;

use super::Domain;
use crate::sheet::{Writes, el, list, of};

/// The part of the sheet. `None`: nothing is asked.
pub(super) fn ready(domain: &Domain) -> Option<Element> {
    let all = &domain.assessment.readiness;
    (!all.is_empty()).then(|| {
        of("section", "check__part")
            .attr("aria-labelledby", "ready-title")
            .child(
                el("h3")
                    .attr("id", "ready-title")
                    .text("Ready for the large receivers?"),
            )
            .child(el("p").text("What Gmail, Yahoo and Outlook.com ask of whoever sends in bulk, as far as the DNS shows it."))
            .child(of("div", "ready").all(all.iter().map(|it| receiver(domain, it))))
    })
}

fn receiver(domain: &Domain, section: &Section) -> Element {
    let (known, unknown): (Vec<&Line>, Vec<&Line>) = section
        .lines
        .iter()
        .partition(|it| it.mark != Mark::Unknown);
    let count = |mark, word: &str| {
        let count = section.lines.iter().filter(|it| it.mark == mark).count();
        (count > 0).then(|| format!("{count} {word}"))
    };
    let counts: Vec<String> = [
        count(Mark::Bad, "not met"),
        count(Mark::Good, "met"),
        count(Mark::Unknown, "not known"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut sources: Vec<&str> = Vec::new();
    for source in section.lines.iter().filter_map(|it| parts(it).2) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let lines = |all: &[&Line]| {
        let lines: Vec<Element> = all.iter().map(|it| line(domain, it)).collect();
        list("ul", "ready__lines").all(lines)
    };
    let folded = (!unknown.is_empty()).then(|| {
        of("details", "check__fold")
            .child(el("summary").text(&format!("{} not known", unknown.len())))
            .child(lines(&unknown))
    });
    let from = (!sources.is_empty()).then(|| {
        of("p", "check__note").text(&safe(&format!("As asked in: {}", sources.join("; "))))
    });
    of("div", "records")
        .child(el("h4").text(&format!("{}: {}", section.title, counts.join(", "))))
        .maybe((!known.is_empty()).then(|| lines(&known)))
        .maybe(folded)
        .maybe(from)
}

fn line(domain: &Domain, line: &Line) -> Element {
    let (mark, sign) = match line.mark {
        Mark::Good => ("open", "✓"),
        Mark::Bad => ("shut", "×"),
        Mark::Unknown => ("unproven", "?"),
        Mark::Plain => ("plain", "·"),
    };
    let (word, asks, _) = parts(line);
    of("li", "records__line")
        .attr("data-mark", mark)
        .child(
            of("span", "records__sign")
                .attr("aria-hidden", "true")
                .text(sign),
        )
        .child(
            el("span")
                .child(of("span", "visually-hidden").text(&format!("{word}: ")))
                .text(&safe(&domain.named(asks))),
        )
}

/// The state, what is asked, and where that stands: `met       A thing is so (a page)`.
fn parts(line: &Line) -> (&'static str, &str, Option<&str>) {
    let word = match line.mark {
        Mark::Good => "met",
        Mark::Bad => "not met",
        Mark::Unknown => "not known",
        Mark::Plain => "",
    };
    let rest = line.text.strip_prefix(word).unwrap_or(&line.text).trim();
    match rest.strip_suffix(')').and_then(|it| it.rsplit_once(" (")) {
        Some((asks, source)) => (word, asks, Some(source)),
        None => (word, rest, None),
    }
}
