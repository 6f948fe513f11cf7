//! Why a number is a port: a host and a colon before it, a label, a heading of its column, the words around it.

use crate::around::is_around;
use crate::host::{self, Role};
use crate::meaning::Meaning;
use crate::numbers::is_known;
use crate::page::{Line, Page};
use crate::token::{Kind, Token};

/// Why a number is a port: the stronger reason is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// The words around it.
    Around,
    /// A cell or a point of a list beside words about mail.
    Cell,
    /// A heading of the column.
    Column,
    /// A label.
    Label,
    /// A host before it.
    Host,
}

/// The reason of one number, and the host that stands right before it.
pub(crate) type Reason = Option<(Why, Option<usize>)>;

/// For each token of a line, why it is a port.
pub(crate) fn reasons(page: &Page, number: usize, line: &Line) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = vec![None; line.to - line.from];
    // `| Port | 993 | 587 |`, with a column for each protocol.
    let first = page
        .tokens_of(line)
        .iter()
        .find(|token| !matches!(token.kind, Kind::Sign(_)));
    let labelled = line.row && first.is_some_and(|token| token.meaning.has(Meaning::PORT));
    let alone = is_alone(page, line)
        .then(|| vertical(page, number))
        .flatten();
    for at in line.from..line.to {
        let Some(token) = page.token(at) else { break };
        let mut give = |place: usize, why: Why, host: Option<usize>| {
            if let Some(reason) = place
                .checked_sub(line.from)
                .and_then(|place| reasons.get_mut(place))
                && reason.is_none_or(|(before, _)| before < why)
            {
                *reason = Some((why, host));
            }
        };
        if token.kind == Kind::Host
            && let Some(port) = after_host(page, line, at)
        {
            give(port, Why::Host, Some(at));
        }
        if token.meaning.has(Meaning::PORT)
            && token.kind == Kind::Word
            && let Some(port) = after_label(page, line, at)
        {
            give(port, Why::Label, None);
        }
        let Some(port) = token.port() else { continue };
        let column = page.column(line, token.cell);
        if line.row && (column.has(Meaning::PORT) || labelled && is_bordered(page, line, at)) {
            give(at, Why::Column, None);
        }
        if let Some(why) = alone {
            give(at, why, None);
        }
        if is_known(port) && is_cell(page, line, at) {
            give(at, Why::Cell, None);
        }
        if is_known(port) && is_around(page, line, at) {
            give(at, Why::Around, None);
        }
    }
    reasons
}

/// The number right after a host: `host:587`, `host : 587`, `[host]:587`, `"host", 587`, `host 587`.
fn after_host(page: &Page, line: &Line, at: usize) -> Option<usize> {
    let mut place = at + 1;
    let mut colon = false;
    let mut comma = false;
    while place < line.to && place <= at + 4 {
        let token = page.token(place)?;
        match token.kind {
            Kind::Number(port) => {
                let known = is_known(port);
                return (colon || known && (comma || place == at + 1)).then_some(place);
            }
            Kind::Sign(':') if !colon => colon = true,
            Kind::Sign(',') if !comma => comma = true,
            Kind::Sign(']' | '"' | '\'' | '\t' | '`') => {}
            _ => return None,
        }
        place += 1;
    }
    None
}

/// The number after a label, with nothing between them but what may stand there.
pub(crate) fn after_label(page: &Page, line: &Line, label: usize) -> Option<usize> {
    let mut place = label + 1;
    let mut depth = 0_usize;
    while place < line.to && place <= label + MAX_BETWEEN {
        let token = page.token(place)?;
        let passes = match token.kind {
            Kind::Number(_)
                if depth == 0 || page.token(place - 1).is_some_and(|before| before.is('(')) =>
            {
                return Some(place);
            }
            Kind::Sign('(') => {
                depth += 1;
                true
            }
            Kind::Sign(')') => {
                depth = depth.saturating_sub(1);
                true
            }
            // `"mail.smtp.port", "465"`
            Kind::Sign(',') => page
                .token(place - 1)
                .is_some_and(|before| before.is('"') || before.is('\'')),
            Kind::Sign(
                ':' | '=' | '"' | '\'' | '`' | '[' | '{' | '>' | '-' | '|' | '\t' | '*' | '#' | '→'
                | '/' | ']' | '«' | '“' | '”' | '„' | '°' | 'º',
            ) => true,
            // `Port No. 587`
            Kind::Sign('.') => page
                .token(place - 1)
                .is_some_and(|before| before.meaning.has(Meaning::LINK)),
            Kind::Word => {
                depth > 0
                    || token.meaning.has(
                        Meaning::LINK
                            .and(Meaning::FROM)
                            .and(Meaning::ANY_TLS)
                            .and(Meaning::SMTP)
                            .and(Meaning::SECKEY),
                    )
            }
            _ => depth > 0,
        };
        if !passes {
            return None;
        }
        place += 1;
    }
    None
}

/// Whether a line has numbers and nothing else.
fn is_alone(page: &Page, line: &Line) -> bool {
    let tokens = page.tokens_of(line);
    tokens.iter().any(|token| token.port().is_some())
        && tokens.iter().all(|token| match token.kind {
            Kind::Number(_) => true,
            Kind::Sign(_) => !token.is('\t'),
            Kind::Word => token.meaning.has(Meaning::AND),
            _ => false,
        })
}

/// Why a number that has a line of its own is a port: the label above it, or the cells around it.
fn vertical(page: &Page, number: usize) -> Option<Why> {
    let above = page.lines.get(number.checked_sub(1)?)?;
    if above.label && above.meaning.has(Meaning::PORT) && above.words <= 5 {
        return Some(Why::Label);
    }
    let host = page
        .tokens_of(above)
        .iter()
        .any(|token| token.kind == Kind::Host)
        && above.words <= 2;
    let header = page
        .lines
        .get(number.saturating_sub(MAX_VERTICAL)..number)
        .unwrap_or_default()
        .iter()
        .any(|line| line.label && line.words == 1 && line.meaning.has(Meaning::PORT));
    let below = page.lines.get(number + 1);
    let tls = below.is_some_and(|line| line.words <= 3 && line.meaning.has(Meaning::ANY_TLS));
    (host && (header || tls)).then_some(Why::Column)
}

/// Whether a number is a cell, or begins a point of a list, beside words about sending mail.
fn is_cell(page: &Page, line: &Line, at: usize) -> bool {
    if line.words > MAX_CELL_WORDS || line.to - line.from > MAX_CELL_TOKENS {
        return false;
    }
    let tokens = page.tokens_of(line);
    let said = line.meaning.has(Meaning::SMTP.and(Meaning::ANY_TLS));
    let host = tokens
        .iter()
        .any(|token| token.kind == Kind::Host && host::role(&token.text) != Role::Other);
    if !(said || host) {
        return false;
    }
    let border = |token: Option<&Token>| {
        token.is_none_or(|token| {
            matches!(
                token.kind,
                Kind::Sign(
                    '\t' | '|'
                        | ','
                        | '-'
                        | '–'
                        | '—'
                        | '('
                        | ')'
                        | ':'
                        | '*'
                        | '`'
                        | '/'
                        | '•'
                        | '·'
                        | '>'
                        | ';'
                        | '.'
                        | '='
                        | '→'
                        | '['
                        | ']'
                )
            )
        })
    };
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= line.from)
        .and_then(|before| page.token(before));
    let after = page.token(at + 1).filter(|_| at + 1 < line.to);
    if !border(before) {
        return false;
    }
    let first = page
        .tokens_of(line)
        .iter()
        .position(|token| !matches!(token.kind, Kind::Sign(_)));
    let begins = first.is_some_and(|first| line.from + first == at);
    let tls_after = after.is_some_and(|token| {
        token
            .meaning
            .has(Meaning::ANY_TLS.and(Meaning::FOLLOW).and(Meaning::WITHOUT))
    });
    if begins {
        // A numbered point: `25. Choose SSL`.
        let numbered = after.is_some_and(|token| token.is('.'))
            || after.is_some_and(|token| token.is(')')) && before.is_none();
        return !numbered && line.meaning.has(Meaning::ANY_TLS) && (border(after) || tls_after);
    }
    border(after)
        && (before.is_some_and(|token| !token.is('/')) || after.is_some_and(|token| token.is('/')))
}

/// Whether a number has its cell to itself.
fn is_bordered(page: &Page, line: &Line, at: usize) -> bool {
    let border = |token: Option<&Token>| token.is_none_or(|token| token.is('|') || token.is('\t'));
    let before = at
        .checked_sub(1)
        .filter(|before| *before >= line.from)
        .and_then(|before| page.token(before));
    border(before) && border(page.token(at + 1).filter(|_| at + 1 < line.to))
}

/// What may stand between a label and its number, in tokens.
pub(crate) const MAX_BETWEEN: usize = 10;
/// How far above a column of single cells its heading may stand.
const MAX_VERTICAL: usize = 60;
/// A line with more words is prose.
pub(crate) const MAX_CELL_WORDS: usize = 16;
/// A line with more tokens is no row of a table.
pub(crate) const MAX_CELL_TOKENS: usize = 160;
