//! What a text says about the encryption of a port.

use crate::ReadTls;
use crate::meaning::Meaning;
use crate::numbers::{self, is_reading};
use crate::page::{Line, Page};
use crate::ports::Mention;
use crate::token::{Kind, Token};

/// What was said, and by which token.
pub(crate) type Said = Option<(Meaning, usize)>;

/// What the said means at a port.
pub(crate) fn resolve(port: u16, said: Meaning) -> Option<ReadTls> {
    let implicit = numbers::is_implicit(port);
    if said.has(Meaning::IMPLICIT) || implicit && said.has(Meaning::SSL) {
        return Some(ReadTls::Implicit);
    }
    if said.has(Meaning::START) {
        return Some(ReadTls::StartTls);
    }
    // SSL, or SSL/TLS, at a port of STARTTLS says nothing sure.
    if said.has(Meaning::SSL) {
        return None;
    }
    if said.has(Meaning::TLS) {
        return Some(if implicit {
            ReadTls::Implicit
        } else {
            ReadTls::StartTls
        });
    }
    said.has(Meaning::PLAIN).then_some(ReadTls::None)
}

/// Settles what single words say: switches that are off, and encryption that is absent.
pub(crate) fn settle(page: &mut Page) {
    for at in 0..page.tokens.len() {
        let Some(token) = page.tokens.get(at).filter(|token| token.kind == Kind::Word) else {
            continue;
        };
        let meaning = token.meaning;
        let value = value_of(page, at);
        let before = at
            .checked_sub(1)
            .map_or(Meaning::default(), |before| page.meaning_at(before));
        let mut settled = meaning;
        if meaning.has(Meaning::ANY_TLS.without(Meaning::PLAIN)) {
            let named =
                token.text.contains('_') && page.token(at + 1).is_some_and(|token| token.is('`'));
            let off =
                value.is_some_and(|value| value.has(Meaning::NO) && !value.has(Meaning::ANY_TLS));
            // `TLS not required`
            let after = (at + 1..=at + 2).any(|next| {
                page.token(next).is_some_and(|next| {
                    next.kind == Kind::Word
                        && next.clause == token.clause
                        && next.meaning.has(Meaning::NOT)
                })
            }) && page
                .token(at + 1)
                .is_some_and(|next| next.kind == Kind::Word);
            if off || named || after {
                settled = meaning.without(Meaning::ANY_TLS).and(Meaning::OFF);
            } else if before.has(Meaning::WITHOUT.and(Meaning::NOT)) {
                settled = meaning.without(Meaning::ANY_TLS).and(Meaning::PLAIN);
            }
        } else if meaning.has(Meaning::SECKEY) {
            let value = value.unwrap_or_default();
            if value.has(Meaning::NO) && token.text != "secure" && !value.has(Meaning::ANY_TLS) {
                settled = meaning.and(Meaning::PLAIN);
            } else if value.has(Meaning::YES) && token.text == "secure" {
                settled = meaning.and(Meaning::IMPLICIT);
            }
        }
        if let Some(said) = in_column(page, at, meaning) {
            settled = settled.and(said);
        }
        if let Some(token) = page.tokens.get_mut(at) {
            token.meaning = settled;
        }
    }
}

/// What a cell that says yes or no means in a column about encryption.
fn in_column(page: &Page, at: usize, meaning: Meaning) -> Option<Meaning> {
    if !meaning.has(Meaning::YES.and(Meaning::NO)) {
        return None;
    }
    let line = page.lines.partition_point(|line| line.to <= at);
    let line = page.lines.get(line).filter(|line| line.row)?;
    let cell = page.token(at)?.cell;
    let alone = |side: Option<usize>| {
        side.is_none_or(|side| {
            side < line.from
                || side >= line.to
                || page
                    .token(side)
                    .is_none_or(|token| token.is('|') || token.is('\t'))
        })
    };
    if !alone(at.checked_sub(1)) || !alone(Some(at + 1)) {
        return None;
    }
    let column = page.column(line, cell);
    if meaning.has(Meaning::YES) {
        let said = column.only(Meaning::ANY_TLS);
        return (said != Meaning::default()).then_some(said);
    }
    column.has(Meaning::SECKEY).then_some(Meaning::PLAIN)
}

/// What the value of a key says: `ssl: true`, `"ssl" => false`, a cell behind.
fn value_of(page: &Page, key: usize) -> Option<Meaning> {
    let mut joined = false;
    for at in key + 1..=key + 5 {
        let token = page.token(at)?;
        match token.kind {
            Kind::Sign(':' | '=' | '\t' | '|' | '>') => joined = true,
            Kind::Sign('"' | '\'' | '`' | ']') => {}
            // `tls_starttls off`
            Kind::Word if at == key + 1 && matches!(token.text.as_str(), "on" | "off") => {
                return Some(token.meaning);
            }
            Kind::Word | Kind::Number(_) if joined => {
                let meaning = if token.text == "1" {
                    Meaning::YES
                } else {
                    token.meaning
                };
                return (token.clause >= page.token(key)?.clause).then_some(meaning);
            }
            Kind::Figure if joined && token.text == "0" => return Some(Meaning::NO),
            _ => return None,
        }
    }
    None
}

/// What stands between two tokens: the first that speaks, and STARTTLS wherever it is named.
pub(crate) fn between(page: &Page, from: usize, to: usize) -> Said {
    let mut said: Said = None;
    for at in from..to.min(from + MAX_RANGE) {
        let meaning = page.meaning_at(at).only(Meaning::ANY_TLS);
        if meaning == Meaning::default() {
            continue;
        }
        said = Some(match said {
            None => (meaning, at),
            Some((before, place)) if before == Meaning::PLAIN && !meaning.has(Meaning::PLAIN) => {
                (meaning, place)
            }
            Some((before, place)) if meaning.has(Meaning::PLAIN) => (before, place),
            Some((before, place)) => (before.and(meaning), place),
        });
    }
    said
}

/// What the line says of the ports of a list, whose first and last tokens are given.
pub(crate) fn in_line(page: &Page, line: &Line, first: usize, last: usize) -> Said {
    let start = previous_port(page, line, first);
    let end = next_port(page, line, last);
    let clause_of = |at: usize| {
        page.token(at)
            .and_then(|token| page.clauses.get(token.clause))
    };
    let clause = clause_of(first)?;
    let sentence = clause.sentence;
    // `SSL: 465`, `STARTTLS 587`, `SSL-Port: 465`, `SMTP (SSL) 465`: right before it.
    let mut place = first;
    let mut steps = 0;
    while place > start && steps < 6 {
        place -= 1;
        steps += 1;
        let Some(token) = page.token(place) else {
            break;
        };
        let meaning = token.meaning;
        if meaning.has(Meaning::ANY_TLS) {
            let direct = (place + 1..first).all(|at| {
                page.token(at).is_some_and(|token| match token.kind {
                    Kind::Sign(sign) => {
                        matches!(sign, ':' | '=' | '(' | ')' | '"' | '*' | '`' | '-' | '#')
                    }
                    _ => token.meaning.has(Meaning::PORT),
                })
            });
            // What follows in parentheses knows better.
            let remark = page.token(last + 1).is_some_and(|token| token.is('('))
                && between(page, last + 1, end.min(last + 8)).is_some();
            let own = page
                .token(place)
                .is_some_and(|token| !token.text.contains('_') || token.meaning.has(Meaning::PORT));
            if direct
                && own
                && !remark
                && clause_of(place).is_some_and(|clause| clause.sentence == sentence)
            {
                let from = (0..3).fold(place, |from, _| {
                    if from > start && joins(page, from) {
                        from - 1
                    } else {
                        from
                    }
                });
                return between(page, from, place + 1);
            }
            break;
        }
        if !matches!(token.kind, Kind::Sign(_)) && !meaning.has(Meaning::PORT) {
            break;
        }
    }
    let until = (last + 1..end.min(last + MAX_RANGE))
        .find(|at| clause_of(*at).is_none_or(|clause| clause.sentence != sentence))
        .unwrap_or(end);
    let from = (start..first)
        .find(|at| clause_of(*at).is_some_and(|clause| clause.sentence == sentence))
        .unwrap_or(first);
    if line.row {
        return between(page, last + 1, until).or_else(|| between(page, from, first));
    }
    let own = |at: &usize| {
        page.token(*at).map(|token| token.clause) == page.token(first).map(|token| token.clause)
    };
    let clause_end = clause.to.min(until).max(last + 1);
    let clause_start = (from..=first).find(own).unwrap_or(first);
    between(page, last + 1, clause_end)
        .or_else(|| between(page, clause_start, first))
        .or_else(|| between(page, last + 1, until))
        .or_else(|| between(page, from, first))
        .or_else(|| opening(page, line, sentence, first))
}

/// What opens a sentence about several ports: `With SSL: IMAP 993, SMTP 465`.
fn opening(page: &Page, line: &Line, sentence: usize, first: usize) -> Said {
    let of_sentence = |at: usize| {
        page.token(at)
            .and_then(|token| page.clauses.get(token.clause))
            .is_some_and(|clause| clause.sentence == sentence)
    };
    let from =
        (line.from.max(first.saturating_sub(MAX_RANGE))..first).find(|at| of_sentence(*at))?;
    let colon = (from..first).find(|at| {
        page.token(*at)
            .is_some_and(|token| token.is(':') || token.port().is_some())
    })?;
    page.token(colon)?
        .is(':')
        .then(|| between(page, from, colon))
        .flatten()
}

/// What the other statements of a line of a program say, where its ports are one list.
pub(crate) fn in_program(page: &Page, line: &Line, list: &[Mention]) -> Said {
    let first = list.first()?.token;
    let end = list.last()?.token;
    let has = |sign| {
        page.tokens_of(line)
            .iter()
            .take(MAX_PROGRAM)
            .any(|token| token.is(sign))
    };
    let program = has('=') || has('(') && has(';');
    let from = line.from.max(first.saturating_sub(MAX_RANGE));
    let alone = previous_port(page, line, first) == from
        && next_port(page, line, end) == line.to.min(end + MAX_RANGE);
    if !program || !alone {
        return None;
    }
    between(page, end + 1, line.to).or_else(|| between(page, from, first))
}

fn joins(page: &Page, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| page.token(before));
    before.is_some_and(|token| token.is('/') || token.meaning.has(Meaning::ANY_TLS))
}

/// The token behind the last port, or start of the line, before `first`. Ports of reading mail that say nothing of their
/// own are passed: `with SSL: 993 (IMAP), 465 (SMTP)`.
fn previous_port(page: &Page, line: &Line, first: usize) -> usize {
    let from = line.from.max(first.saturating_sub(MAX_RANGE));
    let mut end = first;
    loop {
        let found = (from..end)
            .rev()
            .find(|at| page.token(*at).is_some_and(is_port));
        let Some(at) = found else { return from };
        let reads = page.token(at).and_then(Token::port).is_some_and(is_reading);
        if !reads || line.row || between(page, at + 1, end).is_some() {
            return at + 1;
        }
        end = at;
    }
}

/// The first port, or end of the line, behind `last`.
fn next_port(page: &Page, line: &Line, last: usize) -> usize {
    let to = line.to.min(last + MAX_RANGE);
    (last + 1..to)
        .find(|at| page.token(*at).is_some_and(is_port))
        .unwrap_or(to)
}

fn is_port(token: &Token) -> bool {
    token
        .port()
        .is_some_and(|port| numbers::is_known(port) || is_reading(port))
}

/// What the other cells of the row, and the heading of the column, say.
pub(crate) fn in_row(
    page: &Page,
    line: &Line,
    mention: &Mention,
    first: usize,
    last: usize,
) -> Said {
    if !line.row {
        return None;
    }
    let cell = page.token(mention.token)?.cell;
    let header = page.column(line, cell).only(Meaning::ANY_TLS);
    between(page, last + 1, next_port(page, line, last))
        .or_else(|| (header != Meaning::default()).then_some((header, mention.token)))
        .or_else(|| between(page, previous_port(page, line, first), first))
        .or_else(|| column_below(page, line, mention, cell))
}

/// The cell of the same column, in the rows below that speak of encryption.
fn column_below(page: &Page, line: &Line, mention: &Mention, cell: usize) -> Said {
    for other in page.lines.iter().skip(mention.line + 1).take(4) {
        if !other.row || other.block != line.block {
            break;
        }
        let tokens = page.tokens_of(other);
        let several = tokens
            .iter()
            .filter(|token| token.meaning.has(Meaning::ANY_TLS))
            .take(2)
            .count();
        let ports = tokens.iter().any(|token| token.port().is_some());
        if several > 0 && !ports {
            let own = |at: &usize| page.token(*at).is_some_and(|token| token.cell == cell);
            let from = (other.from..other.to.min(other.from + MAX_RANGE)).find(own)?;
            let to = (from..other.to.min(from + MAX_RANGE))
                .find(|at| !own(at))
                .unwrap_or(other.to);
            return between(page, from, to);
        }
    }
    None
}

/// A line of a program is no longer, in tokens.
const MAX_PROGRAM: usize = 120;
/// How far a word reaches, in tokens.
pub(crate) const MAX_RANGE: usize = 60;
