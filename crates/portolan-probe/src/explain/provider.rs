//! What the facts know for the case at hand: of the provider whose host the text names.

use std::sync::LazyLock;

use portolan_facts::{Client, EndpointTls, Facts, Provider, RecognizedBy, SettingKind};
use portolan_smtp::{Answers, Cause};

/// What a provider's own facts say to a cause.
pub(super) struct Known {
    /// Its id.
    pub(super) id: String,
    /// Its name.
    pub(super) provider: String,
    /// Sentences, each with the addresses of its sources.
    pub(super) says: Vec<(String, Vec<String>)>,
}

static FACTS: LazyLock<Facts> = LazyLock::new(portolan_builtin::facts);

/// The provider whose host a text names, and what its facts say to a cause; `None`: none is named.
pub(super) fn known(cause: &Cause, text: &[u8]) -> Option<Known> {
    let text = text.get(..LOOKED_AT).unwrap_or(text);
    let text = String::from_utf8_lossy(text);
    let facts = &*FACTS;
    let found = facts.index().recognize(&text)?;
    // A recipient's address gives away who receives, not who sends.
    if found.by != RecognizedBy::Host {
        return None;
    }
    let provider = facts.provider(&found.provider.id)?;
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

/// How the client that a text gives away shows the session, as a sentence; `None`: no client is known by its words.
pub(super) fn how_to_show(text: &[u8]) -> Option<String> {
    let text = text.get(..LOOKED_AT).unwrap_or(text);
    let text = String::from_utf8_lossy(text).to_lowercase();
    let is_named = |client: &Client| {
        let names = std::iter::once(&client.name).chain(&client.aliases);
        let mut names = names
            .map(|name| name.to_lowercase())
            .chain([client.id.clone()]);
        names.any(|name| name.len() >= SHORTEST && text.contains(&name))
    };
    let client = FACTS.clients().find(|client| is_named(client))?;
    let setting = client
        .settings
        .iter()
        .find(|it| it.what == SettingKind::Debug)?;
    let note = setting.note.as_deref().unwrap_or_default();
    Some(format!("In {}: {}. {note}", client.name, setting.name))
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
