//! Markdown for a ticket or a chat. Nothing that a stranger wrote acts as markup: sentences are escaped, records and the map
//! stand in fences of enough backticks.

use std::fmt::Write;

use portolan_report::domain::DomainReport;

use super::feed::Seen;
use super::{DomainAssessment, Line, Told};
use crate::Level;
use crate::markdown::{code, escaped};

/// The document.
pub fn markdown(report: &DomainReport, assessment: &DomainAssessment) -> String {
    let mut out = String::new();
    // Writing into a text cannot fail.
    let _ = writeln!(out, "## {}\n", escaped(&report.asked.name));
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
    if !assessment.findings.is_empty() {
        out.push_str("### Findings\n\n");
        for finding in &assessment.findings {
            listed(finding, &mut out);
        }
        out.push('\n');
    }
    for section in &assessment.sections {
        let _ = writeln!(out, "### {}\n", section.title);
        fenced(&section.lines, &mut out);
    }
    out.push_str("### Ready for bulk mail, as far as the DNS shows it\n\n");
    for section in &assessment.readiness {
        let _ = writeln!(out, "{}\n", section.title);
        fenced(&section.lines, &mut out);
    }
    if Seen::of(report).is_pasted() {
        out.push_str(
            "Judged from records that were pasted; what is not among them is not known.\n",
        );
        return out;
    }
    let cut = if report.cut_short {
        ", cut short by its deadline"
    } else {
        ""
    };
    let _ = writeln!(
        out,
        "Seen by {} on {}, in {} ms{cut}.",
        escaped(&report.tool),
        report.started_at,
        report.took_ms
    );
    out
}

fn listed(it: &Told, out: &mut String) {
    let _ = writeln!(
        out,
        "- **{}**: {} ({})",
        it.severity,
        escaped(&it.what),
        code(&it.at)
    );
    let _ = writeln!(out, "  - {}", escaped(it.why));
    if let Some(record) = &it.publish {
        let _ = writeln!(out, "  - Publish: {}", code(record));
    }
    if it.is_mended_above {
        out.push_str("  - The record above mends this as well.\n");
    }
    if !it.is_ours {
        out.push_str("  - Not yours to change: whoever runs that name has to.\n");
    }
    let sources: Vec<String> = it
        .sources
        .iter()
        .map(|(name, url)| match url {
            Some(url) => format!("[{}]({url})", escaped(name)),
            None => escaped(name),
        })
        .collect();
    let _ = writeln!(out, "  - {}", sources.join("; "));
}

/// Lines as they stand, with a fence that none of them closes.
fn fenced(lines: &[Line], out: &mut String) {
    let backticks = |text: &str| text.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    let longest = lines
        .iter()
        .map(|it| backticks(&it.text))
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let _ = writeln!(out, "{fence}text");
    for line in lines {
        let _ = writeln!(out, "{}", line.text);
    }
    let _ = writeln!(out, "{fence}\n");
}
