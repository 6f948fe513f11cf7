//! From what is said to findings: the most specific rule names the root cause.

use std::collections::BTreeSet;

use portolan_report::Span;

use crate::normal::Normal;
use crate::phrases::{Said, said};
use crate::stage::stage;
use crate::{CAUSES, Cause, MAX_BYTES, RULES, Rule, Stage};

/// What was found in a text, the root cause first. Empty: nothing could be told.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The findings, by importance.
    pub findings: Vec<Finding>,
    /// Ids of causes that are as likely as the first.
    pub also: Vec<&'static str>,
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
    let normal = Normal::of(text);
    let hits = hits(&normal.text);
    let mut analysis = Analysis::default();
    let Some((first, _)) = hits.first() else {
        return analysis;
    };
    let rank = first.rank;
    let mut named: Vec<usize> = Vec::new();
    for (rule, (start, end)) in &hits {
        let cause = sharpened(rule.cause, &normal.text);
        if named.contains(&cause) || named.len() >= MOST {
            continue;
        }
        named.push(cause);
        let Some(cause) = CAUSES.get(cause) else {
            continue;
        };
        if rule.rank == rank && named.len() > 1 {
            analysis.also.push(cause.id);
        }
        let is_of_connection = matches!(rule.stage, Stage::Connect | Stage::Tls);
        analysis.findings.push(Finding {
            cause,
            stage: stage(&normal.text, *start, rule.stage, is_of_connection),
            confidence: confidence(rule.rank),
            evidence: span(&normal, *start, *end),
        });
    }
    analysis
}

/// The rules that fire, the most specific first, each with the place that fired it.
fn hits(text: &str) -> Vec<(&'static Rule, (usize, usize))> {
    let mut hits: Vec<(&Rule, (usize, usize))> = RULES
        .iter()
        .zip(&said(text))
        .filter_map(|(rule, said)| Some((rule, fired(said)?)))
        .collect();
    hits.sort_by_key(|(rule, (start, _))| (std::cmp::Reverse(rule.rank), *start));
    hits
}

/// More findings are consequences of consequences.
const MOST: usize = 4;

fn fired(said: &Said) -> Option<(usize, usize)> {
    said.fires.filter(|_| !said.is_taken_back)
}

/// What names its cause in the table.
fn cause(id: &str) -> Option<usize> {
    CAUSES.iter().position(|cause| cause.id == id)
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

    use super::hits;
    use crate::normal::Normal;
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
            let normal = Normal::of(case.text.as_bytes());
            let Some((first, _)) = hits(&normal.text).into_iter().next() else {
                continue;
            };
            let at = RULES
                .iter()
                .position(|rule| std::ptr::eq(rule, first))
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
