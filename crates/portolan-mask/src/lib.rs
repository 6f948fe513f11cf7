//! Finds the secrets in pasted sessions, logs, dumps and configurations, so that nothing shows them unasked.
//!
//! A secret is known by what stands around it (a sign-in, a key and its value, an address with a password, a header) or by
//! its own shape (keys of providers, tokens, private keys). A text is read once, whatever it holds.
//!
//! ```
//! let text = b"C: AUTH PLAIN AGFAYi5leGFtcGxlAGh1bnRlcjI=\nS: 535 5.7.8 bad password";
//! assert_eq!(portolan_mask::mask(text), b"C: AUTH PLAIN [masked]\nS: 535 5.7.8 bad password");
//! ```

mod access_key;
mod addresses;
mod auth;
mod calls;
mod command_line;
mod keyed;
mod line;
mod shapes;
mod value;

pub use addresses::addresses;
use portolan_report::Span;

/// What stands in a secret's place, whatever its length.
pub const MARK: &[u8] = b"[masked]";

/// What kind of secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a client answers in a sign-in (RFC 4954).
    SignIn,
    /// The value of a setting, a variable, a switch or a field that is named like a secret.
    Setting,
    /// The password in an address (RFC 3986, section 3.2.1).
    Address,
    /// A key or token by its shape.
    Token,
    /// A private key (RFC 7468).
    PrivateKey,
}

/// A secret in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
}

/// The secrets of a text, in order; none overlaps another.
pub fn secrets(text: &[u8]) -> Vec<Secret> {
    let mut found: Vec<(usize, usize, Kind)> = Vec::new();
    let mut sign_in = auth::SignIn::default();
    let mut keyed = keyed::Keyed::default();
    let mut private = shapes::PrivateKey::default();
    let mut access_key = access_key::BesideAccessKey::default();
    for (start, line) in line::lines(text) {
        let mut add = |from: usize, to: usize, kind: Kind| {
            if from < to && !is_masked(line, from, to) {
                found.push((start + from, start + to, kind));
            }
        };
        private.find(line, &mut |from, to| add(from, to, Kind::PrivateKey));
        sign_in.find(line, &mut |from, to| add(from, to, Kind::SignIn));
        keyed.find(line, &mut |from, to| add(from, to, Kind::Setting));
        command_line::find(line, &mut |from, to| add(from, to, Kind::Setting));
        calls::find(line, &mut |from, to| add(from, to, Kind::Setting));
        shapes::passwords_in_addresses(line, &mut |from, to| add(from, to, Kind::Address));
        shapes::find(line, &mut |from, to| add(from, to, Kind::Token));
        shapes::in_three_parts(line, &mut |from, to| add(from, to, Kind::Token));
        access_key.find(line, &mut |from, to| add(from, to, Kind::Token));
    }
    found.sort_unstable();
    let mut merged: Vec<(usize, usize, Kind)> = Vec::new();
    for (from, to, kind) in found {
        match merged.last_mut() {
            Some((_, end, _)) if from < *end => *end = (*end).max(to),
            _ => merged.push((from, to, kind)),
        }
    }
    let place = |at: usize| u64::try_from(at).unwrap_or(u64::MAX);
    merged
        .into_iter()
        .map(|(from, to, kind)| Secret {
            span: Span {
                start: place(from),
                end: place(to),
            },
            kind,
        })
        .collect()
}

/// What is masked already is no secret, with or without its brackets.
fn is_masked(line: &[u8], from: usize, to: usize) -> bool {
    let found = line.get(from..to).unwrap_or_default();
    let open = from - usize::from(from > 0 && !found.starts_with(b"["));
    let close = to + usize::from(line.get(to) == Some(&b']'));
    line.get(open..close)
        .is_some_and(|found| found.starts_with(MARK))
}

/// The text with [`MARK`] in place of every secret, and otherwise byte for byte.
pub fn mask(text: &[u8]) -> Vec<u8> {
    let mut masked = Vec::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets(text) {
        let start = usize::try_from(secret.span.start).unwrap_or(usize::MAX);
        let end = usize::try_from(secret.span.end).unwrap_or(usize::MAX);
        masked.extend(text.get(at..start).unwrap_or_default());
        masked.extend(MARK);
        at = end;
    }
    masked.extend(text.get(at..).unwrap_or_default());
    masked
}
