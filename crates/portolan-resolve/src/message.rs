//! Between the library's messages and our values.

use std::collections::BTreeSet;
use std::fmt::Write;

use hickory_proto::op::{Edns, Message, MessageType, OpCode, Query};
use hickory_proto::rr::{DNSClass, Name, RData, RecordType};
use portolan_dns::lookup::{Kind, MAX_RECORDS, Record};
use portolan_dns::tlsa::Tlsa;

use crate::MAX_UDP;

/// The question's type. `None`: it is not the DNS that answers it.
pub(crate) const fn record_type(kind: Kind) -> Option<RecordType> {
    Some(match kind {
        Kind::A => RecordType::A,
        Kind::Aaaa => RecordType::AAAA,
        Kind::Cname => RecordType::CNAME,
        Kind::Mx => RecordType::MX,
        Kind::Ptr => RecordType::PTR,
        Kind::Tlsa => RecordType::TLSA,
        Kind::Txt => RecordType::TXT,
        Kind::StsPolicy => return None,
    })
}

/// Label by label and byte by byte: what a macro of SPF put into a name goes out as it is. Nothing is converted.
pub(crate) fn wire_name(name: &portolan_dns::name::Name) -> Option<Name> {
    Name::from_labels(name.labels().map(str::as_bytes)).ok()
}

/// A question that wants recursion, and to be told whether the answer was validated (RFC 3225; RFC 6840, section 5.7).
pub(crate) fn ask(name: Name, kind: RecordType, id: u16, has_edns: bool) -> Option<Vec<u8>> {
    let mut message = Message::new(id, MessageType::Query, OpCode::Query);
    message.metadata.recursion_desired = true;
    message.add_query(Query::query(name, kind));
    if has_edns {
        let mut edns = Edns::new();
        edns.set_max_payload(MAX_UDP).set_dnssec_ok(true);
        message.set_edns(edns);
    }
    message.to_vec().ok()
}

/// Whether the one question of a message is this one. Servers that fail may leave it out.
pub(crate) fn repeats(message: &Message, name: &Name, kind: RecordType) -> bool {
    match message.queries.as_slice() {
        [query] => {
            query.name == *name && query.query_type == kind && query.query_class == DNSClass::IN
        }
        _ => false,
    }
}

/// Where a chain of aliases ends within a message.
pub(crate) enum End {
    /// At records of the type that was asked for.
    Records(Vec<Record>),
    /// At this name, of which the message says no more; the aliases on the way there.
    At(Name, usize),
    /// Nowhere.
    Loop,
}

/// Follows the aliases of a message from a name on, `left` of them at most.
pub(crate) fn follow(message: &Message, from: &Name, kind: RecordType, left: usize) -> End {
    let mut at = from.clone();
    let mut seen = BTreeSet::from([at.clone()]);
    for aliases in 0..=left {
        let of_name = || {
            let is_here =
                |it: &&hickory_proto::rr::Record| it.dns_class == DNSClass::IN && it.name == at;
            message.answers.iter().filter(is_here)
        };
        let records: Vec<Record> = of_name()
            .filter(|it| it.record_type() == kind)
            .filter_map(|it| record(&it.data))
            .take(MAX_RECORDS)
            .collect();
        if !records.is_empty() {
            return End::Records(records);
        }
        let alias = of_name().find_map(|it| match &it.data {
            RData::CNAME(target) => Some(target.0.clone()),
            _ => None,
        });
        match alias {
            None => return End::At(at, aliases),
            Some(target) if seen.insert(target.clone()) => at = target,
            Some(_) => return End::Loop,
        }
    }
    End::Loop
}

/// Whether a name server says that there is nothing (RFC 2308, section 2.2).
pub(crate) fn has_soa(message: &Message) -> bool {
    let is_soa = |it: &hickory_proto::rr::Record| it.record_type() == RecordType::SOA;
    message.authorities.iter().any(is_soa)
}

/// Whether a server that does not resolve for us names others to ask.
pub(crate) fn is_referral(message: &Message) -> bool {
    let is_ns = |it: &hickory_proto::rr::Record| it.record_type() == RecordType::NS;
    !message.metadata.authoritative
        && !message.metadata.recursion_available
        && message.answers.is_empty()
        && !has_soa(message)
        && message.authorities.iter().any(is_ns)
}

fn record(data: &RData) -> Option<Record> {
    Some(match data {
        RData::A(ip) => Record::A(ip.0),
        RData::AAAA(ip) => Record::Aaaa(ip.0),
        RData::CNAME(target) => Record::Cname(text(&target.0)),
        RData::MX(mx) => Record::Mx {
            preference: mx.preference,
            host: text(&mx.exchange),
        },
        RData::PTR(name) => Record::Ptr(text(&name.0)),
        RData::TLSA(it) => Record::Tlsa(Tlsa {
            usage: it.cert_usage.into(),
            selector: it.selector.into(),
            matching: it.matching.into(),
            data: it.cert_data.clone(),
        }),
        RData::TXT(it) => Record::Txt(it.txt_data.iter().map(|it| it.to_vec()).collect()),
        _ => return None,
    })
}

/// A name without the root's dot; the root alone is a dot. Labels stand as they are, as questions have them; only what a text
/// cannot hold, or a dot within a label, is written as a zone file has it (RFC 1035, section 5.1).
fn text(name: &Name) -> String {
    if name.is_root() {
        return ".".to_owned();
    }
    let labels: Vec<String> = name.iter().map(label).collect();
    labels.join(".")
}

fn label(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '.' | '\\' => text.extend(['\\', letter]),
                letter => text.push(letter),
            }
        }
        for byte in chunk.invalid() {
            // Writing into a text cannot fail.
            let _ = write!(text, "\\{byte:03}");
        }
    }
    text
}
