//! The shape of `failures.toml`. An unknown key is refused everywhere.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) receivers: BTreeMap<String, Receiver>,
    pub(super) failure: Vec<Failure>,
}

/// How a kind of server speaks where nothing fails. A text may hold `{host}`, `{id}` and the other names of a reply.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receiver {
    /// What people call it.
    pub name: String,
    /// The greeting, without its code.
    #[serde(default = "Receiver::greeting")]
    pub greeting: String,
    /// The answer to a MAIL that is taken.
    #[serde(default = "Receiver::mail")]
    pub mail: String,
    /// The answer to a RCPT that is taken.
    #[serde(default = "Receiver::rcpt")]
    pub rcpt: String,
    /// The answer to a DATA that is taken.
    #[serde(default = "Receiver::data")]
    pub data: String,
    /// The answer to a message that is taken.
    #[serde(default = "Receiver::queued")]
    pub queued: String,
    /// The answer to QUIT.
    #[serde(default = "Receiver::bye")]
    pub bye: String,
}

impl Receiver {
    fn greeting() -> String {
        "{host} ESMTP".to_owned()
    }
    fn mail() -> String {
        "250 2.1.0 Ok".to_owned()
    }
    fn rcpt() -> String {
        "250 2.1.5 Ok".to_owned()
    }
    fn data() -> String {
        "354 End data with <CR><LF>.<CR><LF>".to_owned()
    }
    fn queued() -> String {
        "250 2.0.0 Ok: queued as {id}".to_owned()
    }
    fn bye() -> String {
        "221 2.0.0 Bye".to_owned()
    }
}

/// One way of failing.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// Its name.
    pub id: Spanned<String>,
    /// What is played, in a sentence.
    pub plays: String,
    /// Where in the session it happens.
    pub at: Stage,
    /// What happens there.
    pub act: Act,
    /// The cause that is played, an id of `data/causes`.
    pub cause: Spanned<String>,
    /// How the port begins.
    pub door: Door,
    /// The certificate, where it is the failure.
    #[serde(default)]
    pub certificate: Certificate,
    /// Mechanisms that AUTH offers.
    #[serde(default = "Failure::mechanisms")]
    pub mechanisms: Vec<String>,
    /// AUTH is answered before any credentials were sent.
    #[serde(default)]
    pub at_once: bool,
    /// Recipients that are taken before the failure.
    #[serde(default)]
    pub after: usize,
    /// What makes the failure go away within the session.
    #[serde(default)]
    pub unless: Option<Unless>,
    /// What the client is told to do, where that differs from what the door suggests.
    #[serde(default)]
    pub client: Client,
    /// What is said; one is chosen by the seed.
    #[serde(default)]
    pub replies: Vec<Reply>,
}

impl Failure {
    fn mechanisms() -> Vec<String> {
        vec!["PLAIN".to_owned(), "LOGIN".to_owned()]
    }
}

/// A text as a receiver writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// The whole reply with its codes. `{host}`, `{ip}`, `{from}`, `{domain}`, `{to}` and `{id}` are filled in.
    pub text: Spanned<String>,
    /// The receiver that writes so, a key of `receivers`.
    pub by: Spanned<String>,
    /// The cause, where this text tells of another than the failure's.
    #[serde(default)]
    pub cause: Option<Spanned<String>>,
    /// Causes that are equally right for this text.
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
    /// What a refused token is told before the reply itself (RFC 7628, section 3.2.2), as JSON.
    #[serde(default)]
    pub challenge: Option<String>,
    /// No phrase of the analyzer's rules was in it when it was written down.
    #[serde(default)]
    pub fresh: bool,
}

/// Where in a session.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Before a connection stands.
    Connect,
    /// Where 220 belongs.
    Greeting,
    /// The answer to EHLO or HELO.
    Ehlo,
    /// The answer to STARTTLS, or its absence.
    Starttls,
    /// The handshake.
    Tls,
    /// The answer to AUTH, or its absence.
    Auth,
    /// The answer to MAIL.
    Mail,
    /// The answer to RCPT.
    Rcpt,
    /// The answer to DATA.
    Data,
    /// After the first line of the message.
    Message,
    /// After the dot.
    EndOfData,
}

/// What happens.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The certificate is one that a client has to refuse.
    BadCertificate,
    /// The greeting comes, a byte at a time.
    Drip,
    /// The connection ends without a word: closed for an even seed, reset for an odd one.
    Drop,
    /// Not offered; whoever asks all the same is answered with the text.
    Hide,
    /// The text comes in the same segment as the answer that announces TLS.
    Inject,
    /// The server is in order: the client meets it with the wrong way of TLS, and is answered with the text.
    Mismatch,
    /// The alert that no cipher is in common.
    NoCipher,
    /// A server's hello of TLS 1.0 for an even seed, of SSL 3.0 for an odd one.
    OldVersion,
    /// Nothing listens.
    Refuse,
    /// The alert that the client's versions of TLS are not taken.
    RefuseVersion,
    /// The text is the answer.
    Say,
    /// No answer at all.
    Silent,
    /// Packets are dropped, so that no connection comes about.
    Swallow,
    /// The text comes where a handshake was announced.
    TextForTls,
}

/// How the port begins.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Door {
    /// Plain text and AUTH within it, as no server should.
    Clear,
    /// TLS at once, as on 465.
    Implicit,
    /// Plain text without STARTTLS or AUTH, as many a server on 25.
    Mx,
    /// STARTTLS, then AUTH, as on 587.
    Submission,
}

/// What is wrong with the certificate.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Certificate {
    /// The server's own is that of an authority.
    Authority,
    /// Its time is over.
    Expired,
    /// Nothing.
    #[default]
    Good,
    /// The one between root and leaf is not sent.
    Incomplete,
    /// Its time has not come.
    NotYet,
    /// It is for another name.
    OtherName,
    /// It vouches for itself.
    SelfSigned,
    /// It comes from an authority that nobody knows.
    Untrusted,
}

/// What makes a failure go away.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Unless {
    /// Signing in.
    Auth,
    /// TLS.
    Tls,
}

/// What a client is told to do, where the door does not say it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// The way of TLS.
    pub tls: Option<Tls>,
    /// Whether it signs in.
    pub auth: Option<bool>,
    /// It signs in with a token.
    #[serde(default)]
    pub oauth: bool,
    /// How many recipients it writes to; one where nothing is said.
    pub recipients: Option<usize>,
}

/// A client's way of TLS.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// At once.
    Implicit,
    /// None.
    None,
    /// By STARTTLS, required.
    Starttls,
}

impl Failure {
    /// The way of TLS that a client is told.
    pub fn client_tls(&self) -> Tls {
        self.client.tls.unwrap_or(match self.door {
            Door::Clear | Door::Mx => Tls::None,
            Door::Implicit => Tls::Implicit,
            Door::Submission => Tls::Starttls,
        })
    }

    /// Whether a client is told to sign in.
    pub fn client_auth(&self) -> bool {
        self.client.auth.unwrap_or(self.door != Door::Mx)
    }

    /// The well-known port that the door stands for.
    pub fn known_port(&self) -> u16 {
        match self.door {
            Door::Clear | Door::Submission => 587,
            Door::Implicit => 465,
            Door::Mx => 25,
        }
    }
}
