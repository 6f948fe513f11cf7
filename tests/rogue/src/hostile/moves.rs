//! One connection: a polite session up to the misbehaviour, the misbehaviour, and a polite session after it.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use socket2::SockRef;

use super::{After, Misbehaviour, Move};

/// A client's line that is longer is no command.
const MAX_LINE: u64 = 1 << 16;
/// What a flood writes at once.
const FLOOD: usize = 1 << 14;
/// A flood that nobody stops ends here, and the test that waits for it fails.
const MAX_SENT: u64 = 1 << 30;

enum Wire {
    Plain(TcpStream),
    Secure(Box<StreamOwned<ServerConnection, TcpStream>>),
}

/// A connection.
pub(super) struct Talk<'a> {
    wire: BufReader<Wire>,
    socket: TcpStream,
    config: Arc<ServerConfig>,
    sent: &'a AtomicU64,
    until: Instant,
}

/// The bytes that a text in hexadecimal stands for.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    text.split(' ')
        .map(|it| {
            (it.len() == 2)
                .then(|| u8::from_str_radix(it, 16).ok())
                .flatten()
        })
        .collect()
}

impl<'a> Talk<'a> {
    pub(super) fn new(
        stream: TcpStream,
        config: Arc<ServerConfig>,
        sent: &'a AtomicU64,
        patience: Duration,
    ) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        Ok(Self {
            socket: stream.try_clone()?,
            wire: BufReader::new(Wire::Plain(stream)),
            config,
            sent,
            until: Instant::now() + patience,
        })
    }

    pub(super) fn play(mut self, misbehaviour: &Misbehaviour) -> io::Result<()> {
        self.before(misbehaviour.after)?;
        for step in &misbehaviour.moves {
            self.carry_out(step)?;
        }
        // Whoever was only disturbed may go on.
        while self.answer()? {}
        Ok(())
    }

    /// A session as it should be, up to where the misbehaviour begins.
    fn before(&mut self, after: After) -> io::Result<()> {
        match after {
            After::Connect | After::ImplicitConnect => return Ok(()),
            After::Ehlo | After::Starttls | After::Tls | After::Auth | After::Quit => {}
        }
        self.say(b"220 mail.example ESMTP\r\n")?;
        self.until_heard(match after {
            After::Connect | After::ImplicitConnect | After::Ehlo => b"EHLO",
            After::Starttls | After::Tls | After::Auth => b"STARTTLS",
            After::Quit => b"QUIT",
        })?;
        if matches!(after, After::Tls | After::Auth) {
            self.say(b"220 2.0.0 Ready to start TLS\r\n")?;
            self.secure()?;
            self.until_heard(if after == After::Tls {
                b"EHLO"
            } else {
                b"AUTH"
            })?;
        }
        Ok(())
    }

    /// Answers politely until this command is heard, and does not answer that.
    fn until_heard(&mut self, command: &[u8]) -> io::Result<()> {
        loop {
            let line = self.hear()?;
            let is_it = line
                .get(..command.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(command));
            if is_it {
                return Ok(());
            }
            self.reply(&line)?;
        }
    }

    /// Answers one line politely; whether the session goes on.
    fn answer(&mut self) -> io::Result<bool> {
        let line = self.hear()?;
        self.reply(&line)
    }

    fn reply(&mut self, line: &[u8]) -> io::Result<bool> {
        let verb = line
            .split(u8::is_ascii_whitespace)
            .next()
            .unwrap_or_default();
        let verb = String::from_utf8_lossy(verb).to_ascii_uppercase();
        let is_secure = matches!(self.wire.get_ref(), Wire::Secure(_));
        match verb.as_str() {
            "EHLO" if is_secure => {
                self.say(b"250-mail.example\r\n250-SIZE 10485760\r\n250 AUTH PLAIN LOGIN\r\n")?;
            }
            "EHLO" => self.say(b"250-mail.example\r\n250-SIZE 10485760\r\n250 STARTTLS\r\n")?,
            "STARTTLS" if !is_secure => {
                self.say(b"220 2.0.0 Ready to start TLS\r\n")?;
                self.secure()?;
            }
            "DATA" => self.say(b"354 End with a dot\r\n")?,
            "AUTH" => self.say(b"235 2.7.0 Welcome\r\n")?,
            "QUIT" => {
                self.say(b"221 2.0.0 Bye\r\n")?;
                return Ok(false);
            }
            "HELO" | "MAIL" | "RCPT" | "RSET" | "NOOP" | "." => self.say(b"250 2.0.0 Ok\r\n")?,
            _ => self.say(b"500 5.5.2 What?\r\n")?,
        }
        Ok(true)
    }

    fn carry_out(&mut self, step: &Move) -> io::Result<()> {
        match step {
            Move::Say(text) => self.say(text.as_bytes()),
            Move::Bytes(text) => self.say(&bytes(text).unwrap_or_default()),
            Move::Raw(text) => self.socket.write_all(&bytes(text).unwrap_or_default()),
            Move::Flood(text) => {
                let piece = text.repeat(FLOOD / text.len().max(1) + 1);
                while self.left() > Duration::ZERO && self.sent.load(Ordering::SeqCst) < MAX_SENT {
                    self.say(piece.as_bytes())?;
                }
                Err(io::ErrorKind::TimedOut.into())
            }
            Move::Fill { text, times } => {
                let piece = text.repeat(FLOOD / text.len().max(1) + 1);
                let mut left = text.len() * usize::try_from(*times).unwrap_or(usize::MAX);
                while left > 0 {
                    let some = piece.get(..left.min(piece.len())).unwrap_or(&piece);
                    self.say(some.as_bytes())?;
                    left -= some.len();
                }
                Ok(())
            }
            Move::Drip { text, ms } => text.bytes().try_for_each(|byte| {
                self.say(&[byte])?;
                self.pause(*ms);
                Ok(())
            }),
            Move::Hear => self.hear().map(drop),
            Move::Pause(ms) => {
                self.pause(*ms);
                Ok(())
            }
            Move::Wait => {
                io::copy(&mut self.wire, &mut io::sink())?;
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Move::HalfClose => {
                self.socket.shutdown(Shutdown::Write)?;
                io::copy(&mut self.wire, &mut io::sink())?;
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Move::Close => {
                self.socket.shutdown(Shutdown::Both)?;
                Err(io::ErrorKind::UnexpectedEof.into())
            }
            Move::Reset => {
                // With no time to linger the system resets when the last copy of the socket goes.
                SockRef::from(&self.socket).set_linger(Some(Duration::ZERO))?;
                Err(io::ErrorKind::ConnectionReset.into())
            }
            Move::Tls => self.secure(),
        }
    }

    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    fn pause(&self, ms: u64) {
        thread::sleep(Duration::from_millis(ms).min(self.left()));
    }

    fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        let wire = self.wire.get_mut();
        match wire {
            Wire::Plain(stream) => stream.write_all(bytes)?,
            Wire::Secure(stream) => {
                stream.write_all(bytes)?;
                stream.flush()?;
            }
        }
        let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.sent.fetch_add(count, Ordering::SeqCst);
        Ok(())
    }

    fn hear(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let count = (&mut self.wire)
            .take(MAX_LINE)
            .read_until(b'\n', &mut line)?;
        if count == 0 || self.left() == Duration::ZERO {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        while line.last().is_some_and(u8::is_ascii_whitespace) {
            line.pop();
        }
        Ok(line)
    }

    fn secure(&mut self) -> io::Result<()> {
        // What the client said too early is its own loss.
        let config = Arc::clone(&self.config);
        let mut session = ServerConnection::new(config).map_err(io::Error::other)?;
        let mut stream = self.socket.try_clone()?;
        while session.is_handshaking() {
            session.complete_io(&mut stream)?;
        }
        self.wire = BufReader::new(Wire::Secure(Box::new(StreamOwned::new(session, stream))));
        Ok(())
    }
}

impl Read for Wire {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read(into),
            Self::Secure(stream) => stream.read(into),
        }
    }
}
