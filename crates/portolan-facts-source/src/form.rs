//! The forms that texts of `data/` must have: ids, days, addresses, hosts, mechanisms.

use std::net::IpAddr;

use portolan_report::Seen;

/// Lower-case letters and digits in parts that are joined by single hyphens.
pub(crate) fn is_kebab_case(id: &str) -> bool {
    id.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
    })
}

/// A date to the day, such as `2026-11-24`.
pub(crate) fn is_day(text: &str) -> bool {
    text.len() == "2026-11-24".len() && matches!(Seen::try_from(text.to_owned()), Ok(Seen::On(_)))
}

/// An address of the web with a full host name, without quotes, blanks and brackets.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        is_domain(&host.to_lowercase())
            && rest
                .chars()
                .all(|letter| letter.is_ascii_graphic() && !"\"'<>[]\\^`{|}".contains(letter))
    })
}

/// `sasl-mech = 1*20mech-char`, with `mech-char = UPPER-ALPHA / DIGIT / HYPHEN / UNDERSCORE` (RFC 4422, section 3.1).
pub(crate) fn is_mechanism(text: &str) -> bool {
    (1..=20).contains(&text.len())
        && text.bytes().all(|letter| {
            letter.is_ascii_uppercase() || letter.is_ascii_digit() || b"-_".contains(&letter)
        })
}

/// A reply code (RFC 5321, section 4.2), or an enhanced code with its class left open (RFC 3463, section 2).
pub(crate) fn is_code(text: &str) -> bool {
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|letter| letter.is_ascii_digit())
    };
    match text.strip_prefix("X.").map(|rest| rest.split_once('.')) {
        Some(Some((subject, detail))) => is_number(subject) && is_number(detail),
        Some(None) => false,
        None => {
            text.len() == 3
                && is_number(text)
                && text.starts_with(|first| ('2'..='5').contains(&first))
        }
    }
}

/// A host, or the name of one with a single `<part>` to fill in.
pub(crate) fn is_host_or_pattern(host: &str) -> bool {
    match host.split_once('<') {
        None => is_host(host),
        Some((before, rest)) => rest.split_once('>').is_some_and(|(part, after)| {
            is_kebab_case(part) && is_domain(&format!("{before}x{after}"))
        }),
    }
}

/// An IP address, or a host name: several labels, or one that means a machine of the own network.
pub(crate) fn is_host(host: &str) -> bool {
    host.parse::<IpAddr>().is_ok() || is_name(host)
}

/// A name of at least two labels.
pub(crate) fn is_domain(name: &str) -> bool {
    name.contains('.') && is_name(name)
}

/// Labels of RFC 1123, section 2.1, in lower case, as names are compared here. The last one is not a number: what
/// looks like an IPv4 address must be one.
fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES
        && name.split('.').all(is_label)
        && !name
            .rsplit('.')
            .next()
            .is_some_and(|last| last.bytes().all(|letter| letter.is_ascii_digit()))
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL_BYTES).contains(&label.len())
        && label
            .bytes()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// RFC 1035, section 2.3.4: 255 bytes in a message, which are 253 in writing.
const MAX_NAME_BYTES: usize = 253;
/// RFC 1035, section 2.3.4.
const MAX_LABEL_BYTES: usize = 63;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(is_form: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(is_form(text), "{text} is good");
        }
        for text in bad {
            assert!(!is_form(text), "{text} is bad");
        }
    }

    #[test]
    fn ids_are_kebab_case() {
        check(
            is_kebab_case,
            &["a", "rfc5321", "go-net-smtp", "1-2"],
            &["", "-", "a-", "-a", "a--b", "A", "a_b", "a.b", "ä"],
        );
    }

    #[test]
    fn days_are_whole_dates() {
        check(
            is_day,
            &["2026-11-24"],
            &[
                "",
                "2026-11",
                "2026-13-01",
                "2026-11-32",
                "2026-11-4x",
                "24-11-2026",
            ],
        );
    }

    #[test]
    fn addresses_are_those_of_the_web() {
        check(
            is_web_address,
            &[
                "https://example.com",
                "http://example.com/a?b=%22c%22#d",
                "https://Example.com/A(b)",
                "https://example.com#section-1",
            ],
            &[
                "",
                "example.com",
                "ftp://example.com/",
                "https://",
                "https:///a",
                "https://localhost/a",
                "https://1.2.3.4/a",
                "https://user@example.com/",
                "https://example..com/",
                "https://example.com/a b",
                "https://example.com/\"a\"",
                "https://example.com/'a'",
                "https://example.com/<a>",
                "https://example.com/[a]",
                "https://example.com/{a}",
                "https://example.com/ä",
            ],
        );
    }

    #[test]
    fn mechanisms_are_those_of_sasl() {
        check(
            is_mechanism,
            &[
                "PLAIN",
                "CRAM-MD5",
                "X_1",
                "SCRAM-SHA-256-PLUS",
                "ABCDEFGHIJKLMNOPQRST",
            ],
            &["", "plain", "XOAUTH 2", "ABCDEFGHIJKLMNOPQRSTU"],
        );
    }

    #[test]
    fn codes_are_replies_or_enhanced() {
        check(
            is_code,
            &["211", "554", "X.0.0", "X.7.30"],
            &[
                "", "55", "5500", "199", "654", "5.1.1", "X.1", "X..1", "X.1.1.1", "X.1.a",
            ],
        );
    }

    #[test]
    fn hosts_have_labels() {
        let label = "a".repeat(63);
        let name = [label.as_str(); 4].join(".");
        check(
            is_host_or_pattern,
            &[
                "localhost",
                "smtp.example.com",
                "1.example.com",
                "127.0.0.1",
                "::1",
                "<tenant>.mail.example.com",
                "smtp-<region-1>.example.com",
                &label,
                &name[2..],
            ],
            &[
                "",
                ".",
                "smtp..example.com",
                "smtp.example.com.",
                "-smtp.example.com",
                "smtp-.example.com",
                "smtp_1.example.com",
                "SMTP.example.com",
                "smtp example.com",
                "smtp.example.com:25",
                "1.2.3.256",
                "1.2.3",
                "<a>",
                "<>.example.com",
                "<a.example.com",
                "a>.example.com",
                "<a>.<b>.example.com",
                "<a b>.example.com",
                "-<a>.example.com",
                &format!("{label}a"),
                &name[1..],
                &name,
            ],
        );
    }

    #[test]
    fn domains_have_two_labels() {
        check(
            is_domain,
            &["example.com", "mx.example"],
            &["localhost", "127.0.0.1", "::1", "<a>.example.com"],
        );
    }
}
