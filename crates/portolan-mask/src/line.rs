//! Lines and words, by their bytes.

/// The lines of a text with their places. The marks that programs write for a line's end end one too.
pub(crate) fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    const ESCAPES: &[&[u8]] = &[b"\\r\\n", b"\\n", b"\\r", b"<br>", b"<br />", b"<br/>"];
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let mut from = 0;
        let (length, mark) = loop {
            let found = rest.get(from..).and_then(|rest| {
                rest.iter()
                    .position(|byte| matches!(byte, b'\n' | b'\r' | b'\\' | b'<'))
            });
            let Some(found) = found else {
                break (rest.len(), 0);
            };
            let here = from + found;
            if matches!(rest.get(here), Some(b'\n' | b'\r')) {
                break (here, 1);
            }
            let behind = rest.get(here..).unwrap_or_default();
            if let Some(mark) = ESCAPES.iter().find(|mark| behind.starts_with(mark)) {
                break (here, mark.len());
            }
            from = here + 1;
        };
        let start = at;
        at += length + mark;
        Some((start, rest.get(..length)?))
    })
}

/// The words of a line with their places.
pub(crate) fn words(line: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        at += line
            .get(at..)?
            .iter()
            .take_while(|byte| blank(byte))
            .count();
        let rest = line.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().take_while(|byte| !blank(byte)).count();
        let start = at;
        at += length;
        Some((start, rest.get(..length)?))
    })
}

/// Where a word begins and ends without the quotes and brackets around it.
pub(crate) fn bare(word: &[u8]) -> (usize, usize) {
    let is_mark = |byte: &u8| {
        matches!(
            byte,
            b'\''
                | b'"'
                | b'`'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b','
                | b';'
                | b'<'
                | b'>'
        )
    };
    let mut start = word.iter().take_while(|byte| is_mark(byte)).count();
    let end = word.len() - word.iter().rev().take_while(|byte| is_mark(byte)).count();
    // `b'…'` is how Python marks bytes.
    if matches!(word, [b'b', b'\'' | b'"', ..]) {
        start = 2;
    }
    (start.min(end), end)
}

/// Whether a word is in base64, or in base64 for addresses (RFC 4648), and not a plain word.
pub(crate) fn is_base64(word: &[u8]) -> bool {
    let padding = word.iter().rev().take_while(|byte| **byte == b'=').count();
    let body = word.get(..word.len() - padding).unwrap_or_default();
    padding <= 2
        && !body.is_empty()
        && body
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_'))
}

/// Whether a line begins, at one of its words, with these letters, whatever their case.
pub(crate) fn begins(text: &[u8], with: &str) -> bool {
    text.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()))
}
