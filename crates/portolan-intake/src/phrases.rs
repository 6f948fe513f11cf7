//! Looks for all phrases of all themes in one pass over the text.
//!
//! A phrase begins where a word begins and, unless it ends in `*`, ends where one ends; a space in it stands for any
//! white space, and letters of ASCII match in both cases. Scripts without spaces begin a word with every letter.

use crate::words::{THEMES, Theme};

/// How many different phrases of each theme a text holds.
pub(crate) struct Found([u8; THEMES.len()]);

impl Found {
    /// Of one theme.
    pub(crate) fn of(&self, theme: Theme) -> i32 {
        self.0.get(theme as usize).copied().map_or(0, i32::from)
    }
}

struct Phrase {
    words: &'static [u8],
    theme: usize,
    is_seen: bool,
    /// The next phrase that begins with the same byte.
    next: Option<usize>,
}

/// Counts the phrases of a text.
pub(crate) fn find(text: &[u8]) -> Found {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut first: [Option<usize>; 256] = [None; 256];
    for (place, (theme, list)) in THEMES.iter().enumerate() {
        debug_assert_eq!(*theme as usize, place);
        for words in list.split('|') {
            let words = words.as_bytes();
            let Some(head) = words
                .first()
                .and_then(|byte| first.get_mut(usize::from(*byte)))
            else {
                continue;
            };
            phrases.push(Phrase {
                words,
                theme: place,
                is_seen: false,
                next: head.replace(phrases.len()),
            });
        }
    }
    let mut found = [0_u8; THEMES.len()];
    let mut before = b' ';
    for (place, byte) in text.iter().enumerate() {
        // Bytes inside a letter of UTF-8 begin nothing.
        let begins = (!before.is_ascii_alphanumeric() || !byte.is_ascii_alphanumeric())
            && !(0x80..0xc0).contains(byte);
        before = *byte;
        if !begins {
            continue;
        }
        let mut next = first
            .get(usize::from(byte.to_ascii_lowercase()))
            .copied()
            .flatten();
        while let Some(phrase) = next.and_then(|next| phrases.get_mut(next)) {
            next = phrase.next;
            if !phrase.is_seen && begins_with(text.get(place..).unwrap_or_default(), phrase.words) {
                phrase.is_seen = true;
                if let Some(count) = found.get_mut(phrase.theme) {
                    *count = count.saturating_add(1);
                }
            }
        }
    }
    Found(found)
}

fn begins_with(text: &[u8], phrase: &[u8]) -> bool {
    let mut text = text;
    for byte in phrase {
        match byte {
            b'*' => return true,
            b' ' => {
                // A bounded run: columns and wrapped lines, no more.
                let spaces = text
                    .iter()
                    .take(64)
                    .take_while(|it| it.is_ascii_whitespace())
                    .count();
                if spaces == 0 {
                    return false;
                }
                text = text.get(spaces..).unwrap_or_default();
            }
            byte => match text.split_first() {
                Some((first, rest)) if first.eq_ignore_ascii_case(byte) => text = rest,
                _ => return false,
            },
        }
    }
    let ends_in_word = phrase.last().is_some_and(u8::is_ascii_alphanumeric);
    !(ends_in_word && text.first().is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::{begins_with, find};
    use crate::words::{THEMES, Theme};

    #[test]
    fn words_begin_and_end() {
        assert!(begins_with(b"Timed\n   out.", b"timed out"));
        assert!(!begins_with(b"timed outside", b"timed out"));
        assert!(begins_with(b"timed outside", b"timed out*"));
        assert_eq!(
            find(b"the airport").of(Theme::Label),
            find(b"").of(Theme::Label)
        );
    }

    #[test]
    fn phrases_are_of_one_form() {
        for (place, (theme, list)) in THEMES.iter().enumerate() {
            assert_eq!(*theme as usize, place);
            let mut all: Vec<&str> = list.split('|').collect();
            for it in &all {
                assert!(!it.is_empty() && it.trim() == *it, "{it:?} of {theme:?}");
                assert_eq!(it.to_ascii_lowercase(), *it);
                assert!(it.find('*').is_none_or(|place| place + 1 == it.len()));
            }
            all.sort_unstable();
            assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{theme:?}");
        }
    }
}
