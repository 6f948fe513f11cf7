//! A file of `data/`: its text, its tree with places, and its lines.

use std::path::Path;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Problem;

/// A file that is TOML.
pub(crate) struct File {
    /// Below the folder that was read, with forward slashes.
    pub(crate) path: String,
    text: String,
    table: DeTable<'static>,
}

/// A way into the tree: a key of a table or a place in an array.
#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    Key(&'a str),
    At(usize),
}

impl File {
    /// Reads a file and its tree.
    pub(crate) fn open(folder: &Path, path: &str) -> Result<Self, Problem> {
        let problem = |line, message: String| Problem {
            path: path.to_owned(),
            line,
            message,
        };
        let text = std::fs::read_to_string(folder.join(path))
            .map_err(|error| problem(1, format!("cannot be read: {error}")))?;
        match DeTable::parse(&text) {
            Ok(table) => {
                let table = into_owned(table.into_inner());
                Ok(Self {
                    path: path.to_owned(),
                    table,
                    text,
                })
            }
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                Err(problem(
                    line(&text, start),
                    format!("not TOML: {}", error.message()),
                ))
            }
        }
    }

    /// The typed thing; a fault of shape becomes a problem.
    pub(crate) fn parse<T: DeserializeOwned>(&self, problems: &mut Vec<Problem>) -> Option<T> {
        match toml::from_str(&self.text) {
            Ok(thing) => Some(thing),
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                problems.push(self.problem(start, expectation(error.message())));
                None
            }
        }
    }

    /// A problem at a byte of the text.
    pub(crate) fn problem(&self, byte: usize, message: String) -> Problem {
        Problem {
            path: self.path.clone(),
            line: line(&self.text, byte),
            message,
        }
    }

    /// A problem at a place of the tree, or at the nearest place above it that exists.
    pub(crate) fn problem_at(&self, way: &[Step<'_>], message: String) -> Problem {
        self.problem(self.byte(way), message)
    }

    /// The line of a place of the tree, from 1.
    pub(crate) fn line_of(&self, way: &[Step<'_>]) -> usize {
        line(&self.text, self.byte(way))
    }

    /// The tree.
    pub(crate) fn table(&self) -> &DeTable<'static> {
        &self.table
    }

    /// The name without folder and ending.
    pub(crate) fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.strip_suffix(".toml").unwrap_or(name)
    }

    fn byte(&self, way: &[Step<'_>]) -> usize {
        let Some((Step::Key(first), rest)) = way.split_first() else {
            return 0;
        };
        let Some(mut here) = self.table.get(*first) else {
            return 0;
        };
        for step in rest {
            let next = match (step, here.get_ref()) {
                (Step::Key(key), DeValue::Table(table)) => table.get(*key),
                (Step::At(place), DeValue::Array(array)) => array.get(*place),
                _ => None,
            };
            match next {
                Some(found) => here = found,
                None => break,
            }
        }
        here.span().start
    }
}

/// The tree owns its text, so that it can be kept beside it.
fn into_owned(table: DeTable<'_>) -> DeTable<'static> {
    let mut table = table;
    table.make_owned();
    // Every borrowed text has just been made an owned one; rebuilding the map changes the lifetime.
    table
        .into_iter()
        .map(|(key, value)| {
            let span = key.span();
            let key = Spanned::new(span, std::borrow::Cow::Owned(key.into_inner().into_owned()));
            (key, owned_value(value))
        })
        .collect()
}

fn owned_value(value: Spanned<DeValue<'_>>) -> Spanned<DeValue<'static>> {
    let span = value.span();
    let value = match value.into_inner() {
        DeValue::String(text) => DeValue::String(std::borrow::Cow::Owned(text.into_owned())),
        DeValue::Array(items) => DeValue::Array(items.into_iter().map(owned_value).collect()),
        DeValue::Table(table) => DeValue::Table(into_owned(table)),
        DeValue::Boolean(flag) => DeValue::Boolean(flag),
        DeValue::Datetime(time) => DeValue::Datetime(time),
        // Numbers are read by the typed parser; here only their place counts.
        DeValue::Integer(_) | DeValue::Float(_) => DeValue::Boolean(false),
    };
    Spanned::new(span, value)
}

/// The names in a folder but hidden ones, sorted. Empty where there is no such folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

/// Whether a file is one that is read.
pub(crate) fn is_toml(name: &str) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "toml")
}

/// The message of a fault of shape, with what was expected before what was found.
fn expectation(message: &str) -> String {
    if let Some(key) = message.strip_prefix("missing field ") {
        return format!("expected {key}, but found no such key");
    }
    let Some((found, expected)) = message.split_once(", expected ") else {
        return message.to_owned();
    };
    let expected = match expected {
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" => "a whole number from 0 to 4294967295",
        other => other,
    };
    if let Some(key) = found.strip_prefix("unknown field ") {
        return format!("expected as key {expected}, but found {key}");
    }
    let kinds = ["unknown variant ", "invalid type: ", "invalid value: "];
    let found = kinds
        .iter()
        .find_map(|kind| found.strip_prefix(kind))
        .unwrap_or(found);
    format!("expected {expected}, but found {found}")
}

fn line(text: &str, byte: usize) -> usize {
    text.bytes()
        .take(byte)
        .filter(|letter| *letter == b'\n')
        .count()
        + 1
}
