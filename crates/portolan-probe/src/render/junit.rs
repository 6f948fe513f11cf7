//! XML as `JUnit` writes it, which builds show: a suite for each host, a case for each port of each address.
//!
//! A problem is a failure, with what to do and the command that shows it; what is not decided is skipped. What a server said
//! stands there as text: letters that XML has no form for are replaced.

use core::fmt::Write;

use portolan_check::{Assessment, Finding, PortLine, PortState};
use portolan_report::probe::ProbeReport;

use super::timing::{seconds, took_ms};

/// The document.
pub(super) fn junit(report: &ProbeReport, assessment: &Assessment) -> String {
    let mut hosts: Vec<&str> = Vec::new();
    for line in &assessment.ports {
        if !hosts.contains(&line.host.as_str()) {
            hosts.push(&line.host);
        }
    }
    let mut suites: Vec<Suite> = hosts
        .iter()
        .map(|host| {
            let own = assessment.ports.iter().filter(|it| it.host == *host);
            Suite {
                name: (*host).to_owned(),
                cases: own.map(|it| of_port(report, assessment, it)).collect(),
            }
        })
        .collect();
    suites.push(Suite {
        name: report.asked.target.name.clone(),
        cases: vec![of_whole(report, assessment)],
    });

    let all: Vec<&Case> = suites.iter().flat_map(|it| &it.cases).collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites name=\"portolan-probe\" {} time=\"{}\">",
        counts(&all),
        seconds(report.took_ms)
    );
    for suite in &suites {
        suite.write(report, &mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

struct Suite {
    name: String,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    ms: u64,
    outcome: Outcome,
}

enum Outcome {
    Passed(String),
    Skipped(String),
    /// Rule, sentence and the rest.
    Failed(Vec<(&'static str, String, String)>),
}

fn of_port(report: &ProbeReport, assessment: &Assessment, line: &PortLine) -> Case {
    let of_line = |it: &&Finding| it.rests_on.iter().any(|at| at.visit == line.visit);
    let failures: Vec<_> = assessment.wrong().filter(of_line).map(failure).collect();
    let outcome = if !failures.is_empty() {
        Outcome::Failed(failures)
    } else if matches!(
        line.state,
        PortState::Works(_) | PortState::Greets | PortState::Connects
    ) {
        Outcome::Passed(line.words.clone())
    } else {
        // A port that nobody asked for and that is not there, or what the deadline cut.
        Outcome::Skipped(line.words.clone())
    };
    Case {
        name: format!("{} at {}", line.port, line.address),
        ms: report.visits.get(line.visit).map_or(0, took_ms),
        outcome,
    }
}

/// What rests on no connection, as look-ups that failed; and the verdict.
fn of_whole(report: &ProbeReport, assessment: &Assessment) -> Case {
    let known = |it: &Finding| {
        it.rests_on
            .iter()
            .any(|at| assessment.ports.iter().any(|line| line.visit == at.visit))
    };
    let failures: Vec<_> = assessment
        .wrong()
        .filter(|it| !known(it))
        .map(failure)
        .collect();
    let sentence = assessment.verdict.sentence.clone();
    let outcome = match (failures.is_empty(), assessment.ports.is_empty()) {
        (false, _) => Outcome::Failed(failures),
        (true, true) => Outcome::Skipped(sentence),
        (true, false) => Outcome::Passed(sentence),
    };
    Case {
        name: "names and whole".to_owned(),
        ms: report.took_ms,
        outcome,
    }
}

fn failure(finding: &Finding) -> (&'static str, String, String) {
    let mut rest = String::new();
    if let Some(command) = &finding.command {
        let _ = writeln!(rest, "See: {command}");
    }
    for remedy in &finding.remedies {
        let _ = writeln!(rest, "To do: {}", remedy.action);
        if let Some(command) = &remedy.command {
            let _ = writeln!(rest, "    {command}");
        }
    }
    (finding.rule, finding.sentence.clone(), rest)
}

impl Suite {
    fn write(&self, report: &ProbeReport, out: &mut String) {
        let all: Vec<&Case> = self.cases.iter().collect();
        let name = escaped(&self.name);
        let longest = self.cases.iter().map(|it| it.ms).max().unwrap_or(0);
        // Junit's own form has no zone; UTC is what the report holds.
        let moment = report.started_at.to_string();
        let moment = moment.trim_end_matches('Z');
        let _ = writeln!(
            out,
            "  <testsuite name=\"{name}\" {} time=\"{}\" timestamp=\"{moment}\">",
            counts(&all),
            seconds(longest)
        );
        for case in &self.cases {
            let _ = write!(
                out,
                "    <testcase classname=\"{name}\" name=\"{}\" time=\"{}\">",
                escaped(&case.name),
                seconds(case.ms)
            );
            match &case.outcome {
                Outcome::Passed(words) => {
                    let _ = write!(out, "<system-out>{}</system-out>", escaped(words));
                }
                Outcome::Skipped(words) => {
                    let _ = write!(out, "<skipped message=\"{}\"/>", escaped(words));
                }
                Outcome::Failed(failures) => {
                    for (rule, sentence, rest) in failures {
                        let _ = write!(
                            out,
                            "\n      <failure type=\"{rule}\" message=\"{}\">{}</failure>",
                            escaped(sentence),
                            escaped(rest)
                        );
                    }
                    out.push_str("\n    ");
                }
            }
            out.push_str("</testcase>\n");
        }
        out.push_str("  </testsuite>\n");
    }
}

fn counts(cases: &[&Case]) -> String {
    let count =
        |wanted: fn(&Outcome) -> bool| cases.iter().filter(|it| wanted(&it.outcome)).count();
    format!(
        "tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\"",
        cases.len(),
        count(|it| matches!(it, Outcome::Failed(_))),
        count(|it| matches!(it, Outcome::Skipped(_)))
    )
}

/// Text in XML 1.0, in an attribute as between tags. Letters outside its `Char` (section 2.2) have no form at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            letter if letter.is_control() => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}
