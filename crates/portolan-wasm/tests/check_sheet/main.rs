//! The sheets of the Check door: the verdict first, a map that says in words what it shows, nothing of a stranger that acts.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says so when it fails"
)]
#![expect(clippy::assigning_clones, reason = "a sample is written once")]

mod asking;
mod domain;
mod hostile;
mod links;
mod lookup;
mod pair;
#[path = "../render/mod.rs"]
mod render;
mod taken;
mod way;

use portolan_check::sample;
use portolan_intake::Kind;
use portolan_report::probe::{ConnectFault, Outcome, ProbeReport, Stage, TargetKind};
use portolan_report::sheet::{Element, Node, Press};
use portolan_wasm::desk::{After, Desk};
use portolan_wasm::intake::Given;
use portolan_wire::write_report;
use render::html;
use scraper::{Html, Selector};

/// A desk with these reports, for the answers of this address.
fn desk(fragment: &str, reports: &[ProbeReport]) -> Desk {
    let mut desk = Desk::default();
    desk.facts = portolan_builtin::facts();
    desk.checks.attend(fragment);
    desk.checks.begin();
    for report in reports {
        desk.checks.take(None, write_report(report).as_bytes());
    }
    desk
}

fn given() -> Given {
    Given {
        kind: Kind::Report,
        ..Given::default()
    }
}

fn shown(desk: &Desk) -> (String, Html) {
    let text = html(&desk.sheet(&given()));
    let page = Html::parse_fragment(&text);
    (text, page)
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

/// What happened to a port on which no connection came about.
fn failed(port: u16, fault: ConnectFault) -> portolan_report::probe::Visit {
    let step = sample::step(Stage::Connect, Outcome::NotConnected { fault });
    sample::visit(port, vec![step])
}

/// 587 and 465 time out, 2525 answers: as in many clouds.
fn clouded(host: &str) -> ProbeReport {
    let mut report = sample::report(vec![
        failed(25, ConnectFault::TimedOut),
        failed(465, ConnectFault::TimedOut),
        failed(587, ConnectFault::TimedOut),
        sample::submission(2525),
    ]);
    report.asked.target.name = host.to_owned();
    for it in &mut report.asked.hosts {
        it.name = host.to_owned();
    }
    for it in &mut report.visits {
        it.host = host.to_owned();
    }
    report
}

#[test]
fn the_verdict_comes_first_then_the_map_what_is_wrong_and_the_advice() {
    let (text, page) = shown(&desk("#/check", &[clouded("mx.example.org")]));
    let order = [
        "id=\"finding\"",
        "map-title",
        "findings-title",
        "certificates-title",
        "route-title",
        "advised-title",
        "check__after",
    ];
    let places: Vec<usize> = order.iter().map(|it| text.find(it).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(texts(&page, "h2").len(), 1, "one headline");
    assert_eq!(
        texts(&page, "#finding"),
        ["2525 works; 587, 465 and 25 time out."]
    );
    for words in [
        "A problem was found",
        "Seen from probe.example by portolan-probe 0.1.0 on 2026-11-26 10:00 UTC",
        "Whose it is",
        "What shows it",
        "mx.example.org 25",
        "CN=An Authority",
        "60 days after the check",
        "Take this into Advise",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[test]
fn every_port_has_a_row_with_a_shape_and_a_word_for_each_stage() {
    let mut report = clouded("mx.example.org");
    report.visits.push(sample::implicit(465));
    let (_, page) = shown(&desk("#/check", &[report]));
    assert_eq!(texts(&page, ".map tbody tr").len(), 5);
    assert_eq!(texts(&page, ".map thead th").len(), 10);
    let rows = Selector::parse(".map tbody tr").unwrap();
    let cells = Selector::parse("td[data-passage]").unwrap();
    for row in page.select(&rows) {
        assert_eq!(row.select(&cells).count(), 8);
        for cell in row.select(&cells) {
            let words: String = cell.text().collect();
            let passage = cell.value().attr("data-passage").unwrap();
            // A sign, the stage's own name, and a word: colour says nothing alone.
            assert!(
                words.chars().filter(|it| it.is_alphabetic()).count() > 4,
                "{passage}: {words}"
            );
            assert!(cell.html().contains("map__sign"), "{}", cell.html());
        }
    }
    let failed = texts(&page, "td[data-passage=failed]");
    assert_eq!(failed.len(), 3, "{failed:?}");
    assert!(
        failed.iter().all(|it| it.contains("no answer")),
        "{failed:?}"
    );
    let last = texts(&page, ".map tbody tr:last-child td");
    assert!(
        last.iter()
            .any(|it| it.contains("not needed, TLS begins at once")),
        "{last:?}"
    );
}

#[test]
fn the_advice_is_computed_anew_with_what_was_seen() {
    let report = clouded("smtp.sendgrid.net");
    let (text, page) = shown(&desk("#/check?use=application", &[report]));
    assert_eq!(
        texts(&page, ".check__advice"),
        ["Use smtp.sendgrid.net:2525, STARTTLS required."]
    );
    assert_eq!(texts(&page, ".advised .endpoint__port"), ["2525"]);
    assert!(
        text.contains("Twilio SendGrid") || text.contains("SendGrid"),
        "{text}"
    );
    let ways = Selector::parse(".advised a.button").unwrap();
    let link = page.select(&ways).next().unwrap();
    let link = link.value().attr("href").unwrap();
    assert!(link.starts_with("#/advise?provider=sendgrid"), "{link}");
    for seen in ["587.timeout", "465.timeout", "2525.open"] {
        assert!(link.contains(seen), "{seen} in {link}");
    }
    assert!(portolan_link::parse(link).ignored.is_empty(), "{link}");
    // Standards are cited, and pages named by whose they are.
    let cited = texts(&page, ".advised .finding__step-sources");
    assert!(cited.iter().any(|it| it.contains("RFC ")), "{cited:?}");
    assert!(!cited.concat().contains("www."), "{cited:?}");
    // The chosen line of the drawing is the advised port.
    assert_eq!(texts(&page, ".track.chosen b"), ["2525"]);
}

#[test]
fn of_a_server_that_nobody_knows_what_works_is_said_with_its_host() {
    let mut report = sample::working();
    report.visits.push(failed(25, ConnectFault::Refused));
    let (_, page) = shown(&desk("#/check", &[report]));
    assert_eq!(
        texts(&page, ".check__advice"),
        ["Use mx.example.org:587, STARTTLS required."]
    );
}

#[test]
fn the_command_is_composed_for_the_case() {
    for (fragment, words) in [
        (
            "#/check",
            "portolan-probe smtp.example.org --json &gt; report.json",
        ),
        (
            "#/check?provider=sendgrid",
            "portolan-probe --provider sendgrid --json &gt; report.json",
        ),
        (
            "#/check?provider=direct&use=mail-server",
            "portolan-probe --mx example.org --json",
        ),
        ("#/check?environment=digitalocean-droplet", "DigitalOcean"),
    ] {
        let (text, page) = shown(&desk(fragment, &[]));
        assert!(
            text.contains(words) || text.replace('>', "&gt;").contains(words),
            "{fragment}: {text}"
        );
        assert_eq!(texts(&page, ".run details").len(), 3, "three systems");
        assert!(text.contains("openssl s_client"), "{text}");
    }
    let (text, _) = shown(&desk("#/check?provider=sendgrid", &[]));
    assert!(text.contains("-connect smtp.sendgrid.net:587"), "{text}");
}

#[test]
fn a_host_that_is_to_be_checked_enters_the_command_in_its_own_form_alone() {
    let mut desk = desk("#/check", &[]);
    for (host, command) in [
        ("mail.example.org", "portolan-probe mail.example.org --json"),
        (
            "mail.example.org:587",
            "portolan-probe mail.example.org --json",
        ),
        ("$(id)", "portolan-probe smtp.example.org --json"),
        ("-oX", "portolan-probe smtp.example.org --json"),
        ("a;b", "portolan-probe smtp.example.org --json"),
    ] {
        desk.checks.take_host(host);
        let (text, _) = shown(&desk);
        assert!(text.contains(command), "{host}: {text}");
        assert!(
            !text.contains("$(id)") && !text.contains("-oX") && !text.contains("a;b"),
            "{text}"
        );
    }
}

#[test]
fn a_domain_is_offered_beside_its_servers_and_no_file_takes_the_place_of_another() {
    let commands = |desk: &Desk| {
        let mut found = Vec::new();
        presses(&desk.sheet(&given()), &mut found);
        let is_probe = |it: &Press| match it {
            Press::Copy(text) if text.starts_with("portolan-probe ") => Some(text.clone()),
            _ => None,
        };
        found.iter().filter_map(is_probe).collect::<Vec<_>>()
    };
    for fragment in [
        "#/check",
        "#/check?provider=sendgrid",
        "#/check?provider=direct&use=mail-server",
        "#/check?use=receiving",
    ] {
        let all = commands(&desk(fragment, &[]));
        assert!(
            all.contains(&"portolan-probe domain example.org --json > domain.json".to_owned()),
            "{fragment}: {all:?}"
        );
        let mut files: Vec<_> = all.iter().filter_map(|it| it.split_once(" > ")).collect();
        files.sort_by_key(|it| it.1);
        assert!(files.windows(2).all(|it| it[0].1 != it[1].1), "{all:?}");
    }
    let mut desk = desk("#/check", &[]);
    for (host, domain) in [
        ("smtp.x.example:587", Some("x.example")),
        ("MX1.x.example", Some("x.example")),
        ("relay-2.mail.x.example", Some("mail.x.example")),
        ("lists.x.example", Some("lists.x.example")),
        ("mail.example", Some("mail.example")),
        ("x.example", Some("x.example")),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
        ("localhost", None),
    ] {
        desk.checks.take_host(host);
        let all = commands(&desk);
        let domain = domain.map(|it| format!("portolan-probe domain {it} --json > domain.json"));
        assert_eq!(all.get(1), domain.as_ref(), "{host}: {all:?}");
    }
    // Without the program the records are asked for as well.
    desk.checks.take_host("smtp.x.example");
    let (text, _) = shown(&desk);
    for words in [
        "dig x.example MX x.example TXT _dmarc.x.example TXT SELECTOR._domainkey.x.example TXT",
        "Resolve-DnsName _dmarc.x.example -Type TXT",
        "neither signs in nor sends",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
}

#[test]
fn what_is_said_to_listeners_is_the_headline() {
    let desk = desk("#/check", &[sample::working()]);
    assert_eq!(desk.status(&given()), "587 works.");
    assert!(
        desk.checks
            .wanted(&portolan_facts::Facts::default())
            .providers
            .is_empty()
    );
}

#[test]
fn a_provider_of_the_catalogue_is_wanted_and_nothing_else_is() {
    let mut report = sample::working();
    report.asked.target.kind = TargetKind::Provider;
    let facts = portolan_builtin::facts();
    let mut bare = portolan_facts::Facts::new(facts.core().clone());
    bare.set_index(facts.index().clone());
    for (name, wanted) in [
        ("sendgrid", vec!["sendgrid"]),
        ("../../etc/passwd", vec![]),
        ("nobody", vec![]),
    ] {
        name.clone_into(&mut report.asked.target.name);
        let desk = desk("#/check", &[report.clone()]);
        assert_eq!(desk.checks.wanted(&bare).providers, wanted, "{name}");
    }
    assert!(matches!(
        desk("#/check", &[report]).ask("check save json"),
        After::Save(..)
    ));
}
