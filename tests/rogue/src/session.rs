//! The server's mind: what to do when a connection stands, a line comes, or TLS stands. No sockets, no clock.

mod auth;

use crate::catalogue::{Act, Door, Play, Reply, Stage, Unless};
use crate::hello::Old;

/// What the server calls itself.
pub const HOST: &str = "mx.receiver.example";
/// Where the client is said to come from.
pub const CLIENT_IP: &str = "203.0.113.25";
/// A command of more bytes ends the session (RFC 5321, section 4.5.3.1, allows for 512 and extensions).
pub const MAX_LINE_BYTES: usize = 16_384;

/// What the one with the socket has to do, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// Close once the client has read what was said.
    Close,
    /// Write, slowly.
    Drip(Vec<u8>),
    /// Close at once: with a reset where `true`.
    Drop(bool),
    /// Wait for the client's hello and answer something that is no handshake.
    Fake(Fake),
    /// Write.
    Say(Vec<u8>),
    /// Go on within TLS.
    Secure,
    /// Do nothing until the client gives up.
    Silent,
}

/// What comes in place of a handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fake {
    /// The alert `handshake_failure`.
    NoCipher,
    /// A server's hello of a version that is too old.
    OldVersion(Old),
    /// The alert `protocol_version`.
    RefuseVersion,
    /// Anything else.
    Text(Vec<u8>),
}

/// What the next line is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mode {
    /// An answer within AUTH.
    Auth(auth::Step),
    Command,
    Message {
        lines: usize,
    },
    /// Nothing but QUIT is taken.
    Refused,
}

/// One connection's state.
#[derive(Debug)]
pub struct Session {
    play: Play,
    mode: Mode,
    is_secure: bool,
    is_signed_in: bool,
    from: String,
    to: String,
    recipients: usize,
}

impl Session {
    /// Begins a session of this play.
    pub fn new(play: Play) -> Self {
        Self {
            play,
            mode: Mode::Command,
            is_secure: false,
            is_signed_in: false,
            from: "sender@client.example".to_owned(),
            to: "user@receiver.example".to_owned(),
            recipients: 0,
        }
    }

    /// The connection stands.
    pub fn open(&mut self) -> Vec<Move> {
        if self.play.failure.door == Door::Implicit {
            return self.handshake();
        }
        self.greet()
    }

    /// TLS stands.
    pub fn secured(&mut self) -> Vec<Move> {
        self.is_secure = true;
        if self.play.failure.door == Door::Implicit {
            self.greet()
        } else {
            Vec::new()
        }
    }

    /// A line came, without its end.
    pub fn line(&mut self, line: &[u8]) -> Vec<Move> {
        match self.mode.clone() {
            Mode::Auth(step) => self.answered(&step, line),
            Mode::Command => self.command(line),
            Mode::Message { lines } => self.message(line, lines),
            Mode::Refused if verb(line) == "QUIT" => self.bye(),
            Mode::Refused => vec![say("503 5.5.1 Bad sequence of commands")],
        }
    }

    /// Something came that cannot be a command: a hello of TLS, or more than a line may hold.
    pub fn noise(&mut self) -> Vec<Move> {
        // The failures are about messages that no line's length spoils.
        if matches!(self.mode, Mode::Message { .. }) {
            return Vec::new();
        }
        let reply = match self.play.failure.act {
            Act::Mismatch => self.text(),
            _ => "500 5.5.2 Error: bad syntax".to_owned(),
        };
        vec![say(&reply), Move::Close]
    }

    fn greet(&mut self) -> Vec<Move> {
        let greeting = self.fill(&self.play.receiver.greeting);
        let greeting = numbered(220, &greeting.lines().collect::<Vec<_>>());
        if self.fails_at(Stage::Greeting) && self.play.failure.act == Act::Drip {
            return vec![Move::Drip(lines(&greeting))];
        }
        let failed = self.fail(Stage::Greeting);
        if failed.is_some() {
            self.mode = Mode::Refused;
        }
        failed.unwrap_or_else(|| vec![say(&greeting)])
    }

    fn handshake(&mut self) -> Vec<Move> {
        if let Some(moves) = self.fail(Stage::Tls) {
            return moves;
        }
        let fake = match self.play.failure.act {
            Act::NoCipher => Fake::NoCipher,
            Act::OldVersion if self.is_odd() => Fake::OldVersion(Old::Ssl3),
            Act::OldVersion => Fake::OldVersion(Old::Tls10),
            Act::RefuseVersion => Fake::RefuseVersion,
            Act::TextForTls => Fake::Text(lines(&self.text())),
            _ => return vec![Move::Secure],
        };
        vec![Move::Fake(fake), Move::Close]
    }

    fn command(&mut self, line: &[u8]) -> Vec<Move> {
        let text = String::from_utf8_lossy(line).into_owned();
        let argument = text
            .split_once(' ')
            .map_or("", |(_, argument)| argument.trim());
        match verb(line).as_str() {
            "EHLO" | "HELO" => self.hello(line),
            "STARTTLS" => self.start_tls(),
            "AUTH" => self.auth(argument),
            "MAIL" => {
                self.from = address(argument).unwrap_or(&self.from).to_owned();
                self.recipients = 0;
                let taken = self.play.receiver.mail.clone();
                self.or_say(Stage::Mail, &taken)
            }
            "RCPT" => {
                self.to = address(argument).unwrap_or(&self.to).to_owned();
                let taken = self.play.receiver.rcpt.clone();
                if self.recipients < self.play.failure.after {
                    self.recipients += 1;
                    return vec![say(&self.fill(&taken))];
                }
                self.or_say(Stage::Rcpt, &taken)
            }
            "DATA" => {
                if let Some(moves) = self.fail(Stage::Data) {
                    return moves;
                }
                self.mode = Mode::Message { lines: 0 };
                vec![say(&self.play.receiver.data)]
            }
            "RSET" | "NOOP" => vec![say("250 2.0.0 Ok")],
            "QUIT" => self.bye(),
            "VRFY" => vec![say("252 2.0.0 Try to deliver and see")],
            _ => vec![say("502 5.5.2 Error: command not recognized")],
        }
    }

    fn hello(&mut self, line: &[u8]) -> Vec<Move> {
        if let Some(moves) = self.fail(Stage::Ehlo) {
            return moves;
        }
        if verb(line) == "HELO" {
            return vec![say(&format!("250 {HOST}"))];
        }
        let mut offers = vec![
            HOST.to_owned(),
            "PIPELINING".to_owned(),
            "SIZE 35882577".to_owned(),
        ];
        if self.offers_tls() {
            offers.push("STARTTLS".to_owned());
        }
        if self.offers_auth() {
            offers.push(format!("AUTH {}", self.play.failure.mechanisms.join(" ")));
        }
        offers.extend(["ENHANCEDSTATUSCODES", "8BITMIME"].map(str::to_owned));
        let offers: Vec<&str> = offers.iter().map(String::as_str).collect();
        vec![say(&numbered(250, &offers))]
    }

    fn start_tls(&mut self) -> Vec<Move> {
        if self.hides(Stage::Starttls) {
            return vec![say(&self.text())];
        }
        if !self.offers_tls() {
            return vec![say("502 5.5.1 Error: command not implemented")];
        }
        if let Some(moves) = self.fail(Stage::Starttls) {
            return moves;
        }
        let mut ready = lines("220 2.0.0 Ready to start TLS");
        if self.play.failure.act == Act::Inject {
            ready.extend(lines(&self.text()));
        }
        let mut moves = vec![Move::Say(ready)];
        moves.extend(self.handshake());
        moves
    }

    fn message(&mut self, line: &[u8], count: usize) -> Vec<Move> {
        if line == b"." {
            self.mode = Mode::Command;
            let taken = self.play.receiver.queued.clone();
            return self.or_say(Stage::EndOfData, &taken);
        }
        self.mode = Mode::Message { lines: count + 1 };
        self.fail(Stage::Message).unwrap_or_default()
    }

    fn bye(&self) -> Vec<Move> {
        vec![say(&self.fill(&self.play.receiver.bye)), Move::Close]
    }

    fn or_say(&self, stage: Stage, taken: &str) -> Vec<Move> {
        self.fail(stage)
            .unwrap_or_else(|| vec![say(&self.fill(taken))])
    }

    /// What is done where this stage is the one that fails, and fails by itself.
    fn fail(&self, stage: Stage) -> Option<Vec<Move>> {
        if !self.fails_at(stage) {
            return None;
        }
        match self.play.failure.act {
            Act::Drop => Some(vec![Move::Drop(self.is_odd())]),
            Act::Silent => Some(vec![Move::Silent]),
            Act::Say => {
                let text = self.text();
                let mut moves = vec![say(&text)];
                // RFC 5321, section 3.8: whoever says 421 closes.
                if text.starts_with("421") {
                    moves.push(Move::Close);
                }
                Some(moves)
            }
            _ => None,
        }
    }

    fn fails_at(&self, stage: Stage) -> bool {
        let is_over = match self.play.failure.unless {
            None => false,
            Some(Unless::Auth) => self.is_signed_in,
            Some(Unless::Tls) => self.is_secure,
        };
        self.play.failure.at == stage && !is_over
    }

    fn is_odd(&self) -> bool {
        self.play.seed % 2 == 1
    }

    fn hides(&self, stage: Stage) -> bool {
        self.play.failure.act == Act::Hide && self.play.failure.at == stage
    }

    fn offers_tls(&self) -> bool {
        self.play.failure.door == Door::Submission
            && !self.is_secure
            && !self.hides(Stage::Starttls)
    }

    fn offers_auth(&self) -> bool {
        let door = self.play.failure.door;
        !self.hides(Stage::Auth) && (door == Door::Clear || (self.is_secure && door != Door::Mx))
    }

    fn text(&self) -> String {
        let text = self.play.reply.as_ref().map_or("", |it| it.text.get_ref());
        self.fill(text)
    }

    fn reply(&self) -> Option<&Reply> {
        self.play.reply.as_ref()
    }

    fn fill(&self, text: &str) -> String {
        let domain = self.from.rsplit_once('@').map_or("", |(_, domain)| domain);
        text.replace("{host}", HOST)
            .replace("{ip}", CLIENT_IP)
            .replace("{from}", &self.from)
            .replace("{domain}", domain)
            .replace("{to}", &self.to)
            .replace("{id}", &format!("4F1{:05X}", self.play.seed % 0xF_FFFF))
    }
}

fn say(text: &str) -> Move {
    Move::Say(lines(text))
}

/// A reply of these lines.
fn numbered(code: u16, lines: &[&str]) -> String {
    let mark = |at: usize| if at + 1 == lines.len() { ' ' } else { '-' };
    let all: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| format!("{code}{}{line}", mark(at)))
        .collect();
    all.join("\n")
}

fn lines(text: &str) -> Vec<u8> {
    // The space of an empty `334 ` has to stay.
    let mut bytes = text
        .trim_end_matches('\n')
        .replace('\n', "\r\n")
        .into_bytes();
    bytes.extend(b"\r\n");
    bytes
}

fn verb(line: &[u8]) -> String {
    let word = line
        .split(|byte| byte.is_ascii_whitespace() || *byte == b':')
        .next();
    String::from_utf8_lossy(word.unwrap_or_default()).to_ascii_uppercase()
}

/// What stands between angle brackets.
fn address(argument: &str) -> Option<&str> {
    let (_, rest) = argument.split_once('<')?;
    rest.split_once('>').map(|(address, _)| address)
}

#[cfg(test)]
mod tests;
