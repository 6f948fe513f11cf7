//! The session on a socket of loopback: a thread for each connection, bounded in number, time and bytes.

mod identity;
mod wire;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::catalogue::{Act, Play};
use crate::port::{self, Held};
use crate::session::Session;
use wire::Connection;

/// Whoever comes when so many are there is closed at once.
const MAX_CONNECTIONS: usize = 32;

/// A server that plays one failure until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    root_pem: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Held { _port: Held },
    Listening(Arc<Shared>),
}

#[derive(Debug, Default)]
struct Shared {
    is_over: AtomicBool,
    /// Copies of the sockets, so that a thread that waits for its client ends with the server.
    open: Mutex<Vec<TcpStream>>,
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
            kind: Kind::Held { _port: held },
        };
        match play.failure.act {
            Act::Refuse => return port::refusing(port).map(held),
            Act::Swallow => return port::swallowing(port).map(held),
            _ => {}
        }
        let socket = port::bind(port)?;
        socket.listen(128)?;
        let listener = TcpListener::from(socket);
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let (play, config, of_thread) = (play.clone(), pki.config, Arc::clone(&shared));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                if !of_thread.take(&stream) {
                    continue;
                }
                let (session, config) = (Session::new(play.clone()), Arc::clone(&config));
                let of_thread = Arc::clone(&of_thread);
                thread::spawn(move || {
                    let peer = stream.peer_addr();
                    // A connection that breaks is the client's to tell.
                    let _ = Connection::new(stream, config, patience).run(session);
                    of_thread.leave(peer.ok());
                });
            }
        });
        Ok(Self {
            address,
            root_pem: pki.root_pem,
            kind: Kind::Listening(shared),
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

impl Drop for Server {
    fn drop(&mut self) {
        if let Kind::Listening(shared) = &self.kind {
            shared.is_over.store(true, Ordering::SeqCst);
            for stream in shared.streams().drain(..) {
                let _ = stream.shutdown(std::net::Shutdown::Both);
            }
            // Wakes the one that accepts.
            let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.address.port()));
        }
    }
}

impl Shared {
    fn streams(&self) -> std::sync::MutexGuard<'_, Vec<TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, stream: &TcpStream) -> bool {
        let mut open = self.streams();
        let copy = stream
            .try_clone()
            .ok()
            .filter(|_| open.len() < MAX_CONNECTIONS);
        let is_taken = copy.is_some();
        open.extend(copy);
        is_taken
    }

    fn leave(&self, peer: Option<SocketAddr>) {
        self.streams()
            .retain(|it| it.peer_addr().is_ok_and(|other| Some(other) != peer));
    }
}
