//! Lines of a program's source in a stack trace: they quote what a program might have said, and it did not say it.
//!
//! Python shows below each frame the line that was running, and marks a part of it with `^`.

/// Where such lines stand: each its first byte and the byte behind, in order.
pub(crate) fn source_lines(text: &[u8]) -> Vec<(usize, usize)> {
    if memchr::memmem::find(text, FRAME).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    // How far the last frame is indented, while its source may follow.
    let mut frame: Option<usize> = None;
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        if is_frame(line) {
            frame = indent(line);
        } else if frame.is_some_and(|frame| indent(line).is_some_and(|it| it > frame)) {
            found.push((start, end));
        } else {
            frame = None;
        }
        start = end;
    }
    found
}

const FRAME: &[u8] = b"\", line ";

/// `  File "/usr/lib/python3.11/smtplib.py", line 750, in login`
fn is_frame(line: &[u8]) -> bool {
    memchr::memmem::find(line, b"File \"").is_some() && memchr::memmem::find(line, FRAME).is_some()
}

/// Where a line's first letter stands, behind what `docker compose` puts before every line.
fn indent(line: &[u8]) -> Option<usize> {
    let bar = memchr::memmem::find(line, b"| ").filter(|bar| {
        let before = line.get(..*bar).unwrap_or_default();
        before
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b' '))
    });
    let behind = bar.map_or(0, |bar| bar + 2);
    let rest = line.get(behind..)?;
    let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
    rest.get(blanks)
        .filter(|byte| !byte.is_ascii_whitespace())
        .map(|_| blanks)
}

/// Whether a place lies in one of them.
pub(crate) fn is_source(lines: &[(usize, usize)], at: usize) -> bool {
    let before = lines.partition_point(|(start, _)| *start <= at);
    before
        .checked_sub(1)
        .and_then(|last| lines.get(last))
        .is_some_and(|(_, end)| at < *end)
}

#[cfg(test)]
mod tests {
    use super::source_lines;

    #[test]
    fn the_lines_below_frames_are_source() {
        let text = "Traceback (most recent call last):\n  File \"a.py\", line 7, in login\n    raise exception or SMTPException(\"No | suitable\")\n          ^^^^^^^^^\n  File \"b.py\", line 9, in data\nsmtplib.SMTPDataError: (550, b'no')\n    not source\n";
        let lines: Vec<&str> = source_lines(text.as_bytes())
            .into_iter()
            .map(|(start, end)| text[start..end].trim())
            .collect();
        assert_eq!(
            lines,
            [
                "raise exception or SMTPException(\"No | suitable\")",
                "^^^^^^^^^"
            ]
        );
        assert!(source_lines(b"550 no\n    more").is_empty());
    }
}
