//! Which provider a pasted text gives away: by the domain of an address, a host, an MX host or a name.

use crate::{Entry, Index};

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
    /// The provider that a text gives away: a mail address, a host name with or without port, scheme and banner around
    /// it, an MX host, or the provider's own name. `None`: nothing in it is known.
    ///
    /// Where two providers share a host (a mailbox and its business sibling), the first by name is taken, unless a mail
    /// domain tells them apart.
    pub fn recognize(&self, text: &str) -> Option<Recognized<'_>> {
        let text = text.trim().to_ascii_lowercase();
        let named = |entry: &&Entry| {
            entry.name.to_ascii_lowercase() == text
                || entry.id == text
                || entry
                    .aliases
                    .iter()
                    .any(|alias| alias.to_ascii_lowercase() == text)
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
            let known = |by, names: fn(&Entry) -> &[String], fits: fn(&str, &str) -> bool| {
                let fits = |entry: &&Entry| names(entry).iter().any(|name| fits(domain, name));
                Some(Recognized {
                    provider: self.providers.iter().find(fits)?,
                    by,
                    host: (by != RecognizedBy::Domain).then(|| domain.to_owned()),
                })
            };
            // A word that is no address may be a host, even where the host has the name of the mail domain.
            let host = known(RecognizedBy::Host, |it| &it.signs.hosts, is_host);
            let domain = || {
                known(
                    RecognizedBy::Domain,
                    |it| &it.signs.domains,
                    |it, name| it == name,
                )
            };
            let found = match local {
                "" => host.or_else(domain),
                _ => domain().or(host),
            }
            // Whoever has an address below an MX name is not thereby a customer.
            .or_else(|| match local {
                "" => known(RecognizedBy::Mx, |it| &it.signs.mx, is_below),
                _ => None,
            })
            // Tenants have names below a mail domain. Last, since hosts and MX hosts may lie below another's.
            .or_else(|| known(RecognizedBy::Domain, |it| &it.signs.domains, is_below));
            if found.is_some() {
                return found;
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
    use crate::Signs;

    fn index() -> Index {
        let entry = |id: &str, name: &str, aliases: &[&str], hosts: &[&str]| Entry {
            id: id.to_owned(),
            name: name.to_owned(),
            aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
            signs: Signs {
                hosts: hosts.iter().map(|it| (*it).to_owned()).collect(),
                ..Signs::default()
            },
        };
        let mut gmail = entry("gmail", "Gmail", &[], &["smtp.gmail.com"]);
        gmail.signs.domains = vec!["gmail.com".to_owned()];
        let mut workspace = entry(
            "google-workspace",
            "Google Workspace",
            &["G Suite"],
            &["smtp.gmail.com"],
        );
        workspace.signs.mx = vec!["google.com".to_owned()];
        let tenant = "<tenant>.mail.protection.outlook.com";
        let mut microsoft = entry(
            "microsoft-365",
            "Microsoft 365",
            &[],
            &["smtp.office365.com", tenant],
        );
        microsoft.signs.domains = vec!["onmicrosoft.com".to_owned()];
        microsoft.signs.mx = vec!["mx.microsoft".to_owned()];
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
                microsoft,
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
    fn what_lies_below_a_mail_domain_comes_last() {
        let domain = |id: &str| Some((id.to_owned(), RecognizedBy::Domain, None));
        assert_eq!(
            recognized("me@contoso.onmicrosoft.com"),
            domain("microsoft-365")
        );
        assert_eq!(
            recognized("contoso.onmicrosoft.com"),
            domain("microsoft-365")
        );
        assert_eq!(
            recognized("smtp.gmail.com").map(|it| it.1),
            Some(RecognizedBy::Host),
            "although it lies below gmail.com"
        );
        assert_eq!(
            recognized("smtps://me:secret@smtp.gmail.com").map(|it| it.1),
            Some(RecognizedBy::Host)
        );
        assert_eq!(
            recognized("contoso-com.o-v1.mx.microsoft").map(|it| it.1),
            Some(RecognizedBy::Mx)
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
            "me@notonmicrosoft.com",
        ] {
            assert_eq!(recognized(text), None, "{text}");
        }
    }
}
