//! The same failure in other clothes names the same cause, or none: real cases where `PORTOLAN_CORPUS` names them, and the
//! project's own replies.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test says so when it fails"
)]

use std::path::{Path, PathBuf};

use portolan_smtp::analyze;
use serde::Deserialize;

#[derive(Deserialize)]
struct Real {
    text: String,
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Real>,
}

/// All texts: the real ones are not looked at here, only compared with themselves.
fn texts() -> Vec<String> {
    let own: Cases = toml::from_str(include_str!("replies.toml")).unwrap();
    let mut texts: Vec<String> = own.case.into_iter().map(|case| case.text).collect();
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/cases.jsonl");
    let path = std::env::var_os("PORTOLAN_CORPUS").map_or_else(beside, PathBuf::from);
    if let Ok(lines) = std::fs::read_to_string(path) {
        for line in lines.lines() {
            let case: Real = serde_json::from_str(line).unwrap();
            texts.push(case.text);
        }
    }
    texts
}

fn cause(text: &[u8]) -> &'static str {
    let analysis = analyze(text);
    analysis.findings.first().map_or("none", |it| it.cause.id)
}

/// How one text becomes another that says the same.
type Change = fn(&str) -> Vec<u8>;

fn each_line(text: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let lines: Vec<String> = text.lines().map(change).collect();
    lines.join("\n").into_bytes()
}

/// Lines broken at blanks, as a mail program breaks a quotation.
fn wrapped(text: &str, width: usize) -> Vec<u8> {
    let mut out = String::new();
    for line in text.lines() {
        let mut length = 0;
        for word in line.split_inclusive(' ') {
            if length > 0 && length + word.len() > width {
                out.push('\n');
                length = 0;
            }
            out.push_str(word);
            length += word.len();
        }
        out.push('\n');
    }
    out.into_bytes()
}

const CHANGES: &[(&str, Change)] = &[
    ("CR and LF", |text| text.replace('\n', "\r\n").into_bytes()),
    ("CR alone", |text| text.replace('\n', "\r").into_bytes()),
    ("empty lines between", |text| {
        text.replace('\n', "\n\n").into_bytes()
    }),
    ("quoted", |text| each_line(text, |line| format!("> {line}"))),
    ("indented", |text| {
        each_line(text, |line| format!("    {line}"))
    }),
    ("in a container's log", |text| {
        each_line(text, |line| format!("mail-1  | {line}"))
    }),
    ("in a journal", |text| {
        each_line(text, |line| {
            format!("Nov 25 10:00:00 host app[123]: {line}")
        })
    }),
    ("with times", |text| {
        each_line(text, |line| format!("2026-11-25T10:00:00.123Z {line}"))
    }),
    ("with a level", |text| {
        each_line(text, |line| {
            format!("[2026-11-25 10:00:00] app.ERROR: {line}")
        })
    }),
    ("in a code fence", |text| {
        format!("Hello, this is what I see:\n```\n{text}\n```\nAny idea?").into_bytes()
    }),
    ("in a string of JSON", |text| {
        serde_json::to_string(&text).unwrap().into_bytes()
    }),
    ("wrapped at 78", |text| wrapped(text, 78)),
    ("with bytes that are no UTF-8", |text| {
        [b"\xff\xfe ", text.as_bytes(), b" \x80"].concat()
    }),
    ("with remarks around", |text| {
        format!("Our shop cannot send since yesterday.\n\n{text}\n\nThanks, Ann\n").into_bytes()
    }),
];

/// Shares of texts whose cause stays. What does not stay becomes none, but for the share behind it.
#[test]
fn other_clothes_name_no_other_cause() {
    let texts = texts();
    let mut report = Vec::new();
    for (name, change) in CHANGES {
        let (mut same, mut other) = (0_u32, Vec::new());
        for text in &texts {
            let (before, after) = (cause(text.as_bytes()), cause(&change(text)));
            if before == after {
                same += 1;
            } else if after != "none" && before != "none" {
                other.push(format!("{before} became {after}"));
            }
        }
        let all = u32::try_from(texts.len()).unwrap();
        let lost = all - same - u32::try_from(other.len()).unwrap();
        println!(
            "{name}: of {all}, {same} the same, {lost} between none and one, {} another",
            other.len()
        );
        if other.len() * 1000 > texts.len() * OTHERS {
            report.push(format!("{name}:\n  {}", other.join("\n  ")));
        }
        if u64::from(same) * 100 < texts.len() as u64 * SAME {
            report.push(format!("{name}: {same} of {all} stay the same"));
        }
    }
    assert!(report.is_empty(), "{}", report.join("\n"));
}

/// In thousandths of the texts, so many at most name another cause; in hundredths, so many at least the same.
const OTHERS: usize = 5;
const SAME: u64 = 99;

/// A text that is cut at both ends, at blanks: most keep their cause, few name another.
#[test]
fn cuts_seldom_name_another_cause() {
    let texts = texts();
    let (mut all, mut same, mut none, mut other) = (0_u32, 0_u32, 0_u32, Vec::new());
    for text in texts.iter().filter(|text| text.len() > 60) {
        for (from, to) in [(10, 0), (0, 10), (10, 10), (25, 0), (0, 25)] {
            let cut = |share: usize| text.len() * share / 100;
            let start = (cut(from)..text.len())
                .find(|at| text.is_char_boundary(*at))
                .unwrap();
            let end = (0..=text.len() - cut(to))
                .rfind(|at| text.is_char_boundary(*at))
                .unwrap();
            let (before, after) = (
                cause(text.as_bytes()),
                cause(&text.as_bytes()[start..end.max(start)]),
            );
            all += 1;
            match () {
                () if before == after => same += 1,
                () if after == "none" => none += 1,
                // Not which text: some of them are set aside.
                () => other.push(format!("{before} became {after}")),
            }
        }
    }
    let share = |part: usize| f64::from(u32::try_from(part).unwrap()) / f64::from(all);
    println!(
        "cut: of {all}, {same} the same, {none} none, {} another ({:.3})",
        other.len(),
        share(other.len())
    );
    assert!(share(other.len()) <= CUT_OTHERS, "{}", other.join("\n"));
}

const CUT_OTHERS: f64 = 0.093;
