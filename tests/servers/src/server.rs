//! Mail servers, each in a cell at a host of a network.
//!
//! All offer the same: port 25 in the clear and with STARTTLS, for mail to their own domain; 587 with STARTTLS and 465
//! with TLS from the first byte (RFC 8314, section 3.3), for users who sign in, which is offered behind TLS only.

pub(crate) mod exim;
pub(crate) mod opensmtpd;
pub(crate) mod postfix;
pub(crate) mod sendmail;

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::cell::Cell;
use crate::root::Root;
use portolan_network::Error;
use portolan_network::Host;

pub use postfix::TOKEN_KEY;

/// Which server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Debian's `exim4-daemon-light`, which has TLS and AUTH.
    Exim,
    /// The `opensmtpd` of Debian 13.
    Opensmtpd,
    /// Debian's `postfix`, with `dovecot-core` for AUTH in the same root: these two do not exclude each other, and talk
    /// through a socket.
    Postfix,
    /// Debian's `sendmail-bin`, with Cyrus SASL for AUTH.
    Sendmail,
}

/// What a server is told. Names and passwords consist of letters, digits, dots and hyphens.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The name by which it greets.
    pub name: &'a str,
    /// The domain that it takes mail for.
    pub domain: &'a str,
    /// Who has a mailbox there, and may sign in; mail to nobody else is taken.
    pub users: &'a [User<'a>],
    /// Its certificate with what goes between it and the root, as PEM.
    pub chain_pem: &'a str,
    /// Its key, as PEM.
    pub key_pem: &'a str,
    /// What is not as it should be. `None`: nothing.
    pub flaw: Option<Flaw>,
}

/// What an administrator got wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Nobody may sign in, anywhere.
    NoAuth,
    /// TLS is not offered on 25 and 587.
    NoStarttls,
    /// TLS 1.0 is the newest that is spoken.
    OldTls,
}

/// Somebody with a mailbox.
#[derive(Clone, Copy, Debug)]
pub struct User<'a> {
    /// What stands before `@`; whoever signs in gives the whole address.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
}

/// A server that answers. Dropped, it ends.
#[derive(Debug)]
pub struct Server {
    kind: Kind,
    cell: Cell,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Exim, Self::Opensmtpd, Self::Postfix, Self::Sendmail];

    /// A word for it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Exim => "exim",
            Self::Opensmtpd => "opensmtpd",
            Self::Postfix => "postfix",
            Self::Sendmail => "sendmail",
        }
    }

    /// How its makers call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exim => "Exim",
            Self::Opensmtpd => "OpenSMTPD",
            Self::Postfix => "Postfix",
            Self::Sendmail => "Sendmail",
        }
    }

    /// Its root, unpacked where it is not there yet.
    ///
    /// # Errors
    ///
    /// This machine cannot, see [`crate::ready`], or a package cannot be had.
    pub fn root(self) -> Result<Root, Error> {
        Root::unpack(match self {
            Self::Exim => &exim::CONTENTS,
            Self::Opensmtpd => &opensmtpd::CONTENTS,
            Self::Postfix => &postfix::CONTENTS,
            Self::Sendmail => &sendmail::CONTENTS,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|it| it.id() == text)
            .ok_or_else(|| {
                format!("expected exim, opensmtpd, postfix or sendmail, but found {text}")
            })
    }
}

/// What makes a flaw out of a configuration that is in order: a text, and what stands in its place.
type Changes = &'static [(Flaw, &'static str, &'static str)];

/// Where certificate and key lie in every root.
pub(crate) const CHAIN: &str = "/etc/mail-tls/chain.pem";
pub(crate) const KEY: &str = "/etc/mail-tls/key.pem";

/// Where mail is put that was taken; Sendmail has its own place.
const INBOX: &str = "/var/inbox";

impl Server {
    /// Starts a server at a host, and returns when its ports answer.
    ///
    /// # Errors
    ///
    /// As [`Kind::root`], the server does not come up, with what it logged, or this kind cannot have this flaw.
    pub fn start(kind: Kind, host: &Host, settings: &Settings<'_>) -> Result<Self, Error> {
        let root = kind.root()?;
        let cell = Cell::start(&root, settings.name, host.net())?;
        cell.log()?;
        cell.put(CHAIN, settings.chain_pem)?;
        cell.put(KEY, settings.key_pem)?;
        cell.must(&format!(
            "chmod 644 {CHAIN}; chmod 600 {KEY}; mkdir -p {INBOX}; chown mail:mail {INBOX}"
        ))?;
        let server = Self { kind, cell };
        let cell = &server.cell;
        match kind {
            Kind::Exim => exim::serve(cell, settings)?,
            Kind::Opensmtpd => opensmtpd::serve(cell, settings)?,
            Kind::Postfix => postfix::serve(cell, settings)?,
            Kind::Sendmail => sendmail::serve(cell, settings)?,
        }
        server.wait_until_it_listens()?;
        Ok(server)
    }

    /// Which it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// All mail that was taken so far, one after the other.
    ///
    /// # Errors
    ///
    /// The server is gone.
    pub fn received(&self) -> Result<String, Error> {
        let places = format!("{INBOX} /var/mail");
        self.cell.must(&format!(
            "find {places} -type f -not -path '*/tmp/*' -exec cat {{}} +"
        ))
    }

    /// Its log so far.
    ///
    /// # Errors
    ///
    /// The server is gone.
    pub fn log(&self) -> Result<String, Error> {
        self.cell
            .must("cat /var/log/mail.log /var/log/exim4/mainlog 2>/dev/null || true")
    }

    /// Carries out a script beside it.
    ///
    /// # Errors
    ///
    /// As [`portolan_network::Shell::run`].
    pub fn run(&self, script: &str) -> Result<String, Error> {
        self.cell.must(script)
    }

    fn wait_until_it_listens(&self) -> Result<(), Error> {
        const PATIENCE: Duration = Duration::from_mins(1);
        // State 0A of a row is LISTEN; ports are hexadecimal.
        let ports = match self.kind {
            Kind::Sendmail => "0019",
            Kind::Exim | Kind::Opensmtpd | Kind::Postfix => "0019 01D1 024B",
        };
        let script = "for it in $(seq 150); do missing=\n\
            for port in {ports}; do\n\
            grep -qiE \":$port [0-9A-F]+:0000 0A\" /proc/net/tcp /proc/net/tcp6 || missing=yes\n\
            done; [ -z \"$missing\" ] && exit 0; sleep 0.1; done; exit 1"
            .replace("{ports}", ports);
        if self.cell.run(&script, PATIENCE)?.is_success {
            return Ok(());
        }
        Err(Error::Program(self.kind.name().to_owned(), self.log()?))
    }
}

impl Settings<'_> {
    /// A line for each user, with his address and his password in place.
    fn lines(&self, line: impl Fn(&str, &str) -> String) -> String {
        self.users
            .iter()
            .map(|user| {
                let address = format!("{}@{}", user.name, self.domain);
                line(&address, user.password) + "\n"
            })
            .collect()
    }

    /// Puts name and domain in.
    fn fill(&self, text: &str) -> String {
        text.replace("{name}", self.name)
            .replace("{domain}", self.domain)
            .replace("{chain}", CHAIN)
            .replace("{key}", KEY)
            .replace("{inbox}", INBOX)
    }

    /// Puts the flaw into a configuration: the changes that make it, each of which has to change something.
    fn spoil(&self, kind: Kind, text: &str, changes: Changes) -> Result<String, Error> {
        let Some(flaw) = self.flaw else {
            return Ok(text.to_owned());
        };
        let mut made = changes.iter().filter(|(of, ..)| *of == flaw).peekable();
        let cannot = || Error::Machine(format!("{kind} cannot have this flaw here: {flaw:?}"));
        made.peek().ok_or_else(cannot)?;
        made.try_fold(text.to_owned(), |text, (_, from, to)| {
            let spoilt = text.replace(from, to);
            (spoilt != text).then_some(spoilt).ok_or_else(cannot)
        })
    }
}
