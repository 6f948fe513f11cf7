//! The SPF record with all that it leads to, as a tree, and the check of an address.

use std::fmt::Write;

use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::spf::{Branch, Found, MAX_LOOKUPS, MAX_VOID, Tree};
use portolan_dns::survey::Posture;
use portolan_report::probe::printable;

use super::super::feed::Seen;
use super::super::{Line, Mark};
use super::checked::{counted, outcome_lines};
use super::nothing;

/// Lines of a tree that are drawn.
const MAX_LINES: usize = 150;
/// Letters of a record that are drawn.
const MAX_TEXT: usize = 300;

pub(super) fn lines(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let tree = &posture.spf;
    let at = Lookup::new(seen.domain.clone(), Kind::Txt);
    if tree.text().is_none() {
        let mut lines = match &tree.found {
            Found::Many(count) => vec![Line::new(
                Mark::Bad,
                format!("{count} records, none counts"),
            )],
            Found::None => vec![Line::plain(format!(
                "{}: no SPF record among its texts",
                at.name
            ))],
            _ => vec![nothing(seen, &at)],
        };
        lines.extend(checked(seen, posture));
        return lines;
    }
    let (lookups, voids) = (tree.lookups(), tree.voids());
    let is_good = lookups <= MAX_LOOKUPS && voids <= MAX_VOID;
    let (mark, least) = match (is_good, tree.is_partial()) {
        (false, is_partial) => (Mark::Bad, is_partial),
        (true, true) => (Mark::Unknown, true),
        (true, false) => (Mark::Good, false),
    };
    let least = if least { "at least " } else { "" };
    let mut lines = vec![Line::new(
        mark,
        format!(
            "{least}{lookups} of {MAX_LOOKUPS} look-ups, {voids} of {MAX_VOID} that find nothing"
        ),
    )];
    lines.push(Line::plain(record(seen, tree)));
    branches(seen, tree, "", &mut lines);
    if lines.len() > MAX_LINES {
        let more = lines.len() - MAX_LINES;
        lines.truncate(MAX_LINES);
        lines.push(Line::plain(format!("\u{2026} {more} more lines")));
    }
    lines.extend(checked(seen, posture));
    lines
}

/// The text of a record, or why there is none.
fn record(seen: &Seen<'_>, tree: &Tree) -> String {
    match &tree.found {
        Found::One(text) => {
            let text = printable(&text.strings.concat());
            if text.chars().count() > MAX_TEXT {
                let cut: String = text.chars().take(MAX_TEXT).collect();
                format!("{cut} \u{2026}")
            } else {
                text
            }
        }
        Found::Error(portolan_dns::lookup::Answer::TimedOut) => "timed out".to_owned(),
        Found::Error(_) => "the name servers fail".to_owned(),
        Found::Loop => "leads back here: a loop".to_owned(),
        Found::Many(count) => format!("{count} records: a permanent error"),
        Found::None => "no record: a permanent error".to_owned(),
        Found::NotWalked => {
            "not followed: it depends on the sender, or the tree is too large".to_owned()
        }
        Found::Open if seen.is_pasted() => "not in what was pasted".to_owned(),
        Found::Open => "not asked, or not answered in time".to_owned(),
    }
}

fn branches(seen: &Seen<'_>, tree: &Tree, margin: &str, lines: &mut Vec<Line>) {
    let last = tree.branches.len().saturating_sub(1);
    for (number, branch) in tree.branches.iter().enumerate() {
        let (knot, rail) = if number == last {
            ("\u{2514}\u{2500} ", "   ")
        } else {
            ("\u{251c}\u{2500} ", "\u{2502}  ")
        };
        lines.push(Line::new(
            mark(branch),
            format!("{margin}{knot}{}", words(branch)),
        ));
        if let Some(child) = &branch.child {
            let margin = format!("{margin}{rail}");
            lines.push(Line::plain(format!("{margin}{}", record(seen, child))));
            branches(seen, child, &margin, lines);
        }
    }
}

fn words(it: &Branch) -> String {
    let all = it.lookups + it.child.as_ref().map_or(0, Tree::lookups);
    // Writing into a text cannot fail.
    let mut words = format!("{}  ({})", it.term, counted(all));
    if !it.void.is_empty() {
        let names: Vec<String> = it.void.iter().take(4).map(ToString::to_string).collect();
        let _ = write!(words, "; nothing at {}", names.join(", "));
    }
    if let Some(name) = &it.bad_name {
        let _ = write!(words, "; {name} cannot be looked up");
    }
    for (lookup, answer) in it.failed.iter().take(4) {
        let how = match answer {
            portolan_dns::lookup::Answer::TimedOut => "timed out",
            _ => "failed",
        };
        let _ = write!(words, "; {lookup} {how}");
    }
    words
}

fn mark(it: &Branch) -> Mark {
    let child = it.child.as_ref().map(|it| &it.found);
    let is_bad = matches!(child, Some(Found::None | Found::Loop | Found::Many(_)))
        || !it.void.is_empty()
        || it.bad_name.is_some();
    let is_unknown = matches!(child, Some(Found::Error(_) | Found::Open)) || !it.failed.is_empty();
    match (is_bad, is_unknown) {
        (true, _) => Mark::Bad,
        (false, true) => Mark::Unknown,
        (false, false) => Mark::Plain,
    }
}

/// What a receiver would say of mail from the address that was asked about.
fn checked(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let Some(ip) = seen.report.asked.ip else {
        return Vec::new();
    };
    let Some(outcome) = &posture.spf_check else {
        return vec![Line::new(
            Mark::Unknown,
            format!("from {ip}: not known, an answer is missing"),
        )];
    };
    outcome_lines(&format!("from {ip}"), outcome)
}
