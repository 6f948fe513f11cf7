//! Words that panels, programs and zone files share: types of records, and what columns and labels are called.

mod roles;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use roles::ROLES;

/// What a column or a label holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Class, status, time to live, whatever says nothing of the record.
    Aside,
    /// The name.
    Name,
    /// The preference of an exchanger.
    Priority,
    /// The type.
    Type,
    /// The data.
    Value,
}

/// Types of records, in capitals (the IANA registry of resource record types, as far as zones of today have them).
const TYPES: &[&str] = &[
    "A",
    "AAAA",
    "AFSDB",
    "ALIAS",
    "ANAME",
    "APL",
    "CAA",
    "CDNSKEY",
    "CDS",
    "CERT",
    "CNAME",
    "CSYNC",
    "DHCID",
    "DLV",
    "DNAME",
    "DNSKEY",
    "DS",
    "EUI48",
    "EUI64",
    "HINFO",
    "HIP",
    "HTTPS",
    "IPSECKEY",
    "KEY",
    "KX",
    "LOC",
    "MX",
    "NAPTR",
    "NS",
    "NSEC",
    "NSEC3",
    "NSEC3PARAM",
    "OPENPGPKEY",
    "PTR",
    "RP",
    "RRSIG",
    "SIG",
    "SMIMEA",
    "SOA",
    "SPF",
    "SRV",
    "SSHFP",
    "SVCB",
    "TLSA",
    "TXT",
    "URI",
    "ZONEMD",
];

/// The longest of them, in bytes, with what may stand around it.
const MAX_ROLE: usize = 40;

/// What a word or several say of a column.
pub(crate) fn role(text: &str) -> Option<Role> {
    if text.len() > MAX_ROLE || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return None;
    }
    // What is in parentheses explains: "Name (required)", "TTL (seconds)".
    let text = text.split(['(', '[']).next().unwrap_or_default();
    let text = text.trim_matches(|sign: char| {
        sign.is_whitespace()
            || matches!(
                sign,
                ':' | '*' | '"' | '\'' | '`' | '_' | '=' | '▲' | '▼' | '↑' | '↓'
            )
    });
    let text = text.to_lowercase().replace(" / ", "/").replace('’', "'");
    BY_WORD.get(text.as_str()).copied()
}

/// The same, to be looked up in: each line of a text is.
static BY_WORD: LazyLock<BTreeMap<&str, Role>> = LazyLock::new(|| ROLES.iter().copied().collect());

/// The type that a word names, in capitals.
pub(crate) fn record_type(text: &str) -> Option<&'static str> {
    let text = text.trim_matches(['*', '`', '"', '\'']);
    if text.is_empty() || text.len() > 10 {
        return None;
    }
    TYPES
        .iter()
        .find(|it| it.eq_ignore_ascii_case(text))
        .copied()
}

/// The type by its number, where a survey asks for it or it is common (the IANA registry of resource record types).
pub(crate) const fn type_of_number(number: u32) -> Option<&'static str> {
    Some(match number {
        1 => "A",
        2 => "NS",
        5 => "CNAME",
        6 => "SOA",
        12 => "PTR",
        15 => "MX",
        16 => "TXT",
        28 => "AAAA",
        33 => "SRV",
        43 => "DS",
        46 => "RRSIG",
        47 => "NSEC",
        48 => "DNSKEY",
        50 => "NSEC3",
        52 => "TLSA",
        99 => "SPF",
        257 => "CAA",
        _ => return None,
    })
}

/// Whether a word is a class.
pub(crate) fn is_class(text: &str) -> bool {
    matches!(text, "IN" | "in" | "In" | "CH" | "HS" | "CS" | "ANY")
}

/// Whether a word is a time to live: seconds, or numbers with units (`1h30m`, `2W`).
pub(crate) fn is_ttl(text: &str) -> bool {
    text.len() <= 14
        && text.starts_with(|sign: char| sign.is_ascii_digit())
        && text.bytes().all(|byte| {
            byte.is_ascii_digit()
                || matches!(byte.to_ascii_lowercase(), b's' | b'm' | b'h' | b'd' | b'w')
        })
        && !text
            .bytes()
            .zip(text.bytes().skip(1))
            .any(|(one, next)| one.is_ascii_alphabetic() && next.is_ascii_alphabetic())
}

/// Whether a cell of a panel is a time to live: those of zones, and words.
pub(crate) fn is_panel_ttl(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    if is_ttl(&text)
        || matches!(
            text.as_str(),
            "auto" | "automatic" | "default" | "-" | "—" | "n/a"
        )
    {
        return true;
    }
    let mut words = text.split(' ');
    let is_number = words
        .next()
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
    let units = [
        "sec", "min", "hour", "hr", "h", "day", "std", "tag", "s", "stunde", "minute", "heure",
        "hora",
    ];
    is_number
        && words
            .next()
            .is_some_and(|unit| units.iter().any(|it| unit.starts_with(it)))
        && words.next().is_none()
}

/// Whether a text can be an owner's name: labels of letters, digits, hyphens, underscores; `@` and `*` too.
pub(crate) fn is_name(text: &str) -> bool {
    if text == "@" {
        return true;
    }
    let bare = text.strip_suffix('.').unwrap_or(text);
    let bare = bare.strip_prefix("*.").unwrap_or(bare);
    !bare.is_empty()
        && bare.len() <= 253
        && (bare == "*"
            || bare.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && label.chars().all(|sign| {
                        sign.is_ascii_alphanumeric()
                            || matches!(sign, '-' | '_' | '/')
                            || !sign.is_ascii()
                    })
            }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_in_several_languages() {
        assert_eq!(role("Record Type:"), Some(Role::Type));
        assert_eq!(role("**Wert**"), Some(Role::Value));
        assert_eq!(role("Nom d’hôte"), Some(Role::Name));
        assert_eq!(role("Host (required)"), Some(Role::Name));
        assert_eq!(role("Value / Route traffic to"), Some(Role::Value));
        assert_eq!(role("mailto"), None);
    }

    #[test]
    fn words_stand_once() {
        let mut words: Vec<&str> = ROLES.iter().map(|it| it.0).collect();
        words.sort_unstable();
        let count = words.len();
        words.dedup();
        assert_eq!(words.len(), count);
        assert!(ROLES.iter().all(|it| it.0.len() <= MAX_ROLE));
    }

    #[test]
    fn times_to_live_are_told_from_names() {
        for text in ["3600", "1h30m", "2W", "5M"] {
            assert!(is_ttl(text), "{text}");
        }
        for text in ["mail", "1a2b", "h1", "1hm", ""] {
            assert!(!is_ttl(text), "{text}");
        }
        assert!(is_panel_ttl("1 hour") && is_panel_ttl("Auto") && !is_panel_ttl("mail 1"));
    }
}
