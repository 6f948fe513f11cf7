//! What is played, as data: `failures.toml` read, refused where it is wrong, and one variant of it chosen by a seed.

mod check;
mod schema;

use std::fmt;

pub use schema::{Act, Certificate, Client, Door, Failure, Receiver, Reply, Stage, Tls, Unless};

use schema::File;

/// All failures, in the order of the file, and the receivers that write their texts.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// What is known of each receiver, by its id.
    pub receivers: std::collections::BTreeMap<String, Receiver>,
    /// What can be played.
    pub failures: Vec<Failure>,
}

/// Where a file is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// What was expected, and what was found.
    pub why: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "failures.toml:{}: {}", self.line, self.why)
    }
}

impl std::error::Error for Refused {}

/// One failure with the text and the receiver that a seed chose.
#[derive(Clone, Debug)]
pub struct Play {
    /// What is played.
    pub failure: Failure,
    /// What is said at the failing stage; `None` where nothing is said.
    pub reply: Option<Reply>,
    /// Who the server claims to be.
    pub receiver: Receiver,
    /// What it was chosen by.
    pub seed: u64,
}

impl Catalogue {
    /// Reads and checks a file.
    ///
    /// # Errors
    ///
    /// An unknown key or cause, a failure without a text, a text that is no reply: the first of them, with its line.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let file: File = toml::from_str(text).map_err(|error| Refused {
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            why: error.message().to_owned(),
        })?;
        check::check(&file).map_err(|(place, why)| Refused {
            line: line_of(text, place),
            why,
        })?;
        Ok(Self {
            receivers: file.receivers,
            failures: file.failure,
        })
    }

    /// The failure of this name.
    pub fn failure(&self, id: &str) -> Option<&Failure> {
        self.failures.iter().find(|it| it.id.get_ref() == id)
    }

    /// Chooses the variant of a failure; the same seed always chooses the same.
    pub fn play(&self, id: &str, seed: u64) -> Option<Play> {
        let failure = self.failure(id)?.clone();
        let reply = pick(&failure.replies, seed).cloned();
        let by = reply
            .as_ref()
            .and_then(|it| self.receivers.get(it.by.get_ref()));
        let any = || {
            let all: Vec<&Receiver> = self.receivers.values().collect();
            pick(&all, seed).copied()
        };
        let receiver = by.or_else(any)?.clone();
        Some(Play {
            failure,
            reply,
            receiver,
            seed,
        })
    }
}

impl Play {
    /// The cause that is played: the text's own, else the failure's.
    pub fn cause(&self) -> &str {
        self.reply
            .as_ref()
            .and_then(|it| it.cause.as_ref())
            .unwrap_or(&self.failure.cause)
            .get_ref()
    }

    /// All causes that the text itself supports, the one that is played first.
    pub fn causes(&self) -> Vec<String> {
        let also = self.reply.iter().flat_map(|it| &it.also);
        let also = also.map(|it| it.get_ref().clone());
        std::iter::once(self.cause().to_owned())
            .chain(also)
            .collect()
    }
}

fn pick<T>(all: &[T], seed: u64) -> Option<&T> {
    let count = u64::try_from(all.len()).ok().filter(|it| *it > 0)?;
    usize::try_from(seed % count)
        .ok()
        .and_then(|at| all.get(at))
}

fn line_of(text: &str, place: usize) -> usize {
    text.get(..place).unwrap_or_default().matches('\n').count() + 1
}
