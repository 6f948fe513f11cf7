//! Questions that the engine asks, and the answers that a shell brings: from a resolver, from DNS over HTTPS, or pasted.
//! Nothing here fetches anything.

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::name::Name;

/// More records of one type than a message of 65,535 bytes can hold at 16 bytes each; what is behind them is not read.
pub const MAX_RECORDS: usize = 4096;

/// What is looked up at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// IPv4 addresses.
    A,
    /// IPv6 addresses.
    Aaaa,
    /// The name that this one stands for.
    Cname,
    /// Mail exchangers.
    Mx,
    /// Names of an address.
    Ptr,
    /// Certificates that a host may show (RFC 6698).
    Tlsa,
    /// Texts: SPF, DKIM, DMARC and the others.
    Txt,
    /// Not of the DNS: the file `https://NAME/.well-known/mta-sts.txt`, without following redirects (RFC 8461, section 3.3).
    StsPolicy,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lookup {
    /// At which name.
    pub name: Name,
    /// What is looked up there.
    pub kind: Kind,
}

/// One record of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Record {
    /// An IPv4 address.
    A(Ipv4Addr),
    /// An IPv6 address.
    Aaaa(Ipv6Addr),
    /// The name behind an alias, as it was written.
    Cname(String),
    /// A mail exchanger, as it was written; `.` or nothing is the null MX (RFC 7505).
    Mx {
        /// Lower is asked first.
        preference: u16,
        /// The host.
        host: String,
    },
    /// A name of an address, as it was written.
    Ptr(String),
    /// A certificate association.
    Tlsa(crate::tlsa::Tlsa),
    /// The character-strings of a text, each of at most 255 bytes in the DNS.
    Txt(Vec<Vec<u8>>),
    /// A policy file of MTA-STS.
    StsPolicy {
        /// The media type, as the server names it.
        content_type: Option<String>,
        /// The file.
        body: Vec<u8>,
    },
}

/// What a look-up brought. The three ways of having nothing are never mixed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Records of the type that was asked for, aliases followed; at least one.
    Records(Vec<Record>),
    /// The name exists, without records of this type (or, for a policy file, the server has none).
    NoData,
    /// The name does not exist (NXDOMAIN).
    NoSuchName,
    /// The resolver or the name servers failed (SERVFAIL, REFUSED, a loop of aliases).
    ServerFailure,
    /// Nothing came in time.
    TimedOut,
}

/// Answers by question. A question keeps its first answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Lookup, Answer>);

impl Lookup {
    /// A question of this kind at this name.
    pub const fn new(name: Name, kind: Kind) -> Self {
        Self { name, kind }
    }

    /// The question for the names of an address (RFC 1035, section 3.5; RFC 3596, section 2.5). `None` never happens: such
    /// names have at most 73 bytes.
    pub fn reverse(ip: IpAddr) -> Option<Self> {
        Name::new(&reverse_name(ip))
            .ok()
            .map(|name| Self::new(name, Kind::Ptr))
    }
}

fn reverse_name(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            format!("{d}.{c}.{b}.{a}.in-addr.arpa")
        }
        IpAddr::V6(ip) => {
            let bits = u128::from(ip);
            let digits: Vec<String> = (0..32)
                .map(|place| format!("{:x}", (bits >> (place * 4)) & 0xf))
                .collect();
            digits.join(".") + ".ip6.arpa"
        }
    }
}

impl Record {
    /// Of which kind it is.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::A(_) => Kind::A,
            Self::Aaaa(_) => Kind::Aaaa,
            Self::Cname(_) => Kind::Cname,
            Self::Mx { .. } => Kind::Mx,
            Self::Ptr(_) => Kind::Ptr,
            Self::Tlsa(_) => Kind::Tlsa,
            Self::Txt(_) => Kind::Txt,
            Self::StsPolicy { .. } => Kind::StsPolicy,
        }
    }
}

impl Answer {
    /// The records; none where there are none, whatever the reason.
    pub fn records(&self) -> &[Record] {
        match self {
            Self::Records(records) => records.get(..MAX_RECORDS).unwrap_or(records),
            _ => &[],
        }
    }

    /// Whether nobody could say what is there.
    pub const fn is_error(&self) -> bool {
        matches!(self, Self::ServerFailure | Self::TimedOut)
    }

    /// Whether the DNS says that nothing is there: a void look-up (RFC 7208, section 4.6.4).
    pub fn is_void(&self) -> bool {
        match self {
            Self::NoData | Self::NoSuchName => true,
            Self::Records(records) => records.is_empty(),
            Self::ServerFailure | Self::TimedOut => false,
        }
    }

    /// Texts, their strings joined without a space (RFC 7208, section 3.3).
    pub fn texts(&self) -> impl Iterator<Item = Vec<u8>> {
        self.records().iter().filter_map(|record| match record {
            Record::Txt(strings) => Some(strings.concat()),
            _ => None,
        })
    }

    /// Addresses of both families.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        self.records().iter().filter_map(|record| match record {
            Record::A(ip) => Some(IpAddr::V4(*ip)),
            Record::Aaaa(ip) => Some(IpAddr::V6(*ip)),
            _ => None,
        })
    }
}

impl Answers {
    /// The answer to a question. `None`: not asked, or not answered yet.
    pub fn get(&self, lookup: &Lookup) -> Option<&Answer> {
        self.0.get(lookup)
    }

    /// Keeps an answer, unless the question has one.
    pub fn keep(&mut self, lookup: Lookup, answer: Answer) {
        self.0.entry(lookup).or_insert(answer);
    }

    /// Puts another answer in the place of the one that a question has.
    pub(crate) fn replace(&mut self, lookup: &Lookup, answer: Answer) {
        if let Some(kept) = self.0.get_mut(lookup) {
            *kept = answer;
        }
    }

    /// All of them, by name and kind.
    pub fn iter(&self) -> impl Iterator<Item = (&Lookup, &Answer)> {
        self.0.iter()
    }
}

impl Kind {
    /// The name of the type, as zone files have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
            Self::Mx => "MX",
            Self::Ptr => "PTR",
            Self::Tlsa => "TLSA",
            Self::Txt => "TXT",
            Self::StsPolicy => "policy",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.kind)
    }
}
