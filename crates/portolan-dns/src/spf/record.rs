//! A record as values, and how it is written.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use portolan_report::Span;

use super::macros::MacroString;

/// A record: `version terms *SP` (RFC 7208, section 4.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpfRecord {
    /// Its terms in their order, each with its bytes in the text.
    pub terms: Vec<(Span, Term)>,
}

/// `directive / modifier` (section 4.6.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// `[ qualifier ] mechanism`
    Directive(Directive),
    /// `redirect / explanation / unknown-modifier`
    Modifier(Modifier),
}

/// `[ qualifier ] mechanism`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// What a match means.
    pub qualifier: Qualifier,
    /// What has to match.
    pub mechanism: Mechanism,
}

/// `"+" / "-" / "?" / "~"` (section 4.6.2); pass where nothing is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`
    #[default]
    Pass,
    /// `-`
    Fail,
    /// `~`
    SoftFail,
    /// `?`
    Neutral,
}

/// Section 5. `None` as a name: the domain that is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// Everybody.
    All,
    /// Whoever another domain's record passes.
    Include(MacroString),
    /// The addresses of a name.
    A(Option<MacroString>, DualCidr),
    /// The addresses of a name's mail exchangers.
    Mx(Option<MacroString>, DualCidr),
    /// Hosts whose reverse name lies in a domain; not to be published (section 5.5).
    Ptr(Option<MacroString>),
    /// An IPv4 network: address and bits.
    Ip4(Ipv4Addr, Option<u8>),
    /// An IPv6 network: address and bits.
    Ip6(Ipv6Addr, Option<u8>),
    /// Whether a name has an IPv4 address.
    Exists(MacroString),
}

/// `[ "/" ip4-cidr-length ] [ "//" ip6-cidr-length ]`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DualCidr {
    /// Bits of an IPv4 address; 32 where nothing is written.
    pub ip4: Option<u8>,
    /// Bits of an IPv6 address; 128 where nothing is written.
    pub ip6: Option<u8>,
}

/// Section 6.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// Whose record decides where nothing here matches.
    Redirect(MacroString),
    /// Where the text for refused senders is.
    Exp(MacroString),
    /// Anything else: no meaning, but its syntax counts.
    Unknown(String, MacroString),
}

impl SpfRecord {
    /// Its mechanisms in their order.
    pub fn directives(&self) -> impl Iterator<Item = (Span, &Directive)> {
        self.terms.iter().filter_map(|(span, term)| match term {
            Term::Directive(directive) => Some((*span, directive)),
            Term::Modifier(_) => None,
        })
    }

    /// The target of `redirect`, which counts only in a record without `all` (section 6.1).
    pub fn redirect(&self) -> Option<(Span, &MacroString)> {
        self.terms.iter().find_map(|(span, term)| match term {
            Term::Modifier(Modifier::Redirect(target)) => Some((*span, target)),
            _ => None,
        })
    }

    /// Where the explanation is.
    pub fn exp(&self) -> Option<&MacroString> {
        self.terms.iter().find_map(|(_, term)| match term {
            Term::Modifier(Modifier::Exp(target)) => Some(target),
            _ => None,
        })
    }

    /// The first `all`.
    pub fn all(&self) -> Option<(Span, Qualifier)> {
        self.directives()
            .find(|(_, it)| it.mechanism == Mechanism::All)
            .map(|(span, it)| (span, it.qualifier))
    }
}

impl Mechanism {
    /// Whether evaluating it counts as a look-up (section 4.6.4).
    pub const fn looks_up(&self) -> bool {
        !matches!(self, Self::All | Self::Ip4(..) | Self::Ip6(..))
    }

    /// The name, as the RFC has it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Include(_) => "include",
            Self::A(..) => "a",
            Self::Mx(..) => "mx",
            Self::Ptr(_) => "ptr",
            Self::Ip4(..) => "ip4",
            Self::Ip6(..) => "ip6",
            Self::Exists(_) => "exists",
        }
    }
}

impl fmt::Display for SpfRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=spf1")?;
        self.terms
            .iter()
            .try_for_each(|(_, term)| write!(f, " {term}"))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directive(directive) => {
                write!(f, "{}{}", directive.qualifier, directive.mechanism)
            }
            Self::Modifier(Modifier::Redirect(target)) => write!(f, "redirect={target}"),
            Self::Modifier(Modifier::Exp(target)) => write!(f, "exp={target}"),
            Self::Modifier(Modifier::Unknown(name, value)) => write!(f, "{name}={value}"),
        }
    }
}

impl fmt::Display for Qualifier {
    /// Nothing for pass, which is what nothing means.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "",
            Self::Fail => "-",
            Self::SoftFail => "~",
            Self::Neutral => "?",
        })
    }
}

impl fmt::Display for Mechanism {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::All | Self::Ptr(None) => Ok(()),
            Self::Include(target) | Self::Exists(target) | Self::Ptr(Some(target)) => {
                write!(f, ":{target}")
            }
            Self::A(target, cidr) | Self::Mx(target, cidr) => {
                if let Some(target) = target {
                    write!(f, ":{target}")?;
                }
                write!(f, "{cidr}")
            }
            Self::Ip4(ip, bits) => {
                write!(f, ":{ip}")?;
                bits.map_or(Ok(()), |bits| write!(f, "/{bits}"))
            }
            Self::Ip6(ip, bits) => {
                write!(f, ":{ip}")?;
                bits.map_or(Ok(()), |bits| write!(f, "/{bits}"))
            }
        }
    }
}

impl fmt::Display for DualCidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(bits) = self.ip4 {
            write!(f, "/{bits}")?;
        }
        self.ip6.map_or(Ok(()), |bits| write!(f, "//{bits}"))
    }
}
