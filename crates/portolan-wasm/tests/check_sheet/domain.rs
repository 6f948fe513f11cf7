//! The records of a domain: pasted, or as a report; what is not there is not known.

use portolan_check::domain::pasted;
use portolan_intake::{Kind, recognize};
use portolan_report::sheet::Press;
use portolan_wasm::desk::{After, Desk};
use portolan_wasm::intake::Given;
use portolan_wire::write_domain_report;
use scraper::Html;

use crate::render::html;
use crate::{presses, texts};

const NOW: i64 = 1_795_737_600;

const PASTED: &str = "\
; <<>> DiG 9.18.49 <<>> example.com txt
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 1
;; QUESTION SECTION:
;example.com. IN TXT
;; ANSWER SECTION:
example.com. 300 IN TXT \"v=spf1 include:_spf.example.net +all\"
example.com. 300 IN MX 10 mx.example.com.
_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=none; pct=50\"
something that is no record
";

fn given() -> Given {
    Given {
        kind: Kind::Records,
        ..Given::default()
    }
}

fn desk(text: &str) -> Desk {
    let mut desk = Desk::default();
    desk.checks.begin();
    desk.checks.take_records(text, NOW);
    desk
}

fn shown(desk: &Desk) -> (String, Html) {
    let text = html(&desk.sheet(&given()));
    let page = Html::parse_fragment(&text);
    (text, page)
}

#[test]
fn pasted_records_are_judged_and_what_was_not_pasted_is_not_missing() {
    assert_eq!(recognize(PASTED.as_bytes()).kind, Kind::Records);
    let desk = desk(PASTED);
    let (text, page) = shown(&desk);
    let head = texts(&page, "h2").concat();
    assert!(head.starts_with("example.com: "), "{head}");
    assert_eq!(desk.status(&given()), head);
    let rules = texts(&page, ".kicker__id");
    assert!(rules.contains(&"spf-all-passes".to_owned()), "{rules:?}");
    assert!(rules.contains(&"dmarc-policy-none".to_owned()), "{rules:?}");
    assert!(!rules.iter().any(|it| it.contains("missing")), "{rules:?}");
    assert!(text.contains("not in what was pasted"), "{text}");
    assert!(text.contains("something that is no record"));
    // The worst comes first, with the record that mends it, to be copied.
    assert_eq!(rules.first().map(String::as_str), Some("spf-all-passes"));
    let mut found = Vec::new();
    presses(&desk.sheet(&given()), &mut found);
    let copies = |it: &Press| matches!(it, Press::Copy(text) if text.contains("IN TXT \"v=spf1"));
    assert!(found.iter().any(copies), "{found:?}");
}

#[test]
fn what_is_known_goes_into_the_advice() {
    let good = "example.com. IN TXT \"v=spf1 mx -all\"\nexample.com. IN MX 10 mx.example.com.\nmx.example.com. IN A 192.0.2.1\n";
    let (text, _) = shown(&desk(good));
    assert!(text.contains("#/advise?posture=spf"), "{text}");
    assert!(!text.contains("posture=dmarc"), "{text}");
    let (text, _) = shown(&desk(PASTED));
    assert!(text.contains("SPF is not in order"), "{text}");
}

#[test]
fn a_record_alone_is_judged_without_a_domain() {
    let (text, page) = shown(&desk("v=spf1 ip4:192.0.2.1 +all"));
    assert!(text.contains("Nothing in it names the domain"), "{text}");
    assert!(!text.contains("domain.invalid"), "{text}");
    assert!(texts(&page, ".kicker__id").contains(&"spf-all-passes".to_owned()));
}

#[test]
fn a_report_of_a_domain_is_taken_beside_others_and_given_back_as_it_was() {
    let read = portolan_records::read(PASTED, None);
    let report = write_domain_report(&pasted(&read, NOW).unwrap().report);
    let mut desk = Desk::default();
    desk.checks.begin();
    desk.checks.take(Some("domain.json"), report.as_bytes());
    let (_, page) = shown(&desk);
    assert!(texts(&page, ".kicker__id").contains(&"spf-all-passes".to_owned()));
    let After::Save(name, holds) = desk.ask("check save json") else {
        panic!("nothing is saved");
    };
    assert!(name.starts_with("portolan-domain-example.com-"), "{name}");
    assert_eq!(
        portolan_wire::read_domain_report(holds.as_bytes()),
        portolan_wire::read_domain_report(report.as_bytes())
    );
    let After::Save(_, markdown) = desk.ask("check save md") else {
        panic!("nothing is saved");
    };
    assert!(markdown.starts_with("## example.com"), "{markdown}");
}

#[test]
fn records_of_strangers_are_text() {
    let evil = "example.com. IN TXT \"v=spf1 <img src=x onerror=alert(1)>\u{202e}\u{1b}[2J -all\"\n_dmarc.example.com. IN TXT \"v=DMARC1; p=<script>alert(1)</script>\"\n";
    let (text, page) = shown(&desk(evil));
    assert!(texts(&page, "img, script").is_empty());
    assert!(
        !text.contains('\u{1b}') && !text.contains('\u{202e}'),
        "{text}"
    );
    // More than anybody reads is cut, and said to be.
    let many: Vec<String> = (0..5_000)
        .map(|at| format!("h{at}.example.com. IN MX 10 m{at}.example.com."))
        .collect();
    let many = many.join("\n");
    let (text, _) = shown(&desk(&many));
    assert!(text.len() < 400_000, "{}", text.len());
}

#[test]
fn secrets_beside_records_are_masked() {
    let text = "example.com. IN TXT \"v=spf1 mx -all\"\nsmtp_password = hunter2hunter2\n-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1secret1secret1secret1secret1secret1secr\n-----END PRIVATE KEY-----\nmail ann.smith@example.com\n";
    let desk = desk(text);
    let (sheet, _) = shown(&desk);
    for secret in ["hunter2", "MC4CAQAwBQYDK2Vw", "ann.smith"] {
        assert!(!sheet.contains(secret), "{secret}: {sheet}");
    }
    assert!(sheet.contains("lines were not understood"), "{sheet}");
}

/// Somebody pastes a password into a record, and passes on what the page says of it.
#[test]
fn copies_and_files_of_pasted_records_are_masked() {
    let text = "example.com. IN TXT \"v=spf1 mx password=hunter2hunter2 +all\"\n_dmarc.example.com. IN TXT \"v=DMARC1; p=none; pct=50; rua=mailto:ann.smith@example.com\"\n";
    let mut desk = desk(text);
    let mut found = Vec::new();
    presses(&desk.sheet(&given()), &mut found);
    let copies: Vec<String> = found
        .into_iter()
        .filter_map(|it| match it {
            Press::Copy(text) => Some(text),
            Press::Ask(_) => None,
        })
        .collect();
    assert!(
        copies.iter().all(|it| !it.contains("hunter2")),
        "{copies:?}"
    );
    let saved = |desk: &mut Desk, form: &str| match desk.ask(&format!("check save {form}")) {
        After::Save(_, holds) => holds,
        other => panic!("{other:?}"),
    };
    let markdown = saved(&mut desk, "md");
    assert!(copies.contains(&markdown), "{copies:?}");
    assert!(!markdown.contains("hunter2"), "{markdown}");
    assert!(
        markdown.contains("mailto:a\u{2026}@example.com"),
        "{markdown}"
    );
    // A record that is to be published is whole.
    assert!(
        copies.iter().any(|it| it.contains("mailto:ann.smith@")),
        "{copies:?}"
    );
    let json = saved(&mut desk, "json");
    assert!(!json.contains("hunter2"), "{json}");
    let again = portolan_wire::read_domain_report(json.as_bytes()).unwrap();
    let rules = |report| -> Vec<&str> {
        let assessment = portolan_check::domain::assess(report);
        assessment.findings.iter().map(|it| it.rule).collect()
    };
    let read = portolan_records::read(text, None);
    let before = pasted(&read, NOW).unwrap().report;
    assert_eq!(rules(&again), rules(&before));
    let (_, page) = shown(&desk);
    let buttons = texts(&page, ".check__after button");
    assert_eq!(
        buttons,
        [
            "Copy as Markdown, masked",
            "Save the report, masked",
            "Save as Markdown"
        ]
    );
}

#[test]
fn a_text_without_records_says_what_is_expected() {
    let (text, _) = shown(&desk("nothing of the kind"));
    assert!(text.contains("expected lines of a zone file"), "{text}");
}

#[test]
fn another_domain_of_the_text_is_named_and_read_on_a_press() {
    let text = "a.example. IN TXT \"v=spf1 -all\"\nb.example. IN TXT \"v=spf1 +all\"\n";
    let mut desk = desk(text);
    let (_, page) = shown(&desk);
    let head = texts(&page, ".finding__cause").concat();
    assert!(head.contains("Records of b.example"), "{head}");
    assert!(texts(&page, "button").contains(&"Read b.example".to_owned()));
    desk.ask("check of 0");
    let (_, page) = shown(&desk);
    assert!(texts(&page, ".kicker__id").contains(&"spf-all-passes".to_owned()));
    assert!(texts(&page, "button").contains(&"Read a.example".to_owned()));
}

#[test]
fn a_line_with_a_record_that_could_not_be_read_says_so() {
    let text = "example.com. IN TXT \"MS=ms1\"\n\u{2610} here it is \u{2610}\tTXT\t\u{2610}\n";
    let (text, page) = shown(&desk(text));
    assert!(text.contains("Could not read this line"), "{text}");
    let rules = texts(&page, ".kicker__id");
    assert!(!rules.iter().any(|it| it.contains("missing")), "{rules:?}");
}

#[test]
fn what_the_large_receivers_ask_is_a_list_with_the_unknown_folded() {
    let (text, page) = shown(&desk(PASTED));
    let titles = texts(&page, ".ready h4");
    assert_eq!(titles.len(), 3, "{text}");
    assert!(
        titles.iter().all(|it| it.contains("not known")),
        "{titles:?}"
    );
    assert!(!texts(&page, ".ready details li").is_empty());
    let open = texts(&page, ".ready__lines > li");
    let folded = texts(&page, ".ready details li");
    assert!(open.len() > folded.len(), "what is known is not folded");
    for line in &open {
        assert!(!line.contains('(') && !line.contains("  "), "{line}");
    }
    // Where it stands is said once for each receiver.
    assert_eq!(texts(&page, ".ready .check__note").len(), 3, "{text}");
}
