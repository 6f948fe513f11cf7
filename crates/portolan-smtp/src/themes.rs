//! What a refusal is about, where no phrase of a rule is in it: its words belong to themes, and themes together say what went
//! wrong (`themes.toml`).
//!
//! Whoever words a refusal in his own way still has to name the mailbox, the limit or the signature that it is about. What
//! is read so outweighs a code that says next to nothing, and yields to any phrase; it is never sure.

use crate::event::{Enhanced, Event};
use crate::normal::Normal;
use crate::weigh::{Weighed, by_code, worth};
use crate::{CAUSES, READINGS, Reading, Stage, WORDS};

/// Whether what weighs most leaves room for a reading by themes: it is no word that names a cause.
pub(crate) fn leaves_open(first: &Weighed, normal: &Normal) -> bool {
    first.weight <= WEIGHT || is_bare_code(first, normal) || is_of_any_sign_in(first)
}

/// Reads the refusals by their themes. What says less than that, though it ranks higher, yields: a code that a rule has for
/// want of words, and what a client says of every sign-in that fails.
pub(crate) fn ask_themes(all: &mut Vec<Weighed>, events: &[Event], normal: &Normal) {
    let read = read_by_themes(events, normal);
    let is_read = |hit: &Weighed| {
        let event = hit.event.map(|event| event.span);
        read.iter()
            .any(|it| it.event.map(|event| event.span) == event && it.cause != hit.cause)
    };
    let is_told =
        events.iter().any(tells_of_sign_in) || read.iter().any(|it| is_other_of_sign_in(it.cause));
    for hit in all.iter_mut() {
        let is_remark = is_of_any_sign_in(hit) || hit.event.is_none() && is("policy.rejected", hit);
        if is_bare_code(hit, normal) && is_read(hit) || is_told && is_remark {
            hit.weight = hit.weight.min(YIELDS);
        }
    }
    all.extend(read);
    if all.is_empty() {
        all.extend(read_told(normal));
    }
}

/// What a client tells of a reply whose code it took off: `The following recipients failed: a@b.example: …`.
fn read_told(normal: &Normal) -> Option<Weighed> {
    let (at, stage) = REMARKS.iter().find_map(|(remark, stage)| {
        let at = normal.text.find(remark)?;
        Some((at + remark.len(), *stage))
    })?;
    let end = normal.text.len().min(at + LONGEST);
    let themes = themes(normal.text.get(at..end)?);
    let reading = READINGS
        .iter()
        .find(|it| it.fits(themes, (None, None), Some(stage)))?;
    Some(Weighed {
        cause: reading.cause,
        rule: None,
        weight: TOLD,
        event: None,
        start: at,
        end,
    })
}

/// The remarks of `PHPMailer`, and the command whose answer follows them.
const REMARKS: &[(&str, Stage)] = &[
    ("following recipients failed: ", Stage::Rcpt),
    ("following from address failed: ", Stage::Mail),
    ("data not accepted.", Stage::EndOfData),
];

/// What is read without any code is a guess.
const TOLD: u8 = 28;

/// Whether it is `535`, and no word.
pub(crate) fn is_bare_code(hit: &Weighed, normal: &Normal) -> bool {
    let is_of_code = |it: u8| it.is_ascii_digit() || matches!(it, b'.' | b' ' | b'-');
    hit.rule.is_some()
        && hit.event.is_some()
        && normal
            .text
            .get(hit.start..hit.end)
            // A vendor's own detail is as good as words.
            .is_some_and(|said| said.bytes().all(is_of_code) && !is_vendors(said))
}

/// `5.7.139`, `535 5.7.139`
fn is_vendors(code: &str) -> bool {
    code.rsplit('.').next().is_some_and(|last| last.len() > 2) && code.contains('.')
}

/// Whether it is said beside the replies, of a sign-in: clients say so of each that fails.
fn is_of_any_sign_in(hit: &Weighed) -> bool {
    hit.event.is_none() && is("auth.bad-credentials", hit)
}

fn is(id: &str, hit: &Weighed) -> bool {
    CAUSES.get(hit.cause).is_some_and(|cause| cause.id == id)
}

/// Whether the codes of a refusal say more of a sign-in than that it failed.
fn tells_of_sign_in(event: &Event) -> bool {
    let (code, enhanced) = event.kind.codes();
    event.kind.refuses()
        && !event.is_recovered
        && by_code(code, enhanced, event.stage)
            .is_some_and(|(cause, rank)| rank >= EXACT && is_other_of_sign_in(cause))
}

fn is_other_of_sign_in(cause: usize) -> bool {
    CAUSES
        .get(cause)
        .is_some_and(|cause| cause.id.starts_with("auth.") && cause.id != "auth.bad-credentials")
}

/// What the words of these refusals say by their themes.
fn read_by_themes(events: &[Event], normal: &Normal) -> Vec<Weighed> {
    let refusals = events
        .iter()
        .filter(|event| event.kind.refuses() && !event.is_consequence && !event.is_recovered);
    refusals
        .take(MOST)
        .filter_map(|event| {
            let start = normal.place(event.span.start);
            let end = normal.place(event.span.end).max(start + 1);
            let end = end.min(start + LONGEST);
            let themes = themes(normal.text.get(start..end).unwrap_or_default());
            let reading = READINGS
                .iter()
                .find(|it| it.fits(themes, event.kind.codes(), event.stage))?;
            Some(Weighed {
                cause: reading.cause,
                rule: None,
                weight: worth(WEIGHT, event),
                event: Some(*event),
                start,
                end,
            })
        })
        .collect()
}

impl Reading {
    fn fits(
        &self,
        themes: u64,
        (code, enhanced): (Option<u16>, Option<Enhanced>),
        stage: Option<Stage>,
    ) -> bool {
        let class = code
            .map(|code| code / 100)
            .or_else(|| enhanced.map(|it| u16::from(it.class)));
        let is_of_class = self.class == 0 || class.is_none_or(|class| class == self.class);
        let is_of_codes =
            self.codes.is_empty() || code.is_some_and(|code| self.codes.contains(&code));
        themes & self.all == self.all
            && themes & self.none == 0
            && is_of_class
            && is_of_codes
            && (self.stages.is_empty() || self.is_of_stage(code, stage))
    }

    /// A lone reply may answer any command that its code does not rule out.
    fn is_of_stage(&self, code: Option<u16>, stage: Option<Stage>) -> bool {
        let is_of_sign_in = matches!(code, Some(432 | 435 | 454 | 534 | 535 | 538));
        match stage {
            Some(Stage::Data | Stage::EndOfData) => {
                self.stages.contains(&Stage::Data) || self.stages.contains(&Stage::EndOfData)
            }
            Some(stage) => self.stages.contains(&stage),
            None if is_of_sign_in => self.stages.contains(&Stage::Auth),
            None => !matches!(self.stages, [Stage::Auth | Stage::Ehlo | Stage::Starttls]),
        }
    }
}

/// The themes of a text in the one form.
fn themes(text: &str) -> u64 {
    let mut all = 0;
    for token in text.split([' ', ',', ';', '"', '(', ')', '!', '?', '/']) {
        let token =
            token.trim_matches(|it: char| matches!(it, '.' | ':' | '<' | '>' | '[' | ']' | '\''));
        if is_address(token) {
            all |= ADDRESS;
            continue;
        }
        // Names of hosts, addresses and pages say nothing.
        if token.contains(['@', '.', '=', '_']) {
            continue;
        }
        all |= of_word(token);
    }
    all
}

/// The themes of a word, by its beginnings.
fn of_word(word: &str) -> u64 {
    let Some(first) = word.get(..1) else { return 0 };
    let from = WORDS.partition_point(|(it, _)| *it < first);
    WORDS
        .iter()
        .skip(from)
        .take_while(|(it, _)| it.starts_with(first))
        .filter(|(it, _)| match it.strip_suffix('|') {
            Some(whole) => word == whole,
            None => word.starts_with(it),
        })
        .fold(0, |all, (_, themes)| all | themes)
}

/// `192.0.2.1`
fn is_address(token: &str) -> bool {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    token.split('.').count() == 4 && token.split('.').all(is_number)
        || token.contains("::") && token.bytes().all(|it| it.is_ascii_hexdigit() || it == b':')
}

/// The theme of an address in numbers.
const ADDRESS: u64 = 1;

/// More than a code, and than the word "denied"; less than any phrase that names a cause.
const WEIGHT: u8 = 42;

/// What yields is worth less than a code that says something exact.
const YIELDS: u8 = 34;

/// A code that ranks so high says something exact.
const EXACT: u8 = 36;

/// So much of a reply is read, in bytes.
const LONGEST: usize = 600;

/// So many refusals of a text are read.
const MOST: usize = 8;
