//! Texts in the forms that tools and panels print, each with exactly what has to be read out of it.
//!
//! A case stands in `cases/*.toml`. `expect` lists records and answers as `line: name TYPE data`, `~` before an answer that has
//! no records, `?` in place of a name that nobody told. `kept` lists the lines that nobody understood.
#![expect(clippy::disallowed_methods, reason = "a test says so when it fails")]

mod show;

use std::collections::BTreeSet;
use std::path::Path;

use portolan_dns::name::Name;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// What it is: the program or the kind of panel.
    form: String,
    text: String,
    /// The domain that the visitor named.
    domain: Option<String>,
    expect: Vec<String>,
    /// The domain that it is about, and how sure that is.
    #[serde(default)]
    about: String,
    #[serde(default)]
    kept: Vec<u32>,
    #[serde(default)]
    notes: Vec<String>,
}

#[test]
fn every_text_is_read_as_it_has_to_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let (mut count, mut misses, mut forms) = (0, Vec::new(), BTreeSet::new());
    let mut names = BTreeSet::new();
    for file in files {
        let book: Book = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for case in &book.case {
            count += 1;
            forms.insert(case.form.clone());
            assert!(names.insert(case.name.clone()), "{} twice", case.name);
            let domain = case.domain.as_ref().map(|it| Name::new(it).unwrap());
            let read = portolan_records::read(&case.text, domain.as_ref());
            let found = show::lines(&read);
            if found != case.expect {
                misses.push(format!(
                    "{}: expected\n  {}\nbut found\n  {}",
                    case.name,
                    case.expect.join("\n  "),
                    found.join("\n  ")
                ));
            }
            let about = show::about(&read);
            if about != case.about {
                misses.push(format!(
                    "{}: expected to be about {:?}, but found {about:?}",
                    case.name, case.about
                ));
            }
            let kept: Vec<u32> = read.kept.iter().map(|it| it.line).collect();
            if kept != case.kept {
                misses.push(format!(
                    "{}: expected to keep {:?}, but found {:?}",
                    case.name, case.kept, read.kept
                ));
            }
            let notes: Vec<String> = read
                .notes
                .iter()
                .map(|it| format!("{}: {:?}", it.line, it.kind))
                .collect();
            if notes != case.notes {
                misses.push(format!(
                    "{}: expected {:?}, but found {notes:?}",
                    case.name, case.notes
                ));
            }
        }
    }
    assert!(
        misses.is_empty(),
        "{} of {count}:\n{}",
        misses.len(),
        misses.join("\n")
    );
    assert!(count >= 120, "{count} cases");
    assert!(forms.len() >= 15, "{forms:?}");
}
