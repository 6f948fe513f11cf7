//! The tree walk (RFC 9989, section 4.10): which record is a domain's policy, and where its organisation begins.

use super::{DmarcRecord, Psd, is_dmarc, read};
use crate::lookup::{Answer, Answers, Kind, Lookup};
use crate::name::Name;

/// Names that are asked at most, the domain's own included.
pub const MAX_WALK: usize = 8;

/// What a walk came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// What was found at each name, from the domain upwards, as far as the walk goes.
    pub found: Vec<(Name, Found)>,
    /// The domain that stands for the organisation, as far as the answers show it: see `has_failed`.
    pub organization: Name,
    /// The place in `found` of the record that is the domain's policy. `None`: there is none, or a name on the way to it has no
    /// answer.
    pub policy: Option<usize>,
    /// Questions that have no answer yet.
    pub open: Vec<Lookup>,
}

/// What one name of a walk has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The name servers did not answer.
    Error(Answer),
    /// Several records, which all are discarded.
    Many(usize),
    /// No record.
    None,
    /// One record.
    Record(Box<DmarcRecord>),
}

impl Walk {
    /// The record that is the domain's policy, and at which domain it stands.
    pub fn record(&self) -> Option<(&Name, &DmarcRecord)> {
        match self.found.get(self.policy?)? {
            (name, Found::Record(record)) => Some((name, record)),
            _ => None,
        }
    }

    /// The record whose `sp` and `np` count for names below the domain that have none of their own: its organisation's, else
    /// its public suffix's. Those of a record below the organisation's domain are ignored (section 4.7). `None`: there is no
    /// such record, or a look-up on the way failed.
    pub fn record_for_names_below(&self) -> Option<(&Name, &DmarcRecord)> {
        if self.has_failed() {
            return None;
        }
        let records = || {
            self.found.iter().filter_map(|(name, found)| match found {
                Found::Record(record) => Some((name, record.as_ref())),
                _ => None,
            })
        };
        records()
            .find(|(name, _)| **name == self.organization)
            .or_else(|| records().find(|(_, record)| record.psd == Psd::Yes))
    }

    /// Whether a look-up on the way failed: what stands there may be the policy, or show another organisation.
    pub fn has_failed(&self) -> bool {
        let is_error = |it: &(Name, Found)| matches!(it.1, Found::Error(_));
        self.found.iter().any(is_error)
    }
}

/// The names that a walk asks at, from the domain upwards: of a name with more than seven labels above it, only seven are.
pub fn walk_names(domain: &Name) -> Vec<Name> {
    let mut names = vec![domain.clone()];
    let mut above = domain.parent();
    while let Some(name) = above {
        above = name.parent();
        if name.labels().count() < MAX_WALK {
            names.push(name);
        }
    }
    names
}

/// Walks as far as the answers reach.
pub fn walk(domain: &Name, answers: &Answers) -> Walk {
    let mut found: Vec<(Name, Found)> = Vec::new();
    let mut open = Vec::new();
    for name in walk_names(domain) {
        let Ok(at) = name.child("_dmarc") else {
            continue;
        };
        let lookup = Lookup::new(at, Kind::Txt);
        let Some(answer) = answers.get(&lookup) else {
            open.push(lookup);
            continue;
        };
        let here = one(answer);
        let ends = matches!(&here, Found::Record(record) if record.psd != Psd::Unknown);
        found.push((name, here));
        // What is above is asked too while something below is open, in one go; it is left out once it cannot count.
        if ends && open.is_empty() {
            break;
        }
    }
    let organization = organization(domain, &found);
    let policy = policy(domain, &organization, &found);
    Walk {
        found,
        organization,
        policy,
        open,
    }
}

fn one(answer: &Answer) -> Found {
    if answer.is_error() {
        return Found::Error(answer.clone());
    }
    let mut records = answer.texts().filter(|text| is_dmarc(text));
    let Some(text) = records.next() else {
        return Found::None;
    };
    match records.count() {
        0 => Found::Record(Box::new(read(&text))),
        more => Found::Many(more + 1),
    }
}

/// Section 4.10.2: where a record says psd=n; below one that says psd=y; else the highest name with a record.
fn organization(domain: &Name, found: &[(Name, Found)]) -> Name {
    let records = || {
        found.iter().filter_map(|(name, it)| match it {
            Found::Record(record) => Some((name, record)),
            _ => None,
        })
    };
    if let Some((name, _)) = records().find(|(_, record)| record.psd == Psd::No) {
        return name.clone();
    }
    if let Some((name, _)) =
        records().find(|(name, record)| *name != domain && record.psd == Psd::Yes)
    {
        // One label below the public suffix, on the way to the domain.
        let labels = name.labels().count() + 1;
        let mut below = domain.clone();
        while below.labels().count() > labels {
            let Some(parent) = below.parent() else { break };
            below = parent;
        }
        return below;
    }
    records()
        .min_by_key(|(name, _)| name.labels().count())
        .map_or_else(|| domain.clone(), |(name, _)| name.clone())
}

/// Section 4.10.1: the domain's own record, else its organisation's, else its public suffix's. While what is below it has no
/// answer, or its look-up failed, none is known.
fn policy(domain: &Name, organization: &Name, found: &[(Name, Found)]) -> Option<usize> {
    let at = likely(organization, found)?;
    let names = walk_names(domain);
    let up_to = |names: &[Name]| {
        found
            .iter()
            .zip(names)
            .take(at + 1)
            .all(|((found, here), name)| found == name && !matches!(here, Found::Error(_)))
    };
    up_to(&names).then_some(at)
}

fn likely(organization: &Name, found: &[(Name, Found)]) -> Option<usize> {
    let is_record = |it: &Found| matches!(it, Found::Record(_));
    if found.first().is_some_and(|(_, it)| is_record(it)) {
        return Some(0);
    }
    found
        .iter()
        .position(|(name, it)| name == organization && is_record(it))
        .or_else(|| {
            found
                .iter()
                .position(|(_, it)| matches!(it, Found::Record(record) if record.psd == Psd::Yes))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lookup::Record;

    fn walked(domain: &str, records: &[(&str, &str)]) -> (String, Option<String>) {
        let domain = Name::new(domain).unwrap();
        let mut answers = Answers::default();
        for name in walk_names(&domain) {
            let text = records.iter().find(|(at, _)| *at == name.as_str());
            let answer = match text {
                Some((_, text)) => {
                    Answer::Records(vec![Record::Txt(vec![text.as_bytes().to_vec()])])
                }
                None => Answer::NoSuchName,
            };
            answers.keep(
                Lookup::new(name.child("_dmarc").unwrap(), Kind::Txt),
                answer,
            );
        }
        let walk = walk(&domain, &answers);
        assert!(walk.open.is_empty());
        let policy = walk.policy.map(|at| walk.found[at].0.to_string());
        (walk.organization.to_string(), policy)
    }

    #[test]
    fn a_long_name_is_walked_in_eight_steps() {
        let name = Name::new("a.b.c.d.e.f.g.h.i.j.mail.example.com").unwrap();
        let names = walk_names(&name);
        assert_eq!(names.len(), MAX_WALK);
        assert_eq!(names[1].as_str(), "g.h.i.j.mail.example.com");
        assert_eq!(names[7].as_str(), "com");
        let short = Name::new("a.b.c.d.mail.example.com").unwrap();
        assert_eq!(walk_names(&short).len(), 7);
    }

    #[test]
    fn the_organisation_is_found() {
        let plain = "v=DMARC1; p=reject";
        assert_eq!(
            walked("a.b.example.com", &[]),
            ("a.b.example.com".into(), None)
        );
        assert_eq!(
            walked(
                "a.b.example.com",
                &[("example.com", plain), ("b.example.com", plain)]
            ),
            ("example.com".into(), Some("example.com".into()))
        );
        assert_eq!(
            walked(
                "a.b.example.com",
                &[
                    ("example.com", plain),
                    ("b.example.com", "v=DMARC1; p=none; psd=n")
                ]
            ),
            ("b.example.com".into(), Some("b.example.com".into()))
        );
        assert_eq!(
            walked(
                "a.b.example.com",
                &[
                    ("com", "v=DMARC1; p=none; psd=y"),
                    ("a.b.example.com", plain)
                ]
            ),
            ("example.com".into(), Some("a.b.example.com".into()))
        );
        assert_eq!(
            walked("a.b.example.com", &[("com", "v=DMARC1; p=none; psd=y")]),
            ("example.com".into(), Some("com".into()))
        );
    }
}
