//! A whole domain, as the command shows it.

use std::process::{Command, Output};

use hickory_proto::op::ResponseCode;
use portolan_check::domain::assess;
use portolan_dns::lookup::{Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::spf::{Zone, answer_from_zone};
use portolan_report::domain::DomainReport;
use portolan_wire::read_domain_report;

use crate::server::{Fault, Server};

fn text(text: &str) -> Record {
    Record::Txt(vec![text.as_bytes().to_vec()])
}

fn mx(preference: u16, host: &str) -> Record {
    Record::Mx {
        preference,
        host: host.to_owned(),
    }
}

/// A domain with which nothing is wrong, hosted at a provider whose selector is documented.
fn good() -> Zone {
    let key = format!("v=DKIM1; k=ed25519; p={}", "A".repeat(43) + "=");
    let mut zone = Zone::default();
    zone.add("example.com", mx(10, "mx1.example.com"));
    zone.add(
        "example.com",
        text("v=spf1 include:_spf.google.com ip4:192.0.2.0/24 -all"),
    );
    zone.add("_spf.google.com", text("v=spf1 ip4:198.51.100.0/24 ~all"));
    zone.add("google._domainkey.example.com", text(&key));
    zone.add("s1._domainkey.example.com", text(&key));
    zone.add(
        "_dmarc.example.com",
        text("v=DMARC1; p=reject; rua=mailto:reports@example.com"),
    );
    zone.add("_mta-sts.example.com", text("v=STSv1; id=1"));
    zone.add(
        "_smtp._tls.example.com",
        text("v=TLSRPTv1; rua=mailto:reports@example.com"),
    );
    zone.add("mx1.example.com", Record::A([192, 0, 2, 25].into()));
    zone.add(
        "25.2.0.192.in-addr.arpa",
        Record::Ptr("mx1.example.com".to_owned()),
    );
    zone
}

fn probe(arguments: &[&str], servers: &[&Server]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portolan-probe"));
    command.arg("domain").args(arguments).env_remove("NO_COLOR");
    for server in servers {
        command.args(["--resolver", &server.address.to_string()]);
    }
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn a_good_domain_is_shown_as_one() {
    let server = Server::start(good()).authenticated();
    let arguments = [
        "example.com",
        "--ip",
        "192.0.2.25",
        "--selector",
        "s1",
        "--no-https",
    ];
    let output = probe(&arguments, &[&server]);
    let text = out(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(text.starts_with("example.com: nothing is wrong."), "{text}");
    for part in [
        "10 mx1.example.com  192.0.2.25",
        "1 of 10 look-ups, 0 of 2 that find nothing",
        "\u{2514}\u{2500} include:_spf.google.com  (1 look-up)",
        "from 192.0.2.25: pass by ip4:192.0.2.0/24",
        "s1 (named): Ed25519",
        "google (documented by google-workspace): Ed25519",
        "1. _dmarc.example.com: v=DMARC1; p=reject",
        "receivers apply reject to example.com",
        "192.0.2.25 \u{2192} mx1.example.com  leads back to it",
        "policy file: not fetched",
        "validated by 127.0.0.1:",
        "met       SPF passes for the sending servers.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn what_is_wrong_comes_with_the_record_that_mends_it() {
    let mut zone = Zone::default();
    zone.add("example.com", Record::A([192, 0, 2, 1].into()));
    zone.add("example.com", text("v=spf1 +all"));
    zone.add("_dmarc.example.com", text("v=DMARC1; p=none; pct=50"));
    zone.add("_dmarc.example.com", text("\u{1b}[2Jnothing"));
    let server = Server::start(zone);
    let output = probe(&["example.com"], &[&server]);
    let shown = out(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(
        shown.contains("Publish: example.com. IN TXT \"v=spf1 mx include:PROVIDER ~all\""),
        "{shown}"
    );
    assert!(
        shown.contains(
            "Publish: _dmarc.example.com. IN TXT \"v=DMARC1; p=none; rua=mailto:ADDRESS\""
        ),
        "{shown}"
    );
    assert!(shown.contains("implicit MX"), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown}");
    let markdown = out(&probe(&["example.com", "--markdown"], &[&server]));
    assert!(
        markdown.starts_with("## example.com\n\n**A problem was found.**"),
        "{markdown}"
    );
    assert!(
        markdown.contains("- Publish: `example.com. IN TXT \"v=spf1 mx include:PROVIDER ~all\"`"),
        "{markdown}"
    );
}

#[test]
fn a_report_is_read_strictly_and_judged_anew() {
    let server = Server::start(good());
    let output = probe(&["example.com", "--json", "--no-https"], &[&server]);
    let json = out(&output);
    let report = read_domain_report(json.as_bytes()).unwrap();
    assert_eq!(report.asked.name, "example.com");
    assert_eq!(report.asked.selectors.len(), 1);
    // The same answers, fed to a survey by hand, come to the same.
    let zone = good();
    for looked in &report.lookups {
        let kind = portolan_check::domain::read_kind(looked.kind);
        let lookup = Lookup::new(Name::new(&looked.name).unwrap(), kind);
        let wanted = portolan_check::domain::kept_answer(&answer_from_zone(&zone, &lookup));
        assert_eq!(looked.answers[0].answer, wanted, "{lookup}");
    }
    let file = std::env::temp_dir().join(format!("portolan-domain-{}.json", std::process::id()));
    std::fs::write(&file, &json).unwrap();
    let again = probe(&["--report", file.to_str().unwrap()], &[]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(again.status.code(), output.status.code());
    assert!(out(&again).starts_with(&assess(&report).verdict.sentence));
}

fn report(arguments: &[&str], servers: &[&Server]) -> DomainReport {
    let output = probe(&[arguments, &["--json", "--no-https"]].concat(), servers);
    read_domain_report(out(&output).as_bytes()).unwrap()
}

fn rules(report: &DomainReport) -> Vec<&'static str> {
    assess(report).findings.iter().map(|it| it.rule).collect()
}

#[test]
fn two_resolvers_are_compared() {
    let one = Server::start(good());
    let mut other = good();
    other.add("mx1.example.com", Record::A([192, 0, 2, 26].into()));
    other.add("_dmarc.example.com", text("v=DMARC1; p=none"));
    let other = Server::start(other).at(
        "_smtp._tls.example.com",
        Fault::Code(ResponseCode::ServFail),
    );
    let report = report(&["example.com"], &[&one, &other]);
    assert!(report.lookups.iter().all(|it| it.answers.len() == 2));
    let assessment = assess(&report);
    let of = |rule: &str| assessment.findings.iter().find(|it| it.rule == rule);
    let differ = of("resolvers-differ").unwrap();
    assert_eq!(differ.at, "_dmarc.example.com TXT");
    assert!(
        differ.what.contains(&other.address.to_string()),
        "{}",
        differ.what
    );
    assert_eq!(
        of("resolvers-differ-in-addresses").unwrap().at,
        "mx1.example.com A"
    );
    assert!(of("resolver-fails").unwrap().what.contains("SERVFAIL"));
}

#[test]
fn who_cannot_say_does_not_say_that_nothing_is_there() {
    let silent = Server::start(good()).everywhere(Fault::Silence);
    let output = probe(&["example.com", "--timeout", "0.3"], &[&silent]);
    let shown = out(&output);
    assert_eq!(output.status.code(), Some(3), "{shown}");
    assert!(shown.starts_with("example.com: not decided."), "{shown}");
    assert!(shown.contains("timed out"), "{shown}");
    assert!(!shown.contains("no record"), "{shown}");

    let refusing = Server::start(good()).everywhere(Fault::Code(ResponseCode::Refused));
    let output = probe(&["example.com"], &[&refusing]);
    let shown = out(&output);
    assert_eq!(output.status.code(), Some(3), "{shown}");
    assert!(shown.contains("REFUSED"), "{shown}");

    let failing =
        Server::start(good()).at("_dmarc.example.com", Fault::Code(ResponseCode::ServFail));
    let output = probe(&["example.com", "--no-https"], &[&failing]);
    let shown = out(&output);
    assert_eq!(output.status.code(), Some(3), "{shown}");
    assert!(
        shown.contains("_dmarc.example.com TXT: the resolver failed, SERVFAIL"),
        "{shown}"
    );
}

#[test]
fn a_domain_that_does_not_exist_is_said_to_be_missing() {
    let server = Server::start(Zone::default());
    let report = report(&["example.com"], &[&server]);
    assert_eq!(rules(&report), ["domain-missing"]);
}

#[test]
fn whose_word_on_dnssec_counts_is_said() {
    let mut report = report(&["example.com"], &[&Server::start(good()).authenticated()]);
    let said = |report: &DomainReport| {
        let assessment = assess(report);
        let section = assessment
            .sections
            .iter()
            .find(|it| it.title == "DNSSEC")
            .unwrap();
        section.lines[0].text.clone()
    };
    assert!(said(&report).starts_with("validated by 127.0.0.1:"));
    // The same words of a resolver somewhere, that nobody named.
    report.resolvers[0].on_loopback = false;
    report.resolvers[0].origin = portolan_report::domain::ResolverOrigin::System;
    assert!(said(&report).starts_with("not known: 127.0.0.1:"));
    for looked in &mut report.lookups {
        looked.answers[0].authenticated = false;
    }
    report.resolvers[0].on_loopback = true;
    assert!(said(&report).starts_with("not signed, says 127.0.0.1:"));
    report.resolvers[0].validates = Some(false);
    assert!(said(&report).contains("does not validate"));
}

#[test]
fn alignment_is_shown_side_by_side() {
    let mut zone = good();
    zone.add(
        "_dmarc.sender.example",
        text("v=DMARC1; p=none; rua=mailto:a@sender.example"),
    );
    let server = Server::start(zone);
    let arguments = [
        "example.com",
        "--envelope",
        "bounce.sender.example",
        "--signed-by",
        "mail.example.com",
    ];
    let report = report(&arguments, &[&server]);
    let assessment = assess(&report);
    let lines = &assessment
        .sections
        .iter()
        .find(|it| it.title == "DMARC")
        .unwrap()
        .lines;
    let texts: Vec<&str> = lines.iter().map(|it| it.text.as_str()).collect();
    let has = |part: &str| {
        assert!(
            texts.iter().any(|it| it.contains(part)),
            "{part}: {texts:#?}"
        );
    };
    has(
        "bounce.sender.example \u{2260} example.com  not aligned: use example.com, or a name below it, in its place",
    );
    has("mail.example.com = example.com  aligned");
}

/// A zone that wishes whoever asks ill: the look ends, the report can be read, and nothing acts upon a terminal.
#[test]
fn a_hostile_zone_is_survived() {
    let mut zone = Zone::default();
    let wide: Vec<String> = (0..300)
        .map(|it| format!("include:i{it}.example.com"))
        .collect();
    zone.add(
        "example.com",
        Record::Txt(vec![format!("v=spf1 {} -all", wide.join(" ")).into_bytes()]),
    );
    for it in 0..300 {
        let inner = format!(
            "v=spf1 include:i{}.example.com a:x{it}.example.com mx:y{it}.example.com ?all",
            (it + 7) % 300
        );
        zone.add(&format!("i{it}.example.com"), text(&inner));
    }
    for it in 0..200 {
        zone.add(
            "example.com",
            mx(it, &format!("\u{1b}[31mmx{it}.example.com")),
        );
        zone.add("example.com", text(&format!("v=spf1 \u{202e}{it}")));
    }
    let server = Server::start(zone);
    let report = report(&["example.com"], &[&server]);
    let assessment = assess(&report);
    let shown = portolan_probe::domain::shown(&report, &assessment, false);
    let acts = |it: char| it.is_control() && it != '\n';
    assert!(
        !shown.contains(acts) && !shown.contains('\u{202e}'),
        "{shown}"
    );
    let markdown = portolan_check::domain::markdown(&report, &assessment);
    assert!(
        !markdown.contains(acts) && !markdown.contains('\u{202e}'),
        "{markdown}"
    );
}

#[test]
fn wrong_usage_is_told_and_help_is_given() {
    let output = probe(&["a..b"], &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("two dots in a row"));
    let output = probe(&["--help"], &[]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("--resolver ADDRESS[:PORT]"));
    let output = probe(&["--report", "/nowhere"], &[]);
    assert_eq!(output.status.code(), Some(2));
}
