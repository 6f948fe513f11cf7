//! Texts with macros, as a record or an explanation has them (RFC 7208, section 7.1).

use std::fmt;

use super::fault::{Fault, FaultKind};
use portolan_report::Span;

/// `macro-string = *( macro-expand / macro-literal )`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MacroString {
    /// Its pieces in their order; no two literals stand side by side.
    pub pieces: Vec<Piece>,
}

/// A piece of a text with macros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// What stands for itself.
    Literal(String),
    /// `%{` letter, transformers and delimiters `}`
    Macro(Delimited),
    /// `%%`
    Percent,
    /// `%_`
    Space,
    /// `%-`, which becomes `%20`
    UrlSpace,
}

/// `"%{" macro-letter transformers *delimiter "}"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delimited {
    /// What is put in.
    pub letter: Letter,
    /// A capital letter: what is put in is escaped for a URL.
    pub url: bool,
    /// How many parts from the right are kept; `None`: all.
    pub parts: Option<u8>,
    /// Whether the parts are turned round first.
    pub reverse: bool,
    /// Where the value is split; empty: at dots.
    pub delimiters: String,
}

/// What a macro stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// `s`: the sender.
    Sender,
    /// `l`: the sender's local part.
    LocalPart,
    /// `o`: the sender's domain.
    SenderDomain,
    /// `d`: the domain whose record is read.
    Domain,
    /// `i`: the client's address, in dotted form.
    Ip,
    /// `p`: the client's validated name.
    Validated,
    /// `v`: `in-addr` or `ip6`.
    Family,
    /// `h`: the name in the greeting.
    Helo,
    /// `c`: the client's address for people; in explanations only.
    ReadableIp,
    /// `r`: who checks; in explanations only.
    Receiver,
    /// `t`: seconds since 1970; in explanations only.
    Timestamp,
}

/// Where the text stands, which decides what it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// In a name that is looked up.
    Name,
    /// In the value of a modifier that nobody knows.
    Unknown,
    /// In an explanation: spaces, and three letters more.
    Text,
}

const LETTERS: &[(char, Letter)] = &[
    ('s', Letter::Sender),
    ('l', Letter::LocalPart),
    ('o', Letter::SenderDomain),
    ('d', Letter::Domain),
    ('i', Letter::Ip),
    ('p', Letter::Validated),
    ('v', Letter::Family),
    ('h', Letter::Helo),
    ('c', Letter::ReadableIp),
    ('r', Letter::Receiver),
    ('t', Letter::Timestamp),
];

const DELIMITERS: &str = ".-+,/_=";

impl Letter {
    const fn is_for_text(self) -> bool {
        matches!(self, Self::ReadableIp | Self::Receiver | Self::Timestamp)
    }
}

impl MacroString {
    /// Reads a text whose first byte is at `start` of the record.
    pub(super) fn read(text: &[u8], start: usize, place: Where) -> Result<Self, Fault> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            let fault = |from: usize, to: usize, kind| Fault {
                span: span(start + from, start + to),
                kind,
            };
            if byte == b'%' {
                let (piece, length) = expand(text.get(at..).unwrap_or_default(), place)
                    .map_err(|(length, kind)| fault(at, at + length, kind))?;
                if !literal.is_empty() {
                    pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(piece);
                at += length;
            } else if byte.is_ascii_graphic() || (byte == b' ' && place == Where::Text) {
                literal.push(char::from(byte));
                at += 1;
            } else {
                return Err(fault(at, at + 1, FaultKind::Byte(byte)));
            }
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        Ok(Self { pieces })
    }

    /// Whether nothing but the domain decides what it becomes.
    pub fn is_fixed(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Macro(it) => it.letter == Letter::Domain,
            _ => true,
        })
    }

    /// Whether it stands for the client's validated name, which needs look-ups of its own.
    pub(super) fn wants_validated(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Macro(it) if it.letter == Letter::Validated))
    }
}

pub(super) fn span(start: usize, end: usize) -> Span {
    Span {
        start: start as u64,
        end: end as u64,
    }
}

/// One macro at the start of `text`: what it is and its length, or the length of what is wrong.
fn expand(text: &[u8], place: Where) -> Result<(Piece, usize), (usize, FaultKind)> {
    match text.get(1) {
        Some(b'%') => return Ok((Piece::Percent, 2)),
        Some(b'_') => return Ok((Piece::Space, 2)),
        Some(b'-') => return Ok((Piece::UrlSpace, 2)),
        Some(b'{') => {}
        _ => return Err((1, FaultKind::MacroStart)),
    }
    let Some(close) = text.iter().position(|byte| *byte == b'}') else {
        return Err((text.len(), FaultKind::MacroSyntax));
    };
    let wrong = (close + 1, FaultKind::MacroSyntax);
    let inner = text
        .get(2..close)
        .and_then(|inner| std::str::from_utf8(inner).ok())
        .ok_or_else(|| wrong.clone())?;
    let mut signs = inner.chars();
    let sign = signs.next().ok_or_else(|| wrong.clone())?;
    let letter = LETTERS
        .iter()
        .find(|(known, _)| *known == sign.to_ascii_lowercase())
        .map(|(_, letter)| *letter)
        .ok_or((close + 1, FaultKind::MacroLetter(sign)))?;
    if place == Where::Name && letter.is_for_text() {
        return Err((close + 1, FaultKind::MacroOnlyInText(sign)));
    }
    let rest = signs.as_str();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at(digits);
    let parts = match digits {
        "" => None,
        // More parts than a name can have are all of them.
        _ => Some(digits.bytes().fold(0_u8, |sum, byte| {
            sum.saturating_mul(10).saturating_add(byte - b'0')
        })),
    };
    if parts == Some(0) {
        return Err(wrong);
    }
    let (reverse, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    if !delimiters.chars().all(|sign| DELIMITERS.contains(sign)) {
        return Err(wrong);
    }
    let it = Delimited {
        letter,
        url: sign.is_ascii_uppercase(),
        parts,
        reverse,
        delimiters: delimiters.to_owned(),
    };
    Ok((Piece::Macro(it), close + 1))
}

impl fmt::Display for MacroString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Literal(text) => f.write_str(text),
            Piece::Percent => f.write_str("%%"),
            Piece::Space => f.write_str("%_"),
            Piece::UrlSpace => f.write_str("%-"),
            Piece::Macro(it) => {
                let letter = LETTERS
                    .iter()
                    .find(|(_, letter)| *letter == it.letter)
                    .map_or('?', |(sign, _)| *sign);
                let letter = if it.url {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                };
                write!(f, "%{{{letter}")?;
                if let Some(parts) = it.parts {
                    write!(f, "{parts}")?;
                }
                f.write_str(if it.reverse { "r" } else { "" })?;
                write!(f, "{}}}", it.delimiters)
            }
        })
    }
}
