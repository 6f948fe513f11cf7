//! Reports of strangers: text stays text, commands stay commands, and a page stays a page.

use std::fmt::Write;

use portolan_check::sample;
use portolan_report::probe::{ConnectFault, Outcome, ProbeReport, Stage, limits};
use portolan_report::sheet::Press;
use portolan_wasm::desk::{After, Desk};
use portolan_wire::{read_report, write_report};

use crate::render::nodes;
use crate::{desk, failed, given, presses, shown, texts};

const EVIL: &str = "<img src=x onerror=alert(1)>\u{202e}\u{1b}[2J`$(id)`";

/// A report in which every text that a stranger can write is one that would act.
fn evil() -> ProbeReport {
    let mut report = sample::report(vec![
        sample::submission(587),
        failed(
            25,
            ConnectFault::Other {
                code: None,
                text: EVIL.to_owned(),
            },
        ),
    ]);
    report.asked.target.name = EVIL.to_owned();
    report.asked.ehlo_name = EVIL.to_owned();
    report.tool = EVIL.to_owned();
    for it in &mut report.asked.hosts {
        it.name = EVIL.to_owned();
    }
    for visit in &mut report.visits {
        visit.host = EVIL.to_owned();
        for step in &mut visit.steps {
            step.sent = step
                .sent
                .as_ref()
                .map(|_| format!("AUTH PLAIN AGFubgBodW50ZXIy {EVIL}"));
            match &mut step.outcome {
                Outcome::Reply { reply } | Outcome::Offers { reply, .. } => {
                    reply.lines = vec![format!("554 5.7.1 {EVIL} for ann@a.example")];
                    reply.code = 554;
                }
                Outcome::Tls { session } => {
                    session.suite = EVIL.to_owned();
                    session.checked_name = EVIL.to_owned();
                    let own = &mut session.chain[0];
                    own.subject = EVIL.to_owned();
                    own.issuer = EVIL.to_owned();
                    own.names = vec![EVIL.to_owned(); 200];
                }
                _ => {}
            }
        }
    }
    report
}

#[test]
fn nothing_of_a_stranger_acts() {
    for reports in [
        vec![evil()],
        vec![evil(), evil()],
        vec![evil(), sample::working()],
    ] {
        let desk = desk("#/check?provider=sendgrid", &reports);
        let (text, page) = shown(&desk);
        assert!(texts(&page, "img").is_empty());
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text}");
        let mut found = Vec::new();
        presses(&desk.sheet(&given()), &mut found);
        for press in found {
            if let Press::Copy(text) = press {
                let is_command = !text.starts_with("## ");
                assert!(!is_command || !text.contains("$(id)"), "{text}");
                assert!(
                    !text.contains("ann@") && !text.contains("AGFubgBodW50ZXIy"),
                    "{text}"
                );
            }
        }
        for link in texts(&page, "a[href]") {
            assert!(!link.contains("alert"), "{link}");
        }
    }
}

#[test]
fn secrets_leave_by_no_way() {
    let mut desk = desk("#/check", &[evil()]);
    let (text, _) = shown(&desk);
    assert!(!text.contains("AGFubgBodW50ZXIy"), "{text}");
    for form in ["json", "md"] {
        let After::Save(name, holds) = desk.ask(&format!("check save {form}")) else {
            panic!("{form} is no file")
        };
        assert!(!name.contains(['/', '<', '$', ' ']), "{name}");
        assert!(
            !holds.contains("AGFubgBodW50ZXIy") && !holds.contains("ann@"),
            "{holds}"
        );
        if form == "json" {
            assert!(read_report(holds.as_bytes()).is_ok(), "a report still");
        } else {
            assert!(!holds.replace("\\<", "").contains('<'), "{holds}");
        }
    }
}

#[test]
fn a_report_of_a_thousand_visits_stays_a_page() {
    let mut visits = Vec::new();
    for at in 0..limits::VISITS {
        let mut visit = sample::submission(587);
        visit.address = std::net::IpAddr::from([192, 0, 2, u8::try_from(at % 250).unwrap()]);
        visit.port = u16::try_from(1 + at).unwrap();
        visit.host = format!("mx{}.example.org", at % 30);
        visit.steps.truncate(1 + at % 6);
        visits.push(visit);
    }
    let mut report = sample::report(visits);
    report.asked.hosts.truncate(limits::HOSTS);
    for host in &mut report.asked.hosts {
        host.ports.truncate(limits::PORTS);
    }
    assert!(read_report(write_report(&report).as_bytes()).is_ok());
    let count = nodes(&desk("#/check", &[report.clone()]).sheet(&given()));
    assert!(count < 9_000, "{count}");
    let count = nodes(&desk("#/check", &[report.clone(), report]).sheet(&given()));
    assert!(count < 9_000, "{count}");
}

#[test]
fn what_is_no_report_is_told_with_its_place_and_in_few_words() {
    let good = write_report(&sample::working());
    let mut wide = String::from("{\"schema\":1,");
    for at in 0..2_000 {
        write!(wide, "\"{EVIL}{at}\":1,").unwrap();
    }
    for (text, words) in [
        (
            good.replace("\"schema\":1", "\"schema\":99"),
            "expected a report of schema 1, but found 99",
        ),
        (good.replace("\"port\":587", "\"port\":70000"), "port"),
        (
            good.replace(
                "portolan-probe 0.1.0\",",
                "portolan-probe 0.1.0\",\"<b>\":1,",
            ),
            "unknown field",
        ),
        (
            format!("{{\"schema\":1,\"visits\":{}", "[".repeat(200_000)),
            "It ends in the middle",
        ),
        (good[..good.len() / 2].to_owned(), "copy it whole"),
        (wide, "line 1"),
        ("{}".to_owned(), "It is no report of a check"),
        (String::new(), "begins with"),
    ] {
        let mut desk = Desk::default();
        desk.checks.begin();
        desk.checks.take(Some("<b>.json"), text.as_bytes());
        let (shown, page) = shown(&desk);
        assert_eq!(
            texts(&page, "#finding"),
            ["This report cannot be read."],
            "{words}"
        );
        assert!(shown.contains(words), "{words} is missing in {shown}");
        assert!(
            shown.len() < 4_000 && !shown.contains("<b>.json"),
            "{shown}"
        );
        assert!(desk.status(&given()).contains("cannot be read"));
    }
}

#[test]
fn a_link_is_made_by_a_press_and_only_where_it_is_short_enough() {
    let mut short = desk("#/check", &[evil()]);
    assert!(!shown(&short).0.contains("#/check?report="), "unasked");
    assert_eq!(short.ask("check link"), After::Show);
    let mut found = Vec::new();
    presses(&short.sheet(&given()), &mut found);
    let link = found.iter().find_map(|it| match it {
        Press::Copy(text) if text.starts_with("#/check?report=") => Some(text.clone()),
        _ => None,
    });
    let text = portolan_wasm::check::unpack(&link.unwrap()).unwrap();
    let report = read_report(&text).unwrap();
    assert!(!write_report(&report).contains("AGFubgBodW50ZXIy"));
    let mut long = sample::working();
    long.visits[0].steps[1] = sample::reply(
        Stage::Greeting,
        &(0..100).fold(String::from("220-a\n"), |mut text, at: u64| {
            let noise = at
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            for turn in 0..8_u32 {
                write!(
                    text,
                    "{:016x}",
                    noise.rotate_left(turn * 7).wrapping_mul(noise | 1)
                )
                .unwrap();
            }
            text.push('\n');
            text
        }),
    );
    let mut long = desk("#/check", &[long]);
    assert_eq!(long.ask("check link"), After::Show);
    let (text, _) = shown(&long);
    assert!(
        text.contains("save it as a file") && !text.contains("#/check?report="),
        "{text}"
    );
}

#[test]
fn lines_beside_a_report_are_said_to_be_left() {
    let mut desk = desk("#/check", &[]);
    let zone = "example.com. IN TXT \"v=spf1 -all\"\nexample.com. IN MX 10 mx.example.com.\n";
    let report = write_report(&sample::working());
    desk.checks.begin();
    desk.checks
        .take(None, format!("{report}\n{zone}").as_bytes());
    let words = "Only the report was read: 2 lines beside it were left.";
    let (text, _) = shown(&desk);
    assert!(text.contains(words), "{text}");
    assert!(desk.status(&given()).contains(words));
    desk.checks.begin();
    desk.checks.take(None, report.as_bytes());
    assert!(!shown(&desk).0.contains("were left"));
}
