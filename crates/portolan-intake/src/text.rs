//! Brings a pasted text into one form: UTF-8 where it was UTF-16, lines that end in LF, without quoting and fences.

use crate::MAX_BYTES;

/// The part of a text that is looked at, in one form.
pub(crate) fn read(bytes: &[u8]) -> Vec<u8> {
    let part = part(bytes);
    let mut text = match byte_order(&part) {
        Some(order) => plain(&from_utf16(&part, order)),
        None => plain(&part),
    };
    for _ in 0..MAX_QUOTES {
        match unquoted(&text) {
            Some(inner) => text = inner,
            None => break,
        }
    }
    unfolded(without_fences(&text))
}

/// A dialogue that a program printed into one line, with `\r\n` between what was said.
fn unfolded(text: Vec<u8>) -> Vec<u8> {
    let inner = text.trim_ascii();
    if inner.contains(&b'\n') || inner.starts_with(b"{") {
        return text;
    }
    let mut lines = Vec::with_capacity(text.len());
    let mut rest = &*text;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match (first, behind) {
            (b'\\', [b'r', b'\\', b'n', tail @ ..]) => {
                lines.push(b'\n');
                rest = tail;
            }
            _ => lines.push(*first),
        }
    }
    lines
}

/// Mails quote mails that quote mails; deeper nesting is somebody's joke.
const MAX_QUOTES: usize = 8;

/// All of a short text; of a long one the beginning and a piece of the middle, since a page begins with its menu.
fn part(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() <= MAX_BYTES {
        return bytes.to_vec();
    }
    // An even place, for UTF-16.
    let middle = bytes.len() / 4 * 2;
    let head = bytes.get(..MAX_BYTES / 4 * 3).unwrap_or_default();
    let rest = bytes.get(middle..).unwrap_or_default();
    let sample = rest.get(..MAX_BYTES / 4).unwrap_or(rest);
    [head, sample].concat()
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Big,
    Little,
}

/// The order of bytes in a text of UTF-16: by its mark, else by where the NULs of its Latin letters stand.
fn byte_order(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let start = bytes.get(..1024).unwrap_or(bytes);
    let nuls = |first: usize| {
        start
            .iter()
            .skip(first)
            .step_by(2)
            .filter(|it| **it == 0)
            .count()
    };
    let (even, odd, pairs) = (nuls(0), nuls(1), start.len() / 2);
    // Stray NULs fall on both sides alike.
    if pairs >= 4 && odd * 2 > pairs && even * 8 < pairs {
        Some(Order::Little)
    } else if pairs >= 4 && even * 2 > pairs && odd * 8 < pairs {
        Some(Order::Big)
    } else {
        None
    }
}

fn from_utf16(bytes: &[u8], order: Order) -> Vec<u8> {
    let units = bytes.chunks_exact(2).map(|pair| match (pair, order) {
        ([first, second], Order::Big) => u16::from_be_bytes([*first, *second]),
        ([first, second], Order::Little) => u16::from_le_bytes([*first, *second]),
        _ => 0,
    });
    let mut text = Vec::with_capacity(bytes.len());
    for it in char::decode_utf16(units) {
        let it = it.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend_from_slice(it.encode_utf8(&mut [0; 4]).as_bytes());
    }
    text
}

/// Line ends become LF; marks that no reader sees and colours of terminals go; odd spaces become spaces.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, behind)) = rest.split_first() {
        rest = behind;
        match (*first, behind) {
            (b'\r', [b'\n', ..]) | (0, _) => {}
            (b'\r', _) => text.push(b'\n'),
            (0x1b, [b'[', tail @ ..]) => {
                let length = tail
                    .iter()
                    .take(16)
                    .position(u8::is_ascii_alphabetic)
                    .map_or(0, |place| place + 1);
                rest = tail.get(length..).unwrap_or_default();
            }
            // A mark of byte order, a space of no width.
            (0xef, [0xbb, 0xbf, tail @ ..]) | (0xe2, [0x80, 0x8b, tail @ ..]) => rest = tail,
            (0xc2, [0xa0, tail @ ..]) | (0xe2, [0x80, 0xaf, tail @ ..]) => {
                text.push(b' ');
                rest = tail;
            }
            (byte, _) => text.push(byte),
        }
    }
    text
}

/// The lines without their `>`, where nearly all have one.
fn unquoted(text: &[u8]) -> Option<Vec<u8>> {
    let (mut all, mut quoted) = (0_usize, 0_usize);
    for line in lines(text) {
        all += usize::from(!line.trim_ascii().is_empty());
        quoted += usize::from(line.trim_ascii_start().starts_with(b">"));
    }
    // What a program wrapped has lost its mark.
    if quoted == 0 || quoted * 5 < all * 4 {
        return None;
    }
    let mut inner = Vec::with_capacity(text.len());
    for line in lines(text) {
        let line = match line.trim_ascii_start() {
            [b'>', b' ', line @ ..] | [b'>', line @ ..] => line,
            _ => line,
        };
        inner.extend_from_slice(line);
        inner.push(b'\n');
    }
    Some(inner)
}

fn without_fences(text: &[u8]) -> Vec<u8> {
    let mut inner = Vec::with_capacity(text.len());
    for line in lines(text) {
        let behind = line.trim_ascii_start().strip_prefix(b"```");
        // A fence has at most the name of a language; else a text of one line is between the marks.
        if behind.is_some_and(|it| it.iter().all(u8::is_ascii_alphanumeric)) {
            continue;
        }
        let line = behind.unwrap_or(line);
        inner.extend_from_slice(line.strip_suffix(b"```").unwrap_or(line));
        inner.push(b'\n');
    }
    inner
}

/// The lines of a text in one form.
pub(crate) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn forms_become_one() {
        for text in [
            &b"a b\nc"[..],
            b"a b\r\nc",
            b"a b\rc",
            b"> a b\n> c",
            b">> a b\n>> c",
            b"```\na b\nc\n```",
            b"\xef\xbb\xbfa b\nc",
            b"\xff\xfea\0 \0b\0\n\0c\0",
            b"a\0\0 b\n\0c",
            b"\x1b[31ma b\x1b[0m\nc",
            b"a\xc2\xa0b\nc",
        ] {
            assert_eq!(
                read(text).trim_ascii(),
                b"a b\nc",
                "{}",
                text.escape_ascii()
            );
        }
    }

    #[test]
    fn a_mark_of_a_client_is_no_quote() {
        let text = b"> EHLO a\n< 250 b\n> QUIT\n< 221 bye\n";
        assert_eq!(read(text).trim_ascii(), text.trim_ascii());
    }
}
