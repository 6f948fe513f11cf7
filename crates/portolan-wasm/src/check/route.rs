//! The drawn route with what was observed: as the chart of the advice is drawn, and by the same geometry.
//!
//! Two drawings, for wide and narrow sheets, are for the eye only; the list beside them says the same in words.

use portolan_chart::{Plan, Reaches, Shape, wrap};
use portolan_check::PortState;
use portolan_report::sheet::Element;

use super::way::Way;
use super::{Seen, words};
use crate::sheet::{Writes, el, list, of};

/// More lines than this nobody could tell apart.
const MOST: usize = 8;

struct Track {
    port: u16,
    words: &'static str,
    look: &'static str,
    reaches: Reaches,
    chosen: bool,
}

/// The drawing; `None` where nothing was connected to.
pub(super) fn route(seen: &Seen, way: Option<&Way>) -> Option<Element> {
    let chosen = way.and_then(|it| it.address.as_ref()).map(|it| it.1);
    let mut ports = words::ports(&seen.assessment);
    ports.truncate(MOST);
    ports.sort_by_key(|(port, _)| *port);
    if ports.is_empty() {
        return None;
    }
    let tracks: Vec<Track> = ports
        .iter()
        .map(|(port, state)| track(*port, *state, chosen == Some(*port)))
        .collect();
    let from = words::short(&seen.report.asked.ehlo_name);
    let to = match &seen.report.asked.hosts[..] {
        [one] => words::short(&one.name),
        [] => "the server".to_owned(),
        several => format!("{} hosts", several.len()),
    };
    let items = tracks.iter().map(|it| {
        let course = it
            .chosen
            .then(|| of("span", "visually-hidden").text(" (advised)"));
        of("li", &class("track", it))
            .child(el("b").text(&it.port.to_string()))
            .text(" ")
            .child(el("span").text(it.words).maybe(course))
    });
    Some(
        of("section", "check__route")
            .attr("aria-labelledby", "route-title")
            .child(
                of("h3", "visually-hidden")
                    .attr("id", "route-title")
                    .text("The route, as it was seen"),
            )
            .child(
                of("figure", "chart")
                    .child(drawing(&tracks, &from, &to, Shape::Landscape))
                    .child(drawing(&tracks, &from, &to, Shape::Upright))
                    .child(of("p", "visually-hidden").text(&format!(
                        "From {from}, through its network, to {to}. Port by port:"
                    )))
                    .child(list("ul", "chart__list").all(items)),
            ),
    )
}

const fn track(port: u16, state: PortState, chosen: bool) -> Track {
    let (words, look, reaches) = match state {
        PortState::Works(_) => ("open, and it works", "open", Reaches::End),
        PortState::Flawed(_) => ("open, with something wrong", "unproven", Reaches::End),
        PortState::Connects | PortState::Greets => {
            ("open, as far as was asked", "open", Reaches::End)
        }
        PortState::TurnedAway => ("open, and turned us away", "unproven", Reaches::End),
        PortState::Silent => ("connects, and says nothing", "unproven", Reaches::End),
        PortState::Broken => ("breaks off", "unproven", Reaches::End),
        PortState::Refused => (
            "refused, nothing listens there",
            "outside",
            Reaches::Outside,
        ),
        PortState::Rejected => ("rejected by a firewall", "shut", Reaches::Edge(0)),
        PortState::Dropped => ("no answer", "shut", Reaches::Edge(0)),
        PortState::NoRoute => ("no route", "shut", Reaches::Edge(0)),
        PortState::Undecided => ("not proven", "unproven", Reaches::Outside),
    };
    Track {
        port,
        words,
        look,
        reaches,
        chosen,
    }
}

fn class(block: &str, track: &Track) -> String {
    let chosen = if track.chosen { " chosen" } else { "" };
    format!("{block} {}{chosen}", track.look)
}

fn drawing(tracks: &[Track], from: &str, to: &str, shape: Shape) -> Element {
    let plan = Plan::new(shape, tracks.len(), 1, false);
    let is_wide = shape == Shape::Landscape;
    let (sender_x, sender_y) = plan.point(plan.sender, plan.middle);
    let (end_x, end_y) = plan.point(plan.end, plan.middle);
    let has_chosen = tracks.iter().any(|it| it.chosen);
    let edge = plan.edge(0);
    let (start, stop) = if is_wide {
        (18, plan.height - 14)
    } else {
        (10, plan.width - 10)
    };
    let (from, to) = if is_wide {
        (broken(from, 14, 3), broken(to, 18, 3))
    } else {
        (broken(from, 17, 2), broken(to, 17, 2))
    };
    let above = |lines: &[String]| 18 * i32::try_from(lines.len()).unwrap_or(1);
    let mut whole = of(
        "svg",
        if is_wide {
            "chart__wide"
        } else {
            "chart__tall"
        },
    )
    .attr("viewBox", &format!("0 0 {} {}", plan.width, plan.height))
    .attr("aria-hidden", "true")
    .child(path(
        "winds",
        &(plan.winds(plan.sender) + &plan.winds(plan.end)),
    ))
    .child(path("edge", &plan.stroke((edge, start), (edge, stop))));
    // The chosen line last, so that it lies above the others.
    for wanted in [false, true] {
        for (at, track) in (0..).zip(tracks).filter(|(_, it)| it.chosen == wanted) {
            whole = line(whole, &plan, at, track);
        }
    }
    whole = whole
        .child(node("node", (sender_x, sender_y), "12"))
        .child(node(
            if has_chosen {
                "node chosen"
            } else {
                "node ring"
            },
            (end_x, end_y),
            "16",
        ));
    whole = if is_wide {
        let at = (end_x, end_y - 10 - above(&to));
        let sender = name(whole, &from, (sender_x, sender_y + 36), "middle");
        name(sender, &to, at, "middle")
    } else {
        // Upwards, since the lines leave downwards.
        let at = (sender_x + 24, sender_y + 23 - above(&from));
        let sender = name(whole, &from, at, "start");
        name(sender, &to, (end_x + 28, end_y + 5), "start")
    };
    let soft = |at, words| text(at, "start").attr("class", "soft").text(words);
    whole = if is_wide {
        whole.child(soft((edge + 8, plan.height - 16), WAY))
    } else {
        // Beside the edge every place is crossed by a line.
        whole
            .child(soft((10, 23), "Dotted:"))
            .child(soft((10, 41), WAY))
    };
    whole.all((0..).zip(tracks).map(|(at, it)| label(&plan, at, it)))
}

fn path(class: &str, d: &str) -> Element {
    of("path", class).attr("d", d)
}

fn node(class: &str, (x, y): (i32, i32), radius: &str) -> Element {
    of("circle", class)
        .attr("cx", &x.to_string())
        .attr("cy", &y.to_string())
        .attr("r", radius)
}

fn text((x, y): (i32, i32), anchor: &str) -> Element {
    el("text")
        .attr("x", &x.to_string())
        .attr("y", &y.to_string())
        .attr("text-anchor", anchor)
}

/// What the dotted edge is.
const WAY: &str = "the network on the way";

/// A name of one or more lines, the first of them at the place.
fn name(whole: Element, lines: &[String], (x, y): (i32, i32), anchor: &str) -> Element {
    whole.all(
        (0..)
            .zip(lines)
            .map(|(line, words)| text((x, y + 18 * line), anchor).text(words)),
    )
}

/// A name in so many lines of so many letters at most: broken at spaces, else behind dots and hyphens; what is longer still
/// lacks its middle. The words beside the drawing have it whole.
fn broken(name: &str, most: usize, lines: usize) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in wrap(name, most) {
        let mut fresh = true;
        for part in line.split_inclusive(['.', '-', ' ']) {
            match all.last_mut() {
                Some(last) if !fresh && letters(last) + letters(part) <= most => {
                    last.push_str(part);
                }
                _ => all.push(part.to_owned()),
            }
            fresh = false;
        }
    }
    if all.len() <= lines && all.iter().all(|it| letters(it) <= most) {
        return all;
    }
    let own: Vec<char> = name.chars().collect();
    let half = (most * lines - 1) / 2;
    let (first, last) = (own.iter().take(half), own.iter().rev().take(half).rev());
    let kept: Vec<char> = if own.len() > 2 * half {
        first.chain(&['…']).chain(last).copied().collect()
    } else {
        own
    };
    kept.chunks(most).map(|it| it.iter().collect()).collect()
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

fn line(whole: Element, plan: &Plan, at: i32, track: &Track) -> Element {
    let row = plan.row(at);
    let class = class("line", track);
    let whole = whole.child(path(&class, &plan.line(at, track.reaches)));
    match track.reaches {
        Reaches::Edge(edge) => {
            let (x, y) = plan.point(plan.edge(edge), row);
            whole.child(path(
                "cross",
                &format!("M{} {}l12 12m0-12l-12 12", x - 6, y - 6),
            ))
        }
        Reaches::Outside => {
            let stop = plan.stroke((plan.turn, row - 6), (plan.turn, row + 6));
            whole.child(path(&class, &stop))
        }
        Reaches::End => whole,
    }
}

/// The port's number, and beside it what was seen where there is room.
fn label(plan: &Plan, at: i32, track: &Track) -> Element {
    let (x, y) = plan.point(plan.edge(0) + 18, plan.row(at));
    let port = of("tspan", "port").text(&track.port.to_string());
    if plan.shape == Shape::Upright {
        let second_rank = if plan.is_tight() && at % 2 == 1 {
            19
        } else {
            0
        };
        return text((x, y + 18 + second_rank), "middle")
            .attr("class", &class("label", track))
            .child(port);
    }
    let y = if matches!(track.reaches, Reaches::Edge(_)) {
        y + 5
    } else {
        y - 8
    };
    text((x, y), "start")
        .attr("class", &class("label", track))
        .child(port)
        .child(of("tspan", "soft").attr("dx", "8").text(track.words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_broken_where_names_may_be_and_lack_their_middle_at_last() {
        for (name, most, lines, expected) in [
            ("smtp.example.org", 17, 2, vec!["smtp.example.org"]),
            ("3 hosts", 17, 2, vec!["3 hosts"]),
            (
                "smtp-relay.mail.example.org",
                17,
                2,
                vec!["smtp-relay.mail.", "example.org"],
            ),
            (
                "ip-10-0-3-17.eu-central-1.compute.internal",
                17,
                2,
                vec!["ip-10-0-3-17.eu-…", "compute.internal"],
            ),
            (
                "aaaaaaaaaaaaaaaaaaaaaaaaa",
                17,
                2,
                vec!["aaaaaaaaaaaaaaaaa", "aaaaaaaa"],
            ),
        ] {
            assert_eq!(broken(name, most, lines), expected, "{name}");
        }
        for long in [&"x".repeat(160), &"é.".repeat(80), "", "…"] {
            let all = broken(long, 14, 3);
            assert!(
                all.len() <= 3 && all.iter().all(|it| letters(it) <= 14),
                "{all:?}"
            );
        }
    }
}
