//! The button that has a domain looked up: nothing before the press, who learns what, and the sheet of what came.

use portolan_report::sheet::Press;
use portolan_wasm::check::lookup::Lost;
use portolan_wasm::desk::{After, Desk};
use portolan_wasm::intake::Given;
use scraper::Html;

use crate::lookup::{NOW, URL, resolve, zone};
use crate::render::html;
use crate::{presses, texts};

/// A desk of a site that was built with a resolver.
fn desk(text: &str) -> Desk {
    let mut desk = Desk::default();
    desk.checks.ask_at(URL);
    desk.checks.begin();
    desk.checks.take_records(text, NOW);
    desk
}

fn given() -> Given {
    Given {
        kind: portolan_intake::Kind::Records,
        ..Given::default()
    }
}

fn look_ups(desk: &Desk) -> Vec<String> {
    let mut found = Vec::new();
    presses(&desk.sheet(&given()), &mut found);
    let ask = |it: Press| match it {
        Press::Ask(text) if text.starts_with("check look-up") => Some(text),
        _ => None,
    };
    found.into_iter().filter_map(ask).collect()
}

const PASTED: &str =
    "example.com. 300 IN TXT \"v=spf1 -all\"\nsel._domainkey.example.com. IN TXT \"v=DKIM1; p=\"\n";

#[test]
fn only_a_press_asks_and_the_page_says_who_learns_what() {
    let zone = zone();
    let mut desk = desk(PASTED);
    let text = html(&desk.sheet(&given()));
    for words in [
        "Look the records of example.com up at dns.example.net",
        "dns.example.net then learns your IP address and the names that are asked for",
        "Nothing left this page.",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(desk.checks.look_up(NOW).is_none() && desk.checks.send(0, 0).is_empty());
    assert_eq!(desk.ask("check look-up other.example"), After::Nothing);
    assert_eq!(look_ups(&desk), ["check look-up example.com"]);
    assert_eq!(desk.ask("check look-up example.com"), After::LookUp);
    let turn = desk.checks.look_up(NOW).unwrap();
    let mut going = desk.checks.send(turn, 0);
    let text = html(&desk.sheet(&given()));
    assert!(
        text.contains("questions answered") && text.contains("Stop, and show"),
        "{text}"
    );
    assert!(look_ups(&desk).is_empty());
    while let Some(one) = going.pop() {
        let came = resolve(&zone, &one.message, true);
        // Another's answer changes nothing.
        desk.checks
            .hear(turn + 1, one.number, Err(Lost::Network), 10);
        desk.checks.hear(turn, one.number, Ok(&came), 10);
        going.extend(desk.checks.send(turn, 10));
    }
    assert!(!desk.checks.is_looking());
    let text = html(&desk.sheet(&given()));
    let page = Html::parse_fragment(&text);
    assert!(texts(&page, "h2").concat().starts_with("example.com: "));
    for words in [
        "validated by https://dns.example.net/dns-query",
        "Names were asked of dns.example.net, as you wished; nothing else left this page.",
        "curl -i https://mta-sts.example.com/.well-known/mta-sts.txt",
        "up at dns.example.net once more",
        // The selector that was pasted is looked at.
        "sel._domainkey.example.com",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("Nothing left this page"));
    // What was pasted is still there.
    let entries = texts(&page, ".several__title");
    assert_eq!(entries, ["example.com", "example.com, looked up"]);
    assert_eq!(desk.ask("check open 0"), After::Show);
    assert!(html(&desk.sheet(&given())).contains("Of what was pasted"));
}

/// A report may have been asked for more than its domain; whoever presses again gives that away too.
#[test]
fn what_goes_along_is_named() {
    let sentence = |desk: &Desk| {
        let page = Html::parse_fragment(&html(&desk.sheet(&given())));
        let all = texts(&page, "[aria-labelledby=look-up-title] p");
        all.into_iter().next().unwrap()
    };
    let start = "asked for: example.com, ";
    let end = "and those that its records lead to.";
    let alone = desk("example.com. IN TXT \"v=spf1 -all\"\n");
    assert!(sentence(&alone).contains(&format!("{start}{end}")));
    let pasted_one = format!("{start}the selector sel, {end}");
    assert!(sentence(&desk(PASTED)).contains(&pasted_one));

    let read = portolan_records::read(PASTED, None);
    let mut report = portolan_check::domain::pasted(&read, NOW).unwrap().report;
    let mut other = report.asked.selectors[0].clone();
    other.name = "s2".to_owned();
    report.asked.selectors.push(other);
    report.asked.ip = Some([192, 0, 2, 7].into());
    report.asked.envelope = Some("bounce.example.net".to_owned());
    report.asked.signer = Some("sign.example.org".to_owned());
    let report = portolan_wire::write_domain_report(&report);
    let mut desk = Desk::default();
    desk.checks.ask_at(URL);
    desk.checks.begin();
    desk.checks.take(Some("domain.json"), report.as_bytes());
    let told = sentence(&desk);
    let beside = "the selectors sel and s2, the sending address 192.0.2.7, the envelope’s domain bounce.example.net, the signing domain sign.example.org, ";
    assert!(told.contains(&format!("{start}{beside}{end}")), "{told}");
}

#[test]
fn stopped_it_shows_what_is_known() {
    let mut desk = desk(PASTED);
    assert_eq!(desk.ask("check halt"), After::Nothing);
    desk.ask("check look-up example.com");
    let turn = desk.checks.look_up(NOW).unwrap();
    let going = desk.checks.send(turn, 0);
    assert_eq!(desk.ask("check halt"), After::Show);
    let text = html(&desk.sheet(&given()));
    assert!(text.contains("cut short"), "{text}");
    let one = going.first().unwrap();
    desk.checks.hear(turn, one.number, Err(Lost::Network), 5);
    assert!(desk.checks.send(turn, 5).is_empty());
    assert_eq!(html(&desk.sheet(&given())), text);
    // Something else that is given ends one, too.
    desk.ask("check look-up example.com");
    let turn = desk.checks.look_up(NOW).unwrap();
    desk.checks.begin();
    desk.checks
        .take_records("example.org. IN TXT \"v=spf1 -all\"", NOW);
    assert!(desk.checks.send(turn, 0).is_empty());
    assert_eq!(look_ups(&desk), ["check look-up example.org"]);
}

#[test]
fn a_host_an_address_and_nobodys_records() {
    let mut desk = desk("v=spf1 -all");
    assert!(look_ups(&desk).is_empty(), "nothing names the domain");
    let of = |desk: &mut Desk, host: &str| {
        desk.checks.take_host(host);
        look_ups(desk)
    };
    for (given, name) in [
        ("mail.example.com:587", "example.com"),
        ("someone@example.com", "example.com"),
        ("example.com", "example.com"),
    ] {
        assert_eq!(of(&mut desk, given), [format!("check look-up {name}")]);
    }
    for strange in [
        "192.0.2.1",
        "[2001:db8::1]:25",
        "localhost",
        "a@b@",
        "x.y/../z",
        "",
    ] {
        assert!(of(&mut desk, strange).is_empty(), "{strange}");
    }
    // Without a resolver nothing is offered.
    let mut desk = Desk::default();
    assert!(of(&mut desk, "example.com").is_empty());
    desk.checks.ask_at("");
    assert!(of(&mut desk, "example.com").is_empty());
    assert_eq!(desk.ask("check look-up example.com"), After::Nothing);
}
