//! Puts together what the other files find: ports, their hosts, their encryption.

use portolan_report::Span;

use crate::clause::Clause;
use crate::evidence::Why;
use crate::meaning::Meaning;
use crate::page::{Line, Page};
use crate::ports::{self, Mention};
use crate::tls::{self, Said};
use crate::{ReadEndpoint, bare, deny, hosts, nearby, numbers, prefer};

/// The endpoints of a text.
pub(crate) fn read(text: &str) -> Vec<ReadEndpoint> {
    let mut page = Page::of(text);
    tls::settle(&mut page);
    let mentions = ports::mentions(&page);
    let denied = denied(&page, &mentions);
    let hosts = hosts::hosts(&page, &mentions, &denied);
    let said = encryption(&page, &mentions, &denied);
    let mut found: Vec<ReadEndpoint> = Vec::new();
    for (((mention, hosts), said), _) in mentions
        .iter()
        .zip(&hosts)
        .zip(&said)
        .zip(&denied)
        .filter(|(_, denied)| !**denied)
    {
        let tls = said.and_then(|(said, _)| tls::resolve(mention.port, said));
        if tls.is_none() && bare::is_bare(&page, mention) {
            continue;
        }
        if hosts.is_empty() {
            // A number with neither host nor encryption may be anybody's.
            if said.is_some() {
                add(&page, &mut found, mention, None, *said);
            }
        }
        for host in hosts {
            add(&page, &mut found, mention, Some(*host), *said);
        }
    }
    // Where a text names hosts, ports without one are said of ports in general.
    if found.iter().any(|endpoint| endpoint.host.is_some()) {
        found.retain(|endpoint| endpoint.host.is_some());
    }
    prefer::mark(&page, &mentions, &mut found);
    for endpoint in &mut found {
        portolan_report::ordered::sort(&mut endpoint.evidence);
        endpoint.evidence.dedup();
    }
    found
}

fn add(
    page: &Page,
    found: &mut Vec<ReadEndpoint>,
    mention: &Mention,
    host: Option<usize>,
    said: Said,
) {
    let name = host
        .and_then(|host| page.token(host))
        .map(|host| host.text.clone());
    let tls = said.and_then(|(meaning, _)| tls::resolve(mention.port, meaning));
    let word = said.filter(|_| tls.is_some()).map(|(_, at)| at);
    let evidence = [Some(mention.token), host, word]
        .into_iter()
        .flatten()
        .filter_map(|at| span(page, at));
    let room = found.len() < MAX_ENDPOINTS;
    let known = found.iter_mut().take(MAX_ENDPOINTS).find(|known| {
        known.port == mention.port && is_same(known.host.as_deref(), name.as_deref())
    });
    match known {
        Some(known) if known.tls.is_none() => {
            known.tls = tls;
            known.evidence.extend(evidence);
        }
        None if room => {
            found.push(ReadEndpoint {
                host: name,
                port: mention.port,
                tls,
                recommended: false,
                evidence: evidence.collect(),
            });
        }
        Some(_) | None => {}
    }
}

/// Whether two names are of one host: placeholders may be called differently.
fn is_same(one: Option<&str>, other: Option<&str>) -> bool {
    let parts = |name: &str| -> Vec<String> {
        name.split('<')
            .map(|part| part.rsplit('>').next().unwrap_or_default().to_owned())
            .collect()
    };
    match (one, other) {
        (Some(one), Some(other)) => {
            one == other || one.contains('<') && other.contains('<') && parts(one) == parts(other)
        }
        _ => one == other,
    }
}

fn span(page: &Page, at: usize) -> Option<Span> {
    let token = page.token(at)?;
    Some(Span {
        start: u64::try_from(token.start).ok()?,
        end: u64::try_from(token.end).ok()?,
    })
}

/// For each mention, whether the text takes it back.
fn denied(page: &Page, mentions: &[Mention]) -> Vec<bool> {
    let mut forbidden: Vec<u16> = mentions
        .iter()
        .filter(|mention| deny::is_forbidden(page, mention))
        .map(|mention| mention.port)
        .collect();
    portolan_report::ordered::sort(&mut forbidden);
    forbidden.dedup();
    mentions
        .iter()
        .map(|mention| {
            // What only its words make a port yields to a plain prohibition.
            let weak = mention.why == Why::Around;
            weak && forbidden.binary_search(&mention.port).is_ok() || deny::is_denied(page, mention)
        })
        .collect()
}

/// For each mention, what the text says of its encryption.
fn encryption(page: &Page, mentions: &[Mention], denied: &[bool]) -> Vec<Said> {
    let mut with_ports = vec![false; page.lines.len()];
    for mention in mentions {
        if let Some(line) = with_ports.get_mut(mention.line) {
            *line = true;
        }
    }
    let mut said: Vec<Said> = Vec::with_capacity(mentions.len());
    let mut start = 0;
    while let Some(first) = mentions.get(start) {
        let list = mentions
            .iter()
            .skip(start)
            .take_while(|mention| mention.list == first.list);
        let list: Vec<Mention> = list.copied().collect();
        for (index, mention) in list.iter().enumerate() {
            let line = page.lines.get(mention.line);
            let found = line.and_then(|line| {
                of_list(page, line, &list, index)
                    .or_else(|| {
                        let end = list.last().map_or(mention.token, |last| last.token);
                        tls::in_row(page, line, mention, first.token, end)
                    })
                    .or_else(|| tls::in_program(page, line, &list))
                    .or_else(|| likewise(page, mention, &said))
                    .or_else(|| {
                        nearby::around(page, mention, &with_ports).filter(|(said, at)| {
                            list.len() == 1 || fits(mention, *said) || is_of_all(page, *at)
                        })
                    })
            });
            said.push(found);
        }
        start += list.len();
    }
    pass_on(page, mentions, denied, &mut said);
    spread(page, mentions, denied, &mut said);
    for (mention, said) in mentions.iter().zip(&mut said) {
        if said.is_none() {
            *said = of_sentence(page, mention);
        }
        if said.is_none() {
            *said = nearby::introduced(page, mention, &with_ports);
        }
    }
    said
}

/// Whether the sentence that a token is in speaks of all ports.
fn is_of_all(page: &Page, at: usize) -> bool {
    let Some(token) = page.token(at) else {
        return false;
    };
    let own = page.clauses.get(token.clause).map(|clause| clause.sentence);
    page.clauses
        .iter()
        .skip(token.clause.saturating_sub(3))
        .take(7)
        .filter(|clause| Some(clause.sentence) == own)
        .any(|clause| clause.meaning.has(Meaning::EVERY))
}

/// Whether what is said of several ports goes for this one too: STARTTLS does not for those of implicit TLS.
fn fits(mention: &Mention, said: Meaning) -> bool {
    !numbers::is_implicit(mention.port)
        || !said.has(Meaning::START)
        || said.has(Meaning::SSL.and(Meaning::IMPLICIT))
}

/// What the sentence says of all its ports: `x:587 and x:25, both with STARTTLS`.
fn of_sentence(page: &Page, mention: &Mention) -> Said {
    let own = clause_index(page, mention)?;
    let sentence = page.clauses.get(own)?.sentence;
    let last = page
        .clauses
        .iter()
        .skip(own + 1)
        .take(6)
        .take_while(|clause| clause.sentence == sentence)
        .find(|clause| {
            let meaning = clause.meaning;
            meaning.has(Meaning::EVERY)
                && meaning.has(TLS)
                && !meaning.has(Meaning::NOT.and(Meaning::NEVER))
                && !clause.numbers
        })?;
    tls::between(page, last.from, last.to).filter(|(said, _)| fits(mention, *said))
}

/// What stands before a port that is given up is said of the one that takes its place: `with STARTTLS, from 25 to 587`.
fn pass_on(page: &Page, mentions: &[Mention], denied: &[bool], said: &mut [Said]) {
    let sentence = |mention: &Mention| {
        page.token(mention.token)
            .and_then(|token| page.clauses.get(token.clause))
            .map(|clause| clause.sentence)
    };
    for index in 1..mentions.len() {
        let (Some(gone), Some(mention)) = (mentions.get(index - 1), mentions.get(index)) else {
            continue;
        };
        let Some((meaning, at)) = said.get(index - 1).copied().flatten() else {
            continue;
        };
        let passes = denied.get(index - 1).copied().unwrap_or_default()
            && sentence(gone) == sentence(mention)
            && at < gone.token
            && !meaning.has(Meaning::PLAIN);
        if let Some(said) = said.get_mut(index).filter(|said| passes && said.is_none()) {
            *said = Some((meaning, at));
        }
    }
}

/// What a line says of one port of a list: right behind it, where the others have that too; else of the whole list.
fn of_list(page: &Page, line: &Line, list: &[Mention], index: usize) -> Said {
    let token = list.get(index)?.token;
    // `25 (MTA), 465 (TLS)`: a remark of its own that is silent about it.
    if index + 1 < list.len() && page.token(token + 1).is_some_and(|next| next.is('(')) {
        let inside = (token + 2..line.to.min(token + MAX_REMARK))
            .take_while(|at| page.token(*at).is_some_and(|token| !token.is(')')))
            .fold(Meaning::default(), |all, at| all.and(page.meaning_at(at)));
        if !inside.has(Meaning::ANY_TLS) {
            return None;
        }
    }
    let runs = |from: usize| {
        let mut end = from;
        while let (Some(now), Some(next)) = (list.get(end), list.get(end + 1)) {
            let speaks =
                (now.token + 1..next.token).any(|at| page.meaning_at(at).has(Meaning::ANY_TLS));
            if speaks {
                break;
            }
            end += 1;
        }
        end
    };
    let end = list.get(runs(index))?.token;
    let mut first = index;
    while first > 0 {
        let (Some(before), Some(now)) = (list.get(first - 1), list.get(first)) else {
            break;
        };
        let speaks =
            (before.token + 1..now.token).any(|at| page.meaning_at(at).has(Meaning::ANY_TLS));
        if speaks {
            break;
        }
        first -= 1;
    }
    let start = list.get(first).map_or(token, |mention| mention.token);
    tls::in_line(page, line, start, end)
}

/// A port of which the text says that it is as the one before.
fn likewise(page: &Page, mention: &Mention, said: &[Said]) -> Said {
    let clause = page
        .token(mention.token)
        .and_then(|token| page.clauses.get(token.clause))?;
    let same = page
        .clauses
        .iter()
        .skip(clause_index(page, mention)?.saturating_sub(3))
        .take(7);
    let speaks = same
        .filter(|other| other.sentence == clause.sentence)
        .any(|other| other.meaning.has(Meaning::LIKEWISE));
    if speaks {
        said.iter().rev().take(12).find_map(|said| *said)
    } else {
        None
    }
}

fn clause_index(page: &Page, mention: &Mention) -> Option<usize> {
    page.token(mention.token).map(|token| token.clause)
}

/// Sentences without a port that speak of all of them, or of the last.
fn spread(page: &Page, mentions: &[Mention], denied: &[bool], said: &mut [Said]) {
    let mut from = 0;
    while let Some(first) = page.clauses.get(from) {
        let sentence: Vec<&Clause> = page
            .clauses
            .iter()
            .skip(from)
            .take_while(|clause| clause.sentence == first.sentence)
            .collect();
        from += sentence.len();
        let meaning = sentence
            .iter()
            .fold(Meaning::default(), |all, clause| all.and(clause.meaning));
        let start = first.from;
        let end = sentence
            .iter()
            .map(|clause| clause.to)
            .max()
            .unwrap_or(start);
        let all = meaning.has(Meaning::EVERY);
        let only_last = meaning.has(Meaning::LAST);
        let before = mentions.partition_point(|mention| mention.token < start);
        let names = mentions
            .get(before)
            .is_some_and(|mention| mention.token < end);
        // `Port 587. TLS is required.`
        let follows = before
            .checked_sub(1)
            .and_then(|before| mentions.get(before))
            .is_some_and(|mention| {
                let own = page
                    .token(mention.token)
                    .and_then(|token| page.clauses.get(token.clause));
                let line = page
                    .lines
                    .get(mention.line)
                    .is_some_and(|line| start < line.to && !line.row);
                line && own.is_some_and(|own| own.sentence + 1 == first.sentence)
                    && (meaning.has(Meaning::START)
                        || meaning.has(Meaning::TLS) && meaning.has(Meaning::YES))
                    && !meaning.has(Meaning::IF.and(Meaning::HEDGE).and(Meaning::ANY_PROTOCOL))
            });
        if !(all || only_last || follows) || names || meaning.has(Meaning::NOT.and(Meaning::NEVER))
        {
            continue;
        }
        let Some(at) = (start..end.min(start + 60)).find(|at| page.meaning_at(*at).has(TLS)) else {
            continue;
        };
        let of = (start..end.min(start + 60)).fold(Meaning::default(), |all, at| {
            all.and(page.meaning_at(at).only(TLS))
        });
        let mut listed = None;
        for index in (before.saturating_sub(MAX_SPREAD)..before).rev() {
            let Some(mention) = mentions
                .get(index)
                .filter(|_| !denied.get(index).copied().unwrap_or(true))
            else {
                continue;
            };
            let list = *listed.get_or_insert(mention.list);
            if !all && mention.list != list {
                break;
            }
            if let Some(said) = said
                .get_mut(index)
                .filter(|said| said.is_none() && fits(mention, of))
            {
                *said = Some((of, at));
            }
            if only_last {
                break;
            }
        }
    }
}

const TLS: Meaning = Meaning::ANY_TLS.without(Meaning::PLAIN);
/// A remark in parentheses is no longer, in tokens.
const MAX_REMARK: usize = 12;
/// How many ports a sentence about all of them reaches.
const MAX_SPREAD: usize = 12;
/// More endpoints are no documentation but a list; the rest is not looked at.
const MAX_ENDPOINTS: usize = 256;
