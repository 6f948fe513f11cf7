//! Logs of mail servers, read in a stream: what became of the mails, and why.
//!
//! One pass at a bounded memory. What a dialect reads out of a line is a [`Record`]; a refusal's words are explained once
//! and remembered. A mail is followed by its queue id for as long as the window holds it.

mod dialect;
mod explained;
mod filter;
mod keys;
mod lines;
mod tally;
mod window;

use dialect::postfix;
use dialect::structured::{self, Structured};
use dialect::{Fate, Record};
use explained::Explained;
pub use filter::Filter;
use lines::Lines;
use tally::{Builder, hour};
pub use tally::{CauseTally, Counts, Keyed, Sample, Tally};
use window::Window;

/// How many mails are followed at once. What is pushed out counts as waiting.
pub const WINDOW: usize = 200_000;

/// Reads a log in pieces that may be cut anywhere.
///
/// ```
/// let mut log = portolan_smtp::LogReader::new();
/// log.push(b"Jan  1 10:00:00 mx postfix/smtp[1]: 4A: to=<a@example.org>, relay=mx.example.org[192.0.2.1]:25, delay=1, ");
/// log.push(b"dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.1] said: 550 5.1.1 User unknown)\n");
/// let tally = log.finish();
/// assert_eq!((tally.bounced, tally.causes[0].cause.id), (1, "recipient.unknown"));
/// ```
pub struct LogReader {
    lines: Lines,
    reader: Reader,
}

impl Default for LogReader {
    fn default() -> Self {
        Self::new()
    }
}

impl LogReader {
    /// A reader that has seen nothing.
    pub fn new() -> Self {
        Self::filtered(Filter::default())
    }

    /// A reader that counts what the filter lets through, and follows all. [`Tally::lines`], [`Tally::records`] and
    /// [`Tally::cut`] are those of the whole log.
    pub fn filtered(filter: Filter) -> Self {
        Self {
            lines: Lines::default(),
            reader: Reader {
                tally: Builder::filtered(filter),
                explained: Explained::default(),
                window: Window::new(WINDOW),
                likely: 0,
                state: dialect::State::default(),
            },
        }
    }

    /// Reads the next bytes.
    pub fn push(&mut self, chunk: &[u8]) {
        let Self { lines, reader } = self;
        lines.push(chunk, |line| reader.line(line));
    }

    /// What was counted; the last line may lack its end.
    pub fn finish(self) -> Tally {
        let Self { lines, mut reader } = self;
        let cut = lines.finish(|line| reader.line(line));
        let Reader {
            mut tally, window, ..
        } = reader;
        for (cause, times) in window.waiting() {
            tally.waits(cause, times);
        }
        tally.finish(cut)
    }
}

struct Reader {
    tally: Builder,
    explained: Explained,
    window: Window,
    /// The place of the dialect that read the last line: logs seldom mix.
    likely: usize,
    state: dialect::State,
}

impl Reader {
    fn line(&mut self, line: &[u8]) {
        self.tally.lines += 1;
        // What a container wraps would be found in the wrapping, but without its time.
        if !line.starts_with(b"{") && self.read(line) {
            return;
        }
        match structured::read(line, &mut self.state) {
            Some(Structured::Records(all)) => {
                for record in all.iter().filter_map(structured::Owned::record) {
                    self.record(&record, line);
                }
            }
            Some(Structured::Line(inner)) => {
                self.read(inner.as_bytes());
            }
            None if line.starts_with(b"{") => {
                self.read(line);
            }
            None => {}
        }
    }

    /// Reads a line in the dialect that read the last one, then in the others; whether one could.
    fn read(&mut self, line: &[u8]) -> bool {
        if postfix::is_named(line) {
            // What says nothing of a mail's fate is no other dialect's either.
            if let Some(record) = postfix::read(line) {
                self.record(&record, line);
            }
            return true;
        }
        let likely = dialect::ALL.get(self.likely);
        if let Some(record) = likely.and_then(|read| read(line)) {
            self.record(&record, line);
            return true;
        }
        for (place, read) in dialect::ALL.iter().enumerate() {
            if place == self.likely {
                continue;
            }
            if let Some(record) = read(line) {
                self.likely = place;
                self.record(&record, line);
                return true;
            }
        }
        false
    }

    fn record(&mut self, record: &Record<'_>, line: &[u8]) {
        let tally = &mut self.tally;
        tally.records += 1;
        let hour = hour(record.time.unwrap_or(line));
        match record.fate {
            Fate::Sent => {
                if let Some(cause) = self.window.done(record.queue, record.recipient) {
                    tally.recovers(cause);
                }
                tally.ends(record, hour, None);
            }
            Fate::Deferred => {
                let cause = self.explained.cause(record.said);
                let domain = tally.fails(cause, record, hour, line, false);
                // Without a recipient nobody can tell what became of it.
                if !record.recipient.is_empty() {
                    self.window
                        .defer(record.queue, record.recipient, cause, domain);
                }
            }
            Fate::Bounced => {
                let last = self.window.done(record.queue, record.recipient);
                let cause = self.explained.cause(record.said);
                // An expiry says nothing: the last deferral does.
                let cause = last.filter(|_| cause.is_expiry()).unwrap_or(cause);
                tally.fails(cause, record, hour, line, true);
            }
            Fate::Expired => {
                let waited = self.window.expire(record.queue);
                if waited.is_empty() {
                    tally.ends(record, hour, Some(true));
                }
                for it in waited {
                    tally.expires(it, record, hour, line);
                }
            }
            Fate::Rejected => {
                let cause = self.explained.cause(record.said);
                tally.fails(cause, record, hour, line, true);
            }
        }
    }
}
