//! A server that means harm, or has lost its way: what no receiver's text tells, and what a program that connects has to
//! survive in bounded time and memory.
//!
//! `hostile.toml` lists the misbehaviours as moves; whoever looks at one states what came of it. What a server took from a
//! client and what it could send to it are counted, so that a test sees how much a client was willing to read.

mod moves;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde::Deserialize;

use crate::catalogue::Certificate;
use crate::serve::doors::Doors;
use crate::serve::identity;
use moves::Talk;

/// The misbehaviours that come with the crate.
pub const MISBEHAVIOURS: &str = include_str!("../hostile.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    misbehaviour: Vec<Misbehaviour>,
}

/// One way of doing harm.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misbehaviour {
    /// Kebab-case, unique.
    pub id: String,
    /// How far the session goes as it should before.
    pub after: After,
    /// What is done then, in order. What comes after the last move is a polite server again, where one can still speak.
    pub moves: Vec<Move>,
    /// Ids of what a check may name as its first finding; none where it finds a server in order.
    pub causes: Vec<String>,
}

/// How far a session goes before the misbehaviour begins.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum After {
    /// A connection stands, on a port where TLS begins by STARTTLS.
    Connect,
    /// A connection stands, on a port where TLS begins with the first byte.
    ImplicitConnect,
    /// The greeting is said, and EHLO heard.
    Ehlo,
    /// STARTTLS is offered and heard.
    Starttls,
    /// TLS is agreed and EHLO heard behind it.
    Tls,
    /// AUTH is offered behind TLS and heard.
    Auth,
    /// All that was asked is answered, and QUIT heard.
    Quit,
}

/// What is done.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Move {
    /// Says this text; `\r\n` is written out.
    Say(String),
    /// Sends these bytes, in hexadecimal, a space between two.
    Bytes(String),
    /// The same below TLS, where that is agreed.
    Raw(String),
    /// Says this text until the other side goes.
    Flood(String),
    /// Says this text so many times.
    Fill {
        /// What is said.
        text: String,
        /// How often.
        times: u32,
    },
    /// Says this text a byte at a time, so many milliseconds apart.
    Drip {
        /// What is said.
        text: String,
        /// The time between two bytes.
        ms: u64,
    },
    /// Waits for a line.
    Hear,
    /// Waits so many milliseconds.
    Pause(u64),
    /// Says nothing until the other side goes.
    Wait,
    /// Shuts its own direction, and goes on to listen.
    HalfClose,
    /// Closes.
    Close,
    /// Resets.
    Reset,
    /// Agrees on TLS.
    Tls,
}

/// What is wrong with the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "hostile.toml: {}", self.0)
    }
}

impl std::error::Error for Refused {}

/// Reads the misbehaviours that come with the crate.
///
/// # Errors
///
/// The list is wrong; a test says so before anybody else can.
pub fn misbehaviours() -> Result<Vec<Misbehaviour>, Refused> {
    let file: File = toml::from_str(MISBEHAVIOURS).map_err(|error| Refused(error.to_string()))?;
    let mut ids = std::collections::BTreeSet::new();
    for it in &file.misbehaviour {
        if !ids.insert(&it.id) {
            return Err(Refused(format!(
                "expected each id once, but found `{}` again",
                it.id
            )));
        }
        for step in &it.moves {
            if let Move::Bytes(text) | Move::Raw(text) = step {
                moves::bytes(text).ok_or_else(|| {
                    Refused(format!(
                        "{}: expected bytes such as `16 03`, but found `{text}`",
                        it.id
                    ))
                })?;
            }
        }
    }
    Ok(file.misbehaviour)
}

/// No connection lasts longer, so that a client that waits for ever is seen to do so.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that misbehaves in one way until it is dropped.
#[derive(Debug)]
pub struct Hostile {
    doors: Doors,
    root_pem: String,
    counts: Arc<Counts>,
}

/// What went over its connections.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    connections: AtomicU64,
    sent: AtomicU64,
}

impl Hostile {
    /// Misbehaves on a free port of loopback.
    ///
    /// # Errors
    ///
    /// There is no port, or no certificate could be made.
    pub fn start(misbehaviour: &Misbehaviour) -> io::Result<Self> {
        let pki = identity::make(Certificate::Good).map_err(io::Error::other)?;
        let counts = Arc::new(Counts::default());
        let (of_doors, misbehaviour) = (Arc::clone(&counts), misbehaviour.clone());
        let doors = Doors::open(0, move |stream| {
            of_doors.connections.fetch_add(1, Ordering::SeqCst);
            let config = Arc::clone(&pki.config);
            // That the client goes is what most of them wait for.
            let _ = Talk::new(stream, config, &of_doors.sent, PATIENCE)
                .and_then(|talk| talk.play(&misbehaviour));
        })?;
        Ok(Self {
            doors,
            root_pem: pki.root_pem,
            counts,
        })
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.doors.address()
    }

    /// The root that a client has to trust.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> u64 {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many bytes the system took for its clients so far, TLS left out: what they read, and what waits in buffers.
    pub fn sent(&self) -> u64 {
        self.counts.sent.load(Ordering::SeqCst)
    }
}
