//! Every rule is needed, and most of a format's failures are read by what other formats taught.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{heard, weighed};
use crate::normal::Normal;
use crate::phrases::{Hit, said};
use crate::read::read;
use crate::session::follow;
use crate::{CAUSES, RULES};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    #[serde(default)]
    format: String,
    cause: String,
    #[serde(default)]
    also: Vec<String>,
    text: String,
}

fn cases() -> impl Iterator<Item = Case> {
    [
        include_str!("../../tests/replies.toml"),
        include_str!("../../tests/languages.toml"),
        include_str!("../../tests/formats.toml"),
    ]
    .into_iter()
    .flat_map(|text| toml::from_str::<Cases>(text).unwrap().case)
}

/// A rule that decides no case is proven by none.
#[test]
fn every_rule_decides_some_case() {
    let mut idle: Vec<bool> = vec![true; RULES.len()];
    for case in cases() {
        let normal = Normal::of(case.text.as_bytes(), &[]);
        let mut events = read(case.text.as_bytes(), &[]);
        follow(&mut events);
        let hits = weighed(&normal, &events, &said(&normal.text));
        let Some(first) = hits.first().and_then(|first| first.rule) else {
            continue;
        };
        let at = RULES.iter().position(|rule| std::ptr::eq(rule, first));
        idle[at.unwrap()] = false;
    }
    let idle: Vec<_> = RULES
        .iter()
        .zip(idle)
        .filter(|(_, idle)| *idle)
        .map(|(rule, _)| (CAUSES[rule.cause].id, rule.rank))
        .collect();
    assert!(idle.is_empty(), "no case is decided by {idle:?}");
}

/// How much is left of each format's cases where no phrase is known that stands in its cases alone: what a format gets that
/// nobody thought of.
#[test]
fn a_format_that_nobody_thought_of_is_read() {
    let cases: Vec<Case> = cases().collect();
    let mut formats: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for case in &cases {
        let normal = Normal::of(case.text.as_bytes(), &[]);
        for hit in said(&normal.text) {
            formats.entry(hit.phrase).or_default().insert(&case.format);
        }
    }
    let (mut all, mut right) = (0, 0);
    let mut report = Vec::new();
    let names: BTreeSet<&str> = cases.iter().map(|case| case.format.as_str()).collect();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        let is_known = |hit: &Hit| {
            let of = formats.get(&hit.phrase);
            of.is_none_or(|of| of.iter().any(|format| *format != name))
        };
        let own: Vec<&Case> = cases.iter().filter(|case| case.format == name).collect();
        let kept = own.iter().filter(|case| {
            let hear = |text: &str| said(text).into_iter().filter(is_known).collect();
            let analysis = heard(case.text.as_bytes(), hear);
            let found = analysis.findings.first().map_or("none", |it| it.cause.id);
            found == case.cause || case.also.iter().any(|it| it == found)
        });
        let kept = kept.count();
        all += own.len();
        right += kept;
        report.push(format!("{name}: {kept} of {}", own.len()));
    }
    println!("{right} of {all}: {}", report.join(", "));
    assert!(
        right * 100 >= all * LEFT,
        "{right} of {all}:\n{}",
        report.join("\n")
    );
}

/// In hundredths.
const LEFT: usize = 85;
