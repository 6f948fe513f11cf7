//! The text as it is looked at: its beginning, in one encoding, without quoting and fences.

use crate::MAX_BYTES;

/// The beginning of a text: UTF-16 told by its zeros, line ends of one kind, quoting and fences taken away.
pub(crate) fn readable(text: &[u8]) -> String {
    let text = text.get(..MAX_BYTES).unwrap_or(text);
    // Of UTF-16 that holds Latin letters every second byte is zero; the rest is read well enough.
    let bare: Vec<u8> = if text.contains(&0) {
        let text = text
            .strip_prefix(b"\xff\xfe")
            .or_else(|| text.strip_prefix(b"\xfe\xff"))
            .unwrap_or(text);
        text.iter().copied().filter(|byte| *byte != 0).collect()
    } else {
        text.to_vec()
    };
    let text = String::from_utf8_lossy(&bare)
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text = text.trim_start_matches('\u{feff}');
    let is_quoted = {
        let mut full = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .peekable();
        full.peek().is_some() && full.all(|line| line.starts_with('>') && !line.starts_with(">>>"))
    };
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = if is_quoted {
            let rest = line.strip_prefix('>').unwrap_or(line);
            rest.strip_prefix(' ').unwrap_or(rest)
        } else {
            line
        };
        // A fence of Markdown, with or without the name of a language; a text may stand between two in one line.
        let line = match line.trim().strip_prefix("```") {
            Some(rest) if !rest.contains([' ', ':', '=']) => continue,
            Some(rest) => rest.trim_end_matches('`'),
            None => line,
        };
        out.push_str(line);
        out.push('\n');
    }
    out
}
