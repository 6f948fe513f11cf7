//! Which mentions a text takes back: blocked, closed, deprecated, do not use.

use crate::clause::Clause;
use crate::meaning::Meaning;
use crate::page::Page;
use crate::ports::Mention;

/// Whether the text says of this mention that it is no way to send.
pub(crate) fn is_denied(page: &Page, mention: &Mention) -> bool {
    let Some(line) = page.lines.get(mention.line) else {
        return true;
    };
    if line.dropped || line.question {
        return true;
    }
    let Some(at) = page.token(mention.token).map(|token| token.clause) else {
        return true;
    };
    let Some(clause) = page.clauses.get(at) else {
        return true;
    };
    let parent = clause.parent.and_then(|parent| page.clauses.get(parent));
    if clause.asks || parent.is_some_and(|parent| parent.asks) {
        return true;
    }
    if denies(clause, line.row) || parent.is_some_and(|parent| denies(parent, line.row)) {
        return true;
    }
    is_passed_over(page, mention)
        || is_former(page, line, mention, at)
        || is_replaced(page, mention, clause)
        || is_condition_of_the_past(page, at, clause)
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
            && !clause.meaning.has(Meaning::HEDGE.and(Meaning::IF))
            && !clause.asks
    })
}

/// Whether a clause denies what it names.
pub(crate) fn denies(clause: &Clause, row: bool) -> bool {
    let hedged = row && clause.meaning.has(Meaning::HEDGE);
    clause.meaning.has(Meaning::NEVER.and(Meaning::NOT)) && !hedged
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
        if !meaning.has(Meaning::LINK.and(Meaning::PORT).and(Meaning::PRONOUN))
            && meaning != Meaning::default()
        {
            return false;
        }
    }
    false
}

/// `Before: mail.example.com:25`, or a column or a row of what is old.
fn is_former(page: &Page, line: &crate::page::Line, mention: &Mention, at: usize) -> bool {
    let cell = page.token(mention.token).map_or(0, |token| token.cell);
    if line.row {
        let mut first = page
            .tokens_of(line)
            .iter()
            .filter(|token| token.kind == crate::token::Kind::Word);
        return page.column(line, cell).has(Meaning::OLD)
            || cell > 0
                && first
                    .next()
                    .is_some_and(|token| token.cell == 0 && token.meaning.has(Meaning::OLD));
    }
    let Some(sentence) = page.clauses.get(at).map(|clause| clause.sentence) else {
        return false;
    };
    let first = page
        .clauses
        .get(at.saturating_sub(MAX_AFTER)..=at)
        .unwrap_or_default()
        .iter()
        .find(|clause| clause.sentence == sentence);
    first.is_some_and(|clause| {
        let mut tokens = (clause.from..clause.to).filter_map(|place| page.token(place));
        let opens = tokens.find(|token| token.kind == crate::token::Kind::Word);
        let next = tokens.next();
        opens.is_some_and(|token| token.meaning.has(Meaning::OLD))
            && next.is_some_and(|token| token.is(':') || token.is('='))
    })
}

/// `25 was replaced by 587`: the first of a clause that says so.
fn is_replaced(page: &Page, mention: &Mention, clause: &Clause) -> bool {
    let ports = |from: usize, to: usize| {
        (from..to.min(from + MAX_ROW))
            .any(|at| page.token(at).is_some_and(|token| token.port().is_some()))
    };
    clause.meaning.has(Meaning::REPLACED)
        && !ports(clause.from, mention.token)
        && ports(mention.token + 1, clause.to)
}

/// `If you had 25, change it: it is closed.`
fn is_condition_of_the_past(page: &Page, at: usize, clause: &Clause) -> bool {
    clause.first.has(Meaning::IF)
        && page
            .clauses
            .iter()
            .skip(at + 1)
            .take(MAX_AFTER)
            .take_while(|next| next.sentence == clause.sentence && !next.numbers)
            .any(|next| next.meaning.has(Meaning::NEVER) && !next.meaning.has(Meaning::HEDGE))
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
            || next.sentence == clause.sentence && (next.words <= 3 || inside);
        let never =
            next.meaning.has(Meaning::NEVER) && !next.meaning.has(Meaning::HEDGE.and(Meaning::IF));
        if speaks
            && (never
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

const MAX_BEFORE: usize = 5;
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
            ("Ports 25 and 587, no authentication", vec![25, 587]),
        ] {
            assert_eq!(ports(text), left, "{text}");
        }
    }
}
