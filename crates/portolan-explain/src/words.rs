//! What every form of an explanation says alike.

use portolan_facts::Facts;
use portolan_smtp::{Blame, Filter, Finding, enhanced_meaning, reply_meaning};

use crate::provider::how_to_show;

/// Who can mend it.
pub const fn who(blame: Blame) -> &'static str {
    match blame {
        Blame::Client => "you, in the settings of what sends",
        Blame::Network => "whoever runs the network on the way",
        Blame::None => "nobody has to",
        Blame::Recipient => "the recipient, or their administrator",
        Blame::Sender => "whoever answers for the sending domain or address",
        Blame::Server => "whoever runs the server that answers",
    }
}

/// The same in a word, before a step.
pub const fn who_short(blame: Blame) -> &'static str {
    match blame {
        Blame::Client => "you",
        Blame::Network => "the network",
        Blame::None => "nobody",
        Blame::Recipient => "the recipient",
        Blame::Sender => "the sending domain",
        Blame::Server => "the server",
    }
}

/// The codes of a finding with what their registries say.
pub fn codes(finding: &Finding) -> Vec<(String, String)> {
    let (reply, enhanced) = finding.codes;
    let reply = reply.map(|code| (code.to_string(), reply_meaning(code)));
    let enhanced = enhanced.map(|it| {
        let code = format!("{}.{}.{}", it.class, it.subject, it.detail);
        (code, enhanced_meaning(it))
    });
    reply.into_iter().chain(enhanced).collect()
}

/// What would make an unsure finding surer: what to capture, and how the client that the text gives away shows it. Empty
/// where the finding is sure.
pub fn surer(finding: &Finding, text: &[u8], facts: &Facts) -> Vec<String> {
    if finding.confidence > UNSURE {
        return Vec::new();
    }
    let capture = Some(finding.cause.capture.to_owned()).filter(|it| !it.is_empty());
    capture
        .into_iter()
        .chain(how_to_show(text, finding.stage, facts))
        .collect()
}

/// In hundredths: six in ten, as measured.
const UNSURE: u8 = 60;

/// `rfc5321#4.2.2` as people cite it, or the site of a page; and where it is read.
pub fn citation(source: &str) -> (String, String) {
    if let Some(rest) = source.strip_prefix("https://") {
        let site = rest.split('/').next().unwrap_or(rest);
        return (site.to_owned(), source.to_owned());
    }
    let (document, section) = source.split_once('#').unwrap_or((source, ""));
    let number = document.trim_start_matches("rfc");
    let (place, anchor) = if section.is_empty() {
        (String::new(), String::new())
    } else {
        (
            format!(", section {section}"),
            format!("#section-{section}"),
        )
    };
    (
        format!("RFC {number}{place}"),
        format!("https://www.rfc-editor.org/rfc/{document}.html{anchor}"),
    )
}

/// What a filter lets through, in words: `domain one.example, hour Jan  1 10`. `None`: everything.
pub fn only(filter: &Filter) -> Option<String> {
    let all: Vec<String> = wanted(filter)
        .map(|it| format!("{} {}", it.name, safe(it.value)))
        .collect();
    (!all.is_empty()).then(|| all.join(", "))
}

/// One thing that a filter wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted<'f> {
    /// Its key, as shells and exports write it.
    pub key: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Its value as the log has it: nothing that may be shown as it is.
    pub value: &'f str,
}

/// What a filter wants, one by one.
pub fn wanted(filter: &Filter) -> impl Iterator<Item = Wanted<'_>> {
    let all = [
        ("cause", "cause", &filter.cause),
        ("domain", "domain", &filter.domain),
        ("relay", "host", &filter.relay),
        ("client", "sending address", &filter.client),
        ("hour", "hour", &filter.hour),
    ];
    all.into_iter().filter_map(|(key, name, value)| {
        let value = value.as_deref()?;
        Some(Wanted { key, name, value })
    })
}

/// Text of a stranger that may leave Portolan: no secret, no local part of an address, nothing that acts on a screen.
pub fn safe(text: &str) -> String {
    let masked = portolan_mask::addresses(&portolan_mask::mask(text.as_bytes()));
    shown(&String::from_utf8_lossy(&masked))
}

/// Text of a stranger without what a terminal would act upon, or what turns its direction; a tab is a blank.
pub fn shown(text: &str) -> String {
    let acts = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter })
        .filter(|letter| !acts(*letter))
        .collect()
}
