//! `explain`: what went wrong, from a text that somebody pasted or a program printed.

use std::io::{self, BufRead, Read, Write};
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use portolan_smtp::{Analysis, MAX_BYTES, analyze};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::lines::{self, Line};

/// What was decided, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Decided {
    /// Nothing is wrong.
    Fine,
    /// Something could not be told.
    Undecided,
    /// A failure was named.
    Problem,
}

impl Decided {
    fn of(analysis: &Analysis) -> Self {
        match analysis.findings.first() {
            None => Self::Undecided,
            Some(first) if first.cause.id.starts_with("ok.") => Self::Fine,
            Some(_) => Self::Problem,
        }
    }
}

/// Explains files, or standard input where none is named; returns the gravest of what was decided.
///
/// # Errors
///
/// A file cannot be read, or nothing can be written.
pub(crate) fn explain(
    files: &[std::ffi::OsString],
    is_json: bool,
    out: &mut impl Write,
) -> io::Result<Decided> {
    let mut worst = Decided::Fine;
    let mut one = |name: Option<&Path>, text: &[u8]| -> io::Result<()> {
        let analysis = analyze(text);
        worst = worst.max(Decided::of(&analysis));
        if is_json {
            let file = name.map(|name| name.display().to_string());
            let mut value = value(&Value::Null, &analysis);
            if let Some(value) = value.as_object_mut() {
                value.remove("id");
                value.insert("file".to_owned(), json!(file));
            }
            serde_json::to_writer(&mut *out, &value)?;
            return out.write_all(b"\n");
        }
        if let Some(name) = name.filter(|_| files.len() > 1) {
            writeln!(out, "{}:", name.display())?;
        }
        human(&analysis, text, out)
    };
    if files.is_empty() {
        let mut text = Vec::new();
        // What is behind the bound is not looked at, so it need not be kept.
        io::stdin()
            .lock()
            .take(MAX_BYTES as u64)
            .read_to_end(&mut text)?;
        one(None, &text)?;
    }
    for file in files {
        let path = Path::new(file);
        let said =
            |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        let mut text = Vec::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(MAX_BYTES as u64).read_to_end(&mut text))
            .map_err(said)?;
        one(Some(path), &text)?;
    }
    Ok(worst)
}

/// What a person reads. Nothing of the text is repeated: it may hold passwords.
fn human(analysis: &Analysis, text: &[u8], out: &mut impl Write) -> io::Result<()> {
    let Some(first) = analysis.findings.first() else {
        return writeln!(
            out,
            "Not enough here to tell.\n  Next: the lines before and after it, or the client's debug output with the server's replies."
        );
    };
    writeln!(out, "{}", first.cause.means)?;
    let line = |at: u64| {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        text.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
    };
    writeln!(
        out,
        "  cause   {} ({} in 100)",
        first.cause.id, first.confidence
    )?;
    writeln!(out, "  stage   {}", first.stage.id())?;
    writeln!(out, "  mend    {}", first.cause.who.id())?;
    writeln!(out, "  retry   {}", first.cause.retry.id())?;
    writeln!(out, "  line    {}", line(first.evidence.start))?;
    if !analysis.also.is_empty() {
        writeln!(out, "  or      {}", analysis.also.join(", "))?;
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: Value,
    text: Option<String>,
    text_base64: Option<String>,
}

/// Explains every line of standard input in order; returns how many could not be read.
///
/// # Errors
///
/// Reading or writing failed.
pub(crate) fn explain_lines(input: impl BufRead, out: &mut impl Write) -> io::Result<usize> {
    lines::answer(input, out, |line| {
        let Line { id, value } = lines::read(line)?;
        let case: Result<Case, _> = serde_json::from_value(value);
        let said = |error: String| (id.clone(), error);
        let case = case.map_err(|error| said(error.to_string()))?;
        let text = match (case.text, case.text_base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(text)) => BASE64_STANDARD
                .decode(text)
                .map_err(|error| said(format!("text_base64: {error}")))?,
            _ => return Err(said("expected either `text` or `text_base64`".to_owned())),
        };
        Ok(value_of(&case.id, &text))
    })
}

fn value_of(id: &Value, text: &[u8]) -> Value {
    value(id, &analyze(text))
}

fn value(id: &Value, analysis: &Analysis) -> Value {
    let hundredths = |confidence: u8| f64::from(confidence) / 100.0;
    let first = analysis.findings.first();
    let findings: Vec<Value> = analysis
        .findings
        .iter()
        .map(|it| {
            json!({
                "cause": it.cause.id,
                "stage": it.stage.id(),
                "confidence": hundredths(it.confidence),
                "means": it.cause.means,
                "who": it.cause.who.id(),
                "retry": it.cause.retry.id(),
                "evidence": { "start": it.evidence.start, "end": it.evidence.end },
            })
        })
        .collect();
    json!({
        "id": id,
        "cause": first.map_or("none", |it| it.cause.id),
        "confidence": first.map(|it| hundredths(it.confidence)),
        "stage": first.map_or("none", |it| it.stage.id()),
        "also": analysis.also,
        "findings": findings,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_answered_in_its_form() {
        let input = b"{\"id\":1,\"text\":\"535 5.7.8 Username and Password not accepted\"}\n\
            {\"id\":\"b\",\"text_base64\":\"NTU0IDUuNy4xIFJlbGF5IGFjY2VzcyBkZW5pZWQ=\"}\n\
            {\"id\":2,\"text\":\"hello\"}\n{\"id\":3}\nnonsense\n";
        let mut out = Vec::new();
        assert_eq!(explain_lines(&input[..], &mut out).unwrap(), 2);
        let lines: Vec<Value> = out
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect();
        assert_eq!(lines[0]["cause"], "auth.bad-credentials");
        assert_eq!(lines[0]["stage"], "auth");
        assert_eq!(lines[1]["cause"], "relay.denied");
        assert_eq!(lines[2]["cause"], "none");
        assert_eq!(lines[3]["id"], 3);
        assert_eq!(
            (&lines[4]["id"], &lines[4]["line"]),
            (&Value::Null, &json!(5))
        );
    }

    #[test]
    fn nothing_of_the_text_is_repeated_to_a_person() {
        let text = b"AUTH PLAIN AHNlY3JldABodW50ZXIy\n535 5.7.8 authentication failed: hunter2";
        let mut out = Vec::new();
        human(&analyze(text), text, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(
            out.contains("auth.bad-credentials") && out.contains("line    2"),
            "{out}"
        );
        assert!(!out.contains("hunter2") && !out.contains("AHNl"), "{out}");
    }
}
