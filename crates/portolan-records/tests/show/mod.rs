//! What was read, in lines.

use portolan_dns::lookup::Record;
use portolan_records::{Read, Value};

/// Records, then records without a name, then answers without records.
pub(crate) fn lines(read: &Read) -> Vec<String> {
    let mut lines: Vec<String> = read
        .records
        .iter()
        .map(|it| format!("{}: {} {}", it.line, it.name, value(&it.value)))
        .collect();
    lines.extend(read.nameless.iter().map(|it| {
        let label = match it.label.as_deref() {
            Some("") => "@",
            Some(label) => label,
            None => "?",
        };
        format!("{}: {label} {}", it.line, value(&it.value))
    }));
    lines.extend(read.silences.iter().map(|it| {
        let kind = it.kind.map_or_else(|| "?".to_owned(), |it| it.to_string());
        format!("{}: ~ {} {kind} {:?}", it.line, it.name, it.said)
    }));
    lines
}

/// The domain, and how sure it is.
pub(crate) fn about(read: &Read) -> String {
    read.domain
        .as_ref()
        .map_or_else(String::new, |it| format!("{} {:?}", it.name, it.sure))
}

fn value(value: &Value) -> String {
    match value {
        Value::Other { kind, text } => format!("{kind} {text}"),
        Value::Record(record) => match record {
            Record::A(ip) => format!("A {ip}"),
            Record::Aaaa(ip) => format!("AAAA {ip}"),
            Record::Cname(name) => format!("CNAME {name}"),
            Record::Mx { preference, host } => format!("MX {preference} {host}"),
            Record::Ptr(name) => format!("PTR {name}"),
            Record::Tlsa(tlsa) => format!("TLSA {tlsa}"),
            Record::Txt(strings) => {
                let strings: Vec<String> = strings
                    .iter()
                    .map(|it| format!("[{}]", String::from_utf8_lossy(it)))
                    .collect();
                format!("TXT {}", strings.concat())
            }
            Record::StsPolicy { body, .. } => {
                format!(
                    "POLICY {}",
                    String::from_utf8_lossy(body).replace("\r\n", "|")
                )
            }
        },
    }
}
