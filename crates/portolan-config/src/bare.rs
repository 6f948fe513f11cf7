//! Which mentions are too bare to be an offer: prose that names a port by the way, with neither host nor encryption.

use crate::evidence::Why;
use crate::meaning::Meaning;
use crate::page::Page;
use crate::ports::Mention;
use crate::token::Kind;

/// Whether a port of whose encryption nothing is said is named by the way only: in a condition, or in a sentence without
/// a host that offers nothing.
pub(crate) fn is_bare(page: &Page, mention: &Mention) -> bool {
    let Some(line) = page.lines.get(mention.line) else {
        return true;
    };
    let Some(at) = page.token(mention.token).map(|token| token.clause) else {
        return true;
    };
    let Some(own) = page.clauses.get(at) else {
        return true;
    };
    if line.row
        || line.words <= MAX_KEY_WORDS
        || mention.host.is_some()
        || is_labelled(page, mention)
    {
        return false;
    }
    // `smtp.example.com: 587 with STARTTLS; port 25 from inside`
    let joined = (line.from.max(own.from.saturating_sub(1))..=own.from)
        .any(|at| page.token(at).is_some_and(|token| token.is(';')));
    let mut said = Meaning::default();
    let mut hosts = false;
    for clause in page
        .clauses
        .iter()
        .skip(at.saturating_sub(MAX_CLAUSES))
        .take(2 * MAX_CLAUSES + 1)
    {
        // `… port 25; the server takes mail there too`
        let goes_on = clause.sentence == own.sentence + 1
            && clause.meaning.has(Meaning::PRONOUN)
            && !clause.meaning.has(Meaning::NOT.and(Meaning::NEVER));
        let goes_back = joined && clause.sentence + 1 == own.sentence;
        if clause.sentence != own.sentence && !goes_on && !goes_back {
            continue;
        }
        said = said.and(clause.meaning);
        hosts |= (clause.from..clause.to.min(clause.from + MAX_TOKENS))
            .any(|at| page.token(at).is_some_and(|token| token.kind == Kind::Host));
    }
    let own_host = (own.from..own.to.min(own.from + MAX_TOKENS))
        .any(|at| page.token(at).is_some_and(|token| token.kind == Kind::Host));
    // `If you see a timeout on port 587, try 2525`: trouble with a port is had by those to whom it is offered.
    let trouble = (own.from..own.to.min(own.from + MAX_TOKENS)).any(|at| {
        page.token(at)
            .is_some_and(|token| TROUBLE.contains(&token.text.as_str()))
    });
    let conditional = own.first.has(Meaning::IF) && !own_host && !trouble;
    let offers = said.has(Meaning::OFFER);
    let named = said.has(Meaning::PORT) || mention.why != Why::Around;
    conditional || !hosts && !offers && (mention.port == 25 || !named)
}

/// `Ports: 25, 465 (SSL)`, `SMTP port 25`: a value behind its key.
fn is_labelled(page: &Page, mention: &Mention) -> bool {
    (mention.token.saturating_sub(MAX_KEY)..mention.token)
        .rev()
        .find(|at| !page.meaning_at(*at).has(Meaning::PORT))
        .is_some_and(|at| {
            page.token(at).is_some_and(|token| token.is(':'))
                || page.meaning_at(at).has(Meaning::SMTP)
        })
}

/// What goes wrong at a port that is in use.
const TROUBLE: [&str; 10] = [
    "timeout", "timeouts", "trouble", "error", "errors", "fehler", "erreur", "errores", "erro",
    "errore",
];
/// A key right before its value has at most as many tokens.
const MAX_KEY: usize = 3;
/// A line with as many words is a key and its value.
const MAX_KEY_WORDS: usize = 4;
/// How many clauses around it a number hears.
const MAX_CLAUSES: usize = 6;
const MAX_TOKENS: usize = 80;
