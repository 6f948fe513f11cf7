//! A connection with deadlines: plain or within TLS, a reply at a time.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use portolan_report::probe::{Break, ConnectFault, Noticed, Reply, printable};
use rustls::ClientConnection;

use super::dialogue::{Reader, State};

/// When things have to end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    pub(super) began: Instant,
    pub(super) deadline: Instant,
    pub(super) step: Duration,
}

impl Clock {
    /// Milliseconds since the check began.
    pub(super) fn now_ms(&self) -> u64 {
        ms(self.began.elapsed())
    }

    /// When the step that begins now has to end.
    pub(super) fn end_of_step(&self) -> Instant {
        (Instant::now() + self.step).min(self.deadline)
    }

    pub(super) fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }
}

pub(super) fn ms(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// A connection.
pub(super) struct Wire {
    pub(super) stream: TcpStream,
    pub(super) tls: Option<Box<ClientConnection>>,
    pub(super) clock: Clock,
    /// What came before its turn: its beginning, and how much.
    early: Option<(Vec<u8>, u64)>,
    /// What came off the socket and waits to be decrypted, at most one read.
    undigested: Vec<u8>,
}

/// What came instead of, or as, a reply.
pub(super) struct Heard {
    pub(super) result: Result<Reply, Broken>,
    pub(super) noticed: Vec<Noticed>,
    /// When the first byte came.
    pub(super) first: Option<Instant>,
}

pub(super) struct Broken {
    pub(super) how: Break,
    pub(super) lines: Vec<String>,
    pub(super) bytes: u64,
}

impl Wire {
    pub(super) fn connect(to: SocketAddr, clock: Clock) -> Result<Self, ConnectFault> {
        let left = clock
            .end_of_step()
            .saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ConnectFault::TimedOut);
        }
        let stream = TcpStream::connect_timeout(&to, left).map_err(|error| fault(&error))?;
        // Commands are short, and each waits for its answer.
        let _ = stream.set_nodelay(true);
        Ok(Self {
            stream,
            tls: None,
            clock,
            early: None,
            undigested: Vec::new(),
        })
    }

    /// What came in plain text before its turn since the last reply, taken away.
    pub(super) fn take_early(&mut self) -> Option<(u64, String)> {
        let (bytes, count) = self.early.take()?;
        let shown = bytes.get(..bytes.len().min(200)).unwrap_or_default();
        Some((count, printable(shown)))
    }

    /// Sends a line.
    pub(super) fn send(&mut self, line: &[u8]) -> Result<(), Break> {
        let until = self.clock.end_of_step();
        let bytes = [line, b"\r\n"].concat();
        if let Some(tls) = &mut self.tls {
            tls.writer().write_all(&bytes).map_err(|_| Break::TooMuch)?;
            return self.flush_tls(until);
        }
        self.write_all(&bytes, until)
    }

    pub(super) fn flush_tls(&mut self, until: Instant) -> Result<(), Break> {
        let mut out = Vec::new();
        if let Some(tls) = &mut self.tls {
            while tls.wants_write() {
                // Into memory: what is to be sent is a handshake or a line.
                tls.write_tls(&mut out).map_err(|error| end(&error))?;
            }
        }
        self.write_all(&out, until)
    }

    fn write_all(&mut self, mut bytes: &[u8], until: Instant) -> Result<(), Break> {
        while !bytes.is_empty() {
            let left = self.left(until)?;
            let _ = self.stream.set_write_timeout(Some(left));
            match self.stream.write(bytes) {
                Ok(0) => return Err(Break::Closed),
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if is_wait(&error) => {}
                Err(error) => return Err(end(&error)),
            }
        }
        Ok(())
    }

    fn left(&self, until: Instant) -> Result<Duration, Break> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(if self.clock.is_over() {
                Break::Deadline
            } else {
                Break::TimedOut
            });
        }
        // The system takes no time-out of less than a microsecond.
        Ok(left.max(Duration::from_millis(1)))
    }

    /// Reads bytes off the socket as they are; none: the other side has ended.
    pub(super) fn read_raw(&mut self, into: &mut [u8], until: Instant) -> Result<usize, Break> {
        loop {
            let left = self.left(until)?;
            let _ = self.stream.set_read_timeout(Some(left));
            self.acknowledge_at_once();
            match self.stream.read(into) {
                Ok(count) => return Ok(count),
                Err(error) if is_wait(&error) => {}
                Err(error) => return Err(end(&error)),
            }
        }
    }

    /// A server that follows TLS 1.3's tickets with a greeting or a reply holds it back until the tickets are acknowledged
    /// (Nagle's algorithm), for which this side's system takes 40 ms where nobody asks it not to (tcp(7)). It forgets
    /// that it was asked.
    fn acknowledge_at_once(&self) {
        #[cfg(target_os = "linux")]
        let _ = rustix::net::sockopt::set_tcp_quickack(&self.stream, true);
    }

    fn read(&mut self, into: &mut [u8], until: Instant) -> Result<usize, Break> {
        loop {
            let Some(tls) = &mut self.tls else {
                return self.read_raw(into, until);
            };
            match tls.reader().read(into) {
                Ok(count) => return Ok(count),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                // It ended without saying so, as many servers do.
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(0),
                Err(error) => return Err(end(&error)),
            }
            let mut raw = std::mem::take(&mut self.undigested);
            if raw.is_empty() {
                raw = vec![0; 4_096];
                let count = self.read_raw(&mut raw, until)?;
                raw.truncate(count);
            }
            let Some(tls) = &mut self.tls else { continue };
            let mut bytes = raw.as_slice();
            // The library takes no more than it has room for: the rest waits until what it holds is read. Nothing at all is
            // how the end is told.
            tls.read_tls(&mut bytes).map_err(|error| end(&error))?;
            if tls.process_new_packets().is_err() {
                return Err(Break::NoReply);
            }
            self.undigested = bytes.to_vec();
            self.flush_tls(until)?;
        }
    }

    /// Waits for a reply.
    pub(super) fn hear(&mut self) -> Heard {
        let until = self.clock.end_of_step();
        let mut reader = Reader::default();
        let mut first = None;
        let mut buffer = [0; 4_096];
        let how = loop {
            let count = match self.read(&mut buffer, until) {
                Ok(0) => break Some(Break::Closed),
                Ok(count) => count,
                Err(how) => break Some(how),
            };
            first = first.or_else(|| Some(Instant::now()));
            match reader.push(buffer.get(..count).unwrap_or_default()) {
                State::More => {}
                State::Done => break None,
                State::NoReply => break Some(Break::NoReply),
                State::TooMuch => break Some(Break::TooMuch),
            }
        };
        if reader.rest_bytes() > 0 {
            self.early = Some((reader.rest().to_vec(), reader.rest_bytes()));
        }
        let noticed = reader.noticed();
        let result = match how {
            None => Ok(reader.reply()),
            Some(how) => Err(Broken {
                // What fell silent, and was no reply from its first letters on, is none.
                how: if how == Break::TimedOut && !reader.may_be_reply() {
                    Break::NoReply
                } else {
                    how
                },
                lines: reader.lines(),
                bytes: reader.bytes(),
            }),
        };
        Heard {
            result,
            noticed,
            first,
        }
    }
}

fn is_wait(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

fn end(error: &io::Error) -> Break {
    match error.kind() {
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => Break::Reset,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Break::TimedOut,
        _ => Break::Closed,
    }
}

/// What the system says of a connection that was not made. The numbers are those of Linux; other systems are told by kind.
fn fault(error: &io::Error) -> ConnectFault {
    const EPERM: i32 = 1;
    const EACCES: i32 = 13;
    match error.raw_os_error() {
        Some(EPERM) if cfg!(target_os = "linux") => return ConnectFault::NotPermitted,
        Some(EACCES) if cfg!(target_os = "linux") => return ConnectFault::Forbidden,
        _ => {}
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => ConnectFault::Refused,
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted => ConnectFault::Reset,
        ErrorKind::TimedOut | ErrorKind::WouldBlock => ConnectFault::TimedOut,
        ErrorKind::HostUnreachable => ConnectFault::HostUnreachable,
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable => {
            ConnectFault::NetworkUnreachable
        }
        ErrorKind::PermissionDenied => ConnectFault::Forbidden,
        _ => ConnectFault::Other {
            code: error.raw_os_error(),
            text: error.to_string(),
        },
    }
}
