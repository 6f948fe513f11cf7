//! Keys of DKIM at a selector (RFC 6376, section 3.6.1; RFC 8301; RFC 8463).

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::der;
use crate::finding::Issue;
use crate::rules::dkim as rules;
use crate::tags::{Tag, Tags};
use crate::words::{cut, quoted};

/// What a key record holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRecord {
    /// The key.
    pub key: Key,
    /// `t=y`: the domain only tries (section 3.6.1).
    pub testing: Testing,
    /// What is wrong with it.
    pub issues: Vec<Issue>,
}

/// The key of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// `p=` is not there, or cannot be read.
    Broken,
    /// 32 bytes (RFC 8463).
    Ed25519,
    /// An empty `p=`: whatever it signed is as if not signed.
    Revoked,
    /// A modulus of so many bits.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
    /// A type that no standard knows.
    Unknown,
}

/// Whether a key is on trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Testing {
    /// No.
    No,
    /// Yes: a bad signature counts as none.
    Yes,
}

/// Verifiers must not take less (RFC 8301, section 3.2).
const LEAST_BITS: usize = 1024;
/// Signers should not use less (RFC 8301, section 3.2).
const GOOD_BITS: usize = 2048;
/// Verifiers need not take more (RFC 8301, section 3.2).
const MOST_BITS: usize = 4096;

/// Keys are published with and without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Whether a text at a selector is meant as a key: most leave out the version, all have a key.
pub fn is_key(text: &[u8]) -> bool {
    let tags = Tags::read(text);
    tags.tag("p").is_some() || tags.value("v").is_some_and(|it| it.starts_with("DKIM"))
}

/// Reads a key record.
///
/// ```
/// use portolan_dns::dkim::{self, Key};
/// assert_eq!(dkim::read(b"v=DKIM1; p=").key, Key::Revoked);
/// ```
pub fn read(text: &[u8]) -> KeyRecord {
    let tags = Tags::read(text);
    let mut issues: Vec<Issue> = tags
        .faults
        .iter()
        .map(|fault| Issue::at(&rules::SYNTAX, fault.told(text), fault.span))
        .collect();
    for tag in tags.repeated() {
        issues.push(Issue::at(
            &rules::SYNTAX,
            format!("The tag {} stands there twice.", tag.name),
            tag.span,
        ));
    }
    version(&tags, &mut issues);
    let kind = tags.value("k").unwrap_or("rsa");
    let key = match tags.tag("p") {
        None => {
            issues.push(Issue::new(
                &rules::NO_KEY,
                "There is no p tag, which holds the key.",
            ));
            Key::Broken
        }
        Some(tag) => key(kind, tag, &mut issues),
    };
    hashes(&tags, kind, &mut issues);
    if let Some(tag) = tags.tag("s")
        && !tag
            .value
            .split(':')
            .any(|it| matches!(it.trim(), "email" | "*"))
    {
        issues.push(Issue::at(
            &rules::SERVICE,
            format!("s={} leaves out email.", cut(&tag.value)),
            tag.span,
        ));
    }
    if let Some(tag) = tags.tag("g") {
        issues.push(Issue::at(
            &rules::OBSOLETE,
            format!("g={} is of an older standard.", cut(&tag.value)),
            tag.span,
        ));
    }
    let mut testing = Testing::No;
    if let Some(tag) = tags.tag("t")
        && tag.value.split(':').any(|it| it.trim() == "y")
    {
        testing = Testing::Yes;
        issues.push(Issue::at(
            &rules::TESTING,
            "t=y says that the domain only tries DKIM.",
            tag.span,
        ));
    }
    KeyRecord {
        key,
        testing,
        issues,
    }
}

/// `v` is to be DKIM1 and to come first, where it is there at all.
fn version(tags: &Tags, issues: &mut Vec<Issue>) {
    let Some(tag) = tags.tag("v") else { return };
    if tag.value != "DKIM1" {
        issues.push(Issue::at(
            &rules::VERSION,
            format!("The version is {}.", quoted(&tag.value)),
            tag.span,
        ));
    } else if tags.tags.first() != Some(tag) {
        issues.push(Issue::at(
            &rules::VERSION,
            "The version is not the first tag.",
            tag.span,
        ));
    }
}

fn key(kind: &str, tag: &Tag, issues: &mut Vec<Issue>) -> Key {
    let text: String = tag.value.split_ascii_whitespace().collect();
    if text.is_empty() {
        issues.push(Issue::at(
            &rules::REVOKED,
            "p= is empty: the key was revoked.",
            tag.span,
        ));
        return Key::Revoked;
    }
    let mut broken = |what: &str| {
        issues.push(Issue::at(&rules::BROKEN_KEY, what, tag.span));
        Key::Broken
    };
    let Ok(bytes) = BASE64.decode(&text) else {
        return broken(
            "The key is not written in base64: a piece is missing, or something else got in.",
        );
    };
    match kind {
        "rsa" => match der::rsa_bits(&bytes) {
            None => broken("The key is cut short, or not an RSA key."),
            Some(bits) => {
                let said = format!("The RSA key has {bits} bits.");
                let rule = match bits {
                    ..LEAST_BITS => Some(&rules::WEAK_KEY),
                    LEAST_BITS..GOOD_BITS => Some(&rules::SHORT_KEY),
                    GOOD_BITS..=MOST_BITS => None,
                    _ => Some(&rules::LONG_KEY),
                };
                issues.extend(rule.map(|rule| Issue::at(rule, said, tag.span)));
                Key::Rsa { bits }
            }
        },
        "ed25519" if bytes.len() == 32 => Key::Ed25519,
        "ed25519" => broken(&format!(
            "An Ed25519 key has 32 bytes; this one has {}.",
            bytes.len()
        )),
        other => {
            issues.push(Issue::new(
                &rules::KEY_TYPE,
                format!("The key type is {}.", quoted(other)),
            ));
            Key::Unknown
        }
    }
}

/// Section 3.6.1, and RFC 8301, section 3.1: SHA-1 counts for nobody.
fn hashes(tags: &Tags, kind: &str, issues: &mut Vec<Issue>) {
    let Some(tag) = tags.tag("h") else { return };
    let mut names = tag.value.split(':').map(str::trim);
    if !names.any(|name| name == "sha256") {
        issues.push(Issue::at(
            &rules::HASH,
            format!(
                "h={} leaves out sha256, the only hash that {kind} keys may use.",
                tag.value
            ),
            tag.span,
        ));
    }
}
