//! Signs of the kinds, weighed.

use crate::Kind;
use crate::config::Settings;
use crate::records::records;
use crate::shape::{frames, headers, is_report, page};
use crate::speech::{Speech, told};
use crate::stamps::Stamps;
use crate::tongues::{BOUNCE_HINTS, BOUNCES, FAILS, SETTINGS};

/// The kind with most weight, and the next where it is near.
pub(crate) fn weigh(text: &str) -> (Kind, Option<Kind>) {
    let signs = Signs::of(text);
    let mut weights: Vec<(u32, Kind)> = [
        (signs.report(), Kind::Report),
        (signs.bounce(), Kind::Bounce),
        (signs.session(), Kind::Session),
        (signs.log(), Kind::Log),
        (signs.records(), Kind::Records),
        (signs.mail(), Kind::Mail),
        (signs.configuration(), Kind::Configuration),
        (signs.documentation(), Kind::Documentation),
        (signs.failure(), Kind::Failure),
    ]
    .to_vec();
    weights.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    match weights.as_slice() {
        [(weight, kind), (next, other), ..] if *weight >= ENOUGH => {
            let is_near = *next >= ENOUGH && next * 10 >= weight * NEAR;
            (*kind, is_near.then_some(*other))
        }
        _ => (Kind::Nothing, None),
    }
}

/// Less weight is none.
const ENOUGH: u32 = 20;
/// So many tenths of the first are near it.
const NEAR: u32 = 7;

/// What was counted in a text.
struct Signs {
    speech: Speech,
    stamps: Stamps,
    settings: Settings,
    /// Lines that are records.
    records: usize,
    /// Lines that are not empty.
    lines: usize,
    /// Words of each list that were met, each once.
    fails: usize,
    documents: usize,
    bounces: usize,
    bounce_hints: usize,
    /// Lines of a mail's header at the beginning.
    headers: usize,
    /// Frames of a stack.
    frames: usize,
    /// Refusals that are told within lines.
    told: usize,
    /// Whether mail is spoken of at all.
    is_of_mail: bool,
    is_report: bool,
    /// Marks of a page: headings, tables, tags, sentences.
    page: usize,
    /// Ports of mail that are named.
    ports: usize,
    /// Whether the first line says that something failed.
    begins_with_failure: bool,
}

impl Signs {
    fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let met = |words: &[&str]| words.iter().filter(|word| lower.contains(**word)).count();
        let (records, lines) = records(text);
        let first = lower
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default();
        Self {
            speech: Speech::of(text),
            stamps: Stamps::of(text),
            settings: Settings::of(text),
            records,
            lines,
            fails: met(FAILS),
            documents: met(SETTINGS),
            bounces: met(BOUNCES),
            bounce_hints: met(BOUNCE_HINTS),
            headers: headers(text),
            frames: frames(text),
            told: told(&lower),
            is_of_mail: met(OF_MAIL) > 0,
            is_report: is_report(text),
            page: page(text),
            ports: met(PORTS),
            begins_with_failure: FAILS.iter().any(|word| first.contains(word)),
        }
    }

    fn report(&self) -> u32 {
        if self.is_report { 200 } else { 0 }
    }

    fn bounce(&self) -> u32 {
        let first = if self.bounces > 0 { 36 } else { 0 };
        let signs = first + weight(self.bounces, 24, 96) + weight(self.bounce_hints, 12, 36);
        // A log that writes of bounces, and a session that shows one, are none.
        if self.stamps.servers > 1 || self.session() >= 60 {
            signs / 3
        } else {
            signs
        }
    }

    fn session(&self) -> u32 {
        let Speech {
            commands,
            words,
            replies,
            tools,
            ..
        } = self.speech;
        let shown = weight(tools, 4, 20);
        if replies == 0 {
            return weight(commands, 10, 30) + if commands > 0 { shown } else { 0 };
        }
        if commands + words == 0 {
            // Replies alone are a session where there are several, or where a tool shows them.
            let is_shown = replies >= 3 || tools > 1;
            return if is_shown {
                weight(replies, 12, 60) + shown
            } else {
                0
            };
        }
        let is_both = commands > 0 && commands + words > 1 && replies > 1;
        let said =
            weight(commands + words + replies, 10, 90) + shown + if is_both { 20 } else { 0 };
        // A mail server's log quotes commands in its remarks.
        if self.stamps.servers > commands {
            said / 2
        } else {
            said
        }
    }

    fn log(&self) -> u32 {
        let Stamps {
            lines,
            stamped,
            servers,
        } = self.stamps;
        if servers > 0 && (stamped > 0 || servers * 2 >= lines) {
            return 60 + weight(servers, 5, 40);
        }
        let is_mostly = stamped * 10 >= lines * 6;
        if is_mostly && stamped >= 3 && (self.is_of_mail || self.fails > 0) {
            // Of a session with times, the session says more.
            return if self.session() >= 40 {
                30
            } else {
                45 + weight(stamped, 3, 20)
            };
        }
        0
    }

    fn records(&self) -> u32 {
        if self.records == 0 {
            return 0;
        }
        let share = u32::try_from(self.records * 100 / self.lines.max(1)).unwrap_or(100);
        // A failure that quotes a record is a failure.
        share.max(weight(self.records, 18, 70))
            / if self.begins_with_failure && self.records == 1 {
                3
            } else {
                1
            }
    }

    fn mail(&self) -> u32 {
        if self.headers >= 3 && self.bounces < 2 {
            50 + weight(self.headers, 6, 50)
        } else {
            0
        }
    }

    fn configuration(&self) -> u32 {
        let Settings {
            sets,
            lines,
            names,
            code,
        } = self.settings;
        if !self.is_of_mail && names == 0 {
            return 0;
        }
        let share = sets * 10 / lines.max(1);
        let mut weight_of = weight(names, 18, 72) + weight(code, 4, 20);
        if share >= 5 {
            weight_of += 30;
        }
        if names == 0 && (share < 6 || self.documents < 2) {
            return 0;
        }
        // Pages show samples, and errors quote settings.
        if self.page >= 3 && share < 5 {
            weight_of /= 2;
        }
        if self.begins_with_failure || self.frames > 1 || self.told > 0 && self.fails > 1 {
            weight_of /= 2;
        }
        weight_of
    }

    fn documentation(&self) -> u32 {
        if self.documents < 2 || !self.is_of_mail {
            return 0;
        }
        let told =
            weight(self.documents, 7, 70) + weight(self.page, 5, 25) + weight(self.ports, 8, 16);
        let share = self.settings.sets * 10 / self.settings.lines.max(1);
        let is_config = share >= 6 && self.settings.names > 0;
        if self.frames > 1 || self.session() >= 50 || self.log() >= 60 || is_config {
            told / 3
        } else if self.lines <= 2 && self.begins_with_failure && self.documents < 4 {
            told / 2
        } else {
            told
        }
    }

    fn failure(&self) -> u32 {
        let replies = if self.speech.refusals + self.told > 0 {
            40
        } else {
            0
        };
        let told = weight(self.fails, 12, 48) + weight(self.frames, 15, 45) + replies;
        let of_mail = if self.is_of_mail || replies > 0 {
            15
        } else {
            0
        };
        if told == 0 || of_mail == 0 && self.fails < 2 && self.frames == 0 {
            return 0;
        }
        let all = told + of_mail + if self.begins_with_failure { 15 } else { 0 };
        // What a log or a report tells is theirs.
        let all = if self.log() >= 60 || self.bounce() >= 44 {
            all / 2
        } else {
            all
        };
        // Pages tell what may fail as well.
        if self.lines > 12 && !self.begins_with_failure && self.frames == 0 {
            all * 2 / 3
        } else {
            all
        }
    }
}

/// So much for each, and no more than that.
fn weight(count: usize, each: u32, most: u32) -> u32 {
    u32::try_from(count)
        .unwrap_or(u32::MAX)
        .saturating_mul(each)
        .min(most)
}

/// Words without which a text is hardly about mail.
const OF_MAIL: &[&str] = &[
    "smtp",
    "mail",
    "ssl",
    "tls",
    "x509",
    "starttls",
    "mx ",
    "relay",
    "recipient",
    "mailbox",
    "postfix",
    "exim",
    "imap",
    "587",
    "465",
    ":25",
    "port 25",
    "courriel",
    "correo",
    "почт",
    "メール",
    "邮件",
    "郵件",
    "postausgang",
];

const PORTS: &[&str] = &["587", "465", "2525"];
