//! Numbers that form one list: `25, 587 (recommended) or 2525`.

use crate::evidence::MAX_BETWEEN;
use crate::meaning::Meaning;
use crate::numbers::{is_known, is_strong};
use crate::page::{Line, Page};
use crate::token::Kind;

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
                    .and(Meaning::INCOMING),
            )
    })
}

/// Longer lists are none of ports.
const MAX_LIST: usize = 12;
