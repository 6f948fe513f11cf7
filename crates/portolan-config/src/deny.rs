//! Which mentions a text takes back: blocked, closed, deprecated, do not use.

use crate::clause::Clause;
use crate::meaning::Meaning;
use crate::page::{Line, Page};
use crate::past::{MAX_BEFORE, MAX_CLAUSE, MAX_SENTENCE, is_left, is_of_old, is_past, replaced};
use crate::ports::Mention;
use crate::token::Kind;

/// Whether the text says of this mention that it is no way to send.
pub(crate) fn is_denied(page: &Page, mention: &Mention) -> bool {
    let Some(line) = page.lines.get(mention.line) else {
        return true;
    };
    let Some(token) = page.token(mention.token) else {
        return true;
    };
    let at = token.clause;
    let Some(clause) = page.clauses.get(at) else {
        return true;
    };
    if line.dropped || line.question || is_of_old(page.column(line, token.cell)) {
        return true;
    }
    let parent = clause.parent.and_then(|parent| page.clauses.get(parent));
    let asks = clause.asks || parent.is_some_and(|parent| parent.asks);
    let fate = replaced(page, mention, clause)
        .or_else(|| parent.and_then(|parent| replaced(page, mention, parent)));
    let denied = fate
        .unwrap_or_else(|| denies(clause, line.row) && !is_offered_first(page, mention, clause))
        || parent.is_some_and(|parent| denies(parent, line.row));
    asks || denied
        || fate != Some(false) && is_past(page, at)
        || is_default(page, mention, clause)
        || is_tried(page, line, mention)
        || is_commented_out(page, line)
        || is_label_denied(page, line, mention)
        || is_at_gone_host(page, mention, clause)
        || parent.is_some() && clause.parent.is_some_and(|parent| is_past(page, parent))
        || is_left(page, mention)
        || is_passed_over(page, mention)
        || is_taken_back(page, at, clause)
        || line.row && is_row_denied(page, mention)
}

/// Whether the text says outright that the port is not to be used.
pub(crate) fn is_forbidden(page: &Page, mention: &Mention) -> bool {
    let clause = page
        .token(mention.token)
        .and_then(|token| page.clauses.get(token.clause));
    clause.is_some_and(|clause| {
        clause.meaning.has(Meaning::NEVER.and(Meaning::NOT))
            && replaced(page, mention, clause) != Some(false)
            && !clause.meaning.has(Meaning::HEDGE.and(Meaning::IF))
            && !clause.asks
    })
}

/// Whether a clause denies what it names.
pub(crate) fn denies(clause: &Clause, row: bool) -> bool {
    let hedged = row && clause.meaning.has(Meaning::HEDGE);
    clause.meaning.has(Meaning::NEVER.and(Meaning::NOT)) && !hedged
}

/// `If 465 (SSL/TLS) does not work`: the port is there, with its encryption, and only may fail somewhere.
fn is_offered_first(page: &Page, mention: &Mention, clause: &Clause) -> bool {
    let next = mention.token + 1;
    let joins = page.token(next).is_some_and(|token| token.is('('))
        || page.meaning_at(next).has(Meaning::BY.and(Meaning::FOLLOW));
    let remark = joins
        && (next + 1..next + 3).any(|at| {
            page.meaning_at(at)
                .has(Meaning::ANY_TLS.without(Meaning::PLAIN))
        });
    clause.meaning.has(Meaning::IF) && remark
}

/// Whether the host that the sentence names before a port is taken back.
fn is_at_gone_host(page: &Page, mention: &Mention, clause: &Clause) -> bool {
    (mention.token.saturating_sub(MAX_CLAUSE)..mention.token)
        .rev()
        .filter_map(|at| page.token(at))
        .take_while(|token| {
            page.clauses
                .get(token.clause)
                .is_some_and(|other| other.sentence == clause.sentence)
        })
        .find(|token| token.kind == Kind::Host)
        .is_some_and(|host| is_gone(page, host.clause))
}

/// Whether what follows a clause takes back the server in it: `That server was switched off.`
pub(crate) fn is_gone(page: &Page, at: usize) -> bool {
    let Some(clause) = page.clauses.get(at) else {
        return false;
    };
    page.clauses
        .iter()
        .skip(at + 1)
        .take(MAX_SENTENCE)
        .take_while(|next| next.sentence <= clause.sentence + 2)
        .take_while(|next| !next.numbers)
        .any(|next| {
            let points = (next.from..next.to.min(next.from + MAX_CLAUSE)).any(|at| {
                page.meaning_at(at).has(Meaning::PRONOUN)
                    && page.meaning_at(at + 1).has(Meaning::HOSTKEY)
            });
            points && next.meaning.has(Meaning::NEVER.and(Meaning::NOT))
        })
}

/// `nc -vz smtp.example.com 25`: a command that tries a port out recommends none.
fn is_tried(page: &Page, line: &Line, mention: &Mention) -> bool {
    let sentence = |at: usize| {
        page.token(at)
            .and_then(|token| page.clauses.get(token.clause))
            .map(|clause| clause.sentence)
    };
    let own = sentence(mention.token);
    (line.from.max(mention.token.saturating_sub(MAX_COMMAND))..mention.token).any(|at| {
        page.meaning_at(at).has(Meaning::TEST)
            && sentence(at) == own
            && page
                .token(at + 1)
                .is_some_and(|token| token.kind == Kind::Host || token.is('-'))
    })
}

/// `#smtp_port = 25`: a setting that is switched off.
fn is_commented_out(page: &Page, line: &Line) -> bool {
    let mut tokens = page
        .tokens_of(line)
        .iter()
        .skip_while(|token| token.is('#') || token.is(';') || token.is('/'));
    let marked = page
        .tokens_of(line)
        .first()
        .is_some_and(|token| token.is('#') || token.is(';') || token.is('/'));
    let key = tokens
        .next()
        .is_some_and(|token| token.kind == Kind::Word && token.text.contains(['_', '.']));
    marked
        && key
        && tokens
            .next()
            .is_some_and(|token| token.is('=') || token.is(':'))
}

/// `Not supported: 465, 25`
fn is_label_denied(page: &Page, line: &Line, mention: &Mention) -> bool {
    let tokens = page.tokens_of(line);
    let Some(colon) = tokens
        .iter()
        .take(MAX_LABEL_TOKENS)
        .position(|token| token.is(':'))
        .filter(|colon| line.from + colon < mention.token)
    else {
        return false;
    };
    let label = tokens.get(..colon).unwrap_or_default();
    let bare = label
        .iter()
        .all(|token| matches!(token.kind, Kind::Word | Kind::Sign(_)) && !token.is('.'));
    let meaning = label
        .iter()
        .fold(Meaning::default(), |all, token| all.and(token.meaning));
    bare && meaning.has(Meaning::NEVER.and(Meaning::NOT))
        && !meaning.has(Meaning::HEDGE.and(Meaning::IF).and(Meaning::ANY_TLS))
}

/// `587 (default: 25)`: what a device comes with, and not what the page is about.
fn is_default(page: &Page, mention: &Mention, clause: &Clause) -> bool {
    clause.parent.is_some()
        && (clause.from..mention.token.min(clause.from + MAX_BEFORE))
            .any(|at| page.meaning_at(at).has(Meaning::DEFAULT))
        && page
            .tokens
            .get(clause.from.saturating_sub(2)..clause.from)
            .unwrap_or_default()
            .iter()
            .any(|token| token.port().is_some())
}

/// `instead of 25`, `from 25 to 587`.
fn is_passed_over(page: &Page, mention: &Mention) -> bool {
    let line = page.lines.get(mention.line);
    let from = line.map_or(mention.token, |line| {
        line.from.max(mention.token.saturating_sub(MAX_BEFORE))
    });
    let meanings = (from..mention.token).rev().map(|at| page.meaning_at(at));
    for meaning in meanings {
        if meaning.has(Meaning::INSTEAD) {
            return true;
        }
        if !meaning.has(Meaning::LINK.and(Meaning::PORT)) && meaning != Meaning::default() {
            return false;
        }
    }
    false
}

/// A clause behind it that speaks of it: `465, which is deprecated`, `25 (blocked)`, `465. It is closed.`
fn is_taken_back(page: &Page, at: usize, clause: &Clause) -> bool {
    for next in page.clauses.iter().skip(at + 1).take(MAX_AFTER) {
        if next.words == 0 {
            continue;
        }
        if next.numbers || next.sentence > clause.sentence + 1 {
            return false;
        }
        let inside = next.parent == Some(at);
        let speaks = next.first.has(Meaning::PRONOUN)
            || next.sentence == clause.sentence
                && (next.words <= 3 || inside || next.first.has(Meaning::BUT));
        let never =
            next.meaning.has(Meaning::NEVER) && !next.meaning.has(Meaning::HEDGE.and(Meaning::IF));
        if speaks
            && (never
                || next.sentence == clause.sentence
                    && next.first.has(Meaning::BUT)
                    && next.meaning.has(Meaning::NOT)
                    && next.words <= 4
                || next.first.has(Meaning::PRONOUN)
                    && next.meaning.has(Meaning::NOT)
                    && next.meaning.has(Meaning::OFFER)
                || inside
                    && next.first.has(Meaning::NOT)
                    && !next.meaning.has(Meaning::PLAIN.and(Meaning::FILLER)))
        {
            return true;
        }
        if !inside {
            return false;
        }
    }
    false
}

/// A cell of the row that says so of the whole row, such as `deprecated`.
fn is_row_denied(page: &Page, mention: &Mention) -> bool {
    let Some(line) = page.lines.get(mention.line) else {
        return false;
    };
    let mut last = usize::MAX;
    page.tokens_of(line).iter().take(MAX_ROW).any(|token| {
        let fresh = token.clause != last;
        last = token.clause;
        fresh
            && page.clauses.get(token.clause).is_some_and(|clause| {
                clause.words <= 4
                    && !clause.numbers
                    && clause.parent.is_none()
                    && clause.meaning.has(Meaning::NEVER)
                    && !clause.meaning.has(Meaning::HEDGE.and(Meaning::IF))
            })
    })
}

/// A label has at most as many tokens.
const MAX_LABEL_TOKENS: usize = 6;
/// A command has at most as many tokens before its port.
const MAX_COMMAND: usize = 16;
const MAX_AFTER: usize = 4;
const MAX_ROW: usize = 80;

#[cfg(test)]
mod tests {
    use crate::read_documentation;

    fn ports(text: &str) -> Vec<u16> {
        let text = format!("SMTP server: smtp.example.com\n\n{text}");
        read_documentation(&text)
            .iter()
            .map(|endpoint| endpoint.port)
            .collect()
    }

    #[test]
    fn what_is_taken_back_is_left_out() {
        for (text, left) in [
            ("If 587 is blocked, use 2525.", vec![2525]),
            ("Use 2525 when 587 is blocked.", vec![2525]),
            ("Port 465 is deprecated.", vec![]),
            ("Do not use SSL. Do not use port 465.", vec![]),
            ("Use port 587, never port 25.", vec![587]),
            ("Use port 587 instead of 25.", vec![587]),
            ("Port 465, which is deprecated, or port 587", vec![587]),
            ("Port 25 (blocked)", vec![]),
            ("Can I use port 465?", vec![]),
            ("Port 465 bieten wir nicht an, aber Port 587.", vec![587]),
            ("Le port 25 est fermé, prenez le port 465.", vec![465]),
            (
                "El puerto 25 ya no se admite; use el puerto 587.",
                vec![587],
            ),
            ("A porta 25 está bloqueada. Use a porta 587.", vec![587]),
            ("La porta 25 non è attiva, usare la porta 465.", vec![465]),
            ("Before: port 25, now: port 587", vec![587]),
            ("Port 25 is replaced by port 587.", vec![587]),
            ("Port 587 replaces port 25.", vec![587]),
            ("Stellen Sie von Port 25 auf Port 587 um.", vec![587]),
            ("Ports 25 and 587, no authentication", vec![25, 587]),
        ] {
            assert_eq!(ports(text), left, "{text}");
        }
    }
}
