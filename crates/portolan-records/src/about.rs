//! The domain that a text is about: what mail's own names and the text's words say together.

use std::collections::BTreeSet;

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::name::Name;

use crate::model::{Guess, Sure, Value};
use crate::work::{Owner, Work, is_whole_name};

/// Other domains that are named beside a guess.
const MAX_OTHERS: usize = 10;
/// A name at which nothing but mail's own records stand.
const OWN_NAME: u32 = 4;
/// A name with an SPF record, or with exchangers.
const MAIL: u32 = 3;
/// A name that was asked for.
const ASKED: u32 = 2;
/// Any other name.
const OTHER: u32 = 1;

/// Names that were weighed, in their order.
#[derive(Debug, Default)]
struct Votes(Vec<(Name, u32)>, std::collections::BTreeMap<Name, usize>);

impl Votes {
    fn add(&mut self, name: Name, weight: u32) {
        if let Some((_, sum)) = self.1.get(&name).and_then(|at| self.0.get_mut(*at)) {
            *sum = sum.saturating_add(weight);
        } else {
            self.1.insert(name.clone(), self.0.len());
            self.0.push((name, weight));
        }
    }
}

/// Weighs the names of a text.
pub(crate) fn domain(work: &Work<'_>) -> Option<Guess> {
    if let Some(name) = work.domain {
        return Some(Guess {
            name: name.clone(),
            sure: Sure::Told,
            others: others(&weighed(work), name),
        });
    }
    if let Some(zone) = zone(work) {
        return Some(Guess {
            name: zone,
            sure: Sure::Told,
            others: Vec::new(),
        });
    }
    best(&weighed(work))
}

/// The domains in a text, by what speaks for them.
fn weighed(work: &Work<'_>) -> Vec<(Name, u32)> {
    let mut votes = Votes::default();
    let mut targets = BTreeSet::new();
    for draft in &work.drafts {
        let name = whole(&draft.owner);
        if let Value::Record(record) = &draft.value {
            // What leads upwards says nothing against what is above.
            let leads_up = |target: &Name| name.as_ref().is_some_and(|name| name.is_within(target));
            targets.extend(
                led_to(record)
                    .into_iter()
                    .filter(|target| !leads_up(target)),
            );
        }
        let Some(found) = name.as_ref().and_then(of_mail) else {
            continue;
        };
        if let Some(weight) = weight(&draft.value, &found) {
            votes.add(found.0, weight);
        }
    }
    for hush in &work.hushes {
        if let Some((domain, of)) = Name::new(&hush.name).ok().as_ref().and_then(of_mail) {
            let weight = match (of, hush.kind) {
                (Of::Mail, _) => OWN_NAME,
                (Of::Itself, Some(Kind::Mx | Kind::Txt)) => ASKED,
                _ => OTHER,
            };
            votes.add(domain, weight);
        }
    }
    for question in &work.questions {
        if let Some((domain, of)) = Name::new(&question.name).ok().as_ref().and_then(of_mail) {
            let weight = match of {
                Of::Mail => OWN_NAME,
                Of::Itself => ASKED,
                Of::Host => OTHER,
            };
            votes.add(domain, weight);
        }
    }
    let all = votes.0;
    // What another record leads to is that record's, and not what the text is about.
    let is_free = |it: &&(Name, u32)| !targets.contains(&it.0);
    let free: Vec<(Name, u32)> = all.iter().filter(is_free).cloned().collect();
    if free.is_empty() { all } else { free }
}

fn best(pool: &[(Name, u32)]) -> Option<Guess> {
    // Of equal ones the first.
    let (name, most) = pool
        .iter()
        .rev()
        .max_by_key(|(_, weight)| *weight)
        .map(|it| (it.0.clone(), it.1))?;
    let others = others(pool, &name);
    let sure = if others.is_empty() && most >= MAIL {
        Sure::Agreed
    } else {
        Sure::Likely
    };
    Some(Guess { name, sure, others })
}

/// Domains beside one of which mail's own records are there.
fn others(pool: &[(Name, u32)], name: &Name) -> Vec<Name> {
    pool.iter()
        .filter(|(other, weight)| other != name && *weight >= MAIL)
        .map(|(other, _)| other.clone())
        .take(MAX_OTHERS)
        .collect()
}

/// The zone that a text is a file of: of several the one above all others.
fn zone(work: &Work<'_>) -> Option<Name> {
    let names: Vec<Name> = work
        .hints
        .iter()
        .filter_map(|hint| Name::new(hint).ok())
        .filter(|name| is_whole_name(name.as_str()) && !is_reverse(name))
        .collect();
    let top = names.iter().min_by_key(|name| name.labels().count())?;
    names
        .iter()
        .all(|name| name.is_within(top))
        .then(|| top.clone())
}

fn whole(owner: &Owner) -> Option<Name> {
    match owner {
        Owner::Whole(name) => Name::new(name).ok(),
        // A name below a label of mail's is relative: `s1._domainkey`.
        Owner::Panel(name) if is_whole_name(name) => {
            Name::new(name).ok().filter(|name| !ends_below_label(name))
        }
        Owner::Panel(_) | Owner::Unknown => None,
    }
}

/// Whether the last label cannot be a top-level domain.
pub(crate) fn ends_below_label(name: &Name) -> bool {
    name.labels().next_back().is_some_and(|last| {
        last.starts_with('_')
            || last.len() < 2
            || last.bytes().any(|byte| byte.is_ascii_digit()) && !last.starts_with("xn--")
    })
}

fn is_reverse(name: &Name) -> bool {
    name.labels().next_back() == Some("arpa")
}

/// What a name says of the domain in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// A service of a host, a website: the domain is near.
    Host,
    /// The domain, or a host.
    Itself,
    /// A name of mail's own: `_dmarc`.
    Mail,
}

/// The domain whose mail a name is about.
fn of_mail(name: &Name) -> Option<(Name, Of)> {
    let text = name.as_str();
    if is_reverse(name) || text.contains("._report._dmarc.") {
        return None;
    }
    let labels: Vec<&str> = name.labels().collect();
    let last = labels.iter().rposition(|label| label.starts_with('_'));
    let Some(last) = last else {
        let rest = text
            .strip_prefix("mta-sts.")
            .or_else(|| text.strip_prefix("www."));
        if let Some(rest) = rest.filter(|rest| is_whole_name(rest)) {
            return Name::new(rest).ok().map(|name| (name, Of::Host));
        }
        return is_whole_name(text).then(|| (name.clone(), Of::Itself));
    };
    let label = labels.get(last).copied().unwrap_or_default();
    let rest = labels.get(last + 1..).unwrap_or_default().join(".");
    let of = match label {
        "_dmarc" | "_domainkey" | "_mta-sts" | "_tls" | "_bimi" => Of::Mail,
        _ => Of::Host,
    };
    Name::new(&rest)
        .ok()
        .filter(|name| is_whole_name(name.as_str()))
        .map(|name| (name, of))
}

/// Signatures and the like say nothing.
fn weight(value: &Value, (_, of): &(Name, Of)) -> Option<u32> {
    Some(match (value, of) {
        (_, Of::Mail) => OWN_NAME,
        (Value::Other { kind, .. }, _) if !matches!(kind.as_str(), "SOA" | "NS" | "SPF") => {
            return None;
        }
        (Value::Record(Record::Mx { .. }), Of::Itself) => MAIL,
        (Value::Record(Record::Txt(strings)), Of::Itself)
            if portolan_dns::spf::is_spf(&strings.concat()) =>
        {
            MAIL
        }
        _ => OTHER,
    })
}

/// Names that a record leads to.
fn led_to(record: &Record) -> Vec<Name> {
    let one = |host: &str| Name::new(host).ok();
    match record {
        Record::Cname(host) | Record::Mx { host, .. } => one(host).into_iter().collect(),
        Record::Txt(strings) => {
            let text = strings.concat();
            if !portolan_dns::spf::is_spf(&text) {
                return Vec::new();
            }
            String::from_utf8_lossy(&text)
                .split_whitespace()
                .filter_map(|term| {
                    term.split_once("include:")
                        .or_else(|| term.split_once("redirect="))
                })
                .filter_map(|(_, target)| one(target))
                .collect()
        }
        _ => Vec::new(),
    }
}
