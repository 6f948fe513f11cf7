//! A report as it leaves the page: no secret, no local part of an address, nothing that acts.

use core::fmt::Write;

use portolan_check::Finding;
use portolan_check::markdown;
use portolan_explain::{safe, who_short};
use portolan_report::probe::ProbeReport;
use serde_json::Value;

use super::evidence::came;
use super::{Seen, words};

/// The report with every text masked: a report still, of the same form.
pub(super) fn masked(report: &ProbeReport) -> Value {
    let mut value = serde_json::to_value(report).unwrap_or_default();
    mask(&mut value);
    value
}

fn mask(value: &mut Value) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(mask),
        Value::Object(all) => {
            for (key, value) in all.iter_mut() {
                // Lines of base64 and nothing else, held by the form.
                if key != "pem" {
                    mask(value);
                }
            }
        }
        Value::String(text) => *text = safe(text),
        _ => {}
    }
}

/// The masked report for a file.
pub(super) fn json(report: &ProbeReport) -> String {
    format!("{:#}\n", masked(report))
}

/// What it means, for a ticket.
pub(super) fn markdown(seen: &Seen) -> String {
    let Seen { report, assessment } = seen;
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _ = write(report, seen, assessment, &mut out);
    out
}

/// So many findings and rows.
const MOST: usize = 40;

fn write(
    report: &ProbeReport,
    seen: &Seen,
    assessment: &portolan_check::Assessment,
    out: &mut String,
) -> core::fmt::Result {
    writeln!(out, "## {}\n", escaped(&report.asked.target.name))?;
    let level = words::level_of(assessment);
    writeln!(
        out,
        "**{level}.** {} {}\n",
        escaped(&words::headline(seen)),
        escaped(&assessment.verdict.sentence)
    )?;
    if !assessment.ports.is_empty() {
        writeln!(
            out,
            "| port | address | outcome | ended at |\n| ---: | --- | --- | --- |"
        )?;
    }
    for line in assessment.ports.iter().take(MOST) {
        let last = report.visits.get(line.visit).and_then(|it| it.last());
        let ended = last.map_or_else(String::new, |it| {
            format!("{} {}", words::stage(it.stage), came(it).word)
        });
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            line.port,
            words::address(line.address),
            escaped(&line.words),
            escaped(&ended)
        )?;
    }
    out.push('\n');
    for finding in assessment.findings.iter().take(MOST) {
        listed(finding, out)?;
    }
    writeln!(
        out,
        "\nSeen by {} from {} on {}.",
        escaped(&report.tool),
        escaped(&report.asked.ehlo_name),
        report.started_at
    )
}

fn listed(finding: &Finding, out: &mut String) -> core::fmt::Result {
    writeln!(
        out,
        "- **{}**: {} Whose it is: {}.",
        words::weight(finding.weight),
        escaped(&finding.sentence),
        who_short(finding.who)
    )?;
    if let Some(command) = &finding.command {
        writeln!(out, "  - See it: {}", code(command))?;
    }
    if finding.weight.is_wrong() {
        for remedy in &finding.remedies {
            write!(out, "  - To do: {}", escaped(&remedy.action))?;
            if let Some(command) = &remedy.command {
                write!(out, " {}", code(command))?;
            }
            out.push('\n');
        }
    }
    Ok(())
}

fn code(text: &str) -> String {
    markdown::code(&safe(text))
}

fn escaped(text: &str) -> String {
    markdown::escaped(&safe(text))
}
