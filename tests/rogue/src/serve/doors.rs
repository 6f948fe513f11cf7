//! A port of loopback whose connections are carried out in threads: bounded in number, and ended with the server.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::port;

/// Whoever comes when so many are there is closed at once.
const MAX_CONNECTIONS: usize = 32;

/// A port that listens until this is dropped.
#[derive(Debug)]
pub(crate) struct Doors {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    is_over: AtomicBool,
    /// Copies of the sockets, so that a thread that waits for its client ends with the server.
    open: Mutex<Vec<TcpStream>>,
}

impl Doors {
    /// Listens on a port of loopback, or on one that the system chooses where it is 0.
    ///
    /// # Errors
    ///
    /// The port is taken.
    pub(crate) fn open(
        port: u16,
        converse: impl Fn(TcpStream) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let socket = port::bind(port)?;
        socket.listen(128)?;
        let listener = TcpListener::from(socket);
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let (of_thread, converse) = (Arc::clone(&shared), Arc::new(converse));
        thread::spawn(move || {
            for stream in listener.incoming() {
                if of_thread.is_over.load(Ordering::SeqCst) {
                    break;
                }
                let Ok(stream) = stream else { continue };
                if !of_thread.take(&stream) {
                    continue;
                }
                let (of_thread, converse) = (Arc::clone(&of_thread), Arc::clone(&converse));
                thread::spawn(move || {
                    let peer = stream.peer_addr();
                    converse(stream);
                    of_thread.leave(peer.ok());
                });
            }
        });
        Ok(Self { address, shared })
    }

    /// Where it is.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Doors {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        for stream in self.shared.streams().drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Wakes the one that accepts.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.address.port()));
    }
}

impl Shared {
    fn streams(&self) -> MutexGuard<'_, Vec<TcpStream>> {
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
