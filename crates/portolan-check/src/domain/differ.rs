//! Where resolvers disagree: a change on its way, or name servers that answer by who asks.

use portolan_dns::finding::Rule;
use portolan_dns::lookup::Lookup;
use portolan_dns::name::Name;
use portolan_report::domain::{Answer, LookedUp, Record, RecordKind, Said};

use super::convert::{read_answer, read_kind};
use super::feed::Seen;
use super::rules;
use super::told::Told;

/// Differences that are told one by one.
const MAX_TOLD: usize = 12;

pub(super) fn findings(seen: &Seen<'_>) -> Vec<Told> {
    let mut told = Vec::new();
    let mut failures: Vec<(u16, Vec<&LookedUp>)> = Vec::new();
    for looked in &seen.report.lookups {
        let is_failure = |it: &&Said| read_answer(&it.answer).is_error();
        let (failed, fine): (Vec<&Said>, Vec<&Said>) = looked.answers.iter().partition(is_failure);
        for said in failed.iter().filter(|_| !fine.is_empty()) {
            match failures.iter_mut().find(|it| it.0 == said.resolver) {
                Some((_, all)) => all.push(looked),
                None => failures.push((said.resolver, vec![looked])),
            }
        }
        let [first, others @ ..] = fine.as_slice() else {
            continue;
        };
        if let Some(other) = others.iter().find(|it| !is_same(&first.answer, &it.answer)) {
            told.extend(difference(seen, looked, first, other));
        }
    }
    told.truncate(MAX_TOLD);
    for (resolver, all) in failures {
        told.extend(failure(seen, resolver, &all));
    }
    told
}

/// The same records in whatever order; that there are none is one thing, whether or not the name is there. Neither answer is a
/// failure.
fn is_same(one: &Answer, other: &Answer) -> bool {
    compared(one) == compared(other)
}

/// The records in order, hosts in small letters: case is no part of a name (RFC 4343, section 3).
fn compared(answer: &Answer) -> Vec<Record> {
    let Answer::Records { records } = answer else {
        return Vec::new();
    };
    let mut records = records.clone();
    for record in &mut records {
        match record {
            Record::Cname { target: host }
            | Record::Mx { host, .. }
            | Record::Ptr { name: host } => {
                host.make_ascii_lowercase();
            }
            Record::A { .. } | Record::Aaaa { .. } | Record::Tlsa { .. } | Record::Txt { .. } => {}
        }
    }
    portolan_report::ordered::sort(&mut records);
    records
}

fn difference(seen: &Seen<'_>, looked: &LookedUp, one: &Said, other: &Said) -> Option<Told> {
    let rule = if matches!(looked.kind, RecordKind::A | RecordKind::Aaaa)
        && [one, other]
            .iter()
            .all(|it| matches!(it.answer, Answer::Records { .. }))
    {
        &rules::ADDRESSES_DIFFER
    } else {
        &rules::DIFFER
    };
    let words = |said: &Said| {
        format!(
            "{} says {}",
            address(seen, said.resolver),
            short(&said.answer)
        )
    };
    say(
        rule,
        seen,
        looked,
        &format!("{}; {}.", words(one), words(other)),
    )
}

fn failure(seen: &Seen<'_>, resolver: u16, all: &[&LookedUp]) -> Option<Told> {
    let first = all.first()?;
    let answers = first.answers.iter().find(|it| it.resolver == resolver)?;
    let more = match all.len() {
        1 => String::new(),
        count => format!(", and fails {} more times", count - 1),
    };
    let what = format!(
        "{} says {} where another answers{more}.",
        address(seen, resolver),
        short(&answers.answer)
    );
    say(&rules::RESOLVER_FAILS, seen, first, &what)
}

fn say(rule: &'static Rule, seen: &Seen<'_>, looked: &LookedUp, what: &str) -> Option<Told> {
    let name = Name::new(&looked.name).ok()?;
    let is_ours = name.is_within(&seen.domain);
    let at = Lookup::new(name, read_kind(looked.kind));
    Some(Told::own(rule, &at, what, is_ours))
}

fn address(seen: &Seen<'_>, resolver: u16) -> String {
    let found = seen.report.resolvers.get(usize::from(resolver));
    found.map_or_else(|| "a resolver".to_owned(), |it| it.address.clone())
}

/// An answer in a few words.
pub(super) fn short(answer: &Answer) -> String {
    match answer {
        Answer::Failed { text } => text.clone(),
        Answer::NoRecords => "that there is no such record".to_owned(),
        Answer::NoSuchName => "that the name does not exist".to_owned(),
        Answer::Records { records } => {
            let all: Vec<String> = records.iter().take(4).map(record).collect();
            let more = records.len().saturating_sub(all.len());
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("{}{more}", all.join(", "))
        }
        Answer::Refused => "REFUSED".to_owned(),
        Answer::TimedOut => "nothing in time".to_owned(),
    }
}

fn record(record: &Record) -> String {
    const SHOWN: usize = 80;
    match record {
        Record::A { address } => address.to_string(),
        Record::Aaaa { address } => address.to_string(),
        Record::Cname { target } => target.clone(),
        Record::Mx { preference, host } => format!("{preference} {host}"),
        Record::Ptr { name } => name.clone(),
        Record::Tlsa {
            usage,
            selector,
            matching,
            ..
        } => format!("{usage} {selector} {matching} \u{2026}"),
        Record::Txt { strings } => {
            let text: String = strings.iter().map(ToString::to_string).collect();
            let cut: String = text.chars().take(SHOWN).collect();
            let more = if cut.len() < text.len() {
                " \u{2026}"
            } else {
                ""
            };
            format!("\"{cut}\"{more}")
        }
    }
}
