//! Numbers that the words around them make ports, and lists of them.

use crate::clause::Clause;
use crate::evidence::{MAX_BETWEEN, MAX_CELL_TOKENS, after_label};
use crate::host::{self, Role};
use crate::meaning::Meaning;
use crate::numbers::{is_known, is_strong};
use crate::page::{Line, Page};
use crate::token::{Kind, Token};

/// Whether the words around a number are those around a port: `use 587 with STARTTLS`, `listen on 25, 587 and 2525`.
pub(crate) fn is_around(page: &Page, line: &Line, at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= line.from)
        .and_then(|before| page.token(before));
    let after = page.token(at + 1).filter(|_| at + 1 < line.to);
    if after.is_some_and(|token| token.kind == Kind::Word && token.meaning.has(Meaning::PORT)) {
        return page.token(at).and_then(Token::port).is_some_and(is_strong)
            && after_label(page, line, at + 1).is_none();
    }
    if page.token(at).and_then(Token::port).is_some_and(is_strong) && is_spoken_of(page, line, at) {
        return true;
    }
    let led = before.is_some_and(|token| {
        token.meaning.has(
            Meaning::USE
                .and(Meaning::AND)
                .and(Meaning::ANY_TLS)
                .and(Meaning::SMTP),
        ) || token.is('(') && line.meaning.has(Meaning::SMTP)
    }) || before.is_some_and(|token| matches!(token.kind, Kind::Sign('`' | '*')));
    let ends = after.is_none_or(|token| match token.kind {
        Kind::Sign('/') => page.meaning_at(at + 2).has(Meaning::ANY_TLS),
        Kind::Sign(sign) => !matches!(sign, '€' | '$' | '%' | '-' | '\t' | '|'),
        Kind::Word => token.meaning.has(
            Meaning::FOLLOW
                .and(Meaning::ANY_TLS)
                .and(Meaning::AND)
                .and(Meaning::NEVER)
                .and(Meaning::NOT)
                .and(Meaning::IF)
                .and(Meaning::BUT)
                .and(Meaning::WITHOUT),
        ),
        _ => false,
    });
    if !led || !ends {
        return false;
    }
    let members = members(page, line, at);
    let port = page.token(at).and_then(Token::port).unwrap_or_default();
    let clause = page
        .token(at)
        .and_then(|token| page.clauses.get(token.clause));
    let said = clause.is_some_and(|clause| clause.meaning.has(Meaning::ANY_TLS.and(Meaning::SMTP)));
    let listed = members
        .iter()
        .skip(1)
        .any(|at| page.token(*at).and_then(Token::port).is_some_and(is_strong));
    // 25 is a number of everything: it needs company.
    is_strong(port)
        || listed
        || port == 25
            && said
            && after.is_some_and(|token| token.meaning.has(Meaning::ANY_TLS.and(Meaning::FOLLOW)))
}

/// Whether a number that is hardly ever anything but a port stands in a sentence about ports, encryption or servers,
/// after words that lead to it, and counts nothing.
fn is_spoken_of(page: &Page, line: &Line, at: usize) -> bool {
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= line.from)
        .and_then(|before| page.token(before));
    let led = before.is_none_or(|token| match token.kind {
        Kind::Sign(sign) => matches!(
            sign,
            ',' | ':' | '(' | '`' | '*' | '"' | '«' | '“' | '„' | '/' | ';'
        ),
        Kind::Word => token.meaning.has(LEADS),
        Kind::Host => true,
        _ => false,
    });
    if !led || is_counted(page, line, at) || !is_closed(page, line, at) {
        return false;
    }
    let Some(own) = page
        .token(at)
        .and_then(|token| page.clauses.get(token.clause))
    else {
        return false;
    };
    let tied = (at + 1..line.to.min(at + 4))
        .take_while(|place| {
            page.token(*place)
                .is_some_and(|token| token.port().is_none())
        })
        .any(|place| page.meaning_at(place).has(Meaning::ANY_TLS));
    tied || own.parent.is_none()
        && page
            .clauses
            .iter()
            .skip(
                page.token(at)
                    .map_or(0, |token| token.clause)
                    .saturating_sub(MAX_CLAUSES),
            )
            .take(2 * MAX_CLAUSES + 1)
            .filter(|clause| clause.sentence == own.sentence)
            .any(|clause| {
                clause
                    .meaning
                    .has(Meaning::PORT.and(Meaning::ANY_TLS).and(Meaning::SMTP))
                    || names_mail(page, clause)
            })
}

/// Whether a clause names a host of mail.
fn names_mail(page: &Page, clause: &Clause) -> bool {
    (clause.from..clause.to.min(clause.from + MAX_CELL_TOKENS))
        .filter_map(|at| page.token(at))
        .any(|token| {
            token.kind == Kind::Host && matches!(host::role(&token.text), Role::Smtp | Role::Mail)
        })
}

/// Whether a number ends with what ends a port and no amount, date or part of a number.
fn is_closed(page: &Page, line: &Line, at: usize) -> bool {
    page.token(at + 1)
        .filter(|_| at + 1 < line.to)
        .is_none_or(|token| match token.kind {
            Kind::Sign('/') => page.meaning_at(at + 2).has(Meaning::ANY_TLS),
            Kind::Sign(sign) => !matches!(sign, '€' | '$' | '%' | '-' | '\t' | '|'),
            Kind::Word => true,
            _ => false,
        })
}

/// What may stand before a port.
const LEADS: Meaning = Meaning::USE
    .and(Meaning::AND)
    .and(Meaning::OFFER)
    .and(Meaning::LINK)
    .and(Meaning::IF)
    .and(Meaning::TO)
    .and(Meaning::FROM)
    .and(Meaning::BY)
    .and(Meaning::NOW)
    .and(Meaning::BUT)
    .and(Meaning::NOT)
    .and(Meaning::NEVER)
    .and(Meaning::HEDGE)
    .and(Meaning::INSTEAD)
    .and(Meaning::ANY_TLS)
    .and(Meaning::PORT)
    .and(Meaning::SMTP);
/// How many clauses around it a number hears.
const MAX_CLAUSES: usize = 6;

/// The numbers of the list that starts at `first`: parted by commas, slashes and conjunctions, with remarks between.
pub(crate) fn members(page: &Page, line: &Line, first: usize) -> Vec<usize> {
    let mut members = vec![first];
    let mut last = first;
    let mut place = first + 1;
    let mut parted = false;
    let mut depth = 0_usize;
    while place < line.to && place <= last + MAX_BETWEEN && members.len() < MAX_LIST {
        let Some(token) = page.token(place) else {
            break;
        };
        match token.kind {
            Kind::Number(port) if depth == 0 => {
                let spaced = place == last + 1;
                if !(parted || spaced)
                    || !is_known(port)
                    || !is_strong(port) && is_counted(page, line, place)
                {
                    break;
                }
                members.push(place);
                last = place;
                parted = false;
            }
            Kind::Sign('(') => depth += 1,
            Kind::Sign(')') => depth = depth.saturating_sub(1),
            Kind::Sign(',' | '/' | '&' | '+' | ';') => parted = true,
            Kind::Sign('*' | '`' | '"' | '\'') => {}
            Kind::Word if token.meaning.has(Meaning::AND) => parted = true,
            Kind::Word if depth > 0 || token.meaning.has(Meaning::ANY_TLS) => {}
            Kind::Word
                if token.meaning.has(Meaning::PORT.and(Meaning::LINK))
                    && !token.meaning.has(Meaning::NOT) => {}
            _ if depth > 0 => {}
            _ => break,
        }
        place += 1;
    }
    members
}

/// Whether a thing that is counted follows: `25 recipients`.
fn is_counted(page: &Page, line: &Line, at: usize) -> bool {
    let next = page.token(at + 1).filter(|_| at + 1 < line.to);
    next.is_some_and(|token| {
        token.kind == Kind::Word
            && !token.meaning.has(
                Meaning::FOLLOW
                    .and(Meaning::ANY_TLS)
                    .and(Meaning::AND)
                    .and(Meaning::USE)
                    .and(Meaning::PORT)
                    .and(Meaning::BUT)
                    .and(Meaning::NEVER)
                    .and(Meaning::NOT)
                    .and(Meaning::IF)
                    .and(Meaning::WITHOUT)
                    .and(Meaning::SMTP)
                    .and(Meaning::LINK)
                    .and(Meaning::HEDGE)
                    .and(Meaning::INCOMING)
                    .and(Meaning::OFFER)
                    .and(Meaning::NOW)
                    .and(Meaning::REPLACE)
                    .and(Meaning::BY)
                    .and(Meaning::FROM)
                    .and(Meaning::TO),
            )
    })
}

/// Longer lists are none of ports.
const MAX_LIST: usize = 12;
