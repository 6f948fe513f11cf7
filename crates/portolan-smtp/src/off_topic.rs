//! What speaks of something else than mail that was to be sent: a mailbox that is read, a web service, a filter's settings.
//!
//! The words of failures are the same everywhere, so the surroundings decide; where they name sending too, they do not.

use crate::event::{Event, EventKind};
use crate::signs::{Seen, Sign};

/// Whether a text in the one form, with what was said and seen in it, is about no mail that is sent.
pub(crate) fn is_off_topic(text: &str, events: &[Event], signs: &[Seen]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.len() >= LONG {
        return false;
    }
    let refuses = |event: &Event| event.kind.refuses();
    let has = |sign: Sign| signs.iter().any(|seen| seen.sign == sign);
    let is_read_at = || is_at(text, &["110", "143", "993", "995"]);
    let is_of_reading = (has(Sign::Mailbox) && any(READING) || is_read_at()) && !any(SENDING);
    let is_quiet = || !events.iter().any(refuses) && !any(STOPPED);
    let is_of_filters = has(Sign::Setting) || (has(Sign::Filter) || has(Sign::Score)) && is_quiet();
    is_of_reading || is_of_filters || is_reference(text, events)
}

/// Whether the failure of a connection, a log-in or a server in such a text is a web service's.
pub(crate) fn is_of_web(text: &str, events: &[Event], signs: &[Seen]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    // curl shows its page with every certificate that it refuses.
    let has_web = || {
        let all = signs.iter().filter(|seen| seen.sign == Sign::Web).count();
        all > text.matches("https://curl.se/docs/sslcerts").count()
    };
    let is_at_443 = || is_at(text, &["443"]) && !any(PORTS);
    text.len() < LONG && events.is_empty() && (has_web() && !any(MAIL) || is_at_443())
}

/// Whether a host is named with exactly such a port, and no line of a file: `mail.example:993`, not `mailer.js:993:20`.
pub(crate) fn is_at(text: &str, ports: &[&str]) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|at| {
        let (Some(host), Some(behind)) = (text.get(..at), text.get(at + 1..)) else {
            return false;
        };
        let after = ports.iter().find_map(|port| behind.strip_prefix(port));
        let ends = |after: &str| {
            let mut next = after.bytes();
            match next.next() {
                Some(b':') => !next.next().is_some_and(|it| it.is_ascii_digit()),
                next => !next.is_some_and(|it| it.is_ascii_alphanumeric()),
            }
        };
        after.is_some_and(ends) && is_host(host)
    })
}

/// Whether a text ends with the name of a host.
fn is_host(text: &str) -> bool {
    let begin = text.ceil_char_boundary(text.len().saturating_sub(LONGEST_NAME));
    let name = text
        .get(begin..)
        .unwrap_or_default()
        .rsplit(|it: char| it.is_whitespace() || "/([<\"'".contains(it))
        .next();
    let last = name
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, last)| last);
    last.is_some_and(|last| !last.is_empty() && !FILES.contains(&last) && !last.contains(':'))
}

/// No host's name is longer, in bytes (RFC 1035, section 2.3.4).
const LONGEST_NAME: usize = 255;

/// Ends of the names of files in stack traces.
pub(crate) const FILES: &[&str] = &[
    "cs", "ex", "exs", "go", "java", "js", "kt", "mjs", "php", "pl", "pm", "py", "rb", "rs",
    "swift", "ts",
];

/// Protocols by which mail is read.
pub(crate) const MAILBOXES: &[&str] = &["imap", "pop3", "poplib", "mailreceiving"];

/// A long text speaks of many things.
const LONG: usize = 20_000;

const READING: &[&str] = &[
    "imapstore",
    "imaplib",
    "imap4",
    "imapclient",
    "pop3store",
    "poplib",
    "imap server",
    "imap connection",
    "imap_tools",
    "imapresponseparser",
    "mailreceivingmessagesource",
    "imap settings",
    "imap-login",
    "pop3-login",
    "pop3 server",
    "with pop3",
    "over pop3",
    "via imap",
    "/imap/",
    ".imap.",
    "imap.",
    "imap:",
    "imaps:",
    "pop3:",
    "pop3.",
];

const SENDING: &[&str] = &[
    "smtp",
    "mail from",
    "rcpt",
    "ehlo",
    "postfix",
    "exim",
    "sendmail",
    "submission",
    "550",
    "554",
    ":25",
    ":465",
    ":587",
];

/// What names a web service.
pub(crate) const WEB: &[&str] = &[
    "http://", "https://", "net/http", "webhook", "web hook", "web_hook", "axios", " api ", ":443",
];

/// Where mail is handed over.
const PORTS: &[&str] = &["smtp", ":25", ":465", ":587"];

/// Any of these, and mail may be meant.
const MAIL: &[&str] = &[
    "mail",
    "smtp",
    "postfix",
    "exim",
    "relay",
    "rcpt",
    "sender",
    "recipient",
    "spam",
    "mx",
    "dsn",
    ":25",
    ":465",
    ":587",
    "port 25",
    "port 465",
    "port 587",
    "x509",
];

/// Settings of filters, which quote failures to find them.
pub(crate) const SETTINGS: &[&str] = &["failregex"];

/// What filters and counters of logs write, whether or not a mail was stopped.
pub(crate) const FILTERS: &[&str] = &[
    "metric_score",
    "symbol = \"",
    "x-spamd-result",
    "uribl_blocked",
    "uridnsbl",
    "[not listed]",
    "smtp session, message, or recipient errors",
];

/// What filters count in mail that arrived.
pub(crate) const SCORES: &[&str] = &[
    "dkim_signed",
    "dkim_valid",
    "dkim_invalid",
    "spf_helo_",
    "spf_pass",
    "bayes_",
    "autolearn=",
];

/// Words of filters that stopped a mail.
const STOPPED: &[&str] = &["reject", "blocked", "refused", "denied", "bounce"];

/// Whether refusals of many codes stand one below the other, and nobody asked for any: a list of what a server may say.
fn is_reference(text: &str, events: &[Event]) -> bool {
    // Where somebody is named, somebody said so.
    if events.len() < MANY || text.contains('@') || text.contains(" said") {
        return false;
    }
    let mut codes = Vec::new();
    for event in events {
        match event.kind {
            EventKind::Command(_) => return false,
            EventKind::Reply { code, .. } if event.kind.refuses() && !codes.contains(&code) => {
                codes.push(code);
            }
            EventKind::Reply { .. } => {}
        }
    }
    codes.len() >= DIFFERENT
}

/// No session is answered so often without a word of the client,
const MANY: usize = 6;
/// and refused in so many ways.
const DIFFERENT: usize = 4;
