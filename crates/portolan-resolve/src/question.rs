//! A question from its first message to its answer.

use std::collections::BTreeSet;
use std::fmt;

use hickory_proto::op::{MessageType, OpCode, ResponseCode};
use hickory_proto::rr::{Name, RecordType};
use portolan_dns::lookup::{Answer, Lookup};

use crate::message::{
    End, Message, ask, follow, has_soa, is_referral, record_type, repeats, wire_name,
};

/// Aliases that are followed, over all messages of a question.
pub const MAX_ALIASES: usize = 10;

/// A question in its course.
#[derive(Clone, Debug)]
pub struct Question {
    /// The name that is asked at: the question's own, or one that it is an alias of.
    at: Name,
    kind: RecordType,
    /// Names that messages were sent for.
    asked: BTreeSet<Name>,
    aliases: usize,
    has_edns: bool,
    /// Whether every message so far was said to be validated.
    authenticated: bool,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send the question's next message: it changed.
    Ask,
    /// The message was cut: send the same by TCP (RFC 7766, section 5).
    AskByTcp,
    /// It is answered.
    Done(Told),
}

/// What was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The answer, or why there is none.
    pub result: Result<Answer, Failure>,
    /// Whether the resolver says that it validated all of it. To be believed of a resolver that is trusted, on a way that is.
    pub authenticated: bool,
}

/// Why a resolver gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Aliases lead back, or there are too many.
    Aliases,
    /// The message cannot be read.
    Garbage,
    /// It does not ask others for us.
    NoRecursion,
    /// It refuses to answer us (REFUSED).
    Refused,
    /// It failed to find out (SERVFAIL).
    ServFail,
    /// Another code of the registry (RFC 6895, section 2.3).
    Code(u16),
}

/// Why a message is passed over: it may come from anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stray {
    /// It has another number, or is no response.
    Id,
    /// It answers another question.
    Question,
}

impl Question {
    /// A question. `None`: it is not the DNS that answers it.
    pub fn new(lookup: &Lookup) -> Option<Self> {
        let at = wire_name(&lookup.name)?;
        Some(Self {
            asked: BTreeSet::from([at.clone()]),
            at,
            kind: record_type(lookup.kind)?,
            aliases: 0,
            has_edns: true,
            authenticated: true,
        })
    }

    /// Asks without EDNS from now on, for servers that do not know it (RFC 6891, section 6.2.2).
    pub fn leave_out_edns(&mut self) {
        self.has_edns = false;
    }

    /// The message to send, with a number that nobody can guess. `None` never happens: a question fits into a message.
    pub fn message(&self, id: u16) -> Option<Vec<u8>> {
        ask(&self.at, self.kind, id, self.has_edns)
    }

    /// Reads what came for the message of this number.
    ///
    /// # Errors
    /// It is no answer to that message. Over UDP the answer may still come.
    pub fn hear(&mut self, id: u16, bytes: &[u8]) -> Result<Next, Stray> {
        let head = bytes.first_chunk::<3>();
        let is_ours = head.is_some_and(|[high, low, flags]| {
            u16::from_be_bytes([*high, *low]) == id && flags & 0x80 != 0
        });
        if !is_ours {
            return Err(Stray::Id);
        }
        let Some(message) = Message::read(bytes) else {
            return Ok(Next::failed(Failure::Garbage));
        };
        let meta = &message.metadata;
        if meta.message_type != MessageType::Response || meta.op_code != OpCode::Query {
            return Err(Stray::Id);
        }
        let code = meta.response_code;
        let has_content = matches!(code, ResponseCode::NoError | ResponseCode::NXDomain);
        if !repeats(&message, &self.at, self.kind) && (has_content || !message.queries.is_empty()) {
            return Err(Stray::Question);
        }
        if meta.truncation {
            return Ok(Next::AskByTcp);
        }
        match code {
            ResponseCode::NoError | ResponseCode::NXDomain => Ok(self.read(&message)),
            ResponseCode::FormErr | ResponseCode::NotImp | ResponseCode::BADVERS
                if self.has_edns =>
            {
                self.has_edns = false;
                Ok(Next::Ask)
            }
            ResponseCode::Refused => Ok(Next::failed(Failure::Refused)),
            ResponseCode::ServFail => Ok(Next::failed(Failure::ServFail)),
            other => Ok(Next::failed(Failure::Code(other.into()))),
        }
    }

    fn read(&mut self, message: &Message) -> Next {
        if is_referral(message) {
            return Next::failed(Failure::NoRecursion);
        }
        self.authenticated &= message.metadata.authentic_data;
        let is_missing = message.metadata.response_code == ResponseCode::NXDomain;
        let left = MAX_ALIASES.saturating_sub(self.aliases);
        match follow(message, &self.at, self.kind, left) {
            End::Records(records) => self.done(Answer::Records(records)),
            End::Loop => Next::failed(Failure::Aliases),
            // The code is that of the last name (RFC 6604, section 3).
            End::At(..) if is_missing => self.done(Answer::NoSuchName),
            End::At(_, 0) => self.done(Answer::NoData),
            End::At(..) if has_soa(message) => self.done(Answer::NoData),
            End::At(target, aliases) => {
                self.aliases += aliases;
                if !self.asked.insert(target.clone()) {
                    return Next::failed(Failure::Aliases);
                }
                self.at = target;
                Next::Ask
            }
        }
    }

    fn done(&self, answer: Answer) -> Next {
        Next::Done(Told {
            result: Ok(answer),
            authenticated: self.authenticated,
        })
    }
}

impl Next {
    const fn failed(failure: Failure) -> Self {
        Self::Done(Told {
            result: Err(failure),
            authenticated: false,
        })
    }
}

impl Told {
    /// As the engines take it: whoever fails, fails.
    pub fn answer(self) -> Answer {
        self.result.unwrap_or(Answer::ServerFailure)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aliases => f.write_str("aliases lead in a circle, or are too many"),
            Self::Garbage => f.write_str("the answer cannot be read"),
            Self::NoRecursion => f.write_str("the server does not resolve for others"),
            Self::Refused => f.write_str("REFUSED"),
            Self::ServFail => f.write_str("SERVFAIL"),
            Self::Code(code) => write!(f, "{}", <ResponseCode as From<u16>>::from(*code)),
        }
    }
}
