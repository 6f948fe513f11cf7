//! Ports by stages: a table whose rows become cards where it is narrow. Each cell has a shape, a word and its time.

use portolan_check::{PortLine, PortState};
use portolan_report::probe::{Answer, Opening, Outcome, ProbeReport, Stage, Visit};
use portolan_report::sheet::Element;

use super::evidence::{Came, Passage, came};
use super::{Seen, words};
use crate::sheet::{Writes, el, of};

/// So many rows are shown; a report may have a thousand.
const ROWS: usize = 48;

/// The stages of the map. `None`: the look-up, which belongs to no session.
const COLUMNS: [(Option<Stage>, &str); 8] = [
    (None, "Name"),
    (Some(Stage::Connect), "Connect"),
    (Some(Stage::Greeting), "Greeting"),
    (Some(Stage::Ehlo), "EHLO"),
    (Some(Stage::Starttls), "STARTTLS"),
    (Some(Stage::Tls), "TLS"),
    (Some(Stage::EhloAfter), "EHLO in TLS"),
    (Some(Stage::Auth), "AUTH"),
];

/// The map; `None` where nothing was connected to.
pub(super) fn map(seen: &Seen) -> Option<Element> {
    let lines = &seen.assessment.ports;
    if lines.is_empty() {
        return None;
    }
    let has_hosts = lines
        .iter()
        .any(|it| it.host != lines.first().map_or("", |it| &it.host));
    let head = COLUMNS.iter().map(|(_, name)| column(name));
    let rows = lines
        .iter()
        .take(ROWS)
        .map(|line| row(seen, line, has_hosts));
    let table = of("table", "map")
        .attr("role", "table")
        .attr("aria-labelledby", "map-title")
        .child(
            el("thead").attr("role", "rowgroup").child(
                el("tr")
                    .attr("role", "row")
                    .child(column("Port"))
                    .child(column("Outcome"))
                    .all(head),
            ),
        )
        .child(el("tbody").attr("role", "rowgroup").all(rows));
    let rest = lines.len().saturating_sub(ROWS);
    let rest = (rest > 0).then(|| {
        of("p", "check__note").text(&format!(
            "And {rest} rows more, in the report that can be saved below."
        ))
    });
    Some(
        of("section", "check__part")
            .attr("aria-labelledby", "map-title")
            .child(
                el("h3")
                    .attr("id", "map-title")
                    .text("Port by port, stage by stage"),
            )
            .child(table)
            .maybe(rest)
            .child(legend()),
    )
}

fn column(name: &str) -> Element {
    el("th")
        .attr("scope", "col")
        .attr("role", "columnheader")
        .text(name)
}

/// What the shapes mean.
fn legend() -> Element {
    let all = [
        (Passage::Passed, "passed"),
        (Passage::Flawed, "passed, with something wrong"),
        (Passage::Failed, "it ended here"),
        (Passage::Unreached, "not reached"),
        (Passage::Absent, "not part of it, or not offered"),
    ];
    let all = all.map(|(passage, means)| {
        el("li")
            .child(sign(passage))
            .text(" ")
            .child(el("span").text(means))
    });
    of("ul", "map__legend")
        .attr("role", "list")
        .attr("aria-hidden", "true")
        .all(all)
}

fn sign(passage: Passage) -> Element {
    of("span", "map__sign")
        .attr("data-passage", passage.id())
        .attr("aria-hidden", "true")
        .text(passage.sign())
}

fn row(seen: &Seen, line: &PortLine, has_hosts: bool) -> Element {
    let report = &seen.report;
    let visit = report.visits.get(line.visit);
    let host = has_hosts.then(|| of("span", "map__host").text(&words::short(&line.host)));
    let head = el("th")
        .attr("scope", "row")
        .attr("role", "rowheader")
        .child(el("b").text(&line.port.to_string()))
        .text(" ")
        .child(of("span", "map__family").text(words::family(line.address)))
        .text(" ")
        .child(of("span", "map__address").text(&words::address(line.address)))
        .maybe(host);
    let outcome = el("td")
        .attr("role", "cell")
        .attr("class", "map__outcome")
        .attr("data-mark", mark(line.state))
        .text(&words::short(&line.words));
    let cells = COLUMNS.iter().map(|(stage, name)| {
        let (came, took) = match (stage, visit) {
            (None, _) => resolved(report, &line.host),
            (Some(Stage::Starttls), Some(_)) if is_taken_out(seen, line) => {
                (unreached(Passage::Failed, "taken out on the way"), None)
            }
            (Some(stage), Some(visit)) => reached(visit, *stage),
            (Some(_), None) => (unreached(Passage::Unreached, "not reached"), None),
        };
        cell(name, &came, took)
    });
    el("tr")
        .attr("role", "row")
        .attr("data-mark", mark(line.state))
        .child(head)
        .child(outcome)
        .all(cells)
}

/// Whether somebody on the way took the offer of STARTTLS out of this session.
fn is_taken_out(seen: &Seen, line: &PortLine) -> bool {
    let is_there = |stage| {
        seen.report
            .visits
            .get(line.visit)
            .and_then(|it| it.step(stage))
    };
    let mut findings = seen.assessment.findings.iter();
    is_there(Stage::Starttls).is_none()
        && is_there(Stage::Ehlo).is_some()
        && findings.any(|it| {
            matches!(it.rule, "banner-masked" | "offer-blotted-out")
                && it.rests_on.iter().any(|at| at.visit == line.visit)
        })
}

/// What a row is marked by, beside its words.
pub(super) const fn mark(state: PortState) -> &'static str {
    match state {
        PortState::Works(_) | PortState::Connects | PortState::Greets => "open",
        PortState::Dropped | PortState::Refused | PortState::Rejected => "shut",
        PortState::Broken
        | PortState::Flawed(_)
        | PortState::NoRoute
        | PortState::Silent
        | PortState::TurnedAway
        | PortState::Undecided => "unproven",
    }
}

fn cell(name: &str, came: &Came, took: Option<u64>) -> Element {
    let took = took.map(|ms| of("span", "map__time").text(&time(ms)));
    let is_quiet = matches!(came.passage, Passage::Unreached | Passage::Absent);
    let word = if came.word.is_empty() || is_quiet {
        None
    } else {
        Some(of("span", "map__word").text(&came.word))
    };
    let hidden = if is_quiet {
        came.word.as_str()
    } else {
        came.passage.says()
    };
    el("td")
        .attr("role", "cell")
        .attr("data-passage", came.passage.id())
        // Where a row is a card, each stage stands beside its own name; readers have it from the table's head.
        .child(
            of("span", "map__stage")
                .attr("aria-hidden", "true")
                .text(name),
        )
        .child(sign(came.passage))
        .child(of("span", "visually-hidden").text(hidden))
        .maybe(word)
        .text(" ")
        .maybe(took)
}

/// `12 ms`, `1.5 s`.
fn time(ms: u64) -> String {
    if ms < 1_000 {
        format!("{ms} ms")
    } else {
        format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
    }
}

fn unreached(passage: Passage, word: &str) -> Came {
    Came {
        passage,
        word: word.to_owned(),
    }
}

/// The look-up of a host's addresses; an address needs none.
fn resolved(report: &ProbeReport, host: &str) -> (Came, Option<u64>) {
    let lookup = report.lookups.iter().find(|it| it.name == host);
    let Some(lookup) = lookup else {
        return (unreached(Passage::Absent, "not asked for"), None);
    };
    let (passage, word) = match &lookup.answer {
        Answer::Addresses { .. } | Answer::Exchanges { .. } => (Passage::Passed, ""),
        Answer::Failed { .. } => (Passage::Failed, "resolver failed"),
        Answer::NoRecords => (Passage::Failed, "no records"),
        Answer::NoSuchName => (Passage::Failed, "no such name"),
        Answer::Refused => (Passage::Failed, "refused"),
        Answer::TimedOut => (Passage::Failed, "no answer"),
    };
    (unreached(passage, word), Some(lookup.took_ms))
}

/// What became of a stage; where no step was taken, whether one could have been.
fn reached(visit: &Visit, stage: Stage) -> (Came, Option<u64>) {
    if let Some(step) = visit.step(stage) {
        return (came(step), Some(step.took_ms));
    }
    let offers = |stage| match visit.step(stage).map(|it| &it.outcome) {
        Some(Outcome::Offers { offers, .. }) => Some(offers),
        _ => None,
    };
    let (before, after) = (offers(Stage::Ehlo), offers(Stage::EhloAfter));
    let is_implicit = visit.opening == Opening::Tls;
    let came = match stage {
        Stage::Ehlo | Stage::Starttls if is_implicit => {
            unreached(Passage::Absent, "not needed, TLS begins at once")
        }
        Stage::Starttls | Stage::Tls | Stage::EhloAfter
            if before.is_some_and(|it| !it.starttls) && !is_implicit =>
        {
            unreached(Passage::Absent, "STARTTLS is not offered")
        }
        Stage::Auth => match after.or(before) {
            Some(offers) if offers.auth.is_empty() => unreached(Passage::Absent, "not offered"),
            Some(offers) => Came {
                passage: Passage::Passed,
                word: words::short(&offers.auth.join(" ")),
            },
            None => unreached(Passage::Unreached, "not reached"),
        },
        _ => unreached(Passage::Unreached, "not reached"),
    };
    (came, None)
}
