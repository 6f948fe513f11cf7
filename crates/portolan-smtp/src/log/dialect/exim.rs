//! Exim's main log: `=>` and `->` taken, `==` deferred, `**` bounced, `rejected RCPT` turned away.

use memchr::memmem;

use super::{Fate, Record, between, word_before};

pub(super) fn read(line: &[u8]) -> Option<Record<'_>> {
    let mut marks = memmem::find_iter(line, b" ").take(12).filter_map(|at| {
        let mark = line.get(at + 1..at + 4)?;
        let fate = match mark {
            b"=> " | b"-> " | b"*> " => Fate::Sent,
            b"== " => Fate::Deferred,
            b"** " => Fate::Bounced,
            _ => return None,
        };
        is_queue_id(word_before(line, at)).then_some((at, fate))
    });
    let Some((at, fate)) = marks.next() else {
        return rejection(line);
    };
    let rest = line.get(at + 4..)?;
    let recipient = rest.split(|byte| matches!(byte, b' ' | b':')).next()?;
    // `local <full@address>` where an alias led there.
    let recipient = match between(rest.get(recipient.len()..)?, b" <", b">") {
        Some(full) if rest.get(recipient.len()..)?.starts_with(b" <") => full,
        _ => recipient,
    };
    let relay = between(rest, b" H=", b" ").unwrap_or_default();
    let said = match fate {
        Fate::Sent => &b""[..],
        _ => memmem::find(rest, b": ")
            .and_then(|at| rest.get(at + 2..))
            .unwrap_or(rest),
    };
    // `retry timeout exceeded` alone: the last deferral says more.
    Some(Record {
        time: None,
        queue: word_before(line, at),
        recipient,
        relay,
        client: b"",
        fate,
        said,
    })
}

/// `1l7rgZ-0000CD-EJ`, since 4.97 `1rQfgY-000000001AB-2cdE`.
fn is_queue_id(word: &[u8]) -> bool {
    let parts: Vec<usize> = word
        .split(|byte| *byte == b'-')
        .map(<[u8]>::len)
        .take(4)
        .collect();
    matches!(parts.as_slice(), [6, 6, 2] | [6, 11, 4])
        && word
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// `H=host [ip] F=<…> rejected RCPT <…>: …`
fn rejection(line: &[u8]) -> Option<Record<'_>> {
    let at = memmem::find(line, b" rejected ")?;
    let before = line.get(..at)?;
    let host = memmem::find(before, b"H=")?;
    let rest = line.get(at + 10..)?;
    let said = memmem::find(rest, b": ").and_then(|at| rest.get(at + 2..))?;
    Some(Record {
        time: None,
        queue: b"",
        recipient: between(rest, b"RCPT <", b">").unwrap_or_default(),
        relay: b"",
        client: between(before.get(host..)?, b"[", b"]").unwrap_or_default(),
        fate: Fate::Rejected,
        said,
    })
}
