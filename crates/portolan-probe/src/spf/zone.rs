//! The records of a line, in place of a resolver.

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::spf::Zone;
use serde_json::Value;

/// Records by name: `{name: [[type, value], …]}`; what times out stands there as `["TIMEOUT"]`, or as a value.
pub(super) fn zone(names: &Value) -> Result<Zone, String> {
    let mut zone = Zone::default();
    let names = names
        .as_object()
        .ok_or("expected names with their records as `zone`")?;
    for (name, records) in names {
        let wrong = |record: &Value| {
            format!(
                "zone, {name}: expected a record such as [\"A\", \"192.0.2.1\"], but found {record}"
            )
        };
        for record in records.as_array().ok_or_else(|| wrong(records))? {
            let parts = record.as_array().map(Vec::as_slice).unwrap_or_default();
            match parts {
                [only] if only == "TIMEOUT" => zone.add_time_out(name, None),
                [kind, value] => add(&mut zone, name, kind.as_str().unwrap_or_default(), value)
                    .ok_or_else(|| wrong(record))?,
                _ => return Err(wrong(record)),
            }
        }
    }
    Ok(zone)
}

/// Adds a record; `None`: it is none.
fn add(zone: &mut Zone, name: &str, kind: &str, value: &Value) -> Option<()> {
    if value == "TIMEOUT" {
        let kind = match kind {
            "A" => Kind::A,
            "AAAA" => Kind::Aaaa,
            "MX" => Kind::Mx,
            "PTR" => Kind::Ptr,
            "TXT" | "SPF" => Kind::Txt,
            _ => return None,
        };
        zone.add_time_out(name, Some(kind));
        return Some(());
    }
    let record = match kind {
        "A" => Record::A(value.as_str()?.parse().ok()?),
        "AAAA" => Record::Aaaa(value.as_str()?.parse().ok()?),
        "CNAME" => Record::Cname(value.as_str()?.to_owned()),
        "PTR" => Record::Ptr(value.as_str()?.to_owned()),
        "MX" => Record::Mx {
            preference: u16::try_from(value.get(0)?.as_u64()?).ok()?,
            host: value.get(1)?.as_str()?.to_owned(),
        },
        "TXT" if value == "NONE" => {
            zone.add_no_txt(name);
            return Some(());
        }
        "TXT" => Record::Txt(strings(value)?),
        "SPF" => {
            zone.add_spf(name, strings(value)?);
            return Some(());
        }
        _ => return None,
    };
    zone.add(name, record);
    Some(())
}

/// The strings of a text: one, or a list. Letters up to `ÿ` stand for the byte of their number, as suites write them.
fn strings(value: &Value) -> Option<Vec<Vec<u8>>> {
    let bytes = |it: &Value| {
        let text = it.as_str()?;
        let all: Result<Vec<u8>, _> = text.chars().map(|it| u8::try_from(u32::from(it))).collect();
        Some(all.unwrap_or_else(|_| text.as_bytes().to_vec()))
    };
    match value.as_array() {
        Some(parts) => parts.iter().map(bytes).collect(),
        None => Some(vec![bytes(value)?]),
    }
}
