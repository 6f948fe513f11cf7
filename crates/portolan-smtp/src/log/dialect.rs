//! How servers log what became of a mail: one file a dialect, and a line here.

mod exim;
mod opensmtpd;
pub(super) mod postfix;
pub(super) mod protocol;
mod sendmail;
pub(super) mod structured;

/// What became of a mail in one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Taken.
    Sent,
    /// Refused for now.
    Deferred,
    /// Refused for good, or given up with an answer.
    Bounced,
    /// The queue gave it up; what is said says no more.
    Expired,
    /// This server turned it away.
    Rejected,
}

/// What a line says of a mail. What it does not say is empty.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'line> {
    /// Where the time stands, where it is not the line's beginning.
    pub(super) time: Option<&'line [u8]>,
    /// The id by which the queue knows the mail.
    pub(super) queue: &'line [u8],
    /// The envelope recipient.
    pub(super) recipient: &'line [u8],
    /// The host that answered.
    pub(super) relay: &'line [u8],
    /// The address that sent to this server.
    pub(super) client: &'line [u8],
    /// What became of it.
    pub(super) fate: Fate,
    /// In which words.
    pub(super) said: &'line [u8],
}

/// What a dialect has to remember from line to line.
#[derive(Default)]
pub(super) struct State {
    /// The columns of a table, as its head names them.
    pub(super) columns: Vec<String>,
    /// How many lines were looked at for such a head.
    pub(super) looked_at: u32,
    /// Whether they are a protocol log's.
    pub(super) is_protocol: bool,
    /// The sessions of a protocol log.
    pub(super) sessions: protocol::Sessions,
}

/// What a line says in one way of logging.
type Read = for<'line> fn(&'line [u8]) -> Option<Record<'line>>;

/// All of them.
pub(super) static ALL: &[Read] = &[postfix::read, exim::read, sendmail::read, opensmtpd::read];

/// What stands between two words, the first of them first; `None` where one is missing.
fn between<'line>(line: &'line [u8], before: &[u8], behind: &[u8]) -> Option<&'line [u8]> {
    let start = memchr::memmem::find(line, before)? + before.len();
    let rest = line.get(start..)?;
    rest.get(..memchr::memmem::find(rest, behind)?)
}

/// The last word before a place.
fn word_before(line: &[u8], end: usize) -> &[u8] {
    let line = line.get(..end).unwrap_or_default();
    let start = memchr::memrchr(b' ', line).map_or(0, |at| at + 1);
    line.get(start..).unwrap_or_default()
}
