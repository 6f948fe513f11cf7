//! Texts that name a host alone, or a command that asks one.

use super::is_any;
use crate::keyed::contains;

/// The host of a text that names a host alone, as `host` or `host:port`.
pub(super) fn host(text: &str) -> Option<String> {
    if let Some(host) = of_command(text) {
        return Some(host);
    }
    let text = unlabelled(text);
    let text = text
        .strip_suffix('/')
        .or_else(|| text.strip_suffix("/tcp"))
        .unwrap_or(text);
    if let Some((scheme, rest)) = scheme(text) {
        return url(scheme, rest);
    }
    if let Some(host) = endpoint(text) {
        return Some(host);
    }
    // `smtp.example.com 587`, `smtp.example.com port 587`, `smtp.example.com (465)`
    let mut words = text
        .split(|it: char| it.is_whitespace() || "(),:".contains(it))
        .filter(|word| !word.is_empty() && !word.eq_ignore_ascii_case("port"));
    let (host, port, None) = (words.next()?, words.next()?, words.next()) else {
        return None;
    };
    let is_host = is_name(host) || is_v4(host) || host == "localhost";
    (is_host && is_port(port)).then(|| [host, port].join(":"))
}

/// The only host of a command line that asks one, with the port behind it.
fn of_command(text: &str) -> Option<String> {
    const TOOLS: [&str; 14] = [
        "curl",
        "dig",
        "host",
        "nc",
        "ncat",
        "nmap",
        "nslookup",
        "openssl",
        "ping",
        "portolan-probe",
        "swaks",
        "telnet",
        "tnc",
        "traceroute",
    ];
    const ARGUMENTS: [&str; 10] = [
        "a", "aaaa", "any", "cname", "mx", "ns", "ptr", "s_client", "smtp", "txt",
    ];
    let mut words = text.trim_start_matches(['$', ' ']).split_whitespace();
    let tool = words.next()?;
    if !is_any(tool, &TOOLS) {
        return None;
    }
    let mut found: Option<String> = None;
    for word in words {
        let host = match scheme(word) {
            Some((scheme, rest)) => url(scheme, rest),
            None => endpoint(word),
        };
        let is_argument =
            word.starts_with(['-', '+', '@']) || is_port(word) || is_any(word, &ARGUMENTS);
        match (&mut found, host) {
            (_, None) if !is_argument => return None,
            (None, host) => found = host,
            (Some(_), Some(_)) => return None,
            (Some(found), None) if is_port(word) && !found.contains(':') => {
                found.push(':');
                found.push_str(word);
            }
            (Some(_), None) => {}
        }
    }
    found
}

/// `SMTP server: smtp.example.com` without its label, `@example.com` without its mark.
fn unlabelled(text: &str) -> &str {
    const PIECES: [&str; 7] = ["domain", "gateway", "host", "mx", "relay", "server", "smtp"];
    match text.split_once(':') {
        Some((label, rest))
            if rest.starts_with(' ')
                && label.split(' ').count() <= 3
                && label.chars().all(|it| {
                    it.is_ascii_alphabetic() || it == ' ' || it == '-' || is_letter(it)
                })
                && PIECES
                    .iter()
                    .any(|it| contains(label.as_bytes(), it.as_bytes())) =>
        {
            rest.trim_start()
        }
        _ => text.strip_prefix('@').unwrap_or(text),
    }
}

/// A URL as its scheme and what follows.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

fn url(scheme: &str, rest: &str) -> Option<String> {
    let is_mail = is_any(
        scheme,
        &[
            "smtp",
            "smtps",
            "submission",
            "submissions",
            "smtp+tls",
            "smtp+starttls",
            "ssl",
            "tls",
            "tcp",
        ],
    );
    if !is_mail && !is_any(scheme, &["http", "https"]) {
        return None;
    }
    let place = rest.find(['/', '?', '#']);
    let (authority, path) = rest.split_at_checked(place.unwrap_or(rest.len()))?;
    // A page on a web server is about anything.
    if !is_mail && path.len() > 1 {
        return None;
    }
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    endpoint(host).or_else(|| is_label(host).then(|| host.to_owned()))
}

/// `host`, `host:port`, `[host]:port`, an address of IPv4 or IPv6.
fn endpoint(text: &str) -> Option<String> {
    if let Some((inner, port)) = text.strip_prefix('[').and_then(|it| it.split_once(']')) {
        let port = port.strip_prefix(':');
        let fits = port.is_none_or(is_port);
        return match (fits, port) {
            (true, Some(port)) if is_v6(inner) => Some(["[", inner, "]:", port].concat()),
            (true, Some(port)) if is_name(inner) || is_v4(inner) => {
                Some([inner, ":", port].concat())
            }
            (true, None) if is_v6(inner) || is_name(inner) || is_v4(inner) => {
                Some(inner.to_owned())
            }
            _ => None,
        };
    }
    if is_v6(text) {
        return Some(text.to_owned());
    }
    let (name, port) = match text.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_host = is_name(name)
        || is_v4(name)
        || name == "localhost"
        || port.is_some()
            && is_label(name)
            && !is_any(name, &["port", "code", "error", "smtp", "status", "line"]);
    match port {
        _ if !is_host => None,
        None => Some(name.to_owned()),
        Some(port) if is_port(port) => Some([name, ":", port].concat()),
        Some(_) => None,
    }
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

pub(super) fn is_v4(text: &str) -> bool {
    text.split('.').count() == 4
        && text
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.parse::<u8>().is_ok())
}

pub(super) fn is_v6(text: &str) -> bool {
    let groups = text.split(':').count();
    (3..=9).contains(&groups)
        && (groups == 8 || contains(text.as_bytes(), b"::"))
        && text
            .split(':')
            .all(|group| group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && text.bytes().any(|byte| byte.is_ascii_hexdigit())
}

/// A name of at least two labels (RFC 1123, section 2.1; letters of other scripts are allowed, `_` too).
pub(super) fn is_name(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    let Some((_, last)) = text.rsplit_once('.') else {
        return false;
    };
    // `MessagingException` and `SMTPServerDisconnected` are classes.
    let is_camel = last
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, [first, second] if first.is_ascii_lowercase() && second.is_ascii_uppercase()));
    let starts_with_letter = last
        .chars()
        .next()
        .is_some_and(|it| it.is_ascii_alphabetic() || is_letter(it));
    text.len() <= 253
        && text.split('.').all(is_label)
        && last.len() >= 2
        && starts_with_letter
        && !is_camel
        && !is_any(last, &ENDINGS_OF_FILES)
}

/// Endings of files that are no top-level domains.
const ENDINGS_OF_FILES: [&str; 22] = [
    "bak", "cfg", "conf", "cpp", "css", "csv", "eml", "env", "exe", "html", "ini", "java", "js",
    "json", "log", "php", "png", "toml", "txt", "xml", "yaml", "yml",
];

fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, '-' | '_') || is_letter(it))
}

/// Letters of other scripts, roughly: neither signs nor punctuation. The exact tables would be a quarter of this crate's Wasm.
fn is_letter(it: char) -> bool {
    it > '\u{bf}'
        && !matches!(it, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{ff0f}' | '\u{fff0}'..)
}
