//! An explanation for a ticket: safe to post.

use std::fmt::{self, Write};

use portolan_facts::Facts;
use portolan_smtp::{Analysis, Keyed, Stage, Tally};

use crate::lines::evidence;
use crate::words::{self, shown};
use crate::{Explained, Found, Step, provider, steps, strange};

/// An explanation for a ticket; secrets and the local parts of addresses are masked. `name` is that of the file.
pub fn markdown(explained: &Explained, name: Option<&str>, facts: &Facts) -> String {
    let mut out = String::new();
    // Writing into memory cannot fail.
    let _ = write(explained, name, facts, &mut out);
    out
}

fn write(
    explained: &Explained,
    name: Option<&str>,
    facts: &Facts,
    out: &mut String,
) -> fmt::Result {
    if let Some(name) = name {
        writeln!(out, "## {}\n", escaped(name))?;
    }
    if let Some(only) = words::only(&explained.filter) {
        writeln!(out, "Only {}.\n", escaped(&only))?;
    }
    if let Some(cut) = explained.cut() {
        writeln!(out, "**{cut}**\n")?;
    }
    match &explained.found {
        Found::One(analysis) => one(analysis, explained, facts, out),
        Found::Log(tally) => log(tally, out),
    }
}

fn one(analysis: &Analysis, explained: &Explained, facts: &Facts, out: &mut String) -> fmt::Result {
    if let Some(container) = explained.container {
        let (what, how, _) = strange(container);
        return writeln!(out, "**This is {what}.** {how}\n");
    }
    let Some(first) = analysis.findings.first() else {
        let how = provider::how_to_show(&explained.text, Stage::None, facts);
        let how = how.unwrap_or_default();
        return writeln!(
            out,
            "**Not enough here to tell.** Next: the lines before and after it, or the client's debug output with the server's replies. {}\n",
            escaped(&how)
        );
    };
    let (number, line) = evidence(explained, first.evidence.start);
    writeln!(
        out,
        "**{}** {}\n",
        first.cause.means,
        escaped(first.cause.definition)
    )?;
    fenced(number as u64, &line, out)?;
    writeln!(out, "| | |\n| --- | --- |")?;
    writeln!(
        out,
        "| cause | {} ({} in 100) |",
        first.cause.id, first.confidence
    )?;
    writeln!(out, "| stage | {} |", first.stage.id())?;
    writeln!(out, "| who can mend it | {} |", first.cause.who.id())?;
    writeln!(
        out,
        "| retry | {}: {} |",
        first.cause.retry.id(),
        first.cause.wait
    )?;
    for (code, meaning) in words::codes(first) {
        writeln!(out, "| {code} | {meaning} |")?;
    }
    if let Some(other) = first.codes_say {
        writeln!(out, "| the code alone | {other} |")?;
    }
    if !analysis.also.is_empty() {
        writeln!(out, "| or | {} |", analysis.also.join(", "))?;
    }
    for line in words::surer(first, &explained.text, facts) {
        writeln!(out, "| surer with | {} |", escaped(&line))?;
    }
    writeln!(out)?;
    let known = provider::known(first.cause, explained, facts);
    let steps = steps(first, explained, facts);
    for (number, Step { remedy, command }) in steps.iter().enumerate() {
        let sources: Vec<String> = remedy.sources.iter().map(|it| linked(it)).collect();
        writeln!(
            out,
            "{}. ({}) {} {}",
            number + 1,
            remedy.by.unwrap_or(remedy.who.id()),
            escaped(remedy.action),
            sources.join(", ")
        )?;
        if let Some(command) = command {
            writeln!(out, "\n       {command}\n")?;
        }
    }
    if let Some(known) = known.filter(|known| !known.says.is_empty()) {
        writeln!(out, "\n{}:\n", escaped(&known.provider))?;
        for (sentence, urls) in &known.says {
            let urls: Vec<String> = urls.iter().map(|url| format!(" <{url}>")).collect();
            writeln!(out, "- {}{}", escaped(sentence), urls.concat())?;
        }
    }
    let sources: Vec<String> = first.cause.sources.iter().map(|it| linked(it)).collect();
    writeln!(out, "\n{}\n", sources.join(" · "))
}

fn log(tally: &Tally, out: &mut String) -> fmt::Result {
    let lost = tally.bounced + tally.expired + tally.rejected;
    writeln!(
        out,
        "**{} sent, {lost} lost, {} tries deferred**, in {} lines.\n",
        tally.sent, tally.deferred, tally.lines
    )?;
    writeln!(
        out,
        "| cause | lost | deferred | waiting | who can mend it |\n| --- | ---: | ---: | ---: | --- |"
    )?;
    for it in &tally.causes {
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            it.cause.id,
            it.counts.lost,
            it.counts.deferred,
            it.waiting,
            it.cause.who.id()
        )?;
    }
    writeln!(out)?;
    for it in tally.causes.iter().take(FEW) {
        if let Some(sample) = it.samples.first() {
            let text =
                String::from_utf8_lossy(&portolan_mask::mask(sample.text.as_bytes())).into_owned();
            writeln!(out, "{}: {}\n", it.cause.id, it.cause.means)?;
            fenced(sample.line, &text, out)?;
        }
    }
    table("recipients' domain", &tally.domains, out)?;
    table("answering host", &tally.relays, out)
}

fn table(title: &str, all: &[Keyed], out: &mut String) -> fmt::Result {
    let mut failing = all
        .iter()
        .filter(|it| it.counts.lost + it.counts.deferred > 0)
        .peekable();
    if failing.peek().is_none() {
        return Ok(());
    }
    writeln!(
        out,
        "| {title} | lost | deferred | sent |\n| --- | ---: | ---: | ---: |"
    )?;
    for it in failing.take(FEW) {
        let key = if it.key.is_empty() {
            "all others"
        } else {
            &it.key
        };
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            escaped(key),
            it.counts.lost,
            it.counts.deferred,
            it.counts.sent
        )?;
    }
    writeln!(out)
}

const FEW: usize = 10;

/// A line of the text as code that nothing in it can end.
fn fenced(number: u64, line: &str, out: &mut String) -> fmt::Result {
    let line = portolan_mask::addresses(line.as_bytes());
    let line = shown(&String::from_utf8_lossy(&line));
    let longest = line
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}text\n{number} | {line}\n{fence}\n")
}

/// A source as a link.
fn linked(source: &str) -> String {
    let (title, url) = words::citation(source);
    format!("[{title}]({url})")
}

/// Text that no mark of Markdown or HTML is read from.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in shown(text).chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '.' | '-' | '/' | ':') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}
