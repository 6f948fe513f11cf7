//! Rows in which a text of mail stands among columns that nobody named, in whatever order: the text is known by how it begins,
//! and the rest by what it can be.

use crate::bare;
use crate::model::Form;
use crate::rows::{Cells, put};
use crate::words;
use crate::work::Work;

/// Where a text of mail begins in a line. Tags inside another text are none: `v=DKIM1; k=rsa`.
pub(crate) fn start(line: &str) -> Option<usize> {
    let lower = line.to_ascii_lowercase();
    let begins = |at: usize| {
        let before = lower.get(..at).unwrap_or_default();
        let is_apart = before.ends_with([' ', '\t', ',', ';', '|', '"', '\'', '`', ':', '(']);
        let inner = before.trim_end();
        let is_tag = !lower.get(at..).is_some_and(|it| it.starts_with("v="))
            && inner.ends_with([';', '=', ':']);
        before.is_empty() || is_apart && !is_tag
    };
    bare::STARTS
        .iter()
        .filter_map(|word| {
            let mut all = lower.match_indices(word).map(|(at, _)| at);
            all.find(|at| begins(*at))
        })
        .min()
}

/// Whether a line holds a text of mail, or the cells of any text: if it was not read, a record may be missed.
pub(crate) fn is_of_text(line: &str) -> bool {
    let is_type = |word: &str| word.trim_matches('*') == "TXT";
    let is_row = line.contains(['\t', '"', '=', '|', ';']) || line.contains("  ");
    start(line).is_some() || is_row && pieces(line).any(is_type)
}

/// Whether a cell or a word of a panel says nothing of the record: routing, proxies, buttons.
pub(crate) fn is_aside(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "in",
        "simple",
        "weighted",
        "latency",
        "failover",
        "geolocation",
        "multivalue",
        "ip-based",
        "yes",
        "no",
        "ja",
        "nein",
        "oui",
        "non",
        "true",
        "false",
        "active",
        "enabled",
        "dns only",
        "proxied",
        "edit",
        "delete",
        "bearbeiten",
        "löschen",
    ];
    let lower = text.trim().to_lowercase();
    words::is_panel_ttl(&lower) || WORDS.contains(&lower.as_str())
}

/// Whether the data of a line are cells of a panel rather than a text: something before the text of mail, or cells behind it.
pub(crate) fn is_row(data: &str) -> bool {
    let Some(at) = start(data) else {
        let mut cells = data.split('\t');
        let first = cells.next().unwrap_or_default();
        return cells
            .next_back()
            .is_some_and(|last| is_aside(first) || is_aside(last));
    };
    let (before, text) = data.split_at_checked(at).unwrap_or_default();
    if !before.trim_matches(['"', '\'', '`', ' ', '\t']).is_empty() {
        return true;
    }
    if !before.ends_with('"') {
        return end(text) < text.len();
    }
    text.rsplit_once('"').is_some_and(|(_, behind)| {
        let is_aside = |cell: &str| is_aside(cell) || cell.split(' ').all(is_aside);
        !behind.is_empty() && (behind.starts_with('\t') || is_aside(behind.trim()))
    })
}

/// Where a text without quotes ends: before the cell that is none of its terms, and before a time to live.
fn end(text: &str) -> usize {
    let is_term = |cell: &str| {
        let bare = cell.trim_start_matches(['+', '-', '~', '?']);
        cell.contains(['=', ':', '/']) || matches!(bare, "a" | "mx" | "ptr" | "all")
    };
    let mut ends = text.len();
    for (at, _) in text.match_indices(['\t', '|']) {
        let cell = text.get(at + 1..).unwrap_or_default();
        let cell = cell.split(['\t', '|']).next().unwrap_or_default().trim();
        if !is_term(cell) {
            ends = at;
            break;
        }
    }
    let kept = text.get(..ends).unwrap_or_default().trim_end();
    let is_ttl = |word: &str| words::is_panel_ttl(word) && word.len() > 1;
    match kept.rsplit_once(' ') {
        Some((before, last)) if is_ttl(last) && !before.trim_end().ends_with('=') => {
            before.trim_end().len()
        }
        _ => kept.len(),
    }
}

/// A row of single spaces, or of cells that nothing else tells apart.
pub(crate) fn row(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim();
    let from = start(line)?;
    let (value, behind) = value(line, from)?;
    let before = line.get(..from)?;
    let is_type = |word: &str| matches!(word, "TXT" | "txt");
    let kind = pieces(before)
        .chain(pieces(behind))
        .find(|it| is_type(it))?;
    let cells = Cells {
        kind: Some(kind.to_owned()),
        name: name(before, behind),
        value: Some(value.to_owned()),
        priority: None,
    };
    let number = work.number(at);
    put(work, &cells, number, Form::Table).map(|()| 1)
}

/// The text, and what stands behind it.
fn value(line: &str, from: usize) -> Option<(&str, &str)> {
    let is_quoted = line.get(..from)?.ends_with('"');
    if !is_quoted {
        let text = line.get(from..)?;
        return text.split_at_checked(end(text));
    }
    // The strings of one text follow each other.
    let mut ends = from;
    loop {
        ends += line.get(ends..)?.find('"')? + 1;
        let rest = line.get(ends..)?;
        let next = rest.trim_start();
        if !next.starts_with('"') {
            break;
        }
        ends += rest.len() - next.len() + 1;
    }
    Some((line.get(from - 1..ends)?, line.get(ends..)?))
}

/// Words of a line, without what separates and quotes cells.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', ',', ';', '|'])
        .map(|it| it.trim_matches(['"', '\'', '`']))
        .filter(|it| !it.is_empty())
}

/// Whose text it is: what has the form of a whole name, or of one of mail's, else the only word that is nothing else.
fn name(before: &str, behind: &str) -> Option<String> {
    let can_be = |word: &&str| {
        words::is_name(word)
            && !is_aside(word)
            && words::record_type(word).is_none()
            && !words::is_class(word)
    };
    let all = || pieces(before).chain(pieces(behind)).filter(can_be);
    let mut plain = all();
    let only = plain.next().filter(|_| plain.next().is_none());
    all()
        .find(|it| is_sure_name(it))
        .or(only)
        .map(str::to_owned)
}

/// Whether a word is a name wherever it stands: the domain itself, a whole name, one of mail's.
pub(crate) fn is_sure_name(word: &str) -> bool {
    words::is_name(word) && (word == "@" || word.contains(['.', '_']))
}

/// The cell that holds a text of mail.
pub(crate) fn cell(cells: &[String]) -> Option<usize> {
    cells.iter().position(|it| bare::is_text(it))
}
