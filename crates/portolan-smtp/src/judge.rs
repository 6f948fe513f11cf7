//! From what is said to findings: the most specific rule names the root cause.

use portolan_report::Span;

use crate::encoded;
use crate::event::{Enhanced, Event};
use crate::legacy::{self, Recoded};
use crate::locate::located;
use crate::mail::{is_no_report, silent};
use crate::normal::Normal;
use crate::off_topic::{is_of_web, is_off_topic};
use crate::own_words::with_own_words;
use crate::phrases::{Said, said};
use crate::read::read;
use crate::session::follow;
use crate::sharpen::sharpened;
use crate::stage::Told;
use crate::trace::{is_source, source_lines};
use crate::weigh::{Weighed, named_by_code, weighed};
use crate::{CAUSES, Cause, MAX_BYTES, Stage};

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
    /// The reply that it stands in: its reply code and its enhanced status code.
    pub codes: (Option<u16>, Option<Enhanced>),
    /// The cause that the codes alone would name, where the words say another: receivers misuse codes.
    pub codes_say: Option<&'static str>,
}

/// What a failure is by itself: the first finding of [`analyze`], without what is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classified {
    /// What went wrong.
    pub cause: &'static Cause,
    /// Where the session was.
    pub stage: Stage,
    /// How sure it is, in hundredths.
    pub confidence: u8,
}

/// Names the root cause of a failure. Total on any bytes; what is behind [`MAX_BYTES`] is not looked at.
pub fn analyze(text: &[u8]) -> Analysis {
    found(text, MOST)
}

/// The root cause alone, for whoever sorts many failures: found as [`analyze`] finds it, which looks for more behind it.
/// `None`: nothing could be told.
pub fn classify(text: &[u8]) -> Option<Classified> {
    let analysis = found(text, 1);
    analysis.findings.first().map(|first| Classified {
        cause: first.cause,
        stage: first.stage,
        confidence: first.confidence,
    })
}

/// What is found in a text, at most so many findings.
fn found(text: &[u8], most: usize) -> Analysis {
    let text = text.get(..MAX_BYTES).unwrap_or(text);
    let look = |text: &[u8]| with_hidden(text, most);
    if let Some(recoded) = legacy::wide(text) {
        return in_original(look(&recoded.text), &recoded);
    }
    in_any_encoding(text, look)
}

/// What is found in a text, or what is surer to be found in it where it is read in another encoding.
fn in_any_encoding(text: &[u8], look: impl Fn(&[u8]) -> Analysis) -> Analysis {
    let mut best = look(text);
    if certainty(&best) < SURE_ENOUGH {
        for recoded in legacy::readings(text) {
            let other = look(&recoded.text);
            if certainty(&other) > certainty(&best) {
                best = in_original(other, &recoded);
            }
        }
    }
    best
}

/// How sure the first finding is, in hundredths.
fn certainty(analysis: &Analysis) -> u8 {
    analysis.findings.first().map_or(0, |it| it.confidence)
}

/// Places in a text that was read in another encoding become those of the text as it was pasted.
fn in_original(mut analysis: Analysis, recoded: &Recoded) -> Analysis {
    for finding in &mut analysis.findings {
        finding.evidence = recoded.origin(finding.evidence);
    }
    for event in &mut analysis.events {
        event.span = recoded.origin(event.span);
    }
    analysis
}

/// A text, and what a mail hides in an encoding.
fn with_hidden(text: &[u8], most: usize) -> Analysis {
    let plain = |text: &[u8]| heard(text, said, most);
    let analysis = plain(text);
    if certainty(&analysis) >= SURE_ENOUGH {
        return analysis;
    }
    // What is hidden says more than what stands around it.
    let better = encoded::parts(text).into_iter().find_map(|part| {
        let mut hidden = in_any_encoding(&part.text, plain);
        if certainty(&hidden) <= certainty(&analysis) {
            return None;
        }
        for finding in &mut hidden.findings {
            finding.evidence = whole(part.start, part.end);
        }
        hidden.events.clear();
        Some(hidden)
    });
    better.unwrap_or(analysis)
}

/// What is as sure as this needs no second look.
const SURE_ENOUGH: u8 = 80;

fn whole(start: usize, end: usize) -> Span {
    let place = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
    Span {
        start: place(start),
        end: place(end),
    }
}

/// What stands in a text as it is, by the phrases and signs that are heard in its one form: at most so many findings.
fn heard(text: &[u8], said: impl Fn(&str) -> Said, most: usize) -> Analysis {
    let silent = silent(text);
    let is_mail = !silent.is_empty();
    let silent = with_own_words(text, silent);
    let normal = Normal::of(text, &silent);
    if is_mail && is_no_report(text, &normal.text) {
        return Analysis::default();
    }
    let mut events = read(text, &silent);
    let mut said = said(&normal.text);
    let source = source_lines(text);
    if !source.is_empty() {
        said.hits
            .retain(|hit| !is_source(&source, normal.origin(hit.start)));
    }
    if is_off_topic(&normal.text, &events, &said.signs) {
        return Analysis::default();
    }
    follow(&mut events);
    let hits = weighed(&normal, &events, &said.hits);
    let mut analysis = Analysis::default();
    let Some(first) = hits.first() else {
        analysis.events = events;
        return analysis;
    };
    if is_anywhere(first.cause) && is_of_web(&normal.text, &events, &said.signs) {
        return Analysis::default();
    }
    let weight = first.weight;
    let told = Told::of(&said.signs);
    let mut named: Vec<usize> = Vec::new();
    // The first place of each cause is its best: more would cost a look at each of thousands of replies.
    let mut tried: Vec<usize> = Vec::new();
    for hit in &hits {
        if named.len() >= most {
            break;
        }
        if tried.contains(&hit.cause) {
            continue;
        }
        tried.push(hit.cause);
        let stage = located(hit, &events, &normal, &told);
        let (cause, stage) = sharpened(hit, stage, &normal.text, &events);
        if named.contains(&cause) {
            continue;
        }
        let is_turned = is_less_sure(hit, cause);
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
            confidence: if is_turned { TURNED } else { 95 }
                .min(confidence(hit.weight, rival(&hits, hit))),
            evidence: span(&normal, hit.start, hit.end),
            codes: hit.event.map_or((None, None), |event| event.kind.codes()),
            codes_say: hit
                .event
                .filter(|event| event.kind.refuses())
                .and_then(|event| named_by_code(&event))
                .and_then(|at| CAUSES.get(at))
                .map(|by_code| by_code.id)
                .filter(|by_code| *by_code != cause.id && !is_general(by_code)),
        });
    }
    analysis.events = events;
    analysis
}

/// More findings are consequences of consequences.
const MOST: usize = 4;

/// What may go wrong wherever something connects, and not with mail alone.
fn is_anywhere(cause: usize) -> bool {
    let id = CAUSES.get(cause).map_or("", |cause| cause.id);
    ["network.", "tls.", "auth.", "server.", "client."]
        .iter()
        .any(|area| id.starts_with(area))
}

/// What a code says that says little: no words contradict it.
fn is_general(id: &str) -> bool {
    matches!(
        id,
        "policy.rejected" | "server.local-error" | "server.busy" | "client.syntax"
    )
}

/// What speaks for another cause, and how much.
fn rival(hits: &[Weighed], hit: &Weighed) -> u8 {
    hits.iter()
        .filter(|other| other.cause != hit.cause)
        .map(|other| other.weight)
        .max()
        .unwrap_or(0)
}

/// What a weight is worth, as measured on cases: words that name a cause are right more often than codes, and more often
/// where nothing speaks for another cause nearly as loudly.
const fn confidence(weight: u8, rival: u8) -> u8 {
    let alone = match weight {
        85.. => 95,
        70..85 => 90,
        50..70 => 80,
        30..50 => 60,
        20..30 => 50,
        _ => 40,
    };
    if alone >= 90 && rival + CLOSE >= weight {
        return 80;
    }
    alone
}

/// Whether words about an unknown address were taken for words about the sender.
fn is_less_sure(hit: &Weighed, cause: usize) -> bool {
    let id = |at: usize| CAUSES.get(at).map_or("", |cause| cause.id);
    (id(hit.cause), id(cause)) == ("recipient.unknown", "sender.rejected")
}

/// What is turned so is worth at most this.
const TURNED: u8 = 80;

/// So near a rival is taken seriously.
const CLOSE: u8 = 10;

fn span(normal: &Normal, start: usize, end: usize) -> Span {
    let place = |at: usize| u64::try_from(normal.origin(at)).unwrap_or(u64::MAX);
    Span {
        start: place(start),
        end: place(end.saturating_sub(1)).saturating_add(1),
    }
}

#[cfg(test)]
mod tests;
