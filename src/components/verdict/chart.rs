//! The drawn route: sender, edges, ports, the other end; drawn from the chart of the advice and nothing else.
//!
//! Two drawings, one for wide and one for narrow screens, are for the eye only. The list beside them says the same in
//! words; where the drawing has no room for them it is shown, else it is there for those who listen.

use portolan_chart::{Plan, Reaches, Shape, wrap};
use portolan_report::{Advice, ChartEnd, RouteKind};
use yew::Html;

use super::super::dom::{El, el, list, of, push};
use super::words::{self, Look};

/// One line on the chart.
struct Track {
    port: String,
    words: String,
    look: Look,
    chosen: bool,
    reaches: Reaches,
}

/// Stands where no environment was named: mail always leaves through somebody's network.
const UNNAMED_EDGE: &str = "your network, not named yet";

pub(super) fn chart(advice: &Advice) -> Option<El> {
    let chart = &advice.chart;
    if chart.from.is_empty() {
        return None;
    }
    let tracks = tracks(advice);
    let mut edges: Vec<&str> = Vec::new();
    for edge in &chart.edges {
        edges.push(edge);
    }
    if edges.is_empty() {
        edges.push(UNNAMED_EDGE);
    }
    let delivers = match chart.end {
        ChartEnd::Provider => ", which delivers to the recipient’s MX on 25",
        ChartEnd::RecipientMx | ChartEnd::OwnServer => "",
    };
    let list = list("ul", "chart__list");
    let figure = of("figure", "chart")
        .child(drawing(advice, &tracks, &edges, Shape::Landscape))
        .child(drawing(advice, &tracks, &edges, Shape::Upright))
        .child(
            of("figcaption", "visually-hidden")
                .text(&chart.from)
                .text(", through ")
                .text(&edges.join(", then "))
                .text(", to ")
                .text(&chart.to)
                .text(delivers)
                .text(". Port by port:"),
        )
        .child(list.each(&tracks, |track| {
            let chosen = || of("span", "visually-hidden").text(" (your course)");
            of("li", &class("track", track))
                .key(&track.port)
                .child(el("b").text(&track.port))
                .text(" ")
                .child(
                    el("span")
                        .text(&track.words)
                        .maybe(track.chosen.then(chosen)),
                )
        }));
    Some(figure)
}

fn tracks(advice: &Advice) -> Vec<Track> {
    let chart = &advice.chart;
    let mut tracks: Vec<Track> = chart
        .lines
        .iter()
        .map(|line| {
            let look = Look::of(line.knowledge);
            let layer = chart
                .edges
                .iter()
                .position(|edge| Some(edge) == line.layer.as_ref());
            let last = chart.edges.len().saturating_sub(1);
            Track {
                port: words::number(line.port),
                words: words::port(line, advice),
                look,
                chosen: line.chosen,
                reaches: match look {
                    Look::Shut => Reaches::Edge(layer.unwrap_or(last)),
                    _ if line.offered || line.chosen => Reaches::End,
                    _ => Reaches::Outside,
                },
            }
        })
        .collect();
    let way_round = match advice.best.route.kind {
        RouteKind::HttpApi => Some(("443", "HTTPS API, no mail port")),
        RouteKind::HostRelay => Some(("relay", "the host’s own, inside its network")),
        _ => None,
    };
    if let Some((port, words)) = way_round {
        tracks.push(Track {
            port: port.to_owned(),
            words: words.to_owned(),
            look: Look::Open,
            chosen: true,
            reaches: Reaches::End,
        });
    }
    tracks
}

fn class(block: &str, track: &Track) -> String {
    let look = if track.reaches == Reaches::Outside {
        "outside"
    } else {
        track.look.id()
    };
    let chosen = if track.chosen { " chosen" } else { "" };
    [block, " ", look, chosen].concat()
}

fn drawing(advice: &Advice, tracks: &[Track], edges: &[&str], shape: Shape) -> El {
    let chart = &advice.chart;
    let has_beyond = chart.end == ChartEnd::Provider;
    let plan = Plan::new(shape, tracks.len(), edges.len(), has_beyond);
    let is_wide = shape == Shape::Landscape;
    let (sender_x, sender_y) = plan.point(plan.sender, plan.middle);
    let (end_x, end_y) = plan.point(plan.end, plan.middle);
    let end = match (chart.end, tracks.iter().any(|track| track.chosen)) {
        (ChartEnd::Provider | ChartEnd::OwnServer, true) => "node chosen",
        (ChartEnd::RecipientMx, true) => "node ring chosen",
        (_, false) => "node ring",
    };
    let mut borders = Vec::new();
    let mut border_names = Vec::new();
    for (at, name) in (0..).zip(edges) {
        push(&mut borders, edge(&plan, at));
        push(&mut border_names, edge_name(&plan, at, name));
    }
    // The chosen line last, so that it lies above the others.
    let mut lines = Vec::new();
    let mut labels = Vec::new();
    for wanted in [false, true] {
        for (at, track) in (0..).zip(tracks) {
            if track.chosen == wanted {
                line(&mut lines, &plan, at, track);
            }
            if wanted {
                push(&mut labels, label(&plan, at, track));
            }
        }
    }
    let to_lines = i32::try_from(wrap(&chart.to, 16).len()).unwrap_or(1);
    let size = [
        "0 0 ",
        &plan.width.to_string(),
        " ",
        &plan.height.to_string(),
    ];
    of(
        "svg",
        if is_wide {
            "chart__wide"
        } else {
            "chart__tall"
        },
    )
    .attr("viewBox", &size.concat())
    .attr("aria-hidden", "true")
    .attr("focusable", "false")
    .child(path(
        "winds",
        &(plan.winds(plan.sender) + &plan.winds(plan.end)),
    ))
    .all(borders)
    .all(if has_beyond {
        beyond(&plan)
    } else {
        Vec::new()
    })
    .all(lines)
    .child(node("node", (sender_x, sender_y), "12"))
    .child(node(end, (end_x, end_y), "16"))
    .all(if is_wide {
        name(&chart.from, (sender_x, sender_y + 36), 14, "middle")
    } else {
        name(&chart.from, (sender_x + 24, sender_y + 5), 40, "start")
    })
    .all(if is_wide {
        name(&chart.to, (end_x, end_y - 10 - 18 * to_lines), 16, "middle")
    } else {
        name(&chart.to, (end_x + 28, end_y + 5), 18, "start")
    })
    .all(border_names)
    .all(labels)
}

fn path(class: &str, d: &str) -> El {
    of("path", class).attr("d", d)
}

fn node(class: &str, (x, y): (i32, i32), radius: &str) -> El {
    of("circle", class)
        .number("cx", x)
        .number("cy", y)
        .attr("r", radius)
}

fn text((x, y): (i32, i32), anchor: Option<&str>) -> El {
    el("text")
        .number("x", x)
        .number("y", y)
        .attr_if("text-anchor", anchor)
}

/// The provider's own way on, to the recipient's MX.
fn beyond(plan: &Plan) -> Vec<Html> {
    let (end_x, end_y) = plan.point(plan.end, plan.middle);
    let (x, y) = plan.point(plan.beyond, plan.middle);
    let leg = plan.stroke((plan.end, plan.middle), (plan.beyond, plan.middle));
    let mut parts = Vec::new();
    push(&mut parts, path("leg", &leg));
    push(&mut parts, node("node ring", (x, y), "11"));
    let (mx, at_mx, most, port, anchor) = match plan.shape {
        Shape::Landscape => (
            (x, y + 32),
            "middle",
            11,
            (i32::midpoint(end_x, x) + 3, end_y - 9),
            "middle",
        ),
        Shape::Upright => (
            (x + 22, y + 5),
            "start",
            40,
            (end_x - 10, i32::midpoint(end_y, y) + 8),
            "end",
        ),
    };
    parts.extend(name("Recipient’s MX", mx, most, at_mx));
    push(&mut parts, text(port, Some(anchor)).text("25"));
    parts
}

/// A name of one or more lines, the first of them at `at`.
fn name(name: &str, (x, y): (i32, i32), most: usize, anchor: &str) -> Vec<Html> {
    let mut lines = Vec::new();
    for (line, words) in (0..).zip(wrap(name, most)) {
        push(
            &mut lines,
            text((x, y + 18 * line), Some(anchor)).text(&words),
        );
    }
    lines
}

/// A border of the environment, across the whole chart.
fn edge(plan: &Plan, at: i32) -> El {
    let along = plan.edge(usize::try_from(at).unwrap_or(0));
    let (from, to) = match plan.shape {
        Shape::Landscape => (18, plan.height - 14 - 20 * at),
        Shape::Upright => (10, plan.width - 10),
    };
    path("edge", &plan.stroke((along, from), (along, to)))
}

/// Its name, in the margin below where its line leads to it, or upright just before it.
fn edge_name(plan: &Plan, at: i32, name: &str) -> El {
    let along = plan.edge(usize::try_from(at).unwrap_or(0));
    let at = match plan.shape {
        Shape::Landscape => (along + 8, plan.height - 16 - 20 * at),
        Shape::Upright => (10, along - 14),
    };
    text(at, None).attr("class", "soft").text(name)
}

fn line(lines: &mut Vec<Html>, plan: &Plan, at: i32, track: &Track) {
    let row = plan.row(at);
    let class = class("line", track);
    push(lines, path(&class, &plan.line(at, track.reaches)));
    match track.reaches {
        Reaches::Edge(edge) => {
            if track.chosen {
                push(lines, path("line chosen unproven", &plan.rest(at, edge)));
            }
            let (x, y) = plan.point(plan.edge(edge), row);
            let cross = [
                "M",
                &(x - 6).to_string(),
                " ",
                &(y - 6).to_string(),
                "l12 12m0-12l-12 12",
            ];
            push(lines, path("cross", &cross.concat()));
        }
        Reaches::Outside => {
            let stop = plan.stroke((plan.turn, row - 6), (plan.turn, row + 6));
            push(lines, path(&class, &stop));
        }
        Reaches::End => {}
    }
}

/// The port's number, and beside it what is known of it where there is room.
fn label(plan: &Plan, at: i32, track: &Track) -> El {
    let (x, y) = plan.point(plan.last_edge() + 18, plan.row(at));
    let class = class("label", track);
    let port = of("tspan", "port").text(&track.port);
    if plan.shape == Shape::Upright {
        let second_rank = if plan.is_tight() && at % 2 == 1 {
            19
        } else {
            0
        };
        return text((x, y + 18 + second_rank), Some("middle"))
            .attr("class", &class)
            .child(port);
    }
    let y = if matches!(track.reaches, Reaches::Edge(_)) && !track.chosen {
        y + 5
    } else {
        y - 8
    };
    text((x, y), None)
        .attr("class", &class)
        .child(port)
        .child(of("tspan", "soft").attr("dx", "8").text(&track.words))
}
