//! Names of the DNS, as look-ups carry them. Internationalized names come in as A-labels; nothing here converts them.

use std::fmt;

/// The most bytes of a label (RFC 1035, section 2.3.4).
pub const MAX_LABEL: usize = 63;
/// The most bytes of a name in text form, without the dot of the root (RFC 7208, section 7.3).
pub const MAX_NAME: usize = 253;

/// A name: lower case, without the root's dot, labels of 1 to 63 bytes, at most 253 bytes.
///
/// Letters other than those of host names may be in it: `_dmarc`, and whatever a macro of SPF put there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(String);

/// Why a text cannot be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// There is nothing, or the root alone.
    Empty,
    /// Two dots in a row, or one at the start.
    EmptyLabel,
    /// A label of more than 63 bytes.
    LongLabel,
    /// More than 253 bytes.
    LongName,
}

impl Name {
    /// Reads a name; one dot at its end is the root's and goes.
    ///
    /// # Errors
    /// Whatever cannot stand in a question (RFC 1035, section 2.3.4).
    pub fn new(text: &str) -> Result<Self, NameFault> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.is_empty() {
            return Err(NameFault::Empty);
        }
        if text.len() > MAX_NAME {
            return Err(NameFault::LongName);
        }
        for label in text.split('.') {
            if label.is_empty() {
                return Err(NameFault::EmptyLabel);
            }
            if label.len() > MAX_LABEL {
                return Err(NameFault::LongLabel);
            }
        }
        Ok(Self(text.to_ascii_lowercase()))
    }

    /// The name that never exists (RFC 6761, section 6.4): it stands in where a stranger's text is no name.
    pub fn invalid() -> Self {
        Self("invalid".to_owned())
    }

    /// The name as text, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its labels, the leftmost first.
    pub fn labels(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// The name without its leftmost label. `None`: it has one only.
    pub fn parent(&self) -> Option<Self> {
        self.0
            .split_once('.')
            .map(|(_, rest)| Self(rest.to_owned()))
    }

    /// The name below this one: `label` may itself consist of several labels.
    ///
    /// # Errors
    /// The result cannot be looked up.
    pub fn child(&self, label: &str) -> Result<Self, NameFault> {
        Self::new(&format!("{label}.{}", self.0))
    }

    /// Whether the name is `above` or lies below it.
    pub fn is_within(&self, above: &Self) -> bool {
        self.0
            .strip_suffix(above.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// Whether it is the name of a host: letters, digits and inner hyphens, two labels or more (RFC 1123, section 2.1).
    pub fn is_host(&self) -> bool {
        self.0.contains('.')
            && self.labels().all(|label| {
                !label.starts_with('-')
                    && !label.ends_with('-')
                    && label
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "expected a name, but found nothing",
            Self::EmptyLabel => "expected a label, but found two dots in a row or one at the start",
            Self::LongLabel => "expected labels of at most 63 bytes, but found a longer one",
            Self::LongName => "expected a name of at most 253 bytes, but found a longer one",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_looked_up_is_refused() {
        let long = "a".repeat(64);
        for (text, fault) in [
            ("", NameFault::Empty),
            (".", NameFault::Empty),
            ("a..b", NameFault::EmptyLabel),
            (".a", NameFault::EmptyLabel),
            ("a.b..", NameFault::EmptyLabel),
            (long.as_str(), NameFault::LongLabel),
        ] {
            assert_eq!(Name::new(text), Err(fault), "{text}");
        }
        let name = format!("{}a", "a.".repeat(126));
        assert_eq!(name.len(), 253);
        assert!(Name::new(&name).is_ok());
        assert_eq!(Name::new(&format!("b{name}b")), Err(NameFault::LongName));
    }

    #[test]
    fn names_lie_within_others_by_whole_labels() {
        let name = |text| Name::new(text).unwrap();
        assert!(name("a.Example.com.").is_within(&name("example.com")));
        assert!(name("example.com").is_within(&name("example.com")));
        assert!(!name("badexample.com").is_within(&name("example.com")));
        assert!(name("mx1.example.com").is_host());
        assert!(!name("_dmarc.example.com").is_host());
        assert!(!name("localhost").is_host());
    }
}
