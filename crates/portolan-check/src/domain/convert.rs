//! Between answers as the engine takes them and as a report keeps them.

use portolan_dns::lookup::{Answer, Kind, Record};
use portolan_dns::tlsa::Tlsa;
use portolan_report::domain::{self as kept, Hex, Octets, RecordKind, limits};

/// The type as a report names it. `None`: it is not of the DNS.
pub const fn kept_kind(kind: Kind) -> Option<RecordKind> {
    Some(match kind {
        Kind::A => RecordKind::A,
        Kind::Aaaa => RecordKind::Aaaa,
        Kind::Cname => RecordKind::Cname,
        Kind::Mx => RecordKind::Mx,
        Kind::Ptr => RecordKind::Ptr,
        Kind::Tlsa => RecordKind::Tlsa,
        Kind::Txt => RecordKind::Txt,
        Kind::StsPolicy => return None,
    })
}

/// The type as the engine names it.
pub const fn read_kind(kind: RecordKind) -> Kind {
    match kind {
        RecordKind::A => Kind::A,
        RecordKind::Aaaa => Kind::Aaaa,
        RecordKind::Cname => Kind::Cname,
        RecordKind::Mx => Kind::Mx,
        RecordKind::Ptr => Kind::Ptr,
        RecordKind::Tlsa => Kind::Tlsa,
        RecordKind::Txt => Kind::Txt,
    }
}

/// An answer as a report keeps it, within its bounds. Why a resolver failed, its shell knows better.
pub fn kept_answer(answer: &Answer) -> kept::Answer {
    match answer {
        Answer::Records(records) => {
            let records: Vec<kept::Record> = records
                .iter()
                .filter_map(kept_record)
                .take(limits::RECORDS)
                .collect();
            if records.is_empty() {
                kept::Answer::NoRecords
            } else {
                kept::Answer::Records { records }
            }
        }
        Answer::NoData => kept::Answer::NoRecords,
        Answer::NoSuchName => kept::Answer::NoSuchName,
        Answer::ServerFailure => kept::Answer::Failed {
            text: "SERVFAIL".to_owned(),
        },
        Answer::TimedOut => kept::Answer::TimedOut,
    }
}

fn kept_record(record: &Record) -> Option<kept::Record> {
    Some(match record {
        Record::A(address) => kept::Record::A { address: *address },
        Record::Aaaa(address) => kept::Record::Aaaa { address: *address },
        Record::Cname(target) => kept::Record::Cname {
            target: target.clone(),
        },
        Record::Mx { preference, host } => kept::Record::Mx {
            preference: *preference,
            host: host.clone(),
        },
        Record::Ptr(name) => kept::Record::Ptr { name: name.clone() },
        Record::Tlsa(it) => kept::Record::Tlsa {
            usage: it.usage,
            selector: it.selector,
            matching: it.matching,
            data: Hex(it.data.iter().copied().take(limits::TLSA_BYTES).collect()),
        },
        Record::Txt(strings) => kept::Record::Txt {
            strings: strings
                .iter()
                .take(limits::STRINGS)
                .map(|it| Octets(it.clone()))
                .collect(),
        },
        Record::StsPolicy { .. } => return None,
    })
}

/// A kept answer as the engine takes it.
pub(super) fn read_answer(answer: &kept::Answer) -> Answer {
    match answer {
        kept::Answer::Records { records } => {
            Answer::Records(records.iter().map(read_record).collect())
        }
        kept::Answer::NoRecords => Answer::NoData,
        kept::Answer::NoSuchName => Answer::NoSuchName,
        kept::Answer::Failed { .. } | kept::Answer::Refused => Answer::ServerFailure,
        kept::Answer::TimedOut => Answer::TimedOut,
    }
}

fn read_record(record: &kept::Record) -> Record {
    match record {
        kept::Record::A { address } => Record::A(*address),
        kept::Record::Aaaa { address } => Record::Aaaa(*address),
        kept::Record::Cname { target } => Record::Cname(target.clone()),
        kept::Record::Mx { preference, host } => Record::Mx {
            preference: *preference,
            host: host.clone(),
        },
        kept::Record::Ptr { name } => Record::Ptr(name.clone()),
        kept::Record::Tlsa {
            usage,
            selector,
            matching,
            data,
        } => Record::Tlsa(Tlsa {
            usage: *usage,
            selector: *selector,
            matching: *matching,
            data: data.0.clone(),
        }),
        kept::Record::Txt { strings } => {
            Record::Txt(strings.iter().map(|it| it.0.clone()).collect())
        }
    }
}
