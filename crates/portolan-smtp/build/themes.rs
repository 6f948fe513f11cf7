//! Words by theme, and what themes together say: `themes.toml`, checked and written as Rust.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde::Deserialize;

use crate::variant;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Themes {
    theme: BTreeMap<String, Vec<String>>,
    reading: Vec<Reading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    cause: String,
    all: Vec<String>,
    #[serde(default)]
    none: Vec<String>,
    /// The first digit of the reply code.
    #[serde(default)]
    class: u16,
    #[serde(default)]
    stages: Vec<String>,
    #[serde(default)]
    codes: Vec<u16>,
}

/// An address in numbers is a theme by its form.
const ADDRESS: &str = "ip";

/// The tables, for whoever knows the ids of all causes.
pub(crate) fn tables(ids: &[String], code: &mut String) {
    println!("cargo::rerun-if-changed=themes.toml");
    let all: Themes = toml::from_str(&fs::read_to_string("themes.toml").unwrap())
        .unwrap_or_else(|error| panic!("themes.toml: {error}"));
    let names: Vec<&str> = std::iter::once(ADDRESS)
        .chain(all.theme.keys().map(String::as_str))
        .collect();
    assert!(names.len() <= 64, "themes.toml: more themes than bits");
    let mut words: BTreeMap<&str, u64> = BTreeMap::new();
    for (name, beginnings) in &all.theme {
        for word in beginnings {
            let is_plain = *word == word.to_lowercase() && word.trim_matches('|').len() > 1;
            assert!(is_plain, "themes.toml: {name}: no beginning: {word:?}");
            *words.entry(word).or_default() |= bits(&names, std::slice::from_ref(name));
        }
    }
    code.push_str("/// Beginnings of words, in order, and the themes of each.\npub(crate) static WORDS: &[(&str, u64)] = &[\n");
    for (word, bits) in words {
        writeln!(code, "({word:?}, {}),", written(bits)).unwrap();
    }
    code.push_str("];\n");
    code.push_str("/// What themes together say, the first that fits.\npub(crate) static READINGS: &[Reading] = &[\n");
    for reading in &all.reading {
        let at = ids.iter().position(|id| *id == reading.cause);
        let at = at.unwrap_or_else(|| panic!("themes.toml: no cause is called {}", reading.cause));
        assert!(
            !reading.all.is_empty(),
            "themes.toml: {}: of no theme",
            reading.cause
        );
        let stages: Vec<String> = reading
            .stages
            .iter()
            .map(|stage| format!("Stage::{}", variant(stage)))
            .collect();
        writeln!(
            code,
            "Reading {{ cause: {at}, all: {}, none: {}, class: {}, stages: &[{}], codes: &{:?} }},",
            written(bits(&names, &reading.all)),
            written(bits(&names, &reading.none)),
            reading.class,
            stages.join(", "),
            reading.codes,
        )
        .unwrap();
    }
    code.push_str("];\n");
}

/// The bits of these themes.
fn bits(names: &[&str], themes: &[String]) -> u64 {
    themes.iter().fold(0, |bits, theme| {
        let at = names.iter().position(|name| name == theme);
        let at = at.unwrap_or_else(|| panic!("themes.toml: no theme is called {theme}"));
        bits | 1 << at
    })
}

/// `0x0000_0000_0008_0002`
fn written(bits: u64) -> String {
    let group = |at: u32| (bits >> (16 * at)) & 0xffff;
    format!(
        "0x{:04x}_{:04x}_{:04x}_{:04x}",
        group(3),
        group(2),
        group(1),
        group(0)
    )
}
