//! The sheet of a domain: the verdict, what is wrong with the record that mends it, what is there, and how ready it is.

use portolan_check::Level;
use portolan_check::domain::{Line, Mark, Section, Told};
use portolan_dns::finding::Severity;
use portolan_explain::safe;
use portolan_report::domain::{Answer, DomainReport, Said};
use portolan_report::sheet::{Element, Press};

use super::{Domain, Text, export};
use crate::check::advice::is_host;
use crate::check::words;
use crate::sheet::{Writes, copied, el, link, list, of, quiet};

/// So many findings are told in full; a hostile zone may have hundreds.
const MOST: usize = 40;
/// So many lines of a section.
const LINES: usize = 120;

/// The sheet.
pub(in crate::check) fn sheet(domain: &Domain, offer: Option<Element>) -> Element {
    of("section", "sheet check finding")
        .attr("aria-labelledby", "finding")
        .child(head(domain))
        .maybe(offer)
        .child(findings(domain))
        .child(there(domain))
        .maybe(unfetched(domain))
        .maybe(super::ready::ready(domain))
        .child(advice(domain))
        .maybe(domain.text.as_ref().and_then(text))
        .child(after(domain))
}

/// The mark of what came of it.
pub(in crate::check) const fn level_mark(level: Level) -> &'static str {
    match level {
        Level::Fine => "fine",
        Level::Problem => "failed",
        Level::Undecided => "unknown",
    }
}

fn head(domain: &Domain) -> Element {
    let verdict = &domain.assessment.verdict;
    let whose = domain
        .name()
        .unwrap_or_else(|| "records without a domain".to_owned());
    let about = match &domain.text {
        Some(text) => as_pasted(text),
        None => asked(domain),
    };
    let others = domain.text.as_ref().filter(|it| !it.others.is_empty());
    let others = others.map(|text| {
        let buttons = text.others.iter().enumerate().map(|(at, name)| {
            quiet(
                &format!("Read {}", words::short(name)),
                ask(&format!("of {at}")),
            )
        });
        of("p", "check__ways").all(buttons)
    });
    of("header", "finding__head")
        .child(
            of("p", "kicker check__level")
                .attr("data-mark", level_mark(verdict.level))
                .text(words::level(verdict.level))
                .text(" · ")
                .child(of("span", "check__target").text(&whose)),
        )
        .child(
            of("h2", "finding__cause")
                .attr("id", "finding")
                .attr("tabindex", "-1")
                .text(&domain.headline()),
        )
        .child(of("p", "check__seen").text(&about))
        .maybe(others)
}

fn as_pasted(text: &Text) -> String {
    let records = match text.records {
        1 => "one record was read".to_owned(),
        count => format!("{count} records were read"),
    };
    let cut = if text.is_cut {
        " The text is longer than what is read here."
    } else {
        ""
    };
    let name = if text.is_stand_in {
        " Nothing in it names the domain, so each record is judged by itself."
    } else {
        ""
    };
    format!(
        "Of what was pasted {records}. What is not in it is not known, and counts as nothing.{name}{cut}"
    )
}

fn asked(domain: &Domain) -> String {
    let report = &domain.report;
    let who: Vec<String> = report
        .resolvers
        .iter()
        .map(|it| words::short(&it.address))
        .collect();
    let cut = if report.cut_short {
        ", cut short by its deadline"
    } else {
        ""
    };
    let day = report.started_at.to_string();
    let (day, time) = day.split_once('T').unwrap_or((&day, ""));
    format!(
        "Asked of {} by {} on {day} {} UTC, in {} ms{cut}.{}",
        words::listed(&who),
        words::short(&report.tool),
        time.get(..5).unwrap_or_default(),
        report.took_ms,
        unanswered(report)
    )
}

fn findings(domain: &Domain) -> Element {
    let (told, notes): (Vec<&Told>, Vec<&Told>) = domain
        .assessment
        .findings
        .iter()
        .partition(|it| it.severity < Severity::Note);
    let title = match told.len() {
        0 => "Nothing is wrong with what was seen".to_owned(),
        1 => "One thing to see to".to_owned(),
        count => format!("{count} things to see to, the worst first"),
    };
    let more = told.len().saturating_sub(MOST);
    let folded = (!notes.is_empty()).then(|| {
        of("details", "check__fold")
            .child(el("summary").text(&match notes.len() {
                1 => "One more thing that is good to know".to_owned(),
                count => format!("{count} more things that are good to know"),
            }))
            .child(list("ol", "found").all(notes.iter().take(MOST).map(|it| one(domain, it))))
    });
    of("section", "check__part")
        .attr("aria-labelledby", "findings-title")
        .child(el("h3").attr("id", "findings-title").text(&title))
        .maybe(
            (!told.is_empty())
                .then(|| list("ol", "found").all(told.iter().take(MOST).map(|it| one(domain, it)))),
        )
        .maybe((more > 0).then(|| of("p", "check__note").text(&format!("And {more} more."))))
        .maybe(folded)
}

fn one(domain: &Domain, told: &Told) -> Element {
    let (mark, weight) = match told.severity {
        Severity::Wrong => ("problem", "Problem"),
        Severity::Weak => ("caution", "Could be better"),
        Severity::Note => ("note", "Note"),
    };
    let publish = told.publish.as_deref().map(|record| {
        of("div", "proof__command")
            .child(el("p").text("Publish this; what stands in capitals only you know:"))
            .child(copied(&domain.named(&export::published(record))))
    });
    let above = told
        .is_mended_above
        .then(|| of("p", "check__note").text("The record above mends this as well."));
    let theirs = (!told.is_ours && told.severity < Severity::Note).then(|| {
        of("p", "check__note").text(
            "You cannot change this yourself: it is in the hands of whoever runs that name, host or resolver.",
        )
    });
    let sources = told.sources.iter().map(|(title, url)| match url {
        Some(url) => link(title, url),
        None => of("span", "source").text(title),
    });
    of("li", "found__one")
        .attr("data-mark", mark)
        .child(
            of("p", "kicker")
                .child(of("b", "found__weight").text(weight))
                .text(" · ")
                .child(of("code", "kicker__id").text(told.rule)),
        )
        .child(of("h4", "found__sentence").text(&safe(&domain.named(&told.what))))
        .child(el("p").text(told.why))
        .child(
            of("dl", "finding__facts").child(
                el("div")
                    .child(el("dt").text("Where"))
                    .child(el("dd").child(el("code").text(&safe(&domain.named(&told.at))))),
            ),
        )
        .maybe(theirs)
        .maybe(publish)
        .maybe(above)
        .child(el("p").child(of("span", "finding__step-sources").all(sources)))
}

fn there(domain: &Domain) -> Element {
    of("section", "check__part")
        .attr("aria-labelledby", "there-title")
        .child(el("h3").attr("id", "there-title").text("What is there"))
        .all(
            domain
                .assessment
                .sections
                .iter()
                .map(|it| section(domain, it)),
        )
}

/// Lines that belong together; what is drawn as a tree keeps its beginnings.
fn section(domain: &Domain, section: &Section) -> Element {
    let more = section.lines.len().saturating_sub(LINES);
    of("div", "records")
        .child(el("h4").text(section.title))
        .child(
            list("ul", "records__lines")
                .all(section.lines.iter().take(LINES).map(|it| line(domain, it))),
        )
        .maybe((more > 0).then(|| of("p", "check__note").text(&format!("And {more} lines more."))))
}

fn line(domain: &Domain, line: &Line) -> Element {
    let (mark, sign) = match line.mark {
        Mark::Good => ("open", "✓"),
        Mark::Bad => ("shut", "×"),
        Mark::Unknown => ("unproven", "?"),
        Mark::Plain => ("plain", "·"),
    };
    of("li", "records__line")
        .attr("data-mark", mark)
        .child(
            of("span", "records__sign")
                .attr("aria-hidden", "true")
                .text(sign),
        )
        .child(el("samp").text(&safe(&domain.named(&line.text))))
}

/// The policy file, where the DNS announces one and it was not fetched, as no page may.
fn unfetched(domain: &Domain) -> Option<Element> {
    let report = &domain.report;
    let at = format!("_mta-sts.{}", domain.own_name()?);
    let is_announced = report.lookups.iter().any(|it| {
        let has_records = |it: &Said| matches!(it.answer, Answer::Records { .. });
        it.name == at && it.answers.iter().any(has_records)
    });
    let is_open = is_announced && report.policy.is_none() && !report.asked.https;
    let host = at.strip_prefix('_')?;
    (is_open && is_host(host)).then(|| {
        of("section", "check__part")
            .attr("aria-labelledby", "policy-title")
            .child(
                el("h3")
                    .attr("id", "policy-title")
                    .text("The policy file of MTA-STS"),
            )
            .child(el("p").text("It was not fetched: browsers let no page read it from another site. This shows it:"))
            .child(copied(&format!(
                "curl -i https://{host}/.well-known/mta-sts.txt"
            )))
    })
}

/// What went unanswered, by reason.
fn unanswered(report: &DomainReport) -> String {
    let mut reasons: Vec<(String, usize)> = Vec::new();
    for said in report.lookups.iter().flat_map(|it| &it.answers) {
        let reason = match &said.answer {
            Answer::TimedOut => "timed out".to_owned(),
            Answer::Refused => "REFUSED".to_owned(),
            Answer::Failed { text } => words::short(text),
            Answer::Records { .. } | Answer::NoRecords | Answer::NoSuchName => continue,
        };
        match reasons.iter_mut().find(|it| it.0 == reason) {
            Some((_, count)) => *count += 1,
            None => reasons.push((reason, 1)),
        }
    }
    reasons.truncate(6);
    let all: Vec<String> = reasons
        .into_iter()
        .map(|(reason, count)| match count {
            1 => format!("once {reason}"),
            count => format!("{count} times {reason}"),
        })
        .collect();
    if all.is_empty() {
        return String::new();
    }
    format!(" Not answered: {}.", words::listed(&all))
}

/// What the advice asks, and these records answer.
fn advice(domain: &Domain) -> Element {
    let learnt = domain.learnt();
    let part = of("section", "check__part")
        .attr("aria-labelledby", "learnt-title")
        .child(el("h3").attr("id", "learnt-title").text("For the advice"));
    let known: Vec<String> = learnt
        .posture
        .iter()
        .map(|(item, is_fine)| {
            let name = item.id().to_ascii_uppercase();
            let state = if *is_fine { "in order" } else { "not in order" };
            format!("{name} is {state}")
        })
        .collect();
    if known.is_empty() {
        return part.child(el("p").text("Nothing that Advise asks for is known by these."));
    }
    let fragment = portolan_link::print(&learnt, "", "");
    part.child(el("p").text(&format!("{}.", words::listed(&known))))
        .child(
            of("p", "check__ways").child(
                of("a", "button")
                    .attr("href", &fragment)
                    .text("Take this into Advise"),
            ),
        )
}

/// What is odd in the text, and what was not understood.
fn text(text: &Text) -> Option<Element> {
    if text.notes.is_empty() && text.kept.is_empty() {
        return None;
    }
    let lines = |all: &[(u32, String)]| {
        list("ul", "records__lines").all(all.iter().map(|(number, text)| {
            of("li", "records__line")
                .attr("data-mark", "plain")
                .child(of("span", "records__sign").text(&number.to_string()))
                .child(el("samp").text(text))
        }))
    };
    let notes = (!text.notes.is_empty()).then(|| {
        of("div", "records")
            .child(el("h4").text("How it is written"))
            .child(lines(&text.notes))
    });
    let kept = (!text.kept.is_empty()).then(|| {
        of("details", "check__fold")
            .child(el("summary").text(&match text.kept.len() {
                1 => "One line was not understood".to_owned(),
                count => format!("{count} lines were not understood"),
            }))
            .child(lines(&text.kept))
    });
    Some(
        of("section", "check__part")
            .attr("aria-labelledby", "text-title")
            .child(
                el("h3")
                    .attr("id", "text-title")
                    .text("The text that was pasted"),
            )
            .maybe(notes)
            .maybe(kept),
    )
}

fn after(domain: &Domain) -> Element {
    of("footer", "finding__after check__after")
        .child(quiet(
            "Copy as Markdown, masked",
            Press::Copy(export::markdown(domain)),
        ))
        .child(quiet("Save the report, masked", ask("save json")))
        .child(quiet("Save as Markdown", ask("save md")))
}

fn ask(what: &str) -> Press {
    Press::Ask(format!("check {what}"))
}
