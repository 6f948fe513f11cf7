//! Whatever somebody types or pastes: looking it up ends, and what it finds is in the index.

use portolan_facts::{Entry, EntryKind, Index, Signs};
use proptest::prelude::*;

fn index() -> Index {
    let entry = |id: &str, name: &str| Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        ..Entry::default()
    };
    let texts = |texts: &[&str]| texts.iter().map(|it| (*it).to_owned()).collect();
    Index {
        providers: vec![
            Entry {
                aliases: texts(&["Beta", "Ünïcödé"]),
                signs: Signs {
                    hosts: texts(&["smtp.beta.example", "<tenant>.beta.example", "a<b>"]),
                    domains: texts(&["beta.example"]),
                    mx: texts(&["mx.beta.example"]),
                    ..Signs::default()
                },
                ..entry("beta", "Beta Mail")
            },
            entry("ss", "Straße İstanbul"),
        ],
        ..Index::default()
    }
}

/// Any text, and texts from the pieces that the look-ups care about.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "beta", "Beta", "bta", "example", "smtp", "mx", ".", "..", "@", "<", ">", "-", ":", "//",
        " ", "\n", "ß", "İ", "ü", "x",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()),
    ]
}

proptest! {
    #[test]
    fn whatever_is_pasted_is_recognized_or_not(text in texts()) {
        let index = index();
        if let Some(found) = index.recognize(&text) {
            prop_assert!(index.providers.contains(found.provider));
            if let Some(host) = found.host {
                prop_assert!(text.to_lowercase().contains(&host));
            }
        }
    }

    #[test]
    fn whatever_is_typed_finds_entries_once(text in texts()) {
        let index = index();
        for kind in [EntryKind::Client, EntryKind::Environment, EntryKind::Provider] {
            let mut found: Vec<&str> = index.find(kind, &text).into_iter().map(|it| it.id.as_str()).collect();
            let count = found.len();
            found.sort_unstable();
            found.dedup();
            prop_assert_eq!(found.len(), count);
            if text.trim().is_empty() {
                prop_assert_eq!(count, index.entries(kind).len());
            }
        }
    }

    #[test]
    fn blanks_and_capitals_change_nothing(text in "[ -~]{0,30}") {
        let index = index();
        let loud = format!("  {}\t", text.to_ascii_uppercase());
        prop_assert_eq!(index.recognize(&text), index.recognize(&loud));
        prop_assert_eq!(
            index.find(EntryKind::Provider, &text),
            index.find(EntryKind::Provider, &loud)
        );
    }
}
