//! What holds for every file, whatever it speaks of: its texts, its id, its sources.

use std::collections::BTreeSet;

use portolan_facts::Version;
use portolan_report::Seen;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Problem;
use crate::file::File;
use crate::file::Step::Key;
use crate::form::{is_day, is_kebab_case, is_web_address};

/// The shape of `data/` that this crate reads.
const SCHEMA: u16 = 1;

/// The version is one that this crate reads, and has a day.
pub(crate) fn version(file: &File, version: &Version, problems: &mut Vec<Problem>) {
    if version.schema != SCHEMA {
        problems.push(file.problem_at(
            &[Key("schema")],
            format!("expected schema {SCHEMA}, but found {}", version.schema),
        ));
    }
    if !is_day(&version.date) {
        problems.push(file.problem_at(
            &[Key("date")],
            format!(
                "expected a day such as 2026-11-24, but found `{}`",
                version.date
            ),
        ));
    }
}

/// What holds for every file: clean texts, an id that is the file's name, sources that exist and are used.
///
/// `today` is the day of the facts; `None` where it is not known, which is a problem of its own.
pub(crate) fn every_file(file: &File, today: Option<&str>, problems: &mut Vec<Problem>) {
    texts(file, file.table(), problems);
    id(file, problems);
    let defined = sources(file, today, problems);
    let mut used = BTreeSet::new();
    references(file, file.table(), &defined, &mut used, problems);
    for (id, byte) in &defined {
        if !used.contains(id) {
            problems.push(file.problem(
                *byte,
                format!("expected every source to support something, but found `{id}` unused"),
            ));
        }
    }
}

/// Every text is one line without blanks at its ends and is not empty; every address is one of the web.
fn texts(file: &File, table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    for (key, value) in table {
        clean(file, key.get_ref(), value, problems);
    }
}

fn clean(file: &File, key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    let mut refuse = |message: String| problems.push(file.problem(value.span().start, message));
    match value.get_ref() {
        DeValue::String(text) => {
            if text.is_empty() {
                refuse(format!(
                    "expected a text for `{key}`, but found an empty one"
                ));
            } else if text.trim() != text.as_ref() {
                refuse(format!(
                    "expected no blank at the ends of `{key}`, but found `{text}`"
                ));
            } else if text.chars().any(|letter| {
                // A setting may be several lines of a file.
                letter.is_control() && !(key == "setting" && letter == '\n')
            }) {
                refuse(format!(
                    "expected one line for `{key}`, but found a control character"
                ));
            } else if key == "url" && !is_web_address(text) {
                refuse(format!(
                    "expected an address such as https://example.com/page, but found `{text}`"
                ));
            }
        }
        DeValue::Array(items) => items
            .iter()
            .for_each(|item| clean(file, key, item, problems)),
        DeValue::Table(table) => texts(file, table, problems),
        _ => {}
    }
}

fn id(file: &File, problems: &mut Vec<Problem>) {
    let Some(value) = file.table().get("id") else {
        return;
    };
    let DeValue::String(id) = value.get_ref() else {
        return;
    };
    if id != file.stem() {
        problems.push(file.problem(
            value.span().start,
            format!(
                "expected the id to be the file's name `{}`, but found `{id}`",
                file.stem()
            ),
        ));
    }
    if !is_kebab_case(id) {
        problems.push(file.problem(
            value.span().start,
            format!("expected an id in kebab-case, but found `{id}`"),
        ));
    }
}

/// The ids of the file's sources with their places.
fn sources(file: &File, today: Option<&str>, problems: &mut Vec<Problem>) -> Vec<(String, usize)> {
    let mut defined: Vec<(String, usize)> = Vec::new();
    let Some(DeValue::Array(sources)) = file.table().get("source").map(Spanned::get_ref) else {
        return defined;
    };
    for source in sources {
        let DeValue::Table(source) = source.get_ref() else {
            continue;
        };
        if let Some((id, byte)) = string(source, "id") {
            if defined.iter().any(|(known, _)| known == id) {
                problems.push(file.problem(
                    byte,
                    format!("expected each source once, but found `{id}` again"),
                ));
            }
            defined.push((id.to_owned(), byte));
        }
        if let (Some((seen, byte)), Some(today)) = (string(source, "seen"), today) {
            later(file, seen, byte, today, problems);
        }
    }
    defined
}

/// Nothing was seen after the day of the facts. What is no date is refused by its type.
fn later(file: &File, seen: &str, byte: usize, today: &str, problems: &mut Vec<Problem>) {
    let Ok(seen) = Seen::try_from(seen.to_owned()) else {
        return;
    };
    let Some(date) = seen.date() else {
        return;
    };
    // A month sorts before its days: 2026-11 is not after 2026-11-24.
    if date > today {
        problems.push(file.problem(
            byte,
            format!("expected a date not after {today}, but found `{date}`"),
        ));
    }
}

fn string<'t>(table: &'t DeTable<'_>, key: &str) -> Option<(&'t str, usize)> {
    let value = table.get(key)?;
    match value.get_ref() {
        DeValue::String(text) => Some((text.as_ref(), value.span().start)),
        _ => None,
    }
}

/// Every list of sources names at least one, and only such as the file defines.
fn references(
    file: &File,
    table: &DeTable<'_>,
    defined: &[(String, usize)],
    used: &mut BTreeSet<String>,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in table {
        match value.get_ref() {
            DeValue::Array(items) if key.get_ref() == "sources" => {
                if items.is_empty() {
                    problems.push(file.problem(
                        value.span().start,
                        "expected at least one source, but found none".to_owned(),
                    ));
                }
                for item in items {
                    let DeValue::String(id) = item.get_ref() else {
                        continue;
                    };
                    used.insert(id.to_string());
                    if !defined.iter().any(|(known, _)| known == id.as_ref()) {
                        problems.push(file.problem(
                            item.span().start,
                            format!("expected a source of this file, but found `{id}`"),
                        ));
                    }
                }
            }
            DeValue::Array(items) => {
                for item in items {
                    if let DeValue::Table(table) = item.get_ref() {
                        references(file, table, defined, used, problems);
                    }
                }
            }
            DeValue::Table(table) => references(file, table, defined, used, problems),
            _ => {}
        }
    }
}
