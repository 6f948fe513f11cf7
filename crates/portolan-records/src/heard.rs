//! What one source of a text says of names: a server, or whoever wrote records down. Sets of different servers are never one:
//! each may be of another time, or of another answer to who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use portolan_dns::lookup::{Answer, Kind, Lookup, MAX_RECORDS, Record};
use portolan_dns::name::Name;

use crate::model::{Said, Silence, Word};

/// Aliases that are followed; a longer chain is not known to end.
const MAX_ALIASES: usize = 10;
/// The most of a server's name that is kept.
const MAX_SERVER: usize = 100;

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A server. `None`: an answer that does not tell whose it is.
    Server(Option<String>),
    /// Nobody was asked: a zone file, a panel, a record alone.
    Written,
}

impl Source {
    pub(crate) fn of(word: &Word) -> Self {
        match (&word.server, word.message) {
            (Some(server), _) => Self::Server(Some(named(server))),
            (None, 0) => Self::Written,
            (None, _) => Self::Server(None),
        }
    }

    pub(crate) fn server(self) -> Option<String> {
        match self {
            Self::Server(server) => server,
            Self::Written => None,
        }
    }
}

/// A server as it is named: `192.0.2.53#53(ns1.example.com)` without its usual port and its second name.
fn named(text: &str) -> String {
    let text = text.split('(').next().unwrap_or(text);
    let text = text.strip_suffix("#53").unwrap_or(text);
    let text = text.trim_end_matches('.').to_ascii_lowercase();
    text.chars().take(MAX_SERVER).collect()
}

/// What one source says of names.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) source: Source,
    records: BTreeMap<Lookup, Set>,
    silent: BTreeMap<Lookup, Said>,
    /// Names that do not exist.
    nowhere: BTreeSet<Name>,
    /// Names that have a record of any type.
    somewhere: BTreeSet<Name>,
}

/// Records of one name and type.
#[derive(Debug)]
struct Set {
    /// The answer that they came in.
    message: u32,
    records: Vec<Record>,
    /// What is in it, in one form.
    keys: BTreeSet<Vec<u8>>,
}

impl Heard {
    pub(crate) const fn new(source: Source) -> Self {
        Self {
            source,
            records: BTreeMap::new(),
            silent: BTreeMap::new(),
            nowhere: BTreeSet::new(),
            somewhere: BTreeSet::new(),
        }
    }

    /// Learns that something is at a name.
    pub(crate) fn exists(&mut self, name: Name) {
        self.somewhere.insert(name);
    }

    /// Adds a record, unless it is there: a set has no two alike (RFC 2181, section 5). A server that is asked again answers
    /// with the set anew, and the first counts.
    pub(crate) fn add(&mut self, name: Name, record: &Record, message: u32) {
        let set = self
            .records
            .entry(Lookup::new(name, record.kind()))
            .or_insert_with(|| Set {
                message,
                records: Vec::new(),
                keys: BTreeSet::new(),
            });
        let has_room = set.message == message && set.records.len() < MAX_RECORDS;
        if has_room && set.keys.insert(key(record)) {
            set.records.push(record.clone());
        }
    }

    /// Learns of an answer without records.
    pub(crate) fn is_silent(&mut self, silence: &Silence) {
        if silence.said == Said::NoSuchName {
            self.nowhere.insert(silence.name.clone());
        } else if let Some(kind) = silence.kind {
            let lookup = Lookup::new(silence.name.clone(), kind);
            // An answer counts for more than a failure.
            let said = self.silent.entry(lookup).or_insert(silence.said);
            *said = (*said).min(silence.said);
        }
    }

    /// Names of texts, and of aliases that may lead to some, there or not.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Name> {
        let records = self.records.keys();
        let records = records.filter(|it| matches!(it.kind, Kind::Txt | Kind::Cname));
        let silent = self.silent.keys().filter(|it| it.kind == Kind::Txt);
        records
            .chain(silent)
            .map(|it| &it.name)
            .chain(&self.nowhere)
    }

    /// What it answers. `None`: nothing. What stands behind an alias of its own, any of `all` may tell.
    pub(crate) fn answer(&self, lookup: &Lookup, all: &[Self]) -> Option<Answer> {
        let mut lookup = lookup.clone();
        for aliases in 0..=MAX_ALIASES {
            let others = all.iter().filter(|_| aliases > 0);
            let who = iter::once(self).chain(others);
            let set = |lookup: &Lookup| who.clone().find_map(|it| it.records.get(lookup));
            if let Some(set) = set(&lookup) {
                return Some(Answer::Records(set.records.clone()));
            }
            let alias = Lookup::new(lookup.name.clone(), Kind::Cname);
            let target = match set(&alias).and_then(|it| it.records.first()) {
                Some(Record::Cname(target)) if lookup.kind != Kind::StsPolicy => target,
                _ => return who.clone().find_map(|it| it.silence(&lookup)),
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

/// A record in the form in which equal ones are equal.
fn key(record: &Record) -> Vec<u8> {
    let host = |text: &str| {
        let text = text.trim_end_matches('.').to_ascii_lowercase();
        text.into_bytes()
    };
    match record {
        Record::A(address) => address.octets().into(),
        Record::Aaaa(address) => address.octets().into(),
        Record::Cname(name) | Record::Ptr(name) => host(name),
        Record::Mx {
            preference,
            host: name,
        } => [&preference.to_be_bytes()[..], &host(name)].concat(),
        Record::Tlsa(it) => [&[it.usage, it.selector, it.matching][..], &it.data].concat(),
        Record::Txt(strings) => strings.concat(),
        Record::StsPolicy { content_type, body } => {
            let media = content_type.as_deref().unwrap_or_default();
            [media.as_bytes(), b"\n", body].concat()
        }
    }
}
