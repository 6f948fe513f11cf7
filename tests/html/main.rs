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
use portolan::state::link;
use portolan_report::RouteKind;
use rules::RULES;
use scraper::Html;

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
    let page = arrived();
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

/// What arrives, what links lead to, and the list of a picker: open, and with nothing in it.
fn pages() -> Vec<(String, Html)> {
    let mut pages = vec![("as it arrives".to_owned(), arrived())];
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

fn arrived() -> Html {
    read(&portolan::prerender(
        &portolan_builtin::facts(),
        Door::Advise,
    ))
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
