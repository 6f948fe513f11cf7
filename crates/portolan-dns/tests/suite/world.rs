//! The public suite of RFC 7208 as worlds: a zone, and senders with what they should come to. And the few words of the
//! harness' language that runners need.

use std::path::{Path, PathBuf};

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::spf::{Explanation, Outcome, Query, Zone};
use serde::Deserialize;
use serde_yaml::Value;

const RESULTS: usize = 203;
const EXPLANATIONS: usize = 22;

/// A sender.
pub(crate) struct Case {
    pub(crate) query: Query,
    id: String,
    result: String,
    explanation: Option<String>,
}

/// What was right, and what was not.
#[derive(Default)]
pub(crate) struct Score {
    results: usize,
    explanations: usize,
    misses: Vec<String>,
}

/// Runs the one test of a file; without the suite it says that it was ignored.
pub(crate) fn main(test: &str, run: fn(Vec<(Zone, Vec<Case>)>) -> Score) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|it| it == wanted);
    if has("--list") {
        if !has("--ignored") {
            println!("{test}: test");
        }
        return;
    }
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spf/rfc7208-tests.yml");
    let path = std::env::var_os("PORTOLAN_SPF_SUITE").map_or_else(beside, PathBuf::from);
    println!("\nrunning 1 test");
    let Ok(suite) = std::fs::read_to_string(&path) else {
        println!("test {test} ... ignored, PORTOLAN_SPF_SUITE names no file");
        println!("\ntest result: ok. 0 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\n");
        return;
    };
    let score = run(worlds(&suite));
    println!(
        "{} results and {} explanations are right",
        score.results, score.explanations
    );
    assert!(score.misses.is_empty(), "{}", score.misses.join("\n"));
    assert_eq!((score.results, score.explanations), (RESULTS, EXPLANATIONS));
    println!("test {test} ... ok");
    println!("\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n");
}

fn worlds(text: &str) -> Vec<(Zone, Vec<Case>)> {
    let mut worlds = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        let scenario = Value::deserialize(document).unwrap();
        if scenario.is_null() {
            continue;
        }
        let cases = scenario["tests"].as_mapping().unwrap();
        let cases = cases
            .iter()
            .map(|(id, case)| one(id.as_str().unwrap(), case));
        worlds.push((zone(&scenario["zonedata"]), cases.collect()));
    }
    worlds
}

fn one(id: &str, case: &Value) -> Case {
    let field = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
    let result = match &case["result"] {
        Value::Sequence(all) => all.first().unwrap().as_str().unwrap(),
        one => one.as_str().unwrap(),
    };
    Case {
        query: Query {
            ip: field("host").parse().unwrap(),
            helo: field("helo"),
            mail_from: field("mailfrom"),
            receiver: String::new(),
            now: 0,
        },
        id: id.to_owned(),
        result: result.to_owned(),
        explanation: case["explanation"].as_str().map(str::to_owned),
    }
}

impl Score {
    pub(crate) fn add(&mut self, case: &Case, outcome: &Outcome) {
        let Case { id, result, .. } = case;
        let found = outcome.result.to_string();
        if found == *result {
            self.results += 1;
        } else {
            self.misses
                .push(format!("{id}: expected {result}, but found {found}"));
        }
        let Some(wanted) = &case.explanation else {
            return;
        };
        let found = match &outcome.explanation {
            Some(Explanation::Text(text)) => text.as_str(),
            Some(Explanation::Default) => "DEFAULT",
            None => "",
        };
        if found == wanted {
            self.explanations += 1;
        } else {
            self.misses
                .push(format!("{id}: expected {wanted:?}, but found {found:?}"));
        }
    }
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
