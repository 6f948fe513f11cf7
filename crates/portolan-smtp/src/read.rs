//! Finds what client and server said, in whatever a program wrote around it.
//!
//! No dialect is asked for: a command or a reply is known by its own form, and may begin where a line does or behind
//! something that is no word: `C: `, `>>> `, `SMTP<< `, `reply: b'`, `250)`, a time, a bracket.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use portolan_report::Span;

use crate::event::{Event, EventKind, Verb};
use crate::off_topic::FILES;
use crate::speech::{command, reply};

/// All that was said, in its order; the stages are `session`'s work.
pub(crate) fn read(text: &[u8], silent: &[(usize, usize)]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    // The reply that may go on in the next line: its place in `events`, and whether its last line said so.
    let mut open: Option<Open> = None;
    let mut told_until = 0;
    let may_be_told_again = TOLD_AGAIN.find(text).is_some();
    // How many lines may still go on with the reply of a report, which folds it.
    let mut folded = 0;
    let all = spoken(text, silent).flat_map(|(base, part)| lines(base, part));
    for (start, line) in all {
        if start < told_until {
            continue;
        }
        // Python's smtplib tells every reply a second time.
        if may_be_told_again && TOLD_AGAIN.find(line).is_some() {
            let rest = text.get(start..).unwrap_or_default();
            told_until = start
                + rest
                    .iter()
                    .position(|byte| *byte == b'\n')
                    .unwrap_or(rest.len());
            continue;
        }
        let said = said_in(line);
        let own_code = said.as_ref().and_then(|said| said.kind.codes().0);
        let is_command = said
            .as_ref()
            .is_some_and(|said| matches!(said.kind, EventKind::Command(_)));
        if folded > 0 && own_code.is_none() && !is_command && is_folded(line) {
            folded -= 1;
            if let Some(event) = events.last_mut() {
                event.span.end = place(start + line.len());
                if let (
                    EventKind::Reply { enhanced, .. },
                    Some(EventKind::Reply { enhanced: more, .. }),
                ) = (&mut event.kind, said.map(|said| said.kind))
                {
                    *enhanced = enhanced.or(more);
                }
            }
            continue;
        }
        folded = 0;
        if let Some(said) = said {
            let (at, end) = (start + said.start, start + said.end);
            if said.kind.refuses() && folds(line.get(..said.start).unwrap_or_default()) {
                folded = MOST_FOLDED;
            }
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
                (EventKind::Reply { code: None, .. }, _)
                    if events
                        .last()
                        .is_some_and(|last| is_next_line(last, said.kind, at)) =>
                {
                    if let Some(event) = events.last_mut() {
                        event.span.end = place(end);
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

/// Whether a reply is the next line of a refusal whose reply code a client took off: `5.7.14 Please log in`.
fn is_next_line(last: &Event, next: EventKind, at: usize) -> bool {
    let gap = place(at).saturating_sub(last.span.end);
    let (_, enhanced) = next.codes();
    enhanced.is_some() && last.kind.refuses() && last.kind.codes().1 == enhanced && gap < BETWEEN
}

/// So far apart stand two lines of one reply, whatever marks the end of a line, in bytes.
const BETWEEN: u64 = 4;

/// Whether what stands before a reply is of a report that folds its lines: Postfix's, or a field (RFC 3464).
fn folds(before: &[u8]) -> bool {
    const WORDS: [&[u8]; 3] = [b"said:", b"refused to talk to me:", b"diagnostic-code:"];
    if memchr::memchr(b':', before).is_none() {
        return false;
    }
    let before = before.to_ascii_lowercase();
    WORDS
        .iter()
        .any(|words| memchr::memmem::find(&before, words).is_some())
}

/// Whether a line goes on with the one before.
fn is_folded(line: &[u8]) -> bool {
    let words = line.trim_ascii();
    // A frame of a stack is no speech.
    matches!(line, [b' ' | b'\t', ..]) && !words.is_empty() && !words.starts_with(b"at ")
}

/// A reply is no longer, in lines of a report.
const MOST_FOLDED: u32 = 12;

static TOLD_AGAIN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("reply: retcode ("));

struct Open {
    code: Option<u16>,
    goes_on: bool,
}

/// More than this is a log, which is read in a stream.
const MOST: usize = 20_000;

fn place(at: usize) -> u64 {
    u64::try_from(at).unwrap_or(u64::MAX)
}

/// The parts of a text that are looked at, with their places.
fn spoken<'text>(
    text: &'text [u8],
    silent: &'text [(usize, usize)],
) -> impl Iterator<Item = (usize, &'text [u8])> {
    let mut at = 0;
    let ends = silent.iter().copied().chain([(text.len(), text.len())]);
    ends.filter_map(move |(start, end)| {
        let base = at;
        at = end;
        text.get(base..start)
            .filter(|part| !part.is_empty())
            .map(|part| (base, part))
    })
}

/// The lines of a part with their places. The marks that programs write for a line's end end one too.
fn lines(base: usize, text: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let has_breaks = memchr::memchr_iter(b'<', text).any(|at| {
        let here = text.get(at..).unwrap_or_default();
        here.starts_with(b"<br") || here.starts_with(b"<CRLF>")
    });
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let (length, mark) = line_end(rest, has_breaks);
        let start = at;
        at += length + mark;
        Some((base + start, rest.get(..length)?))
    })
}

/// How long the line is, and how long the mark of its end.
fn line_end(rest: &[u8], has_breaks: bool) -> (usize, usize) {
    const MARKS: &[&[u8]] = &[
        b"\\r\\n", b"\\n", b"<CRLF>", b"<br />", b"<br/>", b"<br>", b"\n", b"\r",
    ];
    let (mut end, mut mark) = (rest.len(), 0);
    for at in memchr::memchr3_iter(b'\n', b'\r', b'\\', rest) {
        let here = rest.get(at..).unwrap_or_default();
        if let Some(found) = MARKS.iter().find(|mark| here.starts_with(mark)) {
            (end, mark) = (at, found.len());
            break;
        }
    }
    if has_breaks {
        let line = rest.get(..end).unwrap_or_default();
        for at in memchr::memchr_iter(b'<', line) {
            let here = line.get(at..).unwrap_or_default();
            if let Some(found) = MARKS.iter().find(|mark| here.starts_with(mark)) {
                return (at, found.len());
            }
        }
    }
    (end, mark)
}

/// Something that a line says, by its place in the line.
struct SaidInLine {
    start: usize,
    end: usize,
    kind: EventKind,
    goes_on: bool,
}

/// Whether a number counts something else: `line 501, in send`, `smtp.rb:214:`, `512 bytes`, `"http_code": 500`.
fn is_counted(line: &[u8], at: usize) -> bool {
    if is_line_of_file(line, at) || is_of_bytes(line, at) {
        return true;
    }
    let before = line.get(at.saturating_sub(14)..at).unwrap_or_default();
    let before = before.trim_ascii_end();
    let is = |word: &[u8]| word.eq_ignore_ascii_case(b"http");
    before
        .last_chunk::<4>()
        .is_some_and(|last| last.eq_ignore_ascii_case(b"line"))
        || before.windows(4).any(is)
        || before.ends_with(b" -n")
}

/// Whether a number counts bytes: `{ [512 bytes data]`, as curl says of TLS.
fn is_of_bytes(line: &[u8], at: usize) -> bool {
    line.get(at + 3..)
        .is_some_and(|rest| rest.starts_with(b" bytes"))
}

/// Whether a number stands behind the name of a program's file and a colon.
fn is_line_of_file(line: &[u8], at: usize) -> bool {
    let Some(name) = line.get(..at).and_then(|before| before.strip_suffix(b":")) else {
        return false;
    };
    let last = name.rsplit(|byte| !byte.is_ascii_alphanumeric()).next();
    let begins = last.and_then(|last| name.len().checked_sub(last.len() + 1));
    begins.and_then(|dot| name.get(dot)) == Some(&b'.')
        && last.is_some_and(|last| {
            FILES
                .iter()
                .any(|known| last.eq_ignore_ascii_case(known.as_bytes()))
        })
}

/// Commands and replies of a line: the first place where one may begin, and behind a reply nothing.
fn said_in(line: &[u8]) -> Option<SaidInLine> {
    let mut may_begin = true;
    let mut accepted = None;
    // `S 220 ready`, `C EHLO a`: a letter says who speaks.
    let mut at = match line {
        [b'S' | b'C', b' ', ..] => 2,
        _ => 0,
    };
    while let Some(byte) = line.get(at) {
        if at > FAR {
            break;
        }
        if may_begin && byte.is_ascii_alphanumeric() {
            let rest = line.get(at..)?;
            // Ruby's stack names functions so: ``in `quit'``.
            let is_frame = || {
                let before = line.get(..at).unwrap_or_default();
                before.ends_with(b"in `") || before.ends_with(b"in '")
            };
            let is_free = |_: &Verb| accepted.is_none() && !is_frame();
            if let Some(verb) = command(rest).filter(is_free) {
                return Some(SaidInLine {
                    start: at,
                    end: line.len(),
                    kind: EventKind::Command(verb),
                    goes_on: false,
                });
            }
            let before = at.checked_sub(1).and_then(|before| line.get(before));
            let said = reply(rest, before.copied()).filter(|_| !is_counted(line, at));
            if let Some((code, enhanced, goes_on)) = said {
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

/// Behind `--> `, `<- `, `<< `, `= ` speech may begin, behind `a-` or `<a` it may not; Sendmail logs `reply=550 no`.
fn opens_behind(line: &[u8], at: usize) -> bool {
    matches!(line.get(at), Some(b'-' | b'<' | b'='))
        && matches!(line.get(at + 1), Some(b' ' | b'\t'))
        || line.get(..=at).is_some_and(|it| it.ends_with(b", reply="))
        || line.get(at).is_some_and(|byte| !byte.is_ascii())
}

/// Prefixes of logs are long; what stands farther behind is prose.
const FAR: usize = 400;
