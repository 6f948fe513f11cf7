//! Texts that are just one thing: an address, a host, a code. Known by their form alone.

mod address;
mod code;
mod host;

use crate::{Kind, Taken};

/// What a text is, where it is one thing; what a single word is in any case.
pub(crate) fn recognize(text: &[u8]) -> Option<Taken> {
    let text = bare(text);
    let text = std::str::from_utf8(text).ok()?;
    if text.is_empty() {
        return Some(taken(Kind::Nothing, None, None));
    }
    if text.len() > MAX_LENGTH {
        return None;
    }
    if let Some(address) = address::address(text) {
        return Some(taken(Kind::Address, None, Some(address)));
    }
    if text.contains('\n') {
        return None;
    }
    if let Some(codes) = code::codes(text) {
        return Some(taken(Kind::Code, None, Some(codes)));
    }
    if let Some(host) = host::host(text) {
        return Some(taken(Kind::Host, None, Some(host)));
    }
    word(text)
}

/// A name and an address in a row, or a short question.
const MAX_LENGTH: usize = 320;

fn taken(kind: Kind, or: Option<Kind>, subject: Option<String>) -> Taken {
    Taken { kind, or, subject }
}

/// Without white space, marks of emphasis and of quoting around it.
fn bare(text: &[u8]) -> &[u8] {
    let mut text = text.trim_ascii();
    loop {
        let inner = match text {
            [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] | [b'`', inner @ .., b'`']
                if !inner.contains(&b'"') =>
            {
                inner
            }
            [b'*', inner @ .., b'*'] | [inner @ .., b',' | b';'] => inner,
            _ => return text,
        };
        text = inner.trim_ascii();
    }
}

/// A single word that is nothing else: a port, a provider's name. A shell may look it up.
fn word(text: &str) -> Option<Taken> {
    let is_word = text.len() <= 64
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || !byte.is_ascii()
        });
    let is_reply =
        text.as_bytes().get(3) == Some(&b'-') && text.bytes().take(3).all(|it| it.is_ascii_digit());
    // Scripts without spaces say whole sentences in one word.
    let is_latin = text.chars().all(|it| it < '\u{2e80}');
    let or = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Kind::Code
    } else {
        Kind::Host
    };
    (is_word && is_latin && !is_reply)
        .then(|| taken(Kind::Nothing, Some(or), Some(text.to_owned())))
}

fn is_any(word: &str, of: &[&str]) -> bool {
    of.iter().any(|it| word.eq_ignore_ascii_case(it))
}
