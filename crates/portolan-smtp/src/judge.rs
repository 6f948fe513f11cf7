//! From what is said to findings: the most specific rule names the root cause.

use std::collections::BTreeSet;

use portolan_report::Span;

use crate::cut;
use crate::event::{Event, EventKind};
use crate::mail::{is_no_report, silent};
use crate::normal::Normal;
use crate::phrases::{Hit, HitKind, said};
use crate::read::read;
use crate::session::follow;
use crate::stage::Told;
use crate::{CAUSES, Cause, ENHANCED, MAX_BYTES, REPLIES, RULES, Rule, Stage};

/// What was found in a text, the root cause first. Empty: nothing could be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The findings, by importance.
    pub findings: Vec<Finding>,
    /// Ids of causes that are as likely as the first.
    pub also: Vec<&'static str>,
    /// What client and server said, in the text's order.
    pub events: Vec<Event>,
}

/// One finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// What went wrong.
    pub cause: &'static Cause,
    /// Where the session was.
    pub stage: Stage,
    /// How sure it is, in hundredths.
    pub confidence: u8,
    /// The bytes of the text that said so.
    pub evidence: Span,
}

/// Names the root cause of a failure. Total on any bytes; what is behind [`MAX_BYTES`] is not looked at.
pub fn analyze(text: &[u8]) -> Analysis {
    let text = text.get(..MAX_BYTES).unwrap_or(text);
    let silent = silent(text);
    let normal = Normal::of(text, &silent);
    if !silent.is_empty() && is_no_report(text, &normal.text) {
        return Analysis::default();
    }
    if is_of_reading(&normal.text) {
        return Analysis::default();
    }
    let mut events = read(text, &silent);
    follow(&mut events);
    let hits = weighed(&normal, &events);
    let mut analysis = Analysis::default();
    let Some(first) = hits.first() else {
        analysis.events = events;
        return analysis;
    };
    let weight = first.weight;
    let told = Told::of(&normal.text);
    let mut named: Vec<usize> = Vec::new();
    for hit in &hits {
        let natural = hit.rule.map_or(Stage::None, |rule| rule.stage);
        let is_of_connection = matches!(natural, Stage::Connect | Stage::Tls);
        let stage = hit
            .stage
            .filter(|_| !is_of_connection)
            .unwrap_or_else(|| told.stage(natural, is_of_connection));
        let cause = of_sender(sharpened(hit.cause, &normal.text), stage);
        if named.contains(&cause) || named.len() >= MOST {
            continue;
        }
        named.push(cause);
        let Some(cause) = CAUSES.get(cause) else {
            continue;
        };
        if hit.weight == weight && named.len() > 1 {
            analysis.also.push(cause.id);
        }
        analysis.findings.push(Finding {
            cause,
            stage,
            confidence: confidence(hit.weight),
            evidence: span(&normal, hit.start, hit.end),
        });
    }
    analysis.events = events;
    analysis
}

/// Whether a failure is one of fetching mail, and none of sending it.
fn is_of_reading(text: &str) -> bool {
    const READING: &[&str] = &[
        "imapstore",
        "imaplib",
        "imap4",
        "imapclient",
        "pop3store",
        "poplib",
        "imap server",
        "pop3 server",
        ".imap.",
        "imap.",
        "imap:",
        "imaps:",
        "pop3:",
        "pop3.",
    ];
    const SENDING: &[&str] = &[
        "smtp",
        "mail from",
        "rcpt",
        "ehlo",
        "postfix",
        "exim",
        "sendmail",
        "submission",
        "550",
        "554",
    ];
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_named = text.contains("imap") || text.contains("pop3") || text.contains("poplib");
    is_named && text.len() < SHORT && any(READING) && !any(SENDING)
}

/// A long text speaks of many things.
const SHORT: usize = 20_000;

/// What speaks for a cause, and what it is worth there.
struct Weighed {
    /// The place of the cause in the table.
    cause: usize,
    /// The rule that fires; none where a code alone speaks.
    rule: Option<&'static Rule>,
    weight: u8,
    /// The stage that the session itself shows.
    stage: Option<Stage>,
    start: usize,
    end: usize,
}

/// The rules that fire, each at its best place, the most specific first.
fn weighed(normal: &Normal, events: &[Event]) -> Vec<Weighed> {
    let said = said(&normal.text);
    let mut all = fired(&said, normal, events);
    all.extend(events.iter().filter_map(|event| coded(event, normal)));
    let order = |hit: &Weighed| (std::cmp::Reverse(hit.weight), hit.start);
    all.sort_by_key(order);
    // What a cut left of a phrase counts where nothing whole counts more.
    if all.first().is_none_or(|first| first.weight <= CUT) {
        all.extend(fired(&cut::said(&normal.text), normal, events));
        all.sort_by_key(order);
    }
    all
}

/// The rules of these hits, each at its best place.
fn fired(said: &[Hit], normal: &Normal, events: &[Event]) -> Vec<Weighed> {
    let event_at = |start: usize| {
        let at = u64::try_from(normal.origin(start)).unwrap_or(u64::MAX);
        let before = events.partition_point(|event| event.span.start <= at);
        before
            .checked_sub(1)
            .and_then(|last| events.get(last))
            .filter(|event| at < event.span.end)
    };
    let mut best: Vec<Option<Weighed>> = RULES.iter().map(|_| None).collect();
    let mut taken_back: Vec<Vec<usize>> = vec![Vec::new(); RULES.len()];
    for hit in said.iter().filter(|hit| hit.takes_back) {
        if let Some(places) = taken_back.get_mut(hit.rule) {
            places.push(hit.start);
        }
    }
    for hit in said.iter().filter(|hit| !hit.takes_back) {
        let is_near = |place: &usize| {
            let (there, here) = (event_at(*place), event_at(hit.start));
            let is_same = there.map(|event| event.span) == here.map(|event| event.span);
            (is_same || here.is_none()) && place.abs_diff(hit.start) <= NEAR
        };
        if taken_back
            .get(hit.rule)
            .is_some_and(|places| places.iter().any(is_near))
        {
            continue;
        }
        let (Some(rule), Some(best)) = (RULES.get(hit.rule), best.get_mut(hit.rule)) else {
            continue;
        };
        let event = event_at(hit.start);
        let rank = match hit.kind {
            HitKind::Whole => rule.rank,
            HitKind::Code => rule.rank.min(CODE),
            HitKind::Cut => rule.rank.min(CUT),
        };
        let Some(weight) = weight(rule, rank, event) else {
            continue;
        };
        if best.as_ref().is_none_or(|best| best.weight < weight) {
            *best = Some(Weighed {
                cause: rule.cause,
                rule: Some(rule),
                weight,
                stage: event.and_then(|event| event.stage),
                start: hit.start,
                end: hit.end,
            });
        }
    }
    best.into_iter().flatten().collect()
}

/// What the codes of a refusal say by themselves.
fn coded(event: &Event, normal: &Normal) -> Option<Weighed> {
    let EventKind::Reply { code, enhanced } = event.kind else {
        return None;
    };
    if !event.kind.refuses() {
        return None;
    }
    let of_enhanced = enhanced.and_then(|it| {
        let at = ENHANCED
            .binary_search_by_key(&(it.subject, it.detail), |(number, ..)| *number)
            .ok()?;
        ENHANCED.get(at).map(|(_, cause, rank)| (*cause, *rank))
    });
    let of_code = |stage: Option<Stage>| {
        REPLIES
            .iter()
            .find(|(it, at, ..)| Some(*it) == code && *at == stage)
            .map(|(_, _, cause, rank)| (*cause, *rank))
    };
    let (cause, rank) = of_enhanced
        .or_else(|| event.stage.and_then(|stage| of_code(Some(stage))))
        .or_else(|| of_code(None))?;
    let start = normal.place(event.span.start);
    Some(Weighed {
        cause,
        rule: None,
        weight: worth(rank, event),
        stage: event.stage,
        start,
        end: normal.place(event.span.end).max(start + 1),
    })
}

/// What a rank is worth in a refusal.
const fn worth(rank: u8, event: &Event) -> u8 {
    if event.is_recovered {
        rank / 4
    } else if event.is_consequence {
        rank.saturating_sub(CONSEQUENCE)
    } else {
        rank
    }
}

/// What a rule is worth in what was said there; `None`: nothing.
fn weight(rule: &Rule, rank: u8, event: Option<&Event>) -> Option<u8> {
    let Some(event) = event else {
        return Some(rank);
    };
    match event.kind {
        EventKind::Command(_) => None,
        EventKind::Reply { .. } if event.kind.refuses() => Some(worth(rank, event)),
        EventKind::Reply { .. } => {
            let is_of_acceptance = CAUSES.get(rule.cause).is_some_and(|cause| {
                let id = cause.id;
                // A server asks on to say what was wrong with a token.
                id.starts_with("ok.") || id == "network.intercepted" || id == "auth.oauth-rejected"
            });
            is_of_acceptance.then_some(rank)
        }
    }
}

/// What the rest of a phrase is worth at most: more than any code, less than a whole phrase that names its cause.
const CUT: u8 = 45;

/// What a code is worth at most: the rules of words are above it.
const CODE: u8 = 39;

/// How far away from a phrase another may stand that takes it back, in bytes.
const NEAR: usize = 400;

/// What a refusal loses that only follows from another.
const CONSEQUENCE: u8 = 30;

/// More findings are consequences of consequences.
const MOST: usize = 4;

/// What names its cause in the table.
fn cause(id: &str) -> Option<usize> {
    CAUSES.iter().position(|cause| cause.id == id)
}

/// What is said of an address while the sender is named is said of the sender.
fn of_sender(found: usize, stage: Stage) -> usize {
    let of_recipient = CAUSES.get(found).map(|cause| cause.id);
    let of_sender = match (stage, of_recipient) {
        (Stage::Mail, Some("recipient.domain-not-found")) => "sender.domain-not-found",
        (Stage::Mail, Some("recipient.unknown")) => "sender.rejected",
        _ => return found,
    };
    cause(of_sender).unwrap_or(found)
}

/// A time-out towards several hosts on 25 is no fault of any of them.
fn sharpened(found: usize, text: &str) -> usize {
    let is_timeout = CAUSES
        .get(found)
        .is_some_and(|cause| cause.id == "network.timeout");
    if is_timeout && hosts_that_timed_out(text).len() > 1 {
        return cause("network.port-blocked").unwrap_or(found);
    }
    found
}

/// `connect to mx.example.com[192.0.2.1]:25: Connection timed out`
fn hosts_that_timed_out(text: &str) -> BTreeSet<&str> {
    text.split("connect to ")
        .skip(1)
        .filter_map(|rest| {
            let (host, after) = rest.split_once('[')?;
            let (_, after) = after.split_once("]:25: ")?;
            let is_timeout = after.starts_with("connection timed out")
                || after.starts_with("operation timed out");
            (is_timeout && host.len() < MAX_HOST).then_some(host)
        })
        .take(MAX_HOST)
        .collect()
}

const MAX_HOST: usize = 256;

/// What a rule's rank is worth, as measured on cases: words that name a cause are right more often than codes.
const fn confidence(rank: u8) -> u8 {
    match rank {
        85.. => 95,
        70..85 => 90,
        50..70 => 80,
        30..50 => 60,
        20..30 => 50,
        _ => 40,
    }
}

fn span(normal: &Normal, start: usize, end: usize) -> Span {
    let place = |at: usize| u64::try_from(normal.origin(at)).unwrap_or(u64::MAX);
    Span {
        start: place(start),
        end: place(end.saturating_sub(1)).saturating_add(1),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::weighed;
    use crate::normal::Normal;
    use crate::read::read;
    use crate::session::follow;
    use crate::{CAUSES, RULES};

    #[derive(Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        text: String,
    }

    /// A rule that decides no case is proven by none.
    #[test]
    fn every_rule_decides_some_case() {
        let cases: Cases = toml::from_str(include_str!("../tests/replies.toml")).unwrap();
        let mut idle: Vec<bool> = vec![true; RULES.len()];
        for case in &cases.case {
            let normal = Normal::of(case.text.as_bytes(), &[]);
            let mut events = read(case.text.as_bytes(), &[]);
            follow(&mut events);
            let Some(first) = weighed(&normal, &events).into_iter().next() else {
                continue;
            };
            let at = RULES
                .iter()
                .position(|rule| first.rule.is_some_and(|first| std::ptr::eq(rule, first)))
                .unwrap();
            idle[at] = false;
        }
        let idle: Vec<_> = RULES
            .iter()
            .zip(idle)
            .filter(|(_, idle)| *idle)
            .map(|(rule, _)| (CAUSES[rule.cause].id, rule.rank))
            .collect();
        assert!(
            idle.is_empty(),
            "no case of tests/replies.toml is decided by {idle:?}"
        );
    }
}
