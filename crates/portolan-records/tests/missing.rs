//! What is missing is missing only where every line was read.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use portolan_dns::lookup::{Answer, Kind, Lookup};
use portolan_dns::name::Name;
use portolan_records::{assess, read};

/// What the text answers to the question for the domain's texts.
fn answer(text: &str) -> Option<Answer> {
    let at = Lookup::new(Name::new("example.com").unwrap(), Kind::Txt);
    let assessed = assess(&read(text, None)).unwrap();
    let (_, all) = assessed.answers.into_iter().find(|(it, _)| *it == at)?;
    Some(all.first().unwrap().answer.clone())
}

const OTHER: &str =
    "example.com. 300 IN TXT \"MS=ms12345678\"\nexample.com. 300 IN MX 10 mx.example.com.\n";

#[test]
fn what_may_stand_in_a_line_that_was_not_read_is_open() {
    assert!(answer(OTHER).is_some());
    for line in [
        "\u{2610} here it is \u{2610}\tTXT\t\u{2610}",
        "???v=spf1 mx -all",
        "TXT\t@\tv=spf1 include:_spf.exa...",
    ] {
        let read = read(&format!("{OTHER}{line}\n"), None);
        let is_unread = read.has_unread;
        let is_told = is_unread != read.notes.is_empty();
        assert!(is_told, "{line}: {read:?}");
        // Without a border before it a text is part of a word.
        assert_eq!(is_unread, !line.starts_with('?'), "{line}");
        assert_eq!(answer(&format!("{OTHER}{line}\n")).is_none(), is_unread);
    }
    // A sentence hides nothing.
    assert!(answer(&format!("Our TXT records are these.\n{OTHER}")).is_some());
}

#[test]
fn an_answer_that_says_so_counts_all_the_same() {
    let text =
        "Host example.com not found: 3(NXDOMAIN)\n\u{2610} here it is \u{2610}\tTXT\t\u{2610}\n";
    assert_eq!(answer(text), Some(Answer::NoSuchName));
}
