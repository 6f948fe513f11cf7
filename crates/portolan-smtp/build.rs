//! Checks `causes.toml` and `rules/*.toml`, and writes both as tables of Rust.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a build script stops the build, and says why"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cause {
    who: String,
    retry: String,
    means: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    cause: String,
    stage: String,
    rank: u8,
    say: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=causes.toml");
    println!("cargo::rerun-if-changed=rules");
    let causes: BTreeMap<String, BTreeMap<String, Cause>> =
        toml::from_str(&fs::read_to_string("causes.toml").unwrap()).unwrap();
    let mut code =
        String::from("/// Every cause, by id.\npub(crate) static CAUSES: &[Cause] = &[\n");
    let mut ids = Vec::new();
    for (area, causes) in &causes {
        for (name, cause) in causes {
            let Cause { who, retry, means } = cause;
            writeln!(
                code,
                "Cause {{ id: \"{area}.{name}\", who: Blame::{}, retry: Retry::{}, means: {means:?} }},",
                variant(who),
                variant(retry)
            )
            .unwrap();
            ids.push(format!("{area}.{name}"));
        }
    }
    code.push_str(
        "];\n/// Every rule, as its file has it.\npub(crate) static RULES: &[Rule] = &[\n",
    );
    let mut used = vec![false; ids.len()];
    for path in files("rules") {
        let name = path.display().to_string();
        let rules: Rules = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for Rule {
            cause,
            stage,
            rank,
            say,
            not,
        } in rules.rule
        {
            let at = ids.iter().position(|id| *id == cause);
            let at = at.unwrap_or_else(|| panic!("{name}: no cause is called {cause}"));
            *used.get_mut(at).unwrap() = true;
            for phrase in say.iter().chain(&not) {
                let is_plain = *phrase == phrase.to_lowercase() && !phrase.trim().is_empty();
                assert!(
                    is_plain,
                    "{name}: {cause}: expected a phrase in lower case: {phrase:?}"
                );
            }
            writeln!(
                code,
                "Rule {{ cause: {at}, stage: Stage::{}, rank: {rank}, say: &{say:?}, not: &{not:?} }},",
                variant(&stage)
            )
            .unwrap();
        }
    }
    code.push_str("];\n");
    for (id, is_used) in ids.iter().zip(used) {
        assert!(is_used, "rules: none names the cause {id}");
    }
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("tables.rs");
    fs::write(out, code).unwrap();
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// `end-of-data` as `EndOfData`.
fn variant(id: &str) -> String {
    id.split('-')
        .map(|word| {
            let (first, rest) = word.split_at(1);
            first.to_uppercase() + rest
        })
        .collect()
}
