//! Puts values into texts with macros (RFC 7208, sections 7.2 to 7.4).

use std::net::IpAddr;

use super::check::Query;
use super::macros::{Delimited, Letter, MacroString, Piece};
use crate::name::MAX_NAME;

/// An explanation ends here; the left of a name goes long before it gets so long.
const MAX_BYTES: usize = 4096;

/// What macros stand for at one place of a check.
pub(super) struct Values<'a> {
    pub query: &'a Query,
    /// The domain whose record is read.
    pub domain: &'a str,
    /// The client's validated name, where the text wants it.
    pub validated: &'a str,
}

impl Values<'_> {
    /// The name that a text stands for: labels on the left go until 253 bytes are left (section 7.3).
    pub(super) fn name(&self, text: &MacroString) -> String {
        let mut name = String::new();
        for piece in &text.pieces {
            self.put(piece, &mut name);
            if name.len() > 2 * MAX_BYTES {
                // Only the end can be of use.
                let mut from = name.len() - MAX_BYTES;
                while !name.is_char_boundary(from) {
                    from += 1;
                }
                name.drain(..from);
            }
        }
        let mut rest = name.strip_suffix('.').unwrap_or(&name);
        while rest.len() > MAX_NAME {
            match rest.split_once('.') {
                Some((_, right)) => rest = right,
                None => break,
            }
        }
        rest.to_owned()
    }

    /// The explanation that a text stands for.
    pub(super) fn text(&self, text: &MacroString) -> String {
        let mut out = String::new();
        for piece in &text.pieces {
            self.put(piece, &mut out);
            if out.len() > MAX_BYTES {
                let mut end = MAX_BYTES;
                while !out.is_char_boundary(end) {
                    end -= 1;
                }
                out.truncate(end);
                break;
            }
        }
        out
    }

    fn put(&self, piece: &Piece, out: &mut String) {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Percent => out.push('%'),
            Piece::Space => out.push(' '),
            Piece::UrlSpace => out.push_str("%20"),
            Piece::Macro(it) => {
                let value = transform(&self.value(it.letter), it);
                if it.url {
                    escape(&value, out);
                } else {
                    out.push_str(&value);
                }
            }
        }
    }

    fn value(&self, letter: Letter) -> String {
        let query = self.query;
        match letter {
            Letter::Sender => format!("{}@{}", query.local_part(), query.sender_domain()),
            Letter::LocalPart => query.local_part().to_owned(),
            Letter::SenderDomain => query.sender_domain().to_owned(),
            Letter::Domain => self.domain.to_owned(),
            Letter::Ip => dotted(query.client()),
            Letter::Validated => self.validated.to_owned(),
            Letter::Family => match query.client() {
                IpAddr::V4(_) => "in-addr".to_owned(),
                IpAddr::V6(_) => "ip6".to_owned(),
            },
            Letter::Helo => query.helo.clone(),
            Letter::ReadableIp => query.client().to_string(),
            Letter::Receiver => match query.receiver.as_str() {
                "" => "unknown".to_owned(),
                name => name.to_owned(),
            },
            Letter::Timestamp => query.now.to_string(),
        }
    }
}

/// Four numbers, or 32 hexadecimal digits with dots between them.
fn dotted(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(ip) => ip.to_string(),
        IpAddr::V6(ip) => {
            let bits = u128::from(ip);
            let digits: Vec<String> = (0..32)
                .rev()
                .map(|place| format!("{:X}", (bits >> (place * 4)) & 0xf))
                .collect();
            digits.join(".")
        }
    }
}

/// Splits, turns round, keeps parts from the right, and joins with dots.
fn transform(value: &str, it: &Delimited) -> String {
    if it.parts.is_none() && !it.reverse && it.delimiters.is_empty() {
        return value.to_owned();
    }
    let delimiters = if it.delimiters.is_empty() {
        "."
    } else {
        &it.delimiters
    };
    let mut parts: Vec<&str> = value.split(|sign| delimiters.contains(sign)).collect();
    if it.reverse {
        parts.reverse();
    }
    let kept = it.parts.map_or(parts.len(), usize::from);
    let from = parts.len().saturating_sub(kept);
    parts.get(from..).unwrap_or_default().join(".")
}

/// All but `ALPHA / DIGIT / "-" / "." / "_" / "~"` (RFC 3986, section 2.3).
fn escape(value: &str, out: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            for half in [byte >> 4, byte & 0xf] {
                out.extend(HEX.get(usize::from(half)).copied().map(char::from));
            }
        }
    }
}
