//! One record that mends all that is wrong with it, where several findings would each mend a part: who publishes one
//! after the other would undo the first with the second.
//!
//! Each suggestion is put in the record's place and the domain assessed again, until nothing is left to suggest.

use std::collections::BTreeSet;

use super::Survey;
use crate::finding::{Finding, Publish, Rule, Who};
use crate::lookup::{Answer, Lookup, Record};
use crate::rules;

/// Suggestions that are tried for one record, and records of one domain.
const MAX_STEPS: usize = 8;
const MAX_RECORDS: usize = 12;
/// What a character-string holds (RFC 1035, section 3.3).
const MAX_STRING: usize = 255;
/// Steps that come when the rest is in place, or for one address alone: each is shown on top of the rest, and is no part of it.
const LATER: [&Rule; 3] = [
    &rules::dmarc::POLICY_NONE,
    &rules::dmarc::TESTING,
    &rules::spf::NOT_PASSED,
];

/// Gives every finding of a record that one. What mends one thing may uncover another, so that it is looked for even where a
/// single finding suggests something.
pub(super) fn unite(survey: &Survey, now: u64, findings: &mut [Finding]) {
    let with_own = findings.iter().filter(|it| own(it).is_some());
    let records: BTreeSet<Lookup> = with_own.map(|it| it.at.clone()).collect();
    for at in records.into_iter().take(MAX_RECORDS) {
        let Some(whole) = mended(survey, now, &at) else {
            continue;
        };
        for finding in findings.iter_mut().filter(|it| it.at == at) {
            let Some(publish) = own(finding) else {
                continue;
            };
            if is_later(finding) {
                let mut survey = survey.clone();
                let then = publish_in(&mut survey, &at, &publish.value)
                    .and_then(|()| mended(&survey, now, &at));
                finding.publish = then.or_else(|| finding.publish.take());
            } else {
                finding.publish = Some(whole.clone());
            }
        }
    }
}

/// The record that is left when each suggestion was followed. `None`: there is nothing to follow, or no end.
fn mended(survey: &Survey, now: u64, at: &Lookup) -> Option<Publish> {
    let mut survey = survey.clone();
    let mut last = None;
    for _ in 0..MAX_STEPS {
        let findings = survey.assess(now).0.findings;
        let next: Vec<&Publish> = findings
            .iter()
            .filter(|it| it.at == *at && !is_later(it))
            .filter_map(own)
            .filter(|it| last.as_ref() != Some(*it))
            .collect();
        let whole = next.iter().find(|it| !asks(&it.value)).or(next.first());
        let Some(next) = whole.map(|it| Publish::clone(it)) else {
            return last;
        };
        publish_in(&mut survey, at, &next.value)?;
        last = Some(next);
    }
    None
}

/// Whether something has to be filled in: such a text comes last, since nothing can be read in its place before.
fn asks(value: &str) -> bool {
    const LEAST: usize = 4;
    value
        .split(|sign: char| !sign.is_ascii_alphanumeric())
        .any(|word| word.len() >= LEAST && word.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// Puts a text in the place of the record.
fn publish_in(survey: &mut Survey, at: &Lookup, value: &str) -> Option<()> {
    let answer = replaced(survey.answers.get(at)?, value)?;
    survey.answers.replace(at, answer);
    Some(())
}

/// What a finding suggests for the record that it is about.
fn own(finding: &Finding) -> Option<&Publish> {
    let publish = finding.publish.as_ref()?;
    let is_own = finding.who == Who::Owner
        && publish.kind == finding.at.kind
        && publish.name == finding.at.name.to_string();
    is_own.then_some(publish)
}

fn is_later(finding: &Finding) -> bool {
    LATER.iter().any(|rule| rule.id == finding.rule.id)
}

/// The answer with another text in the place of those that begin like it, the number of the version aside, or of the only one.
fn replaced(answer: &Answer, value: &str) -> Option<Answer> {
    let begins = |text: &[u8]| -> Vec<u8> {
        let is_of_it = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'=';
        let letters = text.trim_ascii().iter().take_while(is_of_it);
        letters.map(u8::to_ascii_lowercase).collect()
    };
    let begin = begins(value.as_bytes());
    let is_like =
        |it: &Record| matches!(it, Record::Txt(strings) if begins(&strings.concat()) == begin);
    let is_text = |it: &Record| matches!(it, Record::Txt(_));
    let records = answer.records();
    let is_only = records.iter().filter(|it| is_text(it)).count() == 1;
    let goes = |it: &Record| if is_only { is_text(it) } else { is_like(it) };
    let place = records.iter().position(goes)?;
    let strings = value.as_bytes().chunks(MAX_STRING).map(<[u8]>::to_vec);
    let mut kept: Vec<Record> = records.iter().filter(|it| !goes(it)).cloned().collect();
    kept.insert(place.min(kept.len()), Record::Txt(strings.collect()));
    Some(Answer::Records(kept))
}
