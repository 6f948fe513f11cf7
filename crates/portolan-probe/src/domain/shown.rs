//! For a person: the verdict, then what is wrong with the record to publish, then the map of what was found.

use std::fmt::Write;

use portolan_check::Level;
use portolan_check::domain::{DomainAssessment, Line, Mark, Section, Told};
use portolan_dns::finding::Severity;
use portolan_report::domain::DomainReport;

use crate::render::Style;

/// The whole text.
pub fn shown(report: &DomainReport, assessment: &DomainAssessment, colour: bool) -> String {
    let style = Style::new(colour);
    let mut out = String::new();
    let level = match assessment.verdict.level {
        Level::Fine => style.good,
        Level::Problem => style.bad,
        Level::Undecided => style.odd,
    };
    let sentence = &assessment.verdict.sentence;
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{}{level}{sentence}{}", style.strong, style.plain);
    for finding in &assessment.findings {
        found(finding, &style, &mut out);
    }
    for section in &assessment.sections {
        listed(section, &style, &mut out);
    }
    let _ = writeln!(
        out,
        "\n{}Ready for bulk mail, as far as the DNS shows it{}",
        style.strong, style.plain
    );
    for section in &assessment.readiness {
        let _ = writeln!(out, "  {}", section.title);
        lines(&section.lines, "    ", &style, &mut out);
    }
    let _ = writeln!(
        out,
        "\n{}Seen by {} on {}, in {} ms{}.{}",
        style.faint,
        report.tool,
        report.started_at,
        report.took_ms,
        if report.cut_short {
            ", cut short by its deadline"
        } else {
            ""
        },
        style.plain
    );
    out
}

fn found(it: &Told, style: &Style, out: &mut String) {
    let colour = match it.severity {
        Severity::Wrong => style.bad,
        Severity::Weak => style.odd,
        Severity::Note => style.faint,
    };
    let _ = writeln!(
        out,
        "\n{colour}{}{}: {} [{}]",
        it.severity, style.plain, it.what, it.at
    );
    let _ = writeln!(out, "  {}", it.why);
    if let Some(record) = &it.publish {
        let _ = writeln!(out, "  Publish: {record}");
    }
    if it.is_mended_above {
        out.push_str("  The record above mends this as well.\n");
    }
    if !it.is_ours && it.severity != Severity::Note {
        let _ = writeln!(out, "  Not yours to change: whoever runs that name has to.");
    }
    let sources: Vec<&str> = it.sources.iter().map(|it| it.0.as_str()).collect();
    let _ = writeln!(
        out,
        "  {}{}; {}{}",
        style.faint,
        sources.join("; "),
        it.rule,
        style.plain
    );
}

fn listed(section: &Section, style: &Style, out: &mut String) {
    let _ = writeln!(out, "\n{}{}{}", style.strong, section.title, style.plain);
    lines(&section.lines, "  ", style, out);
}

fn lines(all: &[Line], margin: &str, style: &Style, out: &mut String) {
    for line in all {
        let colour = match line.mark {
            Mark::Good => style.good,
            Mark::Bad => style.bad,
            Mark::Unknown => style.odd,
            Mark::Plain => "",
        };
        let end = if colour.is_empty() { "" } else { style.plain };
        let _ = writeln!(out, "{margin}{colour}{}{end}", line.text);
    }
}

/// 0: nothing is wrong; 1: something is; 3: not decided.
pub const fn exit_code(assessment: &DomainAssessment) -> u8 {
    match assessment.verdict.level {
        Level::Fine => 0,
        Level::Problem => 1,
        Level::Undecided => 3,
    }
}
