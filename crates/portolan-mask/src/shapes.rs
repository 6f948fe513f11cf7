//! Secrets by their own shape: keys of providers, tokens, private keys, passwords in addresses.

use std::sync::LazyLock;

use aho_corasick::MatchKind;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;

/// How a key begins, and how many letters of which kind follow at least.
struct Shape {
    begins: &'static str,
    least: usize,
    kind: fn(u8) -> bool,
}

const fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
}

const fn hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

const fn upper(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}

const fn joined(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

const fn encoded(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'+' | b'=')
}

/// From the providers' own documentation of their keys.
const SHAPES: &[Shape] = &[
    Shape {
        begins: "SG.",
        least: 40,
        kind: joined,
    },
    Shape {
        begins: "key-",
        least: 32,
        kind: plain,
    },
    Shape {
        begins: "xsmtpsib-",
        least: 30,
        kind: joined,
    },
    Shape {
        begins: "xkeysib-",
        least: 30,
        kind: joined,
    },
    Shape {
        begins: "re_",
        least: 16,
        kind: joined,
    },
    Shape {
        begins: "mlsn.",
        least: 32,
        kind: plain,
    },
    Shape {
        begins: "md-",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "AKIA",
        least: 16,
        kind: upper,
    },
    Shape {
        begins: "ASIA",
        least: 16,
        kind: upper,
    },
    Shape {
        begins: "ya29.",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "GOCSPX-",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "1//0",
        least: 30,
        kind: joined,
    },
    Shape {
        begins: "AIza",
        least: 30,
        kind: joined,
    },
    Shape {
        begins: "ghp_",
        least: 30,
        kind: plain,
    },
    Shape {
        begins: "gho_",
        least: 30,
        kind: plain,
    },
    Shape {
        begins: "ghs_",
        least: 30,
        kind: plain,
    },
    Shape {
        begins: "github_pat_",
        least: 40,
        kind: joined,
    },
    Shape {
        begins: "glpat-",
        least: 18,
        kind: joined,
    },
    Shape {
        begins: "xoxb-",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "xoxp-",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "xoxa-",
        least: 20,
        kind: joined,
    },
    Shape {
        begins: "sk_live_",
        least: 16,
        kind: plain,
    },
    Shape {
        begins: "rk_live_",
        least: 16,
        kind: plain,
    },
    Shape {
        begins: "sk-",
        least: 32,
        kind: joined,
    },
    Shape {
        begins: "npm_",
        least: 30,
        kind: plain,
    },
    Shape {
        begins: "dop_v1_",
        least: 40,
        kind: hex,
    },
    Shape {
        begins: "hf_",
        least: 30,
        kind: plain,
    },
    Shape {
        begins: "EwA",
        least: 200,
        kind: encoded,
    },
    Shape {
        begins: "0.A",
        least: 200,
        kind: joined,
    },
    Shape {
        begins: "eyJ",
        least: 40,
        kind: joined,
    },
    // `user=…^Aauth=Bearer …` in base64 (RFC 7628, and XOAUTH2 before it).
    Shape {
        begins: "dXNlcj",
        least: 40,
        kind: encoded,
    },
    Shape {
        begins: "bixhPX",
        least: 40,
        kind: encoded,
    },
];

static BEGINNINGS: LazyLock<Option<NFA>> = LazyLock::new(|| {
    NFA::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(SHAPES.iter().map(|shape| shape.begins))
        .ok()
});

/// Calls `add` with the places of keys and tokens.
pub(crate) fn find(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    let Some(beginnings) = &*BEGINNINGS else {
        return;
    };
    for found in beginnings.try_find_iter(line.into()).into_iter().flatten() {
        let Some(shape) = SHAPES.get(found.pattern().as_usize()) else {
            continue;
        };
        let before = found.start().checked_sub(1).and_then(|at| line.get(at));
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            continue;
        }
        let rest = line.get(found.end()..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| (shape.kind)(**byte)).count();
        // A sentence may end behind it.
        let dots = rest
            .get(..length)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|byte| **byte == b'.')
            .count();
        if length - dots >= shape.least {
            add(found.start(), found.end() + length - dots);
        }
    }
}

/// Mailgun's keys: 32, 8 and 8 hexadecimal digits, with a dash between them.
pub(crate) fn in_three_parts(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    const LENGTH: usize = 32 + 1 + 8 + 1 + 8;
    for dash in memchr::memchr_iter(b'-', line) {
        let Some(start) = dash.checked_sub(32) else {
            continue;
        };
        let found = line.get(start..start + LENGTH).unwrap_or_default();
        let holds = found.len() == LENGTH
            && found.iter().enumerate().all(|(at, byte)| match at {
                32 | 41 => *byte == b'-',
                _ => hex(*byte),
            });
        let is_longer = |at: Option<usize>| {
            at.and_then(|at| line.get(at))
                .is_some_and(u8::is_ascii_alphanumeric)
        };
        if holds && !is_longer(start.checked_sub(1)) && !is_longer(Some(start + LENGTH)) {
            add(start, start + LENGTH);
        }
    }
}

/// `smtp://user:password@host`: the password.
pub(crate) fn passwords_in_addresses(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    for at in memchr::memmem::find_iter(line, b"://") {
        let start = at + 3;
        let rest = line.get(start..).unwrap_or_default();
        let length = rest
            .iter()
            .take_while(|byte| {
                !matches!(
                    byte,
                    b' ' | b'\t' | b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'`'
                )
            })
            .count();
        // A password may hold what ends an authority; the last `@` before a blank counts.
        let whole = rest
            .iter()
            .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'"' | b'\'' | b'<' | b'>' | b'`'))
            .count();
        let authority = rest.get(..length).unwrap_or_default();
        let sign = memchr::memrchr(b'@', authority).or_else(|| {
            let long = rest.get(..whole).unwrap_or_default();
            memchr::memchr(b':', authority).and_then(|_| memchr::memrchr(b'@', long))
        });
        let Some(sign) = sign else {
            continue;
        };
        let person = rest.get(..sign).unwrap_or_default();
        match memchr::memchr(b':', person) {
            Some(colon) => add(start + colon + 1, start + sign),
            // A key alone: `sendgrid://SG.…@default`.
            None if sign >= 16 && !person.contains(&b'%') => add(start, start + sign),
            None => {}
        }
    }
}

/// Follows a private key from its first line to its last.
#[derive(Default)]
pub(crate) struct PrivateKey {
    is_open: bool,
}

impl PrivateKey {
    /// Calls `add` with the places of a key's lines.
    pub(crate) fn find(&mut self, line: &[u8], add: &mut dyn FnMut(usize, usize)) {
        const END: &[u8] = b"-----END";
        let mut at = 0;
        // A line may hold whole keys, with marks instead of line ends.
        while let Some(rest) = line.get(at..) {
            if !self.is_open {
                let Some(begin) = behind_label(rest) else {
                    return;
                };
                self.is_open = true;
                at += begin;
            } else if let Some(end) = memchr::memmem::find(rest, END) {
                add(at, at + end);
                self.is_open = false;
                at += end + END.len();
            } else {
                break;
            }
        }
        let rest = line.get(at..).unwrap_or_default();
        // A key that was cut ends where something else begins.
        if at > 0 || rest.iter().all(|byte| is_of_key(*byte)) {
            let text = rest.trim_ascii_start();
            add(line.len() - text.len(), line.len());
        } else {
            self.is_open = false;
        }
    }
}

/// Where the first label of a private key ends: `-----BEGIN RSA PRIVATE KEY-----` (RFC 7468, section 2).
fn behind_label(text: &[u8]) -> Option<usize> {
    const BEGIN: &[u8] = b"-----BEGIN ";
    const LONGEST_LABEL: usize = 48;
    memchr::memmem::find_iter(text, BEGIN).find_map(|at| {
        let start = at + BEGIN.len();
        let label = text.get(start..text.len().min(start + LONGEST_LABEL))?;
        let length = memchr::memmem::find(label, b"-----")?;
        memchr::memmem::find(label.get(..length)?, b"PRIVATE KEY").map(|_| start + length + 5)
    })
}

/// Base64, and what stands around it where a program shows the lines of a key.
fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'+' | b'/'
                | b'='
                | b'>'
                | b'|'
                | b' '
                | b'\t'
                | b'"'
                | b'\''
                | b','
                | b'\\'
                | b':'
                | b'-'
        )
}
