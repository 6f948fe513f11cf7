//! A mail server as a client: it hands one message to a smarthost, tries once, and shows what a person would see of it.
//!
//! Usual mode: the lines of the mail log, and the bounce where one is made. Debug mode: what the server's own switch for
//! looking closely shows.

mod exim;
mod opensmtpd;
mod postfix;
mod sendmail;

use std::thread;
use std::time::{Duration, Instant};

use crate::cell::Cell;
use crate::server::Kind;
use portolan_network::Error;
use portolan_network::Net;

/// How the smarthost is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Without TLS.
    Clear,
    /// TLS from the first byte.
    Implicit,
    /// STARTTLS or nothing.
    Starttls,
}

/// What is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The server's own switch for looking closely is on.
    Debug,
    /// Log and bounce.
    Usual,
}

/// What a server is told to deliver, and where.
#[derive(Clone, Debug)]
pub struct Order {
    /// The smarthost's name, which the machine itself has to know.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub door: Door,
    /// User and password; `None`: nobody signs in.
    pub login: Option<(String, String)>,
    /// The root to trust, as PEM.
    pub ca_pem: String,
    /// The envelope's sender, whose bounces are kept.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The message.
    pub message: String,
    /// Seconds to wait for an answer. OpenSMTPD has no such setting: it waits for five minutes.
    pub timeout: u32,
    /// When to stop looking, whatever is still awaited.
    pub patience: Duration,
    /// What is watched.
    pub mode: Mode,
}

/// What was seen.
#[derive(Clone, Debug)]
pub struct Shown {
    /// As a person would copy it.
    pub text: String,
    /// The smarthost took the message for every recipient.
    pub is_delivered: bool,
}

/// Has a server of this kind deliver a message to a smarthost that the machine reaches.
///
/// # Errors
///
/// As [`Kind::root`], or the server cannot be told.
pub fn relay(kind: Kind, order: &Order) -> Result<Shown, Error> {
    let end = Instant::now() + order.patience;
    let root = kind.root()?;
    let cell = Cell::start(&root, "client.example", Net::Shared)?;
    cell.log()?;
    cell.put("/etc/ssl/certs/ca-certificates.crt", &order.ca_pem)?;
    cell.put("/tmp/message", &order.message.replace('\r', ""))?;
    cell.must(&format!("mkdir -p {INBOX}; chown mail:mail {INBOX}"))?;
    let attempt = Attempt { cell, order, end };
    match kind {
        Kind::Exim => exim::attempt(&attempt),
        Kind::Opensmtpd => opensmtpd::attempt(&attempt),
        Kind::Postfix => postfix::attempt(&attempt),
        Kind::Sendmail => sendmail::attempt(&attempt),
    }
}

/// Where bounces are put.
const INBOX: &str = "/var/inbox";

/// One delivery.
struct Attempt<'a> {
    cell: Cell,
    order: &'a Order,
    end: Instant,
}

impl Attempt<'_> {
    /// Puts what the order says into a configuration.
    fn fill(&self, text: &str) -> String {
        let (user, password) = self.order.login.clone().unwrap_or_default();
        text.replace("{host}", &self.order.host)
            .replace("{port}", &self.order.port.to_string())
            .replace("{timeout}", &self.order.timeout.to_string())
            .replace("{user}", &user)
            .replace("{password}", &password)
    }

    fn is_debug(&self) -> bool {
        self.order.mode == Mode::Debug
    }

    fn recipients(&self) -> String {
        self.order.to.join(" ")
    }

    /// Looks again and again until a script says yes or the time is over.
    fn wait_until(&self, script: &str) -> Result<(), Error> {
        const PAUSE: Duration = Duration::from_millis(100);
        while Instant::now() < self.end {
            if self.cell.run(script, Duration::from_secs(5))?.is_success {
                return Ok(());
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Runs a script until it ends or the time is over, and gives what it said so far.
    fn watch(&self, script: &str) -> Result<String, Error> {
        let left = self.end.saturating_duration_since(Instant::now());
        let seconds = left.as_secs().max(1);
        let script = format!(
            "cat >/tmp/script <<'--end--'\n{script}\n--end--\ntimeout {seconds} sh /tmp/script"
        );
        Ok(self.cell.run(&script, left + Duration::from_secs(2))?.text)
    }

    /// A log, and behind an empty line the bounces.
    fn log_and_bounce(&self, log: &str) -> Result<String, Error> {
        let log = self.cell.must(&format!("cat {log} 2>/dev/null || true"))?;
        let bounce = self.cell.must(&format!(
            "find {INBOX} /var/mail -type f -not -path '*/tmp/*' -exec cat {{}} +"
        ))?;
        Ok(if bounce.is_empty() {
            log
        } else {
            format!("{}\n\n{bounce}", log.trim_end())
        })
    }
}
