//! What a pasted text is: the front-page box takes anything, and this says which door it opens.
//!
//! [`recognize`] is the door. A text that is nothing but an address, a host or a code is known by its form (`alone`);
//! any other by many small signs (`signs`), each worth something for some kind: the dialogue that its lines hold
//! (`speech`), the time stamps that they begin with (`stamp`), the forms of its lines (`seen`), and words in ten languages
//! (`words`). The kind with the largest sum wins. What a text means is not looked at: that is for the verb that it goes to.

mod alone;
mod container;
mod header;
mod keyed;
mod lines;
mod phrases;
mod ports;
mod seen;
mod signs;
mod speech;
mod stamp;
mod text;
mod words;
mod zone;

pub use container::{Container, container};

/// How many bytes of a text are looked at: three quarters at its beginning, and of a longer one the rest in its middle.
pub const MAX_BYTES: usize = 64 * 1024;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A mail address, or several.
    Address,
    /// A report that a mail could not be delivered (RFC 3464, or free words).
    Bounce,
    /// A reply code, an enhanced status code, or both.
    Code,
    /// Settings of a client or a server, or code that holds them.
    Configuration,
    /// What a provider writes about its settings.
    Documentation,
    /// An error: a line, an exception with its stack, a client's message.
    Failure,
    /// A host, with or without a port: a name, an address, a URL without a path.
    Host,
    /// Records of a mail server or of an application.
    Log,
    /// A mail with its header that reports no failure.
    Mail,
    /// None of the others.
    Nothing,
    /// DNS records.
    Records,
    /// What `portolan-probe` wrote, a report of a probe or an explanation; or what plain commands say of one port after another.
    Report,
    /// An SMTP dialogue, whoever printed it.
    Session,
}

impl Kind {
    /// All kinds, in the order of their ids.
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
    /// The likeliest kind.
    pub kind: Kind,
    /// The next kind, where it is nearly as likely.
    pub or: Option<Kind>,
    /// What the text is about, where it is just that: the first address, the host as `host` or `host:port`, the codes as
    /// `550 5.7.1`; of a single word that is none of these, the word.
    pub subject: Option<String>,
}

/// Says what a text is.
///
/// Takes any bytes in any encoding, with any line endings, quoted or in a fence, in time that grows with at most
/// [`MAX_BYTES`] of them.
///
/// ```
/// use portolan_intake::{Kind, recognize};
///
/// let taken = recognize(b"what does 550 5.7.1 mean?");
/// assert_eq!((taken.kind, taken.subject.as_deref()), (Kind::Code, Some("550 5.7.1")));
/// assert_eq!(recognize(b"smtp.example.com 587 timed out").kind, Kind::Failure);
/// ```
pub fn recognize(text: &[u8]) -> Taken {
    let text = text::read(text);
    if names_its_tool(&text) || ports::tells(&text) {
        return Taken {
            kind: Kind::Report,
            or: None,
            subject: None,
        };
    }
    alone::recognize(&text).unwrap_or_else(|| signs::weigh(&seen::look(&text)))
}

/// Whether it is an object that says which program wrote it: a report holds whole sessions, whose signs would outweigh its own.
fn names_its_tool(text: &[u8]) -> bool {
    let begins = |text: &[u8], with: &[u8]| text.get(..with.len()) == Some(with);
    let keys = text.windows(KEY.len()).enumerate();
    let mut values = keys.filter(|(_, it)| *it == KEY).filter_map(|(at, _)| {
        let value = text.get(at + KEY.len()..)?.trim_ascii_start();
        Some(value.strip_prefix(b":")?.trim_ascii_start())
    });
    text.contains(&b'{') && values.any(|it| begins(it, b"\"portolan-probe "))
}

const KEY: &[u8] = b"\"tool\"";
