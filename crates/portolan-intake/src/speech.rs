//! Commands and replies by their own form (RFC 5321, sections 4.1 and 4.2), wherever in a line a program puts them.

/// What a line of a dialogue says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Said {
    /// A reply that accepts, by its words.
    Accepted,
    /// A command that nothing but a client says.
    Command,
    /// The greeting of a server.
    Greeting,
    /// A word that is a command, and a word of settings or of a sentence as well: `STARTTLS`, `data`.
    MayBeCommand,
    /// A reply that goes on.
    More,
    /// A reply that refuses.
    Refusal,
    /// Any other reply.
    Reply,
}

/// What a line says, and whether it says it at its very beginning.
pub(crate) fn find(line: &[u8]) -> Option<(Said, bool)> {
    let line = line.get(..MAX_LINE).unwrap_or(line);
    let mut rest = skip_marks(line);
    let mut is_first = true;
    let mut code_alone = None;
    loop {
        match command(rest).or_else(|| reply(rest)) {
            // `code "552", with message "552 line too long"` says it better later.
            Some(Said::Reply) if !is_first => {
                code_alone = code_alone.or(Some((Said::Reply, false)));
            }
            Some(said) => return Some((said, is_first)),
            None => {}
        }
        is_first = false;
        let Some(place) = next_part(rest) else {
            return code_alone;
        };
        rest = skip_marks(rest.get(place..)?);
    }
}

/// Arrows, quotes and lines that programs draw.
fn skip_marks(text: &[u8]) -> &[u8] {
    let marks = text
        .iter()
        .take_while(|byte| !byte.is_ascii_alphanumeric())
        .count();
    text.get(marks..).unwrap_or_default()
}

/// Prefixes of programs are short, and so are commands; replies show what they are at their beginning.
const MAX_LINE: usize = 240;

/// Where what a program wrote in front may end: behind a mark.
fn next_part(rest: &[u8]) -> Option<usize> {
    rest.iter()
        .position(|byte| {
            matches!(
                byte,
                b':' | b';'
                    | b'>'
                    | b'<'
                    | b']'
                    | b'|'
                    | b'\''
                    | b'"'
                    | b'\t'
                    | b','
                    | b'*'
                    | b'~'
                    | b'('
            )
        })
        .map(|place| place + 1)
}

fn command(rest: &[u8]) -> Option<Said> {
    let (word, behind) = word(rest);
    let is = |verb: &str| word.eq_ignore_ascii_case(verb.as_bytes());
    if is("EHLO") || is("HELO") || is("LHLO") || is("VRFY") {
        return one_word(behind).then_some(Said::Command);
    }
    if is("MAIL") || is("RCPT") {
        let (second, behind) = self::word(behind.trim_ascii_start());
        let fits = if is("MAIL") {
            second.eq_ignore_ascii_case(b"FROM")
        } else {
            second.eq_ignore_ascii_case(b"TO")
        };
        return (fits && behind.trim_ascii_start().starts_with(b":")).then_some(Said::Command);
    }
    if is("AUTH") {
        let (mechanism, behind) = self::word(behind.trim_ascii_start());
        let known = MECHANISMS
            .iter()
            .any(|it| mechanism.eq_ignore_ascii_case(it.as_bytes()));
        // Several mechanisms are what a server offers.
        let (second, _) = self::word(behind.trim_ascii_start());
        let is_list = MECHANISMS
            .iter()
            .any(|it| second.eq_ignore_ascii_case(it.as_bytes()));
        return (known && !is_list).then_some(Said::Command);
    }
    if is("BDAT") {
        return behind
            .trim_ascii_start()
            .first()
            .is_some_and(u8::is_ascii_digit)
            .then_some(Said::Command);
    }
    if !ends(behind) {
        return None;
    }
    if matches!(word, b"DATA" | b"QUIT" | b"RSET") {
        return Some(Said::Command);
    }
    (is("STARTTLS") || is("DATA") || is("QUIT")).then_some(Said::MayBeCommand)
}

const MECHANISMS: [&str; 10] = [
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "DIGEST-MD5",
    "XOAUTH2",
    "OAUTHBEARER",
    "NTLM",
    "GSSAPI",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
];

fn word(rest: &[u8]) -> (&[u8], &[u8]) {
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-')
        .count();
    rest.split_at_checked(length).unwrap_or((rest, &[]))
}

/// Whether one word follows, and then nothing but what programs write behind a command.
fn one_word(behind: &[u8]) -> bool {
    if ends(behind) {
        return true;
    }
    let Some(behind) = behind.strip_prefix(b" ") else {
        return false;
    };
    let behind = behind.trim_ascii_start();
    let length = behind
        .iter()
        .take_while(|byte| {
            byte.is_ascii_alphanumeric()
                || matches!(byte, b'.' | b'-' | b'_' | b'[' | b':' | b']' | b'*')
                || !byte.is_ascii()
        })
        .count();
    behind.get(length..).is_some_and(ends)
}

fn ends(behind: &[u8]) -> bool {
    let mut rest = behind;
    loop {
        rest = match rest {
            // `\r\n` as a program prints it.
            [b'\\', b'r' | b'n', rest @ ..] => rest,
            [first, rest @ ..] if !first.is_ascii_alphanumeric() && first.is_ascii() => rest,
            _ => break,
        };
    }
    rest.is_empty()
}

fn reply(rest: &[u8]) -> Option<Said> {
    let code = rest.get(..3)?;
    if !code.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let (text, goes_on) = match rest.get(3..)? {
        [] => (&[][..], false),
        [b'-', text @ ..] => (text, true),
        [
            b' ' | b'\t' | b'#' | b',' | b'\'' | b'"' | b')' | b']' | b':' | b'\\' | b'.' | b';',
            text @ ..,
        ] => (text, false),
        _ => return None,
    };
    if !is_reply_code(code) || is_amount(text) {
        return None;
    }
    // A number before a unit is no reply: `250 messages a day`, `550-600 km`.
    let has_text = text
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'<' | b'[' | b'*'))
        || text
            .iter()
            .filter(|byte| byte.is_ascii_alphabetic())
            .count()
            > 8;
    match code.first() {
        Some(b'2') if code == b"220" && is_greeting(text) => Some(Said::Greeting),
        Some(b'4' | b'5') if has_text || starts_with_enhanced(text) => Some(Said::Refusal),
        _ if goes_on => Some(Said::More),
        Some(b'2') if is_accepted(text) => Some(Said::Accepted),
        Some(b'3') if !text.trim_ascii().is_empty() => Some(Said::Accepted),
        _ => Some(Said::Reply),
    }
}

/// `500 g`, `250 ml`.
fn is_amount(text: &[u8]) -> bool {
    const UNITS: [&str; 12] = [
        "g", "kg", "mg", "ml", "l", "m", "km", "cm", "mm", "kB", "MB", "GB",
    ];
    let (unit, _) = word(text.trim_ascii_start());
    UNITS.iter().any(|it| unit == it.as_bytes())
}

/// `2.1.0 Ok`, `OK queued`.
fn is_accepted(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    matches!(text, [b'2', b'.', digit, b'.', ..] if digit.is_ascii_digit())
        || text
            .get(..3)
            .is_some_and(|it| it.eq_ignore_ascii_case(b"ok "))
}

/// A greeting names the server and what it speaks.
fn is_greeting(text: &[u8]) -> bool {
    text.split(|byte| !byte.is_ascii_alphanumeric())
        .any(|word| word.eq_ignore_ascii_case(b"esmtp") || word.eq_ignore_ascii_case(b"smtp"))
}

/// Whether an enhanced status code (RFC 3463) of a failure stands here.
pub(crate) fn starts_with_enhanced(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let text = text
        .strip_prefix(b"b'")
        .or_else(|| text.strip_prefix(b"b\""))
        .unwrap_or(text);
    enhanced(text).is_some()
}

/// The length of an enhanced status code of a failure that begins here.
pub(crate) fn enhanced(text: &[u8]) -> Option<usize> {
    let [b'4' | b'5', b'.', rest @ ..] = text else {
        return None;
    };
    let subject = digits(rest);
    let rest = rest.get(subject..)?.strip_prefix(b".")?;
    let detail = digits(rest);
    let behind = rest.get(detail..).unwrap_or_default();
    let goes_on = match behind {
        [first, ..] if first.is_ascii_alphanumeric() => true,
        [b'.', second, ..] => second.is_ascii_digit(),
        _ => false,
    };
    ((1..=3).contains(&subject) && (1..=3).contains(&detail) && !goes_on)
        .then_some(3 + subject + detail)
}

fn digits(text: &[u8]) -> usize {
    text.iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

/// Codes that servers use (RFC 5321, section 4.2, the registry of RFC 5248, and what is seen besides).
pub(crate) fn is_reply_code(code: &[u8]) -> bool {
    let number = code
        .iter()
        .fold(0_u16, |number, digit| number * 10 + u16::from(digit & 15));
    matches!(
        number,
        211 | 214 | 220 | 221 | 235 | 250..=253 | 334 | 354 | 421 | 430..=432 | 441 | 442 | 446 | 447 | 449..=459
            | 471 | 499 | 500..=505 | 510..=513 | 515 | 521..=525 | 530..=538 | 541 | 544 | 546 | 550..=559 | 570..=579
            | 598 | 599
    )
}

#[cfg(test)]
mod tests {
    use super::{Said, enhanced, find};

    #[test]
    fn programs_put_it_where_they_like() {
        for (line, said) in [
            (&b"EHLO client.example.com"[..], Said::Command),
            (b" -> EHLO laptop.example.net", Said::Command),
            (
                b"CLIENT -> SERVER: MAIL FROM:<a@example.com>",
                Said::Command,
            ),
            (br"send: 'ehlo build.example.net\r\n'", Said::Command),
            (
                b"[2024-05-02 08:12:02] DEBUG [a1] C: STARTTLS",
                Said::MayBeCommand,
            ),
            (b"<~* 535 5.7.8 no", Said::Refusal),
            (b"  SMTP<< 220 mx.example.org ESMTP", Said::Greeting),
            (b"reply: b'250-mx.example.org'", Said::More),
            (b"250 2.1.0 Ok", Said::Accepted),
            ("└──250 CHUNKING".as_bytes(), Said::Reply),
            (
                b"got code \"552\", with message \"552 line too long\"",
                Said::Refusal,
            ),
        ] {
            assert_eq!(
                find(line).map(|it| it.0),
                Some(said),
                "{}",
                line.escape_ascii()
            );
        }
    }

    #[test]
    fn words_and_numbers_are_none() {
        for line in [
            &b"the data is here"[..],
            b"Port: 587",
            b"helo there my friend",
            b"mail from Ann",
            b"AUTH LOGIN PLAIN",
            b"999 bottles",
        ] {
            assert_eq!(find(line), None, "{}", line.escape_ascii());
        }
        assert_eq!(enhanced(b"5.7.1 no"), Some(5));
        assert_eq!(enhanced(b"5.15.0.1"), None);
    }
}
