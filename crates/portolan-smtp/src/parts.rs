//! Several sessions or messages in one text: where one ends and the next begins.

use portolan_report::Span;

use crate::event::Event;

/// The sessions and messages of a text, each as a range of whole lines, in order; together they are the whole text.
///
/// `events` are those that [`crate::analyze`] found in it. One range: nothing divides it.
pub fn parts(text: &[u8], events: &[Event]) -> Vec<Span> {
    let mut starts: Vec<usize> = messages(text);
    starts.extend(sessions(text, events));
    starts.push(0);
    starts.sort_unstable();
    starts.dedup();
    starts.truncate(MOST);
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let place = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Span {
            start: place(*start),
            end: place(end),
        })
        .filter(|it| it.start < it.end)
        .collect()
}

/// More parts are a log; what follows stays with the last.
const MOST: usize = 100;

/// Where mails of a mailbox in one file begin: `From sender date` below an empty line (RFC 4155).
fn messages(text: &[u8]) -> Vec<usize> {
    const MARK: &[u8] = b"From ";
    let all = memchr::memmem::find_iter(text, MARK);
    all.filter(|at| {
        let before = text.get(..*at).unwrap_or_default();
        let line = line_from(text, *at);
        let is_below =
            before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        let has_time = memchr::memchr_iter(b':', line).count() >= 2;
        is_below && has_time && line.len() < LONGEST
    })
    .take(MOST)
    .collect()
}

/// `From` lines are short.
const LONGEST: usize = 200;

/// Where sessions begin after the first.
fn sessions(text: &[u8], events: &[Event]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut end_of_last = None;
    let mut rest = events;
    while let Some(first) = rest.first() {
        let length = rest.partition_point(|event| event.session <= first.session);
        let (one, others) = rest.split_at(length);
        rest = others;
        // A lone word that was accepted is none.
        let is_session = one.len() > 1 || one.iter().any(|event| event.kind.refuses());
        if !is_session {
            continue;
        }
        if let Some(end) = end_of_last {
            starts.push(beginning(text, end, at(first.span.start)));
        }
        end_of_last = one.last().map(|event| at(event.span.end));
        if starts.len() >= MOST {
            break;
        }
    }
    starts
}

/// The line with which a session begins whose first word stands at `first`, where the one before ended at `end`: that of
/// its connecting, or else that of its first word.
fn beginning(text: &[u8], end: usize, first: usize) -> usize {
    let own = line_start(text, first);
    let mut at = line_start(text, end) + line_from(text, line_start(text, end)).len();
    while at < own {
        let line = line_from(text, at);
        if CONNECTS
            .iter()
            .any(|words| contains_ignoring_case(line, words))
        {
            return at;
        }
        at += line.len().max(1);
    }
    own
}

/// What programs say before the first word of a server.
const CONNECTS: [&[u8]; 7] = [
    b"trying ",
    b"connect",
    b"opening",
    b"resolv",
    b"looking up",
    b"new session",
    b"begin",
];

fn contains_ignoring_case(line: &[u8], words: &[u8]) -> bool {
    line.windows(words.len())
        .any(|part| part.eq_ignore_ascii_case(words))
}

fn line_start(text: &[u8], at: usize) -> usize {
    let before = text.get(..at).unwrap_or(text);
    memchr::memrchr(b'\n', before).map_or(0, |end| end + 1)
}

/// The line that begins here, with its end.
fn line_from(text: &[u8], start: usize) -> &[u8] {
    let rest = text.get(start..).unwrap_or_default();
    let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
    rest.get(..length).unwrap_or_default()
}

fn at(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{at, parts};
    use crate::analyze;

    fn parted(text: &str) -> Vec<&str> {
        let analysis = analyze(text.as_bytes());
        parts(text.as_bytes(), &analysis.events)
            .into_iter()
            .map(|it| &text[at(it.start)..at(it.end)])
            .collect()
    }

    #[test]
    fn every_session_is_a_part_with_what_it_says_of_its_connecting() {
        let first = "Trying 192.0.2.1...\n220 a.example ESMTP\nEHLO x\n250 a.example\nMAIL FROM:<a@a.example>\n550 5.7.1 no\nQUIT\n221 bye\n";
        let second = "=== Trying b.example:25...\n220 b.example ESMTP\nEHLO x\n250 b.example\nQUIT\n221 bye\n";
        assert_eq!(parted(&[first, second].concat()), [first, second]);
        assert_eq!(parted(first), [first]);
    }

    #[test]
    fn encryption_begins_no_session() {
        let text = "220 a.example ESMTP\nEHLO x\n250 STARTTLS\nSTARTTLS\n220 2.0.0 Ready\nEHLO x\n250 AUTH PLAIN\nAUTH PLAIN\n535 5.7.8 no\n";
        assert_eq!(parted(text), [text]);
    }

    #[test]
    fn a_mailbox_is_parted_into_its_mails() {
        let mail = "From MAILER-DAEMON Thu Jan  1 10:00:00 2026\nSubject: x\n\n550 5.1.1 <a@b.example> User unknown\n\n";
        let both = [mail, mail].concat();
        assert_eq!(parted(&both), [mail, mail]);
        assert_eq!(parted("hello\nFrom here on: it says: nothing\n").len(), 1);
        assert!(parted("").is_empty());
    }
}
