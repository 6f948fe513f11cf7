//! A client for tests: says one line, reads one reply, and turns to TLS when it is told to.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// Patience of a test: none of these servers needs so long on one machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// A session.
pub(crate) struct Session {
    stream: Stream,
    name: String,
    root: CertificateDer<'static>,
}

enum Stream {
    Clear(TcpStream),
    Gone,
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Session {
    /// Connects, and reads the greeting.
    pub(crate) fn clear(
        address: IpAddr,
        port: u16,
        name: &str,
        root: &CertificateDer<'static>,
    ) -> io::Result<Self> {
        let mut session = Self::connect(address, port, name, root)?;
        session.expect("220")?;
        Ok(session)
    }

    /// Connects, speaks TLS first, and reads the greeting.
    pub(crate) fn implicit(
        address: IpAddr,
        port: u16,
        name: &str,
        root: &CertificateDer<'static>,
    ) -> io::Result<Self> {
        let mut session = Self::connect(address, port, name, root)?;
        session.turn_to_tls()?;
        session.expect("220")?;
        Ok(session)
    }

    fn connect(
        address: IpAddr,
        port: u16,
        name: &str,
        root: &CertificateDer<'static>,
    ) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&SocketAddr::new(address, port), PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: Stream::Clear(stream),
            name: name.to_owned(),
            root: root.clone(),
        })
    }

    /// Asks for TLS and turns to it; the server has to prove its name.
    pub(crate) fn starttls(&mut self) -> io::Result<()> {
        self.say("STARTTLS", "220")?;
        self.turn_to_tls()
    }

    fn turn_to_tls(&mut self) -> io::Result<()> {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.clone()).unwrap();
        let config = ClientConfig::builder()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(self.name.clone()).unwrap();
        let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
        let Stream::Clear(mut stream) = std::mem::replace(&mut self.stream, Stream::Gone) else {
            panic!("TLS within TLS");
        };
        while connection.is_handshaking() {
            connection.complete_io(&mut stream)?;
        }
        self.stream = Stream::Tls(Box::new(StreamOwned::new(connection, stream)));
        Ok(())
    }

    /// Says a line, and wants a reply that begins so.
    pub(crate) fn say(&mut self, line: &str, wanted: &str) -> io::Result<String> {
        self.write(format!("{line}\r\n").as_bytes())?;
        self.expect(wanted)
    }

    /// Says EHLO and gives what is offered.
    pub(crate) fn ehlo(&mut self) -> io::Result<String> {
        self.say("EHLO client.example", "250")
    }

    /// Signs in with AUTH PLAIN (RFC 4616, section 2), and wants this reply.
    pub(crate) fn plain(&mut self, user: &str, password: &str, wanted: &str) -> io::Result<String> {
        let secret = BASE64_STANDARD.encode(format!("\0{user}\0{password}"));
        self.say(&format!("AUTH PLAIN {secret}"), wanted)
    }

    /// Signs in with AUTH LOGIN, and wants this reply at its end.
    pub(crate) fn login(&mut self, user: &str, password: &str, wanted: &str) -> io::Result<String> {
        self.say("AUTH LOGIN", "334")?;
        self.say(&BASE64_STANDARD.encode(user), "334")?;
        self.say(&BASE64_STANDARD.encode(password), wanted)
    }

    /// Hands a message over.
    pub(crate) fn send(&mut self, from: &str, to: &str, subject: &str) -> io::Result<()> {
        self.say(&format!("MAIL FROM:<{from}>"), "250")?;
        self.say(&format!("RCPT TO:<{to}>"), "25")?;
        self.say("DATA", "354")?;
        let message =
            format!("From: <{from}>\r\nTo: <{to}>\r\nSubject: {subject}\r\n\r\nHello.\r\n.");
        self.say(&message, "250")?;
        Ok(())
    }

    fn expect(&mut self, wanted: &str) -> io::Result<String> {
        let mut reply = Vec::new();
        let mut byte = [0];
        loop {
            let start = reply.len();
            while reply.last() != Some(&b'\n') || reply.len() == start {
                if self.read(&mut byte)? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                reply.push(byte[0]);
            }
            // The last line has a space behind its code (RFC 5321, section 4.2.1).
            if reply.get(start + 3) != Some(&b'-') {
                break;
            }
        }
        let reply = String::from_utf8_lossy(&reply).into_owned();
        if reply.starts_with(wanted) {
            return Ok(reply);
        }
        Err(io::Error::other(format!(
            "expected {wanted}, but found {reply}"
        )))
    }

    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.stream {
            Stream::Clear(stream) => stream.read(buffer),
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
            Stream::Tls(stream) => stream.read(buffer),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Clear(stream) => stream.write_all(bytes),
            Stream::Gone => Err(io::ErrorKind::NotConnected.into()),
            Stream::Tls(stream) => stream.write_all(bytes),
        }
    }
}
