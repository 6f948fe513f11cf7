//! For a person: the verdict, then ports by stages, then what was found and what to do.

use std::io::{self, Write};

use portolan_check::{Assessment, Finding, Level, PortState, Weight};
use portolan_explain::{citation, shown, who, who_short};
use portolan_report::probe::{Outcome, ProbeReport, Stage, Step, Visit};

use super::Style;

pub(super) fn human(
    report: &ProbeReport,
    assessment: &Assessment,
    colour: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let style = Style::new(colour);
    let level = match assessment.verdict.level {
        Level::Fine => style.good,
        Level::Problem => style.bad,
        Level::Undecided => style.odd,
    };
    let sentence = shown(&assessment.verdict.sentence);
    writeln!(out, "{}{level}{sentence}{}", style.strong, style.plain)?;
    table(report, assessment, &style, out)?;
    for finding in &assessment.findings {
        found(finding, &style, out)?;
    }
    // What helps against a cause is told once, however many ports have it.
    let mut told: Vec<&str> = Vec::new();
    for finding in assessment.wrong() {
        let Some(cause) = finding.cause.map(|it| it.id) else {
            continue;
        };
        if !told.contains(&cause) {
            told.push(cause);
            remedies(finding, cause, &style, out)?;
        }
    }
    Ok(())
}

const COLUMNS: [(&str, &[Stage]); 7] = [
    ("connect", &[Stage::Connect]),
    ("greeting", &[Stage::Greeting]),
    ("EHLO", &[Stage::Ehlo]),
    ("STARTTLS", &[Stage::Starttls]),
    ("TLS", &[Stage::Tls]),
    ("EHLO", &[Stage::EhloAfter]),
    ("AUTH", &[Stage::Auth]),
];

fn table(
    report: &ProbeReport,
    assessment: &Assessment,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let sessions: Vec<(&Visit, PortState)> = assessment
        .ports
        .iter()
        .filter_map(|it| Some((report.visits.get(it.visit)?, it.state)))
        .collect();
    if sessions.is_empty() {
        return Ok(());
    }
    let place = |visit: &Visit| (visit.port.to_string(), visit.address.to_string());
    let wide = sessions
        .iter()
        .map(|(it, _)| place(it).1.len())
        .max()
        .unwrap_or_default();
    write!(out, "\n{}{:<6}{:<wide$}", style.faint, "port", "address")?;
    for (name, _) in COLUMNS {
        write!(out, "  {name:<9}")?;
    }
    writeln!(out, "{}", style.plain)?;
    for (visit, state) in sessions {
        let (port, address) = place(visit);
        write!(out, "{port:<6}{address:<wide$}")?;
        for (_, stages) in COLUMNS {
            let step = visit
                .steps
                .iter()
                .rev()
                .find(|it| stages.contains(&it.stage));
            let (mut word, mark) = cell(step, style);
            // What a firewall does is judged, and not seen.
            if state == PortState::Rejected && stages == [Stage::Connect] {
                "rejected".clone_into(&mut word);
            }
            write!(out, "  {mark}{word:<9}{}", style.plain)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A word that says what became of it: colour is never the only sign.
fn cell<'s>(step: Option<&Step>, style: &'s Style) -> (String, &'s str) {
    let Some(step) = step else {
        return ("\u{b7}".to_owned(), style.faint);
    };
    let time = format!("{} ms", step.took_ms);
    match &step.outcome {
        Outcome::Connected | Outcome::Offers { .. } => (time, style.good),
        Outcome::Reply { reply } if reply.code < 400 => (time, style.good),
        Outcome::Reply { reply } => (reply.code.to_string(), style.bad),
        Outcome::Tls { session } if session.faults.is_empty() => (time, style.good),
        Outcome::Tls { .. } => ("untrusted".to_owned(), style.bad),
        Outcome::TlsFailed { .. } => ("fails".to_owned(), style.bad),
        Outcome::NotConnected { fault } => {
            use portolan_report::probe::ConnectFault as Fault;
            let word = match fault {
                Fault::Refused => "refused",
                Fault::TimedOut => "silence",
                Fault::Forbidden | Fault::NotPermitted => "rejected",
                Fault::HostUnreachable | Fault::NetworkUnreachable => "no route",
                Fault::Reset => "reset",
                Fault::Other { .. } => "error",
            };
            (word.to_owned(), style.bad)
        }
        Outcome::Broken { how, .. } => {
            use portolan_report::probe::Break;
            let word = match how {
                Break::Closed => "closed",
                Break::Deadline => "not yet",
                Break::NoReply => "no SMTP",
                Break::Reset => "reset",
                Break::TimedOut => "silence",
                Break::TooMuch => "endless",
            };
            (word.to_owned(), style.bad)
        }
    }
}

fn found(finding: &Finding, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let (mark, colour) = match finding.weight {
        Weight::Danger => ("danger", style.bad),
        Weight::Problem => ("problem", style.bad),
        Weight::Caution => ("caution", style.odd),
        Weight::Note => ("note", style.faint),
    };
    let sentence = shown(&finding.sentence);
    writeln!(out, "\n{colour}{mark}{}: {sentence}", style.plain)?;
    let cause = finding
        .cause
        .map(|it| format!("{}, ", it.id))
        .unwrap_or_default();
    let addresses: Vec<String> = finding
        .scope
        .addresses
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = if addresses.is_empty() {
        String::new()
    } else {
        format!(", at {}", addresses.join(", "))
    };
    let sure = finding.confidence;
    writeln!(
        out,
        "  {}{cause}{sure}% sure{at}; who can mend it: {}{}",
        style.faint,
        who(finding.who),
        style.plain
    )?;
    if let Some(command) = &finding.command {
        writeln!(out, "  See for yourself: {}", shown(command))?;
    }
    Ok(())
}

fn remedies(finding: &Finding, cause: &str, style: &Style, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "\n{}What to do about {cause}{}",
        style.strong, style.plain
    )?;
    for (number, remedy) in finding.remedies.iter().enumerate() {
        let by = remedy.by.unwrap_or_else(|| who_short(remedy.who));
        writeln!(out, "  {}. ({by}) {}", number + 1, remedy.action)?;
        if let Some(command) = &remedy.command {
            writeln!(out, "     $ {}", shown(command))?;
        }
        let sources: Vec<String> = remedy.sources.iter().map(|it| citation(it).0).collect();
        if !sources.is_empty() {
            writeln!(
                out,
                "     {}{}{}",
                style.faint,
                sources.join("; "),
                style.plain
            )?;
        }
    }
    Ok(())
}
