//! Bytes of strangers, kept as they came and readable as text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Bytes, written as a zone file writes them (RFC 1035, section 5.1): visible ASCII and spaces stand for themselves, a backslash
/// for two, any other byte as a backslash and three digits.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Octets(pub Vec<u8>);

impl fmt::Display for Octets {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for byte in &self.0 {
            match byte {
                b'\\' => out.write_str("\\\\")?,
                b' '..=b'~' => out.write_char(char::from(*byte))?,
                other => write!(out, "\\{other:03}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Octets {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "\"{self}\"")
    }
}

impl From<&str> for Octets {
    /// Takes off the marks. There is no text that has no meaning: what only looks like a mark stands for itself, and letters
    /// beyond ASCII for their bytes of UTF-8.
    fn from(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            rest = after;
            if *first != b'\\' {
                bytes.push(*first);
            } else if let Some((value, after)) = number(after) {
                bytes.push(value);
                rest = after;
            } else if let Some((next, after)) = after.split_first() {
                bytes.push(*next);
                rest = after;
            } else {
                bytes.push(b'\\');
            }
        }
        Self(bytes)
    }
}

/// Three digits of a byte.
fn number(text: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = text.split_at_checked(3)?;
    let is_number = digits.iter().all(u8::is_ascii_digit);
    let value = std::str::from_utf8(digits).ok()?.parse().ok()?;
    is_number.then_some((value, rest))
}

/// Bytes in hexadecimal digits.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hex(pub Vec<u8>);

impl fmt::Display for Hex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hex {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

impl Hex {
    /// Reads pairs of digits in lower case; `None`: it is something else.
    pub fn read(text: &str) -> Option<Self> {
        let digit = |byte: &u8| match byte {
            b'0'..=b'9' => Some(byte - b'0'),
            b'a'..=b'f' => Some(byte - b'a' + 10),
            _ => None,
        };
        let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
            [high, low] => Some((digit(high)? << 4) | digit(low)?),
            _ => None,
        });
        pairs.collect::<Option<Vec<u8>>>().map(Self)
    }
}

impl Serialize for Octets {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Octets {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Ok(Self::from(text.as_str()))
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(&text).ok_or_else(|| {
            de::Error::invalid_value(
                de::Unexpected::Str(&text),
                &"pairs of hexadecimal digits in lower case",
            )
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Octets {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Octets".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Bytes as a zone file writes them: `\\DDD` for what is no visible ASCII (RFC 1035, section 5.1).",
            "type": "string",
        })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Hex {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hex".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "Bytes in pairs of hexadecimal digits.",
            "type": "string",
            "pattern": "^([0-9a-f]{2})*$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_comes_back_and_none_acts_upon_a_terminal() {
        let all: Vec<u8> = (0..=255).collect();
        let text = Octets(all.clone()).to_string();
        assert!(text.bytes().all(|it| (b' '..=b'~').contains(&it)));
        assert_eq!(Octets::from(text.as_str()).0, all);
        assert_eq!(
            Octets(b"v=spf1 \\ \xff".to_vec()).to_string(),
            "v=spf1 \\\\ \\255"
        );
    }

    #[test]
    fn no_text_is_without_meaning() {
        for (text, bytes) in [
            ("\\", &b"\\"[..]),
            ("\\999", b"999"),
            ("\\06", b"06"),
            ("\\065", b"A"),
            ("\\;", b";"),
            ("\u{e9}", "\u{e9}".as_bytes()),
        ] {
            assert_eq!(Octets::from(text).0, bytes, "{text}");
        }
    }

    #[test]
    fn hexadecimal_digits_come_in_pairs() {
        assert_eq!(Hex::read("00ff"), Some(Hex(vec![0, 255])));
        assert_eq!(Hex(vec![0, 255]).to_string(), "00ff");
        for text in ["0", "0G", "FF", "0\u{e9}"] {
            assert_eq!(Hex::read(text), None, "{text}");
        }
    }
}
