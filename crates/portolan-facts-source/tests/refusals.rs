//! Every refusal, proven by a bad file: `good/` loads, and one edit of it makes exactly the problems that `bad/` names.
//!
//! A case is a table in `bad/*.toml`; a new one needs no Rust. Since all cases share the same good files, each can fail
//! for its one fault only, and mending that fault makes it pass.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use portolan_facts_source::load;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    refusal: Vec<Refusal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    /// The fault, in kebab-case; unique.
    name: String,
    /// The file of `good/` to edit.
    file: String,
    /// What stands in it, once.
    good: String,
    /// What takes its place.
    bad: String,
    /// The path that the file has then. Absent: its own.
    moved_to: Option<String>,
    /// All problems then.
    problems: Vec<String>,
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn cases() -> Vec<Refusal> {
    files(&tests().join("bad"))
        .into_iter()
        .flat_map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let cases: Cases =
                toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            cases.refusal
        })
        .collect()
}

/// Every file below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// A folder of its own with the good files, one of them edited.
fn edited(name: &str, file: &str, path: &str, edit: impl Fn(String) -> String) -> PathBuf {
    let good = tests().join("good");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("refusals")
        .join(name);
    // What an earlier run left behind would be read too.
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for from in files(&good) {
        let below = from.strip_prefix(&good).unwrap();
        let text = fs::read_to_string(&from).unwrap();
        let (below, text) = if below == Path::new(file) {
            (Path::new(path), edit(text))
        } else {
            (below, text)
        };
        let copy = folder.join(below);
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(copy, text).unwrap();
    }
    folder
}

impl Refusal {
    /// The good files with this fault, in a folder of that name.
    fn bad_folder(&self, name: &str, ending: &str) -> PathBuf {
        let path = self.moved_to.as_ref().unwrap_or(&self.file);
        edited(name, &self.file, path, |text| {
            let count = text.matches(&self.good).count();
            assert_eq!(count, 1, "{}: `good` stands once", self.name);
            text.replace(&self.good, &self.bad).replace('\n', ending)
        })
    }
}

fn problems(folder: &Path) -> Vec<String> {
    match load(folder) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn the_good_files_are_good() {
    assert_eq!(problems(&tests().join("good")), Vec::<String>::new());
}

#[test]
fn every_bad_file_is_refused_with_path_and_line() {
    let mut wrong = Vec::new();
    for case in cases() {
        let folder = case.bad_folder(&case.name, "\n");
        let found = problems(&folder);
        if found.is_empty() || found != case.problems {
            wrong.push(format!(
                "{}: expected {:#?}, but found {found:#?}",
                case.name, case.problems
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_are_the_same_with_any_line_ending() {
    for case in cases() {
        let folder = case.bad_folder(&format!("{}-crlf", case.name), "\r\n");
        assert_eq!(problems(&folder), case.problems, "{}", case.name);
    }
}

#[test]
fn no_table_takes_a_key_that_nobody_reads() {
    let good = tests().join("good");
    for path in files(&good) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(&good).unwrap().to_str().unwrap();
        let after =
            |mark: &'static str| text.match_indices(mark).map(move |(at, _)| at + mark.len());
        let top = std::iter::once((0, "unread = 1\n"));
        let tables = after("]]\n").map(|at| (at, "unread = 1\n"));
        let inline = after("{ ").map(|at| (at, "unread = 1, "));
        for (at, key) in top.chain(tables).chain(inline) {
            let folder = edited("unread", file, file, |mut text| {
                text.insert_str(at, key);
                text
            });
            let line = text[..at].matches('\n').count() + 1;
            let found = problems(&folder);
            let refused = format!("{file}:{line}: expected as key ");
            // What names the refused thing is refused with it.
            assert!(
                found
                    .iter()
                    .any(|it| it.starts_with(&refused) && it.ends_with(", but found `unread`")),
                "{refused} {found:#?}"
            );
        }
    }
}

#[test]
fn every_case_has_a_name_of_its_own_and_edits_a_good_file() {
    let mut names = BTreeSet::new();
    for case in cases() {
        assert!(
            names.insert(case.name.clone()),
            "{} is there twice",
            case.name
        );
        assert!(
            tests().join("good").join(&case.file).is_file(),
            "{}",
            case.file
        );
    }
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let file = "providers/alpha.toml";
    let folder = edited("several", file, file, |text| {
        text.replace("port = 465", "port = 0")
            .replace("\"alpha.test\"", "\"beta.example\"")
            .replace("seen = \"2026-11-24\"", "seen = \"2026-11-25\"")
    });
    fs::write(folder.join("clients/one.toml"), "id = ").unwrap();
    fs::write(folder.join("questions/size.toml"), "id = \"size\"\n").unwrap();
    let places: Vec<(String, usize)> = load(&folder)
        .unwrap_err()
        .into_iter()
        .map(|problem| (problem.path, problem.line))
        .collect();
    let expected = [
        ("clients/one.toml", 1),
        ("providers/alpha.toml", 22),
        ("providers/alpha.toml", 39),
        ("providers/beta.toml", 5),
        ("questions/size.toml", 1),
    ];
    assert_eq!(places, expected.map(|(path, line)| (path.to_owned(), line)));
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let found = problems(&tests().join("nowhere"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found
            .iter()
            .all(|it| it.starts_with("version.toml:1: cannot be read: ")),
        "{found:?}"
    );
}
