//! A client that hides nothing: it goes through a session and tells where it ended, and how.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use portolan_rogue::catalogue::{Failure, Stage, Tls};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// For whoever has to answer: long, since machines are slow at times.
const LONG: Duration = Duration::from_secs(20);
/// For whoever never answers: short, since a test waits for it.
const SHORT: Duration = Duration::from_millis(400);

/// What ended a session.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Bytes came, and no line of them.
    Dripping,
    /// The connection was closed.
    Eof,
    /// This stood in plain behind the answer to STARTTLS.
    Injected(String),
    /// What was wanted is not offered.
    NotOffered,
    /// Nothing listens.
    Refused,
    /// A reply that is not the one hoped for; or the last.
    Reply(String),
    /// The connection was reset.
    Reset,
    /// Nothing came.
    Silent,
    /// The handshake failed, as rustls tells it.
    Tls(String),
}

/// What the client does.
pub(crate) struct Plan<'a> {
    pub(crate) failure: &'a Failure,
    pub(crate) root_pem: &'a str,
    /// Where nothing is expected to come.
    pub(crate) silent_at: Option<Stage>,
    /// It asks even for what is not offered.
    pub(crate) insists: bool,
}

enum Wire {
    Plain(TcpStream),
    Secure(Box<StreamOwned<ClientConnection, TcpStream>>),
}

#[derive(Default)]
struct Client {
    wire: Option<Wire>,
    unread: Vec<u8>,
}

/// Goes through a whole session; gives the stage that it ended at.
pub(crate) fn walk(address: SocketAddr, plan: &Plan<'_>) -> (Stage, Seen) {
    let mut walk = Walk {
        plan,
        client: Client::default(),
        stage: Stage::Connect,
    };
    let seen = walk.session(address).unwrap_or_else(|seen| seen);
    (walk.stage, seen)
}

struct Walk<'a> {
    plan: &'a Plan<'a>,
    client: Client,
    stage: Stage,
}

impl Walk<'_> {
    fn session(&mut self, address: SocketAddr) -> Result<Seen, Seen> {
        let failure = self.plan.failure;
        let stream = TcpStream::connect_timeout(&address, self.patience());
        self.client.wire = Some(Wire::Plain(stream.map_err(|it| seen(&it))?));
        if failure.client_tls() == Tls::Implicit {
            self.secure()?;
        }
        self.go(Stage::Greeting, "", "220")?;
        let mut offers = self.go(Stage::Ehlo, "EHLO client.example", "250")?;
        if failure.client_tls() == Tls::Starttls {
            self.stage = Stage::Starttls;
            if !self.plan.insists && !offers.contains("STARTTLS") {
                return Ok(Seen::NotOffered);
            }
            self.go(Stage::Starttls, "STARTTLS", "220")?;
            if !self.client.unread.is_empty() {
                let text = String::from_utf8_lossy(&self.client.unread).into_owned();
                return Ok(Seen::Injected(text));
            }
            self.secure()?;
            offers = self.go(Stage::Ehlo, "EHLO client.example", "250")?;
        }
        if failure.client_auth() {
            self.stage = Stage::Auth;
            if !self.plan.insists && !offers.contains("AUTH ") {
                return Ok(Seen::NotOffered);
            }
            self.sign_in()?;
        }
        self.go(Stage::Mail, "MAIL FROM:<sender@client.example>", "250")?;
        for number in 0..failure.client.recipients.unwrap_or(1) {
            let line = format!("RCPT TO:<user{number}@receiver.example>");
            self.go(Stage::Rcpt, &line, "250")?;
        }
        self.go(Stage::Data, "DATA", "354")?;
        self.stage = Stage::Message;
        self.client.write(b"Subject: A test\r\n")?;
        if failure.at == Stage::Message {
            return self.client.reply().map(Seen::Reply);
        }
        let last = self.go(Stage::EndOfData, "\r\nHello.\r\n.", "250")?;
        Ok(Seen::Reply(last))
    }

    fn sign_in(&mut self) -> Result<String, Seen> {
        if !self.plan.failure.client.oauth {
            return self.go(Stage::Auth, "AUTH PLAIN AHVzZXIAc2VjcmV0", "235");
        }
        let token = "dXNlcj11c2VyQGNsaWVudC5leGFtcGxlAWF1dGg9QmVhcmVyIHh5egEB";
        let told = self.go(Stage::Auth, &format!("AUTH XOAUTH2 {token}"), "");
        match told {
            // Why it is refused comes first, and wants an answer.
            Ok(told) if told.starts_with("334 ") => self.go(Stage::Auth, "\r\n", "235"),
            Ok(told) if !told.starts_with("235") => Err(Seen::Reply(told)),
            other => other,
        }
    }

    fn go(&mut self, at: Stage, line: &str, hope: &str) -> Result<String, Seen> {
        self.stage = at;
        self.client.wait(self.patience());
        self.client.ask(line, hope)
    }

    fn secure(&mut self) -> Result<(), Seen> {
        self.stage = Stage::Tls;
        self.client.wait(self.patience());
        self.client.secure(self.plan.root_pem)
    }

    fn patience(&self) -> Duration {
        if self.plan.silent_at == Some(self.stage) {
            SHORT
        } else {
            LONG
        }
    }
}

/// The certificates that a server of this way of TLS sends, whatever they are worth.
pub(crate) fn chain(address: SocketAddr, plan: &Plan<'_>) -> Vec<CertificateDer<'static>> {
    let mut stream = TcpStream::connect_timeout(&address, LONG).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    if plan.failure.client_tls() == Tls::Starttls {
        let mut client = Client {
            wire: Some(Wire::Plain(stream.try_clone().unwrap())),
            unread: Vec::new(),
        };
        client.ask("", "220").unwrap();
        client.ask("STARTTLS", "220").unwrap();
    }
    let mut config = config(plan.root_pem);
    config
        .dangerous()
        .set_certificate_verifier(Arc::new(trust::Anybody));
    let mut client = ClientConnection::new(Arc::new(config), name()).unwrap();
    while client.is_handshaking() {
        client.complete_io(&mut stream).unwrap();
    }
    client.peer_certificates().unwrap_or_default().to_vec()
}

/// What comes back for these bytes, sent over a plain connection without any wait for a greeting.
pub(crate) fn bytes(address: SocketAddr, send: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect_timeout(&address, LONG).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream.write_all(send).unwrap();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).unwrap();
    all
}

impl Client {
    fn wait(&self, patience: Duration) {
        let socket = match &self.wire {
            Some(Wire::Plain(stream)) => stream,
            Some(Wire::Secure(stream)) => &stream.sock,
            None => return,
        };
        socket.set_read_timeout(Some(patience)).unwrap();
    }

    /// Sends a line, where there is one, and reads a reply.
    fn ask(&mut self, line: &str, hope: &str) -> Result<String, Seen> {
        if !line.is_empty() {
            let line = format!("{}\r\n", line.trim_end_matches("\r\n"));
            self.write(line.as_bytes())?;
        }
        let reply = self.reply()?;
        if reply.starts_with(hope) {
            Ok(reply)
        } else {
            Err(Seen::Reply(reply))
        }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Seen> {
        let done = match self.wire.as_mut() {
            Some(Wire::Plain(stream)) => stream.write_all(bytes),
            Some(Wire::Secure(stream)) => stream.write_all(bytes).and_then(|()| stream.flush()),
            None => return Err(Seen::Eof),
        };
        done.map_err(|it| seen(&it))
    }

    fn reply(&mut self) -> Result<String, Seen> {
        let mut reply = String::new();
        loop {
            let line = self.line()?;
            let is_last = line.as_bytes().get(3) != Some(&b'-');
            reply.push_str(&line);
            if is_last {
                return Ok(reply);
            }
            reply.push('\n');
        }
    }

    fn line(&mut self) -> Result<String, Seen> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).trim_end().to_owned());
            }
            let mut piece = [0; 4096];
            let read = match self.wire.as_mut() {
                Some(Wire::Plain(stream)) => stream.read(&mut piece),
                Some(Wire::Secure(stream)) => stream.read(&mut piece),
                None => Ok(0),
            };
            match read {
                Ok(0) => return Err(Seen::Eof),
                Ok(count) => self.unread.extend(&piece[..count]),
                Err(error) => {
                    let how = seen(&error);
                    let drips = how == Seen::Silent && !self.unread.is_empty();
                    return Err(if drips { Seen::Dripping } else { how });
                }
            }
        }
    }

    fn secure(&mut self, root_pem: &str) -> Result<(), Seen> {
        let Some(Wire::Plain(mut stream)) = self.wire.take() else {
            return Err(Seen::Eof);
        };
        let mut client = ClientConnection::new(Arc::new(config(root_pem)), name()).unwrap();
        while client.is_handshaking() {
            client.complete_io(&mut stream).map_err(|it| seen(&it))?;
        }
        self.wire = Some(Wire::Secure(Box::new(StreamOwned::new(client, stream))));
        Ok(())
    }
}

fn seen(error: &io::Error) -> Seen {
    if let Some(inner) = error
        .get_ref()
        .and_then(|it| it.downcast_ref::<rustls::Error>())
    {
        return Seen::Tls(format!("{inner:?}"));
    }
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Seen::Refused,
        io::ErrorKind::UnexpectedEof => Seen::Eof,
        io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => Seen::Reset,
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Seen::Silent,
        other => panic!("expected an end that is known, but found {other:?}: {error}"),
    }
}

fn name() -> ServerName<'static> {
    ServerName::try_from("localhost").unwrap()
}

fn config(root_pem: &str) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_slice_iter(root_pem.as_bytes()) {
        roots.add(root.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// For looking at certificates that nobody should take.
mod trust {
    use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    use rustls::{DigitallySignedStruct, Error, SignatureScheme};

    #[derive(Debug)]
    pub(super) struct Anybody;

    impl ServerCertVerifier for Anybody {
        fn verify_server_cert(
            &self,
            _: &CertificateDer<'_>,
            _: &[CertificateDer<'_>],
            _: &ServerName<'_>,
            _: &[u8],
            _: UnixTime,
        ) -> Result<ServerCertVerified, Error> {
            Ok(ServerCertVerified::assertion())
        }
        fn verify_tls12_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Ok(HandshakeSignatureValid::assertion())
        }
        fn verify_tls13_signature(
            &self,
            _: &[u8],
            _: &CertificateDer<'_>,
            _: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            Ok(HandshakeSignatureValid::assertion())
        }
        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            vec![
                SignatureScheme::ECDSA_NISTP256_SHA256,
                SignatureScheme::RSA_PSS_SHA256,
            ]
        }
    }
}
