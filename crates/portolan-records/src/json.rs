//! Objects of JSON: answers of DNS over HTTPS, and records as providers' interfaces and exports have them.
//!
//! Read here and not by a library: what is pasted is often cut off at one end, each record needs its line, and an engine
//! serializes nothing.

mod values;

use crate::model::{Form, Said, Value, Word};
use crate::rdata;
use crate::rows::{self, Cells};
use crate::words;
use crate::work::{Draft, Hush, Owner, Work, kind_of};
use values::Node;

/// Where the reading of objects stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Lines before this one were tried in vain.
    until: usize,
    /// How often something that begins like an object was none.
    vain: usize,
}

/// After so many vain tries the text is no JSON.
const MAX_VAIN: usize = 10;

/// An object or a list that begins in this line.
pub(crate) fn object(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim();
    let begins = line.starts_with(['{', '['])
        && line.get(1..).is_some_and(|rest| {
            matches!(
                rest.trim_start().bytes().next(),
                None | Some(b'"' | b'{' | b'[' | b'}')
            )
        });
    if !begins || at < work.json.until || work.json.vain == MAX_VAIN {
        return None;
    }
    let (node, used) = values::read(&work.lines, at);
    let before = (work.drafts.len(), work.hushes.len());
    take(work, &node);
    if (work.drafts.len(), work.hushes.len()) == before {
        work.json.until = at + used;
        work.json.vain += 1;
        return None;
    }
    Some(used)
}

fn take(work: &mut Work<'_>, node: &Node) {
    match node {
        Node::List(all) => {
            for node in all {
                take(work, node);
            }
        }
        Node::Object { fields, line } => {
            if answer(work, node, *line).is_none() && record(work, node, *line).is_none() {
                for (_, node) in fields {
                    take(work, node);
                }
            }
        }
        Node::Text(_) | Node::Number(_) | Node::Other => {}
    }
}

/// An answer of a resolver: `Status`, `Question`, `Answer` of DNS over HTTPS, and the names of RFC 8427.
fn answer(work: &mut Work<'_>, node: &Node, line: u32) -> Option<()> {
    let status = node.number("Status").or_else(|| node.number("RCODE"))?;
    let (mut name, mut kind) = (
        node.text("QNAME").map(str::to_owned),
        node.text("QTYPEname").map(str::to_owned),
    );
    if let Some(question) = node.list("Question").and_then(|all| all.first()) {
        name = question.text("name").map(str::to_owned);
        kind = type_of(question);
    }
    let records = node.list("Answer").or_else(|| node.list("answerRRs"));
    let said_by = Word {
        server: work.server.clone(),
        message: work.next_message(),
        authentic: node.flag("AD"),
        authoritative: node.flag("AA"),
    };
    let mut end = name.clone().unwrap_or_default();
    let mut is_found = false;
    for item in records.unwrap_or_default() {
        let Some((owner, value, line)) = resource(item) else {
            continue;
        };
        let of_kind = crate::message::kind_name(&value).to_owned();
        is_found |= Some(&of_kind) == kind.as_ref();
        if let Value::Record(portolan_dns::lookup::Record::Cname(target)) = &value {
            end.clone_from(target);
        }
        work.draft(Draft {
            owner: Owner::Whole(owner),
            value,
            line,
            form: Form::Json,
            word: said_by.clone(),
        });
    }
    let said = match status {
        0 if is_found
            || records.is_none() && node.list("Authority").is_none() && name.is_none() =>
        {
            return Some(());
        }
        0 => Said::NoData,
        3 => Said::NoSuchName,
        _ => Said::ServerFailure,
    };
    work.hushes.push(Hush {
        name: end,
        kind: kind.as_deref().and_then(kind_of),
        said,
        line,
        form: Form::Json,
        word: said_by,
    });
    Some(())
}

fn type_of(node: &Node) -> Option<String> {
    let by_number = |number: &str| number.parse().ok().and_then(words::type_of_number);
    let field = node
        .get("TYPEname")
        .or_else(|| node.get("type"))
        .or_else(|| node.get("TYPE"))?;
    match field {
        Node::Text(text) => words::record_type(text)
            .or_else(|| by_number(text))
            .map(str::to_owned),
        Node::Number(number) => by_number(number).map(str::to_owned),
        _ => None,
    }
}

fn resource(node: &Node) -> Option<(String, Value, u32)> {
    let Node::Object { fields, line } = node else {
        return None;
    };
    let name = node.text("name").or_else(|| node.text("NAME"))?;
    let kind = type_of(node)?;
    let data = node.text("data").or_else(|| {
        fields
            .iter()
            .find(|(key, _)| key.starts_with("rdata"))
            .and_then(|(_, node)| match node {
                Node::Text(text) => Some(text.as_str()),
                _ => None,
            })
    })?;
    let value = rdata::from_text(&kind, data, None)?;
    Some((name.to_owned(), value, *line))
}

/// A record of a provider: a type, a name, and data in one of many shapes.
fn record(work: &mut Work<'_>, node: &Node, line: u32) -> Option<()> {
    let Node::Object { fields, .. } = node else {
        return None;
    };
    let field = |names: &[&str]| {
        fields
            .iter()
            .find(|(key, _)| names.iter().any(|it| key.eq_ignore_ascii_case(it)))
            .map(|(_, node)| node)
    };
    let kind = match field(&["type", "recordType", "rrtype", "record_type"])? {
        Node::Text(text) => words::record_type(text)?,
        _ => return None,
    };
    let name = field(&[
        "name",
        "host",
        "hostname",
        "record_name",
        "subdomain",
        "domain",
        "fqdn",
        "rrset_name",
    ]);
    let name = match name {
        Some(Node::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    let priority = match field(&["priority", "prio", "preference", "aux", "mx_priority"]) {
        Some(Node::Text(text) | Node::Number(text)) => Some(text.as_str()),
        _ => None,
    };
    let data = field(&[
        "content",
        "value",
        "values",
        "data",
        "rdata",
        "rrdatas",
        "target",
        "destination",
        "answer",
        "answers",
        "address",
        "records",
        "ResourceRecords",
        "rrset_values",
        "strings",
        "exchange",
        "txtdata",
        "pointsTo",
        "cname",
    ])?;
    let mut texts = Vec::new();
    gather(data, &mut texts);
    let mut any = None;
    for text in texts {
        let cells = Cells {
            kind: Some(kind.to_owned()),
            name: name.map(str::to_owned),
            value: Some(text),
            priority: priority.map(str::to_owned),
        };
        any = rows::put(work, &cells, line, Form::Json).or(any);
    }
    any
}

/// Texts of a value, of a list of values, or of a list of objects that hold one each.
fn gather(node: &Node, texts: &mut Vec<String>) {
    match node {
        Node::Text(text) => texts.push(text.clone()),
        Node::List(all) => {
            for node in all {
                gather(node, texts);
            }
        }
        Node::Object { fields, .. } => {
            let inner = fields.iter().find(|(key, _)| {
                ["value", "content", "data", "address", "rdata"]
                    .iter()
                    .any(|it| key.eq_ignore_ascii_case(it))
            });
            if let Some((_, node)) = inner {
                gather(node, texts);
            }
        }
        Node::Number(_) | Node::Other => {}
    }
}
