//! Texts that are no UTF-8: UTF-16, as PowerShell writes it, the encodings of before, and UTF-8 that was taken for one of
//! them.
//!
//! Of the encodings of before only those letters are known that phrases of the rules hold (the build makes the tables); what
//! else stands there becomes a mark. So a table has some dozens of rows instead of twenty thousand.

use portolan_report::Span;

use crate::{LETTERS, WINDOWS_1252};

/// A text in UTF-8, and where each of its bytes came from.
pub(crate) struct Recoded {
    /// The text.
    pub(crate) text: Vec<u8>,
    from: Vec<usize>,
    length: usize,
}

impl Recoded {
    fn new(length: usize) -> Self {
        Self {
            text: Vec::with_capacity(length),
            from: Vec::with_capacity(length),
            length,
        }
    }

    fn push(&mut self, letter: char, at: usize) {
        let mut room = [0; 4];
        self.text.extend(letter.encode_utf8(&mut room).bytes());
        self.from.resize(self.text.len(), at);
    }

    /// The bytes of the original that a part of the text came from.
    pub(crate) fn origin(&self, span: Span) -> Span {
        let place = |at: u64| {
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            let from = self.from.get(at).copied().unwrap_or(self.length);
            u64::try_from(from).unwrap_or(u64::MAX)
        };
        Span {
            start: place(span.start),
            end: place(span.end),
        }
    }
}

/// A text in UTF-16, told by its mark or by the empty halves of its letters.
pub(crate) fn wide(text: &[u8]) -> Option<Recoded> {
    let head = text.get(..text.len().min(PROBE))?;
    // Without an empty half there are no halves.
    memchr::memchr(0, head)?;
    let empty = |first: usize| {
        let halves = head.iter().skip(first).step_by(2);
        halves.filter(|byte| **byte == 0).count() * 2
    };
    // Three letters in five are of the first alphabet; with a mark one blank is enough.
    let is_most = |count: usize| head.len() >= 8 && count * 5 >= head.len() * 3;
    let (is_big, skip) = match text {
        [0xff, 0xfe, ..] if empty(1) > 0 => (false, 2),
        [0xfe, 0xff, ..] if empty(0) > 0 => (true, 2),
        _ => match (is_most(empty(0)), is_most(empty(1))) {
            (true, false) => (true, 0),
            (false, true) => (false, 0),
            _ => return None,
        },
    };
    let mut recoded = Recoded::new(text.len());
    let units = text.get(skip..)?.chunks_exact(2).map(|pair| {
        let pair = [
            pair.first().copied().unwrap_or(0),
            pair.get(1).copied().unwrap_or(0),
        ];
        if is_big {
            u16::from_be_bytes(pair)
        } else {
            u16::from_le_bytes(pair)
        }
    });
    let mut at = skip;
    for letter in char::decode_utf16(units) {
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        recoded.push(letter, at);
        at += letter.len_utf16() * 2;
    }
    Some(recoded)
}

/// So much of a text tells whether it is UTF-16.
const PROBE: usize = 4096;

/// What a text may say in other encodings, the likelier first; nothing where it is plain.
pub(crate) fn readings(text: &[u8]) -> Vec<Recoded> {
    let text = text.get(..MOST).unwrap_or(text);
    let mut all = read_anew(text);
    for recoded in &mut all {
        // What was in an encoding has more bytes than what came of it.
        recoded.length = text.len();
    }
    all
}

fn read_anew(text: &[u8]) -> Vec<Recoded> {
    let mut all = Vec::new();
    if memchr::memmem::find(text, b"\x1b$").is_some() {
        all.push(escaped(text));
    }
    if let Some(bytes) = printable(text) {
        all.push(valid(&bytes));
        all.extend(of_tables(&bytes));
    }
    if text.is_ascii() {
        return all;
    }
    if std::str::from_utf8(text).is_err() {
        let bytes: Vec<(u8, usize)> = text.iter().copied().zip(0..).collect();
        all.extend(of_tables(&bytes));
    } else if let Some(bytes) = mistaken(text) {
        all.push(valid(&bytes));
        all.extend(of_tables(&bytes));
    }
    all
}

/// So much of a text is read again, in bytes: each encoding is a pass of its own.
const MOST: usize = 1 << 16;

/// A text by every table.
fn of_tables(bytes: &[(u8, usize)]) -> impl Iterator<Item = Recoded> {
    LETTERS.iter().map(|(_, table)| of_table(bytes, table))
}

/// The bytes of a text in quoted-printable (RFC 2045, section 6.7) that holds letters beyond ASCII.
fn printable(text: &[u8]) -> Option<Vec<(u8, usize)>> {
    memchr::memchr(b'=', text)?;
    let digit = |byte: u8| {
        let letter = char::from(byte);
        letter.to_digit(16).filter(|_| !byte.is_ascii_lowercase())
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut high = 0_usize;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let hex = match rest {
            [b'=', upper, lower, ..] => digit(*upper).zip(digit(*lower)),
            _ => None,
        };
        if let Some((upper, lower)) = hex {
            let byte = u8::try_from(upper * 16 + lower).unwrap_or(b'?');
            high += usize::from(!byte.is_ascii());
            bytes.push((byte, at));
            at += 3;
        } else if let [b'=', b'\r', b'\n', ..] = rest {
            at += 3;
        } else if let [b'=', b'\n', ..] = rest {
            at += 2;
        } else {
            bytes.push((rest.first().copied().unwrap_or(b'?'), at));
            at += 1;
        }
    }
    (high > 0).then_some(bytes)
}

/// The letters of an encoding: one byte or two, and the letter.
type Table = &'static [(u16, char)];

fn of_table(bytes: &[(u8, usize)], table: Table) -> Recoded {
    let letter = |code: u16| {
        let at = table.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        table.get(at).map(|(_, letter)| *letter)
    };
    let is_double = table.last().is_some_and(|(code, _)| *code > 0xff);
    let mut recoded = Recoded::new(bytes.len());
    let mut rest = bytes;
    while let Some(((byte, at), behind)) = rest.split_first() {
        rest = behind;
        if byte.is_ascii() {
            recoded.push(char::from(*byte), *at);
        } else if !is_double {
            let found = letter(u16::from(*byte));
            recoded.push(found.unwrap_or(char::REPLACEMENT_CHARACTER), *at);
        } else {
            let second = rest.first().map_or(0, |(second, _)| *second);
            let found = letter(u16::from(*byte) << 8 | u16::from(second));
            // A half that stands alone ends no line.
            if second >= 0x30 {
                rest = rest.get(1..).unwrap_or_default();
            }
            recoded.push(found.unwrap_or(char::REPLACEMENT_CHARACTER), *at);
        }
    }
    recoded
}

/// ISO-2022-JP (RFC 1468): letters are pairs of seven bits between `ESC $ B` and `ESC ( B`; those of EUC-JP without the
/// eighth.
fn escaped(text: &[u8]) -> Recoded {
    let table = LETTERS
        .iter()
        .find(|(name, _)| *name == "EUC-JP")
        .map_or(&[] as Table, |(_, table)| *table);
    let mut bytes = Vec::with_capacity(text.len());
    let mut is_double = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match rest {
            [0x1b, b'$', b'B' | b'@', ..] => {
                is_double = true;
                at += 3;
            }
            [0x1b, b'(', b'B' | b'J', ..] => {
                is_double = false;
                at += 3;
            }
            [byte, ..] => {
                // A line's end ends the pairs.
                is_double &= *byte != b'\n';
                let high = u8::from(is_double && byte.is_ascii_graphic()) << 7;
                bytes.push((byte | high, at));
                at += 1;
            }
            [] => break,
        }
    }
    of_table(&bytes, table)
}

/// The bytes of a text whose letters are bytes, taken for letters of windows-1252: `FÃ¼r`. `None`: it is no such text.
fn mistaken(text: &[u8]) -> Option<Vec<(u8, usize)>> {
    let text = std::str::from_utf8(text).ok()?;
    let mut bytes = Vec::with_capacity(text.len());
    let mut high = 0_usize;
    for (at, letter) in text.char_indices() {
        let byte = u8::try_from(u32::from(letter)).unwrap_or_else(|_| {
            let found = WINDOWS_1252.binary_search_by_key(&letter, |(letter, _)| *letter);
            let found = found.ok().and_then(|at| WINDOWS_1252.get(at));
            // One letter of another kind does not speak against the rest.
            found.map_or(b'?', |(_, byte)| *byte)
        });
        high += usize::from(!byte.is_ascii());
        bytes.push((byte, at));
    }
    (high >= 2).then_some(bytes)
}

/// Bytes that are UTF-8 again.
fn valid(bytes: &[(u8, usize)]) -> Recoded {
    let plain: Vec<u8> = bytes.iter().map(|(byte, _)| *byte).collect();
    let mut recoded = Recoded::new(plain.len());
    let mut at = 0;
    let place = |at: usize| bytes.get(at).map_or(0, |(_, from)| *from);
    for chunk in plain.utf8_chunks() {
        for letter in chunk.valid().chars() {
            recoded.push(letter, place(at));
            at += letter.len_utf8();
        }
        if !chunk.invalid().is_empty() {
            recoded.push(char::REPLACEMENT_CHARACTER, place(at));
            at += chunk.invalid().len();
        }
    }
    recoded
}
