//! A filter over lines of JSON: every line is answered in its order, and what cannot be read is told.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// A case is a few hundred bytes, and a pasted page some hundred thousand; a longer line is told and skipped, whatever
/// it holds.
const MAX_LINE_BYTES: usize = 1 << 24;

/// A line that is JSON, with its id as far as it has one.
pub(crate) struct Line {
    pub(crate) id: Value,
    pub(crate) value: Value,
}

/// Reads a line.
///
/// # Errors
///
/// It is no JSON; the id is none then.
pub(crate) fn read(line: &[u8]) -> Result<Line, (Value, String)> {
    let value: Value =
        serde_json::from_slice(line).map_err(|error| (Value::Null, error.to_string()))?;
    let id = value.get("id").cloned().unwrap_or_default();
    Ok(Line { id, value })
}

/// Answers every line in order; returns how many could not be read.
///
/// # Errors
///
/// Reading or writing failed.
pub(crate) fn answer(
    mut input: impl BufRead,
    out: &mut impl Write,
    mut answer: impl FnMut(&[u8]) -> Result<Value, (Value, String)>,
) -> io::Result<usize> {
    let mut unread = 0;
    let mut number = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        let limit = MAX_LINE_BYTES as u64 + 1;
        if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(unread);
        }
        number += 1;
        let is_too_long = line.len() > MAX_LINE_BYTES;
        if is_too_long && line.last() != Some(&b'\n') {
            skip_line(&mut input)?;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let said = if is_too_long {
            let error = format!(
                "expected a line of at most {MAX_LINE_BYTES} bytes, but found a longer one"
            );
            Err((Value::Null, error))
        } else {
            answer(&line)
        };
        let said = said.unwrap_or_else(|(id, error)| {
            unread += 1;
            json!({ "id": id, "line": number, "error": error })
        });
        serde_json::to_writer(&mut *out, &said)?;
        out.write_all(b"\n")?;
    }
}

fn skip_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_told_and_the_rest_goes_on() {
        let mut input = vec![b'a'; MAX_LINE_BYTES + 10];
        input.extend(b"\n{\"id\":\"z\"}");
        let mut out = Vec::new();
        let unread = answer(&input[..], &mut out, |line| Ok(read(line)?.id)).unwrap();
        assert_eq!(unread, 1);
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().next().unwrap().contains("a longer one"));
        assert_eq!(out.lines().nth(1), Some("\"z\""));
    }
}
