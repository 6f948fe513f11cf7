//! Every rule is needed, and most of a format's failures are read by what other formats taught.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{analyze, classify, heard, weighed};
use crate::normal::Normal;
use crate::phrases::{Hit, said};
use crate::read::read;
use crate::session::follow;
use crate::{CAUSES, RULES, Rule};

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
        let hits = weighed(&normal, &events, &said(&normal.text).hits);
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

/// Two rules of nearly one rank that see different causes in the same words: which of them is meant is written in the one
/// that wins, and nothing is written that no case shows.
#[test]
fn conflicts_are_settled_in_writing() {
    let mut found: BTreeSet<(usize, &str)> = BTreeSet::new();
    let place = |rule: &Rule| RULES.iter().position(|it| std::ptr::eq(it, rule)).unwrap();
    for case in cases() {
        let normal = Normal::of(case.text.as_bytes(), &[]);
        let mut events = read(case.text.as_bytes(), &[]);
        follow(&mut events);
        let hits = weighed(&normal, &events, &said(&normal.text).hits);
        let (Some(first), rest) = (hits.first(), hits.get(1..).unwrap_or_default()) else {
            continue;
        };
        let Some(wins) = first.rule.filter(|it| CAUSES[it.cause].id == case.cause) else {
            continue;
        };
        for other in rest
            .iter()
            .filter(|it| it.weight + super::CLOSE >= first.weight)
        {
            let Some(loses) = other.rule.filter(|it| it.cause != wins.cause) else {
                continue;
            };
            // What ranks higher and lost did so by its place in the text.
            if loses.rank < wins.rank {
                found.insert((place(wins), CAUSES[loses.cause].id));
            }
        }
    }
    let written: BTreeSet<(usize, &str)> = RULES
        .iter()
        .enumerate()
        .flat_map(|(at, rule)| rule.over.iter().map(move |it| (at, *it)))
        .collect();
    let tell = |all: BTreeSet<&(usize, &'static str)>| {
        let one = |(at, over): &&(usize, &str)| {
            format!(
                "#{at} {} ({}) over {over}",
                CAUSES[RULES[*at].cause].id, RULES[*at].rank
            )
        };
        all.iter().map(one).collect::<Vec<_>>().join("\n")
    };
    let missing = tell(found.difference(&written).collect());
    let idle = tell(written.difference(&found).collect());
    assert!(missing.is_empty(), "not settled:\n{missing}");
    assert!(idle.is_empty(), "settled, and no case asks for it:\n{idle}");
}

/// A near miss of each phrase that takes a rule back: beside it, the rule's own words say nothing.
#[test]
fn what_takes_a_rule_back_does() {
    let mut silent = Vec::new();
    for (at, rule) in RULES.iter().enumerate() {
        let plain = |text: &&&'static str| !text.contains(['*', '|', '\\']);
        let says = |text: &str| {
            let normal = Normal::of(text.as_bytes(), &[]);
            let mut events = read(text.as_bytes(), &[]);
            follow(&mut events);
            let hits = weighed(&normal, &events, &said(&normal.text).hits);
            let names = |hit: &super::Weighed| hit.rule.is_some_and(|it| std::ptr::eq(it, rule));
            hits.iter().any(names)
        };
        for not in rule.not.iter().filter(plain) {
            // Words of the rule that hold no part of what takes it back, and are heard by themselves.
            let words = rule.say.iter().filter(plain).find(|say| {
                let apart = !say.contains(*not) && !not.contains(**say);
                apart && says(&format!("it said: {say}, it said"))
            });
            let Some(say) = words else { continue };
            if says(&format!("it said: {say}, it said: {not}, it said")) {
                silent.push(format!("{} {}: {say} / {not}", CAUSES[rule.cause].id, at));
            }
        }
    }
    assert!(
        silent.is_empty(),
        "take nothing back:\n{}",
        silent.join("\n")
    );
}

/// Each phrase alone names its rule's cause; where a stronger rule sees more in the same words, that is written below.
#[test]
fn phrases_name_their_own_cause() {
    let mut other = BTreeSet::new();
    for rule in RULES {
        for say in rule.say {
            let bare = say.trim_matches('|');
            // A row of stars is a masked text, and no gap.
            let is_masked = bare.contains("**");
            let text = if is_masked {
                bare.to_owned()
            } else {
                bare.replace('*', " x ")
            };
            let analysis = heard(text.as_bytes(), said, 1);
            let found = analysis.findings.first().map_or("none", |it| it.cause.id);
            if found != CAUSES[rule.cause].id {
                other.insert((*say, found));
            }
        }
    }
    assert_eq!(other, OVER.iter().copied().collect());
}

/// Phrases that name another cause when nothing stands around them, and that cause.
const OVER: &[(&str, &str)] = &[
    // What follows the last deferral yields to it.
    (
        "all hosts have been failing for a long time",
        "network.timeout",
    ),
    // A name that is not found is the recipient's domain, unless the sender's own server is looked up.
    (
        "host or domain name not found",
        "recipient.domain-not-found",
    ),
    ("mx lookup failed", "recipient.domain-not-found"),
    ("nxdomain", "recipient.domain-not-found"),
    // A reply about time is a server's, who waited.
    ("<421 4.4.2 connection timed out", "client.idle-timeout"),
    ("but got an empty response", "network.no-greeting"),
    ("quota exceeded*messages", "recipient.mailbox-full"),
    ("no longer on server", "recipient.moved"),
    // Cut from a longer phrase of another rule, as far as anybody can tell.
    ("konnte nicht authentifiziert", "network.dns-failure"),
    ("premature end of", "client.early-talker"),
    ("connection prematurely closed", "client.early-talker"),
    // Nothing of mail in them: a mailbox, a web service, a header or an offer by themselves are no failure.
    ("command not recognized (auth", "none"),
    ("imap4rev1*dovecot ready", "none"),
    ("not recognized (auth", "none"),
    ("ok [capability imap4", "none"),
    ("use an api key", "none"),
];

/// How much is left of each format's cases where no phrase is known that stands in its cases alone: what a format gets that
/// nobody thought of.
#[test]
fn a_format_that_nobody_thought_of_is_read() {
    let cases: Vec<Case> = cases().collect();
    let mut formats: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    for case in &cases {
        let normal = Normal::of(case.text.as_bytes(), &[]);
        for hit in said(&normal.text).hits {
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
            let hear = |text: &str| {
                let mut said = said(text);
                said.hits.retain(is_known);
                said
            };
            let analysis = heard(case.text.as_bytes(), hear, 1);
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

/// Whoever asks for the cause alone gets that of the whole analysis, in any text of the tests, whole and cut.
#[test]
fn a_cause_alone_is_the_first_of_all() {
    let texts = [
        include_str!("../../tests/sessions.toml"),
        include_str!("../../tests/nothing.toml"),
        include_str!("../../tests/roots.toml"),
    ];
    let all = texts.into_iter().flat_map(strings);
    for text in all.chain(cases().map(|case| case.text)) {
        let half = text.as_bytes().get(text.len() / 2..).unwrap();
        for part in [text.as_bytes(), half] {
            let analysis = analyze(part);
            let first = analysis
                .findings
                .first()
                .map(|it| (it.cause, it.stage, it.confidence));
            let alone = classify(part).map(|it| (it.cause, it.stage, it.confidence));
            assert_eq!(alone, first, "{text}");
        }
    }
}

/// All strings of a file.
fn strings(file: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![toml::Value::Table(toml::from_str(file).unwrap())];
    while let Some(value) = open.pop() {
        match value {
            toml::Value::String(text) => found.push(text),
            toml::Value::Array(all) => open.extend(all),
            toml::Value::Table(all) => open.extend(all.into_iter().map(|(_, value)| value)),
            _ => {}
        }
    }
    found
}
