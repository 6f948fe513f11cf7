//! Short texts, each a way of writing that the reader has to understand, against what a careful person reads in them.
//!
//! A case is a line `=== host port encryption [recommended]; …` (or `=== nothing`) and the text below it. A new one needs no Rust.

#![expect(clippy::disallowed_methods, reason = "a test reads its cases")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use portolan_config::{ReadEndpoint, ReadTls, read_documentation};

#[test]
fn cases_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut differences = Vec::new();
    let mut count = 0;
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let all = fs::read_to_string(&file).unwrap();
        for case in all
            .split("\n=== ")
            .map(|case| case.trim_start_matches("=== "))
        {
            let (head, text) = case.split_once('\n').unwrap();
            count += 1;
            let expected: BTreeSet<String> = head
                .split(';')
                .map(|endpoint| endpoint.trim().to_owned())
                .filter(|endpoint| endpoint != "nothing")
                .collect();
            let found: BTreeSet<String> = read_documentation(text).iter().map(shown).collect();
            if expected != found {
                let missed: Vec<_> = expected.difference(&found).collect();
                let wrong: Vec<_> = found.difference(&expected).collect();
                differences.push(format!(
                    "{name}: missed {missed:?}, wrong {wrong:?}\n{text}\n"
                ));
            }
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {count} differ\n\n{}",
        differences.len(),
        differences.join("\n")
    );
}

fn shown(endpoint: &ReadEndpoint) -> String {
    let tls = match endpoint.tls {
        Some(ReadTls::Implicit) => "implicit",
        Some(ReadTls::None) => "none",
        Some(ReadTls::StartTls) => "starttls",
        None => "unsaid",
    };
    let host = endpoint.host.as_deref().unwrap_or("?");
    let better = if endpoint.recommended {
        " recommended"
    } else {
        ""
    };
    format!("{host} {} {tls}{better}", endpoint.port)
}
