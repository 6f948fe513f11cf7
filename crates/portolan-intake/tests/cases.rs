//! Every text of `cases` is taken for what its file is named after. The signs were written for `seen`; `later`, then
//! `last`, were written after them and measured once before the signs were tuned on them too: 111 of 132 and 42 of 50
//! were taken right at first sight. `other` is by another hand, for whom another recognizer was written: 216 of 222.
//!
//! A case is a line `#### name`, with what to do to the text in braces, and the text.
#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads files, prints its table, and says so when it fails"
)]

use std::path::Path;

use portolan_intake::{Kind, Taken, recognize};

struct Case {
    kind: Kind,
    name: String,
    bytes: Vec<u8>,
    subject: Option<String>,
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(folder);
    let mut cases = Vec::new();
    for kind in Kind::ALL {
        let Ok(text) = std::fs::read_to_string(folder.join(format!("{}.txt", kind.id()))) else {
            continue;
        };
        let parts = format!("\n{text}");
        for part in parts.split("\n#### ").skip(1) {
            let (head, text) = part.split_once('\n').unwrap_or((part, ""));
            let mut flags = head.split('{').map(|it| it.trim().trim_end_matches('}'));
            let name = flags.next().unwrap_or_default().to_owned();
            let mut bytes = text.as_bytes().to_vec();
            let mut subject = None;
            for flag in flags {
                bytes = match flag.split_once(' ').unwrap_or((flag, "")) {
                    ("subject", it) => {
                        subject = Some(it.to_owned());
                        bytes
                    }
                    ("crlf", _) => text.replace('\n', "\r\n").into_bytes(),
                    ("bom", _) => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                    ("nul", _) => text.replace(' ', "\0 ").into_bytes(),
                    ("utf-16", _) => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                    _ => panic!("{name}: expected a flag, but found {flag}"),
                };
            }
            cases.push(Case {
                kind: *kind,
                name,
                bytes,
                subject,
            });
        }
    }
    cases
}

/// Prints what was taken for what, and returns the misses.
fn misses(cases: &[Case]) -> Vec<String> {
    let mut table = vec![vec![0; Kind::ALL.len()]; Kind::ALL.len()];
    let mut misses = Vec::new();
    for case in cases {
        let Taken { kind, or, subject } = recognize(&case.bytes);
        let place = |kind: Kind| Kind::ALL.iter().position(|it| *it == kind).unwrap();
        table[place(case.kind)][place(kind)] += 1;
        if kind != case.kind || case.subject.is_some() && subject != case.subject {
            misses.push(format!(
                "{} `{}`: {} {subject:?}, or {or:?}",
                case.kind.id(),
                case.name,
                kind.id()
            ));
        }
    }
    print!("{:>14}", "");
    for kind in Kind::ALL {
        print!("{:>6}", kind.id().chars().take(4).collect::<String>());
    }
    println!();
    for (kind, row) in Kind::ALL.iter().zip(&table) {
        print!("{:>14}", kind.id());
        for count in row {
            print!("{count:>6}");
        }
        println!();
    }
    println!("{} of {} right", cases.len() - misses.len(), cases.len());
    misses
}

#[test]
fn texts_are_taken_for_what_they_are() {
    let mut all = Vec::new();
    for folder in ["seen", "later", "last", "other"] {
        println!("{folder}:");
        let part = cases(folder);
        let found = misses(&part);
        assert!(found.is_empty(), "{folder}:\n{}", found.join("\n"));
        all.extend(part);
    }
    for kind in Kind::ALL {
        let count = all.iter().filter(|it| it.kind == *kind).count();
        assert!(count >= 25, "{}: {count} texts", kind.id());
    }
}

#[test]
fn ids_are_in_order() {
    let ids: Vec<_> = Kind::ALL.iter().map(|it| it.id()).collect();
    assert!(ids.is_sorted());
}
