//! The public suite of RFC 7208: every result, and every explanation.
//!
//! Its file is not the project's: `PORTOLAN_SPF_SUITE` names it (by default it lies beside the project). Without it the test
//! says that it was ignored, which a run that may skip nothing fails on; the compiler's harness cannot say so, therefore the
//! few words of its language that runners need are spoken here.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test says so when it fails"
)]

use std::path::{Path, PathBuf};

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::spf::{Check, Explanation, Query, Step, Zone, answer_from_zone};
use serde::Deserialize;
use serde_yaml::Value;

const TEST: &str = "the_public_suite_of_rfc7208";
const RESULTS: usize = 203;
const EXPLANATIONS: usize = 22;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|it| it == wanted);
    if has("--list") {
        if !has("--ignored") {
            println!("{TEST}: test");
        }
        return;
    }
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spf/rfc7208-tests.yml");
    let path = std::env::var_os("PORTOLAN_SPF_SUITE").map_or_else(beside, PathBuf::from);
    println!("\nrunning 1 test");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("test {TEST} ... ignored, PORTOLAN_SPF_SUITE names no file");
        println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n");
        return;
    };
    let (results, explanations, misses) = run(&text);
    println!("{results} results and {explanations} explanations are right");
    assert!(misses.is_empty(), "{}", misses.join("\n"));
    assert_eq!((results, explanations), (RESULTS, EXPLANATIONS));
    println!("test {TEST} ... ok");
    println!("\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n");
}

fn run(text: &str) -> (usize, usize, Vec<String>) {
    let (mut results, mut explanations, mut misses) = (0, 0, Vec::new());
    for document in serde_yaml::Deserializer::from_str(text) {
        let scenario = Value::deserialize(document).unwrap();
        if scenario.is_null() {
            continue;
        }
        let zone = zone(&scenario["zonedata"]);
        for (id, case) in scenario["tests"].as_mapping().unwrap() {
            let id = id.as_str().unwrap();
            let field = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
            let query = Query {
                ip: field("host").parse().unwrap(),
                helo: field("helo"),
                mail_from: field("mailfrom"),
                receiver: String::new(),
                now: 0,
            };
            let mut check = Check::new(query);
            let outcome = loop {
                match check.step().clone() {
                    Step::Done(outcome) => break outcome,
                    Step::Ask(open) => {
                        for lookup in open {
                            let answer = answer_from_zone(&zone, &lookup);
                            check.answer(lookup, answer);
                        }
                    }
                }
            };
            let wanted = match &case["result"] {
                Value::Sequence(all) => all.first().unwrap().as_str().unwrap(),
                one => one.as_str().unwrap(),
            };
            let found = outcome.result.to_string();
            if found == wanted {
                results += 1;
            } else {
                misses.push(format!("{id}: expected {wanted}, but found {found}"));
            }
            let Some(wanted) = case["explanation"].as_str() else {
                continue;
            };
            let found = match &outcome.explanation {
                Some(Explanation::Text(text)) => text.as_str(),
                Some(Explanation::Default) => "DEFAULT",
                None => "",
            };
            if found == wanted {
                explanations += 1;
            } else {
                misses.push(format!("{id}: expected {wanted:?}, but found {found:?}"));
            }
        }
    }
    (results, explanations, misses)
}

fn zone(data: &Value) -> Zone {
    let mut zone = Zone::default();
    for (name, entries) in data.as_mapping().unwrap() {
        let name = name.as_str().unwrap();
        for entry in entries.as_sequence().unwrap() {
            let Some(entry) = entry.as_mapping() else {
                assert_eq!(entry.as_str(), Some("TIMEOUT"), "{name}");
                zone.add_time_out(name, None);
                continue;
            };
            let (kind, value) = entry.iter().next().unwrap();
            add(&mut zone, name, kind.as_str().unwrap(), value);
        }
    }
    zone
}

fn add(zone: &mut Zone, name: &str, kind: &str, value: &Value) {
    let text = || value.as_str().unwrap().to_owned();
    // The file spells bytes as letters of the same number.
    let bytes = |it: &Value| -> Vec<u8> {
        it.as_str()
            .unwrap()
            .chars()
            .map(|sign| u8::try_from(u32::from(sign)).expect("a byte"))
            .collect()
    };
    let strings = || match value {
        Value::Sequence(parts) => parts.iter().map(bytes).collect(),
        one => vec![bytes(one)],
    };
    match kind {
        "A" => zone.add(name, Record::A(text().parse().unwrap())),
        "AAAA" => zone.add(name, Record::Aaaa(text().parse().unwrap())),
        "CNAME" => zone.add(name, Record::Cname(text())),
        "PTR" => zone.add(name, Record::Ptr(text())),
        "MX" => zone.add(
            name,
            Record::Mx {
                preference: u16::try_from(value[0].as_u64().unwrap()).unwrap(),
                host: value[1].as_str().unwrap().to_owned(),
            },
        ),
        "TXT" if value.as_str() == Some("NONE") => zone.add_no_txt(name),
        "TXT" if value.as_str() == Some("TIMEOUT") => zone.add_time_out(name, Some(Kind::Txt)),
        "TXT" => zone.add(name, Record::Txt(strings())),
        "SPF" => zone.add_spf(name, strings()),
        other => panic!("{name}: a record of the type {other}"),
    }
}
