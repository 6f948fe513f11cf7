//! Exchange's protocol log, of send and receive connectors: a row for each thing that a session says.
//!
//! Rows of many sessions mix, and a mail has no id of its own here: it is followed by its sender and recipient.

use std::collections::{HashMap, VecDeque};

use super::Fate;
use super::structured::Owned;

/// The sessions that are under way.
#[derive(Default)]
pub(in crate::log) struct Sessions {
    /// Whether the log is of a connector that receives.
    receives: bool,
    all: HashMap<String, Session>,
    /// Their ids, the oldest first.
    order: VecDeque<String>,
}

#[derive(Default)]
struct Session {
    sender: String,
    /// Whether the client said anything.
    has_begun: bool,
    /// What was taken of the mail that is being handed over.
    recipients: Vec<String>,
    /// Commands that wait for their replies.
    waiting: VecDeque<Command>,
}

enum Command {
    Mail(String),
    Recipient(String),
    Data,
    /// The message's end, or its last piece.
    Message,
    Other,
}

/// More sessions at once are no log of one server; the oldest is given up.
const MOST_SESSIONS: usize = 512;
/// More recipients, or commands that wait, are not followed.
const MOST: usize = 100;
/// Longer addresses, ids and replies are cut (RFC 5321, section 4.5.3.1.3, has 256 for a path).
const LONGEST: usize = 512;

/// Whether a table of these columns is a protocol log.
pub(in crate::log) fn is_named(columns: &[String]) -> bool {
    ["session-id", "event", "data"]
        .iter()
        .all(|name| columns.iter().any(|column| column == name))
}

impl Sessions {
    /// Reads a line of the head that says what kind of log follows.
    pub(in crate::log) fn head(&mut self, line: &str) {
        if let Some(kind) = line.strip_prefix("#Log-type: ") {
            self.receives = kind.contains("Receive");
        }
    }

    /// What a row says of mails.
    pub(in crate::log) fn row<'cell>(
        &mut self,
        columns: &[String],
        cells: impl Iterator<Item = std::borrow::Cow<'cell, str>>,
    ) -> Vec<Owned> {
        let mut row = [const { String::new() }; 6];
        for (name, cell) in columns.iter().zip(cells) {
            let at = NAMES.iter().position(|known| known == name);
            if let Some(place) = at.and_then(|at| row.get_mut(at)) {
                cut(&cell).clone_into(place);
            }
        }
        let [time, id, remote, event, data, context] = row;
        let peer = remote.rsplit_once(':').map_or("", |(host, _)| host);
        let receives = self.receives;
        let told = |recipient: String, sender: &str, fate, said: String| {
            let (relay, client) = if receives { ("", peer) } else { (peer, "") };
            Owned::of(&time, sender, recipient, (relay, client), fate, said)
        };
        let (asks, answers) = if receives { ("<", ">") } else { (">", "<") };
        match event.as_str() {
            "-" if self.all.remove(&id).is_some() => self.order.retain(|known| *known != id),
            "*" if !receives => {
                let words = [data, context].join(" ");
                if words.contains("rror code") {
                    return vec![told(String::new(), "", Fate::Deferred, words)];
                }
            }
            event if event == asks => {
                let session = self.session(&id);
                session.has_begun = true;
                if session.waiting.len() < MOST {
                    session.waiting.push_back(command(&data));
                }
            }
            event if event == answers => {
                let Some(code) = code(&data) else {
                    return Vec::new();
                };
                let session = self.session(&id);
                let all = session.answered(code, receives);
                return all
                    .into_iter()
                    .map(|(recipient, fate)| told(recipient, &session.sender, fate, data.clone()))
                    .collect();
            }
            _ => {}
        }
        Vec::new()
    }

    fn session(&mut self, id: &str) -> &mut Session {
        if !self.all.contains_key(id) {
            if self.order.len() >= MOST_SESSIONS
                && let Some(oldest) = self.order.pop_front()
            {
                self.all.remove(&oldest);
            }
            self.order.push_back(id.to_owned());
        }
        self.all.entry(id.to_owned()).or_default()
    }
}

const NAMES: [&str; 6] = [
    "date-time",
    "session-id",
    "remote-endpoint",
    "event",
    "data",
    "context",
];

impl Session {
    /// What a reply means to the mails of the session: each recipient and its fate.
    fn answered(&mut self, code: u16, receives: bool) -> Vec<(String, Fate)> {
        let fate = match code {
            _ if receives => Fate::Rejected,
            400..500 => Fate::Deferred,
            _ => Fate::Bounced,
        };
        let Some(command) = self.waiting.pop_front() else {
            // A greeting that refuses turns away whatever was to come.
            let is_greeting = !self.has_begun && code >= 400;
            return if is_greeting {
                vec![(String::new(), fate)]
            } else {
                Vec::new()
            };
        };
        if code == 354 {
            self.waiting.push_front(Command::Message);
            return Vec::new();
        }
        if code < 400 {
            match command {
                Command::Mail(sender) => {
                    self.sender = sender;
                    self.recipients.clear();
                }
                Command::Recipient(recipient) if self.recipients.len() < MOST => {
                    self.recipients.push(recipient);
                }
                Command::Message => {
                    let taken = std::mem::take(&mut self.recipients);
                    return taken.into_iter().map(|it| (it, Fate::Sent)).collect();
                }
                Command::Recipient(_) | Command::Data | Command::Other => {}
            }
            return Vec::new();
        }
        match command {
            Command::Recipient(recipient) if code != OUT_OF_ORDER => vec![(recipient, fate)],
            Command::Mail(sender) => {
                self.sender = sender;
                vec![(String::new(), fate)]
            }
            Command::Data | Command::Message => {
                let refused = std::mem::take(&mut self.recipients);
                refused.into_iter().map(|it| (it, fate)).collect()
            }
            // What is out of order only follows, and another EHLO or sign-in may do.
            Command::Recipient(_) | Command::Other => Vec::new(),
        }
    }
}

/// What a command gets whose turn it is not.
const OUT_OF_ORDER: u16 = 503;

/// A text no longer than what is kept.
fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn command(text: &str) -> Command {
    let upper = text.get(..9).unwrap_or(text).to_ascii_uppercase();
    let address = || {
        let inside = text
            .split_once('<')
            .and_then(|(_, rest)| rest.split_once('>'));
        inside.map_or("", |(address, _)| address).to_owned()
    };
    match upper.as_str() {
        "MAIL FROM" => Command::Mail(address()),
        _ if upper.starts_with("RCPT TO") => Command::Recipient(address()),
        _ if upper.starts_with("DATA") => Command::Data,
        _ if upper.starts_with("BDAT") && text.to_ascii_uppercase().contains("LAST") => {
            Command::Message
        }
        _ => Command::Other,
    }
}

/// The code of a reply's last line.
fn code(text: &str) -> Option<u16> {
    let (digits, rest) = text.split_at_checked(3)?;
    (!rest.starts_with('-')).then(|| digits.parse().ok())?
}
