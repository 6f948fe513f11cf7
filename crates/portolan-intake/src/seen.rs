//! What is seen in a text: counts of lines by form, the turns of a dialogue, and phrases by theme.

use crate::header;
use crate::keyed::{self, Keyed};
use crate::lines;
use crate::phrases::{self, Found};
use crate::speech::{self, Said};
use crate::stamp;
use crate::text;
use crate::zone;

/// Counts, from which `signs` weighs. Lines are counted where they are not blank.
pub(crate) struct Seen {
    /// Lines.
    pub(crate) lines: i32,
    /// Lines that begin with a time, and records in JSON.
    pub(crate) stamped: i32,
    /// Lines that a daemon of mail wrote.
    pub(crate) of_server: i32,
    /// Lines with a time and columns.
    pub(crate) rows: i32,
    /// Headings of logs in CSV.
    pub(crate) headings: i32,
    /// Commands that are nothing else.
    pub(crate) commands: i32,
    /// Changes between client and server.
    pub(crate) turns: i32,
    /// Greetings of a server.
    pub(crate) greetings: i32,
    /// Lines of replies that go on.
    pub(crate) more: i32,
    /// Replies that accept in words.
    pub(crate) accepted: i32,
    /// Other replies at a line's beginning.
    pub(crate) replies: i32,
    /// Replies that refuse, with words.
    pub(crate) refusals: i32,
    /// Enhanced status codes of failures with words behind them, outside of replies.
    pub(crate) enhanced: i32,
    /// Lines of stack traces.
    pub(crate) stack: i32,
    /// Lines that name a kind of error.
    pub(crate) errors: i32,
    /// Lines that name a kind of error of mail or of a connection.
    pub(crate) errors_of_mail: i32,
    /// Lines that name a mail address.
    pub(crate) addresses: i32,
    /// Settings about mail, as programs read them.
    pub(crate) settings: i32,
    /// Other settings.
    pub(crate) other_settings: i32,
    /// Lines that begin with a label and a colon.
    pub(crate) labels: i32,
    /// Headings in brackets, and lines that end in a brace or a semicolon.
    pub(crate) code: i32,
    /// DNS records.
    pub(crate) records: i32,
    /// Sentences.
    pub(crate) prose: i32,
    /// Lines with HTML.
    pub(crate) html: i32,
    /// Lines that name a port for mail.
    pub(crate) ports: i32,
    /// Lines that name a host for mail.
    pub(crate) hosts: i32,
    /// Fields of a mail's header at the beginning.
    pub(crate) header: i32,
    /// Whether the text, or its second line, begins with a brace.
    pub(crate) is_object: bool,
    /// Phrases.
    pub(crate) found: Found,
}

/// Who spoke last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaker {
    Client,
    Server,
}

/// Looks at a text in one form.
pub(crate) fn look(text: &[u8]) -> Seen {
    let mut seen = Seen {
        lines: 0,
        stamped: 0,
        of_server: 0,
        rows: 0,
        headings: 0,
        commands: 0,
        turns: 0,
        greetings: 0,
        more: 0,
        accepted: 0,
        replies: 0,
        refusals: 0,
        enhanced: 0,
        stack: 0,
        errors: 0,
        errors_of_mail: 0,
        addresses: 0,
        settings: 0,
        other_settings: 0,
        labels: 0,
        code: 0,
        records: 0,
        prose: 0,
        html: 0,
        ports: 0,
        hosts: 0,
        header: header::fields(text),
        is_object: false,
        found: phrases::find(text),
    };
    let mut last = None;
    for line in text::lines(text) {
        let line = line.trim_ascii_end();
        if !line.is_empty() {
            seen.lines += 1;
            if seen.lines <= 2 {
                seen.is_object |= line.trim_ascii_start().starts_with(b"{");
            }
            seen.line(line.get(..MAX_LINE).unwrap_or(line));
            seen.speaks(line, &mut last);
        }
    }
    seen
}

/// Forms show at a line's beginning; an object of JSON may be longer.
const MAX_LINE: usize = 2048;

impl Seen {
    fn line(&mut self, line: &[u8]) {
        let count = |counter: &mut i32, is: bool| *counter += i32::from(is);
        let is_stamped = stamp::is_stamped(line);
        count(&mut self.stamped, is_stamped || lines::is_json_record(line));
        count(&mut self.rows, is_stamped && lines::has_columns(line));
        count(&mut self.of_server, lines::is_of_server(line));
        count(&mut self.headings, lines::is_heading(line));
        count(&mut self.stack, lines::is_of_stack(line));
        let error = lines::error_name(line);
        count(&mut self.errors, error.is_some());
        count(
            &mut self.errors_of_mail,
            error.is_some_and(lines::is_of_connection),
        );
        count(&mut self.addresses, lines::names_address(line));
        count(&mut self.records, zone::is_record(line));
        count(&mut self.prose, lines::is_prose(line));
        count(&mut self.html, lines::is_html(line));
        count(&mut self.ports, lines::names_port(line));
        count(&mut self.hosts, lines::names_mail_host(line));
        count(&mut self.code, is_code(line));
        count(&mut self.enhanced, has_enhanced(line));
        match keyed::find(line) {
            Some(Keyed::Mail) => self.settings += 1,
            Some(Keyed::Other) => self.other_settings += 1,
            Some(Keyed::Person) => self.labels += 1,
            None => {}
        }
    }

    fn speaks(&mut self, line: &[u8], last: &mut Option<Speaker>) {
        // The error of a web server has codes as well.
        if lines::is_html(line.get(..MAX_LINE).unwrap_or(line)) {
            return;
        }
        let Some((said, is_first)) = speech::find(line) else {
            return;
        };
        let speaker = match said {
            Said::Command | Said::MayBeCommand => Speaker::Client,
            Said::Accepted | Said::Greeting | Said::More | Said::Refusal | Said::Reply => {
                Speaker::Server
            }
        };
        match said {
            Said::Accepted => self.accepted += 1,
            Said::Command => self.commands += 1,
            Said::MayBeCommand => {}
            Said::Greeting => self.greetings += 1,
            Said::More => self.more += 1,
            Said::Refusal => self.refusals += 1,
            Said::Reply => self.replies += i32::from(is_first),
        }
        self.turns += i32::from(last.is_some_and(|last| last != speaker));
        *last = Some(speaker);
    }
}

/// A section's heading, or a line of a program.
fn is_code(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    matches!(line, [b'[', inner @ .., b']'] if inner.iter().all(|it| it.is_ascii_alphanumeric() || matches!(it, b' ' | b'.' | b'-' | b'_')))
        || matches!(line.last(), Some(b'{' | b'}' | b';')) && line.len() < 200
        || line.ends_with(b"({")
}

/// Whether an enhanced status code of a failure has words behind it.
fn has_enhanced(line: &[u8]) -> bool {
    let mut before = b' ';
    for (place, byte) in line.iter().enumerate() {
        let begins = matches!(byte, b'4' | b'5')
            && !before.is_ascii_alphanumeric()
            && !matches!(before, b'.' | b'-');
        before = *byte;
        if begins && speech::enhanced(line.get(place..).unwrap_or_default()).is_some() {
            return true;
        }
    }
    false
}
