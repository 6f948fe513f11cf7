//! Phrases that the beginning or the end of a text cuts: `certificate has`, `main not found`.
//!
//! What is pasted is often cut. The part of a phrase that is left speaks for it where no other cause's phrase begins, or
//! ends, in the same way.

use std::sync::LazyLock;

use crate::RULES;
use crate::phrases::{Hit, HitKind};

/// So many letters of a phrase have to be left.
const LEAST: usize = 12;

/// How far from an end a word may begin that a phrase begins with.
const FAR: usize = 60;

/// Phrases in the order of their letters, and the phrases read backwards in theirs.
struct Table {
    forwards: Vec<(Vec<u8>, usize)>,
    backwards: Vec<(Vec<u8>, usize)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut forwards = Vec::new();
    for (rule, it) in RULES.iter().enumerate() {
        for phrase in it.say {
            let bare = phrase.trim_matches('|');
            // A phrase of several parts, or a code, is none that could be guessed at.
            let is_plain =
                !bare.contains('*') && bare.bytes().any(|byte| byte.is_ascii_alphabetic());
            if is_plain && bare.len() > LEAST {
                forwards.push((bare.as_bytes().to_vec(), rule));
            }
        }
    }
    let mut backwards: Vec<(Vec<u8>, usize)> = forwards
        .iter()
        .map(|(phrase, rule)| (phrase.iter().rev().copied().collect(), *rule))
        .collect();
    forwards.sort();
    backwards.sort();
    Table {
        forwards,
        backwards,
    }
});

/// What the ends of a text in the one form say.
pub(crate) fn said(text: &str) -> Vec<Hit> {
    let bytes = text.trim_end().as_bytes();
    let mut hits = Vec::new();
    let from = bytes.len().saturating_sub(FAR);
    let tail = bytes.get(from..).unwrap_or_default();
    if let Some((rule, start)) = longest(tail, &TABLE.forwards) {
        hits.push(hit(rule, from + start, bytes.len()));
    }
    let head: Vec<u8> = bytes.iter().take(FAR).rev().copied().collect();
    if let Some((rule, start)) = longest(&head, &TABLE.backwards) {
        hits.push(hit(rule, 0, head.len() - start));
    }
    hits
}

fn hit(rule: usize, start: usize, end: usize) -> Hit {
    Hit {
        rule,
        #[cfg(test)]
        phrase: usize::MAX,
        takes_back: false,
        kind: HitKind::Cut,
        start,
        end,
    }
}

/// The rule of the phrases that begin with the longest end of `text`, where they all speak for one cause; and where that
/// end begins.
fn longest(text: &[u8], phrases: &[(Vec<u8>, usize)]) -> Option<(usize, usize)> {
    let begins = |at: &usize| {
        let before = at.checked_sub(1).and_then(|before| text.get(before));
        before.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    };
    let latest = text.len().checked_sub(LEAST)?;
    (0..=latest).filter(begins).find_map(|at| {
        let end = text.get(at..)?;
        let first = phrases.partition_point(|(phrase, _)| phrase.as_slice() < end);
        let fitting = phrases
            .get(first..)?
            .iter()
            .take_while(|(phrase, _)| phrase.starts_with(end));
        let mut rules = fitting.filter(|(phrase, _)| end.len() * 2 >= phrase.len());
        // Where it is a whole phrase already, it says what that says.
        let (phrase, rule) = rules.next()?;
        let cause = RULES.get(*rule)?.cause;
        let is_one = phrase.len() > end.len()
            && rules.all(|(_, other)| RULES.get(*other).is_some_and(|it| it.cause == cause));
        is_one.then_some((*rule, at))
    })
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::{CAUSES, RULES};

    fn causes(text: &str) -> Vec<&'static str> {
        let cause = |rule: usize| CAUSES[RULES[rule].cause].id;
        said(text).iter().map(|hit| cause(hit.rule)).collect()
    }

    #[test]
    fn what_is_left_of_a_phrase_speaks_for_it() {
        assert_eq!(
            causes("verify failed: certificate has"),
            ["tls.certificate-expired"]
        );
        assert_eq!(causes("ay access denied"), ["relay.denied"]);
        assert!(causes("550 5.7.1 mailbox").is_empty());
        assert!(causes("").is_empty());
    }
}
