//! Sentences of `host`.

use crate::lexer;
use crate::model::{Form, Said, Value};
use crate::rdata;
use crate::words;
use crate::work::{Owner, Work};
use portolan_dns::lookup::Record;

/// What stands between a name and its data, and the type.
const SENTENCES: &[(&str, &str)] = &[
    (" has address ", "A"),
    (" has IPv6 address ", "AAAA"),
    (" has AAAA address ", "AAAA"),
    (" mail is handled by ", "MX"),
    (" mail is handled (pri=", "MX"),
    (" is an alias for ", "CNAME"),
    (" domain name pointer ", "PTR"),
    (" descriptive text ", "TXT"),
    (" name server ", "NS"),
    (" has SOA record ", "SOA"),
];

/// One sentence: a record, or that there is none.
pub(crate) fn sentence(work: &mut Work<'_>, at: usize) -> Option<usize> {
    const ROWS: usize = 4;
    let line = work.line(at)?.trim().to_owned();
    if line.starts_with("Using domain server") {
        let mut used = 1;
        while used < ROWS {
            let Some((label, value)) = work.line(at + used).and_then(|it| it.split_once(':'))
            else {
                break;
            };
            match label.trim() {
                "Address" => work.server = Some(value.trim().to_owned()),
                "Name" | "Aliases" => {}
                _ => break,
            }
            used += 1;
        }
        return Some(used);
    }
    if let Some(rest) = line.strip_prefix("Host ") {
        return not_found(work, at, rest);
    }
    if let Some((name, rest)) = line.split_once(" has no ") {
        let kind = rest
            .strip_suffix(" record")
            .and_then(|it| it.split(' ').next());
        let kind = kind.and_then(words::record_type)?;
        if !words::is_name(name) {
            return None;
        }
        work.silent(name, Some(kind), Said::NoData, at, Form::Host);
        return Some(1);
    }
    let number = work.number(at);
    if let Some((name, kind, data)) = other(&line) {
        let all = lexer::tokens(std::iter::once(data), 0).all;
        let value = rdata::from_tokens(kind, &all)?;
        work.found(Owner::Whole(name.to_owned()), value, number, Form::Host);
        return Some(1);
    }
    let (name, kind, data) = SENTENCES.iter().find_map(|(between, kind)| {
        line.split_once(between)
            .map(|(name, data)| (name, *kind, data))
    })?;
    if !words::is_name(name) {
        return None;
    }
    let all = lexer::tokens(std::iter::once(data), 0).all;
    let value = rdata::from_tokens(kind, &all)?;
    work.found(Owner::Whole(name.to_owned()), value, number, Form::Host);
    Some(1)
}

/// `NAME has TLSA record 3 1 1 …`
fn other(line: &str) -> Option<(&str, &'static str, &str)> {
    let (name, rest) = line.split_once(" has ")?;
    let (kind, data) = rest.split_once(" record ")?;
    let kind = words::record_type(kind)?;
    words::is_name(name).then_some((name, kind, data))
}

/// `NAME not found: 3(NXDOMAIN)`
fn not_found(work: &mut Work<'_>, at: usize, rest: &str) -> Option<usize> {
    let (name, why) = rest.split_once(" not found: ")?;
    if !words::is_name(name) {
        return None;
    }
    let said = if why.contains("NXDOMAIN") {
        Said::NoSuchName
    } else {
        Said::ServerFailure
    };
    let asked = work
        .question()
        .filter(|it| it.name.eq_ignore_ascii_case(name));
    let kind = asked.map(|it| it.kind.clone());
    let kind = kind
        .as_deref()
        .map(|it| if it.is_empty() { "A" } else { it });
    work.silent(name, kind, said, at, Form::Host);
    Some(1)
}

/// An alias in the other direction: `ALIAS` leads to `name`.
pub(crate) fn alias(name: &str) -> Value {
    Value::Record(Record::Cname(name.to_owned()))
}
