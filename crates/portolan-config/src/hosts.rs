//! Which host a port belongs to.

use crate::deny;
use crate::host::{self, Role};
use crate::meaning::Meaning;
use crate::numbers;
use crate::page::{Line, Page};
use crate::past;
use crate::ports::{self, Mention, REACH};
use crate::token::Kind;

/// For each mention, the tokens of its hosts; none where the text names none.
pub(crate) fn hosts(page: &Page, mentions: &[Mention], denied: &[bool]) -> Vec<Vec<usize>> {
    let mut eligible = eligible(page, mentions, false);
    if eligible.iter().all(Vec::is_empty) {
        eligible = self::eligible(page, mentions, true);
    }
    if eligible.iter().all(Vec::is_empty) {
        eligible = lone_host(page);
    }
    let only = only_host(page, &eligible);
    let mut found: Vec<Vec<usize>> = Vec::with_capacity(mentions.len());
    let mut current = Current::default();
    let mut rest = mentions;
    for (number, line) in page.lines.iter().enumerate() {
        let here: Vec<Mention> = rest
            .iter()
            .take_while(|mention| mention.line == number)
            .copied()
            .collect();
        rest = rest.get(here.len()..).unwrap_or_default();
        let own = eligible.get(number).map(Vec::as_slice).unwrap_or_default();
        let mut used = None;
        for mention in &here {
            let hosts = of_line(page, line, mention, own)
                .or_else(|| column_host(page, &eligible, number, mention))
                .unwrap_or_else(|| current.or_near(page, &eligible, number, only));
            if !denied.get(found.len()).copied().unwrap_or(true) {
                used = Some(hosts.clone());
            }
            found.push(hosts);
        }
        if let Some(used) = used {
            current = Current {
                hosts: used,
                line: number,
                block: line.block,
                used: true,
            };
        } else if !own.is_empty() {
            let shares = line.meaning.has(Meaning::PORT)
                && line.meaning.has(Meaning::SAME)
                && here.is_empty();
            if shares && current.used {
                share(&mut found, &current.hosts, own);
            }
            current.see(page, own, number, line);
        }
    }
    found
}

/// The hosts that were named last.
#[derive(Default)]
struct Current {
    hosts: Vec<usize>,
    line: usize,
    block: usize,
    used: bool,
}

impl Current {
    /// Hosts without ports between them share the ports that follow.
    fn see(&mut self, page: &Page, own: &[usize], number: usize, line: &Line) {
        let joins = !self.used
            && self.block == line.block
            && number - self.line <= MAX_APART
            && self.hosts.len() < MAX_HOSTS;
        if !joins {
            self.hosts.clear();
        }
        for at in own.iter().take(MAX_HOSTS) {
            let known = self
                .hosts
                .iter()
                .any(|host| name(page, *host) == name(page, *at));
            if !known {
                self.hosts.push(*at);
            }
        }
        self.line = number;
        self.block = line.block;
        self.used = false;
    }

    /// The host before a line, or near behind it, or the only one.
    fn or_near(
        &self,
        page: &Page,
        eligible: &[Vec<usize>],
        number: usize,
        only: Option<usize>,
    ) -> Vec<usize> {
        let block = page.lines.get(number).map(|line| line.block);
        let behind = |same: bool| {
            eligible
                .iter()
                .enumerate()
                .skip(number + 1)
                .take(MAX_BEHIND)
                .find(|(at, hosts)| {
                    !hosts.is_empty()
                        && (!same || page.lines.get(*at).map(|line| line.block) == block)
                })
        };
        if !self.hosts.is_empty() && Some(self.block) == block {
            return self.hosts.clone();
        }
        if let Some((_, hosts)) = behind(true) {
            return hosts.clone();
        }
        if !self.hosts.is_empty() {
            return self.hosts.clone();
        }
        let own_ports = |at: usize| {
            let block = page.lines.get(at).map(|line| line.block);
            page.lines
                .iter()
                .skip(at)
                .take(MAX_BEHIND)
                .take_while(|line| Some(line.block) == block)
                .any(|line| {
                    page.tokens_of(line)
                        .iter()
                        .take(MAX_ROW)
                        .any(|token| token.port().is_some_and(numbers::is_known))
                })
        };
        // A host of another block that has its own ports needs none of these.
        if let Some((at, _)) = behind(false)
            && own_ports(at)
        {
            return Vec::new();
        }
        if let Some((_, hosts)) = behind(false) {
            return hosts.iter().take(1).copied().collect();
        }
        only.into_iter().collect()
    }
}

fn name(page: &Page, at: usize) -> &str {
    page.token(at).map_or("", |token| token.text.as_str())
}

/// The hosts of the line that a mention stands in: right before it, else before it, else behind it.
fn of_line(page: &Page, line: &Line, mention: &Mention, own: &[usize]) -> Option<Vec<usize>> {
    if let Some(host) = mention.host {
        return Some(vec![host]);
    }
    let before = own.partition_point(|at| *at < mention.token);
    if let Some(last) = before.checked_sub(1).and_then(|last| own.get(last)) {
        // Hosts that are joined share.
        let mut hosts = vec![*last];
        let mut first = *last;
        for at in own.iter().take(before - 1).rev().take(MAX_HOSTS) {
            let joined = (at + 1..first).all(|between| {
                page.token(between).is_some_and(|token| match token.kind {
                    Kind::Sign(sign) => matches!(sign, ',' | '/' | '`' | '"' | '*' | '&'),
                    Kind::Word => token.meaning.has(Meaning::AND),
                    _ => false,
                })
            });
            if !joined {
                break;
            }
            hosts.insert(0, *at);
            first = *at;
        }
        return Some(hosts);
    }
    let after = own.get(before)?;
    let taken = page.token(after + 1).is_some_and(|token| token.is(':'))
        && page
            .token(after + 2)
            .is_some_and(|token| token.port().is_some());
    let near = after - mention.token <= REACH && *after < line.to;
    (!taken && near).then(|| vec![*after])
}

/// The host in the same column of a row above, in tables that have a column for each server.
fn column_host(
    page: &Page,
    eligible: &[Vec<usize>],
    number: usize,
    mention: &Mention,
) -> Option<Vec<usize>> {
    let line = page.lines.get(number).filter(|line| line.row)?;
    let cell = page.token(mention.token)?.cell;
    let from = number.saturating_sub(MAX_APART);
    for above in (from..number).rev() {
        let Some(other) = page
            .lines
            .get(above)
            .filter(|other| other.row && other.block == line.block)
        else {
            break;
        };
        let hosts = page
            .tokens_of(other)
            .iter()
            .take(MAX_ROW)
            .filter(|token| token.kind == Kind::Host)
            .count();
        let same = eligible
            .get(above)?
            .iter()
            .find(|at| page.token(**at).is_some_and(|token| token.cell == cell));
        if let Some(host) = same.filter(|_| hosts > 1 || cell > 0) {
            return Some(vec![*host]);
        }
    }
    None
}

/// A host of which the text says that it has the same ports.
fn share(found: &mut [Vec<usize>], before: &[usize], own: &[usize]) {
    for hosts in found.iter_mut().rev().take(MAX_HOSTS) {
        if hosts.as_slice() != before {
            break;
        }
        hosts.extend(own.iter().take(1));
    }
}

/// The only host for sending that the text names.
fn only_host(page: &Page, eligible: &[Vec<usize>]) -> Option<usize> {
    let mut all = eligible.iter().flatten();
    let first = *all.next()?;
    all.all(|at| name(page, *at) == name(page, first))
        .then_some(first)
}

/// The one host of a text that names no other, whatever its name says: `the server of your package, such as s12.example.com`.
fn lone_host(page: &Page) -> Vec<Vec<usize>> {
    let mut names: Vec<&str> = Vec::new();
    let lines: Vec<Vec<usize>> = page
        .lines
        .iter()
        .map(|line| {
            let is_host = |at: &usize| {
                page.token(*at).is_some_and(|token| {
                    token.kind == Kind::Host
                        && matches!(host::role(&token.text), Role::Neutral | Role::Mail)
                        && token.text.split('.').count() > 2
                })
            };
            let hosts: Vec<usize> = (line.from..line.to)
                .filter(is_host)
                .take(MAX_HOSTS)
                .collect();
            names.extend(hosts.iter().map(|at| name(page, *at)));
            if line.dropped { Vec::new() } else { hosts }
        })
        .collect();
    portolan_report::ordered::sort(&mut names);
    names.dedup();
    if names.len() == 1 {
        lines
    } else {
        vec![Vec::new(); lines.len()]
    }
}

/// For each line, the hosts at which mail may be handed in.
fn eligible(page: &Page, mentions: &[Mention], denied_too: bool) -> Vec<Vec<usize>> {
    page.lines
        .iter()
        .map(|line| {
            (line.from..line.to)
                .filter(|at| {
                    page.token(*at)
                        .is_some_and(|token| token.kind == Kind::Host)
                })
                .filter(|at| is_eligible(page, mentions, line, *at, denied_too))
                .collect()
        })
        .collect()
}

fn is_eligible(
    page: &Page,
    mentions: &[Mention],
    line: &Line,
    at: usize,
    denied_too: bool,
) -> bool {
    let Some(token) = page.token(at) else {
        return false;
    };
    let Some(clause) = page.clauses.get(token.clause) else {
        return false;
    };
    let role = host::role(&token.text);
    if matches!(role, Role::Incoming | Role::Other) || line.dropped {
        return false;
    }
    let protocol = ports::protocol(page, line, at);
    let foreign =
        protocol.has(Meaning::INCOMING.and(Meaning::OTHER)) && !protocol.has(Meaning::SMTP);
    if foreign && role != Role::Smtp {
        return false;
    }
    let past =
        (past::is_past(page, token.clause) || deny::is_gone(page, token.clause)) && !denied_too;
    if past || past::is_of_old(page.column(line, token.cell)) {
        return false;
    }
    let parent = clause.parent.and_then(|parent| page.clauses.get(parent));
    let never = clause.meaning.has(Meaning::NEVER)
        || parent.is_some_and(|parent| parent.meaning.has(Meaning::NEVER));
    let not = clause.meaning.has(Meaning::NOT) && !clause.numbers;
    if (never || not) && !(denied_too && clause.numbers) && !line.row {
        return false;
    }
    if role != Role::Neutral {
        return true;
    }
    // A name that says nothing needs words that do.
    let direct = mentions
        .binary_search_by(|mention| mention.token.cmp(&at))
        .unwrap_or_else(|place| place);
    if mentions
        .get(direct)
        .is_some_and(|mention| mention.host == Some(at))
    {
        return true;
    }
    if token.text.split('.').count() <= 2 {
        let near = line.from.max(at.saturating_sub(4))..at;
        return near
            .rev()
            .any(|at| page.meaning_at(at).has(Meaning::HOSTKEY));
    }
    let said = Meaning::HOSTKEY.and(Meaning::SMTP).and(Meaning::PORT);
    let next = mentions
        .get(direct)
        .is_some_and(|mention| mention.token <= at + 4);
    clause.meaning.has(said) || next || line.row && page.column(line, token.cell).has(said)
}

/// Hosts in lines this far apart still stand together.
const MAX_APART: usize = 4;
/// How many lines behind a port its host may stand.
const MAX_BEHIND: usize = 6;
/// More hosts do not share ports.
const MAX_HOSTS: usize = 8;
const MAX_ROW: usize = 80;
