//! What pasted records come to: a survey whose questions the text answers, or nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::{Origin, Posture, Selector, Survey};

use crate::bare;
use crate::model::{Read, Said, Value};

/// Stands for a domain that nobody named (RFC 6761, section 6.4).
const STAND_IN: &str = "domain.invalid";
/// Stands for a selector that nobody named.
const STAND_IN_SELECTOR: &str = "selector";
/// Aliases that are followed; a longer chain is not known to end.
const MAX_ALIASES: usize = 10;
/// Selectors that are looked at.
const MAX_SELECTORS: usize = 30;

/// What pasted records come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// The posture. Its `unanswered` are the questions that nothing in the text answers: nothing is said of them.
    pub posture: Posture,
    /// The domain is a stand-in, `domain.invalid`, since neither the text nor the visitor names one.
    pub is_stand_in: bool,
    /// Records without a name, and where they were put.
    pub placed: Vec<Placed>,
    /// What the survey asked, and the text answered.
    pub answers: Vec<(Lookup, Answer)>,
    /// The selectors of keys in the text.
    pub selectors: Vec<Selector>,
}

/// A record without a name that was put where its kind belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The line on which it begins, from 1.
    pub line: u32,
    /// Where it was put.
    pub at: Lookup,
    /// The selector is a stand-in: a key alone does not say which it has.
    pub is_stand_in: bool,
}

/// Judges what was read. `ip` is an address that is to send for the domain; `now` is in seconds since 1970.
///
/// `None`: there is neither a domain nor a record.
pub fn assess(read: &Read, ip: Option<IpAddr>, now: u64) -> Option<Assessed> {
    let is_stand_in = read.domain.is_none();
    if is_stand_in && read.nameless.is_empty() {
        return None;
    }
    let domain = match &read.domain {
        Some(guess) => guess.name.clone(),
        None => Name::new(STAND_IN).ok()?,
    };
    let mut known = Known::of(read);
    let placed = known.place(read, &domain);
    let selectors = known.selectors(&domain);
    let mut survey = Survey::new(domain.clone(), selectors.clone(), ip);
    let mut answers = Vec::new();
    while let Some(lookup) = survey.wanted().first().cloned() {
        match known.answer(&lookup) {
            Some(answer) => {
                answers.push((lookup.clone(), answer.clone()));
                survey.answer(lookup, answer);
            }
            None => survey.leave_open(&lookup),
        }
    }
    Some(Assessed {
        posture: survey.finish(now),
        is_stand_in,
        placed,
        answers,
        selectors,
    })
}

/// What a text says of names.
#[derive(Debug, Default)]
struct Known {
    records: BTreeMap<Lookup, Vec<Record>>,
    silent: BTreeMap<Lookup, Said>,
    /// Names that do not exist.
    nowhere: BTreeSet<Name>,
    /// Names that have a record of any type.
    somewhere: BTreeSet<Name>,
}

impl Known {
    fn of(read: &Read) -> Self {
        let mut known = Self::default();
        for entry in &read.records {
            known.somewhere.insert(entry.name.clone());
            if let Value::Record(record) = &entry.value {
                known.add(entry.name.clone(), record.clone());
            }
        }
        for silence in &read.silences {
            if silence.said == Said::NoSuchName {
                known.nowhere.insert(silence.name.clone());
            } else if let Some(kind) = silence.kind {
                let lookup = Lookup::new(silence.name.clone(), kind);
                // A server that knows counts for more than one that failed.
                let said = known.silent.entry(lookup).or_insert(silence.said);
                *said = (*said).min(silence.said);
            }
        }
        known
    }

    /// Adds a record, unless it is there: a set has no two alike (RFC 2181, section 5).
    fn add(&mut self, name: Name, record: Record) {
        let lookup = Lookup::new(name, record.kind());
        let all = self.records.entry(lookup).or_default();
        if !all.iter().any(|it| is_same(it, &record)) {
            all.push(record);
        }
    }

    /// Puts records without a name where their kind belongs.
    fn place(&mut self, read: &Read, domain: &Name) -> Vec<Placed> {
        let mut placed = Vec::new();
        for nameless in &read.nameless {
            let Value::Record(record) = &nameless.value else {
                continue;
            };
            let mut is_stand_in = false;
            let label = match (&nameless.label, record) {
                (Some(label), _) => label.clone(),
                (None, Record::Txt(strings)) => {
                    let text = strings.concat();
                    match bare::label(&text) {
                        Some(label) => label.to_owned(),
                        None if portolan_dns::dkim::is_key(&text) => {
                            is_stand_in = true;
                            format!("{STAND_IN_SELECTOR}._domainkey")
                        }
                        None => continue,
                    }
                }
                (None, Record::Mx { .. }) => String::new(),
                (None, Record::StsPolicy { .. }) => "mta-sts".to_owned(),
                (None, _) => continue,
            };
            let name = if label.is_empty() {
                domain.clone()
            } else {
                let Ok(name) = domain.child(&label) else {
                    continue;
                };
                name
            };
            self.somewhere.insert(name.clone());
            self.add(name.clone(), record.clone());
            placed.push(Placed {
                line: nameless.line,
                at: Lookup::new(name, record.kind()),
                is_stand_in,
            });
        }
        placed
    }

    /// The selectors of keys that the text has, or says are not there.
    fn selectors(&self, domain: &Name) -> Vec<Selector> {
        let suffix = format!("._domainkey.{domain}");
        let records = self
            .records
            .keys()
            .filter(|lookup| matches!(lookup.kind, Kind::Txt | Kind::Cname))
            .map(|lookup| &lookup.name);
        let silent = self
            .silent
            .keys()
            .filter(|lookup| lookup.kind == Kind::Txt)
            .map(|lookup| &lookup.name);
        let names: BTreeSet<&str> = records
            .chain(silent)
            .chain(&self.nowhere)
            .filter_map(|name| name.as_str().strip_suffix(&suffix))
            .collect();
        names
            .into_iter()
            .take(MAX_SELECTORS)
            .map(|name| Selector {
                name: name.to_owned(),
                origin: Origin::Named,
            })
            .collect()
    }

    /// What the text answers. `None`: nothing.
    fn answer(&self, lookup: &Lookup) -> Option<Answer> {
        let mut lookup = lookup.clone();
        for _ in 0..=MAX_ALIASES {
            if let Some(records) = self.records.get(&lookup) {
                return Some(Answer::Records(records.clone()));
            }
            let alias = Lookup::new(lookup.name.clone(), Kind::Cname);
            let target = match self.records.get(&alias).and_then(|all| all.first()) {
                Some(Record::Cname(target)) if lookup.kind != Kind::StsPolicy => target,
                _ => return self.silence(&lookup),
            };
            lookup.name = Name::new(target).ok()?;
        }
        None
    }

    fn silence(&self, lookup: &Lookup) -> Option<Answer> {
        if lookup.kind == Kind::StsPolicy {
            return None;
        }
        match self.silent.get(lookup) {
            Some(Said::NoData) => return Some(Answer::NoData),
            Some(Said::ServerFailure) => return Some(Answer::ServerFailure),
            Some(Said::TimedOut) => return Some(Answer::TimedOut),
            Some(Said::NoSuchName) | None => {}
        }
        // Where anything else stands there is no alias (RFC 1034, section 3.6.2).
        if lookup.kind == Kind::Cname && self.somewhere.contains(&lookup.name) {
            return Some(Answer::NoData);
        }
        if self.somewhere.contains(&lookup.name) {
            return None;
        }
        // Below a name that does not exist nothing does (RFC 8020, section 2).
        let mut name = Some(lookup.name.clone());
        while let Some(it) = name {
            if self.nowhere.contains(&it) {
                return Some(Answer::NoSuchName);
            }
            name = it.parent();
        }
        None
    }
}

fn is_same(one: &Record, other: &Record) -> bool {
    let host = |text: &str| text.trim_end_matches('.').to_ascii_lowercase();
    match (one, other) {
        (Record::Txt(one), Record::Txt(other)) => one.concat() == other.concat(),
        (
            Record::Mx {
                preference,
                host: name,
            },
            Record::Mx {
                preference: theirs,
                host: other,
            },
        ) => preference == theirs && host(name) == host(other),
        (Record::Cname(one), Record::Cname(other)) | (Record::Ptr(one), Record::Ptr(other)) => {
            host(one) == host(other)
        }
        _ => one == other,
    }
}
