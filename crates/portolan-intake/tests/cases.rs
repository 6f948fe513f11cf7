//! Short texts of every kind, and what they are taken for: `cases/<kind>.txt`, parted by lines of `=====`.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use std::collections::BTreeMap;
use std::path::Path;

use portolan_intake::{Kind, recognize};
use proptest::prelude::*;

/// The least number of texts of a kind.
const LEAST: usize = 15;

fn cases() -> Vec<(Kind, Vec<String>)> {
    Kind::ALL
        .iter()
        .map(|kind| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(format!("tests/cases/{}.txt", kind.id()));
            let text = std::fs::read_to_string(&path).unwrap();
            let texts = text.trim_end_matches('\n').split("\n=====\n");
            (*kind, texts.map(str::to_owned).collect())
        })
        .collect()
}

#[test]
fn every_text_is_taken_for_what_it_is() {
    let mut confused: BTreeMap<(Kind, Kind), usize> = BTreeMap::new();
    let mut misses = Vec::new();
    for (kind, texts) in cases() {
        assert!(texts.len() >= LEAST, "{}: {} texts", kind.id(), texts.len());
        for text in texts {
            let taken = recognize(text.as_bytes());
            *confused.entry((kind, taken.kind)).or_default() += 1;
            if taken.kind != kind {
                misses.push(format!(
                    "{} taken for {} (or {:?}):\n{text}\n",
                    kind.id(),
                    taken.kind.id(),
                    taken.or
                ));
            }
        }
    }
    println!("what it is, what it is taken for, how often:");
    for ((kind, taken), times) in &confused {
        println!("{:>14} {:>14} {times:>4}", kind.id(), taken.id());
    }
    assert!(
        misses.is_empty(),
        "{}\n{} misses",
        misses.join("\n"),
        misses.len()
    );
}

#[test]
fn what_is_one_thing_alone_is_told() {
    for (text, subject) in [
        ("Example Person <person@example.com>", "person@example.com"),
        (
            "mailto:support@example.com?subject=Help",
            "support@example.com",
        ),
        ("smtp://user:pass@smtp.example.com:587", "smtp.example.com"),
        ("[2001:db8::25]:25", "2001:db8::25"),
        ("smtp.example.com, port: 587", "smtp.example.com"),
        ("what does 550 5.7.1 mean", "550 5.7.1"),
    ] {
        assert_eq!(
            recognize(text.as_bytes()).subject.as_deref(),
            Some(subject),
            "{text}"
        );
    }
    assert_eq!(recognize(b"535 5.7.8 bad").subject, None);
}

#[test]
fn line_ends_quoting_and_encoding_change_nothing() {
    for (kind, texts) in cases() {
        for text in texts {
            let is_alone = text.lines().count() < 2;
            let crlf = text.replace('\n', "\r\n");
            assert_eq!(recognize(crlf.as_bytes()).kind, kind, "{text}");
            let wide: Vec<u8> = std::iter::once(0xfeff)
                .chain(text.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect();
            if text.is_ascii() {
                assert_eq!(recognize(&wide).kind, kind, "{text}");
            }
            if !is_alone && !text.starts_with('>') {
                let quoted = format!("> {}", text.replace('\n', "\n> "));
                assert_eq!(recognize(quoted.as_bytes()).kind, kind, "{text}");
                let fenced = format!("```text\n{text}\n```");
                assert_eq!(recognize(fenced.as_bytes()).kind, kind, "{text}");
            }
        }
    }
}

proptest! {
    #[test]
    fn anything_is_taken_for_something(text in prop::collection::vec(any::<u8>(), 0..2000)) {
        let taken = recognize(&text);
        prop_assert!(Kind::ALL.contains(&taken.kind));
        prop_assert!(taken.or != Some(taken.kind));
    }

    #[test]
    fn letters_of_sessions_harm_nothing(text in "[0-9 .:<>@\\-\n\"'=|{}\\[\\]a-eA-EMRT/\\\\]{0,400}") {
        recognize(text.as_bytes());
    }
}
