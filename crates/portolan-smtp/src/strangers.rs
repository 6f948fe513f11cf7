//! Asked one host, answered by another: a provider's name, and somebody else's greeting or certificate.
//!
//! Hosting companies lead what goes to others' mail servers to their own, antivirus programs to themselves. A provider's
//! servers greet by names of the provider's own, so a greeting or a certificate with another name is not his.

use crate::event::{Event, EventKind};
use crate::normal::Normal;
use crate::{GREETS, Greets, Stage};

/// The place of a greeting by somebody who was not asked, in the one form.
pub(crate) fn strangers_greeting(normal: &Normal, events: &[Event]) -> Option<(usize, usize)> {
    let greetings = events.iter().filter(|event| {
        event.kind.codes().0 == Some(220)
            && matches!(event.kind, EventKind::Reply { .. })
            && event.stage == Some(Stage::Greeting)
    });
    for greeting in greetings {
        let (start, end) = (
            normal.place(greeting.span.start),
            normal.place(greeting.span.end),
        );
        let said = normal.text.get(start..end).unwrap_or_default();
        let name = said
            .get(3..)
            .map(|rest| rest.trim_start_matches(['-', ' ']))
            .and_then(|rest| rest.split(' ').next())
            .filter(|name| is_host(name));
        let (Some(name), Some(asked)) = (name, asked_before(&normal.text, start)) else {
            continue;
        };
        if is_strange(asked, name) {
            return Some((start, end));
        }
    }
    None
}

/// Whether a certificate of another name, of which the words between two places tell, is somebody else's than that of the
/// provider that was asked.
pub(crate) fn is_strangers_certificate(text: &str, start: usize, end: usize) -> bool {
    let from = text.floor_char_boundary(start.saturating_sub(AROUND));
    let to = text.floor_char_boundary(end + AROUND);
    let told = text.get(from..to).unwrap_or_default();
    let hosts = || {
        told.split(|it: char| !is_letter(it) && it != '*')
            .map(|it| it.trim_matches('.'))
    };
    let Some(asked) = hosts().find(|host| provider_of(host).is_some()) else {
        return false;
    };
    // The names of certificates stand behind such words.
    let named = NAMES.iter().flat_map(|word| {
        told.match_indices(word).filter_map(|(at, _)| {
            let rest = told
                .get(at + word.len()..)?
                .trim_start_matches(['`', '\'', '"', ' ', '*', '.']);
            rest.split(|it: char| !is_letter(it)).next()
        })
    });
    let mut others = named
        .filter(|name| is_host(name) && *name != asked)
        .peekable();
    others.peek().is_some() && others.all(|name| is_strange(asked, name))
}

/// So far around the words of a certificate's failure its names stand, in bytes.
const AROUND: usize = 200;

/// What stands before a certificate's name.
const NAMES: &[&str] = &["cn=", "dns:", "certificate is valid for ", "issued to "];

/// The host that was asked last before a place: that of a provider, where a connection to it is told.
fn asked_before(text: &str, place: usize) -> Option<&str> {
    let before = text.get(text.floor_char_boundary(place.saturating_sub(BEFORE))..place)?;
    let (at, word) = ASKED
        .iter()
        .filter_map(|word| before.rfind(word).map(|at| (at, *word)))
        .max_by_key(|(at, word)| at + word.len())?;
    let rest = before.get(at + word.len()..)?;
    let rest = rest.trim_start_matches(['"', '\'', '(', '[', '<', '/', ':']);
    let host = rest
        .split(|it: char| !is_letter(it))
        .next()?
        .trim_end_matches('.');
    provider_of(host).map(|_| host)
}

/// So far before a greeting the host is named, in bytes.
const BEFORE: usize = 400;

/// What clients say as they connect.
const ASKED: &[&str] = &[
    "connected to ",
    "connecting to ",
    "connection to ",
    "connect to host ",
    "trying to connect to host ",
    "connection: opening to ",
    "opening connection to ",
    "-connect ",
    "telnet ",
    "trying ",
    "--server ",
    "connect: to ",
    "connect: ",
    "smtp://",
    "smtps://",
];

/// Whether a name is none of the provider whose host was asked.
fn is_strange(asked: &str, name: &str) -> bool {
    provider_of(asked).is_some_and(|it| !it.own.iter().any(|domain| is_below(name, domain)))
}

/// The provider that has a host, and the domains by whose names it answers.
fn provider_of(host: &str) -> Option<&'static Greets> {
    GREETS
        .iter()
        .find(|it| it.asked.iter().any(|asked| is_asked(host, asked)))
}

/// A name that ends in a dot is the first label of many.
fn is_asked(host: &str, asked: &str) -> bool {
    if asked.ends_with('.') {
        host.starts_with(asked)
    } else {
        is_below(host, asked)
    }
}

fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_host(name: &str) -> bool {
    let has_letters = name
        .rsplit('.')
        .next()
        .is_some_and(|last| last.len() > 1 && last.bytes().all(|it| it.is_ascii_alphabetic()));
    name.contains('.') && has_letters && name.chars().all(is_letter)
}

const fn is_letter(it: char) -> bool {
    it.is_ascii_alphanumeric() || matches!(it, '.' | '-')
}
