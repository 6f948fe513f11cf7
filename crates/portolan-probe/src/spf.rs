//! `spf --jsonl`: a filter from senders, each with a zone of its own, to results of SPF (RFC 7208).

use std::io::{self, BufRead, Write};

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::spf::{Check, Explanation, Query, Step, Zone, answer_from_zone};
use serde_json::{Value, json};

use crate::lines::{self, Line};

/// Answers every line in order; returns how many could not be read.
///
/// # Errors
///
/// Reading or writing failed.
pub(crate) fn spf_lines(input: impl BufRead, out: &mut impl Write) -> io::Result<usize> {
    lines::answer(input, out, spf_line)
}

/// The line out, or the id as far as it could be read and what is wrong.
fn spf_line(line: &[u8]) -> Result<Value, (Value, String)> {
    let Line { id, value } = lines::read(line)?;
    answer(&value)
        .map(|(result, explanation)| json!({ "id": id, "result": result, "explanation": explanation }))
        .map_err(|error| (id, error))
}

fn answer(case: &Value) -> Result<(String, Option<String>), String> {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
    let zone = zone(
        case.get("zone")
            .ok_or("expected `zone`, the records to look in, but found none")?,
    )?;
    let ip = text("ip");
    let ip = ip
        .parse()
        .map_err(|_| format!("expected an address of IPv4 or IPv6 as `ip`, but found `{ip}`"))?;
    let mut check = Check::new(Query {
        ip,
        helo: text("helo").to_owned(),
        mail_from: text("mailfrom").to_owned(),
        receiver: String::new(),
        now: 0,
    });
    loop {
        match check.step().clone() {
            Step::Done(outcome) => {
                let explanation = outcome.explanation.map(|it| match it {
                    Explanation::Default => "DEFAULT".to_owned(),
                    Explanation::Text(text) => text,
                });
                return Ok((outcome.result.to_string(), explanation));
            }
            Step::Ask(open) => {
                for lookup in open {
                    let answer = answer_from_zone(&zone, &lookup);
                    check.answer(lookup, answer);
                }
            }
        }
    }
}

/// Records by name: `{name: [[type, value], …]}`; what times out stands there as `["TIMEOUT"]`, or as a value.
fn zone(names: &Value) -> Result<Zone, String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &str) -> Vec<Value> {
        let mut out = Vec::new();
        spf_lines(input.as_bytes(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect()
    }

    #[test]
    fn a_sender_is_looked_up_in_the_zone_of_its_line() {
        let zone = r#"{"example.com":[["TXT",["v=spf1 a"," mx exp=why.example.com -all"]],["A","192.0.2.1"],["MX",[10,"mx.example.com"]]],"mx.example.com":[["AAAA","2001:db8::1"]],"why.example.com":[["TXT",["not %{i}"]]]}"#;
        let line = |ip: &str| {
            format!(
                r#"{{"id":"{ip}","ip":"{ip}","helo":"h.example.com","mailfrom":"a@example.com","zone":{zone}}}"#
            )
        };
        let lines = ["192.0.2.1", "2001:db8::1", "198.51.100.7"]
            .map(line)
            .join("\n");
        let said = run(&lines);
        assert_eq!(said[0]["result"], "pass");
        assert_eq!(said[1]["result"], "pass");
        assert_eq!(said[2]["result"], "fail");
        assert_eq!(said[2]["explanation"], "not 198.51.100.7");
    }

    #[test]
    fn what_times_out_is_no_record_that_is_missing() {
        for zone in [r#"[["TIMEOUT"]]"#, r#"[["TXT","TIMEOUT"]]"#] {
            let said = run(&format!(
                r#"{{"id":1,"ip":"192.0.2.1","helo":"h.example","mailfrom":"a@example.com","zone":{{"example.com":{zone}}}}}"#
            ));
            assert_eq!(said[0]["result"], "temperror", "{zone}");
        }
        let said = run(r#"{"id":2,"ip":"192.0.2.1","mailfrom":"a@example.com","zone":{}}"#);
        assert_eq!(said[0]["result"], "none");
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_with_its_place() {
        for (line, wanted) in [
            (r#"{"id":1,"ip":"192.0.2.1"}"#, "zone"),
            (r#"{"id":1,"ip":"nowhere","zone":{}}"#, "nowhere"),
            (
                r#"{"id":1,"ip":"192.0.2.1","zone":{"a.example":[["A","300.1.1.1"]]}}"#,
                "a.example",
            ),
            (
                r#"{"id":1,"ip":"192.0.2.1","zone":{"a.example":[["LOC","x"]]}}"#,
                "LOC",
            ),
            ("{", "EOF"),
        ] {
            let said = run(line);
            let error = said[0]["error"].as_str().unwrap();
            assert!(error.contains(wanted), "{line}: {error}");
        }
    }
}
