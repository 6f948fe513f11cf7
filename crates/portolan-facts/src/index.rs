//! The names of the catalogue: enough to find a thing by any of them, without loading the thing itself.

use serde::{Deserialize, Serialize};

use crate::find::rank;
use crate::read::reads;
use crate::schema::is_false;
use crate::small::order_by;
use crate::{
    Banners, Client, Confirmation, EndpointTls, Environment, Provider, ProviderKind, Role,
};

/// The names of everything in the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Clients, by name.
    pub clients: Vec<Entry>,
    /// Environments, by name.
    pub environments: Vec<Entry>,
    /// Providers, by name.
    pub providers: Vec<Entry>,
    /// Whether the signs of the providers are here ([`Index::add_signs`]).
    #[serde(skip)]
    pub has_signs: bool,
}

/// By what a provider is known, and what it offers: published apart from the names, which are needed sooner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// The provider's id.
    pub id: String,
    /// What sort of service it is.
    pub kind: Option<ProviderKind>,
    /// Whether its own pages support its endpoints.
    #[serde(default, skip_serializing_if = "is_false")]
    pub documented: bool,
    /// Ports on which it takes mail from whoever signs in, in the order of its documentation, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<u16>,
    /// Hosts of its endpoints and regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Mail domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Endings of MX host names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mx: Vec<String>,
    /// Words of its own replies, in lower case. Published apart ([`crate::Banners`]).
    #[serde(skip)]
    pub banners: Vec<String>,
}

/// The names of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Other names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// By what a provider is known. Empty for everything else, and until the signs are here.
    #[serde(skip)]
    pub signs: Signs,
}

/// What an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A client.
    Client,
    /// An environment.
    Environment,
    /// A provider.
    Provider,
}

impl Index {
    /// The names of these things, each kind in the order of its names.
    pub fn of<'a>(
        providers: impl Iterator<Item = &'a Provider>,
        environments: impl Iterator<Item = &'a Environment>,
        clients: impl Iterator<Item = &'a Client>,
    ) -> Self {
        let named = |id: &str, name: &str, aliases: &[String]| Entry {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.to_vec(),
            ..Entry::default()
        };
        let mut index = Self {
            clients: clients
                .map(|it| named(&it.id, &it.name, &it.aliases))
                .collect(),
            environments: environments
                .map(|it| named(&it.id, &it.name, &it.aliases))
                .collect(),
            providers: providers
                .map(|it| Entry {
                    signs: signs(it),
                    ..named(&it.id, &it.name, &it.aliases)
                })
                .collect(),
            has_signs: true,
        };
        for entries in [
            &mut index.clients,
            &mut index.environments,
            &mut index.providers,
        ] {
            entries.sort_by_cached_key(|entry| entry.name.to_lowercase());
        }
        index
    }

    /// The signs of every provider, in the order of their names.
    pub fn signs(&self) -> Vec<Signs> {
        self.providers.iter().map(|it| it.signs.clone()).collect()
    }

    /// The words of every provider that has any, in the order of their names.
    pub fn banners(&self) -> Vec<Banners> {
        let all = self
            .providers
            .iter()
            .filter(|it| !it.signs.banners.is_empty());
        all.map(|it| Banners {
            id: it.id.clone(),
            words: it.signs.banners.clone(),
        })
        .collect()
    }

    /// Adds the signs of the providers.
    pub fn add_signs(&mut self, signs: Vec<Signs>) {
        for one in signs {
            if let Some(entry) = self.providers.iter_mut().find(|it| it.id == one.id) {
                entry.signs = one;
            }
        }
        self.has_signs = true;
    }

    /// The entries of one kind, by name.
    pub fn entries(&self, kind: EntryKind) -> &[Entry] {
        match kind {
            EntryKind::Client => &self.clients,
            EntryKind::Environment => &self.environments,
            EntryKind::Provider => &self.providers,
        }
    }

    /// The entry with this id.
    pub fn entry(&self, kind: EntryKind, id: &str) -> Option<&Entry> {
        self.entries(kind).iter().find(|entry| entry.id == id)
    }

    /// The entries that a typed text may mean, best first; all of them for an empty text.
    ///
    /// Names count before aliases, aliases before hosts and domains, beginnings before middles. Where nothing fits, one
    /// wrong, missing, doubled or extra letter is forgiven in words of four letters or more.
    pub fn find(&self, kind: EntryKind, typed: &str) -> Vec<&Entry> {
        let typed = typed.trim().to_ascii_lowercase();
        let mut found: Vec<(u8, &Entry)> = self
            .entries(kind)
            .iter()
            .filter_map(|entry| Some((rank(entry, &typed)?, entry)))
            .collect();
        order_by(&mut found, |(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }
}

fn signs(provider: &Provider) -> Signs {
    let regions = provider.regions.iter().map(|region| &region.host);
    let endpoints = provider.endpoints.iter().map(|endpoint| &endpoint.host);
    let mut hosts: Vec<String> = endpoints.chain(regions).cloned().collect();
    hosts.sort();
    hosts.dedup();
    let mut ports: Vec<u16> = Vec::new();
    for endpoint in &provider.endpoints {
        let takes_all = endpoint.role == Role::Submission && endpoint.tls != EndpointTls::None;
        if takes_all && !ports.contains(&endpoint.port) {
            ports.push(endpoint.port);
        }
    }
    Signs {
        id: provider.id.clone(),
        kind: Some(provider.kind),
        documented: provider.confidence == Confirmation::Documented,
        ports,
        hosts,
        domains: provider.domains.clone(),
        mx: provider.mx.clone(),
        banners: provider.banners.clone(),
    }
}

reads! { Index { clients, environments, providers; has_signs } }
reads! { Entry { id, name, aliases; signs } }
reads! { Signs { id, kind, documented, ports, hosts, domains, mx; banners } }

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let entry = |id: &str, name: &str, aliases: &[&str], host: &str| Entry {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            signs: Signs {
                hosts: vec![host.to_owned()],
                ..Signs::default()
            },
        };
        Index {
            providers: vec![
                entry(
                    "amazon-ses",
                    "Amazon SES",
                    &["SES"],
                    "email-smtp.eu-west-1.amazonaws.com",
                ),
                entry("gmail", "Gmail", &[], "smtp.gmail.com"),
                entry(
                    "google-workspace",
                    "Google Workspace",
                    &["G Suite"],
                    "smtp.gmail.com",
                ),
                entry("microsoft-365", "Microsoft 365", &[], "smtp.office365.com"),
                entry(
                    "sendgrid",
                    "Twilio SendGrid",
                    &["Twilio Email"],
                    "smtp.sendgrid.net",
                ),
            ],
            ..Index::default()
        }
    }

    fn found(typed: &str) -> Vec<String> {
        index()
            .find(EntryKind::Provider, typed)
            .into_iter()
            .map(|it| it.id.clone())
            .collect()
    }

    #[test]
    fn a_thing_is_found_by_any_of_its_names() {
        assert_eq!(found("").len(), 5);
        for (typed, first) in [
            ("gmail", "gmail"),
            ("send", "sendgrid"),
            ("SES", "amazon-ses"),
            ("office365", "microsoft-365"),
            ("g suite", "google-workspace"),
            ("sendgird", "sendgrid"),
            ("sengrid", "sendgrid"),
            ("gmial", "gmail"),
            ("micorsoft", "microsoft-365"),
        ] {
            assert_eq!(
                found(typed).first().map(String::as_str),
                Some(first),
                "{typed}"
            );
        }
        assert_eq!(found("zzz"), Vec::<String>::new());
        assert_eq!(
            found("gnu"),
            Vec::<String>::new(),
            "three letters forgive nothing"
        );
    }
}
