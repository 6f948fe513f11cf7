//! What keeps a network, or what is in it, from coming about.

use std::fmt;
use std::io;

/// What keeps a network, or what is in it, from coming about.
#[derive(Debug)]
pub enum Error {
    /// The system refused; what was tried.
    Io(String, io::Error),
    /// This machine cannot do it; why.
    Machine(String),
    /// A program failed; what was tried and what it said.
    Program(String, String),
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(what, why) => write!(out, "{what}: {why}"),
            Self::Machine(why) => write!(out, "not on this machine: {why}"),
            Self::Program(what, said) => write!(out, "{what} failed: {}", said.trim()),
        }
    }
}

impl std::error::Error for Error {}

/// Says what was tried when the system refuses.
pub fn tried(what: impl Into<String>) -> impl FnOnce(io::Error) -> Error {
    let what = what.into();
    move |why| Error::Io(what, why)
}
