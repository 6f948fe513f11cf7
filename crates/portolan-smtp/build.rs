//! Checks `data/causes`, `codes.toml` and `rules`, and writes them as tables of Rust.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a build script stops the build, and says why"
)]

#[path = "build/causes.rs"]
mod causes;
#[path = "build/clouds.rs"]
mod clouds;
#[path = "build/encodings.rs"]
mod encodings;
#[path = "build/themes.rs"]
mod themes;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

use causes::{causes, check, written};
use serde::Deserialize;

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
    /// Causes that are named as loudly in the same texts and are not meant there.
    #[serde(default)]
    over: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Codes {
    enhanced: BTreeMap<String, Coded>,
    subject: BTreeMap<u16, Coded>,
    reply: Vec<ReplyCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Coded {
    cause: String,
    rank: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReplyCode {
    code: u16,
    stage: Option<String>,
    cause: String,
    rank: Option<u8>,
}

/// What a code says where it is all that there is.
const CODE_OF_STAGE: u8 = 20;
const CODE: u8 = 14;

fn main() {
    println!("cargo::rerun-if-changed={DATA}/causes");
    println!("cargo::rerun-if-changed=rules");
    let causes = causes();
    let ids: Vec<String> = causes.iter().map(|(id, _)| id.clone()).collect();
    assert!(ids.is_sorted(), "causes: they are searched by halves");
    let mut code =
        String::from("/// Every cause, by id.\npub(crate) static CAUSES: &[Cause] = &[\n");
    for (id, cause) in &causes {
        check(id, cause, &ids);
        written(id, cause, &mut code);
    }
    code.push_str(
        "];\n/// Every rule, as its file has it.\npub(crate) static RULES: &[Rule] = &[\n",
    );
    let mut used = vec![false; ids.len()];
    let mut phrases = String::new();
    let mut ranks: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut settled = Vec::new();
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
            over,
        } in rules.rule
        {
            settled.extend(over.iter().map(|it| (cause.clone(), rank, it.clone())));
            let highest = ranks.entry(cause.clone()).or_default();
            highest.push(rank);
            let at = ids.iter().position(|id| *id == cause);
            let at = at.unwrap_or_else(|| panic!("{name}: no cause is called {cause}"));
            *used.get_mut(at).unwrap() = true;
            for phrase in say.iter().chain(&not) {
                let is_plain = *phrase == phrase.to_lowercase() && !phrase.trim().is_empty();
                assert!(
                    is_plain,
                    "{name}: {cause}: expected a phrase in lower case: {phrase:?}"
                );
                phrases.push_str(phrase);
            }
            writeln!(
                code,
                "Rule {{ cause: {at}, stage: Stage::{}, rank: {rank}, say: &{say:?}, not: &{not:?}, over: &{over:?} }},",
                variant(&stage)
            )
            .unwrap();
        }
    }
    check_settled(&settled, &ranks);
    code.push_str("];\n");
    code.push_str(&encodings::tables(&phrases));
    codes(&ids, &mut code);
    themes::tables(&ids, &mut code);
    greets(&mut code);
    clouds::clouds(&mut code);
    registries(&mut code);
    for (id, is_used) in ids.iter().zip(used) {
        assert!(is_used, "rules: none names the cause {id}");
    }
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("tables.rs");
    fs::write(out, code).unwrap();
}

/// What a rule says it stands over has a rule that ranks below it.
fn check_settled(settled: &[(String, u8, String)], ranks: &BTreeMap<String, Vec<u8>>) {
    for (cause, rank, other) in settled {
        let others = ranks.get(other).map(Vec::as_slice).unwrap_or_default();
        assert!(
            cause != other && others.iter().any(|it| it < rank),
            "rules: {cause} ({rank}) is written over {other}, whose rules rank {others:?}"
        );
    }
}

#[derive(Deserialize)]
struct Registry {
    #[serde(default)]
    class: Vec<Digit>,
    #[serde(default)]
    subject: Vec<Digit>,
    code: Vec<Registered>,
}

#[derive(Deserialize)]
struct Digit {
    digit: u16,
    meaning: String,
}

#[derive(Deserialize)]
struct Registered {
    code: String,
    meaning: String,
}

/// What the registries say of codes, as `data/codes` has it.
fn registries(code: &mut String) {
    println!("cargo::rerun-if-changed={DATA}/codes");
    let read = |name: &str| -> Registry {
        let path = format!("{DATA}/codes/{name}.toml");
        toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{path}: {error}"))
    };
    let table = |name: &str, rows: Vec<(u32, String)>| {
        let mut rows = rows;
        rows.sort();
        rows.dedup_by_key(|row| row.0);
        format!("/// From `data/codes`.\npub(crate) static {name}: &[(u32, &str)] = &{rows:?};\n")
    };
    let replies = read("smtp-replies");
    let enhanced = read("enhanced-status");
    let number = |text: &str| {
        text.parse::<u32>()
            .unwrap_or_else(|_| panic!("codes: {text} is no number"))
    };
    let rows = replies
        .code
        .iter()
        .map(|it| (number(&it.code), it.meaning.clone()));
    code.push_str(&table("REPLY_MEANINGS", rows.collect()));
    let rows = enhanced.code.iter().map(|it| {
        let mut parts = it.code.split('.').skip(1).map(number);
        let (subject, detail) = (parts.next().unwrap(), parts.next().unwrap());
        (subject * 1000 + detail, it.meaning.clone())
    });
    code.push_str(&table("ENHANCED_MEANINGS", rows.collect()));
    let digits = |all: &[Digit]| {
        all.iter()
            .map(|it| (u32::from(it.digit), it.meaning.clone()))
            .collect()
    };
    code.push_str(&table("CLASSES", digits(&enhanced.class)));
    code.push_str(&table("SUBJECTS", digits(&enhanced.subject)));
}

const DATA: &str = "../../data";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Greets {
    asked: Vec<String>,
    own: Vec<String>,
    source: String,
    seen: String,
}

/// The providers that answer by names of their own.
fn greets(code: &mut String) {
    println!("cargo::rerun-if-changed=greets.toml");
    let all: BTreeMap<String, Greets> = toml::from_str(&fs::read_to_string("greets.toml").unwrap())
        .unwrap_or_else(|error| panic!("greets.toml: {error}"));
    code.push_str("/// From `greets.toml`.\npub(crate) static GREETS: &[Greets] = &[\n");
    for (name, it) in &all {
        let is_host = |host: &String| {
            let is_name = host
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'0'..=b'9' | b'-' | b'.'));
            is_name && host.contains('.')
        };
        let holds = !it.asked.is_empty() && !it.own.is_empty();
        assert!(holds, "greets.toml: {name}: asked and own name a host each");
        let other = it.asked.iter().chain(&it.own).find(|host| !is_host(host));
        assert!(other.is_none(), "greets.toml: {name}: no host: {other:?}");
        let is_told = !it.source.is_empty() && !it.seen.is_empty();
        assert!(
            is_told,
            "greets.toml: {name}: a source, and when it was seen"
        );
        writeln!(
            code,
            "Greets {{ asked: &{:?}, own: &{:?} }},",
            it.asked, it.own
        )
        .unwrap();
    }
    code.push_str("];\n");
}

/// The tables of codes, sorted so that they can be searched.
fn codes(ids: &[String], code: &mut String) {
    println!("cargo::rerun-if-changed=codes.toml");
    let codes: Codes = toml::from_str(&fs::read_to_string("codes.toml").unwrap())
        .unwrap_or_else(|error| panic!("codes.toml: {error}"));
    let place = |cause: &str| {
        let at = ids.iter().position(|id| id == cause);
        at.unwrap_or_else(|| panic!("codes.toml: no cause is called {cause}"))
    };
    let mut enhanced: Vec<((u16, u16), usize, u8)> = codes
        .enhanced
        .iter()
        .map(|(name, it)| {
            let (subject, detail) = name.split_once('.').unwrap();
            let number = (subject.parse().unwrap(), detail.parse().unwrap());
            (number, place(&it.cause), it.rank)
        })
        .collect();
    enhanced.sort_unstable();
    writeln!(code, "/// What an enhanced status code says: subject and detail, cause, rank.\npub(crate) static ENHANCED: &[((u16, u16), usize, u8)] = &{enhanced:?};").unwrap();
    let subjects: Vec<(u16, usize, u8)> = codes
        .subject
        .iter()
        .map(|(subject, it)| (*subject, place(&it.cause), it.rank))
        .collect();
    writeln!(code, "/// What a subject says by itself: cause, rank.\npub(crate) static BY_SUBJECT: &[(u16, usize, u8)] = &{subjects:?};").unwrap();
    code.push_str("/// What a reply code says at a stage, or at any: cause, rank.\npub(crate) static REPLIES: &[(u16, Option<Stage>, usize, u8)] = &[\n");
    for it in &codes.reply {
        let stage = it.stage.as_ref().map_or_else(
            || "None".to_owned(),
            |stage| format!("Some(Stage::{})", variant(stage)),
        );
        let rank = it.rank.unwrap_or(if it.stage.is_some() {
            CODE_OF_STAGE
        } else {
            CODE
        });
        writeln!(
            code,
            "({}, {stage}, {}, {rank}),",
            it.code,
            place(&it.cause)
        )
        .unwrap();
    }
    code.push_str("];\n");
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
