//! The phrases of all rules, and the signs of what a text is about, looked for in one pass.
//!
//! In a phrase `*` stands for up to [`MAX_GAP`] letters, `|` for the border of a word. A code is one only where no digit
//! goes on from it.

use std::sync::LazyLock;

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored, MatchKind};
use memchr::memmem::Finder;

use crate::RULES;
use crate::names::{is_inside, names};
use crate::signs::{Seen, Sign, signs};

/// How far apart the parts of a phrase may stand, in bytes.
const MAX_GAP: usize = 90;

/// A phrase of a rule, taken apart once.
struct Phrase {
    rule: usize,
    takes_back: bool,
    /// The parts behind the first, which the pass over all phrases finds.
    more: Vec<Finder<'static>>,
    border: Border,
    /// Words of a path or an address are names; what has a dot or a slash in it may be one on purpose.
    is_word: bool,
    is_common_code: bool,
}

/// What may stand around a phrase.
#[derive(Clone, Copy)]
enum Border {
    /// No letter where it asks for a border.
    Word { opens: bool, closes: bool },
    /// No digit: it is an enhanced status code.
    Enhanced,
    /// Neither digit nor letter: it is a reply code.
    Code,
}

impl Phrase {
    fn new(rule: usize, takes_back: bool, text: &'static str) -> Self {
        let is_code = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'|'));
        let border = match (is_code, text.contains('.')) {
            (true, true) => Border::Enhanced,
            (true, false) => Border::Code,
            (false, _) => Border::Word {
                // What begins within a word is another word: no worm in a bookworm.
                opens: text.starts_with('|')
                    || text.starts_with(|it: char| it.is_ascii_lowercase()),
                closes: text.ends_with('|'),
            },
        };
        Self {
            rule,
            takes_back,
            more: parts(text).skip(1).map(Finder::new).collect(),
            border,
            is_word: !text.contains(['.', '/']),
            is_common_code: is_common_code(text),
        }
    }
}

struct Table {
    phrases: Vec<Phrase>,
    /// Of each phrase what most of its false beginnings fail by, close together in memory.
    opens: Vec<Opens>,
    /// What is looked for besides, behind the phrases.
    signs: Vec<Sign>,
    words: Option<NFA>,
}

/// What has to hold where a phrase begins.
#[derive(Clone, Copy)]
struct Opens {
    /// No letter or digit of a name stands before it.
    at_border: bool,
    /// It does not stand in an address.
    outside_names: bool,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut texts = Vec::new();
    for (rule, it) in RULES.iter().enumerate() {
        let said = it.say.iter().map(|text| (rule, false, *text));
        texts.extend(said.chain(it.not.iter().map(|text| (rule, true, *text))));
    }
    let first_parts = texts
        .iter()
        .map(|(_, _, text)| parts(text).next().unwrap_or_default());
    let words = NFA::builder()
        .match_kind(MatchKind::Standard)
        .build(first_parts.chain(signs().map(|(_, word)| word)))
        .ok();
    let phrases: Vec<Phrase> = texts
        .into_iter()
        .map(|(rule, takes_back, text)| Phrase::new(rule, takes_back, text))
        .collect();
    let opens = phrases
        .iter()
        .map(|phrase| Opens {
            at_border: !matches!(phrase.border, Border::Word { opens: false, .. }),
            outside_names: phrase.is_word,
        })
        .collect();
    Table {
        phrases,
        opens,
        signs: signs().map(|(sign, _)| sign).collect(),
        words,
    }
});

/// A phrase that a text says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// The place of the rule in the table.
    pub(crate) rule: usize,
    /// The place of the phrase among all; of a cut one there is none.
    #[cfg(test)]
    pub(crate) phrase: usize,
    /// Whether it takes the rule back instead of firing it.
    pub(crate) takes_back: bool,
    /// How much of the phrase stands there.
    pub(crate) kind: HitKind,
    /// Where it begins.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HitKind {
    /// A phrase.
    Whole,
    /// A code of the registry, which words outweigh.
    Code,
    /// What the text's beginning or end leaves of a phrase.
    Cut,
}

/// What a text in the one form says, in the order of its ends.
#[derive(Default)]
pub(crate) struct Said {
    /// The phrases; of each rule at most [`MOST_HITS`].
    pub(crate) hits: Vec<Hit>,
    /// The signs.
    pub(crate) signs: Vec<Seen>,
}

/// All that a text in the one form says.
pub(crate) fn said(text: &str) -> Said {
    let mut said = Said::default();
    let table = &*TABLE;
    let Some(automaton) = &table.words else {
        return said;
    };
    let Ok(mut state) = automaton.start_state(Anchored::No) else {
        return said;
    };
    let mut counts = vec![[0_u8; 2]; RULES.len()];
    let names = names(text);
    for (at, byte) in text.bytes().enumerate() {
        state = automaton.next_state(Anchored::No, state, byte);
        if !automaton.is_special(state) || !automaton.is_match(state) {
            continue;
        }
        for index in 0..automaton.match_len(state) {
            let pattern = automaton.match_pattern(state, index);
            let first_end = at + 1;
            let start = first_end - automaton.pattern_len(pattern);
            let pattern = pattern.as_usize();
            let Some(opens) = table.opens.get(pattern) else {
                let sign = table.signs.get(pattern - table.opens.len());
                said.signs.extend(sign.map(|sign| Seen {
                    sign: *sign,
                    start,
                    end: first_end,
                }));
                continue;
            };
            let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
            if opens.at_border && before.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_')
            {
                continue;
            }
            // The words of a path say nothing: `/residential/error-codes`.
            if opens.outside_names && is_inside(&names, start) {
                continue;
            }
            let Some(phrase) = table.phrases.get(pattern) else {
                continue;
            };
            let Some(count) = counts
                .get_mut(phrase.rule)
                .and_then(|counts| counts.get_mut(usize::from(phrase.takes_back)))
                .filter(|count| **count < MOST_HITS)
            else {
                continue;
            };
            if let Some(end) = whole(phrase, text, start, first_end) {
                *count += 1;
                said.hits.push(Hit {
                    rule: phrase.rule,
                    #[cfg(test)]
                    phrase: pattern,
                    takes_back: phrase.takes_back,
                    kind: if phrase.is_common_code {
                        HitKind::Code
                    } else {
                        HitKind::Whole
                    },
                    start,
                    end,
                });
            }
        }
    }
    said
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
const MOST_HITS: u8 = 64;

/// The parts between the stars. A row of stars is no gap but a masked text.
fn parts(phrase: &'static str) -> impl Iterator<Item = &'static str> {
    let bare = phrase.trim_matches('|');
    let is_masked = bare.contains("**");
    bare.split(move |letter| letter == '*' && !is_masked)
}

/// Where a phrase ends whose first part stands there; `None`: the rest does not follow, or its border is none.
fn whole(phrase: &Phrase, text: &str, start: usize, first_end: usize) -> Option<usize> {
    let mut end = first_end;
    for part in &phrase.more {
        let length = part.needle().len();
        let until = (end + MAX_GAP + length).min(text.len());
        let at = part.find(text.as_bytes().get(end..until)?)?;
        end += at + length;
    }
    let before = text.get(..start)?.chars().next_back();
    let mut rest = text.get(end..)?.chars();
    let after = rest.next();
    let goes_on = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    // Words of a name in capitals are parts of it.
    // So does a letter with an accent: no rate in a modérateur. Where no blanks are written, a word begins anywhere.
    let is_accented = |it: char| it < '\u{500}' && it.is_alphabetic();
    let is_named = |letter: Option<char>| {
        letter.is_some_and(|it| it.is_ascii_alphanumeric() || it == '_' || is_accented(it))
    };
    let digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
    let ends_at_dot = |rest: &mut std::str::Chars<'_>| {
        let dot_before = before.is_some_and(|letter| matches!(letter, '.' | ':'));
        let dot_after = after == Some('.') && rest.next().is_some_and(|it| it.is_ascii_digit());
        dot_before || dot_after
    };
    let holds = match phrase.border {
        Border::Word { opens, closes } => {
            (!opens || !is_named(before)) && (!closes || !goes_on(after))
        }
        Border::Enhanced => !is_named(before) && !digit(after) && !ends_at_dot(&mut rest),
        Border::Code => {
            let is_of_file = || text.get(..start).is_some_and(|it| it.ends_with("line "));
            let is_part = goes_on(before) || goes_on(after) || before == Some('-') || is_of_file();
            !is_part && !ends_at_dot(&mut rest)
        }
    };
    holds.then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{Phrase, whole};

    #[test]
    fn gaps_borders_and_codes() {
        let holds = |phrase: &'static str, first: &str, text: &str| {
            let phrase = Phrase::new(0, false, phrase);
            let start = text.find(first).unwrap();
            whole(&phrase, text, start, start + first.len()).is_some()
        };
        assert!(holds("relay*denied", "relay", "relay access denied"));
        assert!(!holds(
            "relay*denied",
            "relay",
            &format!("relay{}denied", " ".repeat(200))
        ));
        assert!(!holds("rate", "rate", "modérateurs"));
        assert!(holds("smtp", "smtp", "没有smtp"));
        assert!(holds("|eof|", "eof", "error=eof"));
        assert!(!holds("|eof|", "eof", "geoff"));
        assert!(holds("5.7.1", "5.7.1", "550 5.7.1 no"));
        assert!(!holds("5.7.1", "5.7.1", "550 5.7.139 no"));
        assert!(!holds("5.7.1", "5.7.1", "15.7.1"));
        assert!(!holds("|550|", "550", "10.0.0.550"));
        assert!(!holds("|550|", "550", "smtp.py, line 550, in login"));
    }
}
