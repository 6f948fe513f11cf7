//! One form for all texts: lower case, one line, single blanks, no marks of quoting, no repeated reply codes.
//!
//! Each letter knows where it came from, so that what is found can be shown in the text as it was pasted.

use crate::prefix;

/// A text in the one form.
pub(crate) struct Normal {
    /// The letters.
    pub(crate) text: String,
    /// For each byte of `text`, the byte of the original that it came from.
    from: Vec<usize>,
    /// A row of stars stands for what was masked, and a star for itself.
    is_starred: bool,
    /// The text is in quoted-printable.
    is_printable: bool,
    /// qmail's log has lines for blanks.
    is_lined: bool,
}

impl Normal {
    /// The form of a text without its silent parts, which are in order; bytes that are no UTF-8 become blanks.
    pub(crate) fn of(original: &[u8], silent: &[(usize, usize)]) -> Self {
        let holds = |what: u8| memchr::memchr(what, original).is_some();
        let has = |what: &[u8]| memchr::memmem::find(original, what).is_some();
        let mut normal = Self {
            text: String::with_capacity(original.len() / 2),
            from: Vec::with_capacity(original.len() / 2),
            is_starred: holds(b'*') && has(b"***"),
            is_printable: holds(b'=') && (has(b"=3D") || has(b"=20\n") || has(b"=\n")),
            is_lined: has(b"delivery ") && (has(b": failure: ") || has(b": deferral: "))
                || has(b"_does_not_like_recipient"),
        };
        let mut at = 0;
        for (start, end) in silent.iter().copied().chain([(original.len(), 0)]) {
            normal.part(original.get(at..start).unwrap_or_default(), at);
            at = end;
        }
        normal.without_repeated_codes()
    }

    fn part(&mut self, part: &[u8], base: usize) {
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
        self.from.get(at).or(self.from.last()).copied().unwrap_or(0)
    }

    /// The place of the form that comes from there, or from the next that is kept.
    pub(crate) fn place(&self, origin: u64) -> usize {
        let origin = usize::try_from(origin).unwrap_or(usize::MAX);
        self.from.partition_point(|from| *from < origin)
    }

    fn add(&mut self, text: &str, base: usize, begins: bool) {
        let (masked, printable) = (self.is_starred, self.is_printable);
        let mut line_begins = begins;
        let mut next_at = 0;
        while let Some(rest) = text.get(next_at..).filter(|rest| !rest.is_empty()) {
            let run = rest.bytes().take_while(|byte| is_plain(*byte)).count();
            if let Some(plain) = rest.get(..run).filter(|plain| !plain.is_empty()) {
                let start = self.text.len();
                self.text.push_str(plain);
                if let Some(added) = self.text.get_mut(start..) {
                    added.make_ascii_lowercase();
                }
                self.from.extend(base + next_at..base + next_at + run);
                line_begins = false;
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
                '=' if printable => match hex(behind) {
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
                '*' if !masked => {}
                '>' | '|' if line_begins => {}
                '_' if self.is_lined => self.push(' ', at),
                '\n' => {
                    self.push(' ', at);
                    line_begins = true;
                    // A phrase may go on behind what stands before every line.
                    let line = behind.split('\n').next().unwrap_or_default();
                    let prefix = line.get(..prefix::length(line));
                    next_at += prefix.unwrap_or_default().len();
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

    fn push(&mut self, letter: char, at: usize) {
        if letter == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(letter);
        self.from.resize(self.text.len(), at);
    }

    /// Whether two words may be reply codes, or two enhanced codes: most texts say one.
    fn may_repeat_codes(&self) -> bool {
        let bytes = self.text.as_bytes();
        let mut counts = [0_u32; 2];
        let mut begins = true;
        for (at, byte) in bytes.iter().enumerate() {
            if begins && byte.is_ascii_digit() {
                let kind = usize::from(bytes.get(at + 1) == Some(&b'.'));
                if let Some(count) = counts.get_mut(kind) {
                    *count += 1;
                }
            }
            begins = *byte == b' ' || *byte == b'-';
        }
        counts.iter().any(|count| *count > 1)
    }

    /// `550-5.7.1 Your mail 550 5.7.1 was refused` says its code once: else no phrase would survive a wrapped reply.
    fn without_repeated_codes(self) -> Self {
        if !self.may_repeat_codes() {
            return self;
        }
        let mut kept = Self {
            text: String::with_capacity(self.text.len()),
            from: Vec::with_capacity(self.from.len()),
            is_starred: self.is_starred,
            is_printable: self.is_printable,
            is_lined: self.is_lined,
        };
        let mut last: Option<&str> = None;
        let mut enhanced: Option<&str> = None;
        let mut apart = 0;
        let mut dropped = false;
        let mut start = 0;
        for word in self.text.split(' ') {
            let at = start;
            start += word.len() + 1;
            let code = reply_code(word);
            let repeats = code.is_some() && code == last && apart < MAX_APART;
            // Google tells its enhanced code in every line, and some programs join the lines.
            let is_told_again = is_enhanced(word) && enhanced == Some(word) && apart < MAX_APART;
            if is_enhanced(word) {
                enhanced = Some(word);
            }
            if repeats || is_told_again || dropped && is_enhanced(word) {
                apart = 0;
                dropped = repeats;
                continue;
            }
            dropped = false;
            apart += 1;
            if code.is_some() {
                last = code;
                apart = 0;
            }
            if !kept.text.is_empty() {
                kept.push(' ', self.origin(at.saturating_sub(1)));
            }
            kept.text.push_str(word);
            kept.from
                .extend(self.from.get(at..at + word.len()).unwrap_or_default());
        }
        kept
    }
}

/// Letters, digits and marks that stay as they are but for their case.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'"'
                | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'+'
                | b','
                | b'-'
                | b'.'
                | b'/'
                | b':'
                | b';'
                | b'<'
                | b'?'
                | b'@'
                | b'['
                | b']'
                | b'^'
                | b'{'
                | b'}'
                | b'~'
        )
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

/// The digits of a word that is a reply code, with or without what marks a line that goes on.
fn reply_code(word: &str) -> Option<&str> {
    let code = word.get(..3)?;
    let is_code =
        code.starts_with(['2', '4', '5']) && code.bytes().all(|byte| byte.is_ascii_digit());
    let rest = word.get(3..)?;
    let goes_on = rest.is_empty()
        || rest
            .strip_prefix('-')
            .is_some_and(|rest| rest.is_empty() || is_enhanced(rest));
    (is_code && goes_on).then_some(code)
}

/// An enhanced status code (RFC 3463, section 2).
fn is_enhanced(word: &str) -> bool {
    let mut parts = word.split('.');
    let mut digits = |most: usize| {
        parts.next().is_some_and(|part| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    digits(1) && digits(3) && digits(3) && parts.next().is_none()
}

/// How many words a line of a reply has at most before its code comes again.
const MAX_APART: usize = 14;

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
