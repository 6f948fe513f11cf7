//! The forms of SMTP: what a command begins with, and what a reply (RFC 5321, sections 4.1 and 4.2).

use crate::event::{Enhanced, Verb};

/// The command that begins here.
pub(crate) fn command(rest: &[u8]) -> Option<Verb> {
    // Most words begin with no command's first letter.
    let first = rest.first()?.to_ascii_lowercase();
    if !matches!(
        first,
        b'a' | b'b' | b'd' | b'e' | b'h' | b'l' | b'm' | b'q' | b'r' | b's'
    ) {
        return None;
    }
    let word = |word: &str| {
        rest.get(..word.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(word.as_bytes()))
    };
    // What a command may end with: the line, or what programs write behind it.
    let ends = |length: usize| {
        rest.get(length..).is_some_and(|rest| {
            rest.trim_ascii()
                .iter()
                .all(|byte| matches!(byte, b'\'' | b'"' | b']' | b')' | b'`' | b',' | b'.'))
        })
    };
    let upper = |length: usize| {
        rest.get(..length)
            .is_some_and(|it| it.iter().all(u8::is_ascii_uppercase))
    };
    if word("mail from") {
        return rest
            .get(9)
            .is_some_and(|byte| matches!(byte, b':' | b' '))
            .then_some(Verb::Mail);
    }
    if word("rcpt to") {
        return rest
            .get(7)
            .is_some_and(|byte| matches!(byte, b':' | b' '))
            .then_some(Verb::Rcpt);
    }
    if word("ehlo") || word("helo") || word("lhlo") {
        return (matches!(rest.get(4), Some(b' ')) && one_word(rest.get(5..)?) || ends(4))
            .then_some(Verb::Hello);
    }
    if word("auth ") {
        let mechanism = rest.get(5..)?;
        let known = MECHANISMS.iter().any(|known| {
            mechanism
                .get(..known.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(known.as_bytes()))
        });
        // `AUTH LOGIN PLAIN` is a list of a server's.
        let second = mechanism.split(|byte| *byte == b' ').nth(1);
        let is_list = second.is_some_and(|second| {
            MECHANISMS
                .iter()
                .any(|known| second.trim_ascii().eq_ignore_ascii_case(known.as_bytes()))
        });
        return (known && !is_list).then_some(Verb::Auth);
    }
    if word("bdat ") {
        return rest
            .get(5)
            .is_some_and(u8::is_ascii_digit)
            .then_some(Verb::Bdat);
    }
    let (verb, length) = if word("starttls") {
        (Verb::Starttls, 8)
    } else if word("data") {
        (Verb::Data, 4)
    } else if word("quit") {
        (Verb::Quit, 4)
    } else if word("rset") {
        (Verb::Rset, 4)
    } else {
        return None;
    };
    (ends(length) && (upper(length) || verb != Verb::Data || rest.len() > length)).then_some(verb)
}

/// Whether nothing but one word, and marks behind it, follows.
fn one_word(rest: &[u8]) -> bool {
    let mut words = rest
        .split(u8::is_ascii_whitespace)
        .filter(|word| word.iter().any(u8::is_ascii_alphanumeric));
    words.next().is_some() && words.next().is_none()
}

/// SASL mechanisms that SMTP servers offer.
const MECHANISMS: &[&str] = &[
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "DIGEST-MD5",
    "XOAUTH2",
    "XOAUTH",
    "OAUTHBEARER",
    "NTLM",
    "GSSAPI",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "EXTERNAL",
];

/// The line of a reply that begins here: reply code, enhanced status code, and whether the reply goes on.
pub(crate) fn reply(
    rest: &[u8],
    before: Option<u8>,
) -> Option<(Option<u16>, Option<Enhanced>, bool)> {
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 1 {
        let (enhanced, length) = enhanced(rest)?;
        // A version is no code: text follows a code.
        let text = rest.get(length..)?;
        let is_text = text
            .first()
            .is_some_and(|byte| matches!(byte, b' ' | b'\t'))
            && text
                .trim_ascii_start()
                .first()
                .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'<' | b'['));
        return (is_text && enhanced.class != 2).then_some((None, Some(enhanced), false));
    }
    if digits != 3 {
        return None;
    }
    let code = rest
        .get(..3)?
        .iter()
        .fold(0_u16, |code, digit| code * 10 + u16::from(digit - b'0'));
    let behind = rest.get(3..)?;
    // `422 4.2.2 …`: some make up codes of their own, and put one behind that has a meaning (RFC 3463).
    let has_meaning = || {
        let told = behind.get(1..).and_then(enhanced);
        code >= 400 && told.is_some_and(|(told, _)| u16::from(told.class) == code / 100)
    };
    if !is_reply_code(code) && !has_meaning() {
        return None;
    }
    let (text, goes_on) = match behind {
        [] => return Some((Some(code), None, false)),
        [b'-', text @ ..] => (text, true),
        // The last of a list, as in `("RSET", 250)`.
        [b')' | b']' | b'\'' | b'"', ..] if !matches!(before, Some(b'(' | b'[' | b'\'' | b'"')) => {
            return None;
        }
        // `535 5.7.8`, `535#5.7.8`, `(535, b'5.7.8 …')`, `[530]`, `250: ok`
        [
            b' ' | b'\t' | b'#' | b',' | b')' | b']' | b'\'' | b'"' | b':' | b';',
            text @ ..,
        ] => (text, false),
        _ => return None,
    };
    let text = skip_marks(text);
    let enhanced = enhanced(text).map(|(enhanced, _)| enhanced);
    Some((Some(code), enhanced, goes_on))
}

fn skip_marks(text: &[u8]) -> &[u8] {
    let marks = text
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\'' | b'"' | b'(' | b'[' | b'#'))
        .count();
    let text = text.get(marks..).unwrap_or_default();
    match text {
        [b'b', b'\'' | b'"', rest @ ..] => rest,
        text => text,
    }
}

/// Codes that servers use (RFC 5321, section 4.2; the registry of RFC 5248; and what is seen besides).
const fn is_reply_code(code: u16) -> bool {
    matches!(
        code,
        211 | 214 | 220 | 221 | 235 | 250..=253 | 334 | 354 | 421 | 430..=432 | 441..=442 | 446..=447 | 449..=459
        | 471 | 499 | 500..=505 | 510..=513 | 515 | 521..=525 | 530..=538 | 541 | 544 | 546 | 550..=559 | 570..=579 | 598 | 599
    )
}

/// The enhanced status code that begins here, and its length.
fn enhanced(text: &[u8]) -> Option<(Enhanced, usize)> {
    let mut parts = [0_u16; 3];
    let mut at = 0;
    for (place, part) in parts.iter_mut().enumerate() {
        if place > 0 {
            if text.get(at) != Some(&b'.') {
                return None;
            }
            at += 1;
        }
        let digits = text
            .get(at..)?
            .iter()
            .take(4)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        *part = text
            .get(at..at + digits)?
            .iter()
            .fold(0, |number, digit| number * 10 + u16::from(digit - b'0'));
        at += digits;
    }
    let [class, subject, detail] = parts;
    let goes_on = text
        .get(at)
        .is_some_and(|byte| *byte == b'.' && text.get(at + 1).is_some_and(u8::is_ascii_digit));
    let class = u8::try_from(class)
        .ok()
        .filter(|class| matches!(class, 2 | 4 | 5))?;
    (!goes_on).then_some((
        Enhanced {
            class,
            subject,
            detail,
        },
        at,
    ))
}
