//! The analysis engine: any failure in, one root cause out.
//!
//! A text is brought into one form (`normal`), the phrases of the rules are looked for in it in one pass (`phrases`), and
//! the most specific rule that fires names the cause; `stage` says where the session was. Rules and causes are data
//! (`rules`, `codes.toml`, `data/causes`), checked and flattened by the build.
//!
//! [`analyze`] reads one text of bounded length, [`classify`] names its cause alone, [`LogReader`] reads a log of any. Several failures in one text that is no log
//! are read as one; [`parts`] says where one ends and the next begins, for whoever wants each on its own.
//!
//! ```
//! let analysis = portolan_smtp::analyze(b"554 5.7.1 <a@b.example>: Relay access denied");
//! let found = &analysis.findings[0];
//! assert_eq!((found.cause.id, found.stage.id()), ("relay.denied", "rcpt"));
//! ```

mod beside;
mod clouds;
mod code;
mod cut;
mod encoded;
mod event;
mod got_over;
mod judge;
mod legacy;
mod locate;
mod log;
mod mail;
mod names;
mod normal;
mod off_topic;
mod own_words;
mod parts;
mod phrases;
mod prefix;
mod read;
mod repeated;
mod second_address;
mod session;
mod sharpen;
mod signs;
mod speech;
mod stage;
mod strangers;
mod themes;
mod trace;
mod unsaid;
mod weigh;

pub use code::{enhanced_meaning, reply_meaning};
pub use event::{Enhanced, Event, EventKind, Verb};
pub use judge::{Analysis, Classified, Finding, analyze, classify};
pub use log::{CauseTally, Counts, Filter, Keyed, LogReader, Sample, Tally, WINDOW};
pub use parts::parts;
pub use stage::Stage;

/// More than this is not looked at: what is read is bounded, whatever is pasted.
pub const MAX_BYTES: usize = 1 << 20;

/// What the analyzer can name.
#[derive(Debug, PartialEq, Eq)]
pub struct Cause {
    /// Area and name, such as `auth.required`. Never renamed.
    pub id: &'static str,
    /// Who can mend it.
    pub who: Blame,
    /// Whether the same attempt may succeed later by itself.
    pub retry: Retry,
    /// What it means, one sentence.
    pub means: &'static str,
    /// What it is, and what it is not.
    pub definition: &'static str,
    /// What in a text decides it.
    pub evidence: &'static str,
    /// Causes that look alike.
    pub near: &'static [Near],
    /// Whether and when another try helps, one sentence.
    pub wait: &'static str,
    /// What to do, in the order in which to try it.
    pub remedies: &'static [Remedy],
    /// What to capture where a text is not enough.
    pub capture: &'static str,
    /// Which facts of the provider answer it.
    pub facts: Option<Answers>,
    /// RFCs with `#` and a section, or addresses of pages.
    pub sources: &'static [&'static str],
}

/// A cause that looks alike, and what tells it apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Near {
    /// Its id.
    pub cause: &'static str,
    /// What speaks for it instead.
    pub apart: &'static str,
}

/// Something to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Who has to do it.
    pub who: Blame,
    /// Who that is, where it is known more closely: `the tenant's administrator`.
    pub by: Option<&'static str>,
    /// The id of the provider for whose accounts it is; none: for all.
    pub provider: Option<&'static str>,
    /// What, one sentence.
    pub action: &'static str,
    /// A command that checks or mends it; names in capitals stand for the reader's own.
    pub command: Option<&'static str>,
    /// As in [`Cause::sources`].
    pub sources: &'static [&'static str],
}

/// Facts of a provider that a cause asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// What user and password are.
    Credentials,
    /// Hosts, ports and TLS modes.
    Endpoints,
    /// What it demands of the From address.
    From,
    /// How much may be sent.
    Limits,
}

/// The causes that the analyzer can name, by id.
pub fn causes() -> &'static [Cause] {
    CAUSES
}

/// Who can mend a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The sender's own configuration.
    Client,
    /// Whoever runs the network on the way.
    Network,
    /// Nobody has to.
    None,
    /// The recipient, or its administration.
    Recipient,
    /// The sender's domain, address or reputation.
    Sender,
    /// The receiving or submission server.
    Server,
}

impl Blame {
    /// The id in the published form.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Network => "network",
            Self::None => "none",
            Self::Recipient => "recipient",
            Self::Sender => "sender",
            Self::Server => "server",
        }
    }
}

/// Whether waiting helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It may.
    Maybe,
    /// It does not.
    No,
    /// It does.
    Yes,
}

impl Retry {
    /// The id in the published form.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Maybe => "maybe",
            Self::No => "no",
            Self::Yes => "yes",
        }
    }
}

/// A rule: phrases that speak for a cause.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The place of the cause in the table.
    pub(crate) cause: usize,
    /// The stage that is natural to it.
    pub(crate) stage: Stage,
    /// How specific it is: the highest that fires names the cause.
    pub(crate) rank: u8,
    /// Phrases, any of which fires it.
    pub(crate) say: &'static [&'static str],
    /// Phrases, any of which takes it back.
    pub(crate) not: &'static [&'static str],
    /// Causes that are named nearly as loudly in the same words, and are not meant there. Held by the build against the
    /// ranks, by a test against the cases.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a statement that is proven, and not asked")
    )]
    pub(crate) over: &'static [&'static str],
}

/// What themes of words together say.
pub(crate) struct Reading {
    /// The place of the cause in the table.
    pub(crate) cause: usize,
    /// The themes that have to be there, a bit each.
    pub(crate) all: u64,
    /// The themes that may not.
    pub(crate) none: u64,
    /// The first digit of the reply code; 0: any.
    pub(crate) class: u16,
    /// The stages that it is said at; none: any.
    pub(crate) stages: &'static [Stage],
    /// The reply codes that it is said with; none: any.
    pub(crate) codes: &'static [u16],
}

/// A provider whose servers answer by names of its own.
pub(crate) struct Greets {
    /// The hosts that applications ask for.
    pub(crate) asked: &'static [&'static str],
    /// The domains of the names that answer.
    pub(crate) own: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
