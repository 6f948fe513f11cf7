//! Every form of every outcome, read back by a strict reader; and the exact text of one report, kept in `kept/`.
//!
//! `UPDATE=1 cargo test -p portolan-probe render` writes these anew.

mod exposition;

use std::path::PathBuf;

use portolan_check::{Level, assess};
use portolan_report::probe::{ConnectFault, ProbeReport};

use super::junit::junit;
use super::markdown::markdown;
use super::nagios::nagios;
use super::prometheus::prometheus;
use super::samples::{HOSTILE, all, fault, mixed};
use super::{Thresholds, exit_code};
use portolan_check::sample::{report, submission, visit, working};

fn plugin(report: &ProbeReport, warning: &str, critical: &str) -> (u8, String) {
    let limits = |text: &str| text.parse::<Thresholds>().unwrap_or_default();
    let (text, code) = nagios(report, &assess(report), limits(warning), limits(critical));
    (code, text)
}

#[test]
fn texts_are_those_that_are_kept() {
    let report = mixed();
    let assessment = assess(&report);
    let line = nagios(
        &report,
        &assessment,
        Thresholds::WARNING,
        Thresholds::CRITICAL,
    );
    for (name, text) in [
        ("junit.xml", junit(&report, &assessment)),
        ("markdown.md", markdown(&report, &assessment)),
        ("nagios.txt", line.0),
        ("prometheus.prom", prometheus(&report, &assessment)),
    ] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("src/render/kept")
            .join(name);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "{name}");
    }
}

#[test]
fn every_problem_comes_with_its_command_in_every_form() {
    let mut seen = 0;
    for (name, report) in all() {
        let assessment = assess(&report);
        let line = plugin(&report, "21d", "7d").1;
        let (xml, page, metrics) = (
            junit(&report, &assessment),
            markdown(&report, &assessment),
            prometheus(&report, &assessment),
        );
        let document = roxmltree::Document::parse(&xml).unwrap();
        let told: String = document.descendants().filter_map(|it| it.text()).collect();
        for command in assessment.wrong().filter_map(|it| it.command.as_deref()) {
            seen += 1;
            assert!(line.contains(command), "{name}: {line}");
            assert!(told.contains(command), "{name}: {told}");
            assert!(page.contains(&format!("`{command}`")), "{name}: {page}");
            assert!(metrics.contains(command), "{name}: {metrics}");
        }
    }
    assert!(seen > 15, "{seen}");
}

#[test]
fn a_plugin_says_how_bad_it_is() {
    for (name, report) in all() {
        let (code, text) = plugin(&report, "21d", "7d");
        let level = assess(&report).verdict.level;
        let (expected, word) = match level {
            Level::Fine => (0, "OK"),
            Level::Problem => (2, "CRITICAL"),
            Level::Undecided => (3, "UNKNOWN"),
        };
        assert_eq!(code, expected, "{name}: {text}");
        assert!(
            text.starts_with(&format!("SMTP {word} - ")),
            "{name}: {text}"
        );
        let (first, rest) = text.split_once('\n').unwrap();
        assert_eq!(first.matches('|').count(), 1, "{name}: {text}");
        assert_eq!(rest.is_empty(), level != Level::Problem, "{name}: {text}");
        assert!(!rest.contains('|'), "{name}: {text}");
        let numbers = first.split_once('|').unwrap().1;
        for number in numbers.split_ascii_whitespace() {
            assert!(is_performance_data(number), "{name}: {number}");
        }
    }
}

/// `label=value[unit];[warning];[critical];[least]`.
fn is_performance_data(text: &str) -> bool {
    let Some((label, rest)) = text.split_once('=') else {
        return false;
    };
    let mut parts = rest.split(';');
    let value = parts.next().unwrap_or_default();
    let is_number = |it: &str| it.parse::<f64>().is_ok();
    let is_range = |it: &str| it.is_empty() || is_number(it.trim_end_matches(':'));
    label
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'_')
        && is_number(value.trim_end_matches('s'))
        && parts.clone().count() == 3
        && parts.all(is_range)
}

#[test]
fn thresholds_decide_for_what_works() {
    // Its certificate holds for another 60 days, and its session takes a tenth of a second.
    let report = working();
    for (warning, critical, code) in [
        ("60d", "7d", 0),
        ("61d", "7d", 1),
        ("61d", "61d", 2),
        ("0.105s", "1s", 0),
        ("0.104s", "1s", 1),
        ("0.104s", "0.104s", 2),
        ("", "", 0),
    ] {
        let (found, text) = plugin(&report, warning, critical);
        assert_eq!(found, code, "{warning} {critical}: {text}");
    }
    let (_, text) = plugin(&report, "61d,5s", "7d,10s");
    assert!(
        text.contains("WARNING - the certificate ends in 60 days; mx.example.org:"),
        "{text}"
    );
    assert!(
        text.contains(" time=0.105s;5.000;10.000;0 cert_days=60;61:;7:; "),
        "{text}"
    );
    // What is broken stays so.
    let broken = report_with(ConnectFault::Refused);
    assert_eq!(plugin(&broken, "1d", "1d").0, 2);
}

fn report_with(seen: ConnectFault) -> ProbeReport {
    report(vec![visit(25, vec![fault(seen)]), submission(587)])
}

#[test]
fn a_port_that_is_dropped_lends_no_time() {
    let (_, text) = plugin(&report_with(ConnectFault::TimedOut), "", "");
    assert!(
        text.contains("time_587=") && !text.contains("time_25="),
        "{text}"
    );
}

#[test]
fn metrics_are_read_by_a_strict_reader() {
    for (name, report) in all() {
        let text = prometheus(&report, &assess(&report));
        let read = exposition::read(&text).unwrap_or_else(|why| panic!("{name}: {why}\n{text}"));
        for metric in [
            "success",
            "undecided",
            "info",
            "duration_seconds",
            "cut_short",
        ] {
            let metric = format!("portolan_probe_{metric}");
            assert_eq!(
                read.iter().filter(|it| it.name == metric).count(),
                1,
                "{name}: {metric}"
            );
        }
        let is_fine = exposition::one(&read, "success") > 0.5;
        assert_eq!(is_fine, exit_code(&assess(&report)) == 0, "{name}");
        for sample in &read {
            for (label, value) in &sample.labels {
                assert!(
                    label == "target" || label == "tool" || value.len() < 64,
                    "{value}"
                );
                assert!(
                    !value.contains("script"),
                    "{name}: a server's words are a label: {value}"
                );
            }
        }
    }
}

#[test]
fn an_expired_certificate_is_still_reported() {
    let report = mixed();
    let read = exposition::read(&prometheus(&report, &assess(&report))).unwrap();
    let of = |metric: &str, port: &str| {
        let name = format!("portolan_probe_{metric}");
        let is_of = |it: &&exposition::Sample| {
            it.name == name && it.labels.iter().any(|it| it.0 == "port" && it.1 == port)
        };
        read.iter().find(is_of).map(|it| it.value)
    };
    assert_eq!(of("tls_name_verified", "465"), Some(0.0));
    assert_eq!(of("tls_chain_verified", "465"), Some(1.0));
    assert_eq!(of("tls_name_verified", "587"), Some(1.0));
    assert_eq!(
        of("tls_cert_not_after_timestamp_seconds", "465"),
        Some(1_795_600_800.0)
    );
    assert_eq!(
        of("tls_cert_not_before_timestamp_seconds", "465"),
        Some(1_793_095_200.0)
    );
    assert_eq!(
        (of("reachable", "465"), of("works", "465")),
        (Some(1.0), Some(0.0))
    );
    assert_eq!(
        (of("reachable", "25"), of("tls_chain_verified", "25")),
        (Some(0.0), None)
    );
    assert_eq!(of("works", "587"), Some(1.0));
}

#[test]
fn a_place_that_is_named_twice_is_told_once() {
    let mut report = working();
    report.visits.push(report.visits[0].clone());
    let text = prometheus(&report, &assess(&report));
    assert!(exposition::read(&text).is_ok(), "{text}");
}

#[test]
fn xml_is_read_and_counts_what_it_holds() {
    for (name, report) in all() {
        let assessment = assess(&report);
        let text = junit(&report, &assessment);
        let document =
            roxmltree::Document::parse(&text).unwrap_or_else(|why| panic!("{name}: {why}\n{text}"));
        let root = document.root_element();
        let count = |tag: &str| {
            root.descendants()
                .filter(|it| it.has_tag_name(tag))
                .count()
                .to_string()
        };
        let with_failures = root
            .descendants()
            .filter(|it| it.has_tag_name("testcase"))
            .filter(|it| it.children().any(|it| it.has_tag_name("failure")))
            .count();
        assert_eq!(
            root.attribute("tests"),
            Some(count("testcase").as_str()),
            "{name}"
        );
        assert_eq!(
            root.attribute("skipped"),
            Some(count("skipped").as_str()),
            "{name}"
        );
        assert_eq!(
            root.attribute("failures"),
            Some(with_failures.to_string().as_str()),
            "{name}"
        );
        let is_wrong = assessment.verdict.level == Level::Problem;
        assert_eq!(with_failures > 0, is_wrong, "{name}: {text}");
    }
}

#[test]
fn nothing_that_a_server_said_acts() {
    let (_, report) = all().into_iter().find(|it| it.0 == "hostile").unwrap();
    let assessment = assess(&report);
    let said = &assessment.findings[0].sentence;
    assert!(
        said.contains("<script>"),
        "the sentence holds the server's words: {said}"
    );
    let text = junit(&report, &assessment);
    let document = roxmltree::Document::parse(&text).unwrap();
    let message = document
        .descendants()
        .find_map(|it| it.attribute("message"))
        .unwrap();
    assert_eq!(message, said);
    assert!(!document.descendants().any(|it| it.has_tag_name("script")));
    let page = markdown(&report, &assessment);
    assert!(
        !page.contains("<script>") && !page.contains("[x](y)"),
        "{page}"
    );
    let line = plugin(&report, "", "").1;
    assert_eq!(line.matches('|').count(), 1, "{line}");
    assert!(HOSTILE.contains("| time=0"));
}

#[test]
fn a_line_of_a_table_stays_one() {
    for (name, report) in all() {
        let page = markdown(&report, &assess(&report));
        let rows: Vec<&str> = page.lines().filter(|it| it.starts_with('|')).collect();
        let bars = |row: &str| row.replace("\\|", "").matches('|').count();
        let ports = assess(&report).ports.len();
        assert_eq!(
            rows.len(),
            if ports == 0 { 0 } else { ports + 2 },
            "{name}: {page}"
        );
        assert!(
            rows.iter().all(|it| bars(it) == bars(rows[0])),
            "{name}: {page}"
        );
    }
}

#[test]
fn control_letters_of_a_strangers_report_are_gone() {
    let mut report = working();
    report.asked.target.name = "a\u{1b}[2J\u{0}\nb\u{ffff}".to_owned();
    let assessment = assess(&report);
    let xml = junit(&report, &assessment);
    assert!(roxmltree::Document::parse(&xml).is_ok(), "{xml}");
    let metrics = prometheus(&report, &assessment);
    assert!(exposition::read(&metrics).is_ok(), "{metrics}");
    for text in [xml, markdown(&report, &assessment), metrics] {
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{0}'),
            "{text}"
        );
    }
}
