//! The drawn route: sender, edges, ports, the other end; drawn from the chart of the advice and nothing else.
//!
//! Two drawings, one for wide and one for narrow screens, are for the eye only. The list beside them says the same in
//! words; where the drawing has no room for them it is shown, else it is there for those who listen.

use portolan_report::{Advice, ChartEnd, RouteKind};
use yew::prelude::*;

use super::geometry::{Plan, Reaches, Shape, wrap};
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

pub(super) fn chart(advice: &Advice) -> Html {
    let chart = &advice.chart;
    if chart.from.is_empty() {
        return Html::default();
    }
    let tracks = tracks(advice);
    let edges: Vec<&str> = match chart.edges.as_slice() {
        [] => vec![UNNAMED_EDGE],
        edges => edges.iter().map(String::as_str).collect(),
    };
    let items = tracks.iter().map(|track| {
        html! {
            <li key={track.port.clone()} class={class("track", track)}>
                <b>{ track.port.as_str() }</b>{ " " }
                <span>
                    { track.words.as_str() }
                    if track.chosen { <span class="visually-hidden">{ " (your course)" }</span> }
                </span>
            </li>
        }
    });
    html! {
        <figure class="chart">
            { drawing(advice, &tracks, &edges, Shape::Landscape) }
            { drawing(advice, &tracks, &edges, Shape::Upright) }
            <figcaption class="visually-hidden">
                { chart.from.as_str() }{ ", through " }{ edges.join(", then ") }{ ", to " }{ chart.to.as_str() }
                if chart.end == ChartEnd::Provider { { ", which delivers to the recipient’s MX on 25" } }
                { ". Port by port:" }
            </figcaption>
            <ul class="chart__list" role="list">{ for items }</ul>
        </figure>
    }
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
                port: line.port.to_string(),
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

fn class(block: &'static str, track: &Track) -> Classes {
    let look = if track.reaches == Reaches::Outside {
        "outside"
    } else {
        track.look.id()
    };
    classes!(block, look, track.chosen.then_some("chosen"))
}

fn drawing(advice: &Advice, tracks: &[Track], edges: &[&str], shape: Shape) -> Html {
    let chart = &advice.chart;
    let has_beyond = chart.end == ChartEnd::Provider;
    let plan = Plan::new(shape, tracks.len(), edges.len(), has_beyond);
    let is_wide = shape == Shape::Landscape;
    let numbered = || (0..).zip(tracks);
    let chosen = |wanted: bool| {
        let plan = &plan;
        numbered()
            .filter(move |(_, track)| track.chosen == wanted)
            .map(move |(at, track)| line(plan, at, track))
    };
    let (sender_x, sender_y) = plan.point(plan.sender, plan.middle);
    let (end_x, end_y) = plan.point(plan.end, plan.middle);
    let (beyond_x, beyond_y) = plan.point(plan.beyond, plan.middle);
    let end = match (chart.end, tracks.iter().any(|track| track.chosen)) {
        (ChartEnd::Provider | ChartEnd::OwnServer, true) => "node chosen",
        (ChartEnd::RecipientMx, true) => "node ring chosen",
        (_, false) => "node ring",
    };
    html! {
        <svg
            class={if is_wide { "chart__wide" } else { "chart__tall" }}
            viewBox={format!("0 0 {} {}", plan.width, plan.height)}
            aria-hidden="true"
            focusable="false"
        >
            <path class="winds" d={plan.winds(plan.sender) + &plan.winds(plan.end)} />
            { for (0..edges.len()).map(|at| edge(&plan, at)) }
            if has_beyond {
                <path class="leg" d={plan.stroke((plan.end, plan.middle), (plan.beyond, plan.middle))} />
                <circle class="node ring" cx={beyond_x.to_string()} cy={beyond_y.to_string()} r="11" />
                { if is_wide {
                    name("Recipient’s MX", (beyond_x, beyond_y + 32), 11, "middle")
                } else {
                    name("Recipient’s MX", (beyond_x + 22, beyond_y + 5), 40, "start")
                } }
                { if is_wide {
                    name("25", (i32::midpoint(end_x, beyond_x) + 3, end_y - 9), 9, "middle")
                } else {
                    name("25", (end_x - 10, i32::midpoint(end_y, beyond_y) + 8), 9, "end")
                } }
            }
            { for chosen(false) }
            { for chosen(true) }
            <circle class="node" cx={sender_x.to_string()} cy={sender_y.to_string()} r="12" />
            <circle class={end} cx={end_x.to_string()} cy={end_y.to_string()} r="16" />
            { if is_wide {
                name(&chart.from, (sender_x, sender_y + 36), 14, "middle")
            } else {
                name(&chart.from, (sender_x + 24, sender_y + 5), 40, "start")
            } }
            { if is_wide {
                let lines = i32::try_from(wrap(&chart.to, 16).len()).unwrap_or(1);
                name(&chart.to, (end_x, end_y - 10 - 18 * lines), 16, "middle")
            } else {
                name(&chart.to, (end_x + 28, end_y + 5), 18, "start")
            } }
            { for (0..).zip(edges).map(|(at, name)| edge_name(&plan, at, name)) }
            { for numbered().map(|(at, track)| label(&plan, at, track)) }
        </svg>
    }
}

/// A name of one or more lines, the first of them at `at`.
fn name(text: &str, at: (i32, i32), most: usize, anchor: &'static str) -> Html {
    let (x, y) = at;
    html! {
        <>
            { for (0..).zip(wrap(text, most)).map(|(line, text)| html! {
                <text x={x.to_string()} y={(y + 18 * line).to_string()} text-anchor={anchor}>{ text }</text>
            }) }
        </>
    }
}

/// A border of the environment, across the whole chart.
fn edge(plan: &Plan, at: usize) -> Html {
    let along = plan.edge(at);
    let (from, to) = match plan.shape {
        Shape::Landscape => (18, plan.height - 34 - 20 * i32::try_from(at).unwrap_or(0)),
        Shape::Upright => (10, plan.width - 10),
    };
    html! { <path class="edge" d={plan.stroke((along, from), (along, to))} /> }
}

/// Its name, in the margin below, or upright just before it.
fn edge_name(plan: &Plan, at: i32, text: &str) -> Html {
    let along = plan.edge(usize::try_from(at).unwrap_or(0));
    let (x, y, anchor) = match plan.shape {
        Shape::Landscape => (along, plan.height - 18 - 20 * at, "middle"),
        Shape::Upright => (10, along - 14, "start"),
    };
    html! { <text class="soft" x={x.to_string()} y={y.to_string()} text-anchor={anchor}>{ text }</text> }
}

fn line(plan: &Plan, at: i32, track: &Track) -> Html {
    let row = plan.row(at);
    let end = match track.reaches {
        Reaches::Edge(edge) => {
            let (x, y) = plan.point(plan.edge(edge), row);
            html! {
                <>
                    if track.chosen { <path class="line chosen unproven" d={plan.rest(at, edge)} /> }
                    <path class="cross" d={format!("M{} {}l12 12m0-12l-12 12", x - 6, y - 6)} />
                </>
            }
        }
        Reaches::Outside => {
            html! { <path class={class("line", track)} d={plan.stroke((plan.turn, row - 6), (plan.turn, row + 6))} /> }
        }
        Reaches::End => Html::default(),
    };
    html! {
        <>
            <path class={class("line", track)} d={plan.line(at, track.reaches)} />
            { end }
        </>
    }
}

/// The port's number, and beside it what is known of it where there is room.
fn label(plan: &Plan, at: i32, track: &Track) -> Html {
    let row = plan.row(at);
    let (x, y) = plan.point(plan.last_edge() + 18, row);
    let class = class("label", track);
    if plan.shape == Shape::Upright {
        let y = y
            + 18
            + if plan.is_tight() && at % 2 == 1 {
                19
            } else {
                0
            };
        return html! {
            <text {class} x={x.to_string()} y={y.to_string()} text-anchor="middle">
                <tspan class="port">{ track.port.as_str() }</tspan>
            </text>
        };
    }
    let y = if matches!(track.reaches, Reaches::Edge(_)) && !track.chosen {
        y + 5
    } else {
        y - 8
    };
    html! {
        <text {class} x={x.to_string()} y={y.to_string()}>
            <tspan class="port">{ track.port.as_str() }</tspan>
            <tspan class="soft" dx="8">{ track.words.as_str() }</tspan>
        </text>
    }
}
