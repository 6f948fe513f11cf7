//! Markdown for a ticket or a chat: the verdict, ports by stages, what is wrong with what to do.
//!
//! Nothing that a server said acts as markup: every mark is escaped, and commands stand in code of enough backticks.

use core::fmt::Write;

use portolan_check::markdown::{code, escaped};
use portolan_check::{Assessment, Finding, Level, PortLine};
use portolan_report::probe::{ProbeReport, Stage};

use super::timing::seconds;

/// The stages of the table, in its order.
const COLUMNS: &[(Stage, &str)] = &[
    (Stage::Connect, "connect"),
    (Stage::Greeting, "greeting"),
    (Stage::Ehlo, "EHLO"),
    (Stage::Starttls, "STARTTLS"),
    (Stage::Tls, "TLS"),
    (Stage::EhloAfter, "EHLO in TLS"),
    (Stage::Auth, "AUTH"),
];

/// The document.
pub(super) fn markdown(report: &ProbeReport, assessment: &Assessment) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "## {}\n", escaped(&report.asked.target.name));
    let level = match assessment.verdict.level {
        Level::Fine => "Nothing is wrong.",
        Level::Problem => "A problem was found.",
        Level::Undecided => "Not decided.",
    };
    let _ = writeln!(
        out,
        "**{level}** {}\n",
        escaped(&assessment.verdict.sentence)
    );
    table(report, assessment, &mut out);
    let (wrong, other): (Vec<&Finding>, Vec<&Finding>) = assessment
        .findings
        .iter()
        .partition(|it| it.weight.is_wrong());
    for (title, findings) in [("What is wrong", wrong), ("Good to know", other)] {
        if findings.is_empty() {
            continue;
        }
        let _ = writeln!(out, "### {title}\n");
        for finding in findings {
            listed(finding, &mut out);
        }
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "Seen by {} on {}, in {} s{}.",
        escaped(&report.tool),
        report.started_at,
        seconds(report.took_ms),
        if report.cut_short {
            ", cut short by its deadline"
        } else {
            ""
        }
    );
    out
}

fn table(report: &ProbeReport, assessment: &Assessment, out: &mut String) {
    if assessment.ports.is_empty() {
        return;
    }
    let columns: Vec<&(Stage, &str)> = COLUMNS
        .iter()
        .filter(|(stage, _)| {
            assessment
                .ports
                .iter()
                .any(|it| took(report, it, *stage).is_some())
        })
        .collect();
    out.push_str("| port | address | outcome |");
    for (_, name) in &columns {
        let _ = write!(out, " {name} |");
    }
    out.push_str("\n| ---: | --- | --- |");
    for _ in &columns {
        out.push_str(" ---: |");
    }
    out.push('\n');
    for line in &assessment.ports {
        let _ = write!(
            out,
            "| {} | {} | {} |",
            line.port,
            line.address,
            escaped(&line.words)
        );
        for (stage, _) in &columns {
            let time = took(report, line, *stage).map_or_else(String::new, |ms| format!("{ms} ms"));
            let _ = write!(out, " {time} |");
        }
        out.push('\n');
    }
    out.push('\n');
}

fn took(report: &ProbeReport, line: &PortLine, stage: Stage) -> Option<u64> {
    Some(report.visits.get(line.visit)?.step(stage)?.took_ms)
}

fn listed(finding: &Finding, out: &mut String) {
    let _ = writeln!(out, "- {}", escaped(&finding.sentence));
    if let Some(command) = &finding.command {
        let _ = writeln!(out, "  - See it: {}", code(command));
    }
    if finding.weight.is_wrong() {
        for remedy in &finding.remedies {
            let _ = write!(out, "  - To do: {}", escaped(&remedy.action));
            if let Some(command) = &remedy.command {
                let _ = write!(out, " {}", code(command));
            }
            out.push('\n');
        }
    }
}
