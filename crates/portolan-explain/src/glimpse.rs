//! A first look at a long text: the lines that are most likely to say what failed, before all of it is read.

use portolan_smtp::{Analysis, analyze};

/// Shorter texts are read as soon as they are looked at.
pub const LONG: usize = 192 * 1024;

/// What the likeliest lines of a long text come to; `None`: it is short, or they say nothing sure. Its places are those of
/// no text: only cause, stage and codes are worth anything.
pub fn glimpse(text: &[u8]) -> Option<Analysis> {
    if text.len() < LONG {
        return None;
    }
    let mut lines = Vec::with_capacity(MOST);
    let beginning = text.get(..BEGINNING).unwrap_or(text);
    lines.extend(beginning);
    lines.push(b'\n');
    for line in text
        .get(BEGINNING..)
        .unwrap_or_default()
        .split(|byte| *byte == b'\n')
    {
        if lines.len() >= MOST {
            break;
        }
        if is_likely(line) {
            lines.extend(line.get(..LONGEST).unwrap_or(line));
            lines.push(b'\n');
        }
    }
    let analysis = analyze(&lines);
    let is_sure = analysis
        .findings
        .first()
        .is_some_and(|first| first.confidence >= SURE);
    is_sure.then_some(analysis)
}

/// So many bytes of the beginning are always looked at: sessions introduce themselves there.
const BEGINNING: usize = 8 * 1024;
const MOST: usize = 40 * 1024;
const LONGEST: usize = 1024;
/// In hundredths: less would often be corrected a moment later.
const SURE: u8 = 80;

/// Whether a line holds a reply that refuses (`5` and two digits, alone), or the command that one answers.
fn is_likely(line: &[u8]) -> bool {
    let line = line.get(..LONGEST).unwrap_or(line);
    memchr::memchr2_iter(b'4', b'5', line).any(|at| {
        let digit = |at: usize| line.get(at).is_some_and(u8::is_ascii_digit);
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        let behind = line.get(at + 3);
        !before.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'.' || *it == b'[')
            && digit(at + 1)
            && digit(at + 2)
            && behind.is_none_or(|it| matches!(it, b' ' | b'-' | b'"' | b'\'' | b':'))
    })
}

#[cfg(test)]
mod tests {
    use super::{LONG, glimpse};

    #[test]
    fn what_a_long_text_hides_is_seen_at_once() {
        let noise = "nothing of interest in line 4711 of this\n".repeat(LONG / 20);
        let text = [
            &noise,
            "535 5.7.8 Username and Password not accepted\n",
            &noise,
        ]
        .concat();
        let seen = glimpse(text.as_bytes()).unwrap();
        assert_eq!(seen.findings[0].cause.id, "auth.bad-credentials");
        assert!(glimpse(noise.as_bytes()).is_none());
        assert!(glimpse(b"535 5.7.8 Username and Password not accepted").is_none());
    }
}
