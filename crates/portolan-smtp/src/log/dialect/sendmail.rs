//! Sendmail: `QID: to=<…>, delay=…, relay=host. [ip], dsn=4.0.0, stat=Deferred: …`.

use memchr::memmem;

use super::{Fate, Record, between, word_before};

pub(super) fn read(line: &[u8]) -> Option<Record<'_>> {
    let at = memmem::find(line, b" stat=")?;
    let rest = line.get(at + 6..)?;
    let before = line.get(..at)?;
    let to = memmem::find(before, b": to=")?;
    let recipient = before.get(to + 5..)?;
    let recipient = recipient.get(..memchr::memchr(b',', recipient)?)?;
    let recipient = recipient
        .strip_prefix(b"<")
        .and_then(|it| it.strip_suffix(b">"))
        .unwrap_or(recipient);
    let class = between(before, b"dsn=", b".").unwrap_or_default();
    let fate = if rest.starts_with(b"Sent") {
        Fate::Sent
    } else if rest.starts_with(b"queued") {
        return None;
    } else if rest.starts_with(b"Deferred") || class == b"4" {
        Fate::Deferred
    } else {
        Fate::Bounced
    };
    let relay = memmem::find(before, b" relay=")
        .and_then(|at| before.get(at + 7..))
        .map(|relay| {
            relay
                .split(|byte| matches!(byte, b',' | b' '))
                .next()
                .unwrap_or_default()
        })
        .unwrap_or_default();
    let said = match memmem::find(before, b" reply=") {
        Some(reply) => line.get(reply + 7..)?,
        None => rest,
    };
    Some(Record {
        time: None,
        queue: word_before(line, to),
        recipient,
        relay: relay.strip_suffix(b".").unwrap_or(relay),
        client: b"",
        fate,
        said: if fate == Fate::Sent { b"" } else { said },
    })
}
