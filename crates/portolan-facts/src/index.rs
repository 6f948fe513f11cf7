//! The names of the catalogue: enough to find a thing by any of them, without loading the thing itself.

use serde::{Deserialize, Serialize};

use crate::find::rank;
use crate::{Client, Environment, Provider};

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
    /// Hosts of its endpoints and regions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Mail domains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub domains: Vec<String>,
    /// Endings of MX host names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mx: Vec<String>,
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

/// A provider that was known from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognized<'i> {
    /// The provider.
    pub provider: &'i Entry,
    /// By which of its names.
    pub by: RecognizedBy,
    /// The provider's own host that the text names: with regions or tenants it says which.
    pub host: Option<String>,
}

/// Which name gave a provider away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecognizedBy {
    /// The domain of a mail address.
    Domain,
    /// The name of one of its hosts.
    Host,
    /// The name of an MX host.
    Mx,
    /// Its name or an alias.
    Name,
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
                .map(|it| {
                    let mut hosts: Vec<String> = it
                        .endpoints
                        .iter()
                        .map(|endpoint| endpoint.host.clone())
                        .collect();
                    hosts.extend(it.regions.iter().map(|region| region.host.clone()));
                    hosts.sort();
                    hosts.dedup();
                    Entry {
                        hosts,
                        domains: it.domains.clone(),
                        mx: it.mx.clone(),
                        ..named(&it.id, &it.name, &it.aliases)
                    }
                })
                .collect(),
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
        let typed = typed.trim().to_lowercase();
        let mut found: Vec<(u8, &Entry)> = self
            .entries(kind)
            .iter()
            .filter_map(|entry| Some((rank(entry, &typed)?, entry)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The provider that a text gives away: a mail address, a host name with or without port, scheme and banner around
    /// it, an MX host, or the provider's own name. `None`: nothing in it is known.
    ///
    /// Where two providers share a host (a mailbox and its business sibling), the first by name is taken, unless a mail
    /// domain tells them apart.
    pub fn recognize(&self, text: &str) -> Option<Recognized<'_>> {
        let text = text.trim().to_lowercase();
        let named = |entry: &&Entry| {
            entry.name.to_lowercase() == text
                || entry.id == text
                || entry
                    .aliases
                    .iter()
                    .any(|alias| alias.to_lowercase() == text)
        };
        if let Some(provider) = self.providers.iter().find(named) {
            return Some(Recognized {
                provider,
                by: RecognizedBy::Name,
                host: None,
            });
        }
        let words = || {
            text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-._@".contains(letter)))
                .filter(|word| word.contains('.'))
        };
        for word in words() {
            let (local, domain) = word.rsplit_once('@').unwrap_or(("", word));
            let domain = domain.trim_matches('.');
            let by_domain = |entry: &&Entry| entry.domains.iter().any(|known| known == domain);
            if let Some(provider) = self.providers.iter().find(by_domain) {
                return Some(Recognized {
                    provider,
                    by: RecognizedBy::Domain,
                    host: None,
                });
            }
            let by_host = |entry: &&Entry| entry.hosts.iter().any(|known| is_host(domain, known));
            if let Some(provider) = self.providers.iter().find(by_host) {
                let host = Some(domain.to_owned());
                return Some(Recognized {
                    provider,
                    by: RecognizedBy::Host,
                    host,
                });
            }
            // Whoever has an address below an MX name is not thereby a customer.
            if !local.is_empty() {
                continue;
            }
            let by_mx = |entry: &&Entry| entry.mx.iter().any(|ending| is_below(domain, ending));
            if let Some(provider) = self.providers.iter().find(by_mx) {
                let host = Some(domain.to_owned());
                return Some(Recognized {
                    provider,
                    by: RecognizedBy::Mx,
                    host,
                });
            }
        }
        None
    }
}

/// Whether `host` is the known one, or fills the `<part>` of a known pattern with something that has no dot.
fn is_host(host: &str, known: &str) -> bool {
    let pattern = known
        .split_once('<')
        .and_then(|(before, rest)| Some((before, rest.split_once('>')?.1)));
    match pattern {
        Some((before, after)) => host
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after))
            .is_some_and(|part| !part.is_empty() && !part.contains('.')),
        None => host == known,
    }
}

/// Whether `host` is `ending` or lies below it, label by label: `notgmail.com` does not lie below `gmail.com`.
fn is_below(host: &str, ending: &str) -> bool {
    host.strip_suffix(ending)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> Index {
        let entry = |id: &str, name: &str, aliases: &[&str], hosts: &[&str]| Entry {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            hosts: hosts.iter().map(|it| (*it).to_owned()).collect(),
            ..Entry::default()
        };
        let mut gmail = entry("gmail", "Gmail", &[], &["smtp.gmail.com"]);
        gmail.domains = vec!["gmail.com".to_owned()];
        let mut workspace = entry(
            "google-workspace",
            "Google Workspace",
            &["G Suite"],
            &["smtp.gmail.com"],
        );
        workspace.mx = vec!["google.com".to_owned()];
        let tenant = "<tenant>.mail.protection.outlook.com";
        Index {
            providers: vec![
                entry(
                    "amazon-ses",
                    "Amazon SES",
                    &["SES"],
                    &["email-smtp.eu-west-1.amazonaws.com"],
                ),
                gmail,
                workspace,
                entry(
                    "microsoft-365",
                    "Microsoft 365",
                    &[],
                    &["smtp.office365.com", tenant],
                ),
                entry(
                    "sendgrid",
                    "Twilio SendGrid",
                    &["Twilio Email"],
                    &["smtp.sendgrid.net"],
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

    fn recognized(text: &str) -> Option<(String, RecognizedBy, Option<String>)> {
        index()
            .recognize(text)
            .map(|it| (it.provider.id.clone(), it.by, it.host))
    }

    #[test]
    fn a_provider_is_known_from_what_people_paste() {
        let host =
            |id: &str, host: &str| Some((id.to_owned(), RecognizedBy::Host, Some(host.to_owned())));
        assert_eq!(
            recognized("me@gmail.com"),
            Some(("gmail".to_owned(), RecognizedBy::Domain, None))
        );
        assert_eq!(
            recognized("220 smtp.sendgrid.net ESMTP"),
            host("sendgrid", "smtp.sendgrid.net")
        );
        assert_eq!(
            recognized("ssl://SMTP.sendgrid.net:465"),
            host("sendgrid", "smtp.sendgrid.net")
        );
        assert_eq!(
            recognized("smtps://me:secret@smtp.sendgrid.net:465?pool=true"),
            host("sendgrid", "smtp.sendgrid.net"),
            "the part before the @ may be a password"
        );
        assert_eq!(
            recognized("contoso-com.mail.protection.outlook.com."),
            host("microsoft-365", "contoso-com.mail.protection.outlook.com")
        );
        assert_eq!(
            recognized("aspmx.l.google.com").map(|it| it.1),
            Some(RecognizedBy::Mx)
        );
        assert_eq!(
            recognized("G Suite").map(|it| it.0).as_deref(),
            Some("google-workspace")
        );
    }

    #[test]
    fn what_only_looks_like_a_provider_is_not_taken_for_one() {
        for text in [
            "",
            "me@notgmail.com",
            "notgoogle.com",
            "smtp.sendgrid.net.evil.example",
            "hello there",
            "@",
            "..",
            ".mail.protection.outlook.com",
            "a.b.mail.protection.outlook.com",
            "me@mx.google.com",
        ] {
            assert_eq!(recognized(text), None, "{text}");
        }
    }
}
