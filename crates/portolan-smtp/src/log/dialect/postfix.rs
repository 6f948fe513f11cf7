//! Postfix: `QID: to=<…>, relay=host[ip]:25, …, status=deferred (…)`, and what `smtpd` turns away.

use std::sync::LazyLock;

use memchr::memmem::{self, Finder};

use super::{Fate, Record, between, word_before};

/// Looked for in every line of the longest logs.
struct Finders {
    name: Finder<'static>,
    status: Finder<'static>,
    reject: Finder<'static>,
    to: Finder<'static>,
}

static FINDERS: LazyLock<Finders> = LazyLock::new(|| Finders {
    name: Finder::new("postfix"),
    status: Finder::new("status="),
    reject: Finder::new("reject: "),
    to: Finder::new(": to=<"),
});

/// Whether a line names Postfix near its beginning, so that no other dialect has to be tried.
pub(in crate::log) fn is_named(line: &[u8]) -> bool {
    let begin = line.get(..NAME_WITHIN).unwrap_or(line);
    FINDERS.name.find(begin).is_some()
}

/// Time, host and a container's prefix stand before the name.
const NAME_WITHIN: usize = 120;

pub(in crate::log) fn read(line: &[u8]) -> Option<Record<'_>> {
    match FINDERS.status.find(line) {
        Some(at) => delivery(line, at),
        None => FINDERS.reject.find(line).and_then(|at| rejection(line, at)),
    }
}

fn delivery(line: &[u8], at: usize) -> Option<Record<'_>> {
    let rest = line.get(at + 7..)?;
    let before = line.get(..at)?;
    let fate = match rest {
        [b's', b'e', b'n', b't', ..] => Fate::Sent,
        [b'd', b'e', b'f', b'e', b'r', ..] => Fate::Deferred,
        [b'b', b'o', b'u', b'n', b'c', ..] => Fate::Bounced,
        [b'e', b'x', b'p', b'i', b'r', ..] => {
            let from = memmem::find(before, b": from=<")?;
            return Some(Record {
                time: None,
                queue: word_before(line, from),
                recipient: b"",
                relay: b"",
                client: b"",
                fate: Fate::Expired,
                said: rest,
            });
        }
        _ => return None,
    };
    let to = FINDERS.to.find(before)?;
    let recipient = before.get(to + 6..)?;
    let end = memchr::memchr(b'>', recipient)?;
    let behind = recipient.get(end..)?;
    let relay = behind
        .get(..64.min(behind.len()))
        .and_then(|_| between(behind, b" relay=", b","))
        .unwrap_or_default();
    let relay = relay
        .split(|byte| *byte == b'[')
        .next()
        .filter(|relay| *relay != b"none")
        .unwrap_or_default();
    let said = memchr::memchr(b'(', rest)
        .and_then(|at| rest.get(at + 1..))
        .unwrap_or_default();
    Some(Record {
        time: None,
        queue: word_before(line, to),
        recipient: recipient.get(..end)?,
        relay,
        client: b"",
        fate,
        said: said.strip_suffix(b")").unwrap_or(said),
    })
}

/// `NOQUEUE: reject: RCPT from host[ip]: 554 5.7.1 …; from=<…> to=<…> proto=ESMTP helo=<…>`
fn rejection(line: &[u8], at: usize) -> Option<Record<'_>> {
    let rest = line.get(at + 8..)?;
    let from = memmem::find(rest, b" from ")?;
    let client = rest.get(from + 6..)?;
    let open = memchr::memchr(b'[', client)?;
    let close = memchr::memchr(b']', client)?;
    let said = client.get(close..)?;
    let said = said.get(memmem::find(said, b": ")? + 2..)?;
    let recipient = between(said, b" to=<", b">").unwrap_or_default();
    let end = memmem::find(said, b"; from=<").unwrap_or(said.len());
    let queue = word_before(line, at.checked_sub(2)?);
    Some(Record {
        time: None,
        queue,
        recipient,
        relay: b"",
        client: client.get(open + 1..close)?,
        fate: Fate::Rejected,
        said: said.get(..end)?,
    })
}
