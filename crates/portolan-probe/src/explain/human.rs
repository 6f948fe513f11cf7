//! What a person reads in a terminal.

use std::io::{self, Write};

use portolan_explain::{
    Explained, Found, SHOWN, Step, citation, codes, evidence, how_to_show, known, shown, steps,
    strange, surer,
};
use portolan_probe::render::Style;
use portolan_smtp::{Analysis, Finding, Keyed, Stage, Tally};

use super::FACTS;

/// Writes an explanation.
pub(super) fn write(
    explained: &Explained,
    name: Option<&str>,
    colour: bool,
    out: &mut impl Write,
) -> io::Result<()> {
    let style = Style::new(colour);
    if let Some(name) = name {
        let name = shown(name);
        writeln!(out, "{}{name}:{}", style.faint, style.plain)?;
    }
    if let Some(cut) = explained.cut() {
        writeln!(out, "{}{cut}{}", style.strong, style.plain)?;
    }
    match &explained.found {
        Found::One(analysis) => one(analysis, explained, &style, out),
        Found::Log(tally) => log(tally, &style, out),
    }
}

fn one(
    analysis: &Analysis,
    explained: &Explained,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let Style {
        strong,
        faint,
        plain,
        ..
    } = style;
    if let Some(container) = explained.container {
        let (what, how, command) = strange(container);
        writeln!(out, "{strong}This is {what}.{plain}\n  {how}")?;
        if let Some(command) = command {
            writeln!(out, "       {command}")?;
        }
        return Ok(());
    }
    let Some(first) = analysis.findings.first() else {
        writeln!(
            out,
            "{strong}Not enough here to tell.{plain}\n  Next: the lines before and after it, or the client's debug output with the server's replies."
        )?;
        if let Some(how) = how_to_show(&explained.text, Stage::None, &FACTS) {
            writeln!(out, "  {how}")?;
        }
        return Ok(());
    };
    let (number, line) = evidence(explained, first.evidence.start);
    writeln!(out, "{strong}{}{plain}", first.cause.means)?;
    writeln!(out, "  {}", first.cause.definition)?;
    writeln!(out, "  {faint}{number} |{plain} {line}")?;
    writeln!(
        out,
        "  cause   {} ({} in 100)",
        first.cause.id, first.confidence
    )?;
    writeln!(out, "  stage   {}", first.stage.id())?;
    writeln!(out, "  mend    {}", first.cause.who.id())?;
    writeln!(
        out,
        "  retry   {}: {}",
        first.cause.retry.id(),
        first.cause.wait
    )?;
    for (code, meaning) in codes(first) {
        writeln!(out, "  {code:<7} {meaning}")?;
    }
    if let Some(other) = first.codes_say {
        writeln!(
            out,
            "  {faint}The code alone would say {other}; the words say more.{plain}"
        )?;
    }
    if !analysis.also.is_empty() {
        writeln!(out, "  or      {}", analysis.also.join(", "))?;
    }
    for line in surer(first, &explained.text, &FACTS) {
        writeln!(out, "  surer   {line}")?;
    }
    remedies(first, explained, style, out)?;
    let length = explained.text.len() as u64;
    if length < explained.bytes {
        writeln!(
            out,
            "  {faint}Read were the first {length} of {} bytes.{plain}",
            explained.bytes
        )?;
    }
    Ok(())
}

/// What to do, what the provider says, and what else it could be.
fn remedies(
    first: &Finding,
    explained: &Explained,
    style: &Style,
    out: &mut impl Write,
) -> io::Result<()> {
    let cause = first.cause;
    let Style {
        strong,
        faint,
        plain,
        ..
    } = style;
    let known = known(cause, explained, &FACTS);
    let steps = steps(first, explained, &FACTS);
    if !steps.is_empty() {
        writeln!(out, "\n  {strong}What to do{plain}")?;
    }
    for (number, step) in steps.iter().enumerate() {
        let Step { remedy, command } = step;
        let who = step.by(cause).map(|it| format!("{faint}[{it}]{plain} "));
        let who = who.unwrap_or_default();
        writeln!(out, "  {}. {who}{}", number + 1, remedy.action)?;
        if let Some(command) = command {
            writeln!(out, "       {command}")?;
        }
    }
    if let Some(known) = known.filter(|known| !known.says.is_empty()) {
        writeln!(out, "\n  {strong}{}{plain}", known.provider)?;
        for (sentence, urls) in &known.says {
            writeln!(out, "  - {sentence} {faint}{}{plain}", urls.join(" "))?;
        }
    }
    if !cause.near.is_empty() {
        writeln!(out, "\n  {strong}It is something else where{plain}")?;
    }
    for near in cause.near {
        writeln!(out, "  - {}: {faint}{}{plain}", near.apart, near.cause)?;
    }
    let sources: Vec<String> = cause.sources.iter().map(|it| citation(it).0).collect();
    writeln!(out, "\n  {faint}{}{plain}", sources.join(" · "))
}

fn log(tally: &Tally, style: &Style, out: &mut impl Write) -> io::Result<()> {
    let Style {
        strong,
        faint,
        plain,
        ..
    } = style;
    let lost = tally.bounced + tally.expired + tally.rejected;
    writeln!(
        out,
        "{strong}{} sent, {lost} lost, {} tries deferred{plain}, in {} lines",
        tally.sent, tally.deferred, tally.lines
    )?;
    if !tally.causes.is_empty() {
        writeln!(
            out,
            "\n  {faint}{:>9} {:>9} {:>9}  cause, and who can mend it{plain}",
            "lost", "deferred", "waiting"
        )?;
    }
    for it in &tally.causes {
        writeln!(
            out,
            "  {:>9} {:>9} {:>9}  {strong}{}{plain} ({}): {}",
            it.counts.lost,
            it.counts.deferred,
            it.waiting,
            it.cause.id,
            it.cause.who.id(),
            it.cause.means
        )?;
        if let Some(sample) = it.samples.first() {
            let masked = portolan_mask::mask(sample.text.as_bytes());
            // What was said stands at a record's end.
            let text: Vec<char> = shown(&String::from_utf8_lossy(&masked)).chars().collect();
            let from = text.len().saturating_sub(SHOWN);
            let more = if from > 0 { "…" } else { "" };
            let text: String = text.iter().skip(from).collect();
            writeln!(
                out,
                "  {:>29}  {faint}{} | {more}{text}{plain}",
                "", sample.line
            )?;
        }
    }
    let unexplained = tally.unexplained.lost + tally.unexplained.deferred;
    if unexplained > 0 {
        writeln!(
            out,
            "  {:>9} {:>9}            not explained",
            tally.unexplained.lost, tally.unexplained.deferred
        )?;
    }
    table("recipients' domain", &tally.domains, style, out)?;
    table("answering host", &tally.relays, style, out)?;
    table("sending address", &tally.clients, style, out)
}

/// The worst few of a table.
fn table(title: &str, all: &[Keyed], style: &Style, out: &mut impl Write) -> io::Result<()> {
    let failing = || {
        all.iter()
            .filter(|it| it.counts.lost + it.counts.deferred > 0)
    };
    if failing().next().is_none() {
        return Ok(());
    }
    let Style { faint, plain, .. } = style;
    writeln!(
        out,
        "\n  {faint}{:>9} {:>9} {:>9}  {title}{plain}",
        "lost", "deferred", "sent"
    )?;
    for it in failing().take(FEW) {
        let key = match it.key.as_str() {
            "" => "all others".to_owned(),
            key => shown(key),
        };
        writeln!(
            out,
            "  {:>9} {:>9} {:>9}  {key}",
            it.counts.lost, it.counts.deferred, it.counts.sent
        )?;
    }
    let more = failing().count().saturating_sub(FEW);
    if more > 0 {
        writeln!(out, "  {faint}{:>29}  and {more} more: --json{plain}", "")?;
    }
    Ok(())
}

const FEW: usize = 10;
