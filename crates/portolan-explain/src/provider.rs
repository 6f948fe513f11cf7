//! What the facts know for the case at hand: of the provider whose host the text names, and of the client it gives away.

use portolan_facts::{
    EndpointTls, Entry, Facts, Hides, Index, Provider, RecognizedBy, SettingKind, who_says,
};
use portolan_smtp::{Analysis, Answers, Cause, EventKind, Stage};

use crate::lines::line_at;
use crate::{Explained, Found};

/// What a provider's own facts say to a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// Its name.
    pub provider: String,
    /// Sentences, each with the addresses of its sources.
    pub says: Vec<(String, Vec<String>)>,
}

/// What a text names of the catalogue: ids of the parts whose facts say more of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The client that it gives away.
    pub client: Option<String>,
    /// The provider whose host it names, or whose words a reply holds.
    pub provider: Option<String>,
}

/// The parts of the catalogue that a text names.
pub fn parts_wanted(explained: &Explained, facts: &Facts) -> Parts {
    Parts {
        client: client_named(&explained.text, facts.index()).map(|it| it.id.clone()),
        provider: provider_at(explained, facts).map(str::to_owned),
    }
}

/// The provider at whose server it happened: known by a host that the text names, else by its words.
pub(crate) fn provider_at<'f>(explained: &Explained, facts: &'f Facts) -> Option<&'f str> {
    let analysis = match &explained.found {
        Found::One(analysis) => Some(analysis),
        Found::Log(_) => None,
    };
    provider_in(&explained.text, analysis, facts)
}

/// The same of a text and what was found in it.
pub(crate) fn provider_in<'f>(
    text: &[u8],
    analysis: Option<&Analysis>,
    facts: &'f Facts,
) -> Option<&'f str> {
    provider_named(text, facts.index())
        .map(|it| it.id.as_str())
        .or_else(|| provider_saying(text, analysis?, facts))
}

/// The provider that a failure tells the advice: where nothing but its words is known, those of a server that asks for a
/// sign-in. Any other may have refused mail for its own mailboxes.
pub(crate) fn provider_learnt<'f>(explained: &Explained, facts: &'f Facts) -> Option<&'f str> {
    let Found::One(analysis) = &explained.found else {
        return provider_at(explained, facts);
    };
    let is_submission = analysis
        .findings
        .first()
        .is_some_and(|first| first.cause.id.starts_with("auth."));
    provider_in(
        &explained.text,
        Some(analysis).filter(|_| is_submission),
        facts,
    )
}

/// The provider whose words stand in the line that decides, or in the reply nearest to it.
fn provider_saying<'f>(text: &[u8], analysis: &Analysis, facts: &'f Facts) -> Option<&'f str> {
    let decides = analysis.findings.first()?.evidence.start;
    let says = |said: &[u8]| {
        let said = said.get(..LONGEST).unwrap_or(said);
        who_says(&String::from_utf8_lossy(said), facts.index()).map(|it| it.id.as_str())
    };
    if let Some(id) = says(line_at(text, decides).1) {
        return Some(id);
    }
    let mut replies: Vec<_> = analysis
        .events
        .iter()
        .filter(|it| matches!(it.kind, EventKind::Reply { .. }))
        .collect();
    portolan_report::ordered::by_key(&mut replies, |it| it.span.start.abs_diff(decides));
    replies.truncate(MOST);
    replies.iter().find_map(|it| {
        let range = usize::try_from(it.span.start).ok()?..usize::try_from(it.span.end).ok()?;
        says(text.get(range)?)
    })
}

/// So many bytes of a reply, and so many replies, are looked at.
const LONGEST: usize = 4 * 1024;
const MOST: usize = 64;

fn provider_named<'i>(text: &[u8], index: &'i Index) -> Option<&'i Entry> {
    let mut text = String::from_utf8_lossy(beginning(text)).into_owned();
    // What runs beside the program is nobody's in particular, whoever listens there by default.
    for own in ["localhost", "127.0.0.1", "[::1]"] {
        text = text.replace(own, " ");
    }
    let found = index.recognize(&text)?;
    // A recipient's address gives away who receives, not who sends.
    (found.by == RecognizedBy::Host).then_some(found.provider)
}

fn client_named<'i>(text: &[u8], index: &'i Index) -> Option<&'i Entry> {
    let text = String::from_utf8_lossy(beginning(text)).to_lowercase();
    let is_named = |client: &&Entry| {
        let names = std::iter::once(&client.name).chain(&client.aliases);
        let mut names = names
            .map(|name| name.to_lowercase())
            .chain([client.id.clone()]);
        names.any(|name| name.len() >= SHORTEST && text.contains(&name))
    };
    index
        .clients
        .iter()
        .filter(is_named)
        .min_by_key(|it| &it.id)
}

fn beginning(text: &[u8]) -> &[u8] {
    text.get(..LOOKED_AT).unwrap_or(text)
}

/// The provider at whose server it happened, and what its facts say to a cause; `None`: none is named, or its facts are not
/// here.
pub fn known(cause: &Cause, explained: &Explained, facts: &Facts) -> Option<Known> {
    let provider = facts.provider(provider_at(explained, facts)?)?;
    let says = match cause.facts {
        Some(Answers::Credentials) => credentials(provider),
        Some(Answers::Endpoints) => endpoints(provider),
        Some(Answers::From) => from(provider),
        Some(Answers::Limits) => limits(provider),
        None => Vec::new(),
    };
    Some(Known {
        id: provider.id.clone(),
        provider: provider.name.clone(),
        says,
    })
}

/// How the client that a text gives away shows the session, as a sentence, and what it hides at this stage until then;
/// `None`: no client is known by its words, or its facts are not here.
pub fn how_to_show(text: &[u8], stage: Stage, facts: &Facts) -> Option<String> {
    let client = facts.client(&client_named(text, facts.index())?.id)?;
    let setting = client
        .settings
        .iter()
        .find(|it| it.what == SettingKind::Debug)?;
    let note = setting.note.as_deref().unwrap_or_default();
    // Where nobody knows where it ended, it may have been there.
    let is_there = |it: &&Hides| stage == Stage::None || it.at.iter().any(|at| at == stage.id());
    let hidden = client
        .hides
        .as_ref()
        .filter(is_there)
        .map(|it| format!(" Without it {} hides {}.", client.name, it.what));
    let hidden = hidden.unwrap_or_default();
    Some(format!(
        "In {}: {}. {note}{hidden}",
        client.name, setting.name
    ))
}

/// A name of fewer letters is part of too many words.
const SHORTEST: usize = 4;

/// Hosts stand at a session's beginning.
const LOOKED_AT: usize = 64 * 1024;

fn credentials(provider: &Provider) -> Vec<(String, Vec<String>)> {
    let withdrawn = provider
        .endpoints
        .iter()
        .filter_map(|it| it.withdrawn.as_ref());
    let mut says: Vec<(String, Vec<String>)> = provider
        .credentials
        .iter()
        .chain(withdrawn)
        .map(|claim| (claim.text.clone(), urls(provider, &claim.sources)))
        .collect();
    says.dedup();
    says
}

fn endpoints(provider: &Provider) -> Vec<(String, Vec<String>)> {
    provider
        .endpoints
        .iter()
        .map(|it| {
            let tls = match it.tls {
                EndpointTls::Implicit => "TLS from the first byte",
                EndpointTls::None => "without TLS",
                EndpointTls::StarttlsOptional | EndpointTls::StarttlsRequired => "STARTTLS",
            };
            (format!("{}:{}, {tls}", it.host, it.port), Vec::new())
        })
        .collect()
}

fn from(provider: &Provider) -> Vec<(String, Vec<String>)> {
    provider
        .demands
        .iter()
        .map(|it| {
            let own = it.url.iter().cloned();
            (
                it.text.clone(),
                own.chain(urls(provider, &it.sources)).collect(),
            )
        })
        .collect()
}

fn limits(provider: &Provider) -> Vec<(String, Vec<String>)> {
    provider
        .limits
        .iter()
        .map(|claim| (claim.text.clone(), urls(provider, &claim.sources)))
        .collect()
}

fn urls(provider: &Provider, ids: &[String]) -> Vec<String> {
    let source = |id: &String| provider.sources.iter().find(|it| it.id == *id);
    ids.iter()
        .filter_map(|id| source(id).and_then(|it| it.url.clone()))
        .take(2)
        .collect()
}
