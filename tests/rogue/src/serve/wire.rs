//! One connection: carries out what the session decides.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use crate::hello;
use crate::session::{Fake, MAX_LINE_BYTES, Move, Session};

/// No connection lasts longer, whatever is played.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);
/// How long a client may take to read the last reply.
const LINGER: Duration = Duration::from_secs(2);
/// Between two bytes of a greeting that drips.
const DRIP: Duration = Duration::from_secs(3);
/// More than this is no mail of a test.
const MAX_SESSION_BYTES: usize = 1 << 26;
/// A record of TLS has at most 2^14 bytes of content (RFC 8446, section 5.1).
const MAX_RECORD_BYTES: usize = (1 << 14) + 5;

enum Wire {
    Plain(TcpStream),
    Secure(Box<StreamOwned<ServerConnection, TcpStream>>),
}

pub(super) struct Connection {
    /// `None` only while it changes from one to the other.
    wire: Option<Wire>,
    config: Arc<ServerConfig>,
    unread: Vec<u8>,
    read: usize,
    until: Instant,
}

#[derive(PartialEq, Eq)]
enum Flow {
    End,
    Go,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, config: Arc<ServerConfig>, patience: Duration) -> Self {
        Self {
            wire: Some(Wire::Plain(stream)),
            config,
            unread: Vec::new(),
            read: 0,
            until: Instant::now() + patience,
        }
    }

    pub(super) fn run(mut self, mut session: Session) -> io::Result<()> {
        let moves = session.open();
        if self.carry_out(moves, &mut session)? == Flow::End {
            return Ok(());
        }
        loop {
            // A hello may hold a line's end by chance, so it is looked for before lines are.
            let is_hello =
                matches!(self.wire, Some(Wire::Plain(_))) && hello::is_client_hello(&self.unread);
            let end = self.unread.iter().position(|byte| *byte == b'\n');
            let moves = if is_hello || (end.is_none() && self.unread.len() > MAX_LINE_BYTES) {
                self.unread.clear();
                session.noise()
            } else if let Some(end) = end {
                let mut line: Vec<u8> = self.unread.drain(..=end).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                session.line(&line)
            } else if self.fill()? == 0 {
                return Ok(());
            } else {
                Vec::new()
            };
            if self.carry_out(moves, &mut session)? == Flow::End {
                return Ok(());
            }
        }
    }

    fn carry_out(&mut self, moves: Vec<Move>, session: &mut Session) -> io::Result<Flow> {
        for next in moves {
            match next {
                Move::Say(bytes) => self.write(&bytes)?,
                Move::Secure => {
                    if self.secure().is_err() {
                        self.close()?;
                        return Ok(Flow::End);
                    }
                    let moves = session.secured();
                    if self.carry_out(moves, session)? == Flow::End {
                        return Ok(Flow::End);
                    }
                }
                Move::Fake(fake) => self.fake(fake)?,
                Move::Drip(bytes) => {
                    for byte in bytes {
                        self.write(&[byte])?;
                        thread::sleep(DRIP.min(self.left()?));
                    }
                    self.wait()?;
                    return Ok(Flow::End);
                }
                Move::Silent => {
                    self.wait()?;
                    return Ok(Flow::End);
                }
                Move::Drop(is_reset) => {
                    // With no time to linger the system resets when the socket goes.
                    if is_reset {
                        SockRef::from(self.socket()?).set_linger(Some(Duration::ZERO))?;
                    } else {
                        self.socket()?.shutdown(Shutdown::Write)?;
                    }
                    return Ok(Flow::End);
                }
                Move::Close => {
                    self.close()?;
                    return Ok(Flow::End);
                }
            }
        }
        Ok(Flow::Go)
    }

    /// Shakes hands; what goes wrong is told to the client by an alert.
    fn secure(&mut self) -> io::Result<()> {
        let Some(Wire::Plain(mut stream)) = self.wire.take() else {
            return Err(gone());
        };
        stream.set_read_timeout(Some(self.left()?))?;
        let config = Arc::clone(&self.config);
        let mut server = ServerConnection::new(config).map_err(io::Error::other)?;
        // What came before the handshake does not count within it (RFC 3207, section 4.2).
        self.unread.clear();
        let shaken = loop {
            if !server.is_handshaking() {
                break Ok(());
            }
            if let Err(error) = server.complete_io(&mut stream) {
                break Err(error);
            }
        };
        self.wire = Some(if shaken.is_ok() {
            Wire::Secure(Box::new(StreamOwned::new(server, stream)))
        } else {
            Wire::Plain(stream)
        });
        shaken
    }

    fn fake(&mut self, fake: Fake) -> io::Result<()> {
        loop {
            let wanted = match fake {
                Fake::Text(_) => 1,
                _ => hello::record_length(&self.unread).unwrap_or(5),
            };
            if self.unread.len() >= wanted.min(MAX_RECORD_BYTES) {
                break;
            }
            if self.fill()? == 0 {
                return Err(gone());
            }
        }
        let answer = match fake {
            Fake::NoCipher => hello::no_cipher(),
            Fake::OldVersion(version) => hello::old_version(version, &self.unread),
            Fake::RefuseVersion => hello::refuse_version(),
            Fake::Text(text) => text,
        };
        self.unread.clear();
        self.write(&answer)
    }

    fn fill(&mut self) -> io::Result<usize> {
        let left = self.left()?;
        let mut piece = [0; 4096];
        let count = match self.wire.as_mut().ok_or_else(gone)? {
            Wire::Plain(stream) => {
                stream.set_read_timeout(Some(left))?;
                stream.read(&mut piece)?
            }
            Wire::Secure(stream) => {
                stream.sock.set_read_timeout(Some(left))?;
                stream.read(&mut piece)?
            }
        };
        self.read += count;
        if self.read > MAX_SESSION_BYTES {
            return Err(io::Error::other("expected a smaller session"));
        }
        self.unread.extend(piece.iter().take(count));
        Ok(count)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self.wire.as_mut().ok_or_else(gone)? {
            Wire::Plain(stream) => stream.write_all(bytes),
            Wire::Secure(stream) => {
                stream.write_all(bytes)?;
                stream.flush()
            }
        }
    }

    /// Says nothing until the client goes or its time is up.
    fn wait(&mut self) -> io::Result<()> {
        while self.fill()? > 0 {
            self.unread.clear();
        }
        Ok(())
    }

    /// Closes as a server does that has said why: what the client still sends is read, or a reset could overtake the reply.
    fn close(&mut self) -> io::Result<()> {
        if let Some(Wire::Secure(stream)) = self.wire.as_mut() {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        self.socket()?.shutdown(Shutdown::Write)?;
        self.until = self.until.min(Instant::now() + LINGER);
        self.wait()
    }

    fn socket(&self) -> io::Result<&TcpStream> {
        match self.wire.as_ref().ok_or_else(gone)? {
            Wire::Plain(stream) => Ok(stream),
            Wire::Secure(stream) => Ok(&stream.sock),
        }
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(left)
    }
}

fn gone() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}
