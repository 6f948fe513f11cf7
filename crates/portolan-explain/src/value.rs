//! The published form of an explanation: one object of JSON.

use portolan_smtp::{Analysis, Counts, Keyed, Remedy, Sample, Tally};
use serde_json::{Map, Value, json};

use crate::named::named;
use crate::steps::command;
use crate::{Explained, Found, strange, words};

/// An explanation as an object; `name` is that of the file. `file` and `filter` are there where there is one.
pub fn json(explained: &Explained, name: Option<&str>) -> Value {
    let mut value = match &explained.found {
        Found::One(analysis) => json_of(&Value::Null, analysis, &explained.text),
        Found::Log(tally) => json!({ "log": log(tally), "bytes": explained.bytes }),
    };
    if let Some(value) = value.as_object_mut() {
        value.remove("id");
        if let Some(name) = name {
            value.insert("file".to_owned(), json!(crate::shown(name)));
        }
        if let Some(container) = explained.container {
            value.insert("holds_no_text".to_owned(), json!(strange(container).0));
        }
        let filter: Map<String, Value> = words::wanted(&explained.filter)
            .map(|it| (it.key.to_owned(), json!(words::safe(it.value))))
            .collect();
        if !filter.is_empty() {
            value.insert("filter".to_owned(), filter.into());
        }
    }
    value
}

/// One failure, or none, in the form of a line of `explain --jsonl`.
pub fn json_of(id: &Value, analysis: &Analysis, text: &[u8]) -> Value {
    let hundredths = |confidence: u8| f64::from(confidence) / 100.0;
    let first = analysis.findings.first();
    let findings: Vec<Value> = analysis
        .findings
        .iter()
        .map(|it| {
            let named = named(text, it);
            let remedies = it.cause.remedies.iter();
            let remedies: Vec<Value> = remedies
                .map(|one| remedy(one, command(one, it, &named).as_deref()))
                .collect();
            json!({
                "cause": it.cause.id,
                "stage": it.stage.id(),
                "confidence": hundredths(it.confidence),
                "means": it.cause.means,
                "who": it.cause.who.id(),
                "retry": it.cause.retry.id(),
                "codes": words::codes(it).into_iter().map(|(code, meaning)| json!({ "code": code, "meaning": meaning })).collect::<Vec<_>>(),
                "codes_say": it.codes_say,
                "wait": it.cause.wait,
                "definition": it.cause.definition,
                "decided_by": it.cause.evidence,
                "near": it.cause.near.iter().map(|near| json!({ "cause": near.cause, "apart": near.apart })).collect::<Vec<_>>(),
                "remedies": remedies,
                "capture": it.cause.capture,
                "sources": it.cause.sources.iter().map(|source| {
                    let (title, url) = words::citation(source);
                    json!({ "title": title, "url": url })
                }).collect::<Vec<_>>(),
                "evidence": { "start": it.evidence.start, "end": it.evidence.end },
            })
        })
        .collect();
    json!({
        "id": id,
        "cause": first.map_or("none", |it| it.cause.id),
        "confidence": first.map(|it| hundredths(it.confidence)),
        "stage": first.map_or("none", |it| it.stage.id()),
        "also": analysis.also,
        "findings": findings,
    })
}

fn remedy(remedy: &Remedy, command: Option<&str>) -> Value {
    let sources: Vec<String> = remedy
        .sources
        .iter()
        .map(|it| words::citation(it).1)
        .collect();
    json!({
        "who": remedy.who.id(),
        "by": remedy.by,
        "for": remedy.provider,
        "action": remedy.action,
        "command": command,
        "sources": sources,
    })
}

fn log(tally: &Tally) -> Value {
    let causes: Vec<Value> = tally
        .causes
        .iter()
        .map(|it| {
            json!({
                "cause": it.cause.id,
                "means": it.cause.means,
                "who": it.cause.who.id(),
                "retry": it.cause.retry.id(),
                "lost": it.counts.lost,
                "deferred": it.counts.deferred,
                "recovered": it.recovered,
                "waiting": it.waiting,
                "samples": samples(&it.samples),
            })
        })
        .collect();
    json!({
        "lines": tally.lines,
        "records": tally.records,
        "lines_cut": tally.cut,
        "sent": tally.sent,
        "deferred": tally.deferred,
        "bounced": tally.bounced,
        "expired": tally.expired,
        "rejected": tally.rejected,
        "causes": causes,
        "unexplained": {
            "lost": tally.unexplained.lost,
            "deferred": tally.unexplained.deferred,
            "samples": samples(&tally.unexplained_samples),
        },
        "domains": keyed(&tally.domains),
        "relays": keyed(&tally.relays),
        "clients": keyed(&tally.clients),
        "hours": keyed(&tally.hours),
    })
}

/// An export: secrets and the local parts of addresses are masked.
fn samples(samples: &[Sample]) -> Vec<Value> {
    samples
        .iter()
        .map(|it| {
            let text = portolan_mask::addresses(&portolan_mask::mask(it.text.as_bytes()));
            json!({ "line": it.line, "text": String::from_utf8_lossy(&text) })
        })
        .collect()
}

fn keyed(all: &[Keyed]) -> Vec<Value> {
    all.iter()
        .map(|it| {
            let Counts {
                sent,
                deferred,
                lost,
            } = it.counts;
            json!({ "key": it.key, "sent": sent, "deferred": deferred, "lost": lost })
        })
        .collect()
}
