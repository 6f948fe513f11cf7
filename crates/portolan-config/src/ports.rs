//! Which numbers are ports of mail.
//!
//! A number needs a reason: a host and a colon before it, a label, a heading of its column, or, for the ports of mail
//! alone, words that only a port has around it.

use crate::around::members;
use crate::evidence::{MAX_BETWEEN, MAX_CELL_WORDS, Why, reasons};
use crate::host::{self, Role};
use crate::meaning::Meaning;
use crate::numbers::{is_known, is_reading, is_strong};
use crate::page::{Line, Page};
use crate::token::{Kind, Token};

/// A number that is a port.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) token: usize,
    pub(crate) line: usize,
    pub(crate) port: u16,
    pub(crate) why: Why,
    /// Mentions of one list have the same number.
    pub(crate) list: usize,
    /// The host that stands right before it.
    pub(crate) host: Option<usize>,
}

/// The ports of mail that a page names, in its order, denied ones too.
pub(crate) fn mentions(page: &Page) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut list = 0;
    for (number, line) in page.lines.iter().enumerate() {
        let mut reasons = reasons(page, number, line);
        let mut at = line.from;
        while at < line.to {
            if let Some((why, host)) = reasons.get(at - line.from).copied().flatten() {
                list += 1;
                let members = members(page, line, at);
                let safe = members
                    .iter()
                    .any(|at| page.token(*at).and_then(Token::port).is_some_and(is_strong));
                for member in members {
                    let known = reasons.get(member - line.from).copied().flatten();
                    let (why, host) =
                        known.map_or((why, if member == at { host } else { None }), |own| own);
                    // The list gives its reason to its members, once.
                    if let Some(reason) = reasons.get_mut(member - line.from) {
                        *reason = None;
                    }
                    let Some(port) = page.token(member).and_then(Token::port) else {
                        continue;
                    };
                    let mention = Mention {
                        token: member,
                        line: number,
                        port,
                        why,
                        list,
                        host,
                    };
                    if is_ours(page, line, &mention, safe) {
                        found.push(mention);
                    }
                }
            }
            at += 1;
        }
    }
    found
}

/// The protocol that is spoken of at a token: the nearest word or host before it in the line, else the nearest after it,
/// else the section's.
pub(crate) fn protocol(page: &Page, line: &Line, at: usize) -> Meaning {
    let said = |place: usize| {
        let token = page.token(place)?;
        let said = match token.kind {
            Kind::Host => match host::role(&token.text) {
                Role::Incoming => Meaning::INCOMING,
                Role::Smtp => Meaning::SMTP,
                Role::Other => Meaning::OTHER,
                Role::Mail | Role::Neutral => Meaning::default(),
            },
            _ => token.meaning.only(Meaning::ANY_PROTOCOL),
        };
        let mail = said.has(Meaning::SMTP) && !said.has(Meaning::INCOMING);
        let said = if mail { Meaning::SMTP } else { said };
        (said != Meaning::default()).then_some(said)
    };
    let own = page.token(at).map_or(0, |token| token.cell);
    let column = page.column(line, own).only(Meaning::ANY_PROTOCOL);
    if column != Meaning::default() {
        return column;
    }
    // `465 (SMTP, SSL)`, `465 (SSL for SMTP)`: the remark right behind knows best.
    if page.token(at + 1).is_some_and(|token| token.is('(')) {
        let inside = (at + 2..line.to.min(at + 2 + MAX_BETWEEN))
            .take_while(|place| page.token(*place).is_some_and(|token| !token.is(')')))
            .find_map(said);
        if let Some(inside) = inside {
            return inside;
        }
    }
    // `443 HTTPS, 587 SMTP`
    let sign = |place: usize| {
        page.token(place).is_none_or(|token| {
            !(line.from..line.to).contains(&place)
                || matches!(token.kind, Kind::Sign(',' | '(' | ')' | ';' | '.'))
        })
    };
    let starts = at.checked_sub(1).is_none_or(sign);
    if let Some(own) = said(at + 1).filter(|_| starts && at + 1 < line.to && sign(at + 2)) {
        return own;
    }
    let before = (line.from.max(at.saturating_sub(REACH))..at)
        .rev()
        .find_map(said);
    let short = line.row || line.words <= MAX_CELL_WORDS;
    let sentence = |place: usize| {
        page.token(place)
            .and_then(|token| page.clauses.get(token.clause))
            .map(|clause| clause.sentence)
    };
    let end = line.to.min(at + REACH);
    let until = if line.row {
        end
    } else {
        (at + 1..end)
            .find(|place| sentence(*place) != sentence(at))
            .unwrap_or(end)
    };
    before
        .or_else(|| short.then(|| (at + 1..until).find_map(said)).flatten())
        .unwrap_or(line.scope)
}

/// Whether a port belongs to sending mail; `safe` says that a port of mail stands in its list.
fn is_ours(page: &Page, line: &Line, mention: &Mention, safe: bool) -> bool {
    if is_reading(mention.port) {
        return false;
    }
    let protocol = protocol(page, line, mention.token);
    let foreign =
        protocol.has(Meaning::INCOMING.and(Meaning::OTHER)) && !protocol.has(Meaning::SMTP);
    let role = mention
        .host
        .and_then(|host| page.token(host))
        .map(|host| host::role(&host.text));
    if matches!(role, Some(Role::Incoming | Role::Other)) {
        return false;
    }
    // `Port 25 is for receiving only.`
    let clause = page
        .token(mention.token)
        .and_then(|token| page.clauses.get(token.clause));
    let receives = clause.is_some_and(|clause| {
        clause.meaning.has(Meaning::INCOMING) && !clause.meaning.has(Meaning::SMTP)
    });
    if mention.port == 25 && receives && !line.row && mention.host.is_none() {
        return false;
    }
    if is_strong(mention.port) {
        return !foreign
            || line.words > MAX_CELL_WORDS
                && mention.why != Why::Column
                && !protocol.has(Meaning::INCOMING);
    }
    if foreign {
        return false;
    }
    if matches!(role, Some(Role::Smtp))
        || protocol.has(Meaning::SMTP) && (mention.port == 25 || is_known(mention.port))
    {
        return true;
    }
    if mention.port == 25 || is_known(mention.port) && (safe || mention.why == Why::Column) {
        return true;
    }
    if is_known(mention.port) {
        return matches!(role, Some(Role::Mail))
            || mention.why == Why::Cell
                && line.meaning.has(Meaning::ANY_TLS)
                && !matches!(mention.port, 80 | 443)
            || is_local(page, mention);
    }
    // An unusual port needs its label to say mail.
    mention.why >= Why::Column && said_beside(page, line, mention)
}

/// Whether the host is this machine, where test servers listen.
fn is_local(page: &Page, mention: &Mention) -> bool {
    mention
        .host
        .and_then(|host| page.token(host))
        .is_some_and(|host| host.text == "localhost")
}

fn said_beside(page: &Page, line: &Line, mention: &Mention) -> bool {
    let near = line.from.max(mention.token.saturating_sub(MAX_BETWEEN))..mention.token;
    near.rev().any(|at| page.meaning_at(at).has(Meaning::SMTP)) && mention.port > 1024
}

/// How far a word reaches within a line.
pub(crate) const REACH: usize = 80;
