//! Two reports beside each other: what differs, and what that means.

use portolan_check::{PortLine, PortState};
use portolan_report::probe::{Answer, Certificate, Opening, Outcome, ProbeReport, Stage, Visit};
use portolan_report::sheet::Element;

use super::meaning::meaning;
use super::{Seen, words};
use crate::sheet::{Writes, el, list, of};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// To which addresses the name leads.
    Name,
    /// Whether, and how, a connection comes about.
    Way,
    /// What the server says and shows.
    Server,
}

/// One thing that differs.
pub(super) struct Difference {
    pub(super) about: About,
    what: String,
    first: String,
    second: String,
}

/// So many rows are shown.
const MOST: usize = 60;

pub(super) fn apart(one: &ProbeReport, two: &ProbeReport) -> String {
    match (two.started_at.unix() - one.started_at.unix()).abs() / 60 {
        0 => "within a minute".to_owned(),
        minutes @ 1..=119 => format!("{minutes} minutes apart"),
        minutes @ 120..=2_879 => format!("{} hours apart", minutes / 60),
        minutes => format!("{} days apart", minutes / 1_440),
    }
}

/// `from laptop.example`
fn machine(report: &ProbeReport) -> String {
    format!("from {}", words::short(&report.asked.ehlo_name))
}

pub(super) fn share_hosts(one: &ProbeReport, two: &ProbeReport) -> bool {
    one.asked.hosts.iter().any(|host| {
        two.asked
            .hosts
            .iter()
            .any(|it| it.name.eq_ignore_ascii_case(&host.name))
    })
}

pub(super) const fn gets_through(state: PortState) -> bool {
    matches!(
        state,
        PortState::Works(_)
            | PortState::Flawed(_)
            | PortState::TurnedAway
            | PortState::Greets
            | PortState::Connects
    )
}

/// The best line of each port of each host.
pub(super) fn doors(seen: &Seen) -> Vec<&PortLine> {
    let mut all: Vec<&PortLine> = Vec::new();
    for line in &seen.assessment.ports {
        match all
            .iter_mut()
            .find(|it| it.port == line.port && it.host == line.host)
        {
            Some(known) if words::rank(line.state) < words::rank(known.state) => *known = line,
            Some(_) => {}
            None => all.push(line),
        }
    }
    all.truncate(MOST);
    all
}

pub(super) fn differences(first: &Seen, second: &Seen) -> Vec<Difference> {
    let (one, two) = (&first.report, &second.report);
    let mut all = Vec::new();
    let mut add = |about, what: String, first: String, second: String| {
        if first != second {
            all.push(Difference {
                about,
                what,
                first,
                second,
            });
        }
    };
    // Where a name leads elsewhere, all that follows may be of another server.
    for lookup in one.lookups.iter().take(MOST) {
        let other = two
            .lookups
            .iter()
            .find(|it| it.name == lookup.name && it.kind == lookup.kind);
        if let Some(other) = other {
            let what = format!("addresses of {}", words::short(&lookup.name));
            add(
                About::Name,
                what,
                answer(&lookup.answer),
                answer(&other.answer),
            );
        }
    }
    let others = doors(second);
    for line in doors(first) {
        let Some(other) = others
            .iter()
            .find(|it| it.port == line.port && it.host == line.host)
        else {
            continue;
        };
        let what = |name: &str| format!("{} {name}", line.port);
        let through = (gets_through(line.state), gets_through(other.state));
        let about = if through == (true, true) {
            About::Server
        } else {
            About::Way
        };
        // The words of what fails depend on what the report's other ports did.
        let is_alike =
            through == (false, false) && words::rank(line.state) == words::rank(other.state);
        if !is_alike {
            add(
                about,
                what("outcome"),
                words::short(&line.words),
                words::short(&other.words),
            );
        }
        let (Some(left), Some(right)) = (one.visits.get(line.visit), two.visits.get(other.visit))
        else {
            continue;
        };
        // What was not reached on one side says nothing of the server.
        for (name, left, right) in [
            ("greeting", greeting(left), greeting(right)),
            ("STARTTLS", starttls(left), starttls(right)),
            ("TLS version", version(left), version(right)),
            ("certificate", certificate(left), certificate(right)),
            ("sign-in offered", mechanisms(left), mechanisms(right)),
        ] {
            if let (Some(left), Some(right)) = (left, right) {
                add(About::Server, what(name), left, right);
            }
        }
    }
    all.truncate(MOST);
    all
}

fn greeting(visit: &Visit) -> Option<String> {
    match &visit.step(Stage::Greeting)?.outcome {
        // Greetings tell the time: the code and the name are what they say of the server.
        Outcome::Reply { reply } => {
            let text = reply.lines.first()?;
            let two = text
                .split_whitespace()
                .take(2)
                .collect::<Vec<_>>()
                .join(" ");
            Some(words::short(&two))
        }
        _ => None,
    }
}

/// Whether the offer came through.
pub(super) fn starttls(visit: &Visit) -> Option<String> {
    if visit.opening == Opening::Tls {
        return None;
    }
    let Outcome::Offers { offers, .. } = &visit.step(Stage::Ehlo)?.outcome else {
        return None;
    };
    let words = match (
        offers.starttls,
        offers.keywords.iter().find(|it| is_blotted(&it.name)),
    ) {
        (true, _) => "offered".to_owned(),
        (false, Some(keyword)) => format!("taken out: {}", words::short(&keyword.name)),
        (false, None) => "not offered".to_owned(),
    };
    Some(words)
}

/// A keyword that was written over.
fn is_blotted(name: &str) -> bool {
    name.starts_with("XXXX")
}

fn session(visit: &Visit) -> Option<&portolan_report::probe::TlsSession> {
    visit.steps.iter().find_map(|it| match &it.outcome {
        Outcome::Tls { session } => Some(session.as_ref()),
        _ => None,
    })
}

fn version(visit: &Visit) -> Option<String> {
    Some(session(visit)?.version.name().to_owned())
}

pub(super) fn certificate(visit: &Visit) -> Option<String> {
    let own: &Certificate = session(visit)?.chain.first()?;
    let print = own.sha256.get(..16).unwrap_or(&own.sha256);
    Some(format!(
        "{}, until {}, fingerprint {}…",
        words::short(&own.subject),
        own.not_after,
        words::short(print)
    ))
}

fn mechanisms(visit: &Visit) -> Option<String> {
    let of = |stage| match visit.step(stage).map(|it| &it.outcome) {
        Some(Outcome::Offers { offers, .. }) => Some(offers),
        _ => None,
    };
    let mut all = of(Stage::EhloAfter)
        .or_else(|| of(Stage::Ehlo))?
        .auth
        .clone();
    all.sort();
    Some(if all.is_empty() {
        "none".to_owned()
    } else {
        words::short(&all.join(" "))
    })
}

/// Resolvers give addresses in any order.
fn answer(answer: &Answer) -> String {
    let mut all: Vec<String> = match answer {
        Answer::Addresses { addresses } => addresses.iter().map(ToString::to_string).collect(),
        Answer::Exchanges { exchanges } => exchanges
            .iter()
            .map(|it| format!("{} {}", it.preference, words::short(&it.host)))
            .collect(),
        Answer::Failed { .. } => return "the resolver failed".to_owned(),
        Answer::NoRecords => return "no records".to_owned(),
        Answer::NoSuchName => return "no such name".to_owned(),
        Answer::Refused => return "the resolver refused".to_owned(),
        Answer::TimedOut => return "no answer".to_owned(),
    };
    all.sort();
    words::listed(&all)
}

/// What to do next, where there is something.
fn next(steps: &[String]) -> Option<Element> {
    let steps: Vec<Element> = steps.iter().map(|it| el("li").text(it)).collect();
    (!steps.is_empty()).then(|| list("ol", "finding__steps").all(steps))
}

/// The sheet of two reports.
pub(super) fn compare([first, second]: [(&str, &Seen); 2]) -> Element {
    let meaning = meaning(first.1, second.1);
    let all = differences(first.1, second.1);
    let side = |(title, seen): (&str, &Seen)| {
        el("li")
            .child(el("b").text(title))
            .text(&format!(
                ", {}, {}: ",
                machine(&seen.report),
                words::when(&seen.report)
            ))
            .child(el("span").text(&words::headline(seen)))
    };
    let column = |name: &str| {
        el("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .text(name)
    };
    let cell = |name: &str, text: &str| {
        el("td")
            .attr("role", "cell")
            .child(
                of("span", "map__stage")
                    .attr("aria-hidden", "true")
                    .text(name),
            )
            .child(el("span").text(text))
    };
    let rows = all.iter().map(|it| {
        el("tr")
            .attr("role", "row")
            .child(
                el("th")
                    .attr("scope", "row")
                    .attr("role", "rowheader")
                    .text(&it.what),
            )
            .child(cell(first.0, &it.first))
            .child(cell(second.0, &it.second))
    });
    let table = (!all.is_empty()).then(|| {
        of("section", "check__part")
            .attr("aria-labelledby", "differs-title")
            .child(el("h3").attr("id", "differs-title").text("What differs"))
            .child(
                of("table", "differs")
                    .attr("role", "table")
                    .attr("aria-labelledby", "differs-title")
                    .child(
                        el("thead").attr("role", "rowgroup").child(
                            el("tr")
                                .attr("role", "row")
                                .child(column("What"))
                                .child(column(first.0))
                                .child(column(second.0)),
                        ),
                    )
                    .child(el("tbody").attr("role", "rowgroup").all(rows)),
            )
    });
    of("section", "sheet check finding")
        .attr("aria-labelledby", "finding")
        .child(
            of("header", "finding__head")
                .child(of("p", "kicker").text("Two reports side by side"))
                .child(
                    of("h2", "finding__cause")
                        .attr("id", "finding")
                        .attr("tabindex", "-1")
                        .text(&meaning.headline),
                )
                .child(of("p", "finding__definition").text(&meaning.means))
                .maybe(next(&meaning.next))
                .child(list("ul", "sides").child(side(first)).child(side(second))),
        )
        .maybe(table)
}
