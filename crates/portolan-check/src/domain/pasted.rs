//! Pasted records as a report: what they answer, and nothing of what they do not.

use portolan_dns::lookup::{Answer, Kind, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::Selector;
use portolan_records::{Assessed, Guess, NoteKind, Read, Sure, Told, Value, assess};
use portolan_report::domain::{
    AskedDomain, AskedSelector, DomainReport, LookedUp, Octets, PolicyFetch, PolicyOutcome,
    ReportKind, Resolver, ResolverOrigin, SCHEMA, Said, SelectorOrigin, limits,
};
use portolan_report::probe::Moment;

use super::convert::{kept_answer, kept_kind};
use super::feed::Seen;
use super::{DomainAssessment, judged};
use crate::Level;

/// Who answered, where nobody was asked or no server is named.
const PASTED: &str = "what was pasted";

/// What pasted records come to.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// As a report, to be judged as any other. What it has no answer for was not pasted.
    pub report: DomainReport,
    /// The domain is a stand-in: nothing names one.
    pub is_stand_in: bool,
    /// Questions that the text answers.
    pub answered: usize,
    /// What it says that no report holds.
    pub aside: Aside,
}

/// What a text says that no report holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Other domains whose records stand there, each with whether something is wrong with them.
    pub others: Vec<(Name, bool)>,
    /// Exchangers whose priority was not read.
    pub unranked: Vec<String>,
    /// Lines that seem to hold a record, and were not read or are not judged.
    pub unread: usize,
}

impl Aside {
    fn of(read: &Read, now: i64) -> Self {
        let lines = |kind: &NoteKind| -> Vec<u32> {
            let notes = read.notes.iter().filter(|it| it.kind == *kind);
            notes.map(|it| it.line).collect()
        };
        let unranked = lines(&NoteKind::NoPriority);
        let named = read.records.iter().map(|it| (it.line, &it.value));
        let nameless = read.nameless.iter().map(|it| (it.line, &it.value));
        let host = |(line, value): (u32, &Value)| match value {
            Value::Record(Record::Mx { host, .. }) if unranked.binary_search(&line).is_ok() => {
                Some(host.clone())
            }
            _ => None,
        };
        Self {
            others: others(read, now),
            unread: match lines(&NoteKind::Unread).len() {
                0 if read.has_unread => lines(&NoteKind::CutOff).len(),
                count => count,
            },
            unranked: if unranked.is_empty() {
                Vec::new()
            } else {
                named.chain(nameless).filter_map(host).collect()
            },
        }
    }
}

/// Other domains of a text, each judged by itself; of more than a few only that they are there is known.
fn others(read: &Read, now: i64) -> Vec<(Name, bool)> {
    const JUDGED: usize = 4;
    let names = read.domain.iter().flat_map(|it| &it.others);
    let is_wrong = |name: &Name| {
        let guess = Guess {
            name: name.clone(),
            sure: Sure::Told,
            others: Vec::new(),
        };
        let alone = Read {
            domain: Some(guess),
            ..read.clone()
        };
        let verdict = assess(&alone).map(|it| super::assess(&report(&it, now)).verdict);
        verdict.is_some_and(|it| it.level == Level::Problem)
    };
    names
        .enumerate()
        .map(|(at, name)| (name.clone(), at < JUDGED && is_wrong(name)))
        .collect()
}

impl Pasted {
    /// What it means, with what the text says beside its report.
    pub fn assess(&self) -> DomainAssessment {
        judged(&Seen::of(&self.report).beside(self.aside.clone()))
    }
}

/// A report of what was read. `now` is in seconds since 1970. `None`: there is neither a domain nor a record.
///
/// ```
/// use portolan_check::domain::pasted;
///
/// let read = portolan_records::read("example.com. IN TXT \"v=spf1 +all\"", None);
/// let pasted = pasted(&read, 1_700_000_000).unwrap();
/// let assessment = pasted.assess();
/// assert!(assessment.verdict.sentence.starts_with("example.com: "));
/// assert!(assessment.findings.iter().any(|it| it.rule == "spf-all-passes"));
/// // What was not pasted is not missing.
/// assert!(!assessment.findings.iter().any(|it| it.rule == "dmarc-missing"));
/// ```
pub fn pasted(read: &Read, now: i64) -> Option<Pasted> {
    let assessed = assess(read)?;
    Some(Pasted {
        is_stand_in: assessed.is_stand_in,
        answered: assessed.answers.len(),
        aside: Aside::of(read, now),
        report: report(&assessed, now),
    })
}

fn report(assessed: &Assessed, now: i64) -> DomainReport {
    let said = |told: &Told| Said {
        resolver: u16::try_from(told.server).unwrap_or(u16::MAX),
        started_ms: 0,
        took_ms: 0,
        // A text may say so; nobody has to believe it.
        authenticated: false,
        answer: kept_answer(&told.answer),
    };
    let lookups = assessed.answers.iter().filter_map(|(lookup, all)| {
        Some(LookedUp {
            name: lookup.name.to_string(),
            kind: kept_kind(lookup.kind)?,
            answers: all.iter().map(said).collect(),
        })
    });
    let policy = assessed.answers.iter().find_map(|(lookup, all)| {
        let Answer::Records(records) = &all.first()?.answer else {
            return None;
        };
        match records.first()? {
            Record::StsPolicy { content_type, body } if lookup.kind == Kind::StsPolicy => {
                Some(PolicyFetch {
                    host: lookup.name.to_string(),
                    started_ms: 0,
                    took_ms: 0,
                    outcome: PolicyOutcome::File {
                        content_type: content_type.clone(),
                        body: Octets(body.clone()),
                    },
                })
            }
            _ => None,
        }
    });
    let selectors = assessed
        .selectors
        .iter()
        .map(|Selector { name, .. }| AskedSelector {
            name: name.clone(),
            origin: SelectorOrigin::Named,
            provider: None,
        });
    DomainReport {
        kind: ReportKind::Domain,
        schema: SCHEMA,
        tool: concat!("portolan ", env!("CARGO_PKG_VERSION")).to_owned(),
        started_at: Moment::from_unix(now),
        took_ms: 0,
        cut_short: false,
        asked: AskedDomain {
            name: assessed.domain.to_string(),
            selectors: selectors.take(limits::SELECTORS).collect(),
            ip: None,
            envelope: None,
            signer: None,
            https: false,
            smtp: false,
            step_timeout_ms: 0,
            deadline_ms: 0,
        },
        resolvers: assessed
            .servers
            .iter()
            .map(|it| resolver(it.as_deref()))
            .collect(),
        lookups: lookups.take(limits::LOOKUPS).collect(),
        policy,
        certificates: Vec::new(),
    }
}

fn resolver(server: Option<&str>) -> Resolver {
    Resolver {
        address: server.unwrap_or(PASTED).to_owned(),
        origin: ResolverOrigin::Pasted,
        on_loopback: false,
        validates: None,
    }
}
