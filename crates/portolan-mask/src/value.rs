//! Where a value ends, and whether it is one.

use crate::line::begins;

/// Adds the value that begins here or behind blanks.
pub(crate) fn value(line: &[u8], mut at: usize, add: &mut dyn FnMut(usize, usize)) {
    while matches!(line.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    let mut rest = line.get(at..).unwrap_or_default();
    // `string(8) "…"`, `u'…'`, `b'…'`, `r"…"`, `{"…"}`
    if begins(rest, "string(") {
        let skip = memchr::memchr2(b'"', b'\'', rest).unwrap_or(rest.len());
        at += skip;
        rest = line.get(at..).unwrap_or_default();
    }
    if matches!(rest, [b'u' | b'b' | b'r' | b'f', b'"' | b'\'', ..]) {
        at += 1;
        rest = line.get(at..).unwrap_or_default();
    }
    // JSON inside a string escapes its quotes.
    let escaped = matches!(rest, [b'\\', b'"' | b'\'', ..]);
    if escaped {
        at += 1;
        rest = line.get(at..).unwrap_or_default();
    }
    let (from, to) = match rest {
        [quote @ (b'"' | b'\'' | b'`'), inner @ ..] => {
            (at + 1, at + 1 + quoted(inner, *quote, escaped))
        }
        rest => (at, at + open(rest)),
    };
    let value = line.get(from..to).unwrap_or_default();
    if !is_placeholder(value) {
        add(from, to);
    }
}

/// The length up to the quote that closes.
fn quoted(inner: &[u8], quote: u8, escaped: bool) -> usize {
    let mut at = 0;
    while let Some(byte) = inner.get(at) {
        match byte {
            b'\\' if escaped && inner.get(at + 1) == Some(&quote) => return at,
            b'\\' => at += 2,
            byte if *byte == quote => return at,
            _ => at += 1,
        }
    }
    inner.len()
}

/// The length of a value without quotes.
fn open(rest: &[u8]) -> usize {
    // `abcd efgh ijkl mnop`: how one provider shows passwords for applications.
    let groups = rest.get(..19).unwrap_or_default();
    let is_grouped = groups.len() == 19
        && groups.chunks(5).all(|group| {
            group.iter().take(4).all(u8::is_ascii_lowercase)
                && group.get(4).is_none_or(|byte| *byte == b' ')
        });
    if is_grouped && !rest.get(19).is_some_and(u8::is_ascii_alphanumeric) {
        return 19;
    }
    let length = rest
        .iter()
        .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'<' | b'`' | b'&'))
        .count();
    // What closes a list stands behind the value, not in it.
    let value = rest.get(..length).unwrap_or_default();
    let marks = value
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b',' | b';' | b')' | b'}' | b']'))
        .count();
    // `password=x, user=y` and `password=x;user=y`
    let inner = memchr::memchr2(b',', b';', value).filter(|at| {
        value
            .get(*at..)
            .is_some_and(|rest| memchr::memchr(b'=', rest).is_some())
    });
    inner.unwrap_or(length - marks)
}

/// What stands where a secret would: a mark, a variable, a word of prose.
pub(crate) fn is_placeholder(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "true",
        "false",
        "null",
        "nil",
        "none",
        "undefined",
        "yes",
        "no",
        "on",
        "off",
        "required",
        "incorrect",
        "invalid",
        "wrong",
        "expired",
        "missing",
        "empty",
        "not",
        "is",
        "are",
        "was",
        "has",
        "and",
        "or",
        "the",
        "a",
        "bool",
        "int",
        "redacted",
        "hidden",
        "masked",
        "[masked]",
        "filtered",
        "removed",
        "plain",
        "login",
        "file",
        "provided",
        "given",
        "set",
        "unset",
        "ok",
        "error",
        "failed",
        "failure",
        "authentication",
        "for",
        "to",
        "in",
        "must",
        "cannot",
        "please",
        "your",
        "string",
        "array",
        "object",
        "class",
        "new",
        "old",
        "verify",
        "accepted",
        "rejected",
        "denied",
        "unknown",
        "bad",
        "mismatch",
        "changed",
        "reset",
        "protected",
        "normal",
        "encrypted",
        "cleartext",
        "app",
        "application",
    ];
    let value = value.trim_ascii();
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'.' | b'-' | b'x' | b'X' | b'#' | b'?' | b'_');
    let bare = value
        .iter()
        .rev()
        .skip_while(|byte| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b')'))
        .count();
    let bare = value.get(..bare).unwrap_or_default();
    value.is_empty()
        || value.iter().all(is_mark)
        || matches!(value, [b'<' | b'$' | b'{' | b'%' | b'[' | b'(', ..])
        || value.starts_with("•".as_bytes())
        || value.starts_with("…".as_bytes())
        || WORDS
            .iter()
            .any(|word| bare.eq_ignore_ascii_case(word.as_bytes()))
        || [
            "your_",
            "your-",
            "env(",
            "env.",
            "process.env",
            "os.environ",
            "getenv",
            "changeme",
            "hash:",
            "lmdb:",
            "static:",
        ]
        .iter()
        .any(|begin| begins(value, begin))
}
