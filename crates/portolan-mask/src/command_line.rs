//! Secrets in command lines and in the commands of other protocols: switches, `sasl_passwd`, POP's PASS, IMAP's LOGIN.

use crate::line::{bare, words};

/// Switches whose next word is a secret.
const SWITCHES: &[&str] = &[
    "-ap",
    "-xp",
    "--auth-password",
    "--password",
    "--pass",
    "--passwd",
    "--smtp-password",
    "--smtp-pass",
    "--smtp-auth-password",
    "--auth-pass",
    "--token",
    "--api-key",
    "--apikey",
    "--oauth2-bearer",
    "--secret",
    "--secret-key",
    "--http-password",
];

/// Switches whose next word is `user:password`, where the program is curl or its like.
const USER_SWITCHES: &[&str] = &["-u", "--user", "-U", "--proxy-user"];

/// Calls `add` with the places of secrets.
pub(crate) fn find(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    let mut before: Option<&[u8]> = None;
    let mut user = false;
    let is_curl = memchr::memmem::find(line, b"curl").is_some();
    for (at, word) in words(line) {
        let (from, to) = bare(word);
        let inner = word.get(from..to).unwrap_or_default();
        if let Some(switch) = before {
            let is = |all: &[&str]| all.iter().any(|known| switch == known.as_bytes());
            if is(SWITCHES) && !inner.starts_with(b"$") && !inner.starts_with(b"-") {
                add(at + from, at + to);
            } else if is(USER_SWITCHES)
                && is_curl
                && let Some(colon) = memchr::memchr(b':', inner)
            {
                add(at + from + colon + 1, at + to);
            } else if switch == b"PASS" && is_last(line, at, word) {
                add(at + from, at + to);
            }
        }
        // `tag LOGIN user password`, and its answer is no part of it.
        if user && is_last(line, at, word) {
            add(at + from, at + to);
        }
        user = before.is_some_and(|it| it == b"LOGIN")
            && !inner.is_empty()
            && inner != b"PLAIN"
            && has_tag(line);
        before = Some(
            word.strip_prefix(b"'")
                .or_else(|| word.strip_prefix(b"\""))
                .unwrap_or(word),
        );
    }
    sasl_passwd(line, add);
}

fn is_last(line: &[u8], at: usize, word: &[u8]) -> bool {
    line.get(at + word.len()..)
        .is_some_and(|rest| rest.trim_ascii().is_empty())
}

/// IMAP's commands carry a tag (RFC 9051, section 2.2.1): a short word with a digit before LOGIN.
fn has_tag(line: &[u8]) -> bool {
    let mut before: &[u8] = b"";
    for (_, word) in words(line) {
        if word == b"LOGIN" {
            return before.len() <= 8 && before.iter().any(u8::is_ascii_digit);
        }
        before = word;
    }
    false
}

/// `[smtp.example.org]:587 user@example.org:password`, as Postfix has it in a map.
fn sasl_passwd(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    let mut all = words(line);
    let (Some((first_at, first)), Some((at, word)), None) = (all.next(), all.next(), all.next())
    else {
        return;
    };
    let is_host = first.starts_with(b"[") && memchr::memchr(b']', first).is_some()
        || memchr::memchr(b':', first).is_some_and(|colon| {
            let port = first.get(colon + 1..).unwrap_or_default();
            !port.is_empty() && port.iter().all(u8::is_ascii_digit) && first.contains(&b'.')
        });
    let Some(colon) = memchr::memchr(b':', word) else {
        return;
    };
    let person = word.get(..colon).unwrap_or_default();
    let secret = word.get(colon + 1..).unwrap_or_default();
    let is_time = secret
        .iter()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','));
    let is_person = is_host || person.contains(&b'@') && first.contains(&b'.');
    if first_at == 0 && is_person && !person.is_empty() && !secret.is_empty() && !is_time {
        add(at + colon + 1, at + word.len());
    }
}
