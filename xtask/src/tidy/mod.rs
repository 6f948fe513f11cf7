//! The conventions that the compiler does not hold.
//!
//! Each check is a function from texts to complaints, so that a test can show it a bad example.

mod floors;
mod registry;
mod source;

use std::fs;

use serde_json::Value;

use crate::project::{Project, Text};
use crate::shell::{Failure, capture, fail};

/// A broken convention: where, and what was expected.
pub(crate) type Complaint = String;

type Check = fn(&[Text]) -> Vec<Complaint>;

const CHECKS: &[Check] = &[
    source::browser_names,
    source::colours,
    source::examples,
    source::heads,
    source::lengths,
    source::links,
    source::machine_paths,
    registry::cases,
    registry::listed,
    registry::walls,
];

/// Runs every check and prints what is wrong.
///
/// # Errors
///
/// Something is wrong.
pub(crate) fn report(project: &Project) -> Result<(), Failure> {
    let checks = check(project)?;
    println!("{checks} checks, nothing to tidy");
    Ok(())
}

/// Runs every check; gives how many there are.
///
/// # Errors
///
/// All complaints, a line each.
pub(crate) fn check(project: &Project) -> Result<usize, Failure> {
    let texts = project.texts()?;
    let metadata =
        capture(&mut project.cargo(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata)
        .map_err(|error| Failure(format!("the answer of cargo metadata: {error}")))?;
    let mut complaints: Vec<Complaint> = CHECKS.iter().flat_map(|check| check(&texts)).collect();
    complaints.extend(floors::imports(&metadata));
    complaints.extend(floors::serde(&metadata));
    let lock = fs::read_to_string(project.root.join("Cargo.lock"))?;
    complaints.extend(registry::bindgen(&lock, crate::tools::WASM_BINDGEN));
    if complaints.is_empty() {
        return Ok(CHECKS.len() + 3);
    }
    complaints.sort();
    fail(complaints.join("\n"))
}

#[cfg(test)]
pub(crate) fn text(path: &str, text: &str) -> Text {
    Text {
        path: path.to_owned(),
        text: text.to_owned(),
    }
}
