//! Numbers: which may be ports of mail, and which belong to something longer.

use crate::token::{Kind, Token};

/// Ports that are hardly ever anything else in a text about mail.
pub(crate) fn is_strong(port: u16) -> bool {
    matches!(port, 465 | 587 | 2465 | 2525 | 2587)
}

/// Ports at which providers take mail (25, 465 and 587 by RFC 8314 and RFC 5321, the others by custom).
pub(crate) fn is_known(port: u16) -> bool {
    is_strong(port)
        || matches!(
            port,
            24 | 25 | 26 | 80 | 443 | 588 | 1025 | 2526 | 8025 | 8465
        )
}

/// Ports of reading mail, never of sending it.
pub(crate) fn is_reading(port: u16) -> bool {
    matches!(port, 110 | 143 | 993 | 995 | 4190)
}

/// Whether a number is rather a year.
pub(crate) fn is_year(number: u16) -> bool {
    (1990..2040).contains(&number)
}

/// Whether the port's custom is TLS from the first byte.
pub(crate) fn is_implicit(port: u16) -> bool {
    matches!(port, 443 | 465 | 2465 | 8465)
}

/// Makes figures of numbers that belong together: telephone numbers, dates, times, amounts.
pub(crate) fn settle(tokens: &mut [Token]) {
    let mut from = 0;
    while from < tokens.len() {
        let mut to = from + 1;
        let mut known = tokens.get(from).is_some_and(may_be);
        let mut count = usize::from(tokens.get(from).is_some_and(is_number));
        if count == 1 {
            while let Some(next) = next_of_run(tokens, to) {
                known = known && tokens.get(next).is_some_and(may_be);
                count += 1;
                to = next + 1;
            }
        }
        let host_before = from >= 2
            && tokens.get(from - 1).is_some_and(|token| token.is(':'))
            && tokens
                .get(from - 2)
                .is_some_and(|token| token.kind == Kind::Host || token.is(']'));
        if count > 1 && !known && !host_before {
            for token in tokens.iter_mut().take(to).skip(from) {
                if is_number(token) {
                    token.kind = Kind::Figure;
                }
            }
        }
        from = to;
    }
    for at in 0..tokens.len() {
        settle_one(tokens, at);
    }
}

fn is_number(token: &Token) -> bool {
    matches!(token.kind, Kind::Number(_) | Kind::Figure)
}

fn may_be(token: &Token) -> bool {
    token
        .port()
        .is_some_and(|port| is_known(port) || is_reading(port))
}

/// The number that goes on from the one before `at`, with a space, a slash, a colon or a comma without space.
fn next_of_run(tokens: &[Token], at: usize) -> Option<usize> {
    let next = tokens.get(at)?;
    if is_number(next) {
        return Some(at);
    }
    let before = tokens.get(at.checked_sub(1)?)?;
    let beyond = tokens.get(at + 1)?;
    let tight = before.end == next.start && next.end == beyond.start;
    let joins = matches!(next.kind, Kind::Sign('/' | ':' | ',' | '-' | '\'')) || next.is(')');
    ((tight || next.is(')')) && joins && is_number(beyond)).then_some(at + 1)
}

/// Numbers behind an IP address, or with the sign of a currency, are none of ours.
fn settle_one(tokens: &mut [Token], at: usize) {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let first = at.checked_sub(2).and_then(|first| tokens.get(first));
    let Some(token) = tokens.get(at) else { return };
    let glued = before
        .is_some_and(|before| before.end == token.start && (before.is(':') || before.is('/')))
        && first.is_some_and(|first| {
            matches!(first.kind, Kind::Figure | Kind::Opaque)
                && before.is_some_and(|before| first.end == before.start)
        });
    if glued
        && is_number(token)
        && let Some(token) = tokens.get_mut(at)
    {
        token.kind = Kind::Figure;
    }
}
