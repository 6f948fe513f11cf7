//! What `nslookup` prints, on Unix and on Windows, there also in the words of German, French, Spanish and Italian systems.

mod failures;

use crate::host;
use crate::lexer;
use crate::model::{Form, Said, Value};
use crate::rdata;
use crate::words;
use crate::work::{Owner, Work, is_whole_name};
use portolan_dns::lookup::Record;

/// Where the output stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Its head was seen, with the server.
    is_open: bool,
    /// The next address is the server's.
    awaits_server: bool,
    /// The name whose addresses follow.
    name: Option<String>,
    /// Records since the head.
    records: usize,
    /// More addresses may follow in lines of their own.
    lists: bool,
}

const SERVER: &[&str] = &[
    "server",
    "serveur",
    "servidor",
    "default server",
    "standardserver",
    "serveur par défaut",
    "servidor predeterminado",
    "server predefinito",
];
const NAME: &[&str] = &["name", "nom", "nombre", "nome"];
const ADDRESS: &[&str] = &[
    "address",
    "addresses",
    "adresse",
    "adressen",
    "adresses",
    "dirección",
    "direcciones",
    "indirizzo",
    "indirizzi",
];
const ALIASES: &[&str] = &["aliases", "alias"];

/// What stands between a name and its data, and the type.
const SENTENCES: &[(&str, &str)] = &[
    ("text =", "TXT"),
    ("mail exchanger =", "MX"),
    ("canonical name =", "CNAME"),
    ("internet address =", "A"),
    ("AAAA IPv6 address =", "AAAA"),
    ("has AAAA address", "AAAA"),
    ("name =", "PTR"),
    ("nameserver =", "NS"),
];
/// Strings of one text, a line each on Windows.
const MAX_STRINGS: usize = 60;

/// A line of it.
pub(crate) fn line(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.to_owned();
    let text = line.trim();
    if let Some(used) = debug(work, at, text) {
        return Some(used);
    }
    if text.starts_with("**") && !text.starts_with("**_") {
        return failures::failed(work, at, text);
    }
    if let Some(used) = labelled(work, at, text) {
        return Some(used);
    }
    if let Some(used) = sentence(work, at, text) {
        return Some(used);
    }
    if work.nslookup.lists
        && line.starts_with([' ', '\t'])
        && let Some(value) = address(text)
    {
        return added(work, at, value);
    }
    work.nslookup.lists = false;
    words_alone(work, at, text)
}

/// What the debug mode shows between two rules, and says again behind them.
fn debug(work: &mut Work<'_>, at: usize, text: &str) -> Option<usize> {
    const MAX_LINES: usize = 200;
    let is_rule = |text: &str| text.len() > 9 && text.bytes().all(|byte| byte == b'-');
    let next = work.line(at + 1)?.trim();
    let begins = is_rule(text)
        && ["QUESTIONS:", "Got answer:", "HEADER:", "SendRequest"]
            .iter()
            .any(|it| next.starts_with(it));
    if !begins {
        return None;
    }
    let rest = work.texts(at + 1).take(MAX_LINES);
    let used = rest.take_while(|line| !is_rule(line.trim())).count();
    Some((used + 2).min(MAX_LINES))
}

/// Lines that say nothing of records, and the beginning of an SOA, which says that there are none.
fn words_alone(work: &mut Work<'_>, at: usize, text: &str) -> Option<usize> {
    let lower = text.to_lowercase();
    let is_heading = [
        "non-authoritative answer",
        "authoritative answers can be found",
        "nicht autorisierende antwort",
        "nicht-autorisierende antwort",
        "nicht autoritative antwort",
        "réponse ne faisant pas autorité",
        "respuesta no autoritativa",
        "risposta da un server non autorevole",
        "risposta da server non autorevole",
    ]
    .iter()
    .any(|it| lower.starts_with(it));
    if is_heading {
        work.nslookup.is_open = true;
        work.nslookup.awaits_server = false;
        return Some(1);
    }
    if lower.starts_with("dns request timed out")
        || (lower.starts_with("timeout was") && work.nslookup.is_open)
    {
        work.nslookup.is_open = true;
        return Some(1);
    }
    if !work.nslookup.is_open {
        return None;
    }
    // The name above an SOA.
    let next = work.line(at + 1).map(str::trim_start).unwrap_or_default();
    if is_whole_name(text)
        && (next.starts_with("origin = ") || next.starts_with("primary name server = "))
    {
        return Some(1);
    }
    let field = text.split_once(" = ").map(|(name, _)| name.trim())?;
    let is_soa = matches!(
        field,
        "origin"
            | "mail addr"
            | "serial"
            | "refresh"
            | "retry"
            | "expire"
            | "minimum"
            | "ttl"
            | "primary name server"
            | "responsible mail addr"
            | "default TTL"
    );
    if matches!(field, "primary name server") && work.nslookup.records == 0 {
        nothing(work, at);
    }
    is_soa.then_some(1)
}

/// Windows prints the zone's SOA where the name has no records of the type.
fn nothing(work: &mut Work<'_>, at: usize) {
    if let Some(question) = work.question().cloned()
        && !question.name.is_empty()
        && question.kind != "SOA"
    {
        work.silent(
            &question.name,
            Some(&question.kind),
            Said::NoData,
            at,
            Form::Nslookup,
        );
    }
}

/// `Server:`, `Address:`, `Name:`, `Addresses:`, `Aliases:`
fn labelled(work: &mut Work<'_>, at: usize, text: &str) -> Option<usize> {
    let (label, value) = text.split_once(':')?;
    let label = label.trim().to_lowercase();
    let value = value.trim();
    let is = |all: &[&str]| all.contains(&label.as_str());
    if is(SERVER) {
        // A panel says "Server: …" of nothing that is asked; the next line tells.
        let next = work.line(at + 1).and_then(|it| it.split_once(':'));
        let is_head = next.is_some_and(|(label, value)| {
            ADDRESS.contains(&label.trim().to_lowercase().as_str())
                && value
                    .trim()
                    .split('#')
                    .next()
                    .is_some_and(|it| it.parse::<std::net::IpAddr>().is_ok())
        });
        if !is_head {
            return None;
        }
        crate::message::close(work);
        work.table = None;
        work.server = Some(value.to_owned());
        work.next_message();
        work.nslookup = State {
            is_open: true,
            awaits_server: true,
            ..State::default()
        };
        return Some(1);
    }
    if !work.nslookup.is_open {
        return None;
    }
    if is(ADDRESS) {
        if work.nslookup.awaits_server {
            work.nslookup.awaits_server = false;
            return Some(1);
        }
        let value = address(value)?;
        work.nslookup.lists = true;
        return added(work, at, value);
    }
    if is(NAME) && words::is_name(value) {
        work.nslookup.awaits_server = false;
        work.nslookup.name = Some(value.to_owned());
        return Some(1);
    }
    if is(ALIASES) && words::is_name(value) {
        let target = work.nslookup.name.clone()?;
        let number = work.number(at);
        work.found(
            Owner::Whole(value.to_owned()),
            host::alias(&target),
            number,
            Form::Nslookup,
        );
        return Some(1);
    }
    None
}

fn address(text: &str) -> Option<Value> {
    let record = match text.parse().ok()? {
        std::net::IpAddr::V4(ip) => Record::A(ip),
        std::net::IpAddr::V6(ip) => Record::Aaaa(ip),
    };
    Some(Value::Record(record))
}

/// An address of the name above. Where an address was asked for, the name is that address's.
fn added(work: &mut Work<'_>, at: usize, value: Value) -> Option<usize> {
    let name = work.nslookup.name.clone()?;
    let number = work.number(at);
    work.nslookup.records += 1;
    let reverse = work
        .question()
        .filter(|it| it.kind == "PTR")
        .map(|it| it.name.clone());
    match reverse {
        Some(reverse) => {
            let value = Value::Record(Record::Ptr(name));
            work.found(Owner::Whole(reverse), value, number, Form::Nslookup);
        }
        None => work.found(Owner::Whole(name), value, number, Form::Nslookup),
    }
    Some(1)
}

/// `NAME text = "…"`, and on Windows the strings in lines of their own.
fn sentence(work: &mut Work<'_>, at: usize, text: &str) -> Option<usize> {
    // The debug mode of Unix repeats what comes anyway, the name in a line before.
    let (name, rest) = text.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    if !is_whole_name(name) {
        return None;
    }
    let number = work.number(at);
    let owner = Owner::Whole(name.to_owned());
    if let Some(rest) = rest.strip_prefix("MX preference = ") {
        let (preference, host) = rest.split_once(',')?;
        let (_, host) = host.split_once('=')?;
        let value = rdata::from_text("MX", host.trim(), Some(preference))?;
        return Some(record(work, owner, value, number, 1));
    }
    if let Some((number, data)) = rest
        .strip_prefix("rdata_")
        .and_then(|it| it.split_once(" = "))
    {
        let kind = number
            .parse()
            .ok()
            .and_then(words::type_of_number)
            .unwrap_or("TYPE");
        let all = lexer::tokens(std::iter::once(data), 0).all;
        let value = rdata::from_tokens(kind, &all)?;
        let number = work.number(at);
        return Some(record(work, owner, value, number, 1));
    }
    let (between, kind) = SENTENCES
        .iter()
        .find(|(between, _)| rest.starts_with(between))?;
    let data = rest.get(between.len()..)?.trim();
    if *kind == "TXT" && data.is_empty() {
        let mut strings = Vec::new();
        let mut used = 1;
        while strings.len() < MAX_STRINGS {
            let Some(next) = work.line(at + used).map(str::trim) else {
                break;
            };
            if next.is_empty() && strings.is_empty() && used < 3 {
                used += 1;
                continue;
            }
            if !next.starts_with('"') {
                break;
            }
            strings.extend(windows_string(next));
            used += 1;
        }
        if strings.is_empty() {
            return None;
        }
        return Some(record(
            work,
            owner,
            Value::Record(Record::Txt(strings)),
            number,
            used,
        ));
    }
    let all = lexer::tokens(std::iter::once(data), 0).all;
    let value = rdata::from_tokens(kind, &all)?;
    Some(record(work, owner, value, number, 1))
}

/// Windows escapes nothing inside its quotes.
fn windows_string(text: &str) -> Option<Vec<u8>> {
    let inner = text.strip_prefix('"')?;
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    Some(inner.as_bytes().to_vec())
}

fn record(work: &mut Work<'_>, owner: Owner, value: Value, number: u32, used: usize) -> usize {
    work.nslookup.is_open = true;
    work.nslookup.awaits_server = false;
    work.nslookup.records += 1;
    work.found(owner, value, number, Form::Nslookup);
    used
}
