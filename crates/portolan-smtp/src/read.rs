//! Finds what client and server said, in whatever a program wrote around it.
//!
//! No dialect is asked for: a command or a reply is known by its own form, and may begin where a line does or behind
//! something that is no word: `C: `, `>>> `, `SMTP<< `, `reply: b'`, `250)`, a time, a bracket.

use portolan_report::Span;

use crate::event::{Enhanced, Event, EventKind, Verb};

/// All that was said, in its order; the stages are `session`'s work.
pub(crate) fn read(text: &[u8]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    // The reply that may go on in the next line: its place in `events`, and whether its last line said so.
    let mut open: Option<Open> = None;
    let mut told_until = 0;
    for (start, line) in lines(text) {
        if start < told_until {
            continue;
        }
        // Python's smtplib tells every reply a second time.
        if line
            .windows(TOLD_AGAIN.len())
            .any(|words| words == TOLD_AGAIN)
        {
            let rest = text.get(start..).unwrap_or_default();
            told_until = start
                + rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .unwrap_or(rest.len());
            continue;
        }
        if let Some(said) = said_in(line) {
            let (at, end) = (start + said.start, start + said.end);
            match (said.kind, &mut open) {
                (EventKind::Reply { code, enhanced }, Some(before))
                    if before.goes_on && code.is_some() && code == before.code =>
                {
                    before.goes_on = said.goes_on;
                    if let Some(event) = events.last_mut() {
                        event.span.end = place(end);
                        if let EventKind::Reply {
                            enhanced: first, ..
                        } = &mut event.kind
                        {
                            *first = first.or(enhanced);
                        }
                    }
                    continue;
                }
                _ => {}
            }
            open = match said.kind {
                EventKind::Reply { code, .. } => Some(Open {
                    code,
                    goes_on: said.goes_on,
                }),
                EventKind::Command(_) => None,
            };
            if events.len() >= MOST {
                break;
            }
            events.push(Event {
                span: Span {
                    start: place(at),
                    end: place(end),
                },
                session: 0,
                stage: None,
                kind: said.kind,
                is_recovered: false,
                is_consequence: false,
            });
        }
    }
    // Words that are commands make no session where nobody answers.
    let answers = |event: &Event| matches!(event.kind, EventKind::Reply { .. });
    if !events.iter().any(answers) {
        events.clear();
    }
    events
}

const TOLD_AGAIN: &[u8] = b"reply: retcode (";

struct Open {
    code: Option<u16>,
    goes_on: bool,
}

/// More than this is a log, which is read in a stream.
const MOST: usize = 20_000;

fn place(at: usize) -> u64 {
    u64::try_from(at).unwrap_or(u64::MAX)
}

/// The lines of a text with their places. The marks that programs write for a line's end end one too.
fn lines(text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, mark) = line_end(rest);
        let start = at;
        at += length + mark;
        Some((start, rest.get(..length)?))
    })
}

/// How long the line is, and how long the mark of its end.
fn line_end(rest: &[u8]) -> (usize, usize) {
    const MARKS: &[&[u8]] = &[
        b"\\r\\n", b"\\n", b"<br />", b"<br/>", b"<br>", b"\n", b"\r",
    ];
    let mut from = 0;
    while let Some(found) = rest.get(from..).and_then(|rest| {
        rest.iter()
            .position(|byte| matches!(byte, b'\n' | b'\r' | b'\\' | b'<'))
    }) {
        let at = from + found;
        let here = rest.get(at..).unwrap_or_default();
        if let Some(mark) = MARKS.iter().find(|mark| here.starts_with(mark)) {
            return (at, mark.len());
        }
        from = at + 1;
    }
    (rest.len(), 0)
}

/// Something that a line says, by its place in the line.
struct SaidInLine {
    start: usize,
    end: usize,
    kind: EventKind,
    goes_on: bool,
}

/// Commands and replies of a line: the first place where one may begin, and behind a reply nothing.
fn said_in(line: &[u8]) -> Option<SaidInLine> {
    let mut may_begin = true;
    let mut accepted = None;
    let mut at = 0;
    while let Some(byte) = line.get(at) {
        if at > FAR {
            break;
        }
        if may_begin && byte.is_ascii_alphanumeric() {
            let rest = line.get(at..)?;
            if let Some(verb) = command(rest).filter(|_| accepted.is_none()) {
                return Some(SaidInLine {
                    start: at,
                    end: line.len(),
                    kind: EventKind::Command(verb),
                    goes_on: false,
                });
            }
            let before = at.checked_sub(1).and_then(|before| line.get(before));
            if let Some((code, enhanced, goes_on)) = reply(rest, before.copied()) {
                let said = SaidInLine {
                    start: at,
                    end: line.len(),
                    kind: EventKind::Reply { code, enhanced },
                    goes_on,
                };
                if said.kind.refuses() || goes_on {
                    return Some(said);
                }
                // `expected [250] but got [530 …]`: what was refused counts.
                accepted = accepted.or(Some(said));
            }
        }
        // `b'` is how Python marks bytes.
        let is_python =
            *byte == b'b' && may_begin && matches!(line.get(at + 1), Some(b'\'' | b'"'));
        may_begin = match byte {
            b' ' | b'\t' => may_begin,
            _ if is_python => true,
            byte => {
                !byte.is_ascii_alphanumeric()
                    && byte.is_ascii()
                    && !matches!(byte, b'/' | b'.' | b'@' | b'-' | b'_' | b'=' | b'%' | b'<')
                    || opens_behind(line, at)
            }
        };
        at += 1;
    }
    accepted
}

/// Behind `--> `, `<- `, `<< `, `= ` speech may begin, behind `a-` or `<a` it may not.
fn opens_behind(line: &[u8], at: usize) -> bool {
    matches!(line.get(at), Some(b'-' | b'<' | b'='))
        && matches!(line.get(at + 1), Some(b' ' | b'\t'))
        || line.get(at).is_some_and(|byte| !byte.is_ascii())
}

/// Prefixes of logs are long; what stands farther behind is prose.
const FAR: usize = 400;

/// The command that begins here.
fn command(rest: &[u8]) -> Option<Verb> {
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
fn reply(rest: &[u8], before: Option<u8>) -> Option<(Option<u16>, Option<Enhanced>, bool)> {
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
    if !is_reply_code(code) {
        return None;
    }
    let behind = rest.get(3..)?;
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
        211 | 214 | 220 | 221 | 235 | 250..=253 | 334 | 354 | 420..=422 | 430..=432 | 441..=442 | 446..=447 | 449..=459
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
