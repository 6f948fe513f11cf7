//! Whatever checkdmarc says of the zoo's cases is said here too, or there is a reason.
//!
//! Its words are in `peers/checkdmarc.jsonl`, as `cargo bench -p portolan-dns` wrote them down; `peers/checkdmarc.toml` says
//! which finding each is.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

mod book;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use book::{books, surveyed, world};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answers {
    said: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The check; without it, any.
    area: Option<String>,
    /// The case, where it speaks of one alone.
    case: Option<String>,
    /// A piece of what it says.
    text: String,
    /// Our findings; one of them has to be there.
    #[serde(default)]
    ours: Vec<String>,
    /// Why nothing is said here, ever or where none of ours is there.
    why: Option<String>,
}

/// A line that was said: the check, how bad, the text.
type Line = (String, String, String);

#[test]
fn nothing_that_a_peer_sees_is_missed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers");
    let text = std::fs::read_to_string(folder.join("checkdmarc.jsonl")).unwrap();
    let said: BTreeMap<String, Vec<Line>> = text
        .lines()
        .map(|line| serde_json::from_str::<(String, Vec<Line>)>(line).unwrap())
        .collect();
    let entries = std::fs::read_to_string(folder.join("checkdmarc.toml")).unwrap();
    let entries: Answers = toml::from_str(&entries).unwrap();
    let (mut missed, mut used, mut count, mut reasons) = (Vec::new(), BTreeSet::new(), 0, 0);
    for (name, book) in books() {
        for case in &book.case {
            let id = format!("{name}: {}", case.name);
            // A case that is newer than the recording is not known yet.
            let Some(lines) = said.get(&id) else { continue };
            let posture = surveyed(&book, case, &world(&book, case));
            let found: BTreeSet<&str> = posture.findings.iter().map(|it| it.rule.id).collect();
            for (area, level, text) in lines {
                count += 1;
                let entry = entries.said.iter().position(|it| {
                    it.area.as_ref().is_none_or(|it| it == area)
                        && it.case.as_ref().is_none_or(|it| *it == id)
                        && text.contains(&it.text)
                });
                let Some(at) = entry else {
                    missed.push(format!("{id}: {area} {level}: {text}: no entry"));
                    continue;
                };
                used.insert(at);
                let entry = &entries.said[at];
                if entry.ours.iter().any(|it| found.contains(it.as_str())) {
                    continue;
                }
                if entry.why.is_some() {
                    reasons += 1;
                } else {
                    missed.push(format!(
                        "{id}: {area} {level}: {text}: expected one of {:?}, but found {found:?}",
                        entry.ours
                    ));
                }
            }
        }
    }
    assert!(
        missed.is_empty(),
        "{} of {count}:\n{}",
        missed.len(),
        missed.join("\n")
    );
    for (at, entry) in entries.said.iter().enumerate() {
        assert!(
            entry.why.is_some() || !entry.ours.is_empty(),
            "{}: neither a finding nor a reason",
            entry.text
        );
        assert!(used.contains(&at), "{} is said of no case", entry.text);
    }
    println!("{count} lines of checkdmarc, {reasons} of them left out with a reason");
}
