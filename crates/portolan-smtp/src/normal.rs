//! One form for all texts: lower case, one line, single blanks, no marks of quoting, no repeated reply codes.
//!
//! Each letter knows where it came from, so that what is found can be shown in the text as it was pasted.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::prefix;
use crate::repeated::repeated;

/// A text in the one form.
pub(crate) struct Normal {
    /// The letters.
    pub(crate) text: String,
    /// Where the bytes of `text` came from, by runs.
    runs: Vec<Run>,
    /// A row of stars stands for what was masked, and a star for itself.
    is_starred: bool,
    /// The text is in quoted-printable.
    is_printable: bool,
    /// qmail's log has lines for blanks.
    is_lined: bool,
}

/// Bytes that follow each other here as they do in the original: nearly all of a line.
#[derive(Clone, Copy)]
struct Run {
    /// The first of them.
    at: usize,
    /// Where it came from.
    from: usize,
}

impl Normal {
    /// The form of a text without its silent parts, which are in order; bytes that are no UTF-8 become blanks.
    pub(crate) fn of(original: &[u8], silent: &[(usize, usize)]) -> Self {
        let holds = |what: u8| memchr::memchr(what, original).is_some();
        let has = |what: &[u8]| memchr::memmem::find(original, what).is_some();
        let mut normal = Self {
            text: String::with_capacity(original.len()),
            runs: Vec::with_capacity(original.len() / 32 + 8),
            is_starred: holds(b'*') && has(b"***"),
            is_printable: holds(b'=') && (has(b"=3D") || has(b"=20\n") || has(b"=\n")),
            is_lined: is_lined(original),
        };
        let mut at = 0;
        for (start, end) in silent.iter().copied().chain([(original.len(), 0)]) {
            normal.part(original.get(at..start).unwrap_or_default(), at);
            at = end;
        }
        normal.without_repeated_codes()
    }

    fn part(&mut self, part: &[u8], base: usize) {
        if let Ok(text) = std::str::from_utf8(part) {
            self.add(text, base, true);
            return;
        }
        let mut at = base;
        for chunk in part.utf8_chunks() {
            self.add(chunk.valid(), at, at == base);
            at += chunk.valid().len();
            if !chunk.invalid().is_empty() {
                self.push(' ', at);
            }
            at += chunk.invalid().len();
        }
    }

    /// Where a place of the form came from.
    pub(crate) fn origin(&self, at: usize) -> usize {
        let at = at.min(self.text.len().saturating_sub(1));
        let behind = self.runs.partition_point(|run| run.at <= at);
        let run = behind.checked_sub(1).and_then(|last| self.runs.get(last));
        run.map_or(0, |run| run.from + (at - run.at))
    }

    /// The place of the form that comes from there, or from the next that is kept.
    pub(crate) fn place(&self, origin: u64) -> usize {
        let origin = usize::try_from(origin).unwrap_or(usize::MAX);
        let behind = self.runs.partition_point(|run| run.from < origin);
        let run = behind.checked_sub(1).and_then(|last| self.runs.get(last));
        let end = self.runs.get(behind).map_or(self.text.len(), |run| run.at);
        run.map_or(0, |run| end.min(run.at + (origin - run.from)))
    }

    /// Remembers where the next byte of the form comes from, and those behind it that follow.
    fn comes_from(&mut self, from: usize) {
        let at = self.text.len();
        let goes_on = |run: &Run| run.from + (at - run.at) == from;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run { at, from });
        }
    }

    fn add(&mut self, text: &str, base: usize, begins: bool) {
        let mut line_begins = begins;
        let mut next_at = 0;
        while let Some(rest) = text.get(next_at..).filter(|rest| !rest.is_empty()) {
            let run = self.plain(rest, &mut line_begins);
            if let Some(plain) = rest.get(..run).filter(|plain| !plain.is_empty()) {
                self.comes_from(base + next_at);
                let start = self.text.len();
                self.text.push_str(plain);
                if let Some(added) = self.text.get_mut(start..) {
                    added.make_ascii_lowercase();
                }
                next_at += run;
                continue;
            }
            let Some(letter) = rest.chars().next() else {
                return;
            };
            let at = base + next_at;
            next_at += letter.len_utf8();
            let behind = text.get(next_at..).unwrap_or_default();
            let next = behind.chars().next();
            match letter {
                // Escapes of programs, and of Markdown.
                '\\' => match next {
                    Some('r' | 'n' | 't') => {
                        next_at += 1;
                        self.push(' ', at);
                    }
                    Some(next) if next.is_ascii_alphanumeric() => self.push('\\', at),
                    _ => {}
                },
                // The soft end of a line in quoted-printable.
                '=' if next == Some('\n') => next_at += 1,
                // Bytes in quoted-printable, where the text is in it.
                '=' if self.is_printable => match hex(behind) {
                    Some(byte) => {
                        next_at += 2;
                        match byte {
                            0x91 | 0x92 => self.push('\'', at),
                            byte if byte.is_ascii_graphic() => {
                                self.push(char::from(byte.to_ascii_lowercase()), at);
                            }
                            _ => self.push(' ', at),
                        }
                    }
                    None => self.push('=', at),
                },
                '\u{2018}' | '\u{2019}' => self.push('\'', at),
                // Marks without a width, as web pages break words with.
                '`' | '\u{200b}' | '\u{ad}' | '\u{feff}' => {}
                '*' if !self.is_starred => {}
                '>' | '|' if line_begins => {}
                '_' if self.is_lined => self.push(' ', at),
                '\n' => {
                    self.push(' ', at);
                    line_begins = true;
                    // A phrase may go on behind what stands before every line.
                    let end = memchr::memchr(b'\n', behind.as_bytes());
                    let line = behind.get(..end.unwrap_or(behind.len()));
                    next_at += line.map_or(0, prefix::length);
                }
                letter if letter.is_whitespace() || letter.is_control() => self.push(' ', at),
                letter => {
                    for small in letter.to_lowercase() {
                        self.push(small, at);
                    }
                    line_begins = false;
                }
            }
        }
    }

    /// How many bytes from here on stay as they are but for their case: words with single blanks between them.
    fn plain(&self, rest: &str, line_begins: &mut bool) -> usize {
        let mut is_blank = self.ends_blank();
        let mut goes_on = |byte: &u8| {
            if is_plain(*byte) {
                (is_blank, *line_begins) = (false, false);
                return true;
            }
            match byte {
                b' ' if !is_blank => {
                    is_blank = true;
                    true
                }
                b'>' | b'|' if !*line_begins => {
                    is_blank = false;
                    true
                }
                b'_' if !self.is_lined => {
                    (is_blank, *line_begins) = (false, false);
                    true
                }
                _ => false,
            }
        };
        rest.as_bytes()
            .iter()
            .take_while(|byte| goes_on(byte))
            .count()
    }

    fn ends_blank(&self) -> bool {
        self.text.as_bytes().last().is_none_or(|last| *last == b' ')
    }

    fn push(&mut self, letter: char, at: usize) {
        if letter == ' ' && self.ends_blank() {
            return;
        }
        self.comes_from(at);
        let first = self.text.len();
        self.text.push(letter);
        // All bytes of a letter come from its first.
        let more = first + 1..self.text.len();
        self.runs.extend(more.map(|place| Run {
            at: place,
            from: at,
        }));
    }

    /// `550-5.7.1 Your mail 550 5.7.1 was refused` says its code once: else no phrase would survive a wrapped reply.
    fn without_repeated_codes(self) -> Self {
        let repeated = repeated(&self.text);
        if repeated.is_empty() {
            return self;
        }
        let mut kept = Self {
            text: String::with_capacity(self.text.len()),
            runs: Vec::with_capacity(self.runs.len() + repeated.len()),
            is_starred: self.is_starred,
            is_printable: self.is_printable,
            is_lined: self.is_lined,
        };
        let mut at = 0;
        for (start, end) in repeated.into_iter().chain([(self.text.len(), 0)]) {
            kept.take(&self, at, start);
            at = end;
        }
        kept
    }

    /// Takes over a piece of another form.
    fn take(&mut self, other: &Self, start: usize, end: usize) {
        let Some(piece) = other.text.get(start..end).filter(|it| !it.is_empty()) else {
            return;
        };
        self.comes_from(other.origin(start));
        let within = other.runs.partition_point(|run| run.at <= start);
        let runs = other.runs.get(within..).unwrap_or_default();
        for run in runs.iter().take_while(|run| run.at < end) {
            let at = self.text.len() + (run.at - start);
            self.runs.push(Run { at, from: run.from });
        }
        self.text.push_str(piece);
    }
}

/// Whether a text is of qmail's log.
fn is_lined(original: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(original, what).is_some();
    DELIVERY.find(original).is_some() && (has(b": failure: ") || has(b": deferral: "))
        || memchr::memchr(b'_', original).is_some() && has(b"_does_not_like_recipient")
}

static DELIVERY: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("delivery "));

/// Letters, digits and marks that stay as they are but for their case.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'*' | b'=' | b'>' | b'\\' | b'_' | b'`' | b'|')
}

/// The byte that two upper hexadecimal digits stand for (RFC 2045, section 6.7).
fn hex(rest: &str) -> Option<u8> {
    let mut letters = rest.chars();
    let mut digit = || {
        let letter = letters.next().filter(|it| !it.is_ascii_lowercase())?;
        letter.to_digit(16)
    };
    let (high, low) = (digit()?, digit()?);
    u8::try_from(high * 16 + low).ok()
}

#[cfg(test)]
mod tests {
    use super::Normal;

    fn form(text: &str) -> String {
        Normal::of(text.as_bytes(), &[]).text
    }

    #[test]
    fn wrapped_quoted_and_escaped_texts_have_one_form() {
        assert_eq!(
            form("550-5.7.26 This mail\n550-5.7.26 has been\n550 5.7.26 blocked"),
            "550-5.7.26 this mail has been blocked"
        );
        assert_eq!(form("> 550 No\n> such `user`"), "550 no such user");
        assert_eq!(form("b'550 No such user\\r\\n'"), "b'550 no such user '");
        assert_eq!(form("relay acc=\ness denied"), "relay access denied");
        assert_eq!(form("250 ok 250 ok"), "250 ok ok");
    }

    #[test]
    fn every_letter_knows_where_it_came_from() {
        let text = "A\r\n>  550-x\u{fc}y".as_bytes();
        let normal = Normal::of(text, &[]);
        for (at, letter) in normal.text.char_indices() {
            let from = normal.origin(at);
            assert!(from < text.len());
            if letter.is_ascii_digit() {
                assert_eq!(text[from], u8::try_from(letter).unwrap());
            }
        }
        assert_eq!(Normal::of(b"\xff\xfe", &[]).text, "");
    }
}
