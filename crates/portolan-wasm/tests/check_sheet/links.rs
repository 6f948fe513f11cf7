//! A report in a link: the whole address, where to look once it is made, and what is said of one that was cut.

use portolan_check::sample;
use portolan_report::sheet::Press;
use portolan_wasm::check::unpack;
use portolan_wasm::desk::{After, look};
use scraper::Selector;

use crate::{desk, given, presses, shown, texts};

const PAGE: &str = "https://ports.example.com/deep/check.html";

#[test]
fn a_link_is_the_whole_address_and_what_is_said_of_it_is_looked_at() {
    let mut desk = desk("#/check", &[sample::working()]);
    desk.checks.lies_at(PAGE);
    assert_eq!(desk.ask("check link"), After::Show);
    let (_, page) = shown(&desk);
    let link = texts(&page, ".check__fragment").concat();
    assert!(
        link.starts_with("https://ports.example.com/deep/check.html#/check?report="),
        "{link}"
    );
    assert!(unpack(&link).is_some());
    let mut found = Vec::new();
    presses(&desk.sheet(&given()), &mut found);
    assert!(found.contains(&Press::Copy(link)), "{found:?}");
    // Where the page leads the visitor is there, and takes the focus.
    let place = look("check link").unwrap();
    let selector = Selector::parse(&format!("button#{place}")).unwrap();
    assert_eq!(page.select(&selector).count(), 1, "{place}");
    // What is given next is read on the same page.
    desk.checks.begin();
    desk.checks.take(
        None,
        portolan_wire::write_report(&sample::working()).as_bytes(),
    );
    desk.ask("check link");
    let (text, _) = shown(&desk);
    assert!(text.contains(PAGE), "{text}");
}

#[test]
fn a_link_that_was_cut_is_told_to_be_one() {
    let mut desk = desk("#/check", &[sample::working()]);
    desk.checks.lies_at(PAGE);
    desk.ask("check link");
    let link = texts(&shown(&desk).1, ".check__fragment").concat();
    let (_, fragment) = link.split_once(".html").unwrap();
    for end in [30, fragment.len() / 2, fragment.len() - 4] {
        let cut = &fragment[..end];
        assert!(
            unpack(cut).is_none() && portolan_link::brings(cut),
            "{cut} is taken"
        );
    }
    desk.checks.begin();
    desk.checks.take_torn();
    let (text, page) = shown(&desk);
    assert_eq!(texts(&page, "#finding"), ["This link is incomplete."]);
    assert_eq!(desk.status(&given()), "This link is incomplete.");
    assert!(!text.contains("begins with"), "{text}");
}

#[test]
fn a_press_that_takes_itself_away_leads_somewhere() {
    let mut desk = desk("#/check", &[sample::working()]);
    desk.ask("check join");
    // The box takes the other report.
    assert_eq!(look("check join"), Some("anything"));
    assert!(
        shown(&desk)
            .0
            .contains("Paste or drop the other report now")
    );
    desk.ask("check part");
    let place = look("check part").unwrap();
    let (_, page) = shown(&desk);
    let selector = Selector::parse(&format!("#{place}")).unwrap();
    assert_eq!(page.select(&selector).count(), 1, "{place}");
    for what in [
        "check open 1",
        "open 2",
        "filter cause",
        "filter",
        "check of 0",
    ] {
        assert_eq!(look(what), Some("finding"), "{what}");
    }
    for what in ["secrets shown", "lines more", "check save json", ""] {
        assert_eq!(look(what), None, "{what}");
    }
}
