//! What is done beyond looking: a sign-in, a message, a try to relay.

use portolan_report::probe::{Offers, Outcome, Purpose, Stage};

use super::super::secret::SignIn;
use super::super::sign_in;
use super::super::wire::Wire;
use super::{Talk, Went};

/// What is to be done beyond looking.
#[derive(Clone, Debug, Default)]
pub struct Errands {
    /// To sign in.
    pub sign_in: Option<SignIn>,
    /// To send a message to this address.
    pub send_to: Option<String>,
    /// To see whether mail to this address, of another domain, is taken without a sign-in.
    pub relay_to: Option<String>,
    /// The sender of what is sent; empty where nothing is said.
    pub from: Option<String>,
}

/// No port.
const MESSAGE: u16 = 0;

impl Talk<'_> {
    /// What is done without TLS: no sign-in, ever.
    pub(super) fn without_tls(&mut self, wire: &mut Wire) -> Went<()> {
        if self.to.purpose == Purpose::RelayTest {
            return self.relay(wire);
        }
        let errands = &self.common.errands;
        if let (Some(to), None) = (&errands.send_to, &errands.sign_in) {
            self.send(wire, to)?;
        }
        Some(())
    }

    /// What is done within TLS.
    pub(super) fn within(&mut self, wire: &mut Wire, offers: &Offers) -> Went<()> {
        if self.to.purpose == Purpose::RelayTest {
            return self.relay(wire);
        }
        let errands = &self.common.errands;
        // No secret for a server that does not prove who it is.
        if let (Some(sign_in), true) = (&errands.sign_in, self.is_trusted()) {
            self.sign_in(wire, sign_in, offers)?;
        }
        if let Some(to) = &errands.send_to {
            self.send(wire, to)?;
        }
        Some(())
    }

    fn is_trusted(&self) -> bool {
        self.steps.iter().any(|step| match &step.outcome {
            Outcome::Tls { session } => session.faults.is_empty(),
            _ => false,
        })
    }

    fn sign_in(&mut self, wire: &mut Wire, sign_in: &SignIn, offers: &Offers) -> Went<()> {
        let mechanism = sign_in::choose(sign_in, &offers.auth)?;
        // One try a port: servers lock accounts after a few that fail.
        if !self.common.claim(self.to.port) {
            return None;
        }
        let (sent, shown) = sign_in::begin(mechanism, sign_in, &self.to.host, self.to.port);
        let mut reply = self.say(wire, Stage::Auth, &sent, Some(&shown))?;
        // A server that asks without end is left after four answers.
        for number in 0..4 {
            if reply.code != 334 {
                break;
            }
            let challenge = reply
                .lines
                .last()
                .and_then(|it| it.get(4..))
                .unwrap_or_default();
            let answer = sign_in::answer(mechanism, sign_in, challenge, number);
            reply = self.say(wire, Stage::Auth, &answer, Some("[masked]"))?;
        }
        (reply.code == 235).then_some(())
    }

    fn relay(&mut self, wire: &mut Wire) -> Went<()> {
        let Some(to) = &self.common.errands.relay_to else {
            return Some(());
        };
        self.envelope(wire, to)?;
        self.say(wire, Stage::Rset, "RSET", None)?;
        Some(())
    }

    fn envelope(&mut self, wire: &mut Wire, to: &str) -> Went<()> {
        let from = self.common.errands.from.clone().unwrap_or_default();
        let mail = format!("MAIL FROM:<{from}>");
        let reply = self.say(wire, Stage::Mail, &mail, Some(&masked("MAIL FROM", &from)))?;
        if reply.code >= 300 {
            return None;
        }
        let rcpt = format!("RCPT TO:<{to}>");
        let reply = self.say(wire, Stage::Rcpt, &rcpt, Some(&masked("RCPT TO", to)))?;
        (reply.code < 300).then_some(())
    }

    /// One message, by the first way that is open.
    fn send(&mut self, wire: &mut Wire, to: &str) -> Went<()> {
        if !self.common.claim(MESSAGE) {
            return Some(());
        }
        self.envelope(wire, to)?;
        let reply = self.say(wire, Stage::Data, "DATA", None)?;
        if reply.code != 354 {
            return None;
        }
        let errands = &self.common.errands;
        let from = errands
            .from
            .as_deref()
            .filter(|it| !it.is_empty())
            .unwrap_or(to);
        let lines = [
            format!("From: <{from}>"),
            format!("To: <{to}>"),
            "Subject: Test of portolan-probe".to_owned(),
            "Auto-Submitted: auto-generated".to_owned(),
            String::new(),
            format!(
                "Sent by portolan-probe through {}, port {}.",
                self.to.host, self.to.port
            ),
            ".".to_owned(),
        ];
        let reply = self.say(
            wire,
            Stage::EndOfData,
            &lines.join("\r\n"),
            Some("(a test message)"),
        )?;
        (reply.code < 300).then_some(())
    }
}

/// An address without its local part.
fn masked(verb: &str, address: &str) -> String {
    match address.rsplit_once('@') {
        Some((_, domain)) => format!("{verb}:<[masked]@{domain}>"),
        None if address.is_empty() => format!("{verb}:<>"),
        None => format!("{verb}:<[masked]>"),
    }
}
