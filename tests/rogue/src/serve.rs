//! The session on a socket of loopback: a thread for each connection, bounded in number, time and bytes.

pub(crate) mod doors;
pub(crate) mod identity;
mod wire;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::catalogue::{Act, Play};
use crate::port::{self, Held};
use crate::session::Session;
use doors::Doors;
use wire::Connection;

/// A server that plays one failure until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    root_pem: String,
    _kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Held { _port: Held },
    Listening { _doors: Doors },
}

impl Server {
    /// Plays a failure on a port of loopback, or on one that the system chooses where it is 0.
    ///
    /// # Errors
    ///
    /// The port is taken, or no certificate could be made.
    pub fn start(play: &Play, port: u16) -> io::Result<Self> {
        Self::start_within(play, port, wire::PATIENCE)
    }

    /// The same, with another bound for the time that a connection may last.
    ///
    /// # Errors
    ///
    /// As above.
    pub fn start_within(play: &Play, port: u16, patience: Duration) -> io::Result<Self> {
        let pki = identity::make(play.failure.certificate).map_err(io::Error::other)?;
        let held = |held: Held| Self {
            address: held.address(),
            root_pem: pki.root_pem.clone(),
            _kind: Kind::Held { _port: held },
        };
        match play.failure.act {
            Act::Refuse => return port::refusing(port).map(held),
            Act::Swallow => return port::swallowing(port).map(held),
            _ => {}
        }
        let (play, config) = (play.clone(), pki.config);
        let doors = Doors::open(port, move |stream| {
            let session = Session::new(play.clone());
            // A connection that breaks is the client's to tell.
            let _ = Connection::new(stream, Arc::clone(&config), patience).run(session);
        })?;
        Ok(Self {
            address: doors.address(),
            root_pem: pki.root_pem,
            _kind: Kind::Listening { _doors: doors },
        })
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The root that a client has to trust for every certificate that is in order.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }
}
