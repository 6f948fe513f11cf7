//! What pasted records come to: the questions of a survey that the text answers, and by whom.

use std::collections::BTreeSet;
use std::iter;

use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::{Origin, Selector, Survey};

use crate::bare;
use crate::heard::{Heard, Source};
use crate::model::{Read, Value, Word};

/// Stands for a domain that nobody named (RFC 6761, section 6.4).
const STAND_IN: &str = "domain.invalid";
/// Stands for a selector that nobody named.
const STAND_IN_SELECTOR: &str = "selector";
/// Selectors that are looked at.
const MAX_SELECTORS: usize = 30;
/// So many that say something are told apart, as in a report; where there are more, the last place is that of all others.
const MAX_SOURCES: usize = 3;

/// What pasted records come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// The domain.
    pub domain: Name,
    /// The domain is a stand-in, `domain.invalid`, since neither the text nor the visitor names one.
    pub is_stand_in: bool,
    /// Who said something, in the order of the text: the server as it was printed. `None`: it was written down, or no server
    /// is named.
    pub servers: Vec<Option<String>>,
    /// What the survey asked, and the text answered; and aliases at mail's own names that lead to what it does not have. Of
    /// other questions it says nothing.
    pub answers: Vec<(Lookup, Vec<Told>)>,
    /// The selectors of keys in the text.
    pub selectors: Vec<Selector>,
}

/// What one of [`Assessed::servers`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its place there.
    pub server: usize,
    /// The answer.
    pub answer: Answer,
}

/// Asks what was read what a survey asks. `None`: there is neither a domain nor a record.
pub fn assess(read: &Read) -> Option<Assessed> {
    let is_stand_in = read.domain.is_none();
    if is_stand_in && read.nameless.is_empty() {
        return None;
    }
    let domain = match &read.domain {
        Some(guess) => guess.name.clone(),
        None => Name::new(STAND_IN).ok()?,
    };
    let known = Known::of(read, &domain);
    let selectors = known.selectors(&domain);
    let mut survey = Survey::new(domain.clone(), selectors.clone(), None);
    let mut answers = Vec::new();
    while let Some(lookup) = survey.wanted().first().cloned() {
        let mut all = known.answers(&lookup);
        if read.has_unread {
            // What seems to be missing may stand in a line that was not read.
            all.retain(|it| !is_without(&it.answer));
        }
        match first(&all) {
            Some(answer) => {
                survey.answer(lookup.clone(), answer.clone());
                answers.push((lookup, all));
            }
            None => survey.leave_open(&lookup),
        }
    }
    answers.extend(known.aliases(&domain, &selectors, &answers));
    Some(Assessed {
        domain,
        is_stand_in,
        servers: known.0.into_iter().map(|it| it.source.server()).collect(),
        answers,
        selectors,
    })
}

/// Whether there are texts, and none of mail among them.
fn is_without(answer: &Answer) -> bool {
    let is_of_mail = |text: Vec<u8>| {
        portolan_dns::dkim::is_key(&text) || bare::is_text(&String::from_utf8_lossy(&text))
    };
    matches!(answer, Answer::Records(_))
        && answer.texts().next().is_some()
        && !answer.texts().any(is_of_mail)
}

/// Whose answer counts: the first that is no failure, else the first.
fn first(all: &[Told]) -> Option<&Answer> {
    let told = all.iter().find(|it| !it.answer.is_error());
    told.or_else(|| all.first()).map(|it| &it.answer)
}

/// What a text says, by who says it.
struct Known(Vec<Heard>);

impl Known {
    fn of(read: &Read, domain: &Name) -> Self {
        let mut known = Self(sources(read).into_iter().map(Heard::new).collect());
        for entry in &read.records {
            if let Some(heard) = known.by(&entry.word) {
                heard.exists(entry.name.clone());
                if let Value::Record(record) = &entry.value {
                    heard.add(entry.name.clone(), record, entry.word.message);
                }
            }
        }
        for silence in &read.silences {
            if let Some(heard) = known.by(&silence.word) {
                heard.is_silent(silence);
            }
        }
        known.place(read, domain);
        known
    }

    /// Who has said this. Whoever has no place of its own shares the last.
    fn by(&mut self, word: &Word) -> Option<&mut Heard> {
        let source = Source::of(word);
        let place = self.0.iter().position(|it| it.source == source);
        let last = self.0.len().checked_sub(1)?;
        self.0.get_mut(place.unwrap_or(last))
    }

    /// Puts records without a name where their kind belongs.
    fn place(&mut self, read: &Read, domain: &Name) {
        for nameless in &read.nameless {
            let Value::Record(record) = &nameless.value else {
                continue;
            };
            let label = match (&nameless.label, record) {
                (Some(label), _) => label.clone(),
                (None, Record::Txt(strings)) => {
                    let text = strings.concat();
                    match bare::label(&text) {
                        Some(label) => label.to_owned(),
                        None if portolan_dns::dkim::is_key(&text) => {
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
            if let Some(heard) = self.by(&Word::default()) {
                heard.exists(name.clone());
                heard.add(name, record, 0);
            }
        }
    }

    /// The selectors of keys that the text has, or says are not there.
    fn selectors(&self, domain: &Name) -> Vec<Selector> {
        let suffix = format!("._domainkey.{domain}");
        let names: BTreeSet<&str> = self
            .0
            .iter()
            .flat_map(Heard::texts)
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

    /// Aliases at the names of keys and of the policy of DMARC, where the text does not have what they lead to.
    fn aliases(
        &self,
        domain: &Name,
        selectors: &[Selector],
        answers: &[(Lookup, Vec<Told>)],
    ) -> Vec<(Lookup, Vec<Told>)> {
        let keys = selectors.iter().map(|it| format!("{}._domainkey", it.name));
        let names = keys.chain(iter::once("_dmarc".to_owned()));
        let names = names.filter_map(|it| domain.child(&it).ok());
        let is_open = |name: &Name| {
            let text = Lookup::new(name.clone(), Kind::Txt);
            !answers.iter().any(|(it, _)| *it == text)
        };
        names
            .filter(is_open)
            .map(|name| Lookup::new(name, Kind::Cname))
            .map(|lookup| (self.answers(&lookup), lookup))
            .filter(|(all, _)| all.iter().any(|it| matches!(it.answer, Answer::Records(_))))
            .map(|(all, lookup)| (lookup, all))
            .collect()
    }

    /// What the text answers.
    fn answers(&self, lookup: &Lookup) -> Vec<Told> {
        let all = self.0.iter().enumerate();
        all.filter_map(|(server, heard)| {
            let answer = heard.answer(lookup, &self.0)?;
            Some(Told { server, answer })
        })
        .collect()
    }
}

/// Who says something of what a survey asks, in the order of the text; one at least.
fn sources(read: &Read) -> Vec<Source> {
    let records = read.records.iter();
    let records = records.filter(|it| matches!(it.value, Value::Record(_)));
    let records = records.map(|it| (it.line, Source::of(&it.word)));
    let silences = read.silences.iter();
    let silences = silences.map(|it| (it.line, Source::of(&it.word)));
    let written = read.nameless.iter().map(|it| (it.line, Source::Written));
    let mut all: Vec<(u32, Source)> = records.chain(silences).chain(written).collect();
    all.sort_by_key(|it| it.0);
    let mut sources = Vec::new();
    for (_, source) in all {
        if sources.contains(&source) {
            continue;
        }
        if sources.len() == MAX_SOURCES {
            // Whoever shares a place is named by no name.
            sources.pop();
            sources.push(Source::Server(None));
            break;
        }
        sources.push(source);
    }
    if sources.is_empty() {
        sources.push(Source::Written);
    }
    sources
}
