//! What is wrong with a record, and where.

use std::fmt;

use portolan_report::Span;

use crate::words::quoted;

/// A place in a record where it leaves the grammar (RFC 7208, section 12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the record that are wrong.
    pub span: Span,
    /// What is wrong with them.
    pub kind: FaultKind,
}

/// How a record leaves the grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A byte that is no visible letter of ASCII; terms are separated by spaces alone (section 4.6.1).
    Byte(u8),
    /// A prefix length that is no number without leading zeros (section 5.6).
    Cidr,
    /// A prefix length beyond 32 or 128 bits.
    CidrTooLong {
        /// The most that the family allows.
        max: u8,
    },
    /// A name that ends neither in a dot and a top label nor in a macro (section 7.1).
    DomainEnd,
    /// `ip4:` without an IPv4 address of four numbers.
    Ip4,
    /// `ip6:` without an IPv6 address.
    Ip6,
    /// A percent sign that starts no macro.
    MacroStart,
    /// A macro that is not closed, or holds what no macro may hold.
    MacroSyntax,
    /// A letter that no macro has.
    MacroLetter(char),
    /// `c`, `r` and `t` are for explanations only (section 7.2).
    MacroOnlyInText(char),
    /// A modifier's name that does not start with a letter.
    ModifierName,
    /// A modifier has no qualifier.
    QualifierOnModifier,
    /// `redirect` or `exp` a second time (section 6).
    Twice(&'static str),
    /// No mechanism has this name.
    UnknownMechanism(String),
    /// `all` takes nothing, `ptr`, `include` and `exists` no prefix length.
    ValueNotAllowed(&'static str),
    /// A mechanism or modifier that needs a value has none.
    ValueMissing(&'static str),
    /// The text does not start with `v=spf1` and a space or the end (section 4.5).
    Version,
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Byte(byte) => write!(
                f,
                "expected visible ASCII letters separated by spaces, but found byte 0x{byte:02x}"
            ),
            Self::Cidr => f.write_str("expected a prefix length without leading zeros, but found something else"),
            Self::CidrTooLong { max } => {
                write!(f, "expected a prefix length of at most {max}, but found a larger one")
            }
            Self::DomainEnd => f.write_str(
                "expected a full name that ends in a top label or a macro, but found something else",
            ),
            Self::Ip4 => f.write_str("expected an IPv4 address of four numbers, but found something else"),
            Self::Ip6 => f.write_str("expected an IPv6 address, but found something else"),
            Self::MacroStart => f.write_str("expected %{, %%, %_ or %-, but found a lone percent sign"),
            Self::MacroSyntax => f.write_str(
                "expected a letter, digits, r and delimiters up to a closing brace, but found something else",
            ),
            Self::MacroLetter(letter) => {
                write!(f, "expected one of the macro letters slodipvh, but found {}", quoted(letter.encode_utf8(&mut [0; 4])))
            }
            Self::MacroOnlyInText(letter) => write!(
                f,
                "expected a macro letter that names may use, but found {}, which is for explanations",
                quoted(letter.encode_utf8(&mut [0; 4]))
            ),
            Self::ModifierName => f.write_str("expected a name that starts with a letter before =, but found none"),
            Self::QualifierOnModifier => f.write_str("expected a mechanism behind the qualifier, but found a modifier"),
            Self::Twice(name) => write!(f, "expected {name} at most once, but found it again"),
            Self::UnknownMechanism(name) => write!(
                f,
                "expected all, include, a, mx, ptr, ip4, ip6 or exists, but found {}",
                quoted(name)
            ),
            Self::ValueNotAllowed(name) => write!(f, "expected nothing more behind {name}, but found a value"),
            Self::ValueMissing(name) => write!(f, "expected a value of {name}, but found none"),
            Self::Version => f.write_str("expected v=spf1 and a space, but found something else"),
        }
    }
}
