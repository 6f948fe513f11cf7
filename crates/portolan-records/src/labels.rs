//! Labels with values: `Type: TXT`, in a line each or in one, or the value in the line below; lists of PowerShell.

use crate::model::{Form, Said};
use crate::rows::{Cells, put};
use crate::words::{self, Role};
use crate::work::{Work, is_whole_name};
use crate::zone;

/// A record as far as its labels were seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    cells: Cells,
    /// The places of its lines.
    places: Vec<usize>,
    /// A label whose value comes in the next line.
    awaits: Option<Role>,
    /// What comes next may go on with the last value: a list of PowerShell.
    is_open: bool,
    /// The name that PowerShell could not find.
    pub failed: Option<String>,
}

/// Lines that one record may take, blank ones between them.
const MAX_LINES: usize = 30;

/// A line with a label, or the value of one.
pub(crate) fn line(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.to_owned();
    let is_stale = work
        .block
        .places
        .first()
        .is_some_and(|first| at - first > MAX_LINES);
    if is_stale {
        flush(work);
    }
    if let Some(role) = work.block.awaits.take()
        && words::role(&line).is_none()
        && pairs(&line).is_empty()
    {
        set(work, role, line.trim(), at);
        return Some(1);
    }
    if work.block.is_open && line.starts_with("    ") && pairs(&line).is_empty() {
        go_on(work, line.trim());
        return Some(1);
    }
    if let Some(kind) = heading(&line) {
        flush(work);
        set(work, Role::Type, kind, at);
        return Some(1);
    }
    if let Some(zone) = zone_name(&line) {
        work.hints.push(zone);
        return Some(1);
    }
    let found = pairs(&line);
    if !found.is_empty() {
        for (role, value) in found {
            if value.is_empty() {
                work.block.awaits = Some(role);
                work.block.places.push(at);
            } else {
                set(work, role, &value, at);
            }
        }
        return Some(1);
    }
    // A list of an SOA: its other fields are no labels of ours.
    if work.block.cells.kind.as_deref() == Some("SOA") && line.contains(" : ") {
        return Some(1);
    }
    if let Some((role, value)) = columns(&line) {
        set(work, role, &value, at);
        return Some(1);
    }
    let is_begun = !work.block.places.is_empty();
    let role = words::role(&line).filter(|role| *role != Role::Aside || is_begun)?;
    let next = work.line(at + 1).map(str::trim)?;
    if next.is_empty() || words::role(next).is_some() {
        return None;
    }
    work.block.awaits = Some(role);
    work.block.places.push(at);
    Some(1)
}

/// `MX Record`, above the labels of one.
fn heading(line: &str) -> Option<&'static str> {
    let (kind, rest) = line.trim().trim_end_matches(':').split_once(' ')?;
    let is_record = ["record", "records", "entry", "eintrag"]
        .iter()
        .any(|it| rest.eq_ignore_ascii_case(it));
    words::record_type(kind).filter(|_| is_record)
}

/// `zone: example.com`
fn zone_name(line: &str) -> Option<String> {
    let (label, name) = line.trim().split_once(':')?;
    let is_zone = matches!(
        label.to_ascii_lowercase().as_str(),
        "zone" | "zone name" | "zonename"
    );
    let name = name.trim().trim_matches(['"', '\'']);
    (is_zone && is_whole_name(name)).then(|| name.to_owned())
}

/// Labels with a colon and what is behind them; the first begins the line.
fn pairs(line: &str) -> Vec<(Role, String)> {
    let mut starts: Vec<(usize, usize, Role)> = Vec::new();
    for (colon, _) in line.match_indices(':') {
        // A colon inside a word is of an address, or of a mechanism.
        let behind = line.as_bytes().get(colon + 1);
        if !matches!(behind, None | Some(b' ' | b'\t' | b'*')) {
            continue;
        }
        let from = starts.last().map_or(0, |it| it.1);
        let Some(before) = line.get(from..colon) else {
            continue;
        };
        if let Some((start, role)) = label_before(before, starts.is_empty()) {
            starts.push((from + start, colon + 1, role));
        }
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|it| it.0)
        .chain(std::iter::once(line.len()));
    starts
        .iter()
        .zip(ends)
        .map(|((_, from, role), end)| {
            let value = line.get(*from..end).unwrap_or_default();
            let value = value.trim().trim_start_matches("**").trim();
            (*role, value.trim_end_matches([',', '|']).trim().to_owned())
        })
        .collect()
}

/// The label that ends a text, and where it begins. The first label of a line is all of the text before it.
fn label_before(before: &str, is_first: bool) -> Option<(usize, Role)> {
    const WORDS: usize = 4;
    if is_first {
        let bare = before.trim_start_matches(|sign: char| {
            sign.is_whitespace() || matches!(sign, '-' | '*' | '•' | '>')
        });
        return words::role(bare).map(|role| (0, role));
    }
    // The longest text of whole words that is a label.
    let mut found = None;
    let mut end = before.trim_end().len();
    for _ in 0..WORDS {
        let start = before.get(..end)?.rfind([' ', '\t', ',', '|'])? + 1;
        if let Some(role) = words::role(before.get(start..)?) {
            found = Some((start, role));
        }
        end = before.get(..start)?.trim_end().len();
    }
    found
}

/// `Type = "TXT"`, `Type<tab>TXT`, `Type  TXT`
fn columns(line: &str) -> Option<(Role, String)> {
    let text = line.trim();
    if zone::is_record(line) {
        return None;
    }
    let (label, value) = text
        .split_once(" = ")
        .or_else(|| text.split_once('\t'))
        .or_else(|| text.split_once("  "))?;
    let role = words::role(label)?;
    let value = value.trim();
    // In code a value is in quotes, and may end with a comma.
    let value = value.trim_end_matches(',');
    let bare = value
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .filter(|it| !it.contains('"'))
        .unwrap_or(value);
    (!bare.is_empty()).then(|| (role, bare.to_owned()))
}

fn set(work: &mut Work<'_>, role: Role, value: &str, at: usize) {
    let cells = &work.block.cells;
    let taken = match role {
        Role::Type => &cells.kind,
        Role::Name => &cells.name,
        Role::Value => &cells.value,
        Role::Priority => &cells.priority,
        Role::Aside => {
            work.block.places.push(at);
            return;
        }
    };
    if taken.as_deref() == Some(value) {
        return;
    }
    if taken.is_some() {
        flush(work);
    }
    let cells = &mut work.block.cells;
    let place = match role {
        Role::Type => &mut cells.kind,
        Role::Name => &mut cells.name,
        Role::Priority => &mut cells.priority,
        _ => &mut cells.value,
    };
    *place = Some(value.to_owned());
    work.block.is_open = role == Role::Value && value.starts_with('{') && !value.ends_with('}');
    work.block.places.push(at);
}

/// PowerShell folds a long value: at a space where there is one.
fn go_on(work: &mut Work<'_>, more: &str) {
    let Some(value) = &mut work.block.cells.value else {
        return;
    };
    let is_key = value.len() > 60
        && value
            .bytes()
            .rev()
            .take(40)
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'+' | b'/'));
    if !is_key {
        value.push(' ');
    }
    value.push_str(more);
    work.block.is_open = !more.ends_with('}');
}

/// A blank line ends a record that is complete.
pub(crate) fn blank(work: &mut Work<'_>) {
    if work.block.cells.value.is_some() && work.block.awaits.is_none() {
        flush(work);
    }
    work.block.is_open = false;
}

/// Ends a record. What does not make one is kept as it was.
pub(crate) fn flush(work: &mut Work<'_>) {
    let block = std::mem::take(&mut work.block);
    work.block.failed = block.failed;
    let Some(first) = block.places.first() else {
        return;
    };
    let number = work.number(*first);
    if block.cells.kind.as_deref() == Some("SOA") && block.cells.value.is_none() {
        if let Some(question) = work.question().cloned() {
            work.silent(
                &question.name,
                Some(&question.kind),
                Said::NoData,
                *first,
                Form::Labels,
            );
        }
        return;
    }
    if put(work, &block.cells, number, Form::Labels).is_some() {
        return;
    }
    for place in block.places {
        work.keep(place);
    }
}
