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

#[test]
fn nothing_of_the_machine_is_in_them() {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let home = std::env::var("HOME").unwrap_or_default();
    for Recording { id, text, .. } in recordings() {
        assert!(
            home.len() < 2 || !text.contains(&format!("{home}/")),
            "{id}"
        );
        let greeted = format!("EHLO {}\n", host.trim());
        assert!(host.trim().is_empty() || !text.contains(&greeted), "{id}");
        assert!(!text.contains("tests/rogue"), "{id}");
    }
}
