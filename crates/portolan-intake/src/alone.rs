//! Texts that are one thing alone: an address, a host, a code, a record's value.

use crate::Kind;

/// The kind of a text that is one thing alone, and the thing; `None`: it is more than that.
pub(crate) fn alone(text: &str) -> Option<(Kind, Option<String>)> {
    let text = text.trim();
    if text.is_empty() {
        return Some((Kind::Nothing, None));
    }
    if text.len() > LONGEST || text.lines().count() > 1 {
        return None;
    }
    let bare = text.trim_matches(|it: char| {
        matches!(it, '"' | '\'' | '`' | '\u{201c}' | '\u{201d}') || it.is_whitespace()
    });
    if let Some(address) = address(bare) {
        return Some((Kind::Address, Some(address)));
    }
    if let Some(host) = host(bare) {
        return Some((Kind::Host, Some(host)));
    }
    code(bare).map(|code| (Kind::Code, Some(code)))
}

/// A question about a code may be a sentence.
const LONGEST: usize = 320;

/// `a@b.example`, `<a@b.example>`, `Name <a@b.example>`, `mailto:a@b.example`
fn address(text: &str) -> Option<String> {
    let inner = match (text.rfind('<'), text.strip_suffix('>')) {
        (Some(open), Some(closed)) => {
            let name = text.get(..open)?;
            // A name has no signs of a command or of a reply.
            if name.contains(['@', ':', '=']) || name.starts_with(|it: char| it.is_ascii_digit()) {
                return None;
            }
            closed.get(open + 1..)?
        }
        _ => text,
    };
    let inner = inner
        .strip_prefix("mailto:")
        .or_else(|| inner.strip_prefix("MAILTO:"))
        .unwrap_or(inner);
    let inner = inner.split('?').next()?.trim_end_matches(['.', ',', ';']);
    let (local, domain) = inner.rsplit_once('@')?;
    let fits = |it: char| it.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(it);
    let is_local = !local.is_empty() && local.len() <= 64 && local.chars().all(fits);
    (is_local && is_name(domain, 2)).then(|| inner.to_owned())
}

/// A host's name, an address of the network, each with or without a scheme, a port, a path's slash.
fn host(text: &str) -> Option<String> {
    let (scheme, rest) = text
        .split_once("://")
        .map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    let is_scheme =
        |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || it == '+');
    if scheme.is_some_and(|it| !is_scheme(it)) {
        return None;
    }
    // What signs in is no name of the host; the rest of a path says nothing of it.
    let rest = rest
        .rsplit_once('@')
        .filter(|_| scheme.is_some())
        .map_or(rest, |(_, rest)| rest);
    let rest = rest.split(['/', '?']).next()?;
    let rest = rest.trim_end_matches(['.', ',', ';']);
    if let Some(inner) = rest.strip_prefix('[') {
        let (address, port) = inner.split_once(']')?;
        return (is_v6(address) && (port.is_empty() || is_port(port.strip_prefix(':')?)))
            .then(|| address.to_owned());
    }
    if is_v6(rest) {
        return Some(rest.to_owned());
    }
    // `host:587`, `host 587`, `host port 587`, `host, port: 587`
    let mut words = rest.split(|it: char| it.is_whitespace() || matches!(it, ':' | ','));
    let name = words.next()?;
    let others: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let others_fit = match others.as_slice() {
        [] => true,
        [port] => is_port(port),
        [word, port] => word.eq_ignore_ascii_case("port") && is_port(port),
        _ => false,
    };
    let is_host = is_v4(name) || is_name(name, 2) || scheme.is_some() && is_name(name, 1);
    (others_fit && is_host).then(|| name.to_owned())
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok_and(|port| port > 0)
}

fn is_v4(text: &str) -> bool {
    text.parse::<std::net::Ipv4Addr>().is_ok()
}

fn is_v6(text: &str) -> bool {
    text.contains(':') && text.parse::<std::net::Ipv6Addr>().is_ok()
}

/// Whether it is a name with so many labels at least (RFC 1035, section 2.3.1), the last no number and no ending of a
/// file that people name alone.
fn is_name(text: &str, at_least: usize) -> bool {
    const FILES: [&str; 12] = [
        "txt", "log", "eml", "csv", "json", "conf", "cf", "php", "py", "js", "yml", "exe",
    ];
    let labels: Vec<&str> = text.split('.').collect();
    let fits = |label: &&str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .chars()
                .all(|it| it.is_alphanumeric() || it == '-' || it == '_')
    };
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= at_least
        && labels.iter().all(fits)
        && last.chars().count() >= 2
        && !last.chars().all(|it| it.is_ascii_digit())
        && !(labels.len() == 2 && FILES.contains(&last.to_ascii_lowercase().as_str()))
}

/// A reply code, an enhanced status code, or both; with words around that only ask for it.
fn code(text: &str) -> Option<String> {
    let mut codes: Vec<&str> = Vec::new();
    for word in text.split(|it: char| {
        it.is_whitespace()
            || matches!(
                it,
                '-' | ',' | '/' | '(' | ')' | '?' | '"' | ':' | ';' | '='
            )
    }) {
        let word = word.trim_matches(|it: char| {
            matches!(it, '#' | '.' | '!' | '\'' | '\u{201c}' | '\u{201d}')
        });
        if word.is_empty() {
            continue;
        }
        if is_reply_code(word) || is_enhanced(word) {
            codes.push(word);
        } else if !ASKS.contains(&word.to_lowercase().as_str()) {
            return None;
        }
    }
    (!codes.is_empty() && codes.len() <= 4).then(|| codes.join(" "))
}

/// RFC 5321, section 4.2: the first digit says how it went, the second what it is about.
fn is_reply_code(word: &str) -> bool {
    matches!(
        word.as_bytes(),
        [b'2'..=b'5', b'0'..=b'5' | b'7', b'0'..=b'9']
    )
}

/// RFC 3463, section 2.
fn is_enhanced(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let number =
        |it: &&str| !it.is_empty() && it.len() <= 3 && it.chars().all(|it| it.is_ascii_digit());
    matches!(parts.as_slice(), [class, subject, detail]
        if matches!(*class, "2" | "4" | "5") && number(subject) && number(detail))
}

/// Words of somebody who asks about a code.
const ASKS: &[&str] = &[
    "a",
    "about",
    "an",
    "bounce",
    "bounced",
    "code",
    "codes",
    "did",
    "do",
    "does",
    "dsn",
    "email",
    "enhanced",
    "erreur",
    "error",
    "errore",
    "erro",
    "esmtp",
    "explain",
    "fehler",
    "fehlercode",
    "for",
    "get",
    "getting",
    "got",
    "help",
    "i",
    "in",
    "is",
    "it",
    "keep",
    "mail",
    "mean",
    "meaning",
    "means",
    "message",
    "my",
    "of",
    "reply",
    "response",
    "server",
    "smtp",
    "status",
    "statuscode",
    "the",
    "to",
    "was",
    "what",
    "why",
    "with",
    "código",
    "codigo",
    "bedeutet",
    "was",
    "que",
    "qué",
    "significa",
    "ошибка",
    "код",
    "エラー",
    "错误",
    "错误代码",
    "代码",
];
