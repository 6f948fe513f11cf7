//! What is suggested, put in the record's place, has nothing wrong that another record could mend.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

mod book;

use std::collections::BTreeMap;

use book::{books, surveyed, world};
use portolan_dns::dkim;
use portolan_dns::finding::{Finding, Severity, Who};
use portolan_dns::lookup::Kind;

/// What is wrong with other records than the one that is suggested, or with nothing that a record says.
const ELSEWHERE: [&str; 7] = [
    "dmarc-nothing-to-align",
    "spf-address-not-passed",
    "spf-include-without-record",
    "spf-loop",
    "spf-mx-too-many-hosts",
    "spf-too-many-lookups",
    "spf-too-many-void-lookups",
];

#[test]
fn what_is_suggested_has_nothing_wrong() {
    let books = books();
    let keys = books.iter().find(|(file, _)| file == "dkim");
    let words = keys.map(|(_, book)| book.words.clone()).unwrap();
    let (mut count, mut misses) = (0, Vec::new());
    for (file, book) in &books {
        for case in &book.case {
            let there = world(book, case);
            for finding in surveyed(book, case, &there).findings {
                let Some(publish) = finding.publish.as_ref().filter(|it| it.kind == Kind::Txt)
                else {
                    continue;
                };
                count += 1;
                let value = filled_in(&publish.value, &words);
                let left = if publish.name.contains("._domainkey.") {
                    wrong_key(&value)
                } else {
                    let world = there.with_text(&publish.name, &value);
                    wrong(&surveyed(book, case, &world).findings, &publish.name)
                };
                if !left.is_empty() {
                    let name = &case.name;
                    misses.push(format!("{file}: {name}: {value:?} leaves {left:?}"));
                }
            }
        }
    }
    let all = misses.len();
    assert!(all == 0, "{all} of {count}:\n{}", misses.join("\n"));
    assert!(count >= 200, "{count} suggestions");
}

fn filled_in(value: &str, words: &BTreeMap<String, String>) -> String {
    let address = if value.starts_with("v=spf1") {
        "192.0.2.9"
    } else {
        "d@example.com"
    };
    [
        ("PROVIDER", "spf.example.net"),
        ("ADDRESS", address),
        ("KEY_OF_2048_BITS", words["rsa2048"].as_str()),
        ("KEY_OF_32_BYTES", words["ed"].as_str()),
        ("=KEY", &format!("={}", words["rsa2048"])),
        ("//LOGO", "//example.com/logo.svg"),
        ("//CERTIFICATE", "//example.com/certificate.pem"),
    ]
    .into_iter()
    .fold(value.to_owned(), |value, (asked, given)| {
        value.replace(asked, given)
    })
}

fn wrong(findings: &[Finding], name: &str) -> Vec<String> {
    findings
        .iter()
        .filter(|it| {
            it.at.name.as_str() == name
                && it.at.kind == Kind::Txt
                && it.who == Who::Owner
                && it.rule.severity == Severity::Wrong
                && !ELSEWHERE.contains(&it.rule.id)
        })
        .map(|it| format!("{}: {}", it.rule.id, it.what))
        .collect()
}

fn wrong_key(value: &str) -> Vec<String> {
    let issues = dkim::read(value.as_bytes()).issues;
    let is_wrong = |it: &&portolan_dns::finding::Issue| it.rule.severity == Severity::Wrong;
    issues
        .iter()
        .filter(is_wrong)
        .map(|it| it.what.clone())
        .collect()
}
