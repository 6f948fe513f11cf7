//! What a client answers while it signs in (RFC 4954), in whatever surroundings a program shows it.

use crate::line::{bare, begins, is_base64, words};

/// Mechanisms whose answers are secrets, or let one guess at them.
const MECHANISMS: &[&str] = &[
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "DIGEST-MD5",
    "XOAUTH2",
    "XOAUTH",
    "OAUTHBEARER",
    "NTLM",
    "GSSAPI",
    "SCRAM-SHA-1",
    "SCRAM-SHA-256",
    "SCRAM-SHA-1-PLUS",
    "SCRAM-SHA-256-PLUS",
    "EXTERNAL",
    "PLAIN-CLIENTTOKEN",
];

/// So many lines of a sign-in are followed without the reply that ends it.
const LONGEST: u32 = 24;

/// Follows a sign-in from line to line.
#[derive(Default)]
pub(crate) struct SignIn {
    /// So many lines may still belong to it; 0: there is none.
    left: u32,
    /// Its command was not seen.
    is_cut: bool,
}

impl SignIn {
    /// Calls `add` with the places of answers in the next line.
    pub(crate) fn find(&mut self, line: &[u8], add: &mut dyn FnMut(usize, usize)) {
        if let Some(behind) = command(line) {
            self.left = LONGEST;
            self.is_cut = false;
            let rest = line.get(behind..).unwrap_or_default();
            for (at, word) in words(rest) {
                let (from, to) = bare(word);
                let answer = word.get(from..to).unwrap_or_default();
                if !is_base64(answer) || answer == b"=" {
                    break;
                }
                add(behind + at + from, behind + at + to);
            }
            return;
        }
        if self.left == 0 {
            // A cut took the command away, and left the server's question.
            if asks(line) {
                self.left = CUT;
                self.is_cut = true;
            }
            return;
        }
        self.left -= 1;
        if ends(line) {
            self.left = 0;
            return;
        }
        if is_challenge(line) {
            return;
        }
        answer(line, self.is_cut, add);
    }
}

/// So many lines of a sign-in whose command is not shown.
const CUT: u32 = 8;

/// `334 VXNlcm5hbWU6`, where a reply stands and with something in base64 behind the code: the question of a sign-in and of
/// nothing else.
fn asks(line: &[u8]) -> bool {
    let mut words = words(line).map(|(at, word)| {
        let (from, to) = bare(word);
        (at, from, word.get(from..to).unwrap_or_default())
    });
    words.any(|(at, from, word)| word == b"334" && (from > 0 || is_behind_mark(line, at)))
        && words.next().is_some_and(|(_, _, word)| {
            word.len() >= LEAST
                && is_whole(word)
                && !is_word(word)
                && !word.iter().all(u8::is_ascii_uppercase)
        })
}

/// Whether the words before a place are none, or what programs put before a reply.
fn is_behind_mark(line: &[u8], at: usize) -> bool {
    const VERBS: &[&[u8]] = &[
        b"reading",
        b"read",
        b"received",
        b"recv",
        b"reply",
        b"server",
    ];
    let Some((_, before)) = line.get(..at).and_then(|before| words(before).last()) else {
        return true;
    };
    let is_time = before.contains(&b':')
        && before
            .iter()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','));
    is_time
        || before.starts_with(b"<")
        || matches!(before.last(), Some(b':' | b'<' | b'>' | b'|' | b']' | b'='))
        || VERBS.iter().any(|verb| before.eq_ignore_ascii_case(verb))
}

/// `received`, `Messages`: a word, and no base64.
fn is_word(word: &[u8]) -> bool {
    word.iter().all(u8::is_ascii_alphabetic) && word.iter().skip(1).all(u8::is_ascii_lowercase)
}

/// Fewer letters may be a word.
const LEAST: usize = 8;

/// Whether a word is base64 to its end (RFC 4648, section 4).
fn is_whole(word: &[u8]) -> bool {
    word.len().is_multiple_of(4) && is_base64(word)
}

/// Where the mechanism's name ends, if this line begins a sign-in.
fn command(line: &[u8]) -> Option<usize> {
    let mut last = None;
    for at in memchr::memmem::find_iter(line, b"AUTH ")
        .chain(memchr::memmem::find_iter(line, b"auth "))
        .chain(memchr::memmem::find_iter(line, b"Auth "))
    {
        let before = at.checked_sub(1).and_then(|before| line.get(before));
        // `250-AUTH PLAIN LOGIN` is an offer.
        let is_offer = before.is_some_and(u8::is_ascii_alphanumeric)
            || before == Some(&b'-')
            || line
                .get(..at)
                .is_some_and(|before| before.ends_with(b"250 "));
        if is_offer {
            continue;
        }
        let rest = line.get(at + 5..)?;
        let length = rest
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            .count();
        let mechanism = rest.get(..length)?;
        let is_known = |word: &[u8]| {
            MECHANISMS
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
        };
        if !is_known(mechanism) {
            continue;
        }
        // `AUTH LOGIN PLAIN` is a list.
        let next = words(rest.get(length..)?).next().map(|(_, word)| {
            let (from, to) = bare(word);
            word.get(from..to).unwrap_or_default()
        });
        if next.is_some_and(is_known) {
            continue;
        }
        last = Some(at + 5 + length);
    }
    last
}

/// Whether the line holds a reply that ends a sign-in, or another command.
fn ends(line: &[u8]) -> bool {
    words(line).any(|(_, word)| {
        let (from, to) = bare(word);
        let word = word.get(from..to).unwrap_or_default();
        let code = word.get(..3).unwrap_or_default();
        let is_code = matches!(code, [b'2' | b'4' | b'5', ..])
            && code.iter().all(u8::is_ascii_digit)
            && matches!(word.get(3), None | Some(b'-' | b' ' | b':'));
        let commands = ["MAIL", "RCPT", "QUIT", "RSET", "EHLO", "HELO", "DATA"];
        is_code && code != b"250" || commands.iter().any(|command| word == command.as_bytes())
    })
}

/// `334 VXNlcm5hbWU6`: the server's question.
fn is_challenge(line: &[u8]) -> bool {
    words(line).any(|(_, word)| {
        let (from, to) = bare(word);
        let word = word.get(from..to).unwrap_or_default();
        begins(word, "334") && word.get(3).is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}

/// The answer is a line's last word, or the only one, where it is in base64 and no word of prose; where the command is not
/// shown, it has to be whole.
fn answer(line: &[u8], is_cut: bool, add: &mut dyn FnMut(usize, usize)) {
    let Some((at, word)) = words(line).last() else {
        return;
    };
    let (mut from, to) = bare(word);
    // `C:dXNlcg==` and `send:'…'` leave no blank.
    let inner = word.get(from..to).unwrap_or_default();
    if let Some(colon) = memchr::memrchr2(b':', b'>', inner) {
        from += colon + 1;
    }
    let (skip, _) = bare(word.get(from..to).unwrap_or_default());
    from += skip;
    let answer = word.get(from..to).unwrap_or_default();
    let is_sure = !is_cut || answer.len() >= LEAST && is_whole(answer);
    if is_sure && answer.len() >= 3 && is_base64(answer) && !is_prose(answer, line) {
        add(at + from, at + to);
    }
}

/// A short word of letters among others is a remark: `Sending credentials`.
fn is_prose(word: &[u8], line: &[u8]) -> bool {
    is_word(word) && word.len() < 16 && words(line).count() > 2
}
