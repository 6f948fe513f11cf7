//! From an analysis to its published form.

use portolan_facts::Facts;
use portolan_smtp::{Analysis, Counts, Finding, Keyed, Near, Sample, Tally};
use serde_json::{Value, json};

use crate::provider::provider_in;
use crate::shape::{
    CauseCounts, Citation, Code, ExplainedFinding, ExplainedRemedy, Explanation, KeyCounts,
    LogCounts, LogExplanation, NearCause, OneExplanation, Place, SampleLine, Unexplained,
};
use crate::steps::{Step, steps_at};
use crate::{Explained, Found, strange, words};

/// An explanation as an object; `name` is that of the file. `file` and `filter` are there where there is one.
pub fn json(explained: &Explained, name: Option<&str>, facts: &Facts) -> Value {
    json!(Explanation::of(explained, name, facts))
}

/// One failure, or none, in the form of a line of `explain --jsonl`.
pub fn json_of(id: &Value, analysis: &Analysis, text: &[u8], facts: &Facts) -> Value {
    let mut value = json!(OneExplanation::of(analysis, text, facts));
    if let Some(value) = value.as_object_mut() {
        value.insert("id".to_owned(), id.clone());
    }
    value
}

impl From<&Near> for NearCause {
    fn from(near: &Near) -> Self {
        Self {
            cause: near.cause,
            apart: near.apart,
        }
    }
}

impl Citation {
    /// Where a source of a cause is written.
    pub fn of(source: &str) -> Self {
        let (title, url) = words::citation(source);
        Self { title, url }
    }
}

impl Explanation {
    /// An explanation as it is published; `name` is that of the file.
    pub fn of(explained: &Explained, name: Option<&str>, facts: &Facts) -> Self {
        let file = name.map(crate::shown);
        let cut = explained.cut().map(|_| true);
        match &explained.found {
            Found::One(analysis) => Self::One(OneExplanation {
                file,
                cut,
                holds_no_text: explained.container.map(|it| strange(it).0),
                ..OneExplanation::of(analysis, &explained.text, facts)
            }),
            Found::Log(tally) => Self::Log(LogExplanation {
                log: log(tally),
                bytes: explained.bytes,
                cut,
                file,
                filter: words::wanted(&explained.filter)
                    .map(|it| (it.key.to_owned(), words::safe(it.value)))
                    .collect(),
            }),
        }
    }
}

impl OneExplanation {
    /// One failure, or none, of this text.
    pub fn of(analysis: &Analysis, text: &[u8], facts: &Facts) -> Self {
        let provider = provider_in(text, Some(analysis), facts);
        let first = analysis.findings.first();
        Self {
            cause: first.map_or("none", |it| it.cause.id),
            confidence: first.map(|it| hundredths(it.confidence)),
            stage: first.map_or("none", |it| it.stage.id()),
            also: analysis.also.clone(),
            findings: analysis
                .findings
                .iter()
                .map(|it| finding(it, text, provider))
                .collect(),
            provider: first.and(provider).map(str::to_owned),
            file: None,
            holds_no_text: None,
            cut: None,
        }
    }
}

fn hundredths(confidence: u8) -> f64 {
    f64::from(confidence) / 100.0
}

fn finding(found: &Finding, text: &[u8], provider: Option<&str>) -> ExplainedFinding {
    let cause = found.cause;
    let remedies = steps_at(found, text, provider).into_iter().map(
        |Step {
             remedy: it,
             command,
         }| ExplainedRemedy {
            who: it.who.id(),
            by: it.by,
            provider: it.provider,
            action: it.action,
            command,
            sources: it.sources.iter().map(|it| words::citation(it).1).collect(),
        },
    );
    ExplainedFinding {
        cause: cause.id,
        stage: found.stage.id(),
        confidence: hundredths(found.confidence),
        means: cause.means,
        who: cause.who.id(),
        retry: cause.retry.id(),
        codes: words::codes(found)
            .into_iter()
            .map(|(code, meaning)| Code { code, meaning })
            .collect(),
        codes_say: found.codes_say,
        wait: cause.wait,
        definition: cause.definition,
        decided_by: cause.evidence,
        near: cause.near.iter().map(NearCause::from).collect(),
        remedies: remedies.collect(),
        capture: cause.capture,
        sources: cause.sources.iter().map(|it| Citation::of(it)).collect(),
        evidence: Place {
            start: found.evidence.start,
            end: found.evidence.end,
        },
    }
}

fn log(tally: &Tally) -> LogCounts {
    let causes = tally.causes.iter().map(|it| CauseCounts {
        cause: it.cause.id,
        means: it.cause.means,
        who: it.cause.who.id(),
        retry: it.cause.retry.id(),
        lost: it.counts.lost,
        deferred: it.counts.deferred,
        recovered: it.recovered,
        waiting: it.waiting,
        samples: samples(&it.samples),
    });
    LogCounts {
        lines: tally.lines,
        records: tally.records,
        lines_cut: tally.cut,
        sent: tally.sent,
        deferred: tally.deferred,
        bounced: tally.bounced,
        expired: tally.expired,
        rejected: tally.rejected,
        causes: causes.collect(),
        unexplained: Unexplained {
            lost: tally.unexplained.lost,
            deferred: tally.unexplained.deferred,
            samples: samples(&tally.unexplained_samples),
        },
        domains: keyed(&tally.domains),
        relays: keyed(&tally.relays),
        clients: keyed(&tally.clients),
        hours: keyed(&tally.hours),
    }
}

/// An export: secrets and the local parts of addresses are masked.
fn samples(samples: &[Sample]) -> Vec<SampleLine> {
    samples
        .iter()
        .map(|it| {
            let text = portolan_mask::addresses(&portolan_mask::mask(it.text.as_bytes()));
            SampleLine {
                line: it.line,
                text: String::from_utf8_lossy(&text).into_owned(),
            }
        })
        .collect()
}

fn keyed(all: &[Keyed]) -> Vec<KeyCounts> {
    all.iter()
        .map(|it| {
            let Counts {
                sent,
                deferred,
                lost,
            } = it.counts;
            KeyCounts {
                key: it.key.clone(),
                sent,
                deferred,
                lost,
            }
        })
        .collect()
}
