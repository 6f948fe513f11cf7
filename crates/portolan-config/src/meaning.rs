//! What a word can say to the reader, as a set: many words say several things.

use crate::{turns, words};

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Meaning(u64);

impl Meaning {
    /// Mail that leaves.
    pub(crate) const SMTP: Self = Self(1);
    /// Mail that arrives or is read.
    pub(crate) const INCOMING: Self = Self(1 << 1);
    /// Neither: the web, a database, a shell.
    pub(crate) const OTHER: Self = Self(1 << 2);
    /// A label of ports.
    pub(crate) const PORT: Self = Self(1 << 3);
    /// STARTTLS.
    pub(crate) const START: Self = Self(1 << 4);
    /// SSL, which is mostly implicit.
    pub(crate) const SSL: Self = Self(1 << 5);
    /// TLS, whichever way.
    pub(crate) const TLS: Self = Self(1 << 6);
    /// TLS from the first byte.
    pub(crate) const IMPLICIT: Self = Self(1 << 7);
    /// No encryption.
    pub(crate) const PLAIN: Self = Self(1 << 8);
    /// Closed, blocked, deprecated, never.
    pub(crate) const NEVER: Self = Self(1 << 9);
    /// A plain negation.
    pub(crate) const NOT: Self = Self(1 << 10);
    /// Says that something holds for some only.
    pub(crate) const HEDGE: Self = Self(1 << 11);
    /// Speaks of all that were named.
    pub(crate) const EVERY: Self = Self(1 << 12);
    /// The same as before.
    pub(crate) const SAME: Self = Self(1 << 13);
    /// In the same way as before.
    pub(crate) const LIKEWISE: Self = Self(1 << 14);
    /// Of former times.
    pub(crate) const OLD: Self = Self(1 << 15);
    /// A switch that is on.
    pub(crate) const YES: Self = Self(1 << 16);
    /// A switch that is off, or nothing.
    pub(crate) const NO: Self = Self(1 << 17);
    /// A label of hosts.
    pub(crate) const HOSTKEY: Self = Self(1 << 18);
    /// A label of encryption.
    pub(crate) const SECKEY: Self = Self(1 << 19);
    /// May stand before a number that is a port.
    pub(crate) const USE: Self = Self(1 << 20);
    /// May stand after a number that is a port.
    pub(crate) const FOLLOW: Self = Self(1 << 21);
    /// Opens a condition.
    pub(crate) const IF: Self = Self(1 << 22);
    /// May stand between a label and its value.
    pub(crate) const LINK: Self = Self(1 << 23);
    /// Joins two things of a list.
    pub(crate) const AND: Self = Self(1 << 24);
    /// What follows is what should not be taken.
    pub(crate) const INSTEAD: Self = Self(1 << 25);
    /// What follows is another statement.
    pub(crate) const BUT: Self = Self(1 << 26);
    /// Speaks of what was named just before.
    pub(crate) const PRONOUN: Self = Self(1 << 27);
    /// The last one of those named.
    pub(crate) const LAST: Self = Self(1 << 28);
    /// The word after it is absent.
    pub(crate) const WITHOUT: Self = Self(1 << 29);
    /// A switch for TLS that is off.
    pub(crate) const OFF: Self = Self(1 << 30);
    /// Says nothing, and its words neither.
    pub(crate) const FILLER: Self = Self(1 << 31);
    /// What is spoken of beside it was so in former times.
    pub(crate) const PAST: Self = Self(1 << 32);
    /// What is spoken of beside it is so today.
    pub(crate) const NOW: Self = Self(1 << 33);
    /// One thing takes the place of another.
    pub(crate) const REPLACE: Self = Self(1 << 34);
    /// What takes the place follows.
    pub(crate) const BY: Self = Self(1 << 35);
    /// Devices, programs and parts of a guide, which may be old or previous without their ports being so.
    pub(crate) const DEVICE: Self = Self(1 << 36);
    /// A command that tries a connection.
    pub(crate) const TEST: Self = Self(1 << 37);
    /// Says that something is to be had, or to be had as well.
    pub(crate) const OFFER: Self = Self(1 << 38);
    /// Past where a colon follows or a cell is its own: `Before:`, and not `before you start`.
    pub(crate) const PAST_LABEL: Self = Self(1 << 39);
    /// Where a change begins: `from 25 to 587`.
    pub(crate) const FROM: Self = Self(1 << 40);
    /// One thing is to be made another, where both are named.
    pub(crate) const CHANGE: Self = Self(1 << 42);
    /// What holds where nobody chose.
    pub(crate) const DEFAULT: Self = Self(1 << 43);
    /// When something ends.
    pub(crate) const UNTIL: Self = Self(1 << 44);
    /// What goes on although it should not: `if you still use port 25`.
    pub(crate) const STILL: Self = Self(1 << 45);
    /// Says that something is the better choice.
    pub(crate) const RECOMMENDED: Self = Self(1 << 46);
    /// Where a change leads.
    pub(crate) const TO: Self = Self(1 << 41);

    /// Everything that speaks of encryption.
    pub(crate) const ANY_TLS: Self =
        Self(Self::START.0 | Self::SSL.0 | Self::TLS.0 | Self::IMPLICIT.0 | Self::PLAIN.0);
    /// Everything that names a protocol.
    pub(crate) const ANY_PROTOCOL: Self = Self(Self::SMTP.0 | Self::INCOMING.0 | Self::OTHER.0);

    /// Whether some meaning of `other` is among these.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// All of both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of these that are in `other`.
    pub(crate) const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// These without those of `other`.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

/// The known words, by their first letter.
pub(crate) struct Lexicon {
    words: Vec<Vec<(&'static str, Meaning)>>,
    phrases: Vec<Vec<(&'static str, Meaning)>>,
}

impl Lexicon {
    pub(crate) fn new() -> Self {
        let mut lexicon = Self {
            words: vec![Vec::new(); 256],
            phrases: vec![Vec::new(); 256],
        };
        for (meaning, patterns) in words::GROUPS.iter().chain(turns::GROUPS) {
            for pattern in patterns.split(", ") {
                let shelf = if pattern.contains(' ') {
                    &mut lexicon.phrases
                } else {
                    &mut lexicon.words
                };
                if let Some(place) = letter(pattern).and_then(|letter| shelf.get_mut(letter)) {
                    place.push((pattern, *meaning));
                }
            }
        }
        lexicon
    }

    /// What one word says, as a whole and by its parts (`smtp_port`, `SMTP-Server`, `mail.smtp.port`).
    pub(crate) fn word(&self, word: &str) -> Meaning {
        let mut meaning = self.single(word);
        // `non-SSL`
        if let Some(rest) = word.strip_prefix("non-")
            && self.single(rest).has(Meaning::SSL.and(Meaning::TLS))
        {
            return meaning.and(Meaning::PLAIN);
        }
        if word.contains(['_', '-', '.']) {
            for part in word.split(['_', '-', '.']) {
                // Function words are only such when they stand alone.
                meaning = meaning.and(self.single(part).only(PARTS));
            }
        }
        meaning
    }

    /// What the longest phrase that starts `words` says, and how many words it has.
    pub(crate) fn phrase(&self, words: &[&str]) -> Option<(Meaning, usize)> {
        let known = letter(words.first()?).and_then(|letter| self.phrases.get(letter))?;
        let mut best: Option<(Meaning, usize)> = None;
        for (pattern, meaning) in known {
            let length = pattern.split(' ').count();
            let matches = length <= words.len()
                && pattern
                    .split(' ')
                    .zip(words)
                    .all(|(part, word)| fits(part, word));
            if matches && best.is_none_or(|(_, longest)| length >= longest) {
                let before = best.filter(|(_, longest)| *longest == length);
                let same = before.map_or(Meaning::default(), |(meaning, _)| meaning);
                best = Some((same.and(*meaning), length));
            }
        }
        best
    }

    fn single(&self, word: &str) -> Meaning {
        let known = letter(word).and_then(|letter| self.words.get(letter));
        known
            .into_iter()
            .flatten()
            .filter(|(pattern, _)| fits(pattern, word))
            .fold(Meaning::default(), |all, (_, meaning)| all.and(*meaning))
    }
}

/// Meanings that a part of a longer name keeps.
const PARTS: Meaning = Meaning(
    Meaning::ANY_PROTOCOL.0
        | Meaning::PORT.0
        | Meaning::START.0
        | Meaning::SSL.0
        | Meaning::TLS.0
        | Meaning::IMPLICIT.0
        | Meaning::HOSTKEY.0
        | Meaning::SECKEY.0,
);

fn letter(word: &str) -> Option<usize> {
    word.as_bytes().first().map(|byte| usize::from(*byte))
}

fn fits(pattern: &str, word: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => pattern == word,
    }
}
