//! The second key of a recording: which causes a text supports, by a table that people keep (`supports.toml`).

use serde::Deserialize;

use crate::catalogue::Play;
use crate::record::Error;

/// The table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supports {
    before: Vec<Row>,
    after: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// Failures that it is for; all where none is named.
    #[serde(default)]
    failures: Vec<String>,
    /// One of these is in the text.
    #[serde(default)]
    has: Vec<String>,
    /// Each of these is in the text.
    #[serde(default)]
    all: Vec<String>,
    /// None of these is in the text.
    #[serde(default)]
    unless: Vec<String>,
    supports: Vec<String>,
}

impl Supports {
    /// The table that comes with the crate.
    ///
    /// # Errors
    ///
    /// It is wrong, or names a cause that is none.
    pub fn own() -> Result<Self, Error> {
        Self::parse(include_str!("../supports.toml"))
    }

    fn parse(text: &str) -> Result<Self, Error> {
        let table: Self = toml::from_str(text)?;
        let rows = table.before.iter().chain(&table.after);
        for cause in rows.flat_map(|row| &row.supports) {
            if !portolan_smtp::causes().iter().any(|it| it.id == cause) {
                return Err(format!("supports.toml: expected a cause, but found {cause}").into());
            }
        }
        Ok(table)
    }

    /// The causes that this text of this play supports, the nearest first.
    pub fn of(&self, play: &Play, text: &str) -> Vec<String> {
        let text = text.to_lowercase();
        let first = |rows: &[Row]| {
            rows.iter()
                .find(|row| row.fits(play, &text))
                .map(|row| row.supports.clone())
        };
        first(&self.before)
            .or_else(|| shows(play, &text).then(|| play.causes()))
            .or_else(|| first(&self.after))
            .unwrap_or_default()
    }
}

impl Row {
    fn fits(&self, play: &Play, text: &str) -> bool {
        let id = play.failure.id.get_ref();
        (self.failures.is_empty() || self.failures.contains(id))
            && (self.has.is_empty() || self.has.iter().any(|it| text.contains(it)))
            && self.all.iter().all(|it| text.contains(it))
            && !self.unless.iter().any(|it| text.contains(it))
    }
}

/// Whether at least half of the reply's lines are shown, by their words: clients cut codes off and fold lines.
fn shows(play: &Play, text: &str) -> bool {
    let Some(reply) = &play.reply else {
        return false;
    };
    let text = words(text);
    let lines: Vec<String> = reply
        .text
        .get_ref()
        .lines()
        // What is filled in differs, so the longest piece between is looked for.
        .filter_map(|line| {
            let line = line.get(4..).unwrap_or_default().to_lowercase();
            let line = line
                .trim_start_matches(|it: char| it.is_ascii_digit() || it == '.')
                .to_owned();
            line.split(['{', '}'])
                .step_by(2)
                .map(words)
                .max_by_key(String::len)
        })
        .filter(|line| line.len() > 2)
        .collect();
    let shown = lines
        .iter()
        .filter(|line| text.contains(line.as_str()))
        .count();
    shown > 0 && shown * 2 >= lines.len()
}

/// Letters and digits, a space between words.
fn words(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::Supports;
    use crate::failures;

    fn of(failure: &str, seed: u64, text: &str) -> Vec<String> {
        let play = failures().unwrap().play(failure, seed).unwrap();
        Supports::own().unwrap().of(&play, text)
    }

    #[test]
    fn a_reply_that_is_shown_supports_what_was_played() {
        let text = "Error: 554 5.7.1 <USER@receiver.example>:\n  Relay access denied (RCPT)";
        assert_eq!(of("relay-denied", 0, text), ["relay.denied"]);
        assert!(of("relay-denied", 0, "RCPT failed: 554").is_empty());
    }

    #[test]
    fn a_reply_of_many_lines_is_shown_by_half_of_them() {
        let text = "550-5.1.1 The email account that you tried to reach does not exist. Please try\n\
            550-5.1.1 double-checking the recipient's email address for typos or";
        assert_eq!(of("unknown-user", 1, text), ["recipient.unknown"]);
        let last = "550 5.7.26  https://support.google.com/mail/answer/81126#authentication";
        assert!(of("spf-fail", 0, last).is_empty());
        // Some last lines have one meaning alone, and a row says so.
        let last = "550 5.1.1  https://support.google.com/mail/?p=NoSuchUser";
        assert_eq!(of("unknown-user", 1, last), ["recipient.unknown"]);
    }

    #[test]
    fn an_end_supports_little() {
        let text = "smtplib.SMTPServerDisconnected: Connection unexpectedly closed";
        assert_eq!(of("spf-fail", 0, text)[0], "network.connection-lost");
    }

    #[test]
    fn a_cause_that_is_none_is_refused() {
        let text = "after = []\n[[before]]\nsupports = [\"network.sulking\"]";
        assert!(
            Supports::parse(text)
                .unwrap_err()
                .to_string()
                .contains("network.sulking")
        );
    }
}
