//! Ports that no server ever gets to see: nothing listens, or packets are dropped.
//!
//! What loopback can do: a port that is held and never listened on refuses, as any closed port does. A port whose backlog
//! is full drops the packets that would begin a connection, as Linux does with `tcp_abort_on_overflow` at 0: the client
//! gets no answer and tries until its own time is up, as behind a firewall that drops. What loopback cannot do: an ICMP
//! error, a route that is missing, a name that does not resolve.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

/// More connections than any backlog of 0 takes; each is one that waits for ever.
const MAX_FILLERS: usize = 16;
/// Long for loopback: whoever waits longer is not answered.
const FILL: Duration = Duration::from_millis(300);

/// A port that is held.
#[derive(Debug)]
pub struct Held {
    address: SocketAddr,
    _socket: Socket,
    _fillers: Vec<TcpStream>,
}

impl Held {
    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Binds to loopback, without listening.
///
/// # Errors
///
/// The port is taken.
pub(crate) fn bind(port: u16) -> io::Result<Socket> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    // A port that was named may have been left a moment ago. One that the system chooses must not be reused: two sockets
    // that both allow it, and of which neither listens yet, can be given the same.
    socket.set_reuse_address(port != 0)?;
    socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)).into())?;
    Ok(socket)
}

pub(crate) fn address(socket: &Socket) -> io::Result<SocketAddr> {
    let address = socket.local_addr()?.as_socket();
    address.ok_or_else(|| io::Error::other("expected an address of the internet"))
}

/// A port on which nothing listens, and that nobody else can take.
///
/// # Errors
///
/// The port is taken.
pub fn refusing(port: u16) -> io::Result<Held> {
    let socket = bind(port)?;
    Ok(Held {
        address: address(&socket)?,
        _socket: socket,
        _fillers: Vec::new(),
    })
}

/// A port whose backlog is full.
///
/// # Errors
///
/// The port is taken, or the system answers even so.
pub fn swallowing(port: u16) -> io::Result<Held> {
    let socket = bind(port)?;
    socket.listen(0)?;
    let address = address(&socket)?;
    let mut fillers = Vec::new();
    while let Ok(filler) = TcpStream::connect_timeout(&address, FILL) {
        fillers.push(filler);
        if fillers.len() > MAX_FILLERS {
            return Err(io::Error::other(
                "expected a backlog that fills, but it never does",
            ));
        }
    }
    Ok(Held {
        address,
        _socket: socket,
        _fillers: fillers,
    })
}
