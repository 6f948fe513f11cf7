//! A question to one resolver, from its first message to its answer.

use std::io;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portolan_dns::lookup::{Answer, Lookup};
use portolan_resolve::{Failure, Next, Question, Told, root_message, root_validated};
use rustls::crypto::ring;

use super::wire::{Came, by_tcp, by_udp};

/// So many questions are open at a time.
const AT_ONCE: usize = 16;

/// Parts of a step that each try by UDP may take, in quarters: a lost message is sent again soon, and a slow resolver, which
/// has the answer by then, is waited for.
const TRIES: [u32; 3] = [1, 1, 2];

/// When things have to end.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// The time for a message, with its retries.
    pub step: Duration,
    /// The end of all.
    pub deadline: Instant,
}

/// What a resolver said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer, or why there is none.
    pub result: Result<Answer, Lost>,
    /// Whether it says that it validated all of it.
    pub authenticated: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The resolver failed, or cannot be reached: its code, or the system's words.
    Failed(String),
    /// It will not answer us.
    Refused,
    /// Nothing came in time.
    TimedOut,
}

impl Timing {
    /// When a step that begins now has to end.
    pub fn end_of_step(&self) -> Instant {
        (Instant::now() + self.step).min(self.deadline)
    }

    /// Whether the time for all is over.
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }
}

impl Reply {
    fn lost(why: Lost) -> Self {
        Self {
            result: Err(why),
            authenticated: false,
        }
    }

    /// As the engines take it.
    pub fn answer(&self) -> Answer {
        match &self.result {
            Ok(answer) => answer.clone(),
            Err(Lost::TimedOut) => Answer::TimedOut,
            Err(Lost::Failed(_) | Lost::Refused) => Answer::ServerFailure,
        }
    }
}

impl From<Told> for Reply {
    fn from(told: Told) -> Self {
        Self {
            result: told.result.map_err(|failure| match failure {
                Failure::Refused => Lost::Refused,
                other => Lost::Failed(other.to_string()),
            }),
            authenticated: told.authenticated,
        }
    }
}

/// Asks a resolver. Each message of the question, as behind an alias, has a step of its own; all end by the deadline.
pub fn ask(lookup: &Lookup, resolver: SocketAddr, timing: Timing) -> Reply {
    let Some(mut question) = Question::new(lookup) else {
        return Reply::lost(Lost::Failed(
            "it is not the DNS that answers this".to_owned(),
        ));
    };
    // Aliases are bounded, and EDNS is left out once.
    loop {
        match exchange(&mut question, resolver, timing.end_of_step()) {
            Ok(Some(Next::Done(told))) => return told.into(),
            Ok(Some(Next::Ask)) => {}
            Ok(Some(Next::AskByTcp)) => {
                return Reply::lost(Lost::Failed("the answer is cut, even by TCP".to_owned()));
            }
            Ok(None) => return Reply::lost(Lost::TimedOut),
            Err(error) => return Reply::lost(Lost::Failed(error.to_string())),
        }
    }
}

/// Asks resolvers in turn, until one knows.
pub fn in_turn(lookup: &Lookup, resolvers: &[SocketAddr], timing: Timing) -> Reply {
    let mut last = Reply::lost(Lost::TimedOut);
    for resolver in resolvers {
        last = ask(lookup, *resolver, timing);
        if last.result.is_ok() || timing.is_over() {
            break;
        }
    }
    last
}

/// One message and what came for it; `None`: nothing in time.
fn exchange(
    question: &mut Question,
    resolver: SocketAddr,
    until: Instant,
) -> io::Result<Option<Next>> {
    let quarter = until.saturating_duration_since(Instant::now()) / 4;
    for part in TRIES {
        let id = number()?;
        let message = message(question, id)?;
        let turn = (Instant::now() + quarter * part).min(until);
        let came = by_udp(&message, resolver, turn, |bytes| {
            question.hear(id, bytes).ok()
        })?;
        match came {
            Came::Message(Next::AskByTcp) => return by_stream(question, resolver, until),
            Came::Message(next) => return Ok(Some(next)),
            Came::Nothing => {}
        }
    }
    Ok(None)
}

fn by_stream(
    question: &mut Question,
    resolver: SocketAddr,
    until: Instant,
) -> io::Result<Option<Next>> {
    let id = number()?;
    let message = message(question, id)?;
    Ok(match by_tcp(&message, resolver, until)? {
        Came::Nothing => None,
        Came::Message(bytes) => {
            let next = question.hear(id, &bytes);
            Some(next.map_err(|_| io::Error::other("by TCP another question was answered"))?)
        }
    })
}

fn message(question: &Question, id: u16) -> io::Result<Vec<u8>> {
    question
        .message(id)
        .ok_or_else(|| io::Error::other("the question fits into no message"))
}

/// A number that nobody can guess (RFC 5452, section 9.2).
fn number() -> io::Result<u16> {
    let mut bytes = [0; 2];
    ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| io::Error::other("the system has no random numbers"))?;
    Ok(u16::from_be_bytes(bytes))
}

/// Whether a resolver says of the root, which is signed, that it validated it. `None`: it does not say.
pub fn validates(resolver: SocketAddr, timing: Timing) -> Option<bool> {
    let until = timing.end_of_step();
    let quarter = until.saturating_duration_since(Instant::now()) / 4;
    for part in TRIES {
        let id = number().ok()?;
        let message = root_message(id)?;
        let turn = (Instant::now() + quarter * part).min(until);
        match by_udp(&message, resolver, turn, |bytes| root_validated(id, bytes)).ok()? {
            Came::Message(it) => return Some(it),
            Came::Nothing => {}
        }
    }
    None
}

/// Does something with each, some at a time; what comes out stands in the order of what goes in.
pub fn side_by_side<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let queue = Mutex::new(all.iter().enumerate());
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(all.len()));
    thread::scope(|scope| {
        for _ in 0..all.len().min(AT_ONCE) {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((place, it)) = next else { break };
                    let result = work(it);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((place, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    portolan_report::ordered::by_key(&mut done, |(place, _)| *place);
    done.into_iter().map(|(_, it)| it).collect()
}
