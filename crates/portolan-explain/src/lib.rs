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
mod steps;
mod value;
mod words;

use std::cell::OnceCell;

pub use course::{Call, Passage, course};
pub use csv::csv;
pub use glimpse::{LONG, glimpse};
pub use learnt::{Learnt, learnt};
pub use lines::{Gap, Line, Mark, Row, SHOWN, Secrets, Speaker, Window, evidence, line_at, rows};
pub use markdown::markdown;
use portolan_smtp::{Analysis, Filter, LogReader, MAX_BYTES, Tally, analyze};
pub use provider::{Known, Parts, how_to_show, known, parts_wanted};
pub use steps::{Step, steps};
pub use value::{json, json_of};
pub use words::{citation, codes, only, safe, shown, surer, who, who_short};

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
    /// The text without its secrets, once somebody asked for it.
    masked: OnceCell<Vec<u8>>,
}

impl Explained {
    /// The text without its secrets.
    pub fn masked(&self) -> &[u8] {
        self.masked.get_or_init(|| portolan_mask::mask(&self.text))
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
    log: LogReader,
    filter: Filter,
    text: Vec<u8>,
    bytes: u64,
}

impl Reading {
    /// One whose log counts what the filter lets through.
    pub fn filtered(filter: Filter) -> Self {
        Self {
            log: LogReader::filtered(filter.clone()),
            filter,
            ..Self::default()
        }
    }

    /// Reads the next bytes, cut anywhere.
    pub fn push(&mut self, piece: &[u8]) {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        self.log.push(piece);
        let room = MAX_BYTES.saturating_sub(self.text.len());
        self.text
            .extend(piece.get(..room.min(piece.len())).unwrap_or_default());
    }

    /// How many bytes were read.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Its beginning, at most [`MAX_BYTES`].
    pub fn beginning(&self) -> &[u8] {
        &self.text
    }

    /// What it came to.
    pub fn finish(self) -> Explained {
        self.finish_as(Taken::AsItIs)
    }

    /// What it came to, taken so.
    pub fn finish_as(self, taken: Taken) -> Explained {
        let Self {
            log,
            filter,
            text,
            bytes,
        } = self;
        let tally = log.finish();
        let found = if tally.records >= SEVERAL && taken == Taken::AsItIs {
            Found::Log(Box::new(tally))
        } else {
            Found::One(analyze(&text))
        };
        Explained {
            found,
            text,
            bytes,
            filter,
            masked: OnceCell::new(),
        }
    }
}

/// So many records make a log; fewer are read as one failure, which says more of each.
const SEVERAL: u64 = 4;
