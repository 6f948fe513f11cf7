//! Messages over UDP and TCP, within their time.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

/// What passes the largest network in one piece, and more than was asked for.
const BUFFER: usize = 4_096;

/// Messages of others that are passed over in one try.
const MAX_STRAY: usize = 1_000;

/// What came of a try.
pub(super) enum Came<T> {
    /// What was waited for.
    Message(T),
    /// Nothing, in this time.
    Nothing,
}

/// Sends a message by UDP from a port of its own, and gives whatever comes from there to `take`, until it takes something.
///
/// # Errors
///
/// The system refuses it, or says that nobody listens there.
pub(super) fn by_udp<T>(
    message: &[u8],
    to: SocketAddr,
    until: Instant,
    mut take: impl FnMut(&[u8]) -> Option<T>,
) -> io::Result<Came<T>> {
    let any: SocketAddr = if to.is_ipv4() {
        (Ipv4Addr::UNSPECIFIED, 0).into()
    } else {
        (Ipv6Addr::UNSPECIFIED, 0).into()
    };
    let socket = UdpSocket::bind(any)?;
    // From now on the system passes over what others send.
    socket.connect(to)?;
    socket.send(message)?;
    let mut buffer = [0; BUFFER];
    for _ in 0..MAX_STRAY {
        let Some(left) = left(until) else { break };
        socket.set_read_timeout(Some(left))?;
        match socket.recv(&mut buffer) {
            Ok(count) => {
                if let Some(taken) = take(buffer.get(..count).unwrap_or_default()) {
                    return Ok(Came::Message(taken));
                }
            }
            Err(error) if is_wait(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Came::Nothing)
}

/// Sends a message by TCP and reads one (RFC 7766, section 8).
///
/// # Errors
///
/// No connection, or it ended before the message did.
pub(super) fn by_tcp(message: &[u8], to: SocketAddr, until: Instant) -> io::Result<Came<Vec<u8>>> {
    let Some(time) = left(until) else {
        return Ok(Came::Nothing);
    };
    let mut stream = match TcpStream::connect_timeout(&to, time) {
        Ok(stream) => stream,
        Err(error) if is_wait(&error) => return Ok(Came::Nothing),
        Err(error) => return Err(error),
    };
    let Some(time) = left(until) else {
        return Ok(Came::Nothing);
    };
    stream.set_write_timeout(Some(time))?;
    let length = u16::try_from(message.len()).map_err(io::Error::other)?;
    // In one piece (section 8).
    stream.write_all(&[&length.to_be_bytes(), message].concat())?;
    let mut head = [0; 2];
    if !fill(&mut stream, &mut head, until)? {
        return Ok(Came::Nothing);
    }
    let mut body = vec![0; usize::from(u16::from_be_bytes(head))];
    Ok(if fill(&mut stream, &mut body, until)? {
        Came::Message(body)
    } else {
        Came::Nothing
    })
}

/// Whether all came in time.
fn fill(stream: &mut TcpStream, into: &mut [u8], until: Instant) -> io::Result<bool> {
    let mut rest = into;
    while !rest.is_empty() {
        let Some(left) = left(until) else {
            return Ok(false);
        };
        stream.set_read_timeout(Some(left))?;
        match stream.read(rest) {
            Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
            Ok(count) => rest = rest.get_mut(count..).unwrap_or_default(),
            Err(error) if is_wait(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}

/// `None`: the time is over. The system takes no time-out of less than a microsecond.
fn left(until: Instant) -> Option<Duration> {
    let left = until.saturating_duration_since(Instant::now());
    (!left.is_zero()).then(|| left.max(Duration::from_millis(1)))
}

fn is_wait(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}
