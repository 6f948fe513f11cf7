//! Two reports beside each other: what differs, and what that means.

use portolan_check::{PortLine, PortState};
use portolan_report::probe::{Answer, Certificate, Outcome, ProbeReport, Stage, Visit};
use portolan_report::sheet::Element;

use super::{Seen, words};
use crate::sheet::{Writes, el, list, of};

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    /// Whether, and how, a connection comes about.
    Way,
    /// What the server says and shows.
    Server,
}

/// One thing that differs.
struct Difference {
    about: About,
    what: String,
    first: String,
    second: String,
}

/// So many rows are shown.
const MOST: usize = 60;

/// What the differences mean, as a headline and a paragraph.
pub(super) fn conclusion(first: &Seen, second: &Seen) -> (String, String) {
    let (one, two) = (&first.report, &second.report);
    if !share_hosts(one, two) {
        return (
            "These are reports of different servers.".to_owned(),
            "What differs between them says nothing of the way there. Check the same host from both machines.".to_owned(),
        );
    }
    let all = differences(first, second);
    if all.is_empty() {
        return (
            "Nothing that matters differs.".to_owned(),
            format!("Both see the same of the same server, {}.", apart(one, two)),
        );
    }
    let is_way = all.iter().any(|it| it.about == About::Way);
    let is_server = all.iter().any(|it| it.about == About::Server);
    let is_elsewhere = one.asked.ehlo_name != two.asked.ehlo_name;
    let is_later = hours(one, two) >= LATER;
    let headline = match (is_elsewhere, is_way, is_server) {
        (true, true, _) => "What differs is the network.",
        (true, false, _) if is_later => {
            "The server changed between the two, or answers each in its own way."
        }
        (true, false, _) => "The server answers each of the two in its own way.",
        (false, true, true) => {
            "What differs is the time: the way, and the server, changed in between."
        }
        (false, true, false) => {
            "What differs is the time: the way to the server changed in between."
        }
        (false, false, _) => "What differs is the server: it changed in between.",
    };
    let means = match (is_elsewhere, is_way) {
        (true, true) => {
            let better = better(first, second);
            let name = |seen: &Seen| words::short(&seen.report.asked.ehlo_name);
            let told = |open: &Seen, shut: &Seen| {
                format!(
                    "The same server answers from {} and not from {}: look for the block on the side of {}.",
                    name(open),
                    name(shut),
                    name(shut)
                )
            };
            match better {
                Some(true) => told(first, second),
                Some(false) => told(second, first),
                None => "Each gets through where the other does not: both networks stand in some way.".to_owned(),
            }
        }
        (true, false) => "Both get through. Where certificates differ at one address, something in between may answer in the server’s place: compare their fingerprints with the server’s owner.".to_owned(),
        (false, true) => "The same machine got other answers: a firewall’s rule, a limit, or a server that was down.".to_owned(),
        (false, false) => "The way is the same, and what the server says is not.".to_owned(),
    };
    let means = format!("{means} They were made {}.", apart(one, two));
    (headline.to_owned(), means)
}

/// So many hours apart, time is a reason of its own.
const LATER: i64 = 24;

fn hours(one: &ProbeReport, two: &ProbeReport) -> i64 {
    (two.started_at.unix() - one.started_at.unix()).abs() / 3_600
}

fn apart(one: &ProbeReport, two: &ProbeReport) -> String {
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

fn share_hosts(one: &ProbeReport, two: &ProbeReport) -> bool {
    one.asked.hosts.iter().any(|host| {
        two.asked
            .hosts
            .iter()
            .any(|it| it.name.eq_ignore_ascii_case(&host.name))
    })
}

/// Whether the first gets through where the second does not: `Some(true)`; `None`: each does somewhere.
fn better(first: &Seen, second: &Seen) -> Option<bool> {
    let count = |one: &Seen, two: &Seen| {
        doors(one)
            .iter()
            .filter(|it| gets_through(it.state))
            .filter(|it| {
                doors(two).iter().any(|other| {
                    other.port == it.port && other.host == it.host && !gets_through(other.state)
                })
            })
            .count()
    };
    match (count(first, second), count(second, first)) {
        (0, 0) => None,
        (_, 0) => Some(true),
        (0, _) => Some(false),
        _ => None,
    }
}

const fn gets_through(state: PortState) -> bool {
    matches!(
        state,
        PortState::Works(_) | PortState::Flawed(_) | PortState::TurnedAway
    )
}

/// The best line of each port of each host.
fn doors(seen: &Seen) -> Vec<&PortLine> {
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

fn differences(first: &Seen, second: &Seen) -> Vec<Difference> {
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
            ("TLS version", version(left), version(right)),
            ("certificate", certificate(left), certificate(right)),
            ("sign-in offered", mechanisms(left), mechanisms(right)),
        ] {
            if let (Some(left), Some(right)) = (left, right) {
                add(About::Server, what(name), left, right);
            }
        }
    }
    for lookup in one.lookups.iter().take(MOST) {
        let other = two
            .lookups
            .iter()
            .find(|it| it.name == lookup.name && it.kind == lookup.kind);
        if let Some(other) = other {
            let what = format!("addresses of {}", words::short(&lookup.name));
            add(
                About::Server,
                what,
                answer(&lookup.answer),
                answer(&other.answer),
            );
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

fn session(visit: &Visit) -> Option<&portolan_report::probe::TlsSession> {
    visit.steps.iter().find_map(|it| match &it.outcome {
        Outcome::Tls { session } => Some(session.as_ref()),
        _ => None,
    })
}

fn version(visit: &Visit) -> Option<String> {
    Some(session(visit)?.version.name().to_owned())
}

fn certificate(visit: &Visit) -> Option<String> {
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

/// The sheet of two reports.
pub(super) fn compare([first, second]: [(&str, &Seen); 2]) -> Element {
    let (headline, means) = conclusion(first.1, second.1);
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
                        .text(&headline),
                )
                .child(of("p", "finding__definition").text(&means))
                .child(list("ul", "sides").child(side(first)).child(side(second))),
        )
        .maybe(table)
}
