//! What to do in the case at hand: the steps in order, their commands filled with what the text names.

use portolan_facts::Facts;
use portolan_smtp::{Cause, Finding, Remedy};

use crate::Explained;
use crate::named::{Named, named};
use crate::provider::provider_at;
use crate::words::who_short;

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What, by whom, and with which sources.
    pub remedy: &'static Remedy,
    /// Its command. Names in capitals stand for what the text does not tell.
    pub command: Option<String>,
}

impl Step {
    /// Who has to do it, where that is somebody else than who can mend such a failure. `None`: the same.
    pub fn by(&self, cause: &Cause) -> Option<&'static str> {
        let other = || (self.remedy.who != cause.who).then(|| who_short(self.remedy.who));
        self.remedy.by.or_else(other)
    }
}

/// What to do, in order: first what is for accounts of the provider at hand, which is nearest to the case, then what is for
/// all.
pub fn steps(first: &Finding, explained: &Explained, facts: &Facts) -> Vec<Step> {
    steps_at(first, &explained.text, provider_at(explained, facts))
}

/// The same of a text, at this provider.
pub(crate) fn steps_at(finding: &Finding, text: &[u8], provider: Option<&str>) -> Vec<Step> {
    let all = finding.cause.remedies.iter();
    let (own, for_all): (Vec<&'static Remedy>, Vec<_>) = all
        .filter(|it| it.provider.is_none() || it.provider == provider)
        .partition(|it| it.provider.is_some());
    let named = named(text, finding);
    own.into_iter()
        .chain(for_all)
        .map(|remedy| Step {
            remedy,
            command: remedy.command.map(|it| filled(it, finding.cause, &named)),
        })
        .collect()
}

/// A command with the names that are known in place of `HOST`, `PORT` and `DOMAIN`.
fn filled(command: &str, cause: &Cause, named: &Named) -> String {
    // Names of certificates and records are no addresses.
    let is_by_name = ["-servername", "dig ", "nslookup", "getent"]
        .iter()
        .any(|it| command.contains(it));
    let host = named
        .host
        .as_deref()
        .filter(|it| !(is_by_name && is_number(it)));
    let is_senders = ["policy.", "sender."]
        .iter()
        .any(|it| cause.id.starts_with(it));
    let domain = if is_senders {
        named.sender.as_deref()
    } else {
        named.recipient.as_deref()
    };
    let begins_with_tls = named.port.is_some_and(|port| IMPLICIT.contains(&port));
    let mut out = String::with_capacity(command.len());
    let mut rest = command;
    while let Some(start) = rest.find(is_letter) {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from.find(|it| !is_letter(it)).unwrap_or(from.len());
        let (word, after) = from.split_at_checked(end).unwrap_or((from, ""));
        out.push_str(before);
        let is_at_host = before == ":"
            && out.len() > 1
            && host.is_some_and(|host| out.ends_with(&format!("{host}:")));
        let port = named.port.filter(|port| match word {
            "PORT" => true,
            "587" => is_at_host && STARTTLS.contains(port),
            "465" => is_at_host && IMPLICIT.contains(port),
            _ => false,
        });
        match (word, host, domain, port) {
            // The scheme of an address whose port begins with TLS.
            ("smtp", ..) if begins_with_tls && after.starts_with("://HOST:PORT") => {
                out.push_str("smtps");
            }
            ("HOST", Some(name), ..) | ("DOMAIN", _, Some(name), _) => out.push_str(name),
            (_, _, _, Some(port)) => out.push_str(&port.to_string()),
            _ => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether it belongs to a name in capitals; `OTHER-HOST` is another host.
const fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

fn is_number(host: &str) -> bool {
    host.bytes().all(|it| it.is_ascii_digit() || it == b'.')
}

/// Ports on which TLS begins by STARTTLS.
const STARTTLS: [u16; 5] = [25, 26, 587, 2525, 2587];
/// Ports on which TLS begins with the first byte.
const IMPLICIT: [u16; 2] = [465, 2465];

#[cfg(test)]
mod tests;
