//! Which way is named: never a port that the same report saw fail while another works, and what is wrong comes with it.

use portolan_check::sample;
use portolan_report::probe::{CertificateFault, ConnectFault, Outcome, ProbeReport, Stage, Visit};
use scraper::{Html, Selector};

use crate::{clouded, desk, failed, shown, texts};

/// The same report where nobody named a port, and of this host.
fn unnamed(host: &str, mut report: ProbeReport) -> ProbeReport {
    host.clone_into(&mut report.asked.target.name);
    for it in &mut report.asked.hosts {
        host.clone_into(&mut it.name);
        it.ports.iter_mut().for_each(|it| it.is_named = false);
    }
    for it in &mut report.visits {
        host.clone_into(&mut it.host);
    }
    report
}

fn dead() -> Vec<Visit> {
    let ports = [25, 465, 587, 2525];
    ports
        .map(|port| failed(port, ConnectFault::TimedOut))
        .to_vec()
}

/// A session in plain text whose STARTTLS was taken out.
fn stripped(port: u16) -> Visit {
    sample::visit(
        port,
        vec![
            sample::connected(),
            sample::reply(Stage::Greeting, "220 mx.example.org ESMTP"),
            sample::reply(
                Stage::Ehlo,
                "250-mx.example.org\n250-XXXXXXXA\n250 AUTH PLAIN",
            ),
        ],
    )
}

fn advised(page: &Html) -> String {
    texts(page, ".check__advice").concat()
}

fn link(page: &Html) -> String {
    let ways = Selector::parse(".advised a.button").unwrap();
    let link = page.select(&ways).next().unwrap();
    link.value().attr("href").unwrap().to_owned()
}

#[test]
fn what_answers_beside_dropped_submission_is_advised_with_its_condition() {
    let report = unnamed("smtp.example.org", clouded("smtp.example.org"));
    let (text, page) = shown(&desk("#/check", &[report]));
    assert_eq!(
        texts(&page, ".check__level").concat(),
        "A problem was found · smtp.example.org"
    );
    assert_eq!(
        advised(&page),
        "Use smtp.example.org:2525, STARTTLS required, if the server is yours or its owner documents it."
    );
    assert_eq!(texts(&page, ".advised .endpoint__port"), ["2525"]);
    assert_eq!(texts(&page, ".track.chosen b"), ["2525"]);
    assert!(!text.contains("a block on the way is possible"), "{text}");
    assert!(text.contains("network.port-blocked"), "{text}");
}

#[test]
fn the_host_and_what_timed_out_there_go_along_into_advise() {
    let report = unnamed("smtp.example.org", clouded("smtp.example.org"));
    let (_, page) = shown(&desk("#/check", std::slice::from_ref(&report)));
    let taken = link(&page);
    assert!(
        taken.starts_with("#/advise?provider=own&recognize=smtp.example.org&seen="),
        "{taken}"
    );
    let answers = portolan_link::parse(&taken).answers;
    let advice = portolan_advice::advise(&portolan_builtin::facts(), &answers);
    let route = &advice.best.route;
    assert_eq!(
        route.host.as_ref().map(|it| it.name.as_str()),
        Some("smtp.example.org")
    );
    assert_eq!(route.port, Some(2525));
    let line = advice.chart.lines.iter().find(|it| it.port == 587).unwrap();
    assert_eq!(line.seen, Some(portolan_report::Reach::TimedOut));
    assert!(
        advice
            .assumptions
            .iter()
            .all(|it| it.question != "provider")
    );
    // Whoever named a provider keeps it: that nobody knows a host takes nothing back.
    let (_, page) = shown(&desk("#/check?provider=sendgrid", &[report]));
    assert!(!link(&page).contains("provider="), "{}", link(&page));
}

#[test]
fn where_no_port_answers_none_is_named() {
    let report = unnamed("smtp.example.org", sample::report(dead()));
    let (text, page) = shown(&desk("#/check", &[report]));
    assert!(
        advised(&page).starts_with("No port gets out from here"),
        "{}",
        advised(&page)
    );
    assert!(advised(&page).contains("another network"));
    assert!(texts(&page, ".advised .endpoint__port").is_empty());
    assert!(texts(&page, ".track.chosen").is_empty());
    assert!(!text.contains("(advised)"), "{text}");
    assert!(text.contains("network.timeout"), "{text}");
}

#[test]
fn an_mx_host_is_for_delivery_on_25() {
    let report = unnamed("gmail-smtp-in.l.google.com", sample::report(dead()));
    let (_, page) = shown(&desk("#/check", &[report]));
    let told = advised(&page);
    assert!(told.starts_with("25 is shut here"), "{told}");
    let other = "For an account of your own at this provider the way is another, signed in: smtp.gmail.com:587";
    assert!(told.contains(other), "{told}");
    assert!(texts(&page, ".advised .endpoint__port").is_empty());
    let sending = unnamed("smtp.gmail.com", sample::working());
    let (_, page) = shown(&desk("#/check", &[sending]));
    assert_eq!(advised(&page), "Use smtp.gmail.com:587, STARTTLS required.");
}

#[test]
fn where_tls_was_taken_out_the_map_says_so_and_no_dead_port_is_named() {
    let mut visits = vec![
        stripped(25),
        failed(465, ConnectFault::TimedOut),
        stripped(587),
    ];
    visits.push(failed(2525, ConnectFault::Refused));
    let report = unnamed("smtp.example.org", sample::report(visits));
    let (text, page) = shown(&desk("#/check", &[report]));
    assert!(texts(&page, ".check__level").concat().starts_with("Danger"));
    assert_eq!(advised(&page), "Sign in nowhere before that is mended.");
    assert!(texts(&page, ".advised .endpoint__port").is_empty());
    assert!(!text.contains("Submit on 465"), "{text}");
    let failed = texts(&page, "td[data-passage=failed]").concat();
    assert_eq!(
        failed.matches("taken out on the way").count(),
        2,
        "{failed}"
    );
}

#[test]
fn a_certificate_for_another_name_is_the_headline() {
    let mut visits = vec![
        failed(25, ConnectFault::TimedOut),
        sample::implicit(465),
        sample::submission(587),
        failed(2525, ConnectFault::Refused),
    ];
    for step in visits.iter_mut().flat_map(|it| &mut it.steps) {
        if let Outcome::Tls { session } = &mut step.outcome {
            session.faults = vec![CertificateFault::NameMismatch];
        }
    }
    let report = unnamed("smtp.example.org", sample::report(visits));
    let (_, page) = shown(&desk("#/check", &[report]));
    assert_eq!(
        texts(&page, "#finding"),
        ["587 and 465 answer with a certificate for another name; 2525 is refused; 25 times out."]
    );
    let weights = texts(&page, ".found__weight");
    assert_eq!(weights, ["Problem", "Note", "Note"]);
    assert_eq!(
        advised(&page),
        "Once that is mended: smtp.example.org:587, STARTTLS required."
    );
}

#[test]
fn what_needs_a_look_is_not_said_to_be_in_order() {
    let listed =
        "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org";
    let turned = sample::visit(
        25,
        vec![sample::connected(), sample::reply(Stage::Greeting, listed)],
    );
    let report = unnamed(
        "smtp.example.org",
        sample::report(vec![turned, sample::submission(587)]),
    );
    let (text, page) = shown(&desk("#/check", &[report]));
    assert!(
        texts(&page, ".check__level")
            .concat()
            .starts_with("It works, with something to see to")
    );
    assert_eq!(
        texts(&page, "#finding"),
        ["587 works; 25 answers and turns this address away, which is on a blocklist."]
    );
    assert!(text.contains("policy.ip-blocklisted"), "{text}");
}
