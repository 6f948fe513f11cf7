//! What came of the ports, in a sentence.

use std::net::IpAddr;

use portolan_check::{Assessment, Level, PortState, Weight};
use portolan_explain::safe;
use portolan_report::probe::{CertificateFault, ProbeReport, Stage};

use super::Seen;

/// Each port once, with the best that came of it at any host and address; those that work first.
pub(super) fn ports(assessment: &Assessment) -> Vec<(u16, PortState)> {
    let mut all: Vec<(u16, PortState)> = Vec::new();
    for line in &assessment.ports {
        match all.iter_mut().find(|(port, _)| *port == line.port) {
            Some((_, state)) if rank(line.state) < rank(*state) => *state = line.state,
            Some(_) => {}
            None => all.push((line.port, line.state)),
        }
    }
    all.sort_by_key(|(port, state)| (rank(*state), place(*port), *port));
    all
}

/// How much is known to work, best first.
pub(super) const fn rank(state: PortState) -> u8 {
    match state {
        PortState::Works(_) => 0,
        PortState::Flawed(_) | PortState::Connects | PortState::Greets => 1,
        PortState::TurnedAway => 2,
        PortState::Silent => 3,
        PortState::Broken => 4,
        PortState::Refused => 5,
        PortState::Rejected => 6,
        PortState::Dropped => 7,
        PortState::Undecided => 8,
        PortState::NoRoute => 9,
    }
}

/// Submission first: 587 where both are good (RFC 6409), then 465, others, and 25 last, which is for mail servers.
const fn place(port: u16) -> u8 {
    match port {
        587 => 0,
        465 => 1,
        25 => 3,
        _ => 2,
    }
}

/// What one port does, and what several do.
fn does(state: PortState, flaw: Option<&str>) -> [String; 2] {
    let flaw = flaw.unwrap_or("with something wrong");
    let [one, several] = match state {
        PortState::Works(_) => ["works", "work"],
        PortState::Flawed(_) => return [format!("answers {flaw}"), format!("answer {flaw}")],
        PortState::Connects => ["connects", "connect"],
        PortState::Greets => ["greets", "greet"],
        PortState::TurnedAway if flaw.starts_with("and turns") => {
            return [format!("answers {flaw}"), format!("answer {flaw}")];
        }
        PortState::TurnedAway => ["turned us away", "turned us away"],
        PortState::Silent => ["connects and says nothing", "connect and say nothing"],
        PortState::Broken => ["breaks off", "break off"],
        PortState::Refused => ["is refused", "are refused"],
        PortState::Rejected => ["is rejected by a firewall", "are rejected by a firewall"],
        PortState::Dropped => ["times out", "time out"],
        PortState::Undecided => ["is not known", "are not known"],
        PortState::NoRoute => ["has no route", "have no route"],
    };
    [one.to_owned(), several.to_owned()]
}

/// What is wrong with a port where it answers: at the address at which the best came of it.
fn flaw(assessment: &Assessment, port: u16, state: PortState) -> Option<&'static str> {
    let mut all = assessment.ports.iter();
    all.find(|it| it.port == port && it.state == state)?.flaw
}

/// `2525 works; 587 and 465 time out.` Where nothing was connected to, why.
pub(super) fn headline(seen: &Seen) -> String {
    let assessment = &seen.assessment;
    let mut groups: Vec<([String; 2], Vec<String>)> = Vec::new();
    for (port, state) in ports(assessment) {
        let does = does(state, flaw(assessment, port, state));
        match groups.iter_mut().find(|(known, _)| *known == does) {
            Some((_, ports)) => ports.push(port.to_string()),
            None => groups.push((does, vec![port.to_string()])),
        }
    }
    if groups.is_empty() {
        return safe(&assessment.verdict.sentence);
    }
    let told: Vec<String> = groups
        .iter()
        .take(MOST)
        .map(|([one, several], ports)| match &ports[..] {
            [port] => format!("{port} {one}"),
            ports => format!("{} {several}", listed(ports)),
        })
        .collect();
    let warning = if has(assessment, Weight::Danger) {
        "Send no password: "
    } else {
        ""
    };
    format!("{warning}{}.", told.join("; "))
}

fn has(assessment: &Assessment, weight: Weight) -> bool {
    assessment.findings.iter().any(|it| it.weight == weight)
}

/// Whether something should be seen to.
pub(super) fn has_caution(assessment: &Assessment) -> bool {
    has(assessment, Weight::Caution)
}

/// More kinds of outcomes than one sentence holds.
const MOST: usize = 6;

/// `587, 465 and 25`; of many the first.
pub(super) fn listed(all: &[String]) -> String {
    const FIRST: usize = 8;
    if all.len() > FIRST {
        let first = all.get(..FIRST).unwrap_or_default().join(", ");
        return format!("{first} and {} more", all.len() - FIRST);
    }
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The level, as the kicker says it.
pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::Fine => "Nothing is wrong",
        Level::Problem => "A problem was found",
        Level::Undecided => "Not decided",
    }
}

/// The same of a check, with what is worse than a problem and what is less than one.
pub(super) fn level_of(assessment: &Assessment) -> &'static str {
    match assessment.verdict.level {
        Level::Problem if has(assessment, Weight::Danger) => "Danger",
        Level::Fine if has_caution(assessment) => "It works, with something to see to",
        known => level(known),
    }
}

/// A weight, as a finding begins.
pub(super) const fn weight(weight: Weight) -> &'static str {
    match weight {
        Weight::Danger => "Danger",
        Weight::Problem => "Problem",
        Weight::Caution => "Caution",
        Weight::Note => "Note",
    }
}

/// A stage by its name.
pub(super) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Connect => "Connect",
        Stage::Greeting => "Greeting",
        Stage::Ehlo => "EHLO",
        Stage::Starttls => "STARTTLS",
        Stage::Tls => "TLS",
        Stage::EhloAfter => "EHLO in TLS",
        Stage::Auth => "AUTH",
        Stage::Mail => "MAIL",
        Stage::Rcpt => "RCPT",
        Stage::Data => "DATA",
        Stage::EndOfData => "Message",
        Stage::Rset => "RSET",
        Stage::Quit => "QUIT",
    }
}

/// What is wrong with a certificate, in a few words.
pub(super) fn fault(fault: &CertificateFault) -> String {
    match fault {
        CertificateFault::AuthorityAsServer => "it is that of an authority",
        CertificateFault::BadEncoding => "it cannot be read",
        CertificateFault::BadSignature => "a signature does not fit",
        CertificateFault::Expired => "its time is over",
        CertificateFault::NameMismatch => "it is for other names",
        CertificateFault::NoRoots => "no authority was known where it was checked",
        CertificateFault::NotYetValid => "its time has not come",
        CertificateFault::Other { text } => return safe(text),
        CertificateFault::Revoked => "its authority took it back",
        CertificateFault::SelfSigned => "it vouches for itself",
        CertificateFault::UnknownIssuer => "nobody known vouches for it",
        CertificateFault::UnsupportedSignature => "its kind of signature is not supported",
        CertificateFault::WrongUsage => "it is not for servers",
    }
    .to_owned()
}

/// The address; plain commands do not always show one.
pub(super) fn address(address: IpAddr) -> String {
    if address.is_unspecified() {
        return "address not shown".to_owned();
    }
    address.to_string()
}

/// ` after 12 ms`, where somebody measured.
pub(super) fn after(took_ms: u64) -> String {
    if took_ms == 0 {
        return String::new();
    }
    format!(" after {took_ms} ms")
}

/// `IPv4` or `IPv6`.
pub(super) const fn family(address: IpAddr) -> &'static str {
    match address {
        _ if address.is_unspecified() => "",
        IpAddr::V4(_) => "IPv4",
        IpAddr::V6(_) => "IPv6",
    }
}

/// The day and minute of a moment: `2026-11-26 10:00 UTC`.
pub(super) fn when(report: &ProbeReport) -> String {
    let text = report.started_at.to_string();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {} UTC", time.get(..5).unwrap_or_default())
}

/// The first of a text's letters, harmless.
pub(super) fn short(text: &str) -> String {
    const LETTERS: usize = 160;
    let text = safe(text);
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}

/// The name of a file: letters, digits, hyphens and dots of what was checked, and the day.
pub(super) fn file_name(report: &ProbeReport) -> String {
    let target = as_file(&report.asked.target.name);
    let day = report.started_at.to_string();
    let day = day.split('T').next().unwrap_or_default();
    format!("portolan-{target}-{day}")
}

/// The letters, digits, hyphens and dots of a name.
pub(super) fn as_file(name: &str) -> String {
    let name: String = name
        .chars()
        .filter(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '.'))
        .take(80)
        .collect();
    name.trim_matches(['.', '-']).to_owned()
}
