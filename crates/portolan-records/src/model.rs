//! What a text turned out to hold.

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::name::Name;

/// A text as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Records, in the order of the text.
    pub records: Vec<Entry>,
    /// Answers without records: nothing is there, or the look-up failed.
    pub silences: Vec<Silence>,
    /// Records whose name the text does not tell.
    pub nameless: Vec<Nameless>,
    /// What is odd about how something is written.
    pub notes: Vec<Note>,
    /// Lines that were not understood.
    pub kept: Vec<Kept>,
    /// The domain that the text is about. `None`: nothing tells.
    pub domain: Option<Guess>,
    /// The text is longer than what is read, or holds more lines.
    pub is_cut: bool,
    /// Lines that seem to hold a text of mail could not be read, or are not judged: what is not among the records may be in
    /// those.
    pub has_unread: bool,
}

/// A form of writing records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A record's text alone.
    Bare,
    /// Sentences of `host`.
    Host,
    /// Objects of JSON: DNS over HTTPS, exports and interfaces of providers.
    Json,
    /// Labels with values: `Type: TXT`, and lists of PowerShell.
    Labels,
    /// A message of the DNS, as `dig`, `drill` and `kdig` print it.
    Message,
    /// What `nslookup` prints, on Unix and on Windows.
    Nslookup,
    /// The file of a policy of MTA-STS (RFC 8461, section 3.2).
    Policy,
    /// Values alone, as `dig +short` prints them.
    Short,
    /// Rows and columns: a provider's panel, CSV, Markdown, PowerShell.
    Table,
    /// Lines of a master file (RFC 1035, section 5).
    ZoneFile,
}

/// Who said it, and how sure it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The resolver or name server that answered, as it was printed.
    pub server: Option<String>,
    /// The answer that it came in, counted from 1: records with the same server and number are one set. 0: nobody was asked.
    pub message: u32,
    /// The flag AD: the resolver says that it validated the answer (RFC 4035, section 3.2.3). Only who trusts the resolver
    /// and the way to it believes that.
    pub authentic: bool,
    /// The flag AA: the answer came from a server of the zone.
    pub authoritative: bool,
}

/// What a record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A record that a survey asks for.
    Record(Record),
    /// A record of another type.
    Other {
        /// The type, in capitals.
        kind: String,
        /// Its data, as it is written.
        text: String,
    },
}

/// A record with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// At which name.
    pub name: Name,
    /// What is there.
    pub value: Value,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// How it was written.
    pub form: Form,
    /// Who said it.
    pub word: Word,
}

/// What an answer without records says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// The name exists, and has no records of this type.
    NoData,
    /// The name does not exist (NXDOMAIN), nor does anything below it (RFC 8020).
    NoSuchName,
    /// The resolver or the name servers failed: SERVFAIL, REFUSED, a refused connection.
    ServerFailure,
    /// Nothing came in time.
    TimedOut,
}

/// An answer without records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// At which name.
    pub name: Name,
    /// For which type. `None`: the text does not tell, or it is one that no survey asks for.
    pub kind: Option<Kind>,
    /// What it says.
    pub said: Said,
    /// The line that says so, from 1.
    pub line: u32,
    /// How it was written.
    pub form: Form,
    /// Who said it.
    pub word: Word,
}

/// A record without a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nameless {
    /// Its name below the domain, where that is told: `_dmarc`; of the domain itself nothing.
    pub label: Option<String>,
    /// What it holds.
    pub value: Value,
    /// The line on which it begins, from 1.
    pub line: u32,
    /// How it was written.
    pub form: Form,
}

/// A line that no reader took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which line, from 1.
    pub line: u32,
    /// The line.
    pub text: String,
}

/// Something odd about how a record is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// On which line, from 1.
    pub line: u32,
    /// What.
    pub kind: NoteKind,
}

/// What is odd.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// The program that printed the value cut it off, so it is not judged.
    CutOff,
    /// In a zone file a name without a dot at its end lies below the origin, so this domain's name stands in it twice.
    MissingDot(Name),
    /// The priority of this exchanger was not read: the 0 of the record stands for it.
    NoPriority,
    /// In a zone file spaces outside quotes separate character-strings and a semicolon begins a comment: the text loses both.
    Unquoted,
    /// The line seems to hold the record of a text, and could not be read.
    Unread,
    /// A line of a zone file that begins a name with a wildcard; no survey asks for it.
    Wildcard,
    /// The type SPF was given up (RFC 7208, section 3.1); nobody looks at it.
    OldType,
}

/// The domain that a text is probably about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The domain.
    pub name: Name,
    /// How sure that is.
    pub sure: Sure,
    /// Others that it might be.
    pub others: Vec<Name>,
}

/// How sure a domain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sure {
    /// The visitor named it, or the text is its zone.
    Told,
    /// All names of mail in the text are of it.
    Agreed,
    /// Most are.
    Likely,
}
