//! A pasted documentation: its text, what was read out of it, and what the visitor made of that.

use portolan_advice::PastedEndpoint;
use portolan_config::{ReadEndpoint, ReadTls};
use portolan_report::{Security, Span};

/// What is longer is read up to here, and kept no further.
pub const MAX_BYTES: usize = 256 * 1024;

/// A pasted documentation.
#[derive(Clone, Debug, Default)]
pub struct Pasted {
    /// As it was pasted.
    pub text: String,
    /// What was read, in the order of the text.
    pub found: Vec<Found>,
    /// How far the reading is.
    pub state: Reading,
}

/// An endpoint that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// As it was read, with the encryption that the visitor may have corrected.
    pub endpoint: ReadEndpoint,
    /// Whether the visitor lets it count.
    pub is_taken: bool,
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is there to read, or it is read.
    #[default]
    Done,
    /// The reader cannot be had.
    Failed,
    /// On its way.
    Running,
}

impl Pasted {
    /// Takes another text, of which nothing is read yet.
    pub fn paste(&mut self, mut text: String) {
        let mut end = text.len().min(MAX_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        self.state = if text.trim().is_empty() {
            Reading::Done
        } else {
            Reading::Running
        };
        self.text = text;
        self.found.clear();
    }

    /// Takes what was read; `None`: the reader could not be had.
    pub fn read(&mut self, found: Option<Vec<ReadEndpoint>>) {
        self.state = match &found {
            Some(_) => Reading::Done,
            None => Reading::Failed,
        };
        for endpoint in found.unwrap_or_default() {
            self.found.push(Found {
                endpoint,
                is_taken: true,
            });
        }
    }

    /// Lets an endpoint count, or not.
    pub fn keep(&mut self, place: usize, is_taken: bool) {
        if let Some(found) = self.found.get_mut(place) {
            found.is_taken = is_taken;
        }
    }

    /// Corrects an endpoint's encryption to the other way that there is.
    pub fn turn(&mut self, place: usize) {
        if let Some(found) = self.found.get_mut(place) {
            // No press leads to clear text: that has to stand in the text itself.
            found.endpoint.tls = match found.endpoint.tls {
                None | Some(ReadTls::Implicit | ReadTls::None) => Some(ReadTls::StartTls),
                Some(ReadTls::StartTls) => Some(ReadTls::Implicit),
            };
        }
    }

    /// What counts, as an answer.
    pub fn answer(&self) -> Vec<PastedEndpoint> {
        let taken = self.found.iter().filter(|it| it.is_taken);
        taken
            .map(|Found { endpoint, .. }| PastedEndpoint {
                host: endpoint.host.clone(),
                port: endpoint.port,
                security: endpoint.tls.map(|tls| match tls {
                    ReadTls::Implicit => Security::ImplicitTls,
                    ReadTls::None => Security::Cleartext,
                    ReadTls::StartTls => Security::StartTls,
                }),
                recommended: endpoint.recommended,
            })
            .collect()
    }

    /// The words around an endpoint's port: pieces of the text, and whether each is what said so.
    pub fn words(&self, found: &Found) -> Vec<(String, bool)> {
        let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
        let port = found.endpoint.port.to_string();
        let of_port = |span: &&Span| {
            let words = self.text.get(at(span.start)..at(span.end));
            words.is_some_and(|words| words.contains(&port))
        };
        let Some(span) = found.endpoint.evidence.iter().find(of_port) else {
            return Vec::new();
        };
        let (from, to) = self.line_around(at(span.start), at(span.end));
        let mut pieces = Vec::new();
        let mut done = from;
        for span in &found.endpoint.evidence {
            let (start, end) = (at(span.start), at(span.end));
            if start < done || end > to {
                continue;
            }
            self.push(&mut pieces, done, start, false);
            self.push(&mut pieces, start, end, true);
            done = end;
        }
        self.push(&mut pieces, done, to, false);
        pieces
    }

    fn push(&self, pieces: &mut Vec<(String, bool)>, from: usize, to: usize, is_marked: bool) {
        if let Some(words) = self.text.get(from..to).filter(|words| !words.is_empty()) {
            pieces.push((masked(words), is_marked));
        }
    }

    /// The line around a place, no longer than anybody reads.
    fn line_around(&self, start: usize, end: usize) -> (usize, usize) {
        let before = self.text.get(..start).unwrap_or_default();
        let after = self.text.get(end..).unwrap_or_default();
        let mut from = before.rfind('\n').map_or(0, |at| at + 1);
        let mut to = end + after.find('\n').unwrap_or(after.len());
        from = from.max(start.saturating_sub(MAX_WORDS));
        to = to.min(end + MAX_WORDS);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        (from, to)
    }
}

/// How much is shown before and behind a port, in bytes.
const MAX_WORDS: usize = 70;

/// What stands between `://` and `@` in an address is a name and a password: never shown.
fn masked(words: &str) -> String {
    let Some((scheme, rest)) = words.split_once("://") else {
        return words.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((secret, host)) if !secret.contains(char::is_whitespace) => {
            [scheme, "://…@", host].concat()
        }
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use portolan_config::read_documentation;

    use super::*;

    fn pasted(text: &str) -> Pasted {
        let mut pasted = Pasted::default();
        pasted.paste(text.to_owned());
        assert_eq!(pasted.state, Reading::Running);
        let found = read_documentation(&pasted.text);
        pasted.read(Some(found));
        pasted
    }

    #[test]
    fn what_is_read_is_an_answer_until_the_visitor_says_otherwise() {
        let mut pasted = pasted("Outgoing: mail.example.net, port 465 (SSL) or 2525.");
        assert_eq!(pasted.answer().len(), 2);
        pasted.keep(1, false);
        pasted.turn(0);
        let answer = pasted.answer();
        assert_eq!(answer.len(), 1);
        assert_eq!(answer[0].security, Some(Security::StartTls));
        pasted.turn(0);
        // Never to clear text.
        assert_eq!(pasted.answer()[0].security, Some(Security::ImplicitTls));
        pasted.keep(7, true);
        pasted.turn(7);
    }

    #[test]
    fn the_words_that_said_so_are_marked_and_secrets_are_not_shown() {
        let pasted = pasted("x\nUse smtps://me:secret@mail.example.net:465 for mail.\ny");
        let words = pasted.words(&pasted.found[0]);
        let all: String = words.iter().map(|(words, _)| words.as_str()).collect();
        assert!(
            all.starts_with("Use ") && all.ends_with(" for mail."),
            "{all}"
        );
        assert!(!all.contains("secret"), "{all}");
        let marked: Vec<&str> = words
            .iter()
            .filter(|(_, is_marked)| *is_marked)
            .map(|(words, _)| words.as_str())
            .collect();
        assert!(
            marked.contains(&"465") && marked.contains(&"mail.example.net"),
            "{marked:?}"
        );
    }

    #[test]
    fn a_text_of_any_length_is_cut_between_letters() {
        let mut pasted = Pasted::default();
        pasted.paste("é".repeat(MAX_BYTES));
        assert_eq!(pasted.text.len(), MAX_BYTES);
        pasted.paste(["x", &"é".repeat(MAX_BYTES)].concat());
        assert_eq!(pasted.text.len(), MAX_BYTES - 1);
        pasted.paste("  \n".to_owned());
        assert_eq!(pasted.state, Reading::Done);
    }
}
