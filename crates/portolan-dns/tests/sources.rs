//! What a finding rests on is in `data/standards`, with the section.
#![expect(
    clippy::disallowed_methods,
    reason = "a test reads the facts that the engine cites"
)]

use std::collections::BTreeMap;
use std::path::Path;

use portolan_dns::finding::Cite;
use portolan_dns::name::Name;
use portolan_dns::rules;
use portolan_dns::survey::{Survey, readiness};
use serde::Deserialize;

#[derive(Deserialize)]
struct Standard {
    id: String,
    point: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    section: String,
}

#[test]
fn every_source_is_among_the_standards() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/standards");
    let mut standards: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let standard: Standard = toml::from_str(&text).unwrap();
        let sections = standard.point.iter().flat_map(|point| {
            // "5,000 a day and more" is one section, "3.1.1, 3.2.1" are two.
            let whole = std::iter::once(point.section.clone());
            whole.chain(point.section.split(", ").map(str::to_owned))
        });
        standards.insert(standard.id, sections.collect());
    }
    let survey = Survey::new(Name::new("example.com").unwrap(), Vec::new(), None);
    let of_receivers: Vec<Cite> = readiness(&survey.finish(0))
        .iter()
        .map(|it| it.source)
        .collect();
    let cited = rules::all()
        .flat_map(|rule| rule.sources)
        .chain(&of_receivers);
    let missing: Vec<String> = cited
        .filter(|cite| {
            let sections = standards.get(cite.standard);
            !sections.is_some_and(|all| all.iter().any(|it| it == cite.section))
        })
        .map(|cite| format!("{} {}", cite.standard, cite.section))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
