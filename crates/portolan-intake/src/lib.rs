//! What a pasted text is, so that the right door opens for it.
//!
//! A text that is one thing alone (an address, a host, a code) is known by its form (`alone`). Of anything longer, signs
//! are weighed (`signs`): what makes a session a session is commands and replies, whoever prints them; what makes a log a
//! log is lines that begin with a time. No sign decides alone, and the second guess is told where it is near.
//!
//! ```
//! use portolan_intake::{Kind, recognize};
//! assert_eq!(recognize(b"smtp.example.com:587").kind, Kind::Host);
//! assert_eq!(recognize(b"535 5.7.8 Username and Password not accepted").kind, Kind::Failure);
//! ```

mod alone;
mod config;
mod lines;
mod records;
mod shape;
mod signs;
mod speech;
mod stamps;
mod tongues;

/// More than this of a text is not looked at, in bytes.
pub const MAX_BYTES: usize = 16 * 1024;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A mail address alone.
    Address,
    /// A report that a mail was not delivered (RFC 3464, or free of form).
    Bounce,
    /// A reply code or an enhanced status code alone.
    Code,
    /// The configuration of a client or a server, or code that holds one.
    Configuration,
    /// What a provider writes of its settings.
    Documentation,
    /// An error, in whatever words: a line, an exception, a stack trace.
    Failure,
    /// A host, an address of the network, or one of them with a port, alone.
    Host,
    /// Records of a server or a program, line by line.
    Log,
    /// A mail with its header.
    Mail,
    /// None of these.
    Nothing,
    /// DNS records.
    Records,
    /// What portolan-probe writes as JSON.
    Report,
    /// What a client and a server said to one another.
    Session,
}

impl Kind {
    /// All kinds, by name.
    pub const ALL: &[Self] = &[
        Self::Address,
        Self::Bounce,
        Self::Code,
        Self::Configuration,
        Self::Documentation,
        Self::Failure,
        Self::Host,
        Self::Log,
        Self::Mail,
        Self::Nothing,
        Self::Records,
        Self::Report,
        Self::Session,
    ];

    /// The id, in lower case.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Bounce => "bounce",
            Self::Code => "code",
            Self::Configuration => "configuration",
            Self::Documentation => "documentation",
            Self::Failure => "failure",
            Self::Host => "host",
            Self::Log => "log",
            Self::Mail => "mail",
            Self::Nothing => "nothing",
            Self::Records => "records",
            Self::Report => "report",
            Self::Session => "session",
        }
    }
}

/// What a text was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// What it most likely is.
    pub kind: Kind,
    /// What it is nearly as likely. `None`: nothing is near.
    pub or: Option<Kind>,
    /// The address, host or code itself, where the text is nothing else.
    pub subject: Option<String>,
}

/// Says what a text is. Total on any bytes; of a long one the beginning decides.
pub fn recognize(text: &[u8]) -> Taken {
    let text = lines::readable(text);
    if let Some((kind, subject)) = alone::alone(&text) {
        return Taken {
            kind,
            or: None,
            subject,
        };
    }
    let (kind, or) = signs::weigh(&text);
    Taken {
        kind,
        or,
        subject: None,
    }
}
