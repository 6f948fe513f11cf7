//! The public suite of RFC 7208, read: scenarios with a zone each, and cases in them.
//!
//! Its file is not the project's: `PORTOLAN_SPF_SUITE` names it (by default it lies beside the project).

#![allow(dead_code, reason = "each target uses its part")]

use std::path::{Path, PathBuf};

use portolan_dns::lookup::{Kind, Record};
use portolan_dns::spf::{Check, Outcome, Query, Step, Zone, answer_from_zone};
use saphyr::{LoadableYamlNode, Yaml};

/// A zone and what is asked of it.
pub(crate) struct Scenario {
    /// The zone.
    pub zone: Zone,
    /// Its records by name, each a type and a value in the form of the suite; a name alone times out.
    pub entries: Vec<(String, Option<Entry>)>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A type, and a value in the form of the suite.
pub(crate) type Entry = (String, Vec<String>);

/// A case.
pub(crate) struct Case {
    /// Its name in the suite.
    pub id: String,
    /// What is asked.
    pub query: Query,
    /// The result that is preferred.
    pub result: String,
    /// The explanation, where one is asked for.
    pub explanation: Option<String>,
}

/// Where the file is.
pub(crate) fn path() -> PathBuf {
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/spf/rfc7208-tests.yml");
    std::env::var_os("PORTOLAN_SPF_SUITE").map_or_else(beside, PathBuf::from)
}

/// Reads the file.
pub(crate) fn read(text: &str) -> Vec<Scenario> {
    Yaml::load_from_str(text)
        .unwrap()
        .iter()
        .filter(|document| document.is_mapping())
        .map(scenario)
        .collect()
}

/// What a check comes to in a zone.
pub(crate) fn outcome(zone: &Zone, query: &Query) -> Outcome {
    let mut check = Check::new(query.clone());
    loop {
        match check.step().clone() {
            Step::Done(outcome) => return *outcome,
            Step::Ask(open) => {
                for lookup in open {
                    let answer = answer_from_zone(zone, &lookup);
                    check.answer(lookup, answer);
                }
            }
        }
    }
}

fn scenario(document: &Yaml<'_>) -> Scenario {
    let mut zone = Zone::default();
    let mut entries = Vec::new();
    for (name, all) in document["zonedata"].as_mapping().unwrap() {
        let name = name.as_str().unwrap();
        for entry in all.as_sequence().unwrap() {
            let Some(entry) = entry.as_mapping() else {
                assert_eq!(entry.as_str(), Some("TIMEOUT"), "{name}");
                zone.add_time_out(name, None);
                entries.push((name.to_owned(), None));
                continue;
            };
            let (kind, value) = entry.iter().next().unwrap();
            let kind = kind.as_str().unwrap();
            let values: Vec<String> = match value.as_sequence() {
                Some(parts) => parts.iter().map(word).collect(),
                None => vec![word(value)],
            };
            add(&mut zone, name, kind, &values);
            entries.push((name.to_owned(), Some((kind.to_owned(), values))));
        }
    }
    let cases = document["tests"].as_mapping().unwrap();
    let cases = cases.iter().map(|(id, case)| {
        let field = |name: &str| {
            let field = case.as_mapping_get(name);
            field.and_then(Yaml::as_str).unwrap_or_default().to_owned()
        };
        let result = &case["result"];
        let first = result.as_sequence().and_then(|all| all.first());
        Case {
            id: id.as_str().unwrap().to_owned(),
            query: Query {
                ip: field("host").parse().unwrap(),
                helo: field("helo"),
                mail_from: field("mailfrom"),
                receiver: String::new(),
                now: 0,
            },
            result: word(first.unwrap_or(result)),
            explanation: case
                .as_mapping_get("explanation")
                .and_then(Yaml::as_str)
                .map(str::to_owned),
        }
    });
    Scenario {
        zone,
        entries,
        cases: cases.collect(),
    }
}

/// A word, or a number as one.
fn word(node: &Yaml<'_>) -> String {
    match node.as_integer() {
        Some(number) => number.to_string(),
        None => node.as_str().unwrap().to_owned(),
    }
}

fn add(zone: &mut Zone, name: &str, kind: &str, values: &[String]) {
    let text = || values[0].clone();
    // The file spells bytes as letters of the same number.
    let bytes = |it: &String| -> Vec<u8> {
        it.chars()
            .map(|sign| u8::try_from(u32::from(sign)).expect("a byte"))
            .collect()
    };
    let strings = || values.iter().map(bytes).collect();
    match kind {
        "A" => zone.add(name, Record::A(text().parse().unwrap())),
        "AAAA" => zone.add(name, Record::Aaaa(text().parse().unwrap())),
        "CNAME" => zone.add(name, Record::Cname(text())),
        "PTR" => zone.add(name, Record::Ptr(text())),
        "MX" => zone.add(
            name,
            Record::Mx {
                preference: text().parse().unwrap(),
                host: values[1].clone(),
            },
        ),
        "TXT" if text() == "NONE" => zone.add_no_txt(name),
        "TXT" if text() == "TIMEOUT" => zone.add_time_out(name, Some(Kind::Txt)),
        "TXT" => zone.add(name, Record::Txt(strings())),
        "SPF" => zone.add_spf(name, strings()),
        other => panic!("{name}: a record of the type {other}"),
    }
}
