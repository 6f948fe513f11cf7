//! What other parts of the project are tested with is taken for what they read.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test reads files and prints its figures"
)]

use std::path::Path;

use portolan_intake::{Kind, recognize};

/// Wants 95 in 100 of the texts taken for one of the kinds.
fn check(what: &str, texts: &[String], kinds: &[Kind]) {
    let misses: Vec<String> = texts
        .iter()
        .filter_map(|text| {
            let kind = recognize(text.as_bytes()).kind;
            let start: String = text.chars().take(80).collect();
            (!kinds.contains(&kind)).then(|| format!("{}: {start:?}", kind.id()))
        })
        .collect();
    println!(
        "{what}: {} of {} right",
        texts.len() - misses.len(),
        texts.len()
    );
    assert!(!texts.is_empty());
    assert!(misses.len() * 20 <= texts.len(), "{}", misses.join("\n"));
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn pages_lead_to_the_reader_of_documentation() {
    let mut texts = Vec::new();
    for folder in ["aside", "seen"] {
        let folder = root().join("tests/documentation").join(folder);
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let (_, page) = text.split_once("\n---\n").unwrap();
            texts.push(page.to_owned());
        }
    }
    check("pages", &texts, &[Kind::Configuration, Kind::Documentation]);
}

#[test]
fn cases_of_the_analyzer_lead_to_it() {
    let mut texts = Vec::new();
    for name in [
        "formats",
        "languages",
        "logs",
        "replies",
        "roots",
        "sessions",
    ] {
        let file = root()
            .join("crates/portolan-smtp/tests")
            .join(name)
            .with_extension("toml");
        let table: toml::Table = std::fs::read_to_string(file).unwrap().parse().unwrap();
        collect(&toml::Value::Table(table), &mut texts);
    }
    // Some mails report no failure: complaints, notes of absence.
    let kinds = [
        Kind::Bounce,
        Kind::Code,
        Kind::Failure,
        Kind::Log,
        Kind::Mail,
        Kind::Session,
    ];
    check("cases of the analyzer", &texts, &kinds);
}

fn collect(value: &toml::Value, texts: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match value.as_str() {
                    Some(text) if key == "text" || key == "log" => texts.push(text.to_owned()),
                    _ => collect(value, texts),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, texts)),
        _ => {}
    }
}
