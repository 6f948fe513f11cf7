//! The check of an address, as it came about (RFC 7208, section 4).

use portolan_dns::spf::{
    Explanation, MAX_LOOKUPS, MAX_VOID, Node, Outcome, Problem, SpfResult, Visited,
};
use portolan_report::probe::printable;

use super::super::{Line, Mark};

/// Lines of a check that are drawn.
const MAX_LINES: usize = 150;

/// A check by itself: what it comes to, then every term that was looked at, each within the one that led to it.
pub(in super::super) fn check_lines(head: &str, outcome: &Outcome) -> Vec<Line> {
    let mut lines = outcome_lines(head, outcome);
    drawn(&outcome.trace, "", &mut lines);
    if lines.len() > MAX_LINES {
        let more = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(Line::plain(format!("\u{2026} {more} more lines")));
    }
    lines
}

fn drawn(node: &Node, margin: &str, lines: &mut Vec<Line>) {
    let text = node.text.as_deref().map(printable);
    let text = text.unwrap_or_else(|| format!("{}: no record", node.domain));
    lines.push(Line::plain(format!("{margin}{text}")));
    let last = node.visits.len().saturating_sub(1);
    for (number, visit) in node.visits.iter().enumerate() {
        let (knot, rail) = if number == last {
            ("\u{2514}\u{2500} ", "   ")
        } else {
            ("\u{251c}\u{2500} ", "\u{2502}  ")
        };
        let (mark, words) = match visit.outcome {
            Visited::Match => (Mark::Good, "matches"),
            Visited::NoMatch => (Mark::Plain, "does not match"),
            Visited::Error => (Mark::Bad, "ends the check"),
        };
        lines.push(Line::new(
            mark,
            format!("{margin}{knot}{}  {words}", visit.term),
        ));
        if let Some(child) = &visit.child {
            drawn(child, &format!("{margin}{rail}"), lines);
        }
    }
}

/// A check's result, by which terms it came about, and what a refused sender is told.
pub(super) fn outcome_lines(head: &str, outcome: &Outcome) -> Vec<Line> {
    let mark = match outcome.result {
        SpfResult::Pass => Mark::Good,
        SpfResult::TempError | SpfResult::None | SpfResult::Neutral => Mark::Unknown,
        SpfResult::Fail | SpfResult::SoftFail | SpfResult::PermError => Mark::Bad,
    };
    let path = path(&outcome.trace);
    let by = match (problem(&outcome.trace), path.is_empty()) {
        (Some(problem), _) => format!(": {}", of_problem(problem)),
        (None, true) => ": no term matches".to_owned(),
        (None, false) => format!(" by {}", path.join(" \u{2192} ")),
    };
    let mut lines = vec![Line::new(
        mark,
        format!(
            "{head}: {}{by} ({}, {} that find nothing)",
            outcome.result,
            counted(outcome.lookups),
            outcome.voids
        ),
    )];
    if let Some(Explanation::Text(text)) = &outcome.explanation {
        lines.push(Line::plain(format!("the domain explains: {text}")));
    }
    lines
}

/// The terms that match, each within the one before.
fn path(node: &Node) -> Vec<String> {
    let decided = node.visits.iter().find(|it| it.outcome == Visited::Match);
    let decided = decided.or_else(|| {
        node.visits
            .iter()
            .find(|it| it.term.starts_with("redirect="))
    });
    decided.map_or_else(Vec::new, |it| {
        let mut path = vec![it.term.clone()];
        path.extend(
            it.child
                .as_ref()
                .map(|it| self::path(it))
                .unwrap_or_default(),
        );
        path
    })
}

/// Why a check ended in an error: the innermost reason.
fn problem(node: &Node) -> Option<&Problem> {
    let mut inner = node
        .visits
        .iter()
        .rev()
        .filter_map(|it| it.child.as_deref());
    inner.find_map(problem).or(node.problem.as_ref())
}

fn of_problem(problem: &Problem) -> String {
    match problem {
        Problem::Dns(lookup) => format!("{lookup} was not answered"),
        Problem::Lookups => format!("more than {MAX_LOOKUPS} look-ups"),
        Problem::Exchangers(name) => format!("{name} has too many exchangers"),
        Problem::ManyRecords(name) => format!("{name} has more than one record"),
        Problem::NoRecord(name) => format!("{name} has no record"),
        Problem::Syntax(name, faults) => match faults.first() {
            Some(fault) => format!("the record of {name}: {}", fault.kind),
            None => format!("the record of {name} cannot be read"),
        },
        Problem::Void => format!("more than {MAX_VOID} look-ups find nothing"),
    }
}

pub(super) fn counted(lookups: u32) -> String {
    match lookups {
        1 => "1 look-up".to_owned(),
        count => format!("{count} look-ups"),
    }
}
