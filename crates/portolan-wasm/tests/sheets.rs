//! The sheets as HTML: what a screen reader, a keyboard and a stranger's text do with them.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use std::fmt::Write;

use portolan_explain::{Reading, Taken};
use portolan_intake::Kind;
use portolan_report::sheet::{ATTRIBUTES, Element, Node, Press, TAGS};
use portolan_wasm::desk::{After, Desk};
use portolan_wasm::intake::{Given, Read, progress};
use scraper::{Html, Selector};

/// An element as a browser would have it; every tag and attribute is in the lists, or it would not cross.
fn html(it: &Element, out: &mut String) {
    assert!(TAGS.contains(&it.tag), "{} is no tag of a sheet", it.tag);
    write!(out, "<{}", it.tag).unwrap();
    for (name, value) in &it.attributes {
        assert!(
            ATTRIBUTES.contains(name),
            "{name} is no attribute of a sheet"
        );
        // What names an element among its siblings stays with the page.
        if *name == "key" {
            continue;
        }
        write!(out, " {name}=\"{}\"", escaped(value)).unwrap();
    }
    out.push('>');
    for child in &it.children {
        match child {
            Node::Element(child) => html(child, out),
            Node::Text(text) => out.push_str(&escaped(text)),
        }
    }
    write!(out, "</{}>", it.tag).unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn given(kind: Kind) -> Given {
    Given {
        kind,
        ..Given::default()
    }
}

fn shown(desk: &Desk, kind: Kind) -> (String, Html) {
    let mut text = String::new();
    html(&desk.sheet(&given(kind)), &mut text);
    let page = Html::parse_fragment(&text);
    (text, page)
}

fn desk(text: &str) -> Desk {
    let mut desk = Desk::default();
    desk.facts = portolan_builtin::facts();
    desk.take_text(text.as_bytes(), Taken::AsItIs);
    desk
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|it| it.text().collect::<Vec<_>>().concat())
        .collect()
}

fn presses(it: &Element, found: &mut Vec<Press>) {
    found.extend(it.press.clone());
    for child in &it.children {
        if let Node::Element(child) = child {
            presses(child, found);
        }
    }
}

fn nodes(it: &Element) -> usize {
    let below = it.children.iter().map(|child| match child {
        Node::Element(child) => nodes(child),
        Node::Text(_) => 1,
    });
    1 + below.sum::<usize>()
}

const SESSION: &str = "220 smtp.gmail.com ESMTP\nEHLO a.example\n250-smtp.gmail.com\n250 AUTH PLAIN\nAUTH PLAIN AGFubgBodW50ZXIy\n535-5.7.8 Username and Password not accepted\n535 5.7.8 for ann@a.example\n";

const LOG: &str = "\
Jan  1 10:00:00 mx postfix/smtp[1]: 4A1: to=<ann@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.1] said: 550 5.1.1 User unknown)
Jan  1 10:00:01 mx postfix/smtp[1]: 4A2: to=<bob@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.1] said: 550 5.1.1 User unknown)
Jan  1 11:00:00 mx postfix/smtp[1]: 4A3: to=<cat@two.example>, relay=mx.two.example[192.0.2.2]:25, dsn=5.7.1, status=bounced (host mx.two.example[192.0.2.2] said: 554 5.7.1 Relay access denied)
Jan  1 12:00:00 mx postfix/smtp[1]: 4A4: to=<dan@three.example>, relay=mx.three.example[192.0.2.3]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)
";

#[test]
fn a_finding_has_everything_that_somebody_with_little_time_needs() {
    let (text, page) = shown(&desk(SESSION), Kind::Session);
    assert_eq!(texts(&page, "h2").len(), 1, "one headline");
    for words in [
        "User name or password were refused.",
        "auth.bad-credentials",
        "Who can mend it",
        "you, in the settings",
        "Another try",
        "in 100",
        "the deciding line",
        "Do this",
        "What Gmail documents",
        "What the codes say",
        "Easily confused with",
        "How this is told, with sources",
        "swaks --server smtp.gmail.com:587",
        "Copy for an issue, masked",
        "Advise me for Gmail",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    assert_eq!(
        texts(&page, "[data-passage=failed] .stages__name"),
        ["AUTH"]
    );
    assert_eq!(texts(&page, "[data-mark=decides] .log__number"), ["6"]);
}

#[test]
fn what_to_do_stands_before_the_lines_that_show_why() {
    let (text, _) = shown(&desk(SESSION), Kind::Session);
    let order = [
        "finding__cause",
        "\"stages\"",
        "finding__do",
        "Who can mend it",
        "finding__steps",
        "log__frame",
        "finding__body",
        "finding__after",
    ];
    let places: Vec<usize> = order.iter().map(|it| text.find(it).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_provider_is_known_by_its_words_and_its_step_comes_first() {
    let text = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [AM0PR01CA0001.eurprd01.prod.outlook.com]";
    let (text, page) = shown(&desk(text), Kind::Failure);
    assert!(text.contains("Root cause, at Microsoft 365"), "{text}");
    assert_eq!(
        texts(&page, ".finding__facts dd")[0],
        "the tenant's administrator"
    );
    let steps = texts(&page, ".finding__steps > li");
    assert!(steps[0].contains("allow SMTP AUTH"), "{steps:?}");
}

#[test]
fn secrets_are_in_nothing_that_crosses_until_asked_for() {
    let with_password = "Jan  1 12:00:00 mx postfix/smtp[1]: 4A4: to=<e@f.example>, relay=x[192.0.2.3]:25, dsn=5.0.0, status=bounced (550 5.1.1 User unknown https://ann:hunter2@f.example)\n";
    for text in [
        SESSION.to_owned(),
        format!("{SESSION}password=hunter2\n"),
        [with_password, LOG].concat(),
    ] {
        let mut desk = desk(&text);
        let sheet = format!("{:?}", desk.sheet(&given(Kind::Session)));
        assert!(
            !sheet.contains("hunter2") && !sheet.contains("AGFubgBodW50ZXIy"),
            "{sheet}"
        );
        // What is copied and saved names no person either.
        let mut found = Vec::new();
        presses(&desk.sheet(&given(Kind::Session)), &mut found);
        for press in found {
            if let Press::Copy(text) = press {
                assert!(!text.contains("ann@") && !text.contains("bob@"), "{text}");
            }
        }
        // Of a log what shows a cause is shown as it is copied.
        if text.starts_with("Jan") {
            continue;
        }
        assert_eq!(desk.ask("secrets shown"), After::Show);
        let sheet = format!("{:?}", desk.sheet(&given(Kind::Session)));
        assert!(sheet.contains("hunter2") || sheet.contains("AGFubgBodW50ZXIy"));
        assert_eq!(desk.ask("secrets masked"), After::Show);
        let sheet = format!("{:?}", desk.sheet(&given(Kind::Session)));
        assert!(!sheet.contains("hunter2") && !sheet.contains("AGFubgBodW50ZXIy"));
    }
}

#[test]
fn a_hostile_text_is_text() {
    let evil = "<img src=x onerror=alert(1)>\u{202e}\u{1b}[2J";
    let log = LOG
        .replace("one.example", &format!("{evil}.example"))
        .replace("User unknown", &format!("User unknown {evil}"));
    for text in [log, format!("550 5.1.1 User unknown {evil}\n{evil}\n")] {
        let (text, page) = shown(&desk(&text), Kind::Log);
        assert!(texts(&page, "img").is_empty());
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text}");
    }
    let mut desk = Desk::default();
    for (at, (name, text)) in [(evil, "535 5.7.8 bad"), ("b", "550 5.1.1 User unknown")]
        .into_iter()
        .enumerate()
    {
        let mut reading = Reading::default();
        reading.push(text.as_bytes());
        desk.take_file(name, at, reading.finish());
    }
    let (named, _) = shown(&desk, Kind::Failure);
    assert!(
        !named.contains(['\u{202e}', '\u{1b}']) && !named.contains("<img"),
        "{named}"
    );
    let mut out = String::new();
    html(&progress(evil, (0, 2), (5e6, 1e9), 100.0), &mut out);
    assert!(!out.contains(['\u{202e}', '\u{1b}']), "{out}");
    assert!(
        out.contains("1 of 2") && out.contains("5.0 MB of 1.0 GB"),
        "{out}"
    );
}

#[test]
fn a_log_of_many_domains_stays_a_page() {
    let mut log = String::new();
    for at in 0..20_000 {
        writeln!(log, "Jan  1 10:00:00 mx postfix/smtp[1]: 4A{at:X}: to=<a@d{at}.example>, relay=mx{at}.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (550 5.1.1 User unknown)").unwrap();
    }
    let count = nodes(&desk(&log).sheet(&given(Kind::Log)));
    assert!(count < 12_000, "{count}");
}

#[test]
fn several_sessions_are_a_list_of_which_each_can_be_opened() {
    let two = [SESSION, "QUIT\n221 bye\nTrying 192.0.2.1...\n220 mx.example\nEHLO a\n250 mx.example\nRCPT TO:<b@b.example>\n550 5.1.1 User unknown\n"].concat();
    let mut desk = desk(&two);
    let (_, page) = shown(&desk, Kind::Session);
    assert_eq!(texts(&page, ".several__cause").len(), 2);
    assert_eq!(texts(&page, "[aria-current] .several__title").len(), 1);
    for (open, words) in [(0, "User name or password"), (1, "no such mailbox")] {
        assert_eq!(desk.ask(&format!("open {open}")), After::Show);
        let (_, page) = shown(&desk, Kind::Session);
        assert!(texts(&page, "#finding").concat().contains(words));
    }
    for nonsense in [
        "open 7",
        "open",
        "open -1",
        "filter colour red",
        "",
        "secrets",
        "lines",
    ] {
        assert_eq!(desk.ask(nonsense), After::Nothing, "{nonsense}");
    }
}

#[test]
fn what_is_not_enough_says_what_to_bring() {
    let (text, _) = shown(&desk("PHPMailer: SMTP connect() failed."), Kind::Failure);
    assert!(
        text.contains("Not enough here") && text.contains("SMTPDebug"),
        "{text}"
    );
}

#[test]
fn a_file_without_text_says_what_it_is_and_how_to_get_the_text_out() {
    let mut desk = Desk::default();
    let mut reading = Reading::default();
    reading.push(b"PK\x03\x04\x14\0\0\x00535 5.7.8 Username and Password not accepted");
    assert!(
        reading.container().is_some(),
        "told before the whole is read"
    );
    let explained = reading.finish();
    let read = Read::of(&explained, 1_234);
    desk.take_file("logs.zip", 0, explained);
    let given = Given::of_files(Kind::Nothing, None, &["logs.zip".to_owned()], read);
    let mut text = String::new();
    html(&desk.sheet(&given), &mut text);
    for words in [
        "a ZIP archive",
        "logs.zip, 1.2 kB",
        "Take the files out",
        "unzip FILE",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    assert!(!text.contains("535") && !text.contains("PK"), "{text}");
    assert!(desk.status(&given).starts_with("This is a ZIP archive"));
}

#[test]
fn what_is_for_another_door_says_so_and_can_be_corrected() {
    let desk = desk("v=spf1 -all");
    for kind in Kind::ALL {
        let sheet = desk.sheet(&given(*kind));
        let mut found = Vec::new();
        presses(&sheet, &mut found);
        let others = found
            .iter()
            .filter(|it| matches!(it, Press::Ask(what) if what.starts_with("as ")))
            .count();
        assert!(others >= 6, "{}", kind.id());
    }
    let (text, _) = shown(&desk, Kind::Documentation);
    assert!(
        text.contains("are read into the advice") && !text.contains("id=\"finding\""),
        "{text}"
    );
}
