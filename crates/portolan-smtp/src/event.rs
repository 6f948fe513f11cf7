//! What a text shows of a session: commands, replies, and what is neither.

use portolan_report::Span;

use crate::Stage;

/// A command of a client (RFC 5321, section 4.1; RFC 3207; RFC 4954).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// AUTH.
    Auth,
    /// BDAT (RFC 3030).
    Bdat,
    /// DATA.
    Data,
    /// EHLO, HELO or LHLO.
    Hello,
    /// MAIL FROM.
    Mail,
    /// QUIT.
    Quit,
    /// RCPT TO.
    Rcpt,
    /// RSET.
    Rset,
    /// STARTTLS.
    Starttls,
}

impl Verb {
    /// The stage that a session is in while this command waits for its reply.
    pub const fn stage(self) -> Stage {
        match self {
            Self::Auth => Stage::Auth,
            Self::Bdat => Stage::EndOfData,
            Self::Data => Stage::Data,
            Self::Hello => Stage::Ehlo,
            Self::Mail => Stage::Mail,
            Self::Rset => Stage::None,
            Self::Quit => Stage::Quit,
            Self::Rcpt => Stage::Rcpt,
            Self::Starttls => Stage::Starttls,
        }
    }
}

/// An enhanced status code (RFC 3463, section 2): class, subject, detail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Enhanced {
    /// 2, 4 or 5.
    pub class: u8,
    /// What it is about.
    pub subject: u16,
    /// What exactly.
    pub detail: u16,
}

/// What kind of thing was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// A client's command.
    Command(Verb),
    /// A server's reply, all its lines together.
    Reply {
        /// The reply code, where it is told.
        code: Option<u16>,
        /// The enhanced status code, where there is one.
        enhanced: Option<Enhanced>,
    },
}

impl EventKind {
    /// Reply code and enhanced status code of a reply.
    pub const fn codes(self) -> (Option<u16>, Option<Enhanced>) {
        match self {
            Self::Command(_) => (None, None),
            Self::Reply { code, enhanced } => (code, enhanced),
        }
    }

    /// Whether it is a reply that refuses, now (4) or for good (5).
    pub fn refuses(self) -> bool {
        match self {
            Self::Command(_) => false,
            Self::Reply { code, enhanced } => code.map_or_else(
                || enhanced.is_some_and(|it| it.class != 2),
                |code| code >= 400,
            ),
        }
    }
}

/// One thing that was said, and where the session was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Where it stands in the text.
    pub span: Span,
    /// Which session of the text it belongs to, counted from 0.
    pub session: usize,
    /// The stage: of a reply, that of the command which it answers; `None` where no command is seen.
    pub stage: Option<Stage>,
    /// What was said.
    pub kind: EventKind,
    /// A refusal that the session got over: it went on, and succeeded in what came after.
    pub is_recovered: bool,
    /// A refusal that only follows from an earlier one.
    pub is_consequence: bool,
}
