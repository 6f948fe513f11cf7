//! OpenSMTPD: `mta delivery evpid=… to=<…> … relay="ip (host)" … result="TempFail" stat="451 …"`, and before 6.4
//! `relay: TempFail for EVPID: … to=<…>, … relay=ip (host), … stat=451 …`.

use memchr::memmem;

use super::{Fate, Record, between};

pub(super) fn read(line: &[u8]) -> Option<Record<'_>> {
    let delivery = memmem::find(line, b" delivery evpid=");
    let (rest, queue, result) = if let Some(at) = delivery {
        let rest = line.get(at..)?;
        (
            rest,
            between(rest, b"evpid=", b" ")?,
            between(rest, b"result=", b" ")?,
        )
    } else {
        let rest = line.get(memmem::find(line, b"relay: ")? + 7..)?;
        let result = rest.split(|byte| *byte == b' ').next()?;
        (rest, between(rest, b" for ", b":")?, result)
    };
    let result = result.trim_ascii();
    let fate = match result.strip_prefix(b"\"").unwrap_or(result) {
        [b'O', b'k', ..] => Fate::Sent,
        [b'T', b'e', b'm', b'p', ..] => Fate::Deferred,
        [b'P', b'e', b'r', b'm', ..] => Fate::Bounced,
        [b'E', b'x', b'p', b'i', b'r', ..] => Fate::Expired,
        _ => return None,
    };
    let relay = between(rest, b" relay=", b" delay=").unwrap_or_default();
    let said = memmem::find(rest, b"stat=")
        .and_then(|at| rest.get(at + 5..))
        .unwrap_or_default();
    Some(Record {
        time: None,
        queue,
        recipient: between(rest, b" to=<", b">").unwrap_or_default(),
        relay: between(relay, b"(", b")").unwrap_or_default(),
        client: b"",
        fate,
        said: if fate == Fate::Sent { b"" } else { said },
    })
}
