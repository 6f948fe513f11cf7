//! Lists of tags and values, as DKIM, DMARC, MTA-STS, TLS reporting and BIMI write them (RFC 6376, section 3.2).

use std::collections::BTreeSet;

use portolan_report::Span;

use crate::finding::{Issue, Rule};
use crate::words::quoted;

/// Pieces of a list that are read: the standards know eleven tags at most.
pub const MAX_TAGS: usize = 64;

/// A list as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// Tags in their order. Of a tag that comes twice both are here.
    pub tags: Vec<Tag>,
    /// What could not be read.
    pub faults: Vec<TagFault>,
}

/// `tag-spec = [FWS] tag-name [FWS] "=" [FWS] tag-value [FWS]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Name to value, without the space around them.
    pub span: Span,
    /// The name, as it is written.
    pub name: String,
    /// The value, as it is written.
    pub value: String,
}

/// Where a list leaves its grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFault {
    /// Which bytes.
    pub span: Span,
    /// How.
    pub kind: TagFaultKind,
}

/// How a list leaves its grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagFaultKind {
    /// A byte that is no visible letter of ASCII, and no space.
    Byte(u8),
    /// Nothing between two semicolons.
    Empty,
    /// More than `MAX_TAGS` pieces; what is behind them is not read.
    Many,
    /// A name that is none: a letter, then letters, digits and `_`.
    Name,
    /// A piece without `=`.
    NoValue,
}

/// Whether a text begins with a version such as `v=STSv1`, alone or before a semicolon.
pub(crate) fn begins_with(text: &[u8], version: &str) -> bool {
    text.strip_prefix(version.as_bytes())
        .is_some_and(|rest| matches!(rest.trim_ascii_start().first(), None | Some(b';')))
}

/// Whether somebody meant a text as a record whose version begins so, in small letters: case and space aside.
pub(crate) fn looks_like(text: &[u8], start: &str) -> bool {
    let signs = text.iter().filter(|byte| !byte.is_ascii_whitespace());
    signs
        .map(u8::to_ascii_lowercase)
        .take(start.len())
        .eq(start.bytes())
}

/// Whether space stands between a version and its semicolon.
pub(crate) fn is_spaced(text: &[u8], version: &str) -> bool {
    text.strip_prefix(version.as_bytes()).is_some_and(|rest| {
        rest.first() != Some(&b';') && rest.trim_ascii_start().first() == Some(&b';')
    })
}

/// What is wrong with a list that has to begin with a version, but for what its tags mean.
pub(crate) fn form(
    text: &[u8],
    tags: &Tags,
    version: (&'static Rule, &str),
    syntax: &'static Rule,
) -> Vec<Issue> {
    let (rule, version) = version;
    let mut issues = Vec::new();
    if !begins_with(text, version) {
        let shown = quoted(&String::from_utf8_lossy(text));
        let why = format!("{shown} does not start with {version} and a semicolon.");
        issues.push(Issue::new(rule, why));
    }
    for fault in &tags.faults {
        issues.push(Issue::at(syntax, fault.told(text), fault.span));
    }
    for tag in tags.repeated() {
        let why = format!("The tag {} stands there twice.", tag.name);
        issues.push(Issue::at(syntax, why, tag.span));
    }
    issues
}

impl TagFault {
    /// The fault in a sentence, with the piece of the list that has it.
    pub(crate) fn told(&self, text: &[u8]) -> String {
        if matches!(self.kind, TagFaultKind::Empty | TagFaultKind::Many) {
            return format!("{}.", self.kind);
        }
        let start = usize::try_from(self.span.start).unwrap_or(usize::MAX);
        let (before, behind) = text.split_at_checked(start).unwrap_or((text, &[]));
        let is_end = |byte: &u8| *byte == b';';
        let from = before.iter().rposition(is_end).map_or(0, |it| it + 1);
        let length = behind.iter().position(is_end).unwrap_or(behind.len());
        let piece = text.get(from..start.saturating_add(length));
        let piece = String::from_utf8_lossy(piece.unwrap_or_default());
        format!("{} cannot be read: {}.", quoted(piece.trim()), self.kind)
    }
}

impl Tags {
    /// Reads a list.
    pub fn read(text: &[u8]) -> Self {
        let mut tags = Self::default();
        let mut start = 0;
        let mut pieces = text.split(|byte| *byte == b';').peekable();
        while let Some(piece) = pieces.next() {
            if tags.tags.len() + tags.faults.len() == MAX_TAGS {
                let rest = text.get(start..).unwrap_or_default();
                if !rest.trim_ascii().is_empty() {
                    let span = Span {
                        start: start as u64,
                        end: text.len() as u64,
                    };
                    let kind = TagFaultKind::Many;
                    tags.faults.push(TagFault { span, kind });
                }
                break;
            }
            let is_last = pieces.peek().is_none();
            let from = start;
            start += piece.len() + 1;
            let left = piece.iter().take_while(|byte| is_space(**byte)).count();
            let right = piece
                .iter()
                .rev()
                .take_while(|byte| is_space(**byte))
                .count();
            let inner = piece
                .get(left..piece.len().saturating_sub(right))
                .unwrap_or_default();
            let span = Span {
                start: (from + left.min(piece.len())) as u64,
                end: (from + left + inner.len()) as u64,
            };
            if inner.is_empty() {
                if !is_last {
                    tags.faults.push(TagFault {
                        span,
                        kind: TagFaultKind::Empty,
                    });
                }
                continue;
            }
            match tag(inner, span) {
                Ok(tag) => tags.tags.push(tag),
                Err(fault) => tags.faults.push(fault),
            }
        }
        tags
    }

    /// The first value of a tag.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.tag(name).map(|tag| tag.value.as_str())
    }

    /// The first tag of a name.
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }

    /// Tags whose name was there before.
    pub fn repeated(&self) -> impl Iterator<Item = &Tag> {
        let mut names = BTreeSet::new();
        self.tags
            .iter()
            .filter(move |tag| !names.insert(tag.name.as_str()))
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

fn tag(inner: &[u8], span: Span) -> Result<Tag, TagFault> {
    if let Some((at, byte)) = inner
        .iter()
        .enumerate()
        .find(|(_, byte)| !byte.is_ascii_graphic() && !is_space(**byte))
    {
        let start = span.start + at as u64;
        return Err(TagFault {
            span: Span {
                start,
                end: start + 1,
            },
            kind: TagFaultKind::Byte(*byte),
        });
    }
    let text = std::str::from_utf8(inner).unwrap_or_default();
    let Some((name, value)) = text.split_once('=') else {
        return Err(TagFault {
            span,
            kind: TagFaultKind::NoValue,
        });
    };
    let name = name.trim_ascii();
    let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !is_name {
        return Err(TagFault {
            span,
            kind: TagFaultKind::Name,
        });
    }
    Ok(Tag {
        span,
        name: name.to_owned(),
        value: value.trim_ascii().to_owned(),
    })
}

impl std::fmt::Display for TagFaultKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Byte(byte) => write!(
                f,
                "expected visible ASCII letters, but found byte 0x{byte:02x}"
            ),
            Self::Empty => f.write_str("expected a tag between two semicolons, but found nothing"),
            Self::Many => write!(f, "expected at most {MAX_TAGS} tags, but found more"),
            Self::Name => f.write_str("expected a tag's name before =, but found something else"),
            Self::NoValue => f.write_str("expected = and a value, but found none"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_their_places() {
        let tags = Tags::read(b"v = DKIM1 ; p=a b=;t=y;");
        let found: Vec<(&str, &str, u64)> = tags
            .tags
            .iter()
            .map(|tag| (tag.name.as_str(), tag.value.as_str(), tag.span.start))
            .collect();
        assert_eq!(
            found,
            [("v", "DKIM1", 0), ("p", "a b=", 12), ("t", "y", 19)]
        );
        assert!(tags.faults.is_empty());
    }

    #[test]
    fn what_is_no_tag_is_told() {
        let kinds = |text: &[u8]| -> Vec<TagFaultKind> {
            Tags::read(text).faults.iter().map(|it| it.kind).collect()
        };
        assert_eq!(kinds(b"v=1;;p=2"), [TagFaultKind::Empty]);
        assert_eq!(kinds(b"v=1; p"), [TagFaultKind::NoValue]);
        assert_eq!(kinds(b"1v=1"), [TagFaultKind::Name]);
        assert_eq!(kinds(b"v=\x80"), [TagFaultKind::Byte(0x80)]);
        assert_eq!(kinds(b"v=1;"), []);
    }

    #[test]
    fn a_hostile_list_is_read_to_its_limit() {
        let list = |pieces: usize| "a=1;".repeat(pieces);
        let read = |text: String| Tags::read(text.as_bytes());
        assert_eq!(read(list(MAX_TAGS)).faults, []);
        let tags = read(list(MAX_TAGS) + "p=2");
        assert_eq!(tags.tags.len(), MAX_TAGS);
        assert_eq!(tags.repeated().count(), MAX_TAGS - 1);
        let kinds: Vec<TagFaultKind> = tags.faults.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [TagFaultKind::Many]);
        assert_eq!(read(";".repeat(60_000)).faults.len(), MAX_TAGS + 1);
    }
}
