//! What every shell shows of an analysis: the text with notes in its margin, the session as a line of stages, what to do,
//! what the facts know of the provider and the client at hand, and the forms in which it leaves Portolan.
//!
//! Here stand the sentences that the command line and the page share; neither a terminal nor a browser is known.
//!
//! ```
//! use portolan_explain::{Found, Reading};
//! let mut reading = Reading::default();
//! reading.push(b"535 5.7.8 Username and Password not accepted");
//! let explained = reading.finish();
//! let Found::One(analysis) = &explained.found else { unreachable!() };
//! assert_eq!(analysis.findings[0].cause.id, "auth.bad-credentials");
//! ```

mod course;
mod csv;
mod glimpse;
mod learnt;
mod lines;
mod markdown;
mod named;
mod notes;
mod provider;
mod shape;
mod steps;
mod strange;
mod unpack;
mod value;
mod words;

use std::cell::OnceCell;

pub use course::{Call, Passage, course};
pub use csv::csv;
pub use glimpse::{LONG, glimpse};
pub use learnt::{Learnt, learnt};
pub use lines::{Gap, Line, Mark, Row, SHOWN, Secrets, Speaker, Window, evidence, line_at, rows};
pub use markdown::markdown;
use portolan_intake::{Container, container};
use portolan_smtp::{Analysis, Filter, LogReader, MAX_BYTES, Tally, analyze};
pub use provider::{Known, Parts, how_to_show, known, parts_wanted};
pub use shape::{
    CauseCounts, Citation, Code, ExplainedFinding, ExplainedRemedy, Explanation, KeyCounts,
    LogCounts, LogExplanation, NearCause, OneExplanation, Place, SampleLine, Unexplained,
};
pub use steps::{Step, steps};
pub use strange::strange;
pub use unpack::Packed;
use unpack::Unpacker;
pub use value::{json, json_of};
pub use words::{Wanted, citation, codes, only, safe, shown, surer, wanted, who, who_short};

/// What a text turned out to be.
#[derive(Debug)]
pub enum Found {
    /// A log of many mails.
    Log(Box<Tally>),
    /// One failure, or none.
    One(Analysis),
}

/// A text that was read: what it is, and its beginning.
#[derive(Debug)]
pub struct Explained {
    /// What it is.
    pub found: Found,
    /// At most [`MAX_BYTES`] of it.
    pub text: Vec<u8>,
    /// How long it was, in bytes.
    pub bytes: u64,
    /// Which of a log's records were counted.
    pub filter: Filter,
    /// What it is where it holds no text: nothing is found in it then.
    pub container: Option<Container>,
    /// What became of the text where it came packed.
    pub packed: Option<Packed>,
    /// The text without its secrets, once somebody asked for it.
    masked: OnceCell<Vec<u8>>,
}

impl Explained {
    /// The text without its secrets.
    pub fn masked(&self) -> &[u8] {
        self.masked.get_or_init(|| portolan_mask::mask(&self.text))
    }

    /// That the text came packed and breaks off, as a sentence. `None`: nothing of it is missing.
    pub fn cut(&self) -> Option<String> {
        (self.packed == Some(Packed::Cut)).then(|| {
            let bytes = self.bytes;
            format!("The packed file is cut off or damaged: read were the first {bytes} bytes of its text, the rest is missing.")
        })
    }
}

/// How a text is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taken {
    /// As a log where it holds several records, else as one failure.
    #[default]
    AsItIs,
    /// As one failure, however many records there are.
    AsOne,
}

/// Reads a text in pieces: a log to its end, of anything else the beginning.
#[derive(Default)]
pub struct Reading {
    unpacker: Unpacker,
    held: Held,
}

/// What was read so far.
#[derive(Default)]
struct Held {
    log: LogReader,
    filter: Filter,
    text: Vec<u8>,
    bytes: u64,
}

impl Reading {
    /// One whose log counts what the filter lets through.
    pub fn filtered(filter: Filter) -> Self {
        Self {
            held: Held {
                log: LogReader::filtered(filter.clone()),
                filter,
                ..Held::default()
            },
            ..Self::default()
        }
    }

    /// Reads the next bytes, cut anywhere; packed ones ([`Packed`]) are unpacked.
    pub fn push(&mut self, piece: &[u8]) {
        let held = &mut self.held;
        self.unpacker.push(piece, |text| held.push(text));
    }

    /// How many bytes of text were read.
    pub const fn bytes(&self) -> u64 {
        self.held.bytes
    }

    /// The text's beginning, at most [`MAX_BYTES`].
    pub fn beginning(&self) -> &[u8] {
        &self.held.text
    }

    /// What it is where it holds no text: reading on finds nothing.
    pub fn container(&self) -> Option<Container> {
        container(&self.held.text)
    }

    /// What it came to.
    pub fn finish(self) -> Explained {
        self.finish_as(Taken::AsItIs)
    }

    /// What it came to, taken so.
    pub fn finish_as(self, taken: Taken) -> Explained {
        let Self { unpacker, mut held } = self;
        let packed = unpacker.finish(|text| held.push(text));
        let Held {
            log,
            filter,
            text,
            bytes,
        } = held;
        let container = container(&text);
        let tally = log.finish();
        let found = if container.is_some() {
            Found::One(Analysis::default())
        } else if tally.records >= SEVERAL && taken == Taken::AsItIs {
            Found::Log(Box::new(tally))
        } else {
            Found::One(analyze(&text))
        };
        Explained {
            found,
            text,
            bytes,
            filter,
            container,
            packed,
            masked: OnceCell::new(),
        }
    }
}

impl Held {
    fn push(&mut self, text: &[u8]) {
        self.bytes += u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.log.push(text);
        let room = MAX_BYTES.saturating_sub(self.text.len());
        self.text
            .extend(text.get(..room.min(text.len())).unwrap_or_default());
    }
}

/// So many records make a log; fewer are read as one failure, which says more of each.
const SEVERAL: u64 = 4;

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_packed_log_is_read_as_if_it_were_none() {
        let line = "Jan  1 10:00:00 mx postfix/smtp[1]: 4A: to=<b@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (said: 550 5.1.1 User unknown)\n";
        let log = line.repeat(1_000);
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(log.as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        for step in [1, 7, 4_096, packed.len()] {
            let mut reading = Reading::default();
            for piece in packed.chunks(step) {
                reading.push(piece);
            }
            let explained = reading.finish();
            assert_eq!(explained.packed, Some(Packed::Whole));
            assert_eq!(explained.bytes, log.len() as u64);
            let Found::Log(tally) = &explained.found else {
                unreachable!("it holds a thousand records")
            };
            assert_eq!(tally.bounced, 1_000);
        }
    }

    #[test]
    fn what_breaks_off_is_said_to_break_off() {
        let line = "Jan  1 10:00:00 mx postfix/smtp[1]: 4A: to=<b@b.example>, relay=mx.b.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (said: 550 5.1.1 User unknown)\n";
        let facts = portolan_facts::Facts::default();
        for (lines, is_log) in [(1, false), (1_000, true)] {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
            encoder.write_all(line.repeat(lines).as_bytes()).unwrap();
            let packed = encoder.finish().unwrap();
            for (missing, is_cut) in [(0, false), (9, true)] {
                let mut reading = Reading::default();
                reading.push(&packed[..packed.len() - missing]);
                let explained = reading.finish();
                assert_eq!(matches!(explained.found, Found::Log(_)), is_log);
                assert_eq!(explained.cut().is_some(), is_cut);
                let value = json(&explained, None, &facts);
                assert_eq!(value.get("cut"), is_cut.then_some(&true.into()));
                let markdown = markdown(&explained, None, &facts);
                assert_eq!(
                    markdown.contains("is cut off or damaged"),
                    is_cut,
                    "{markdown}"
                );
            }
        }
    }

    #[test]
    fn in_what_holds_no_text_nothing_is_found() {
        let mut reading = Reading::default();
        reading.push(b"%PDF-1.7\n550 5.1.1 User unknown");
        let explained = reading.finish();
        assert_eq!(explained.container, Some(Container::Pdf));
        assert!(matches!(&explained.found, Found::One(it) if it.findings.is_empty()));
        let facts = portolan_facts::Facts::default();
        let value = json(&explained, None, &facts);
        assert_eq!(value["holds_no_text"], "a PDF");
        assert!(markdown(&explained, None, &facts).contains("This is a PDF"));
    }
}
