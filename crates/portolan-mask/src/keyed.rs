//! Values of settings, variables, fields and headers that are named like a secret.

use std::sync::LazyLock;

use aho_corasick::MatchKind;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;

use crate::line::{begins, words};
use crate::value::{is_placeholder, value};

/// What secrets are called, in small letters. A longer name may end in one: `MAIL_PASSWORD`, `smtp.auth.pass`.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pass",
    "pwd",
    "pw",
    "secret",
    "token",
    "api_key",
    "apikey",
    "api-key",
    "auth_key",
    "authkey",
    "auth-key",
    "access_key",
    "access-key",
    "accesskey",
    "secret_key",
    "secretkey",
    "private_key",
    "privatekey",
    "credential",
    "passwort",
    "kennwort",
    "contraseña",
    "contrasena",
    "mot de passe",
    "motdepasse",
    "senha",
    "hasło",
    "wachtwoord",
    "salasana",
    "密码",
    "密碼",
    "授权码",
    "口令",
    "パスワード",
    "пароль",
];

/// Headers whose whole value is one (RFC 9110, section 11; RFC 6265).
const HEADERS: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-auth",
    "x-amz-security",
];

static ALL: LazyLock<Option<NFA>> = LazyLock::new(|| {
    NFA::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(NAMES.iter().chain(HEADERS))
        .ok()
});

/// A key whose value comes in the next line: `["password"]=>`, `- name: SMTP_PASSWORD`.
#[derive(Default)]
pub(crate) struct Keyed {
    waits: bool,
}

impl Keyed {
    /// Calls `add` with the places of values in the next line.
    pub(crate) fn find(&mut self, line: &[u8], add: &mut dyn FnMut(usize, usize)) {
        if self.waits && !line.trim_ascii().is_empty() {
            self.waits = false;
            let text = line.trim_ascii_start();
            let skip = line.len() - text.len();
            let from = if begins(text, "value:") {
                skip + 6
            } else {
                skip
            };
            let is_dumped = begins(text, "value:")
                || begins(text, "string(")
                || matches!(text, [b'"' | b'\'', ..]);
            if is_dumped {
                value(line, from, add);
            }
        }
        let Some(all) = &*ALL else {
            return;
        };
        for found in all.try_find_iter(line.into()).into_iter().flatten() {
            let at = found.pattern().as_usize();
            if let Some(header) = at.checked_sub(NAMES.len()).and_then(|at| HEADERS.get(at)) {
                header_value(line, found.start(), found.start() + header.len(), add);
            } else if is_name(line, found.start(), found.end()) {
                self.after(line, found.end(), add);
            }
        }
    }

    /// What stands behind a name that ends here.
    fn after(&mut self, line: &[u8], name_end: usize, add: &mut dyn FnMut(usize, usize)) {
        // `</password>` ends a value.
        let before = line.get(..name_end).unwrap_or_default();
        let tag = memchr::memrchr2(b'<', b'>', before).and_then(|at| before.get(at..));
        if tag.is_some_and(|tag| tag.starts_with(b"</")) {
            return;
        }
        let mut at = name_end;
        let get = |at: usize| line.get(at).copied();
        // What closes the name: `"]`, `')`.
        while matches!(get(at), Some(b'"' | b'\'' | b'`' | b']' | b')' | b'\\')) {
            at += 1;
        }
        let closes = at;
        while matches!(get(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        let rest = line.get(at..).unwrap_or_default();
        let length = [&b"=>"[..], b":=", b"==", b"=", b":", "：".as_bytes()]
            .iter()
            .find(|mark| rest.starts_with(mark))
            .map(|mark| mark.len());
        let is_call = rest.starts_with(b",")
            && [
                "define(",
                "putenv(",
                "ini_set(",
                "setenv(",
                "\"value\"",
                "'value'",
                "set(",
                "put(",
                "setproperty(",
            ]
            .iter()
            .any(|call| memchr::memmem::find(line, call.as_bytes()).is_some());
        if let Some(length) = length {
            if rest
                .get(length..)
                .unwrap_or_default()
                .trim_ascii()
                .is_empty()
            {
                self.waits = true;
                return;
            }
            value(line, at + length, add);
        } else if is_call {
            let behind = memchr::memmem::find(rest, b"value").map_or(1, |at| at + 7);
            let skip = rest
                .get(behind..)
                .unwrap_or_default()
                .iter()
                .take_while(|byte| matches!(byte, b':' | b' '))
                .count();
            value(line, at + behind + skip, add);
        } else if rest.is_empty() && memchr::memmem::find(line, b"name:").is_some() {
            self.waits = true;
        } else if rest.starts_with(b">") {
            // `<password>…</password>`
            let end = memchr::memchr(b'<', rest).unwrap_or(rest.len());
            if end > 1
                && at == closes
                && memchr::memchr(b'<', line.get(..name_end).unwrap_or_default()).is_some()
            {
                add(at + 1, at + end);
            }
        } else if at > closes && is_lone_setting(line, name_end) {
            value(line, at, add);
        }
    }
}

/// Whether the name may be one: `bypass` and `tokenizer` are not.
fn is_name(line: &[u8], start: usize, end: usize) -> bool {
    let name = line.get(start..end).unwrap_or_default();
    let before = start.checked_sub(1).and_then(|at| line.get(at)).copied();
    let after = line.get(end).copied();
    let is_short = name.len() <= 6 && name.is_ascii();
    let joins = before.is_some_and(|byte| byte.is_ascii_lowercase())
        && name.first().is_some_and(u8::is_ascii_lowercase);
    let prefixes = [
        "smtp", "mail", "user", "db", "auth", "sasl", "client", "access", "refresh", "server",
        "app", "my",
    ];
    let known_prefix = prefixes.iter().any(|prefix| {
        start
            .checked_sub(prefix.len())
            .and_then(|at| line.get(at..start))
            .is_some_and(|it| it.eq_ignore_ascii_case(prefix.as_bytes()))
    });
    let goes_on =
        after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    (!is_short || !joins || known_prefix) && !goes_on
}

/// `password hunter2`, as `.netrc` and msmtp have it: the name begins the line, or stands behind a login.
fn is_lone_setting(line: &[u8], name_end: usize) -> bool {
    let before = line.get(..name_end).unwrap_or_default();
    let mut names = words(before).filter(|(_, word)| *word != b">" && *word != b"|");
    let first = names.next().map(|(_, word)| word).unwrap_or_default();
    let count = 1 + names.count();
    let behind = words(line.get(name_end..).unwrap_or_default()).count();
    let is_first =
        count == 1 && behind == 1 && [&b"password"[..], b"passwd", b"pass"].contains(&first);
    let is_netrc = [&b"machine"[..], b"login", b"default"].contains(&first);
    is_first || is_netrc && behind >= 1
}

/// `Authorization: Bearer …`: all behind the name and the scheme.
fn header_value(line: &[u8], start: usize, end: usize, add: &mut dyn FnMut(usize, usize)) {
    let before = start.checked_sub(1).and_then(|at| line.get(at));
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-' || *byte == b'_') {
        return;
    }
    let rest = line.get(end..).unwrap_or_default();
    let Some(colon) = rest.iter().take(24).position(|byte| *byte == b':') else {
        return;
    };
    let is_name =
        rest.get(..colon).unwrap_or_default().iter().all(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'"' | b'\'' | b'\\')
        });
    if !is_name {
        return;
    }
    let value = rest.get(colon + 1..).unwrap_or_default();
    let skip = value
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'\\'))
        .count();
    let mut from = end + colon + 1 + skip;
    let value = line.get(from..).unwrap_or_default();
    for scheme in [
        "bearer ",
        "basic ",
        "digest ",
        "token ",
        "zoho-oauthtoken ",
        "apikey ",
    ] {
        if begins(value, scheme) {
            from += scheme.len();
        }
    }
    let value = line.get(from..).unwrap_or_default();
    let length = memchr::memchr2(b'"', b'\'', value).unwrap_or(value.len());
    let value = value.get(..length).unwrap_or_default().trim_ascii_end();
    // A header of a mail that tells how a sign-in went is none.
    if !is_placeholder(value) && memchr::memchr(b'=', value).is_none_or(|_| !begins(value, "none"))
    {
        add(from, from + value.len());
    }
}
