//! The phrases of all rules, looked for in one pass.
//!
//! In a phrase `*` stands for up to [`MAX_GAP`] letters, `|` for the border of a word. A code is one only where no digit
//! goes on from it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

use crate::RULES;

/// How far apart the parts of a phrase may stand, in bytes.
const MAX_GAP: usize = 90;

/// A phrase of a rule.
struct Phrase {
    rule: usize,
    takes_back: bool,
    text: &'static str,
}

struct Table {
    phrases: Vec<Phrase>,
    first_parts: Option<AhoCorasick>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    for (rule, it) in RULES.iter().enumerate() {
        let said = it.say.iter().map(|text| (false, *text));
        for (takes_back, text) in said.chain(it.not.iter().map(|text| (true, *text))) {
            phrases.push(Phrase {
                rule,
                takes_back,
                text,
            });
        }
    }
    let first_parts = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .start_kind(StartKind::Unanchored)
        .build(
            phrases
                .iter()
                .map(|phrase| parts(phrase.text).next().unwrap_or_default()),
        )
        .ok();
    Table {
        phrases,
        first_parts,
    }
});

/// A phrase that a text says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// The place of the rule in the table.
    pub(crate) rule: usize,
    /// Whether it takes the rule back instead of firing it.
    pub(crate) takes_back: bool,
    /// Whether it is a code of the registry, which words outweigh.
    pub(crate) is_code: bool,
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// All that a text in the one form says, in its order; of each rule at most [`MOST_HITS`].
pub(crate) fn said(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut counts = vec![[0_usize; 2]; RULES.len()];
    let table = &*TABLE;
    let Some(first_parts) = &table.first_parts else {
        return hits;
    };
    let input = Input::new(text).anchored(Anchored::No);
    let Ok(matches) = first_parts.try_find_overlapping_iter(input) else {
        return hits;
    };
    let addresses = addresses(text);
    for found in matches {
        let Some(phrase) = table.phrases.get(found.pattern().as_usize()) else {
            continue;
        };
        let Some(count) = counts
            .get_mut(phrase.rule)
            .and_then(|counts| counts.get_mut(usize::from(phrase.takes_back)))
            .filter(|count| **count < MOST_HITS)
        else {
            continue;
        };
        // The words of a path say nothing: `/residential/error-codes`.
        let is_word = !phrase.text.contains(['.', '/']);
        if is_word && is_inside(&addresses, found.start()) {
            continue;
        }
        if let Some(end) = whole(phrase.text, text, found.start(), found.end()) {
            *count += 1;
            hits.push(Hit {
                rule: phrase.rule,
                takes_back: phrase.takes_back,
                is_code: is_common_code(phrase.text),
                start: found.start(),
                end,
            });
        }
    }
    hits
}

/// Whether a phrase is an enhanced status code of the registry (RFC 5248): its detail is below 100. Longer ones are some
/// vendor's own, and say what his words say.
fn is_common_code(phrase: &str) -> bool {
    let mut parts = phrase.split('.');
    let digits = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (class, subject, detail) = (parts.next(), parts.next(), parts.next());
    digits(class) && digits(subject) && digits(detail) && detail.is_some_and(|it| it.len() < 3)
}

/// A text that says the same more often says nothing new.
const MOST_HITS: usize = 64;

/// Where web addresses and mail addresses stand, in their order: their words are names.
fn addresses(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let mut all = Vec::new();
    for word in text.split(' ') {
        let web = word.find("http://").or_else(|| word.find("https://"));
        let from = web.or_else(|| word.contains('@').then_some(0));
        if let Some(from) = from {
            all.push((start + from, start + word.len()));
        }
        start += word.len() + 1;
    }
    all
}

fn is_inside(addresses: &[(usize, usize)], at: usize) -> bool {
    let before = addresses.partition_point(|(start, _)| *start <= at);
    before
        .checked_sub(1)
        .and_then(|last| addresses.get(last))
        .is_some_and(|(_, end)| at < *end)
}

/// The parts between the stars. A row of stars is no gap but a masked text.
fn parts(phrase: &str) -> impl Iterator<Item = &str> {
    let bare = phrase.trim_matches('|');
    let is_masked = bare.contains("**");
    bare.split(move |letter| letter == '*' && !is_masked)
}

/// Where a phrase ends whose first part stands there; `None`: the rest does not follow, or its border is none.
fn whole(phrase: &str, text: &str, start: usize, first_end: usize) -> Option<usize> {
    let mut end = first_end;
    for part in parts(phrase).skip(1) {
        let mut until = (end + MAX_GAP + part.len()).min(text.len());
        while !text.is_char_boundary(until) {
            until -= 1;
        }
        let at = text.get(end..until)?.find(part)?;
        end += at + part.len();
    }
    let before = text.get(..start)?.chars().next_back();
    let mut rest = text.get(end..)?.chars();
    let after = rest.next();
    let is_code = phrase
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'|'));
    let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    if is_code {
        let dot_before = before.is_some_and(|letter| matches!(letter, '.' | ':'));
        let dot_after =
            after == Some('.') && rest.next().is_some_and(|letter| letter.is_ascii_digit());
        let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let is_enhanced = phrase.contains('.');
        let border = if is_enhanced {
            digit(before) || digit(after)
        } else {
            goes_on(before) || goes_on(after) || before == Some('-')
        };
        return (!(border || dot_before || dot_after)).then_some(end);
    }
    let opens = !phrase.starts_with('|') || !goes_on(before);
    let closes = !phrase.ends_with('|') || !goes_on(after);
    (opens && closes).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn gaps_borders_and_codes() {
        let holds = |phrase: &str, first: &str, text: &str| {
            let start = text.find(first).unwrap();
            whole(phrase, text, start, start + first.len()).is_some()
        };
        assert!(holds("relay*denied", "relay", "relay access denied"));
        assert!(!holds(
            "relay*denied",
            "relay",
            &format!("relay{}denied", " ".repeat(200))
        ));
        assert!(holds("|eof|", "eof", "error=eof"));
        assert!(!holds("|eof|", "eof", "geoff"));
        assert!(holds("5.7.1", "5.7.1", "550 5.7.1 no"));
        assert!(!holds("5.7.1", "5.7.1", "550 5.7.139 no"));
        assert!(!holds("5.7.1", "5.7.1", "15.7.1"));
        assert!(!holds("|550|", "550", "10.0.0.550"));
    }
}
