//! `explain`: what went wrong, from a text that somebody pasted, a program printed or a server logged.

mod human;

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::Path;
use std::sync::LazyLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use portolan_explain::{Explained, Found, Reading, json, json_of, markdown};
use portolan_facts::Facts;
use portolan_smtp::analyze;
use serde::Deserialize;
use serde_json::Value;

use crate::lines::{self, Line};

/// What is known of providers and clients.
static FACTS: LazyLock<Facts> = LazyLock::new(portolan_builtin::facts);

/// What was decided, for the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Decided {
    /// Nothing is wrong.
    Fine,
    /// Something could not be told.
    Undecided,
    /// A failure was named.
    Problem,
    /// Something could not be read.
    Unread,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// For a person; with colours or without.
    Human { colour: bool },
    /// One object a text.
    Json,
    /// For a ticket: secrets and the local parts of addresses are masked.
    Markdown,
}

fn decided(found: &Found) -> Decided {
    match found {
        Found::One(analysis) => match analysis.findings.first() {
            None => Decided::Undecided,
            Some(first) if first.cause.id.starts_with("ok.") => Decided::Fine,
            Some(_) => Decided::Problem,
        },
        Found::Log(tally) => {
            let lost = tally.bounced + tally.expired + tally.rejected;
            if lost + tally.deferred > 0 {
                Decided::Problem
            } else {
                Decided::Fine
            }
        }
    }
}

/// Explains files, or standard input where none is named; returns the gravest of what was decided. A file that cannot be
/// read is told to `complain`, and the others are explained all the same.
///
/// # Errors
///
/// Nothing can be written.
pub(crate) fn explain(
    files: &[OsString],
    form: Form,
    out: &mut impl Write,
    mut complain: impl FnMut(&str),
) -> io::Result<Decided> {
    let mut worst = Decided::Fine;
    let mut one = |name: Option<&Path>, read: io::Result<Explained>| -> io::Result<()> {
        let explained = match read {
            Ok(explained) => explained,
            Err(error) => {
                let name = name.map_or_else(|| "standard input".into(), Path::to_string_lossy);
                complain(&format!("{name}: {error}"));
                worst = Decided::Unread;
                return Ok(());
            }
        };
        worst = worst.max(decided(&explained.found));
        let name = name.filter(|_| files.len() > 1 || form == Form::Json);
        write(&explained, name, form, out)
    };
    if files.is_empty() {
        one(None, read(io::stdin().lock()))?;
    }
    for file in files {
        let path = Path::new(file);
        // As every filter has it.
        if file == "-" {
            one(None, read(io::stdin().lock()))?;
        } else {
            one(Some(path), std::fs::File::open(path).and_then(read))?;
        }
    }
    Ok(worst)
}

fn write(
    explained: &Explained,
    name: Option<&Path>,
    form: Form,
    out: &mut impl Write,
) -> io::Result<()> {
    let name = name.map(Path::to_string_lossy);
    let name = name.as_deref();
    match form {
        Form::Human { colour } => human::write(explained, name, colour, out),
        Form::Json => writeln!(out, "{}", json(explained, name, &FACTS)),
        Form::Markdown => out.write_all(markdown(explained, name, &FACTS).as_bytes()),
    }
}

/// Reads a text to its end.
fn read(mut from: impl Read) -> io::Result<Explained> {
    let mut reading = Reading::default();
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece) {
            Ok(0) => break,
            Ok(length) => reading.push(piece.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(reading.finish())
}

/// How much is read at once.
const PIECE: usize = 256 * 1024;

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
        Ok(json_of(&case.id, &analyze(&text), &text, &FACTS))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    fn explained(text: &[u8]) -> Explained {
        read(text).unwrap()
    }

    fn written(text: &[u8], form: Form) -> String {
        let mut out = Vec::new();
        write(&explained(text), None, form, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_line_that_decides_is_shown_without_its_secrets() {
        let text =
            b"AUTH PLAIN AHNlY3JldABodW50ZXIy\n535 5.7.8 authentication failed: password=hunter2";
        for form in [
            Form::Human { colour: false },
            Form::Human { colour: true },
            Form::Json,
            Form::Markdown,
        ] {
            let out = written(text, form);
            assert!(out.contains("auth.bad-credentials"), "{out}");
            assert!(!out.contains("hunter2") && !out.contains("AHNl"), "{out}");
        }
        let out = written(text, Form::Human { colour: false });
        assert!(
            out.contains("2 | 535 5.7.8 authentication failed: password=[masked]"),
            "{out}"
        );
    }

    #[test]
    fn where_nothing_can_be_told_the_client_says_how_to_show_more() {
        let text = b"PHPMailer: SMTP connect() failed.";
        for form in [Form::Human { colour: false }, Form::Markdown] {
            let out = written(text, form);
            assert!(
                out.contains("Not enough here") && out.contains("SMTPDebug"),
                "{out}"
            );
            let hidden =
                "Without it PHPMailer hides what a server says that refuses the connection";
            assert!(out.contains(hidden), "{out}");
        }
    }

    #[test]
    fn commands_are_filled_with_what_the_text_names() {
        let text = b"Error: connect ETIMEDOUT smtp.shop.example:587";
        for form in [Form::Human { colour: false }, Form::Json, Form::Markdown] {
            let out = written(text, form);
            assert!(out.contains("nc -vz -w 10 smtp.shop.example 587"), "{out}");
        }
    }

    #[test]
    fn what_breaks_off_is_said_to_break_off() {
        // `550 5.1.1 User unknown`, stored, its check sum and length missing.
        let text = b"550 5.1.1 User unknown";
        let mut packed = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x01".to_vec();
        packed.extend([22, 0, !22, 0xff]);
        packed.extend(text);
        for form in [Form::Human { colour: false }, Form::Json, Form::Markdown] {
            let out = written(&packed, form);
            assert!(out.contains("recipient.unknown"), "{out}");
            let says =
                |out: &str| out.contains("cut off or damaged") || out.contains("\"cut\":true");
            assert!(says(&out) && !says(&written(text, form)), "{out}");
        }
    }

    #[test]
    fn every_form_gives_the_same_steps() {
        let text = b"535 5.7.8 Username and Password not accepted - gsmtp";
        let explained = explained(text);
        let Found::One(analysis) = &explained.found else {
            unreachable!("it is one failure")
        };
        let steps = portolan_explain::steps(&analysis.findings[0], &explained, &FACTS);
        let steps: Vec<&str> = steps.iter().map(|it| it.remedy.action).collect();
        let whole: Value = serde_json::from_str(&written(text, Form::Json)).unwrap();
        let mut out = Vec::new();
        let case = json!({"id": 1, "text": String::from_utf8_lossy(text)});
        explain_lines(format!("{case}\n").as_bytes(), &mut out).unwrap();
        let line: Value = serde_json::from_slice(&out).unwrap();
        for value in [whole, line] {
            assert_eq!(value["provider"], "gmail");
            let remedies = value["findings"][0]["remedies"].as_array().unwrap();
            let actions: Vec<&str> = remedies
                .iter()
                .filter_map(|it| it["action"].as_str())
                .collect();
            assert_eq!(actions, steps);
            assert_eq!(remedies[0]["for"], "gmail");
        }
    }

    #[test]
    fn without_a_provider_the_steps_are_those_for_all() {
        let value: Value =
            serde_json::from_str(&written(b"535 5.7.8 bad credentials", Form::Json)).unwrap();
        assert_eq!(value.get("provider"), None);
        let remedies = value["findings"][0]["remedies"].as_array().unwrap();
        assert!(!remedies.is_empty() && remedies.iter().all(|it| it["for"].is_null()));
    }

    #[test]
    fn an_unsure_finding_says_what_would_make_it_surer() {
        for form in [Form::Human { colour: false }, Form::Markdown] {
            let unsure = written(b"PHPMailer: 550", form);
            assert!(
                unsure.contains("surer") && unsure.contains("SMTPDebug"),
                "{unsure}"
            );
            let shown = written(b"PHPMailer: RCPT TO:<a@b.example>\n550 No", form);
            let is_told = shown.contains("SMTPDebug") && !shown.contains("hides");
            assert!(is_told, "not at RCPT: {shown}");
            let hidden = written(b"PHPMailer: SMTP Error: Could not authenticate.", form);
            assert!(hidden.contains("Without it PHPMailer hides"), "{hidden}");
            let sure = written(b"PHPMailer: 550 5.1.1 User unknown", form);
            assert!(!sure.contains("surer"), "{sure}");
        }
    }

    #[test]
    fn nothing_of_a_text_acts_upon_the_terminal() {
        let line = "Jan  1 10:00:00 mx postfix/smtp[1]: 4A: to=<bob@b\u{1b}[2J.example>, relay=m\u{1b}]0;x\u{7}x[192.0.2.1]:25, dsn=5.1.1, status=bounced (said: 550 5.1.1 \u{202e}User unknown\u{9b}31m)\n";
        for form in [Form::Human { colour: false }, Form::Markdown] {
            for text in [line.repeat(5), line.to_owned()] {
                let out = written(text.as_bytes(), form);
                assert!(out.contains("recipient.unknown"), "{out}");
                assert!(
                    !out.contains(['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}']),
                    "{out:?}"
                );
            }
        }
    }

    #[test]
    fn a_log_of_many_mails_is_counted() {
        let line = "Jan  1 10:00:00 mx postfix/smtp[1]: 4A: to=<bob@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.b.example[192.0.2.1] said: 550 5.1.1 <bob@b.example>: User unknown)\n";
        let log = line.repeat(5);
        let out = written(log.as_bytes(), Form::Json);
        let value: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(value["log"]["bounced"], 5);
        assert_eq!(value["log"]["causes"][0]["cause"], "recipient.unknown");
        let out = written(log.as_bytes(), Form::Markdown);
        assert!(
            out.contains("| recipient.unknown | 5 |") && !out.contains("bob@"),
            "{out}"
        );
        let out = written(log.as_bytes(), Form::Human { colour: false });
        assert!(
            out.contains("recipient.unknown") && out.contains("b.example"),
            "{out}"
        );
    }

    #[test]
    fn what_cannot_be_read_is_said_and_the_rest_explained() {
        let mut said = Vec::new();
        let mut out = Vec::new();
        let files = ["/nowhere/at-all".into(), "/dev/null".into()];
        let decided = explain(&files, Form::Json, &mut out, |text| {
            said.push(text.to_owned());
        })
        .unwrap();
        assert_eq!(decided, Decided::Unread);
        assert!(
            said.len() == 1 && said[0].starts_with("/nowhere/at-all: "),
            "{said:?}"
        );
        assert_eq!(memchr::memchr_iter(b'\n', &out).count(), 1);
    }
}
