//! Reads a record by the grammar of RFC 7208, section 12, and tells every place where it leaves it.

use std::str::FromStr;

use super::fault::{Fault, FaultKind};
use super::macros::{MacroString, Piece, Where, span};
use super::record::{Directive, DualCidr, Mechanism, Modifier, Qualifier, SpfRecord, Term};

/// A record as far as it could be read. One with faults counts for nobody (section 4.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The terms that could be read.
    pub record: SpfRecord,
    /// What could not, in order.
    pub faults: Vec<Fault>,
}

const VERSION: &[u8] = b"v=spf1";

/// Whether a text is a record: `v=spf1` in any case, and then a space or nothing (section 4.5).
pub fn is_spf(text: &[u8]) -> bool {
    text.get(..VERSION.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(VERSION))
        && matches!(text.get(VERSION.len()), None | Some(b' '))
}

/// Reads a record.
///
/// ```
/// use portolan_dns::spf;
/// let reading = spf::read(b"v=spf1 mx include:spf.example.com -all");
/// assert!(reading.faults.is_empty());
/// assert_eq!(reading.record.to_string(), "v=spf1 mx include:spf.example.com -all");
/// ```
pub fn read(text: &[u8]) -> Reading {
    let mut reading = Reading {
        record: SpfRecord::default(),
        faults: Vec::new(),
    };
    if !is_spf(text) {
        let end = text
            .iter()
            .position(|byte| *byte == b' ')
            .unwrap_or(text.len());
        reading.faults.push(Fault {
            span: span(0, end),
            kind: FaultKind::Version,
        });
        return reading;
    }
    let mut at = VERSION.len();
    let mut seen = (false, false);
    for word in text
        .get(at..)
        .unwrap_or_default()
        .split(|byte| *byte == b' ')
    {
        let (start, end) = (at, at + word.len());
        at = end + 1;
        if word.is_empty() {
            continue;
        }
        match term(word, start) {
            Ok(term) => {
                let again = match &term {
                    Term::Modifier(Modifier::Redirect(_))
                        if std::mem::replace(&mut seen.0, true) =>
                    {
                        Some("redirect")
                    }
                    Term::Modifier(Modifier::Exp(_)) if std::mem::replace(&mut seen.1, true) => {
                        Some("exp")
                    }
                    _ => None,
                };
                match again {
                    Some(name) => reading.faults.push(Fault {
                        span: span(start, end),
                        kind: FaultKind::Twice(name),
                    }),
                    None => reading.record.terms.push((span(start, end), term)),
                }
            }
            Err(fault) => reading.faults.push(fault),
        }
    }
    reading
}

fn term(word: &[u8], start: usize) -> Result<Term, Fault> {
    let whole = |kind| Fault {
        span: span(start, start + word.len()),
        kind,
    };
    if let Some((at, byte)) = word
        .iter()
        .enumerate()
        .find(|(_, byte)| !byte.is_ascii_graphic())
    {
        return Err(Fault {
            span: span(start + at, start + at + 1),
            kind: FaultKind::Byte(*byte),
        });
    }
    // Visible ASCII is text.
    let text = std::str::from_utf8(word).unwrap_or_default();
    let (qualifier, bare) = match text.bytes().next() {
        Some(b'+') => (Some(Qualifier::Pass), text.get(1..)),
        Some(b'-') => (Some(Qualifier::Fail), text.get(1..)),
        Some(b'~') => (Some(Qualifier::SoftFail), text.get(1..)),
        Some(b'?') => (Some(Qualifier::Neutral), text.get(1..)),
        _ => (None, Some(text)),
    };
    let bare = bare.unwrap_or_default();
    let start = start + (text.len() - bare.len());
    // `name = ALPHA *( ALPHA / DIGIT / "-" / "_" / "." )`; a modifier's name ends at "=", before any ":" or "/".
    let name_ends = bare
        .bytes()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)))
        .unwrap_or(bare.len());
    let (name, rest) = bare.split_at(name_ends);
    if let Some(value) = rest.strip_prefix('=') {
        if qualifier.is_some() {
            return Err(whole(FaultKind::QualifierOnModifier));
        }
        if !name.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
            return Err(whole(FaultKind::ModifierName));
        }
        return modifier(name, value, start + name.len() + 1).map(Term::Modifier);
    }
    let mechanism = mechanism(name, rest, start)?;
    Ok(Term::Directive(Directive {
        qualifier: qualifier.unwrap_or_default(),
        mechanism,
    }))
}

fn modifier(name: &str, value: &str, start: usize) -> Result<Modifier, Fault> {
    if name.eq_ignore_ascii_case("redirect") {
        domain_spec("redirect", value, start).map(Modifier::Redirect)
    } else if name.eq_ignore_ascii_case("exp") {
        domain_spec("exp", value, start).map(Modifier::Exp)
    } else {
        let value = MacroString::read(value.as_bytes(), start, Where::Unknown)?;
        Ok(Modifier::Unknown(name.to_owned(), value))
    }
}

/// `rest` starts at the first byte that is not of the name.
fn mechanism(name: &str, rest: &str, start: usize) -> Result<Mechanism, Fault> {
    let at = start + name.len();
    let fault = |kind| Fault {
        span: span(at, at + rest.len()),
        kind,
    };
    let value = rest.strip_prefix(':');
    let needed = |name: &'static str| {
        value.ok_or_else(|| match rest {
            "" => Fault {
                span: span(start, at),
                kind: FaultKind::ValueMissing(name),
            },
            _ => fault(FaultKind::ValueNotAllowed(name)),
        })
    };
    match name.to_ascii_lowercase().as_str() {
        "all" if rest.is_empty() => Ok(Mechanism::All),
        "all" => Err(fault(FaultKind::ValueNotAllowed("all"))),
        "include" => domain_spec("include", needed("include")?, at + 1).map(Mechanism::Include),
        "exists" => domain_spec("exists", needed("exists")?, at + 1).map(Mechanism::Exists),
        "ptr" => match (rest, value) {
            ("", _) => Ok(Mechanism::Ptr(None)),
            (_, Some(value)) => {
                domain_spec("ptr", value, at + 1).map(|it| Mechanism::Ptr(Some(it)))
            }
            (_, None) => Err(fault(FaultKind::ValueNotAllowed("ptr"))),
        },
        "a" => dual("a", rest, at).map(|(target, cidr)| Mechanism::A(target, cidr)),
        "mx" => dual("mx", rest, at).map(|(target, cidr)| Mechanism::Mx(target, cidr)),
        "ip4" => network(needed("ip4")?, at + 1, "ip4", FaultKind::Ip4, 32)
            .map(|(ip, bits)| Mechanism::Ip4(ip, bits)),
        "ip6" => network(needed("ip6")?, at + 1, "ip6", FaultKind::Ip6, 128)
            .map(|(ip, bits)| Mechanism::Ip6(ip, bits)),
        _ => Err(Fault {
            span: span(start, at + rest.len()),
            kind: FaultKind::UnknownMechanism(name.to_owned()),
        }),
    }
}

/// An address, and `"/"` with a number of bits.
fn network<T: FromStr>(
    value: &str,
    start: usize,
    name: &'static str,
    kind: FaultKind,
    max: u8,
) -> Result<(T, Option<u8>), Fault> {
    let (address, bits) = match value.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (value, None),
    };
    let kind = if value.is_empty() {
        FaultKind::ValueMissing(name)
    } else {
        kind
    };
    let ip = address.parse().map_err(|_| Fault {
        span: span(start, start + address.len()),
        kind,
    })?;
    let bits = bits
        .map(|bits| cidr(bits, start + address.len() + 1, max))
        .transpose()?;
    Ok((ip, bits))
}

/// `"0" / %x31-39 0*2DIGIT`, at most `max`.
fn cidr(digits: &str, start: usize, max: u8) -> Result<u8, Fault> {
    // Of a length that is missing the slash is shown: behind it may be nothing.
    let begin = start.saturating_sub(usize::from(digits.is_empty()));
    let fault = |kind| Fault {
        span: span(begin, start + digits.len()),
        kind,
    };
    let is_number = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    if !is_number {
        return Err(fault(FaultKind::Cidr));
    }
    match digits.parse::<u8>() {
        Ok(bits) if bits <= max => Ok(bits),
        _ => Err(fault(FaultKind::CidrTooLong { max })),
    }
}

/// `[ ":" domain-spec ] [ dual-cidr-length ]`. A name may hold slashes, so the lengths are taken off its end.
fn dual(
    name: &'static str,
    rest: &str,
    start: usize,
) -> Result<(Option<MacroString>, DualCidr), Fault> {
    let mut lengths = DualCidr::default();
    let mut left = rest;
    if let Some(at) = left.rfind("//").filter(|at| is_number(left.get(at + 2..))) {
        lengths.ip6 = Some(cidr(
            left.get(at + 2..).unwrap_or_default(),
            start + at + 2,
            128,
        )?);
        left = left.get(..at).unwrap_or_default();
    }
    if let Some(at) = left.rfind('/').filter(|at| is_number(left.get(at + 1..))) {
        lengths.ip4 = Some(cidr(
            left.get(at + 1..).unwrap_or_default(),
            start + at + 1,
            32,
        )?);
        left = left.get(..at).unwrap_or_default();
    }
    match left.strip_prefix(':') {
        Some(target) => Ok((Some(domain_spec(name, target, start + 1)?), lengths)),
        None if left.is_empty() => Ok((None, lengths)),
        None => Err(Fault {
            span: span(start, start + rest.len()),
            kind: if left.starts_with('/') {
                FaultKind::Cidr
            } else {
                FaultKind::UnknownMechanism(format!("{name}{rest}"))
            },
        }),
    }
}

fn is_number(text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `domain-spec = macro-string domain-end`, `domain-end = ( "." toplabel [ "." ] ) / macro-expand`
fn domain_spec(name: &'static str, value: &str, start: usize) -> Result<MacroString, Fault> {
    let place = span(start, start + value.len());
    if value.is_empty() {
        return Err(Fault {
            span: span(start.saturating_sub(1), start),
            kind: FaultKind::ValueMissing(name),
        });
    }
    let spec = MacroString::read(value.as_bytes(), start, Where::Name)?;
    let ends_well = match spec.pieces.last() {
        Some(Piece::Literal(text)) => {
            let text = text.strip_suffix('.').unwrap_or(text);
            text.rsplit_once('.')
                .is_some_and(|(_, label)| is_top_label(label))
        }
        Some(_) => true,
        None => false,
    };
    if ends_well {
        Ok(spec)
    } else {
        Err(Fault {
            span: place,
            kind: FaultKind::DomainEnd,
        })
    }
}

/// `( *alphanum ALPHA *alphanum ) / ( 1*alphanum "-" *( alphanum / "-" ) alphanum )`
fn is_top_label(label: &str) -> bool {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    label.bytes().all(is_inner)
        && !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().any(|byte| !byte.is_ascii_digit())
}
