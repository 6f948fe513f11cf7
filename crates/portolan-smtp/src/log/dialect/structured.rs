//! Tables with named columns and objects a line: Exchange's message tracking, the message trace of Microsoft 365,
//! PowerMTA, KumoMTA, Halon; and containers that wrap another dialect's line.

use serde_json::Value;

use super::{Fate, Record, State, protocol};

/// A record of which the line holds no part as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::log) struct Owned {
    time: String,
    queue: String,
    recipient: String,
    relay: String,
    client: String,
    fate: Option<Fate>,
    said: String,
}

impl Owned {
    /// Of what a session said: where it stands for a queue's id is the sender, for relay and client one of both.
    pub(super) fn of(
        time: &str,
        sender: &str,
        recipient: String,
        (relay, client): (&str, &str),
        fate: Fate,
        said: String,
    ) -> Self {
        Self {
            time: time.to_owned(),
            queue: sender.to_owned(),
            recipient,
            relay: relay.to_owned(),
            client: client.to_owned(),
            fate: Some(fate),
            said: if fate == Fate::Sent {
                String::new()
            } else {
                said
            },
        }
    }

    /// As other dialects say it.
    pub(in crate::log) fn record(&self) -> Option<Record<'_>> {
        Some(Record {
            time: Some(self.time.as_bytes()),
            queue: self.queue.as_bytes(),
            recipient: self.recipient.as_bytes(),
            relay: self.relay.as_bytes(),
            client: self.client.as_bytes(),
            fate: self.fate?,
            said: self.said.as_bytes(),
        })
    }
}

/// What a structured line says.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::log) enum Structured {
    /// What became of mails.
    Records(Vec<Owned>),
    /// Another dialect's line, as a container or a collector wraps it.
    Line(String),
}

/// Reads a line of a table or an object; `None`: it is neither, or says nothing of a mail.
pub(in crate::log) fn read(line: &[u8], state: &mut State) -> Option<Structured> {
    let line = std::str::from_utf8(line).ok()?;
    let line = line.strip_prefix('\u{feff}').unwrap_or(line);
    if line.starts_with('{') {
        let object: Value = serde_json::from_str(line).ok()?;
        for name in ["log", "message", "MESSAGE", "msg"] {
            if let Some(inner) = object.get(name).and_then(Value::as_str)
                && object.get("recipient").is_none()
            {
                return Some(Structured::Line(inner.trim_end().to_owned()));
            }
        }
        return of_object(&object).map(|it| Structured::Records(vec![it]));
    }
    if state.columns.is_empty() {
        state.looked_at += 1;
    }
    let may_name = (!state.columns.is_empty() || state.looked_at < FIRST_LINES) && is_head(line);
    let head = line
        .strip_prefix("#Fields: ")
        .or_else(|| may_name.then_some(line));
    if let Some(head) = head {
        state.columns = cells(head).map(|cell| cell.to_ascii_lowercase()).collect();
        state.is_protocol = protocol::is_named(&state.columns);
        return None;
    }
    if line.starts_with('#') {
        state.sessions.head(line);
        return None;
    }
    if state.columns.is_empty() {
        return None;
    }
    if state.is_protocol {
        let records = state.sessions.row(&state.columns, cells(line));
        return (!records.is_empty()).then_some(Structured::Records(records));
    }
    of_row(line, &state.columns).map(|it| Structured::Records(vec![it]))
}

/// A table's head is among its first lines.
const FIRST_LINES: u32 = 100;

/// Whether a line names the columns of a table.
fn is_head(line: &str) -> bool {
    let names = [
        "recipient-address",
        "recipient_address",
        "dsndiag",
        "dsnstatus",
    ];
    let lower = || line.to_ascii_lowercase();
    line.contains(',') && !line.contains('@') && names.iter().any(|name| lower().contains(name))
}

/// The names that columns and keys have, without what stands between their words.
fn field<'owned>(owned: &'owned mut Owned, name: &str) -> Option<&'owned mut String> {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    Some(match name.as_str() {
        "datetime" | "datetimeutc" | "origintimestamputc" | "timelogged" | "timestamp"
        | "received" | "eventtime" => &mut owned.time,
        "internalmessageid" | "id" | "messageid" | "msgid" | "queueid" | "jobid" => {
            &mut owned.queue
        }
        "recipientaddress" | "recipientstatus2" | "rcpt" | "recipient" | "to" => {
            &mut owned.recipient
        }
        "dlvdestinationip" | "dsnmta" | "serverhostname" | "peeraddressname" | "remotehost"
        | "relay" | "mx" => &mut owned.relay,
        "dlvsourceip" | "originalclientip" | "sourceip" | "fromip" | "originatedip" => {
            &mut owned.client
        }
        "recipientstatus" | "dsndiag" | "detail" | "response" | "responsecontent" | "reason"
        | "bouncereason" => &mut owned.said,
        _ => return None,
    })
}

fn of_row(line: &str, columns: &[String]) -> Option<Owned> {
    let mut owned = Owned::default();
    for (name, cell) in columns.iter().zip(cells(line)) {
        if matches!(
            name.as_str(),
            "event-id" | "type" | "status" | "dsnaction" | "event"
        ) && owned.fate.is_none()
        {
            owned.fate = fate(&cell);
        }
        if let Some(field) = field(&mut owned, name)
            && (field.is_empty() || name.starts_with("internal"))
        {
            *field = cell.into_owned();
        }
    }
    owned.fate?;
    Some(owned)
}

fn of_object(object: &Value) -> Option<Owned> {
    let mut owned = Owned::default();
    for (name, value) in object.as_object()? {
        if matches!(
            name.as_str(),
            "type" | "status" | "event" | "event_type" | "action" | "result"
        ) && owned.fate.is_none()
        {
            owned.fate = value.as_str().and_then(fate);
        }
        match value {
            Value::String(text) => {
                if let Some(field) = field(&mut owned, name) {
                    field.clone_from(text);
                }
            }
            Value::Object(parts) if name == "response" => owned.said = response(parts),
            Value::Object(parts) if name == "peer_address" => {
                if let Some(name) = parts.get("name").and_then(Value::as_str) {
                    name.clone_into(&mut owned.relay);
                }
            }
            _ => {}
        }
    }
    owned.fate?;
    Some(owned)
}

/// Code, enhanced code and words of a reply, as a server says them.
fn response(parts: &serde_json::Map<String, Value>) -> String {
    let number = |value: Option<&Value>| value.and_then(Value::as_u64).map(|it| it.to_string());
    let enhanced = parts.get("enhanced_code").and_then(|it| {
        let part = |name| number(it.get(name));
        Some(format!(
            "{}.{}.{}",
            part("class")?,
            part("subject")?,
            part("detail")?
        ))
    });
    let words = parts
        .get("content")
        .and_then(Value::as_str)
        .map(str::to_owned);
    [number(parts.get("code")), enhanced, words]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the words of tables say of a mail.
fn fate(word: &str) -> Option<Fate> {
    Some(match word.to_ascii_lowercase().as_str() {
        "send" | "sendexternal" | "deliver" | "delivery" | "delivered" | "d" | "sent" => Fate::Sent,
        "defer" | "deferred" | "transientfailure" | "t" | "tq" | "delayed" | "pending" => {
            Fate::Deferred
        }
        "fail" | "failed" | "bounce" | "bounced" | "b" | "rb" => Fate::Bounced,
        "expiration" | "expired" => Fate::Expired,
        "rejection" | "rejected" => Fate::Rejected,
        _ => return None,
    })
}

/// The cells of a row (RFC 4180): quoted where they hold a comma, with quotes doubled inside.
fn cells(line: &str) -> impl Iterator<Item = std::borrow::Cow<'_, str>> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let here = rest?;
        if let Some(quoted) = here.strip_prefix('"') {
            let mut from = 0;
            let end = loop {
                let Some(quote) = quoted.get(from..).and_then(|it| it.find('"')) else {
                    break quoted.len();
                };
                let at = from + quote;
                if quoted.get(at + 1..).is_some_and(|it| it.starts_with('"')) {
                    from = at + 2;
                } else {
                    break at;
                }
            };
            rest = quoted
                .get(end + 1..)
                .and_then(|it| it.find(',').and_then(|comma| it.get(comma + 1..)));
            return Some(quoted.get(..end)?.replace("\"\"", "\"").into());
        }
        let (cell, behind) = match here.split_once(',') {
            Some((cell, behind)) => (cell, Some(behind)),
            None => (here, None),
        };
        rest = behind;
        Some(cell.into())
    })
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_are_quoted_where_they_hold_commas() {
        let all: Vec<_> = cells(r#"a,"b, ""c""",,d"#).collect();
        assert_eq!(all, ["a", "b, \"c\"", "", "d"]);
        assert_eq!(cells("\"open").collect::<Vec<_>>(), ["open"]);
    }
}
