//! Tables with a head: panels, CSV, Markdown, PowerShell; and those that a browser copied with a cell in each line.

use crate::columns::{Separator, dashes};
use crate::loose;
use crate::model::{Form, Said};
use crate::rdata;
use crate::rows::{Cells, broken, put};
use crate::words::{self, Role};
use crate::work::Work;

/// A table whose head was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    separator: Separator,
    roles: Vec<Option<Role>>,
    /// The record of the last row, for rows that go on with it.
    last: Cells,
    /// It has the zone's SOA in place of a value: PowerShell found nothing.
    is_authority: bool,
}

/// Lines of a head that has a cell in each line.
const MAX_HEAD: usize = 12;

/// A head of a table.
pub(crate) fn header(work: &mut Work<'_>, at: usize) -> Option<usize> {
    if let Some(used) = standing(work, at) {
        return Some(used);
    }
    let line = work.line(at)?;
    if line.len() > 400 || line.contains("v=") {
        return None;
    }
    let next = work.line(at + 1).and_then(dashes);
    let mut candidates = Vec::new();
    candidates.extend(next.map(Separator::Places));
    if line.contains('|') {
        candidates.push(Separator::Bar);
    }
    if line.contains('\t') {
        candidates.push(Separator::Tab);
    }
    if line.contains(',') {
        candidates.push(Separator::Sign(','));
    }
    if line.contains(';') {
        candidates.push(Separator::Sign(';'));
    }
    if line.contains("  ") {
        candidates.push(Separator::Spaces);
    }
    let is_authority = line.contains("PrimaryServer");
    let found = candidates.into_iter().find_map(|separator| {
        let cells = separator.cells(line);
        let roles: Vec<Option<Role>> = cells.iter().map(|cell| words::role(cell)).collect();
        is_head(&roles).then_some((separator, roles))
    });
    let (separator, roles) =
        found.or_else(|| spaced(line).map(|roles| (Separator::Space, roles)))?;
    let is_places = matches!(separator, Separator::Places(_));
    work.table = Some(Table {
        separator,
        roles,
        last: Cells::default(),
        is_authority,
    });
    Some(if is_places { 2 } else { 1 })
}

fn is_head(roles: &[Option<Role>]) -> bool {
    let has = |role: Role| roles.contains(&Some(role));
    let known = roles.iter().flatten().count();
    let is_record = has(Role::Value) && (has(Role::Type) || has(Role::Name))
        || has(Role::Name) && has(Role::Type) && known >= 4;
    is_record && known * 2 >= roles.len()
}

/// A head of single spaces: each word or pair of words is a role.
fn spaced(line: &str) -> Option<Vec<Option<Role>>> {
    let words: Vec<&str> = line.split_whitespace().collect();
    if words.len() > 12 {
        return None;
    }
    let mut roles = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=3).rev().find_map(|count| {
            let joined = words.get(at..at + count)?.join(" ");
            words::role(&joined).map(|role| (role, count))
        });
        let (role, count) = longest?;
        roles.push(Some(role));
        at += count;
    }
    let has = |role: Role| roles.contains(&Some(role));
    (roles.len() >= 3 && has(Role::Value) && has(Role::Type)).then_some(roles)
}

/// A row of the table above.
pub(crate) fn row(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.to_owned();
    let table = work.table.as_ref()?;
    let is_rule = line
        .chars()
        .all(|sign| matches!(sign, '-' | ':' | '|' | ' ' | '=' | '+'));
    if is_rule {
        return Some(1);
    }
    let cells = fitted(table, &line);
    // The text of a record stands elsewhere than the head says: then nothing is where it says.
    let value = table.roles.iter().position(|it| *it == Some(Role::Value));
    if loose::cell(&cells).is_some_and(|at| value.is_some_and(|value| value != at)) {
        return None;
    }
    let mut record = Cells::default();
    for (role, cell) in table.roles.iter().zip(&cells) {
        let place = match role {
            Some(Role::Type) => &mut record.kind,
            Some(Role::Name) => &mut record.name,
            Some(Role::Value) => &mut record.value,
            Some(Role::Priority) => &mut record.priority,
            _ => continue,
        };
        if place.is_none() && !(cell.is_empty() && *role != Some(Role::Name)) {
            *place = Some(cell.clone());
        }
    }
    let number = work.number(at);
    let has_type = table.roles.contains(&Some(Role::Type));
    let is_authority = table.is_authority;
    let kind = record.kind.as_deref().and_then(words::record_type);
    if is_authority && kind == Some("SOA") {
        if let Some(question) = work.question().cloned() {
            work.silent(
                &question.name,
                Some(&question.kind),
                Said::NoData,
                at,
                Form::Table,
            );
        }
        return Some(1);
    }
    if has_type && kind.is_none() {
        return continued(work, &line, number);
    }
    let used = broken(work, at, &mut record);
    if put(work, &record, number, Form::Table).is_some() {
        if let Some(table) = &mut work.table {
            table.last = record;
        }
        return Some(used);
    }
    None
}

/// The cells of a row, as many as the head has: what is too many belongs to the value.
fn fitted(table: &Table, line: &str) -> Vec<String> {
    let cells = table.separator.cells(line);
    let wanted = table.roles.len();
    let value = table.roles.iter().position(|it| *it == Some(Role::Value));
    match value {
        Some(value) if cells.len() > wanted && !matches!(table.separator, Separator::Tab) => {
            let extra = cells.len() - wanted;
            let between = if table.separator == Separator::Bar {
                "|"
            } else {
                " "
            };
            let mut fitted: Vec<String> = cells.get(..value).unwrap_or_default().to_vec();
            fitted.push(
                cells
                    .get(value..=value + extra)
                    .unwrap_or_default()
                    .join(between),
            );
            fitted.extend(
                cells
                    .get(value + extra + 1..)
                    .unwrap_or_default()
                    .iter()
                    .cloned(),
            );
            fitted
        }
        _ => cells,
    }
}

/// A line with one more value of the record above, as some panels list them.
fn continued(work: &mut Work<'_>, line: &str, number: u32) -> Option<usize> {
    let table = work.table.as_ref()?;
    let text = line.trim();
    let kind = table.last.kind.as_deref().and_then(words::record_type)?;
    if text.contains('\t') || text.contains('|') {
        return None;
    }
    let fits = match kind {
        "TXT" => text.starts_with('"') && text.ends_with('"') && text.len() > 1,
        "MX" => rdata::type_of_value(text) == Some("MX"),
        "A" | "AAAA" => rdata::type_of_value(text) == Some(kind),
        _ => false,
    };
    if !fits {
        return None;
    }
    let cells = Cells {
        value: Some(text.to_owned()),
        ..table.last.clone()
    };
    put(work, &cells, number, Form::Table).map(|()| 1)
}

/// A table with a cell in each line: first all names of columns, then the rows.
fn standing(work: &mut Work<'_>, at: usize) -> Option<usize> {
    words::role(work.line(at)?)?;
    let mut roles = Vec::new();
    let mut used = 0;
    while roles.len() < MAX_HEAD {
        let Some(line) = work.line(at + used) else {
            break;
        };
        if !line.trim().is_empty() {
            match words::role(line) {
                Some(role) => roles.push(role),
                None => break,
            }
        }
        used += 1;
    }
    let value = roles.iter().position(|role| *role == Role::Value)?;
    let kind = roles.iter().position(|role| *role == Role::Type)?;
    if roles.len() < 3 {
        return None;
    }
    let mut any = false;
    // Buttons at the end of a row are no column of the head, so each row begins at its type.
    loop {
        let mut cells = Vec::new();
        let mut places = Vec::new();
        let mut next = used;
        while cells.len() < roles.len() {
            let Some(line) = work.line(at + next) else {
                break;
            };
            if !line.trim().is_empty() {
                cells.push(line.trim().to_owned());
                places.push(at + next);
            }
            next += 1;
        }
        // The last columns may be empty, and leave no line.
        if cells.len() <= value.max(kind) {
            break;
        }
        let cell = |role: Role| {
            let place = roles.iter().position(|it| *it == role)?;
            cells.get(place).cloned()
        };
        let record = Cells {
            kind: cell(Role::Type),
            name: cell(Role::Name),
            value: cell(Role::Value),
            priority: cell(Role::Priority),
        };
        if record
            .kind
            .as_deref()
            .and_then(words::record_type)
            .is_none()
        {
            break;
        }
        let number = places.first().map_or(0, |place| work.number(*place));
        if put(work, &record, number, Form::Table).is_none() {
            break;
        }
        any = true;
        used = next;
    }
    any.then_some(used)
}
