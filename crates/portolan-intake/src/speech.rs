//! Commands and replies, wherever a program puts them.

/// What a text holds of a dialogue.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Speech {
    /// Commands of a client that name something.
    pub(crate) commands: usize,
    /// Commands of one word, which may be a word of a page as well.
    pub(crate) words: usize,
    /// Replies of a server that begin a line, or stand behind a program's mark.
    pub(crate) replies: usize,
    /// Replies that say no.
    pub(crate) refusals: usize,
    /// Signs of a tool that shows sessions.
    pub(crate) tools: usize,
}

impl Speech {
    pub(crate) fn of(text: &str) -> Self {
        let mut speech = Self::default();
        for line in text.lines() {
            let line = line.trim();
            let own = said(line);
            if is_word(own) {
                speech.words += 1;
            } else if is_command(own) {
                speech.commands += 1;
            } else if let Some(class) = reply(own) {
                speech.replies += 1;
                speech.refusals += usize::from(class >= b'4');
            }
            let lower = line.to_ascii_lowercase();
            speech.tools += usize::from(TOOLS.iter().any(|mark| lower.contains(mark)));
        }
        speech
    }
}

/// What programs say that show sessions.
const TOOLS: &[&str] = &[
    "server -> client:",
    "client -> server:",
    "connected to ",
    "escape character is",
    "trying ",
    "connected(0",
    "~> ",
    "<~ ",
    "-> ",
    "<- ",
    "*** ",
    "=== connected",
    "=== trying",
    "s_client",
    "read from ",
    "debug smtp:",
    "debug: smtp",
    "send: '",
    "reply: '",
    "reply: b'",
    "starting tls negotiation",
    "* connect",
    "resolved ",
];

/// A line without what a program puts before what was said: a time, a direction, a name with a colon.
fn said(line: &str) -> &str {
    let mut rest = line;
    // `[time] DEBUG [id] S: 220 …`
    let head = line
        .char_indices()
        .nth(LONGEST_HEAD)
        .map_or(line.len(), |(at, _)| at);
    for mark in [" S: ", " C: ", "] S:", "] C:"] {
        if let Some(at) = line.get(..head).and_then(|head| head.find(mark)) {
            rest = line.get(at + mark.len()..).unwrap_or(rest);
        }
    }
    for _ in 0..MOST_MARKS {
        let before = rest;
        rest = rest.trim_start_matches(|it: char| {
            it.is_whitespace()
                || matches!(
                    it,
                    '>' | '<' | '~' | '-' | '=' | '*' | '|' | '[' | '"' | '\'' | '`' | '\\'
                )
        });
        rest = rest.strip_prefix("b'").unwrap_or(rest);
        // `SERVER -> CLIENT:`, `C:`, `send:`, `[2026-01-01 10:00:00]`, `10:00:00.123`
        if let Some((mark, after)) = rest.split_once([':', ']']) {
            let is_mark = mark.len() <= LONGEST_MARK
                && !is_command(rest)
                && reply(rest).is_none()
                && mark
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || " ->._/#()+-,".contains(it));
            if is_mark && !after.is_empty() {
                rest = after;
            }
        }
        if let Some((mark, after)) = rest.split_once(char::is_whitespace)
            && (is_time(mark)
                || mark.eq_ignore_ascii_case("client")
                || mark.eq_ignore_ascii_case("server"))
        {
            rest = after;
        }
        if rest == before {
            break;
        }
    }
    rest
}

const LONGEST_HEAD: usize = 64;
const MOST_MARKS: usize = 6;
const LONGEST_MARK: usize = 34;

/// A time, or a part of one, alone.
fn is_time(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits >= 2
        && reply(word).is_none()
        && word.contains([':', '.', '-', ',', 'T'])
        && word
            .chars()
            .all(|it| it.is_ascii_digit() || ":.,-+TZ]".contains(it))
}

/// RFC 5321, section 4.1; RFC 3207; RFC 4954; RFC 2033.
fn is_command(text: &str) -> bool {
    let upper: String = text
        .chars()
        .take(16)
        .collect::<String>()
        .to_ascii_uppercase();
    let word = |name: &str| {
        upper.strip_prefix(name).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([' ', '\r', '\\', '"', '\'', '.'])
        })
    };
    let has_letters = |names: &[&str]| names.iter().any(|name| word(name));
    upper.starts_with("MAIL FROM:")
        || upper.starts_with("RCPT TO:")
        || (has_letters(&["EHLO", "HELO", "LHLO", "AUTH"]) && upper.len() > 5)
        || is_word(text)
}

/// `STARTTLS`, `DATA`, `QUIT`, `RSET`, and nothing else.
fn is_word(text: &str) -> bool {
    let bare = text.trim_end_matches(['\\', 'r', 'n', '"', '\'', ' ', '.']);
    ["STARTTLS", "DATA", "QUIT", "RSET"]
        .iter()
        .any(|word| bare.eq_ignore_ascii_case(word))
}

/// How many refusals are told within lines: by an enhanced status code, or by words that announce a code.
pub(crate) fn told(lower: &str) -> usize {
    const ANNOUNCE: [&str; 7] = [
        "code \"",
        "code: ",
        "code ",
        "retcode (",
        "smtp;",
        "said: ",
        "error: ",
    ];
    let digits = |it: &str, many: usize| {
        it.len() >= many && it.bytes().take(many).all(|it| it.is_ascii_digit())
    };
    let is_refusal = |it: &str| it.starts_with(['4', '5']) && digits(it, 3) && !digits(it, 4);
    let announced: usize = ANNOUNCE
        .iter()
        .map(|word| {
            lower
                .match_indices(word)
                .filter(|(at, word)| lower.get(at + word.len()..).is_some_and(is_refusal))
                .count()
        })
        .sum();
    let enhanced = lower
        .split(|it: char| !(it.is_ascii_digit() || it == '.'))
        .filter(|word| {
            let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
            matches!(parts.as_slice(), ["4" | "5", subject, detail]
                if subject.len() == 1 && (1..=3).contains(&detail.len()) && detail.parse::<u16>().is_ok())
        })
        .count();
    announced + enhanced
}

/// The first digit of a reply: three digits, then a blank, a hyphen or the end.
fn reply(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [
            class @ b'2'..=b'5',
            b'0'..=b'5' | b'7',
            b'0'..=b'9',
            rest @ ..,
        ] => match rest.first() {
            // A number alone is a cell of a table.
            Some(b' ' | b'-' | b'*') => Some(*class),
            _ => None,
        },
        _ => None,
    }
}
