//! What speaks of something else than mail that was to be sent: a mailbox that is read, a web service, a filter's settings.
//!
//! The words of failures are the same everywhere, so the surroundings decide; where they name sending too, they do not.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::event::{Event, EventKind};

/// Whether a text in the one form, with what was said in it, is about no mail that is sent.
pub(crate) fn is_off_topic(text: &str, events: &[Event]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if text.len() >= LONG {
        return false;
    }
    let refuses = |event: &Event| event.kind.refuses();
    let [reads, sets, filters, scores] = signs(text);
    let is_read_at = || {
        ["110", "143", "993", "995"]
            .iter()
            .any(|port| is_at(text, port))
    };
    let is_of_reading = (reads && any(READING) || is_read_at()) && !any(SENDING);
    let is_quiet = || !events.iter().any(refuses) && !any(STOPPED);
    let is_of_filters = sets || (filters || scores) && is_quiet();
    is_of_reading || is_of_filters || is_reference(text, events)
}

/// Whether the failure of a connection, a log-in or a server in such a text is a web service's.
pub(crate) fn is_of_web(text: &str, events: &[Event]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_at_443 = || is_at(text, "443") && !any(PORTS);
    text.len() < LONG && events.is_empty() && (any(WEB) && !any(MAIL) || is_at_443())
}

/// Whether a host is named with exactly this port, and no line of a file: `mail.example:993`, not `mailer.js:993:20`.
pub(crate) fn is_at(text: &str, port: &str) -> bool {
    text.match_indices(port).any(|(at, _)| {
        let Some(host) = text.get(..at).and_then(|before| before.strip_suffix(':')) else {
            return false;
        };
        let mut after = text.bytes().skip(at + port.len());
        let ends = match after.next() {
            Some(b':') => !after.next().is_some_and(|it| it.is_ascii_digit()),
            after => !after.is_some_and(|it| it.is_ascii_alphanumeric()),
        };
        let name = host
            .rsplit(|it: char| it.is_whitespace() || "/([<\"'".contains(it))
            .next();
        let last = name
            .and_then(|name| name.rsplit_once('.'))
            .map(|(_, last)| last);
        ends && last
            .is_some_and(|last| !last.is_empty() && !FILES.contains(&last) && !last.contains(':'))
    })
}

/// Ends of the names of files in stack traces.
const FILES: &[&str] = &[
    "cs", "ex", "exs", "go", "java", "js", "kt", "mjs", "php", "pl", "pm", "py", "rb", "rs",
    "swift", "ts",
];

/// Whether a text names mailboxes, filters' settings, filters' scores: in one pass, since most name none.
fn signs(text: &str) -> [bool; 4] {
    static WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let all = MAILBOXES
            .iter()
            .chain(SETTINGS)
            .chain(FILTERS)
            .chain(SCORES);
        AhoCorasick::new(all).ok()
    });
    let mut signs = [false; 4];
    let ends = [MAILBOXES, SETTINGS, FILTERS].map(<[_]>::len);
    for found in WORDS.iter().flat_map(|words| words.find_iter(text)) {
        let mut at = found.pattern().as_usize();
        let mut kind = 0;
        for length in ends {
            if at < length {
                break;
            }
            at -= length;
            kind += 1;
        }
        if let Some(sign) = signs.get_mut(kind) {
            *sign = true;
        }
    }
    signs
}

/// Protocols by which mail is read.
const MAILBOXES: &[&str] = &["imap", "pop3", "poplib", "mailreceiving"];

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

const WEB: &[&str] = &[
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
const SETTINGS: &[&str] = &["failregex"];

/// What filters and counters of logs write, whether or not a mail was stopped.
const FILTERS: &[&str] = &[
    "metric_score",
    "symbol = \"",
    "x-spamd-result",
    "uribl_blocked",
    "uridnsbl",
    "[not listed]",
    "smtp session, message, or recipient errors",
];

/// What filters count in mail that arrived.
const SCORES: &[&str] = &[
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
    if text.contains('@') || text.contains(" said") {
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
    events.len() >= MANY && codes.len() >= DIFFERENT
}

/// No session is answered so often without a word of the client,
const MANY: usize = 6;
/// and refused in so many ways.
const DIFFERENT: usize = 4;
