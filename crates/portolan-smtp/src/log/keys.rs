//! Counts by key, for a bounded number of keys.

use std::collections::HashMap;

use super::tally::{Counts, Keyed};
use super::window::DomainAt;

/// A table with a bounded number of keys: what no longer fits is counted together.
#[derive(Default)]
pub(super) struct Keys {
    places: HashMap<Box<[u8]>, usize>,
    counts: Vec<(Box<[u8]>, Counts)>,
    others: Counts,
    /// Where the last key is: neighbours in a log are alike.
    last: usize,
}

impl Keys {
    pub(super) fn add(&mut self, key: &[u8], add: impl Fn(&mut Counts)) -> Option<usize> {
        if key.is_empty() {
            return None;
        }
        let same = |(last, _): &(Box<[u8]>, Counts)| **last == *key;
        if !self.counts.get(self.last).is_some_and(same) {
            self.last = match self.places.get(key) {
                Some(at) => *at,
                None if self.counts.len() >= MOST_KEYS || key.len() > LONGEST_KEY => {
                    add(&mut self.others);
                    return None;
                }
                None => {
                    let at = self.counts.len();
                    self.places.insert(key.into(), at);
                    self.counts.push((key.into(), Counts::default()));
                    at
                }
            };
        }
        let (_, counts) = self.counts.get_mut(self.last)?;
        add(counts);
        Some(self.last)
    }

    pub(super) fn key(&self, at: DomainAt) -> &[u8] {
        let at = at.0.and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.counts.get(at))
            .map_or(&[], |(key, _)| key)
    }

    pub(super) fn lose(&mut self, at: DomainAt) {
        let at = at.0.and_then(|at| usize::try_from(at).ok());
        if let Some((_, counts)) = at.and_then(|at| self.counts.get_mut(at)) {
            counts.lost += 1;
        }
    }

    pub(super) fn in_order(self) -> Vec<Keyed> {
        let keyed = |(key, counts): (Box<[u8]>, Counts)| Keyed {
            key: String::from_utf8_lossy(&key).into_owned(),
            counts,
        };
        let mut all: Vec<Keyed> = self.counts.into_iter().map(keyed).collect();
        if self.others != Counts::default() {
            all.push(Keyed {
                key: String::new(),
                counts: self.others,
            });
        }
        all
    }

    pub(super) fn by_failures(self) -> Vec<Keyed> {
        let mut all = self.in_order();
        portolan_report::ordered::by(&mut all, |one, other| {
            let weight = |it: &Keyed| (it.counts.lost, it.counts.deferred, it.counts.sent);
            weight(other)
                .cmp(&weight(one))
                .then_with(|| one.key.cmp(&other.key))
        });
        all
    }
}

/// So many domains, hosts, addresses and hours are counted apart.
const MOST_KEYS: usize = 20_000;
/// A name has at most 253 letters (RFC 1035, section 2.3.4).
const LONGEST_KEY: usize = 255;
