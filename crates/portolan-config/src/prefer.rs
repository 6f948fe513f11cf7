//! What a text recommends: `587 (recommended)`, `We recommend port 465`, `Recommended: 465`.

use crate::ReadEndpoint;
use crate::clause::Clause;
use crate::meaning::Meaning;
use crate::page::Page;
use crate::ports::Mention;

/// Marks what the text recommends, where it does not recommend all: that says nothing of one.
pub(crate) fn mark(page: &Page, mentions: &[Mention], found: &mut [ReadEndpoint]) {
    let recommended = recommended(page, mentions);
    let is_better = |endpoint: &ReadEndpoint| recommended.contains(&endpoint.port);
    if found.iter().all(is_better) {
        return;
    }
    for endpoint in found {
        endpoint.recommended = is_better(endpoint);
    }
}

/// The ports that a text recommends.
fn recommended(page: &Page, mentions: &[Mention]) -> Vec<u16> {
    let mut ports = Vec::new();
    for line in &page.lines {
        if !line.meaning.has(Meaning::RECOMMENDED) {
            continue;
        }
        for at in line.from..line.to {
            if page.meaning_at(at).has(Meaning::RECOMMENDED)
                && let Some(mention) = meant(page, mentions, at)
                && !ports.contains(&mention.port)
            {
                ports.push(mention.port);
            }
        }
    }
    ports
}

/// The port that a recommending word is said of: the next one of its clause, else the one right before.
fn meant<'m>(page: &Page, mentions: &'m [Mention], word: usize) -> Option<&'m Mention> {
    let clause = clause(page, word)?;
    // `not recommended`, `never`, `if you prefer`, `both are`.
    let hedges = Meaning::NOT
        .and(Meaning::NEVER)
        .and(Meaning::IF)
        .and(Meaning::EVERY);
    if clause.meaning.has(hedges) {
        return None;
    }
    let after = mentions.partition_point(|mention| mention.token < word);
    // `587 is preferred over 465`: what stands behind such a word is the other one.
    let yields = |next: &&Mention| {
        (word + 1..next.token).any(|at| {
            let token = page.token(at);
            page.meaning_at(at).has(Meaning::INSTEAD)
                || token.is_some_and(|it| {
                    matches!(it.text.as_str(), "over" | "against" | "than" | "to")
                })
        })
    };
    let next = mentions.get(after).filter(|next| next.token < clause.to);
    if let Some(next) = next.filter(|next| !yields(next)) {
        return Some(next);
    }
    let before = mentions.get(after.checked_sub(1)?)?;
    let own = self::clause(page, before.token)?;
    let near = word - before.token <= MAX_BETWEEN;
    let row = page.lines.get(before.line);
    let in_row = row.is_some_and(|line| line.row && word < line.to);
    let together = own.sentence == clause.sentence || in_row;
    (near && together && !own.meaning.has(hedges)).then_some(before)
}

fn clause(page: &Page, at: usize) -> Option<&Clause> {
    page.clauses.get(page.token(at)?.clause)
}

/// How far behind its port a recommendation may stand, in tokens.
const MAX_BETWEEN: usize = 12;
