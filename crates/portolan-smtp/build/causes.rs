//! Explanations of causes, checked and written as Rust.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::{DATA, files, variant};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cause {
    who: String,
    retry: String,
    means: String,
    definition: String,
    evidence: String,
    near: Vec<Near>,
    wait: String,
    remedies: Vec<Remedy>,
    capture: String,
    facts: Option<String>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Near {
    cause: String,
    apart: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remedy {
    who: String,
    /// Who that is, more closely.
    by: Option<String>,
    /// The provider for whose accounts it is.
    #[serde(rename = "for")]
    provider: Option<String>,
    action: String,
    command: Option<String>,
    sources: Vec<String>,
}

/// Which of a provider's facts answer a cause.
const FACTS: &[&str] = &["credentials", "endpoints", "from", "limits"];

/// Every cause by its id, in order.
pub(crate) fn causes() -> Vec<(String, Cause)> {
    let mut causes = Vec::new();
    for path in files(&format!("{DATA}/causes")) {
        let name = path.display().to_string();
        let area = path.file_stem().unwrap().to_string_lossy().into_owned();
        let all: BTreeMap<String, Cause> = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        causes.extend(
            all.into_iter()
                .map(|(id, cause)| (format!("{area}.{id}"), cause)),
        );
    }
    causes
}

/// What every explanation owes to its reader.
pub(crate) fn check(id: &str, cause: &Cause, ids: &[String]) {
    let is_failure = !id.starts_with("ok.");
    assert!(!cause.near.is_empty(), "{id}: expected a near cause");
    for near in &cause.near {
        let is_other = near.cause != *id && ids.contains(&near.cause);
        assert!(is_other, "{id}: no other cause is called {}", near.cause);
        assert!(
            !near.apart.is_empty(),
            "{id}: what tells {} apart?",
            near.cause
        );
    }
    assert!(
        cause.remedies.is_empty() != is_failure,
        "{id}: a failure has remedies, and nothing else has"
    );
    let sentences = [
        &cause.means,
        &cause.definition,
        &cause.evidence,
        &cause.wait,
        &cause.capture,
    ];
    let actions = cause.remedies.iter().map(|remedy| &remedy.action);
    for sentence in sentences.into_iter().chain(actions) {
        assert!(
            sentence.ends_with('.'),
            "{id}: expected a sentence: {sentence}"
        );
    }
    assert!(!cause.sources.is_empty(), "{id}: expected a source");
    for source in &cause.sources {
        check_source(id, source);
    }
    for remedy in &cause.remedies {
        assert!(
            !remedy.sources.is_empty(),
            "{id}: expected a source: {}",
            remedy.action
        );
        for source in &remedy.sources {
            check_source(id, source);
        }
        if let Some(provider) = &remedy.provider {
            let path = format!("{DATA}/providers/{provider}.toml");
            assert!(
                Path::new(&path).exists(),
                "{id}: no provider is called {provider}"
            );
        }
    }
    if let Some(facts) = &cause.facts {
        assert!(
            FACTS.contains(&facts.as_str()),
            "{id}: no facts are called {facts}"
        );
    }
}

/// An RFC with its section, or a page.
fn check_source(id: &str, source: &str) {
    let document = source.split('#').next().unwrap();
    let number = document.strip_prefix("rfc").unwrap_or_default();
    let is_rfc = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_known = is_rfc || source.starts_with("https://");
    assert!(
        is_known,
        "{id}: expected an RFC or a page, but found {source}"
    );
}

pub(crate) fn written(id: &str, cause: &Cause, code: &mut String) {
    let near: Vec<String> = cause
        .near
        .iter()
        .map(|it| format!("Near {{ cause: {:?}, apart: {:?} }}", it.cause, it.apart))
        .collect();
    let remedies: Vec<String> = cause
        .remedies
        .iter()
        .map(|it| {
            format!(
                "Remedy {{ who: Blame::{}, by: {:?}, provider: {:?}, action: {:?}, command: {:?}, sources: &{:?} }}",
                variant(&it.who),
                it.by,
                it.provider,
                it.action,
                it.command,
                it.sources
            )
        })
        .collect();
    let facts = cause.facts.as_ref().map_or_else(
        || "None".to_owned(),
        |facts| format!("Some(Answers::{})", variant(facts)),
    );
    writeln!(
        code,
        "Cause {{ id: {id:?}, who: Blame::{}, retry: Retry::{}, means: {:?}, definition: {:?}, evidence: {:?}, near: &[{}], wait: {:?}, \
         remedies: &[{}], capture: {:?}, facts: {facts}, sources: &{:?} }},",
        variant(&cause.who),
        variant(&cause.retry),
        cause.means,
        cause.definition,
        cause.evidence,
        near.join(", "),
        cause.wait,
        remedies.join(", "),
        cause.capture,
        cause.sources,
    )
    .unwrap();
}
