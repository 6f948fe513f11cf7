//! What a text says of former times, and what takes the place of what.

use crate::clause::Clause;
use crate::meaning::Meaning;
use crate::page::Page;
use crate::ports::Mention;
use crate::token::Kind;

/// Whether words speak of former times only, and of no old device.
pub(crate) fn is_of_old(meaning: Meaning) -> bool {
    meaning.has(OLD) && !meaning.has(Meaning::NOW.and(Meaning::DEVICE))
}

/// Whether the sentence has turned to former times before the clause ends, and not back.
pub(crate) fn is_past(page: &Page, at: usize) -> bool {
    let Some(clause) = page.clauses.get(at) else {
        return false;
    };
    let speaks_for_itself = (clause.from..clause.to.min(clause.from + MAX_CLAUSE))
        .filter_map(|at| page.token(at))
        .any(|token| FIRST_PERSON.contains(&token.text.as_str()));
    if clause.meaning.has(Meaning::STILL) && (clause.first.has(Meaning::IF) || speaks_for_itself) {
        return true;
    }
    let first = at.saturating_sub(MAX_SENTENCE);
    let mut past = false;
    for before in page.clauses.get(first..=at).unwrap_or_default() {
        if before.sentence != clause.sentence || before.parent != clause.parent {
            continue;
        }
        // What was the case in a condition is over where the condition ends.
        let conditional = before.first.has(Meaning::IF) && before.from != clause.from;
        if before.meaning.has(Meaning::NOW) {
            past = false;
        } else if is_of_old(before.meaning) && !conditional {
            past = true;
        } else if before.first.has(Meaning::BUT) && !before.first.has(Meaning::OFFER) {
            past = false;
        }
    }
    past
}

/// `587 replaces 25`, `25 is replaced by 587`: whether this one goes, where the clause says so.
pub(crate) fn replaced(page: &Page, mention: &Mention, clause: &Clause) -> Option<bool> {
    let verbs = Meaning::REPLACE.and(Meaning::CHANGE);
    if !clause.meaning.has(verbs) {
        return None;
    }
    let range = || clause.from..clause.to.min(clause.from + MAX_CLAUSE);
    let verb = range().find(|at| page.meaning_at(*at).has(verbs))?;
    let replaces = page.meaning_at(verb).has(Meaning::REPLACE);
    let by = range()
        .filter(|at| {
            let meaning = page.meaning_at(*at);
            meaning.has(Meaning::BY) || !replaces && meaning.has(Meaning::TO)
        })
        .find(|at| leads_to_number(page, *at, clause.to).is_some());
    match by {
        Some(by) if replaces || verb < mention.token => Some(mention.token < by),
        None if replaces => Some(verb < mention.token),
        _ => None,
    }
}

/// `from 25 to 587`: what is left.
pub(crate) fn is_left(page: &Page, mention: &Mention) -> bool {
    let before = (1..=MAX_BEFORE)
        .map_while(|step| mention.token.checked_sub(step))
        .map(|at| page.meaning_at(at))
        .take_while(|meaning| meaning.has(Meaning::PORT.and(Meaning::LINK).and(Meaning::FROM)))
        .any(|meaning| meaning.has(Meaning::FROM));
    let next = mention.token + 1;
    before
        && page.meaning_at(next).has(Meaning::TO)
        && leads_to_number(page, next, next + MAX_BEFORE).is_some()
}

/// The number that follows, with nothing before it but articles and the word for ports.
fn leads_to_number(page: &Page, at: usize, end: usize) -> Option<usize> {
    (at + 1..end.min(at + MAX_BEFORE))
        .find(|place| {
            let passes = Meaning::PORT.and(Meaning::LINK).and(Meaning::TO);
            let host = page
                .token(*place)
                .is_some_and(|token| token.kind == Kind::Host || token.is(':') || token.is('('));
            !host && !page.meaning_at(*place).has(passes)
        })
        .filter(|place| {
            page.token(*place)
                .is_some_and(|token| token.port().is_some())
        })
}

/// Somebody who speaks of what is set up at home.
const FIRST_PERSON: [&str; 10] = [
    "i", "my", "ich", "mir", "je", "j", "yo", "tengo", "eu", "io",
];
const OLD: Meaning = Meaning::OLD.and(Meaning::PAST);
/// How many clauses before it a clause hears.
pub(crate) const MAX_SENTENCE: usize = 12;
/// Longer clauses are looked at no further.
pub(crate) const MAX_CLAUSE: usize = 80;
/// How many tokens around a number lead to it.
pub(crate) const MAX_BEFORE: usize = 5;
