//! A mail server that misbehaves on request, so that what is said of failures rests on recordings and not on imagination.
//!
//! `failures.toml` says what is played; `catalogue` reads it, `session` decides what to answer without a socket in sight,
//! `serve` and `port` give that a socket on loopback, `ca` and `hello` the TLS that goes wrong. No real mail passes here.
//! `hostile` is the other one, whose misbehaviours are no failures of mail: floods, drips, garbage, half a session.
//! `record` runs real clients against it, `supports` says what each text tells, `score` how much of it is explained rightly.
//!
//! ```
//! use std::io::{BufRead, BufReader};
//! use std::net::TcpStream;
//!
//! let play = portolan_rogue::failures()?.play("greeting-554", 1).expect("it is in the list");
//! // On any free port of loopback, until it is dropped.
//! let server = portolan_rogue::serve::Server::start(&play, 0)?;
//! let mut greeting = String::new();
//! BufReader::new(TcpStream::connect(server.address())?).read_line(&mut greeting)?;
//! assert!(greeting.starts_with("554"), "{greeting}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod ca;
pub mod catalogue;
pub mod hello;
pub mod hostile;
pub mod port;
pub mod record;
pub mod score;
pub mod serve;
pub mod session;
pub mod supports;

/// The failures that come with the crate.
pub const FAILURES: &str = include_str!("../failures.toml");

/// Reads the failures that come with the crate.
///
/// # Errors
///
/// The file is wrong; a test says so before anybody else can.
pub fn failures() -> Result<catalogue::Catalogue, catalogue::Refused> {
    catalogue::Catalogue::parse(FAILURES)
}
