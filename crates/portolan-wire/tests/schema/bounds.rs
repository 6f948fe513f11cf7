//! The limits of a report, as the schema says them.
//!
//! The reader counts bytes and a schema letters, of which there are never more: what the schema refuses, the reader refuses.

use portolan_report::probe::limits;
use serde_json::{Value, json};

/// Type, its field, the keyword of JSON Schema, and the limit.
const BOUNDS: &[(&str, &str, &str, usize)] = &[
    ("", "lookups", "maxItems", limits::LOOKUPS),
    ("", "tool", "maxLength", limits::TEXT_BYTES),
    ("", "visits", "maxItems", limits::VISITS),
    ("Asked", "ehlo_name", "maxLength", limits::TEXT_BYTES),
    ("Asked", "hosts", "maxItems", limits::HOSTS),
    ("AskedHost", "name", "maxLength", limits::TEXT_BYTES),
    ("AskedHost", "ports", "maxItems", limits::PORTS),
    ("Certificate", "names", "maxItems", limits::NAMES),
    ("Certificate", "pem", "maxLength", limits::PEM_BYTES),
    ("Certificate", "subject", "maxLength", limits::TEXT_BYTES),
    ("Certificate", "issuer", "maxLength", limits::TEXT_BYTES),
    ("Lookup", "name", "maxLength", limits::TEXT_BYTES),
    ("Reply", "lines", "maxItems", limits::LINES),
    ("Target", "name", "maxLength", limits::TEXT_BYTES),
    ("TlsSession", "chain", "maxItems", limits::CHAIN),
    ("Visit", "host", "maxLength", limits::TEXT_BYTES),
    ("Visit", "steps", "maxItems", limits::STEPS),
];

/// Places of the sample at which the limits are tried.
pub(crate) const PLACES: &[(&str, usize)] = &[
    ("/lookups", limits::LOOKUPS),
    ("/tool", limits::TEXT_BYTES),
    ("/asked/hosts", limits::HOSTS),
    ("/asked/hosts/0/ports", limits::PORTS),
    ("/asked/ehlo_name", limits::TEXT_BYTES),
    ("/visits/0/steps", limits::STEPS),
    ("/visits/0/host", limits::TEXT_BYTES),
];

/// Writes them into the schema.
pub(crate) fn add(schema: &mut Value) {
    for (of, field, keyword, limit) in BOUNDS {
        let pointer = if of.is_empty() {
            format!("/properties/{field}")
        } else {
            format!("/$defs/{of}/properties/{field}")
        };
        let place = schema.pointer_mut(&pointer);
        let object = place
            .and_then(Value::as_object_mut)
            .unwrap_or_else(|| panic!("{pointer}"));
        object.insert((*keyword).to_owned(), json!(limit));
    }
}

/// The least and the most of a number of a size that Rust knows.
pub(crate) fn of_number(format: &Value) -> Option<(i64, u64)> {
    Some(match format.as_str()? {
        "int32" => (i64::from(i32::MIN), i32::MAX.unsigned_abs().into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX),
        _ => return None,
    })
}
