//! A survey of a domain: it says what has to be looked up, takes the answers in any order, and ends in a posture.
//!
//! What is wanted follows from what is known: a survey is a function of its answers, run anew with each batch of them.

mod bulk;
mod desk;
mod dkim;
mod dmarc;
mod exchangers;
mod mended;
mod spf;
mod texts;
mod transport;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

pub use bulk::{Receiver, Requirement, State, readiness};

use crate::dkim::KeyRecord;
use crate::dmarc::Walk;
use crate::finding::Finding;
use crate::lookup::{Answer, Answers, Lookup};
use crate::mta_sts::StsPolicy;
use crate::name::Name;
use crate::spf::{Outcome, Tree};
use crate::tlsa::{Matched, Tlsa};
use desk::Desk;

/// Answers that a survey keeps; what a hostile zone asks for beyond is not wanted.
pub const MAX_ANSWERS: usize = 400;

/// Why a selector is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The visitor named it, or a signature: it has to be there.
    Named,
    /// A provider that was recognized usually has it: it may be missing.
    Tried,
}

/// A selector of DKIM (RFC 6376, section 3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selector {
    /// Its labels, below which `_domainkey` follows.
    pub name: String,
    /// Why it is looked at.
    pub origin: Origin,
}

/// What a resolver says of DNSSEC. Only one on loopback, or one that the visitor named, is believed; whose word it is stands
/// beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// The answer was validated.
    Secure,
    /// The zone is not signed.
    Insecure,
    /// Nobody said.
    #[default]
    Unknown,
}

/// A survey in its course.
#[derive(Clone, Debug)]
pub struct Survey {
    domain: Name,
    selectors: Vec<Selector>,
    ip: Option<IpAddr>,
    answers: Answers,
    count: usize,
    security: BTreeMap<Lookup, Security>,
    certificates: BTreeMap<Name, Vec<Vec<u8>>>,
    wanted: Vec<Lookup>,
    /// Questions that nobody can answer.
    left: BTreeSet<Lookup>,
}

/// What a domain's records come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posture {
    /// The domain.
    pub domain: Name,
    /// When it was seen, in seconds since 1970.
    pub seen: u64,
    /// What there is to say, the worst first.
    pub findings: Vec<Finding>,
    /// The SPF record and all that it leads to.
    pub spf: Tree,
    /// The check of the address, where one was given.
    pub spf_check: Option<Outcome>,
    /// Keys by selector. `None`: there is none.
    pub dkim: Vec<(Selector, Option<KeyRecord>)>,
    /// The walk to the policy of DMARC.
    pub dmarc: Walk,
    /// Mail exchangers, the preferred first.
    pub exchangers: Vec<Exchanger>,
    /// Whether the domain says that it accepts no mail (RFC 7505).
    pub null_mx: bool,
    /// The policy of MTA-STS.
    pub sts: Option<StsPolicy>,
    /// Names of the address. `None`: no address was given, or no answer came.
    pub reverse: Option<Vec<ReverseName>>,
    /// Look-ups that failed: a time-out and a failing server apart.
    pub failed: Vec<(Lookup, Answer)>,
    /// Questions that nobody answered.
    pub unanswered: Vec<Lookup>,
}

/// A mail exchanger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanger {
    /// Lower is asked first.
    pub preference: u16,
    /// The host, as it was written.
    pub host: String,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// Its TLSA records for port 25, each with whether it matches what the host showed. `None`: nobody looked.
    pub tlsa: Vec<(Tlsa, Option<Matched>)>,
}

/// A name of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReverseName {
    /// As it was written.
    pub name: String,
    /// Whether it leads back. `None`: no answer came.
    pub confirmed: Option<bool>,
}

impl Survey {
    /// Starts a survey; `ip` is an address that is to send for the domain.
    pub fn new(domain: Name, selectors: Vec<Selector>, ip: Option<IpAddr>) -> Self {
        let mut survey = Self {
            domain,
            selectors,
            ip,
            answers: Answers::default(),
            count: 0,
            security: BTreeMap::new(),
            certificates: BTreeMap::new(),
            wanted: Vec::new(),
            left: BTreeSet::new(),
        };
        survey.wanted = survey.assess(0).1;
        survey
    }

    /// What has to be looked up next, by name and kind. Nothing: the survey can end.
    pub fn wanted(&self) -> &[Lookup] {
        &self.wanted
    }

    /// Takes an answer. One that nobody asked for changes nothing.
    pub fn answer(&mut self, lookup: Lookup, answer: Answer) {
        let Some(at) = self.wanted.iter().position(|it| *it == lookup) else {
            return;
        };
        self.wanted.remove(at);
        self.answers.keep(lookup, answer);
        self.went_on();
    }

    /// Says that nobody can answer a question: it is not wanted again, and stays unanswered. Nothing is said of what it asks for.
    pub fn leave_open(&mut self, lookup: &Lookup) {
        let Some(at) = self.wanted.iter().position(|it| it == lookup) else {
            return;
        };
        let lookup = self.wanted.remove(at);
        self.left.insert(lookup);
        self.went_on();
    }

    fn went_on(&mut self) {
        self.count += 1;
        if self.wanted.is_empty() && self.count < MAX_ANSWERS {
            let mut wanted = self.assess(0).1;
            wanted.retain(|lookup| !self.left.contains(lookup));
            wanted.truncate(MAX_ANSWERS - self.count);
            self.wanted = wanted;
        }
    }

    /// Says what the resolver said of an answer's security.
    pub fn secure(&mut self, lookup: Lookup, security: Security) {
        if self.answers.get(&lookup).is_some() {
            self.security.insert(lookup, security);
        }
    }

    /// Hands over what a host showed on port 25: its certificate first, then those of the authorities, in DER.
    pub fn certificates(&mut self, host: Name, chain: Vec<Vec<u8>>) {
        self.certificates.insert(host, chain);
    }

    /// Ends the survey with what is known. `now` is in seconds since 1970.
    pub fn finish(&self, now: u64) -> Posture {
        let mut posture = self.assess(now).0;
        mended::unite(self, now, &mut posture.findings);
        posture
    }

    fn assess(&self, now: u64) -> (Posture, Vec<Lookup>) {
        let mut desk = Desk::new(&self.domain, &self.answers);
        let (exchangers, null_mx) = exchangers::assess(&mut desk, self);
        let (tree, check) = spf::assess(&mut desk, self.ip, now, null_mx);
        let (dkim, all_known) = dkim::assess(&mut desk, &self.selectors);
        let keys = all_known.then_some(dkim.as_slice());
        let dmarc = dmarc::assess(&mut desk, &tree, keys, null_mx);
        let sts = transport::assess(&mut desk, &exchangers);
        texts::bimi(&mut desk, &dmarc);
        let reverse = self.ip.and_then(|ip| exchangers::reverse(&mut desk, ip));
        let open: BTreeSet<Lookup> = desk.open.iter().cloned().collect();
        let open: Vec<Lookup> = open.into_iter().collect();
        let mut findings = desk.findings;
        portolan_report::ordered::by_key(&mut findings, |finding| finding.rule.severity);
        let failed = self
            .answers
            .iter()
            .filter(|(_, answer)| answer.is_error())
            .map(|(lookup, answer)| (lookup.clone(), answer.clone()))
            .collect();
        let posture = Posture {
            domain: self.domain.clone(),
            seen: now,
            findings,
            spf: tree,
            spf_check: check,
            dkim,
            dmarc,
            exchangers,
            null_mx,
            sts,
            reverse,
            failed,
            unanswered: open.clone(),
        };
        (posture, open)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::{Kind, Record};

    #[test]
    fn what_nobody_will_bring_is_left_and_counts_as_unanswered() {
        let domain = Name::new("example.com").unwrap();
        let policy = Lookup::new(domain.child("mta-sts").unwrap(), Kind::StsPolicy);
        let mut survey = Survey::new(domain, Vec::new(), None);
        let mut was_wanted = false;
        while let Some(lookup) = survey.wanted().first().cloned() {
            if lookup == policy {
                was_wanted = true;
                survey.leave_open(&lookup);
                // What is not wanted cannot be left.
                survey.leave_open(&lookup);
                continue;
            }
            let answer = if lookup.name.as_str() == "_mta-sts.example.com" {
                Answer::Records(vec![Record::Txt(vec![b"v=STSv1; id=1".to_vec()])])
            } else {
                Answer::NoData
            };
            survey.answer(lookup, answer);
        }
        assert!(was_wanted);
        assert_eq!(survey.finish(0).unanswered, [policy]);
    }
}
