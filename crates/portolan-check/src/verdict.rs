//! The verdict: what works first, then what does not.

use crate::assessment::{Finding, Level, Verdict, Weight};
use crate::line::{PortLine, PortState, Security};
use crate::look::Look;

pub(crate) fn verdict(look: &Look<'_>, ports: &[PortLine], findings: &[Finding]) -> Verdict {
    let is_wrong = findings.iter().any(|it| it.weight.is_wrong());
    let works = |it: &&PortLine| matches!(it.state, PortState::Works(_));
    // Who asked for no more than a greeting has it.
    let greets = |it: &PortLine| it.state == PortState::Greets;
    let is_open = ports.iter().any(|it| works(&it) || greets(it));
    let is_cut = look.report.cut_short
        || ports.iter().any(|it| it.state == PortState::Undecided)
        || ports.is_empty();
    let level = match (is_wrong, is_open, is_cut) {
        (true, ..) => Level::Problem,
        (false, true, _) => Level::Fine,
        (false, false, _) => Level::Undecided,
    };
    let mut sentences: Vec<String> = Vec::new();
    if let Some(danger) = findings.iter().find(|it| it.weight == Weight::Danger) {
        sentences.push(format!("Send no password: {}", lowered(&danger.sentence)));
    }
    let mut hosts: Vec<&str> = Vec::new();
    for line in ports {
        if !hosts.contains(&line.host.as_str()) {
            hosts.push(&line.host);
        }
    }
    for host in hosts {
        let own: Vec<&PortLine> = ports.iter().filter(|it| it.host == host).collect();
        let told = told(&own);
        if !told.is_empty() {
            sentences.push(format!("{host}: {told}."));
        }
    }
    if sentences.is_empty() {
        let first = findings.first().map(|it| it.sentence.clone());
        sentences.push(first.unwrap_or_else(|| "Nothing was seen.".to_owned()));
    }
    Verdict {
        level,
        sentence: sentences.join(" "),
    }
}

/// What is told of one host: what works in words, best first; what does not in the same order, by port.
fn told(lines: &[&PortLine]) -> String {
    let mut works: Vec<&PortLine> = Vec::new();
    for line in lines {
        let is_new = |it: &&&PortLine| it.port == line.port;
        if matches!(line.state, PortState::Works(_)) && !works.iter().any(|it| is_new(&it)) {
            works.push(line);
        }
    }
    portolan_report::ordered::by_key(&mut works, |it| rank(it));
    let mut parts: Vec<String> = works
        .iter()
        .map(|it| format!("{} {}", it.port, it.words))
        .collect();
    let mut told: Vec<(u16, &str)> = Vec::new();
    let mut lines = lines.to_vec();
    portolan_report::ordered::by_key(&mut lines, |it| rank(it));
    for line in lines {
        let works_elsewhere = works.iter().any(|it| it.port == line.port);
        let of_one = if works_elsewhere && !matches!(line.state, PortState::Works(_)) {
            // One address of several: the finding names it.
            Some("is not the same at every address")
        } else if works_elsewhere {
            None
        } else {
            Some(line.words.as_str())
        };
        if let Some(words) = of_one
            && !told.contains(&(line.port, words))
        {
            told.push((line.port, words));
        }
    }
    parts.extend(told.iter().map(|(port, words)| format!("{port} {words}")));
    parts.join("; ")
}

/// Submission first: 587 where both are good (RFC 6409), then 465, others, and 25 last, which is for mail servers.
fn rank(line: &PortLine) -> (bool, bool, u8) {
    let place = match line.port {
        587 => 0,
        465 => 1,
        25 => 3,
        _ => 2,
    };
    let is_clear = line.state == PortState::Works(Security::Cleartext);
    (line.port == 25, is_clear, place)
}

/// A sentence behind a colon.
fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next();
    let is_word = letters.clone().next().is_some_and(char::is_lowercase);
    match first {
        Some(first) if is_word => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}
