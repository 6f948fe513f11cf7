//! Data of a record, out of the words of a master file or the text of a panel.

use portolan_dns::lookup::Record;
use portolan_dns::tlsa::Tlsa;

use crate::lexer::{Token, tokens};
use crate::model::Value;
use crate::words;

/// What a character-string holds (RFC 1035, section 3.3).
const MAX_STRING: usize = 255;

/// Reads data from words. `None`: they are no data of this type.
pub(crate) fn from_tokens(kind: &str, all: &[Token]) -> Option<Value> {
    let text = |at: usize| all.get(at).map(Token::text);
    let first = text(0)?;
    let alone = all.len() == 1;
    let record = match kind {
        "A" if alone => Record::A(first.parse().ok()?),
        "AAAA" if alone => Record::Aaaa(first.parse().ok()?),
        "CNAME" if alone && is_target(&first) => Record::Cname(first),
        "PTR" if alone && is_target(&first) => Record::Ptr(first),
        "MX" if all.len() == 2 => Record::Mx {
            preference: first.parse().ok()?,
            host: text(1).filter(|host| is_host(host))?,
        },
        "TXT" => Record::Txt(all.iter().map(|it| it.bytes.clone()).collect()),
        "TLSA" => Record::Tlsa(tlsa(all)?),
        "A" | "AAAA" | "CNAME" | "PTR" | "MX" => return None,
        _ => {
            let words: Vec<String> = all.iter().map(Token::text).collect();
            return Some(Value::Other {
                kind: kind.to_owned(),
                text: words.join(" "),
            });
        }
    };
    Some(Value::Record(record))
}

fn tlsa(all: &[Token]) -> Option<Tlsa> {
    let words: Vec<String> = all.iter().map(Token::text).collect();
    Tlsa::read(&words.join(" ")).ok()
}

/// Reads data from the cell of a panel, which needs no quotes. `priority` is what another cell says of an exchanger.
pub(crate) fn from_text(kind: &str, text: &str, priority: Option<&str>) -> Option<Value> {
    let text = unwrapped(text);
    if kind == "TXT" {
        return Some(Value::Record(Record::Txt(strings(text)?)));
    }
    if kind == "MX" {
        return exchanger(text, priority);
    }
    let all = tokens(std::iter::once(text), 0).all;
    match kind {
        // A panel may show a record with the address behind it: "mx.example.com (192.0.2.1)".
        "CNAME" | "PTR" => from_tokens(kind, all.get(..1)?),
        _ => from_tokens(kind, &all),
    }
}

/// What PowerShell and panels put around a value.
fn unwrapped(text: &str) -> &str {
    let text = text.trim();
    let text = text
        .strip_prefix('{')
        .and_then(|it| it.strip_suffix('}'))
        .unwrap_or(text);
    let text = text
        .strip_prefix('`')
        .and_then(|it| it.strip_suffix('`'))
        .unwrap_or(text);
    text.trim()
}

fn exchanger(text: &str, priority: Option<&str>) -> Option<Value> {
    let (preference, host) = preferred(text, priority)?;
    is_host(host).then(|| {
        Value::Record(Record::Mx {
            preference: preference.unwrap_or_default(),
            host: host.to_owned(),
        })
    })
}

/// Whether the cells of an exchanger tell its preference.
pub(crate) fn has_preference(text: &str, priority: Option<&str>) -> bool {
    preferred(unwrapped(text), priority).is_some_and(|(preference, _)| preference.is_some())
}

/// The preference, where it is told, and the host.
fn preferred<'a>(text: &'a str, priority: Option<&str>) -> Option<(Option<u16>, &'a str)> {
    let number = |text: &str| text.trim().parse::<u16>().ok();
    let mut words = text.split_whitespace();
    let first = words.next()?;
    if let (Some(preference), Some(host)) = (number(first), words.clone().next()) {
        return Some((Some(preference), bare_host(host)));
    }
    // "mx.example.com (10)", "mx.example.com (Priority: 10)" and "mx.example.com 10" are seen as well.
    let behind = words
        .take(4)
        .find_map(|it| number(it.trim_matches(['(', ')', ':'])));
    Some((priority.and_then(number).or(behind), bare_host(first)))
}

fn bare_host(text: &str) -> &str {
    text.trim_matches(['"', ','])
}

/// The strings of a text: those in quotes as they are, anything else cut as panels cut it.
pub(crate) fn strings(text: &str) -> Option<Vec<Vec<u8>>> {
    let text = text.trim();
    if text.starts_with('"') {
        let found = tokens(std::iter::once(text), 0);
        if !found.is_open && found.all.iter().all(|it| it.quoted) {
            return Some(found.all.into_iter().map(|it| it.bytes).collect());
        }
    }
    let bare = text
        .strip_prefix('\'')
        .and_then(|it| it.strip_suffix('\''))
        .unwrap_or(text);
    // A quote at one end alone is of whoever copied.
    let bare = match (bare.starts_with('"'), bare.ends_with('"')) {
        (true, false) => bare.trim_start_matches('"'),
        (false, true) if bare.matches('"').count() == 1 => bare.trim_end_matches('"'),
        _ => bare,
    };
    let bare = bare.replace("\\;", ";").replace("\\\"", "\"");
    (!bare.is_empty()).then(|| chunks(bare.as_bytes()))
}

/// A text in strings of at most 255 bytes.
pub(crate) fn chunks(text: &[u8]) -> Vec<Vec<u8>> {
    text.chunks(MAX_STRING).map(<[u8]>::to_vec).collect()
}

/// Strings as they are published: panels show a long text in one, and split it themselves.
pub(crate) fn fitting(strings: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    if strings.iter().all(|it| it.len() <= MAX_STRING) {
        return strings;
    }
    strings.iter().flat_map(|it| chunks(it)).collect()
}

/// The same of a record that is one text.
pub(crate) fn fitted(value: Value) -> Value {
    match value {
        Value::Record(Record::Txt(strings)) => Value::Record(Record::Txt(fitting(strings))),
        other => other,
    }
}

/// An exchanger may be anything that a survey can complain of, but no number and no text.
fn is_host(text: &str) -> bool {
    text == "."
        || text.parse::<std::net::IpAddr>().is_ok()
        || (text.trim_matches(['[', ']']).contains('.')
            && words::is_name(text.trim_matches(['[', ']'])))
        || (words::is_name(text) && !text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_target(text: &str) -> bool {
    text == "." || words::is_name(text)
}

/// Whether a program cut a text off.
pub(crate) fn is_cut_off(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['}', '"']).trim_end();
    text.ends_with("...") || text.ends_with('…')
}

/// The type that a value shows by itself.
pub(crate) fn type_of_value(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if crate::bare::is_text(text) {
        Some("TXT")
    } else if text.parse::<std::net::Ipv4Addr>().is_ok() {
        Some("A")
    } else if text.parse::<std::net::Ipv6Addr>().is_ok() {
        Some("AAAA")
    } else {
        let (preference, host) = text.split_once(' ')?;
        (preference.parse::<u16>().is_ok() && is_host(host.trim())).then_some("MX")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn txt(text: &str) -> Vec<String> {
        strings(text)
            .unwrap()
            .iter()
            .map(|it| String::from_utf8(it.clone()).unwrap())
            .collect()
    }

    #[test]
    fn texts_of_panels_are_read_with_and_without_quotes() {
        assert_eq!(txt("v=spf1 -all"), ["v=spf1 -all"]);
        assert_eq!(txt("\"v=spf1 -all\""), ["v=spf1 -all"]);
        assert_eq!(txt("\"a\" \"b;\""), ["a", "b;"]);
        assert_eq!(txt("\"v=spf1 -all"), ["v=spf1 -all"]);
        assert_eq!(txt("v=DMARC1\\; p=none"), ["v=DMARC1; p=none"]);
        assert_eq!(txt(&"a".repeat(300))[1].len(), 45);
    }

    #[test]
    fn exchangers_are_read_in_either_order() {
        let wanted = Some(Value::Record(Record::Mx {
            preference: 10,
            host: "mx.example.com".to_owned(),
        }));
        assert_eq!(from_text("MX", "10 mx.example.com", None), wanted);
        assert_eq!(from_text("MX", "mx.example.com", Some("10")), wanted);
        assert_eq!(from_text("MX", "mx.example.com (10)", None), wanted);
        let named = from_text("MX", "mx.example.com (Priority: 10)", None);
        assert_eq!(named, wanted);
        assert_eq!(from_text("MX", "v=spf1 -all", None), None);
    }
}
