//! What a pasted documentation says: the endpoints for sending mail that it names.
//!
//! [`read_documentation`] is the door. The reader knows words of six languages and the forms that documentation takes
//! (prose, lists, tables, HTML, settings, programs); it knows no provider, opens nothing, and judges nothing that it
//! read. It would rather miss a port than name a wrong one.

mod around;
mod bare;
mod clause;
mod deny;
mod evidence;
mod host;
mod hosts;
mod html;
mod mask;
mod meaning;
mod nearby;
mod numbers;
mod page;
mod past;
mod ports;
mod prefer;
mod read;
mod sections;
mod senses;
mod tlds;
mod tls;
mod token;
mod turns;
mod values;
mod wire;
mod words;

use portolan_report::Span;

pub use wire::{parse, print};

/// How many bytes of a text are read at most; what is behind them is not looked at.
pub const MAX_BYTES: usize = 256 * 1024;

/// How a connection is encrypted, by what a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReadTls {
    /// From the first byte.
    Implicit,
    /// Not at all.
    None,
    /// After the command STARTTLS.
    StartTls,
}

/// An endpoint that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadEndpoint {
    /// The host in lower case, a placeholder as `<part>`; `None` where the text names none.
    pub host: Option<String>,
    /// The port, 1 to 65535.
    pub port: u16,
    /// The encryption; `None` where the text does not say.
    pub tls: Option<ReadTls>,
    /// Whether the text recommends it before the others that it names.
    pub recommended: bool,
    /// Where the text says so, in bytes and in its order: the port, the host and the word about encryption.
    pub evidence: Vec<Span>,
}

/// What was read out of a documentation text: endpoints in the order of the text, each host with each port once.
///
/// Takes any text with any line endings, in time that grows with its length, and reads its first [`MAX_BYTES`].
/// Endpoints for reading mail, and ports that the text takes back (blocked, deprecated, do not use), are left out.
///
/// ```
/// use portolan_config::{ReadTls, read_documentation};
///
/// let text = "Outgoing server: smtp.example.com, port 587 with STARTTLS. Port 25 is blocked.";
/// let found = read_documentation(text);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].host.as_deref(), Some("smtp.example.com"));
/// assert_eq!((found[0].port, found[0].tls), (587, Some(ReadTls::StartTls)));
/// ```
pub fn read_documentation(text: &str) -> Vec<ReadEndpoint> {
    let mut end = text.len().min(MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    read::read(text.get(..end).unwrap_or_default())
}
