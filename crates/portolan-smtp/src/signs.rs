//! Signs of what a text is about, and of the command that was answered: found in the same pass as the phrases of the rules.

use crate::off_topic::{FILTERS, MAILBOXES, SCORES, SETTINGS, WEB};
use crate::stage::{CLIENT_HOSTS, REPORTS, SPOKEN_OF, TOLD};

/// What a word is a sign of; a number is its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    ClientHost,
    Filter,
    Mailbox,
    Report,
    Score,
    Setting,
    SpokenOf(usize),
    Told(usize),
    Web,
}

/// A sign, and where its word stands: the first byte, and the byte behind.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) sign: Sign,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Seen {
    /// Whether it stands between two places.
    pub(crate) fn is_within(&self, (from, to): (usize, usize)) -> bool {
        from <= self.start && self.end <= to
    }
}

/// All signs with their words.
pub(crate) fn signs() -> impl Iterator<Item = (Sign, &'static str)> {
    let lists = [
        (Sign::ClientHost, CLIENT_HOSTS),
        (Sign::Filter, FILTERS),
        (Sign::Mailbox, MAILBOXES),
        (Sign::Report, REPORTS),
        (Sign::Score, SCORES),
        (Sign::Setting, SETTINGS),
        (Sign::Web, WEB),
    ];
    let told = TOLD.iter().enumerate();
    let spoken_of = SPOKEN_OF.iter().enumerate();
    lists
        .into_iter()
        .flat_map(|(sign, words)| words.iter().map(move |word| (sign, *word)))
        .chain(told.map(|(at, (words, _))| (Sign::Told(at), *words)))
        .chain(spoken_of.map(|(at, (words, _))| (Sign::SpokenOf(at), *words)))
}
