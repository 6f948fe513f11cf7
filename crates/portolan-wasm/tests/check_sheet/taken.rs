//! What a text is taken for, and which door it opens.

use portolan_check::sample;
use portolan_intake::{Kind, recognize};
use portolan_wasm::intake::{Given, belongs};
use portolan_wire::{write_report, write_report_pretty};

#[test]
fn a_report_is_known_however_it_comes() {
    let report = sample::working();
    let (short, long) = (write_report(&report), write_report_pretty(&report));
    for text in [
        short.clone(),
        long.clone(),
        format!("{short}\n{short}\n"),
        format!("$ portolan-probe mx.example.org --json\n{short}"),
        format!("```json\n{long}\n```"),
    ] {
        assert_eq!(recognize(text.as_bytes()).kind, Kind::Report, "{text}");
    }
    // Its sessions are as good as any that is pasted by itself.
    let long = include_str!("../../../../tests/browser/tests/check/server.json");
    assert_eq!(recognize(long.as_bytes()).kind, Kind::Report);
    assert_eq!(belongs(Kind::Report), "check");
}

#[test]
fn a_host_is_checked_behind_this_door_and_advised_on_behind_another() {
    let given = |at_check| Given {
        kind: Kind::Host,
        at_check,
        ..Given::default()
    };
    assert_eq!(given(true).belongs(), "check");
    assert_eq!(given(false).belongs(), "provider");
}
