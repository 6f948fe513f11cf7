//! Between messages and our values. The library reads and writes names, numbers and lengths; records of types that nobody asks
//! for are passed over by their length, so that no form of theirs fails an answer.

use std::collections::BTreeSet;
use std::fmt::Write;

use hickory_proto::op::{Header, Metadata, Query};
use hickory_proto::rr::{DNSClass, Name, RecordType};
use hickory_proto::serialize::binary::{BinDecodable, BinDecoder, DecodeError};
use portolan_dns::lookup::{Kind, MAX_RECORDS, Record};
use portolan_dns::tlsa::Tlsa;

use crate::MAX_UDP;

/// A message as far as it answers a question.
pub(crate) struct Message {
    pub(crate) metadata: Metadata,
    pub(crate) queries: Vec<Query>,
    answers: Vec<Found>,
    /// The types of the records that say whose a name is.
    authorities: Vec<RecordType>,
}

/// A record of an answer.
struct Found {
    name: Name,
    kind: RecordType,
    /// `None`: of a type that nobody asks for, or of another class.
    data: Option<Data>,
}

enum Data {
    Alias(Name),
    Other(Record),
}

/// It is no message.
struct Unreadable;

impl From<DecodeError> for Unreadable {
    fn from(_: DecodeError) -> Self {
        Self
    }
}

/// Where a record stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Answers,
    Authorities,
    Additional,
}

impl Message {
    /// Reads a message (RFC 1035, section 4.1); one that was cut, as far as its question. `None`: it is none.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        Self::decode(&mut BinDecoder::new(bytes)).ok()
    }

    fn decode(decoder: &mut BinDecoder<'_>) -> Result<Self, Unreadable> {
        let Header { metadata, counts } = Header::read(decoder)?;
        let mut message = Self {
            metadata,
            queries: Vec::new(),
            answers: Vec::new(),
            authorities: Vec::new(),
        };
        for _ in 0..counts.queries {
            message.queries.push(Query::read(decoder)?);
        }
        // What follows may end within a record, and is not used (RFC 2181, section 9).
        if message.metadata.truncation {
            return Ok(message);
        }
        for (section, count) in [
            (Section::Answers, counts.answers),
            (Section::Authorities, counts.authorities),
            (Section::Additional, counts.additionals),
        ] {
            let mut has_edns = false;
            for _ in 0..count {
                message.record(decoder, section, &mut has_edns)?;
            }
        }
        Ok(message)
    }

    fn record(
        &mut self,
        decoder: &mut BinDecoder<'_>,
        section: Section,
        has_edns: &mut bool,
    ) -> Result<(), Unreadable> {
        let name = Name::read(decoder)?;
        let kind = RecordType::read(decoder)?;
        // Any number stands for a class, a time and a length.
        let class = decoder.read_u16()?.unverified();
        let ttl = decoder.read_u32()?.unverified();
        let length = usize::from(decoder.read_u16()?.unverified());
        let end = decoder.index() + length;
        let is_internet = class == u16::from(DNSClass::IN);
        let data = if section == Section::Answers && is_internet {
            data(decoder, kind, end)?
        } else {
            None
        };
        if data.is_none() {
            decoder.read_slice(length)?;
        }
        if decoder.index() != end {
            return Err(Unreadable);
        }
        match section {
            // At the root, once, and nowhere else (RFC 6891, section 6.1.1).
            _ if kind == RecordType::OPT
                && (section != Section::Additional || *has_edns || !name.is_root()) =>
            {
                return Err(Unreadable);
            }
            Section::Answers => self.answers.push(Found { name, kind, data }),
            Section::Authorities => self.authorities.push(kind),
            Section::Additional if kind == RecordType::OPT => {
                *has_edns = true;
                // The upper bits of the code (section 6.1.3).
                let [high, ..] = ttl.to_be_bytes();
                self.metadata.merge_response_code(high);
            }
            Section::Additional => (),
        }
        Ok(())
    }
}

/// What a record says, up to where it ends (RFC 1035, section 3.3; RFC 3596, section 2.2; RFC 6698, section 2.1). `None`: of a
/// type that nobody asks for, and not read.
fn data(
    decoder: &mut BinDecoder<'_>,
    kind: RecordType,
    end: usize,
) -> Result<Option<Data>, Unreadable> {
    let record = match kind {
        RecordType::A => Record::A(decoder.read_u32()?.unverified().into()),
        RecordType::AAAA => {
            let mut bytes = [0; 16];
            for byte in &mut bytes {
                *byte = decoder.pop()?.unverified();
            }
            Record::Aaaa(bytes.into())
        }
        RecordType::CNAME => return Ok(Some(Data::Alias(Name::read(decoder)?))),
        RecordType::MX => Record::Mx {
            preference: decoder.read_u16()?.unverified(),
            host: text(&Name::read(decoder)?),
        },
        RecordType::PTR => Record::Ptr(text(&Name::read(decoder)?)),
        RecordType::TLSA => Record::Tlsa(Tlsa {
            usage: decoder.pop()?.unverified(),
            selector: decoder.pop()?.unverified(),
            matching: decoder.pop()?.unverified(),
            data: {
                let length = end.saturating_sub(decoder.index());
                decoder.read_vec(length)?.unverified()
            },
        }),
        RecordType::TXT => {
            let mut strings = Vec::new();
            // One at least.
            while decoder.index() < end || strings.is_empty() {
                strings.push(decoder.read_character_data()?.unverified().to_vec());
            }
            Record::Txt(strings)
        }
        _ => return Ok(None),
    };
    Ok(Some(Data::Other(record)))
}

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
    let mut bytes = Vec::new();
    for label in name.labels() {
        let length = u8::try_from(label.len()).ok();
        bytes.push(length.filter(|it| (1..=MAX_LABEL).contains(it))?);
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    Name::read(&mut BinDecoder::new(&bytes)).ok()
}

/// More is no length (RFC 1035, section 4.1.4).
const MAX_LABEL: u8 = 63;

/// A question that wants recursion, and to be told whether the answer was validated (RFC 3225; RFC 6840, section 5.7).
pub(crate) fn ask(name: &Name, kind: RecordType, id: u16, has_edns: bool) -> Option<Vec<u8>> {
    let mut message = id.to_be_bytes().to_vec();
    // Recursion is desired; one question, and EDNS behind it.
    message.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, u8::from(has_edns)]);
    for label in name {
        message.push(u8::try_from(label.len()).ok()?);
        message.extend(label);
    }
    message.push(0);
    message.extend(u16::from(kind).to_be_bytes());
    message.extend(u16::from(DNSClass::IN).to_be_bytes());
    if has_edns {
        // At the root; the class is the size, and the time to live the flags, of which DO is one (RFC 6891, section 6.1.2).
        message.push(0);
        message.extend(u16::from(RecordType::OPT).to_be_bytes());
        message.extend(MAX_UDP.to_be_bytes());
        message.extend([0, 0, 0x80, 0, 0, 0]);
    }
    Some(message)
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
        let of_name = || message.answers.iter().filter(|it| it.name == at);
        let records: Vec<Record> = of_name()
            .filter(|it| it.kind == kind)
            .filter_map(|it| it.data.as_ref().map(record))
            .take(MAX_RECORDS)
            .collect();
        if !records.is_empty() {
            return End::Records(records);
        }
        let alias = of_name().find_map(|it| match &it.data {
            Some(Data::Alias(target)) => Some(target.clone()),
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

fn record(data: &Data) -> Record {
    match data {
        Data::Alias(target) => Record::Cname(text(target)),
        Data::Other(record) => record.clone(),
    }
}

/// Whether a name server says that there is nothing (RFC 2308, section 2.2).
pub(crate) fn has_soa(message: &Message) -> bool {
    message.authorities.contains(&RecordType::SOA)
}

/// Whether a server that does not resolve for us names others to ask.
pub(crate) fn is_referral(message: &Message) -> bool {
    !message.metadata.authoritative
        && !message.metadata.recursion_available
        && message.answers.is_empty()
        && !has_soa(message)
        && message.authorities.contains(&RecordType::NS)
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
