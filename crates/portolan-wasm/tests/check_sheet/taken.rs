//! What a text is taken for, and which door it opens.

use portolan_check::sample;
use portolan_intake::{Kind, recognize};
use portolan_wasm::intake::{Given, belongs};
use portolan_wasm::took::Took;
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

#[test]
fn what_is_taken_into_the_advice_is_said_there_with_a_way_back() {
    let facts = portolan_builtin::facts();
    let at = "#/check?use=application";
    let link = portolan_link::print(
        &portolan_advice::Answers {
            posture: [(portolan_advice::PostureItem::Spf, false)]
                .into_iter()
                .collect(),
            ..Default::default()
        },
        "",
        "",
    );
    let took = Took::of(&link, at, &facts).unwrap();
    assert_eq!(took.status(), "Taken along: SPF is not in order.");
    let text = crate::render::html(&took.sheet());
    for words in [
        "SPF is not in order",
        "A mail server, to other domains",
        "href=\"#/check?use=application\"",
        "Back to Check, without it",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    let seen = "#/advise?provider=sendgrid&seen=587.timeout";
    let seen = Took::of(seen, "#/analyze", &facts).unwrap();
    assert!(seen.status().contains("SendGrid"), "{}", seen.status());
    assert!(Took::of("#/advise", at, &facts).is_none());
    // Where the case has the question already, nothing has to be chosen.
    let took = Took::of(&link, "#/check?use=mail-server", &facts).unwrap();
    assert!(!crate::render::html(&took.sheet()).contains("choose"));
}

#[test]
fn what_plain_commands_print_has_the_map_and_an_advice() {
    let text = "nc: connect to smtp.example.org port 465 (tcp) timed out: Operation now in progress\n\
                Connection to smtp.example.org (192.0.2.25) 587 port [tcp/submission] succeeded!\n";
    assert_eq!(recognize(text.as_bytes()).kind, Kind::Report);
    let mut desk = crate::desk("at #/check", &[]);
    assert!(desk.checks.take_plain(text, 1_795_687_200));
    assert!(!desk.checks.take_plain("Port 587", 0));
    let (sheet, page) = crate::shown(&desk);
    let headline = crate::texts(&page, "#finding").concat();
    assert!(headline.contains("587 connects"), "{headline}");
    assert!(sheet.contains("Use smtp.example.org:587"), "{sheet}");
    assert!(sheet.contains("Pasted on 2026-11-26"), "{sheet}");
    assert!(!sheet.contains("Seen from"), "{sheet}");
}
