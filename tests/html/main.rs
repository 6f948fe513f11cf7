//! The page's HTML, rendered natively for every kind of verdict: what a screen reader, a keyboard and a reader without
//! scripts depend on.
//!
//! Each rule in `rules.rs` has fragments that it must refuse and fragments that it must let pass, so that none of them
//! can go blind. What only a browser knows (focus, colours, widths) is in `tests/browser`.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod checks;
mod names;
mod rules;

use portolan::app::Start;
use portolan::state::door::Door;
use portolan::state::early::Early;
use portolan::state::learnt::learnt;
use portolan::state::link;
use portolan_facts::SettingKind;
use portolan_report::RouteKind;
use rules::RULES;
use scraper::{ElementRef, Html};

/// What links say, and the kind of route that the page answers with: every kind, contradictions, constraints that
/// nothing meets, many layers and ports, and what nothing is known of.
const CASES: [(&str, &str); 22] = [
    ("", "submission"),
    ("use=application&provider=sendgrid", "submission"),
    (
        "use=application&provider=sendgrid&environment=digitalocean-droplet",
        "submission",
    ),
    (
        "use=application&provider=resend&client=nodemailer",
        "submission",
    ),
    (
        "use=application&provider=amazon-ses&recognize=email-smtp.eu-west-1.amazonaws.com",
        "submission",
    ),
    ("use=person&provider=gmail&client=go-net-smtp", "submission"),
    ("provider=amazon-ses&environment=aws-ec2", "submission"),
    ("use=testing&provider=mailpit", "submission"),
    (
        "use=bulk&provider=mailersend&need=tls-from-first-byte,no-http",
        "submission",
    ),
    (
        "use=application&provider=microsoft-365&need=no-http&seen=587.timeout,25.open",
        "submission",
    ),
    (
        "use=mail-server&provider=sendgrid&posture=spf.yes,dkim.no",
        "submission",
    ),
    (
        "use=smarthost&provider=mailgun&client=postfix",
        "submission",
    ),
    ("use=device&provider=google-workspace&need=no-auth", "relay"),
    (
        "use=application&provider=sendgrid&environment=railway-hobby",
        "http-api",
    ),
    (
        "use=application&provider=gmail&environment=godaddy-shared",
        "host-relay",
    ),
    (
        "use=mail-server&provider=direct&environment=azure-vm-enterprise",
        "mx",
    ),
    (
        "use=mail-server&provider=direct&environment=aws-ec2&posture=spf.yes,ptr.yes",
        "mx",
    ),
    ("use=receiving", "receive"),
    (
        "use=person&provider=fastmail&environment=railway-hobby",
        "none",
    ),
    (
        "use=application&provider=smtp2go&environment=docker-bridge,digitalocean-droplet,residential-generic\
         &seen=25.timeout,465.refused,587.timeout,2525.open&client=nodemailer",
        "submission",
    ),
    (
        "use=application&provider=no-such-provider&environment=no-such-place",
        "submission",
    ),
    ("use=nonsense&colour=blue", "submission"),
];

#[test]
fn every_page_is_sound() {
    let mut broken = Vec::new();
    for (case, page) in pages() {
        for rule in RULES {
            // What the ports are for stands at the door that advises on them.
            if matches!(case.as_str(), "analyze.html" | "check.html")
                && rule.name.starts_with("each port")
            {
                continue;
            }
            let found = (rule.check)(&page);
            broken.extend(
                found
                    .iter()
                    .map(|it| format!("{case}: {}: {it}", rule.name)),
            );
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_rule_refuses_what_is_wrong_and_lets_the_rest_pass() {
    for rule in RULES {
        assert!(
            !rule.wrong.is_empty() && !rule.right.is_empty(),
            "{}",
            rule.name
        );
        for fragment in rule.wrong {
            let found = (rule.check)(&read(fragment));
            assert!(!found.is_empty(), "{} lets pass: {fragment}", rule.name);
        }
        for fragment in rule.right {
            let found = (rule.check)(&read(fragment));
            assert!(found.is_empty(), "{} in {fragment}: {found:?}", rule.name);
        }
    }
}

#[test]
fn the_cases_show_every_kind_of_route() {
    use RouteKind::{HostRelay, HttpApi, Mx, None, Receive, Relay, Submission};
    for (case, kind) in CASES {
        let page = page(case);
        let shown = names::all(&page, "#verdict .endpoint__address");
        let shown: Vec<_> = shown.iter().filter_map(|it| it.attr("data-kind")).collect();
        assert_eq!(shown, [kind], "{case}");
    }
    for kind in [HostRelay, HttpApi, Mx, None, Receive, Relay, Submission] {
        assert!(CASES.iter().any(|(_, it)| *it == kind.id()), "{kind:?}");
    }
}

#[test]
fn without_scripts_the_page_says_which_port() {
    let page = arrived(Door::Advise);
    let words = names::text_of(page.root_element());
    for expected in [
        "Scripts are off",
        "Which port should your mail leave by?",
        "hands its mail over on 587",
        "or on 465",
        "Should my application send on port 25?",
        "Why is outbound port 25 blocked",
    ] {
        assert!(words.contains(expected), "{expected} is missing in {words}");
    }
    let verdict = names::text_of(names::by_id(&page, "verdict").unwrap());
    for expected in ["587", "STARTTLS, required", "Confidence"] {
        assert!(
            verdict.contains(expected),
            "{expected} is missing in {verdict}"
        );
    }
}

#[test]
fn without_scripts_every_cause_says_what_shows_it_and_what_mends_it() {
    let page = arrived(Door::Analyze);
    for cause in portolan_smtp::causes() {
        let id = format!("cause-{}", cause.id.replace('.', "-"));
        let shown = names::by_id(&page, &id).map(names::text_of);
        if cause.id.starts_with("ok.") {
            assert_eq!(shown, None, "what went well is no failure");
            continue;
        }
        let shown = shown.unwrap_or_default();
        let remedy = cause
            .remedies
            .iter()
            .find(|it| it.provider.is_none())
            .unwrap();
        for words in [cause.means, cause.evidence, remedy.action, cause.wait] {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                shown.contains(&words),
                "{}: {words} is missing in {shown}",
                cause.id
            );
        }
    }
}

#[test]
fn without_scripts_every_client_that_hides_something_says_what_shows_it() {
    let page = arrived(Door::Analyze);
    let table = names::text_of(
        names::by_id(&page, "shows-title")
            .unwrap()
            .next_siblings()
            .filter_map(ElementRef::wrap)
            .find(|it| it.value().name() == "table")
            .unwrap(),
    );
    let facts = portolan_builtin::facts();
    let hiding: Vec<_> = facts.clients().filter(|it| it.hides.is_some()).collect();
    assert!(hiding.len() >= 4, "{}", hiding.len());
    for client in hiding {
        let what = &client.hides.as_ref().unwrap().what;
        let (_, hidden) = what.split_at(1);
        let debug = |it: &&portolan_facts::Setting| it.what == SettingKind::Debug;
        let switch = &client.settings.iter().find(debug).unwrap().name;
        for words in [&client.name, hidden, switch] {
            assert!(table.contains(words), "{words} is missing in {table}");
        }
    }
    assert!(
        table.find("curl") < table.find("Nodemailer"),
        "those that hide come first"
    );
}

#[test]
fn without_scripts_the_check_door_says_what_to_run_and_what_answers_mean() {
    let page = arrived(Door::Check);
    let text = names::text_of(page.root_element());
    for words in [
        "Which ports answer, and how?",
        "cargo install --path crates/portolan-probe",
        "cargo xtask probe",
        "the repository that this site was built from",
        "It neither signs in nor sends unless told to",
        "a minute at the most",
        "nobody else is told",
        "A click on a command selects it whole",
        "portolan-probe smtp.example.org --json > report.json",
        "portolan-probe domain example.org --json > domain.json",
        "dig DOMAIN MX DOMAIN TXT _dmarc.DOMAIN TXT",
        "Whoever runs the network. Try 587, 465, then 2525",
        "Never turn the check off",
    ] {
        assert!(text.contains(words), "{words} is missing in {text}");
    }
    for question in portolan_check::commands::QUESTIONS {
        assert!(text.contains(question.asks), "{}", question.asks);
        for way in question.ways {
            let command: Vec<&str> = way.command.split_whitespace().collect();
            assert!(text.contains(&command.join(" ")), "{}", way.command);
        }
    }
}

#[test]
fn the_links_to_the_doors_carry_what_the_doors_say() {
    let page = arrived(Door::Advise);
    for door in portolan::state::door::DOORS {
        let link = names::all(&page, &format!("nav [data-door={}]", door.id()));
        let link = link.first().unwrap();
        assert_eq!(link.attr("data-headline"), Some(door.headline()));
        assert_eq!(link.attr("data-lede"), Some(door.lede()));
        assert_eq!(link.attr("href"), Some(door.file()));
    }
}

#[test]
fn what_an_analysis_learns_is_a_link_that_the_advice_understands() {
    let facts = portolan_builtin::facts();
    for (text, expected) in [
        (
            "Nodemailer: connect ETIMEDOUT smtp.gmail.com:25 Connection timeout",
            "provider=gmail&client=nodemailer&seen=25.timeout",
        ),
        (
            "dial tcp 192.0.2.1:587: connect: connection refused",
            "seen=587.refused",
        ),
    ] {
        let mut reading = portolan_explain::Reading::default();
        reading.push(text.as_bytes());
        let fragment = portolan_explain::learnt(&reading.finish(), &facts).fragment();
        let read = link::parse(&fragment);
        assert_eq!(read.ignored, Vec::<String>::new(), "{fragment}");
        assert_eq!(
            link::print(&read.answers, "", ""),
            format!("#/advise?{expected}")
        );
        assert_eq!(learnt(read).len(), expected.split('&').count());
    }
}

/// What arrives, what links lead to, and the list of a picker: open, and with nothing in it.
fn pages() -> Vec<(String, Html)> {
    let mut pages = vec![
        ("as it arrives".to_owned(), arrived(Door::Advise)),
        ("analyze.html".to_owned(), arrived(Door::Analyze)),
        ("check.html".to_owned(), arrived(Door::Check)),
    ];
    pages.extend(CASES.map(|(case, _)| (case.to_owned(), page(case))));
    for typed in ["s", "nothing has this name"] {
        let early = Early {
            typed: vec![("provider-pick".to_owned(), typed.to_owned())],
            ..Early::default()
        };
        let text = portolan::render(Start {
            facts: portolan_builtin::facts(),
            early,
            ..Start::default()
        });
        pages.push((format!("typed: {typed}"), read(&text)));
    }
    pages
}

fn arrived(door: Door) -> Html {
    read(&portolan::prerender(&portolan_builtin::facts(), door))
}

fn page(case: &str) -> Html {
    let link = link::parse(&format!("#/advise?{case}"));
    read(&portolan::render(Start {
        facts: portolan_builtin::facts(),
        answers: link.answers,
        ignored: link.ignored,
        ..Start::default()
    }))
}

/// A body, read as by a browser whose scripts are off.
fn read(body: &str) -> Html {
    // The parser has scripts on, and would take all that noscript holds for one text.
    let body = body
        .replace("<noscript>", "<div class=\"noscript\">")
        .replace("</noscript>", "</div>");
    Html::parse_document(&format!(
        "<!doctype html><html lang=\"en\"><head><title>t</title></head><body>{body}</body></html>"
    ))
}

/// Where the site's owner wants to hear of it, each fact says so: the sentence and its sources are in the address, and
/// nothing in them can end it.
#[test]
fn every_sourced_sentence_can_be_called_wrong() {
    let link =
        link::parse("#/advise?use=application&provider=sendgrid&environment=digitalocean-droplet");
    let with = |report: Option<&str>| {
        read(&portolan::render(Start {
            facts: portolan_builtin::facts(),
            answers: link.answers.clone(),
            report: report.map(str::to_owned),
            ..Start::default()
        }))
    };
    let page = with(Some("https://forge.example/new?body={text}"));
    let sourced = names::all(&page, "#verdict .sources").len();
    let wrong = names::all(&page, "#verdict .sources > .sources__wrong");
    assert!(
        sourced > 10 && wrong.len() == sourced,
        "{sourced} and {}",
        wrong.len()
    );
    for link in wrong {
        let address = link.attr("href").unwrap();
        let text = address
            .strip_prefix("https://forge.example/new?body=")
            .unwrap();
        assert!(text.contains("%0a") && text.len() > 20, "{address}");
        assert!(!text.contains(['"', '<', '&', '#', ' ']), "{address}");
    }
    assert!(names::all(&with(None), ".sources__wrong").is_empty());
}
