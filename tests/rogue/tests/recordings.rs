//! The recordings that are kept fit what is played and what the table says of them.
#![expect(clippy::unwrap_used, reason = "what is missing fails the test")]

use std::collections::BTreeSet;

use portolan_rogue::failures;
use portolan_rogue::record::{Recording, read};
use portolan_rogue::supports::Supports;

fn recordings() -> Vec<Recording> {
    read(include_str!("../recordings/usual.jsonl")).unwrap()
}

#[test]
fn what_was_played_is_still_known_and_labelled_as_the_table_has_it() {
    let (catalogue, supports) = (failures().unwrap(), Supports::own().unwrap());
    let mut ids = BTreeSet::new();
    for recording in recordings() {
        let id = &recording.id;
        assert!(ids.insert(id.clone()), "{id} stands twice");
        let play = recording.play(&catalogue);
        let play = play.unwrap_or_else(|| panic!("{id}: its text is gone, record it anew"));
        assert_eq!(recording.played, play.cause(), "{id}: record it anew");
        let wanted = supports.of(&play, &recording.text);
        assert_eq!(
            recording.supports, wanted,
            "{id}: `portolan-rogue label` was not run"
        );
    }
    assert!(ids.len() > 900);
}

/// Folders that are the same on every server, or stand for a server's.
const FOLDERS: &[&str] = &["/dev/null", "/srv/app", "/usr/lib", "/usr/share"];
/// Who is greeted or written to: nobody's machine.
const NAMES: &[&str] = &[
    "client.example",
    "receiver.example",
    "sendinblue.com",
    "localhost",
    // What replies call the message, filled in.
    "4F10",
];
/// What replies say of the command.
const PROSE: &[&str] = &[
    "argument",
    "commands",
    "handshake",
    "or",
    "rejected",
    "should",
];

/// What a text has of the machine that it was made on: a path, or a name where clients say their own.
fn foreign(text: &str) -> Option<&str> {
    let is_of_path = |it: char| it.is_ascii_alphanumeric() || "._-~/".contains(it);
    let path = text.match_indices('/').find_map(|(at, _)| {
        let before = text.get(..at)?;
        let path = text.get(at..)?;
        // `https://`, `and/or` and `a/b` are none.
        if before.ends_with(|it: char| is_of_path(it) || it == ')' || it == '<') {
            return None;
        }
        let path = path.get(..path.find(|it| !is_of_path(it)).unwrap_or(path.len()))?;
        // `/CN=` is a certificate's.
        let is_path = path.starts_with("/Users/")
            || path
                .get(1..)?
                .starts_with(|it: char| it.is_ascii_lowercase());
        let is_known = FOLDERS
            .iter()
            .any(|folder| path == *folder || path.starts_with(&format!("{folder}/")));
        (is_path && !is_known).then_some(path)
    });
    path.or_else(|| {
        ["EHLO ", "HELO ", "ehlo ", "helo ", "LHLO ", "@", "mutt-"]
            .iter()
            .flat_map(|mark| text.match_indices(mark))
            .find_map(|(at, mark)| {
                let rest = text.get(at + mark.len()..)?.trim_start_matches('[');
                let end = rest
                    .find(|it: char| !it.is_ascii_alphanumeric() && !"._-".contains(it))
                    .unwrap_or(rest.len());
                let name = rest.get(..end)?.trim_end_matches('.');
                let is_known = NAMES.iter().any(|known| name.starts_with(known));
                let is_prose = PROSE.contains(&name);
                (!name.is_empty() && !is_known && !is_prose).then_some(name)
            })
    })
}

#[test]
fn nothing_of_the_machine_is_in_them() {
    let foreign: Vec<(String, String)> = recordings()
        .into_iter()
        .filter_map(|it| Some((it.id, foreign(&it.text)?.to_owned())))
        .collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

#[test]
fn what_is_of_a_machine_is_seen() {
    for folder in [
        "home/anna",
        "root",
        "Users/anna",
        "tmp",
        "work",
        "usr/local",
    ] {
        for text in [
            format!("at send (/{folder}/index.js:3:1)"),
            format!("can't open '/{folder}/.msmtprc'"),
            format!("File \"/{folder}/a.py\", line 3"),
            format!("/{folder}/mail.eml: no such file"),
        ] {
            assert_ne!(foreign(&text), None, "{text}");
        }
    }
    for text in [
        "C: EHLO laptop-7",
        "ehlo [build-host]\n250 ok",
        "anna@laptop:~$ swaks",
        "Message-ID: <1.mutt-laptop-0>",
    ] {
        assert_ne!(foreign(text), None, "{text}");
    }
    for text in [
        "at send (/srv/app/node/index.js:3:1)",
        "File \"/usr/lib/python3.11/smtplib.py\", line 3",
        "see https://support.google.com/mail and/or a/b",
        "EHLO client.example\n501 HELO argument(s) missing",
    ] {
        assert_eq!(foreign(text), None, "{text}");
    }
}
