//! What is wrong within one file.

use std::collections::BTreeSet;

use portolan_facts::{Environment, PortStatus, Provider, Question};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::Problem;
use crate::file::Step::{At, Key};
use crate::file::{File, Step};

/// What holds for every file: clean texts, an id that is the file's name, sources that exist and are used.
pub(crate) fn every_file(file: &File, today: &str, problems: &mut Vec<Problem>) {
    texts(file, file.table(), problems);
    id(file, problems);
    let defined = sources(file, today, problems);
    let mut used = BTreeSet::new();
    references(file, file.table(), &defined, &mut used, problems);
    for (id, byte) in &defined {
        if !used.contains(id) {
            problems.push(file.problem(
                *byte,
                format!("expected every source to support something, but found `{id}` unused"),
            ));
        }
    }
}

/// Every text is one line without blanks at its ends and is not empty; every address is one of the web.
fn texts(file: &File, table: &DeTable<'_>, problems: &mut Vec<Problem>) {
    for (key, value) in table {
        clean(file, key.get_ref(), value, problems);
    }
}

fn clean(file: &File, key: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    let mut refuse = |message: String| problems.push(file.problem(value.span().start, message));
    match value.get_ref() {
        DeValue::String(text) => {
            if text.is_empty() {
                refuse(format!(
                    "expected a text for `{key}`, but found an empty one"
                ));
            } else if text.trim() != text.as_ref() {
                refuse(format!(
                    "expected no blank at the ends of `{key}`, but found `{text}`"
                ));
            } else if text.chars().any(char::is_control) {
                refuse(format!(
                    "expected one line for `{key}`, but found a control character"
                ));
            } else if key == "url" && !is_web_address(text) {
                refuse(format!(
                    "expected an address that begins with https:// or http://, but found `{text}`"
                ));
            }
        }
        DeValue::Array(items) => items
            .iter()
            .for_each(|item| clean(file, key, item, problems)),
        DeValue::Table(table) => texts(file, table, problems),
        _ => {}
    }
}

fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && is_host(host)
            && rest
                .chars()
                .all(|letter| letter.is_ascii_graphic() && !"\"<>\\^`{|}".contains(letter))
    })
}

fn id(file: &File, problems: &mut Vec<Problem>) {
    let Some(value) = file.table().get("id") else {
        return;
    };
    let DeValue::String(id) = value.get_ref() else {
        return;
    };
    if id != file.stem() {
        problems.push(file.problem(
            value.span().start,
            format!(
                "expected the id to be the file's name `{}`, but found `{id}`",
                file.stem()
            ),
        ));
    }
    if !is_kebab_case(id) {
        problems.push(file.problem(
            value.span().start,
            format!("expected an id in kebab-case, but found `{id}`"),
        ));
    }
}

fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    })
}

/// The ids of the file's sources with their places.
fn sources(file: &File, today: &str, problems: &mut Vec<Problem>) -> Vec<(String, usize)> {
    let mut defined: Vec<(String, usize)> = Vec::new();
    let Some(DeValue::Array(sources)) = file.table().get("source").map(Spanned::get_ref) else {
        return defined;
    };
    for source in sources {
        let DeValue::Table(source) = source.get_ref() else {
            continue;
        };
        if let Some((id, byte)) = string(source, "id") {
            if defined.iter().any(|(known, _)| known == id) {
                problems.push(file.problem(
                    byte,
                    format!("expected each source once, but found `{id}` again"),
                ));
            }
            defined.push((id.to_owned(), byte));
        }
        if let Some((seen, byte)) = string(source, "seen") {
            let date = seen.strip_prefix("second-hand ").unwrap_or(seen);
            let is_dated = date.starts_with(|letter: char| letter.is_ascii_digit());
            // As many signs as the date has: 2026-11 is not after 2026-11-24.
            let limit = today.get(..date.len()).unwrap_or(today);
            if is_dated && date > limit {
                problems.push(file.problem(
                    byte,
                    format!("expected a date not after {today}, but found `{date}`"),
                ));
            }
        }
    }
    defined
}

fn string<'t>(table: &'t DeTable<'_>, key: &str) -> Option<(&'t str, usize)> {
    let value = table.get(key)?;
    match value.get_ref() {
        DeValue::String(text) => Some((text.as_ref(), value.span().start)),
        _ => None,
    }
}

/// Every list of sources names at least one, and only such as the file defines.
fn references(
    file: &File,
    table: &DeTable<'_>,
    defined: &[(String, usize)],
    used: &mut BTreeSet<String>,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in table {
        match value.get_ref() {
            DeValue::Array(items) if key.get_ref() == "sources" => {
                if items.is_empty() {
                    problems.push(file.problem(
                        value.span().start,
                        "expected at least one source, but found none".to_owned(),
                    ));
                }
                for item in items {
                    let DeValue::String(id) = item.get_ref() else {
                        continue;
                    };
                    used.insert(id.to_string());
                    if !defined.iter().any(|(known, _)| known == id.as_ref()) {
                        problems.push(file.problem(
                            item.span().start,
                            format!("expected a source of this file, but found `{id}`"),
                        ));
                    }
                }
            }
            DeValue::Array(items) => {
                for item in items {
                    if let DeValue::Table(table) = item.get_ref() {
                        references(file, table, defined, used, problems);
                    }
                }
            }
            DeValue::Table(table) => references(file, table, defined, used, problems),
            _ => {}
        }
    }
}

/// Hosts, ports and mechanisms that can be, and each endpoint once.
pub(crate) fn provider(file: &File, provider: &Provider, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, endpoint) in provider.endpoints.iter().enumerate() {
        let at = |key| [Key("endpoint"), At(place), Key(key)];
        if !is_host_or_pattern(&endpoint.host) {
            problems.push(file.problem_at(
                &at("host"),
                format!("expected a host name, but found `{}`", endpoint.host),
            ));
        }
        port(file, &at("port"), endpoint.port, problems);
        for (nth, mechanism) in endpoint.auth.iter().flatten().enumerate() {
            if !is_mechanism(mechanism) {
                let way = [Key("endpoint"), At(place), Key("auth"), At(nth)];
                problems.push(file.problem_at(
                    &way,
                    format!("expected a SASL mechanism such as PLAIN, but found `{mechanism}`"),
                ));
            }
        }
        if !seen.insert((&endpoint.host, endpoint.port, endpoint.tls, endpoint.role)) {
            problems.push(file.problem_at(
                &at("host"),
                format!(
                    "expected each endpoint once, but found {}:{} again",
                    endpoint.host, endpoint.port
                ),
            ));
        }
    }
    let mut regions = BTreeSet::new();
    for (place, region) in provider.regions.iter().enumerate() {
        let way = [Key("regions"), At(place)];
        if !is_host(&region.host) {
            problems.push(file.problem_at(
                &way,
                format!("expected a host name, but found `{}`", region.host),
            ));
        }
        if !regions.insert(&region.host) {
            problems.push(file.problem_at(
                &way,
                format!(
                    "expected each region's host once, but found `{}` again",
                    region.host
                ),
            ));
        }
    }
    for (key, names) in [("domains", &provider.domains), ("mx", &provider.mx)] {
        for (place, name) in names.iter().enumerate() {
            if !is_host(name) || name.to_lowercase() != *name {
                problems.push(file.problem_at(
                    &[Key(key), At(place)],
                    format!("expected a domain in lower case, but found `{name}`"),
                ));
            }
        }
    }
}

/// Ports that can be, each once, and each with what its status needs.
pub(crate) fn environment(file: &File, environment: &Environment, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, policy) in environment.ports.iter().enumerate() {
        let at = |key| [Key("port"), At(place), Key(key)];
        port(file, &at("number"), policy.number, problems);
        if !seen.insert(policy.number) {
            problems.push(file.problem_at(
                &at("number"),
                format!("expected each port once, but found {} again", policy.number),
            ));
        }
        if policy.status == PortStatus::Unknown {
            continue;
        }
        if policy.basis.is_none() {
            problems.push(file.problem_at(
                &at("status"),
                "expected `basis` beside a status that is known, but found none".to_owned(),
            ));
        }
        if policy.sources.is_empty() {
            problems.push(file.problem_at(
                &at("status"),
                "expected at least one source, but found none".to_owned(),
            ));
        }
    }
    if let Some(relay) = &environment.relay {
        if !is_host_or_pattern(&relay.host) {
            problems.push(file.problem_at(
                &[Key("relay"), Key("host")],
                format!("expected a host name, but found `{}`", relay.host),
            ));
        }
        port(file, &[Key("relay"), Key("port")], relay.port, problems);
    }
}

/// Each choice once.
pub(crate) fn question(file: &File, question: &Question, problems: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for (place, choice) in question.choices.iter().enumerate() {
        if !seen.insert(&choice.id) {
            problems.push(file.problem_at(
                &[Key("choice"), At(place), Key("id")],
                format!("expected each choice once, but found `{}` again", choice.id),
            ));
        }
    }
}

fn port(file: &File, way: &[Step<'_>], port: u16, problems: &mut Vec<Problem>) {
    // More than 65535 does not fit the type and is refused there.
    if port == 0 {
        problems.push(file.problem_at(
            way,
            "expected a port from 1 to 65535, but found 0".to_owned(),
        ));
    }
}

/// RFC 4422, section 3.1: one to twenty upper-case letters, digits, hyphens and underscores.
fn is_mechanism(text: &str) -> bool {
    (1..=20).contains(&text.len())
        && text.bytes().all(|letter| {
            letter.is_ascii_uppercase() || letter.is_ascii_digit() || b"-_".contains(&letter)
        })
}

/// A host name, or one with a single `<part>` to fill in.
fn is_host_or_pattern(host: &str) -> bool {
    match host.split_once('<') {
        None => is_host(host),
        Some((before, rest)) => rest.split_once('>').is_some_and(|(part, after)| {
            !part.is_empty() && !after.contains(['<', '>']) && is_host(&format!("{before}x{after}"))
        }),
    }
}

/// An address, or labels of RFC 1123, section 2.1.
fn is_host(host: &str) -> bool {
    host.parse::<std::net::IpAddr>().is_ok()
        || (host.len() <= 253
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label
                        .bytes()
                        .all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            }))
}
