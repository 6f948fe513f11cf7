//! AUTH (RFC 4954): PLAIN, LOGIN and tokens. Every user and every password is right, unless signing in is what fails.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Mode, Move, Session, say};
use crate::catalogue::{Act, Stage};

/// What the next line of the client answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The last question: what comes decides.
    Last,
    /// The user's name of LOGIN; the password follows.
    LoginUser,
    /// A refused token was told why; the client answers with an empty line.
    Told,
}

/// What RFC 4616 and its kin call the mechanisms that are understood here.
const UNDERSTOOD: [&str; 4] = ["LOGIN", "OAUTHBEARER", "PLAIN", "XOAUTH2"];

impl Session {
    pub(super) fn auth(&mut self, argument: &str) -> Vec<Move> {
        if self.hides(Stage::Auth) {
            return vec![say(&self.text())];
        }
        if !self.offers_auth() {
            return vec![say("503 5.5.1 Error: authentication not enabled")];
        }
        let mut words = argument.split_ascii_whitespace();
        let mechanism = words.next().unwrap_or_default().to_ascii_uppercase();
        let initial = words.next();
        if self.play.failure.at_once
            && let Some(moves) = self.fail(Stage::Auth)
        {
            return moves;
        }
        let is_offered = self.play.failure.mechanisms.contains(&mechanism);
        if !is_offered || !UNDERSTOOD.contains(&mechanism.as_str()) {
            return vec![say("504 5.5.4 Unrecognized authentication type")];
        }
        match (mechanism.as_str(), initial) {
            ("LOGIN", None) => self.ask(Step::LoginUser, "Username:"),
            ("LOGIN", Some(_)) => self.ask(Step::Last, "Password:"),
            (_, None) => self.ask(Step::Last, ""),
            (_, Some(_)) => self.decide(mechanism.contains("OAUTH")),
        }
    }

    pub(super) fn answered(&mut self, step: &Step, line: &[u8]) -> Vec<Move> {
        self.mode = Mode::Command;
        if line == b"*" {
            return vec![say("501 5.7.0 Authentication aborted")];
        }
        match step {
            Step::LoginUser => self.ask(Step::Last, "Password:"),
            Step::Last => {
                let decoded = BASE64_STANDARD.decode(line).unwrap_or_default();
                let is_token = decoded
                    .windows(7)
                    .any(|it| it.eq_ignore_ascii_case(b"bearer "));
                self.decide(is_token)
            }
            Step::Told => self.refuse_or_take(),
        }
    }

    fn ask(&mut self, step: Step, question: &str) -> Vec<Move> {
        self.mode = Mode::Auth(step);
        vec![say(&format!("334 {}", BASE64_STANDARD.encode(question)))]
    }

    fn decide(&mut self, is_token: bool) -> Vec<Move> {
        let told = self.reply().and_then(|it| it.challenge.clone());
        match told {
            Some(told) if is_token && self.play.failure.act == Act::Say => {
                self.ask(Step::Told, &told)
            }
            _ => self.refuse_or_take(),
        }
    }

    fn refuse_or_take(&mut self) -> Vec<Move> {
        let failed = self.fail(Stage::Auth);
        self.is_signed_in = failed.is_none();
        failed.unwrap_or_else(|| vec![say("235 2.7.0 Authentication successful")])
    }
}
