//! What of a pasted mail says nothing of its delivery: its header, and the mail that a report returns.
//!
//! A bounce is a mail (RFC 5322) with a report inside (RFC 3464). Its header names SPF, DKIM and virus scanners without any
//! failure, and the returned mail may hold any words at all. What the report says stays: its text, its fields, its session.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::prefix;

/// The parts of a text that are not looked at: each its first byte and the first byte behind, in order.
pub(crate) fn silent(text: &[u8]) -> Vec<(usize, usize)> {
    // A lone line that begins as a field was asked about, or a whole mail lost its lines.
    if is_one_line(text) {
        return Vec::new();
    }
    let mut silent: Vec<(usize, usize)> = Vec::new();
    let mut state = State {
        has_readers: LOGIN.find(text).is_some(),
        ..State::default()
    };
    for (start, end) in lines(text) {
        let line = text.get(start..end).unwrap_or_default();
        if !state.is_silent(line) {
            continue;
        }
        match silent.last_mut() {
            // Nothing but a line's end between them.
            Some((_, last)) if start <= *last + 2 => *last = end,
            _ => silent.push((start, end)),
        }
    }
    silent
}

fn is_one_line(text: &[u8]) -> bool {
    memchr::memchr(b'\n', text.trim_ascii()).is_none()
}

/// Whether a mail is about mail and no failure: a complaint (RFC 5965), an absence note (RFC 3834). `spoken` is what it says
/// in the one form.
pub(crate) fn is_no_report(text: &[u8], spoken: &str) -> bool {
    let header = text.get(..HEADERS_WITHIN).unwrap_or(text);
    let header = header.to_ascii_lowercase();
    let any = |signs: &[Finder<'_>]| signs.iter().any(|sign| sign.find(&header).is_some());
    let [complaints, answers, reports] = &*SIGNS;
    let reports_in_words = || {
        [
            "deliver",
            "diagnostic-code",
            "failed permanently",
            "rejected",
        ]
        .iter()
        .any(|sign| spoken.contains(sign))
    };
    any(complaints) || any(answers) && !any(reports) && !reports_in_words()
}

/// A mail's header, and that of a report's first parts, stand within so many bytes.
const HEADERS_WITHIN: usize = 16 * 1024;

const COMPLAINTS: &[&str] = &[
    "report-type=feedback-report",
    "report-type=\"feedback-report",
    "\nfeedback-type: ",
];

const ANSWERS: &[&str] = &[
    "auto-submitted: auto-replied",
    "x-autoreply: yes",
    "x-autorespond",
    "precedence: auto_reply",
    "subject: out of office",
    "subject: automatic reply",
    "subject: automatische antwort",
    "subject: abwesenheit",
    "subject: réponse automatique",
    "subject: respuesta automática",
];

/// Some servers call their reports answers.
const REPORTS: &[&str] = &[
    "mailer-daemon",
    "postmaster@",
    "failure notice",
    "returned mail",
    "delivery status",
    "delivery fail",
    "unzustellbar",
    "undeliver",
];

/// Each sign by itself, since nearly all are found nowhere: that costs less than a pass with an automaton.
static SIGNS: LazyLock<[Vec<Finder<'static>>; 3]> = LazyLock::new(|| {
    [COMPLAINTS, ANSWERS, REPORTS].map(|signs| signs.iter().map(Finder::new).collect())
});

#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what the lines above were, each by itself"
)]
struct State {
    /// Somewhere in the text somebody reads mail, and a server logs it.
    has_readers: bool,
    /// The last line was of a header that says nothing: what is indented below it belongs to it.
    in_field: bool,
    /// That line ended in the soft end of quoted-printable.
    is_soft: bool,
    /// So many fields of a mail's header stand here one below the other.
    run: u32,
    /// A header was left behind: the next one is a returned mail's.
    has_header: bool,
    /// A report was seen: what follows with a header of its own is what it returns.
    has_report: bool,
    /// Inside the mail that a report returns.
    in_returned: bool,
}

impl State {
    fn is_silent(&mut self, line: &[u8]) -> bool {
        if self.has_readers && is_of_reader(line) {
            return true;
        }
        let bare = unquoted(line);
        if self.in_returned {
            // The next part of the same mail.
            let ends = bare.starts_with(b"--") && bare.len() > 12 && !bare.contains(&b' ');
            self.in_returned = !ends;
            return !ends;
        }
        let goes_on = matches!(bare, [b' ' | b'\t', ..])
            && !bare.trim_ascii().is_empty()
            && !prefix::is_numbered(bare);
        if self.in_field && (goes_on || self.is_soft) {
            self.is_soft = bare.ends_with(b"=");
            return true;
        }
        self.in_field = false;
        let Some(name) = field_name(bare) else {
            self.leave_header(bare);
            return false;
        };
        if is_of_report(name) {
            // Exim says in the header whom it could not reach: the report is still to come.
            self.has_report |= !name.eq_ignore_ascii_case(b"x-failed-recipients");
            return false;
        }
        if !is_of_mail(name) || is_of_program(name, bare) {
            return false;
        }
        self.in_field = true;
        self.is_soft = bare.ends_with(b"=");
        // A part of a mail has a header of its own, which is no mail's.
        let is_of_part = name
            .get(..8)
            .is_some_and(|begin| begin.eq_ignore_ascii_case(b"content-"));
        self.run += u32::from(!is_of_part);
        true
    }

    fn leave_header(&mut self, line: &[u8]) {
        if line.trim_ascii().is_empty() && self.run >= HEADER {
            if self.has_header || self.has_report {
                self.in_returned = true;
            }
            self.has_header = true;
        }
        if begins_returned(line) {
            self.in_returned = true;
        }
        self.run = 0;
    }
}

/// Whether a line is of Dovecot's log of those who read their mail.
fn is_of_reader(line: &[u8]) -> bool {
    let at = LOGIN.find(line);
    let before = at.and_then(|at| line.get(..at)).unwrap_or_default();
    [&b"imap"[..], b"pop3", b"managesieve"]
        .iter()
        .any(|protocol| before.ends_with(protocol))
}

static LOGIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("-login: "));

/// So many fields make a header: a report's quotation of one or two is no mail.
const HEADER: u32 = 3;

/// The words before a returned mail, as servers without MIME write them.
fn begins_returned(line: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "--- below this line is a copy of the message",
        "--- below the next line is a copy of the message",
        "----- original message -----",
        "----- unsent message follows -----",
        "------ this is a copy of the message",
        "----- message header follows -----",
        "--- undelivered message follows ---",
        "your original message headers are included below",
        "original message headers:",
        "message header follows",
        "----- message text follows",
    ];
    let is_blank = |byte: &&u8| matches!(**byte, b'\t'..=b'\r' | b' ');
    let first = line.iter().find(|byte| !is_blank(byte));
    // Nearly all lines begin with another letter.
    if !first.is_some_and(|it| !it.is_ascii() || b"-moy".contains(&it.to_ascii_lowercase())) {
        return false;
    }
    let line = String::from_utf8_lossy(line.get(..160).unwrap_or(line)).to_lowercase();
    let line = line.trim_start();
    WORDS.iter().any(|words| line.starts_with(words))
}

/// Without the marks of a quotation.
fn unquoted(line: &[u8]) -> &[u8] {
    let mut rest = line;
    while let [b'>' | b'|', behind @ ..] = rest {
        rest = behind.strip_prefix(b" ").unwrap_or(behind);
    }
    rest
}

/// The name before the colon (RFC 5322, section 2.2).
fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().take(60).position(|byte| *byte == b':')?;
    let name = line.get(..colon)?;
    let holds = !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    holds.then_some(name)
}

/// Fields of a delivery report (RFC 3464, section 2).
fn is_of_report(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "action",
        "arrival-date",
        "diagnostic-code",
        "final-log-id",
        "final-recipient",
        "last-attempt-date",
        "original-envelope-id",
        "original-recipient",
        "received-from-mta",
        "remote-mta",
        "reporting-mta",
        "status",
        "will-retry-until",
        "x-failed-recipients",
        "x-actual-recipient",
        "x-display-name",
        "x-supplementary-info",
    ];
    NAMES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

/// `Received: 250 ok` is how a program tells what a server said; a mail's field says from whom, or by whom.
fn is_of_program(name: &[u8], line: &[u8]) -> bool {
    let value = line.get(name.len() + 1..).unwrap_or_default().trim_ascii();
    name.eq_ignore_ascii_case(b"received") && value.first().is_some_and(u8::is_ascii_digit)
}

/// Fields of a mail's header.
fn is_of_mail(name: &[u8]) -> bool {
    const NAMES: &[&str] = &[
        "received",
        "return-path",
        "delivered-to",
        "envelope-to",
        "message-id",
        "mime-version",
        "from",
        "to",
        "cc",
        "bcc",
        "reply-to",
        "sender",
        "date",
        "subject",
        "references",
        "in-reply-to",
        "user-agent",
        "precedence",
        "importance",
        "priority",
        "organization",
        "thread-topic",
        "thread-index",
        "auto-submitted",
        "accept-language",
        "received-spf",
        "authentication-results",
        "dkim-signature",
        "domainkey-signature",
        "domainkey-status",
        "errors-to",
        "mailing-list",
        "feedback-id",
        "authentication-results-original",
        "delivery-date",
        "lines",
        "apparently-to",
        "comments",
        "keywords",
    ];
    const BEGINNINGS: &[&str] = &[
        "x-",
        "arc-",
        "list-",
        "content-",
        "resent-",
        "dkim",
        "ms-",
        "original-",
    ];
    let begins = |with: &&str| {
        name.get(..with.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(with.as_bytes()))
    };
    NAMES
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        || BEGINNINGS.iter().any(begins)
}

/// The lines of a text, without their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let start = at;
        // A pair of marks ends one line, not two.
        let pair = usize::from(
            rest.get(length..)
                .is_some_and(|end| end.starts_with(b"\r\n")),
        );
        at += length + 1 + pair;
        Some((start, start + length))
    })
}

#[cfg(test)]
mod tests {
    use super::silent;

    fn spoken(text: &str) -> String {
        let silent = silent(text.as_bytes());
        let mut spoken = text.as_bytes().to_vec();
        for (start, end) in silent.iter().rev() {
            spoken.drain(start..end);
        }
        let spoken = String::from_utf8(spoken).unwrap();
        spoken
            .lines()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("/")
    }

    #[test]
    fn of_a_bounce_the_report_is_read() {
        let bounce = "Return-Path: <>\r\nReceived: from mx by mx;\r\n\tMon, 1 Jan\r\nX-Virus-Scanned: yes\r\nSubject: failed\r\n\r\nIt was not taken: 550 no\r\n\r\n--b12345678901234\r\nContent-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  no such user\r\n\r\n--b12345678901234\r\nContent-Type: message/rfc822\r\n\r\nReceived: from a\r\nFrom: me\r\nSubject: spam\r\n\r\nYour virus is ready\r\n";
        assert_eq!(
            spoken(bounce),
            "It was not taken: 550 no/--b12345678901234/Final-Recipient: rfc822; a@b.example/Diagnostic-Code: smtp; 550 5.1.1/  no such user/--b12345678901234"
        );
    }

    #[test]
    fn what_is_no_mail_is_read_whole() {
        for text in [
            "Host: smtp.example.org\nPort: 25\nError: timeout",
            "550 5.7.1 no\nSubject: x\nmore",
        ] {
            let lines = spoken(text).matches('/').count();
            assert_eq!(lines, 2 - usize::from(text.contains("Subject")), "{text}");
        }
    }
}
