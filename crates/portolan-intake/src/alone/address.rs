//! Texts that are mail addresses alone.

use super::host::{is_name, is_v4, is_v6};
use super::is_any;

/// The first address of a text that holds addresses alone (RFC 5322, section 3.4; RFC 6068).
pub(super) fn address(text: &str) -> Option<String> {
    // A link of Markdown.
    let link = text.strip_prefix('[').and_then(|it| it.split_once(']'));
    if let Some((name, target)) = link.and_then(|(name, it)| Some((name, it.strip_prefix('(')?))) {
        let target = target.strip_suffix(')')?;
        return target
            .starts_with("mailto:")
            .then(|| address(name))
            .flatten();
    }
    let text = match text.split_once(':') {
        Some((name, rest)) if is_any(name.trim(), &NAMES) => rest.trim(),
        _ => text,
    };
    if let Some(one) = one_address(text) {
        return Some(one);
    }
    let mut first = None;
    for part in text
        .split([',', ';', '\n'])
        .filter(|part| !part.trim().is_empty())
    {
        let one = one_address(part.trim())?;
        first.get_or_insert(one);
    }
    first
}

/// What addresses are introduced by.
const NAMES: [&str; 10] = [
    "from", "to", "cc", "bcc", "reply-to", "sender", "mail", "email", "e-mail", "mailto",
];

fn one_address(text: &str) -> Option<String> {
    let inner = match text.strip_suffix('>').and_then(|it| it.rsplit_once('<')) {
        Some((name, inner)) => {
            let is_name =
                name.split_whitespace().count() <= 6 && !name.contains(':') && !name.contains('@');
            if !is_name {
                return None;
            }
            inner
        }
        None => text,
    };
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner);
    let inner = inner.split_once('?').map_or(inner, |(inner, _)| inner);
    let (local, domain) = inner.rsplit_once('@')?;
    let is_local = !local.is_empty()
        && local.len() <= 64
        && local.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte)
                || !byte.is_ascii()
        });
    let is_literal = domain
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .is_some_and(|it| {
            let it = it.strip_prefix("IPv6:").unwrap_or(it);
            is_v4(it) || is_v6(it)
        });
    (is_local && (is_literal || is_name(domain))).then(|| inner.trim_end_matches('.').to_owned())
}
