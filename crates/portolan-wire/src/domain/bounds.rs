//! What a domain's report may hold at most, whoever wrote it.

use portolan_report::domain::{Answer, DomainReport, PolicyOutcome, Record, limits};

use crate::ReportRefused;
use crate::probe::bounds::{at_most, certificates};

/// Holds the numbers of a report that was read.
pub(super) fn check(report: &DomainReport) -> Result<(), ReportRefused> {
    let asked = &report.asked;
    text(|| "tool".into(), &report.tool)?;
    text(|| "asked.name".into(), &asked.name)?;
    for (name, value) in [("envelope", &asked.envelope), ("signer", &asked.signer)] {
        if let Some(value) = value {
            text(|| format!("asked.{name}"), value)?;
        }
    }
    at_most(
        || "asked.selectors".into(),
        asked.selectors.len(),
        limits::SELECTORS,
    )?;
    for (at, selector) in asked.selectors.iter().enumerate() {
        text(|| format!("asked.selectors[{at}].name"), &selector.name)?;
        if let Some(provider) = &selector.provider {
            text(|| format!("asked.selectors[{at}].provider"), provider)?;
        }
    }
    at_most(
        || "resolvers".into(),
        report.resolvers.len(),
        limits::RESOLVERS,
    )?;
    for (at, resolver) in report.resolvers.iter().enumerate() {
        text(|| format!("resolvers[{at}].address"), &resolver.address)?;
    }
    at_most(|| "lookups".into(), report.lookups.len(), limits::LOOKUPS)?;
    for (at, looked) in report.lookups.iter().enumerate() {
        text(|| format!("lookups[{at}].name"), &looked.name)?;
        at_most(
            || format!("lookups[{at}].answers"),
            looked.answers.len(),
            limits::RESOLVERS,
        )?;
        for (number, said) in looked.answers.iter().enumerate() {
            answer(
                || format!("lookups[{at}].answers[{number}].answer"),
                &said.answer,
            )?;
        }
    }
    if let Some(policy) = &report.policy {
        text(|| "policy.host".into(), &policy.host)?;
        match &policy.outcome {
            PolicyOutcome::Failed { text: words } => text(|| "policy.outcome.text".into(), words)?,
            PolicyOutcome::File { content_type, body } => {
                at_most(
                    || "policy.outcome.body".into(),
                    body.0.len(),
                    limits::POLICY_BYTES,
                )?;
                if let Some(content_type) = content_type {
                    text(|| "policy.outcome.content_type".into(), content_type)?;
                }
            }
            PolicyOutcome::Status {
                location: Some(location),
                ..
            } => {
                text(|| "policy.outcome.location".into(), location)?;
            }
            PolicyOutcome::NoHost | PolicyOutcome::Status { .. } | PolicyOutcome::TimedOut => {}
        }
    }
    at_most(
        || "certificates".into(),
        report.certificates.len(),
        limits::HOSTS,
    )?;
    for (at, host) in report.certificates.iter().enumerate() {
        text(|| format!("certificates[{at}].host"), &host.host)?;
        certificates(|| format!("certificates[{at}].chain"), &host.chain)?;
        if let Some(failed) = &host.failed {
            text(|| format!("certificates[{at}].failed"), failed)?;
        }
    }
    Ok(())
}

fn answer(place: impl Fn() -> String, answer: &Answer) -> Result<(), ReportRefused> {
    match answer {
        Answer::Failed { text: words } => text(|| format!("{}.text", place()), words),
        Answer::Records { records } => {
            at_most(
                || format!("{}.records", place()),
                records.len(),
                limits::RECORDS,
            )?;
            for (at, it) in records.iter().enumerate() {
                record(|| format!("{}.records[{at}]", place()), it)?;
            }
            Ok(())
        }
        Answer::NoRecords | Answer::NoSuchName | Answer::Refused | Answer::TimedOut => Ok(()),
    }
}

fn record(place: impl Fn() -> String, record: &Record) -> Result<(), ReportRefused> {
    match record {
        Record::A { .. } | Record::Aaaa { .. } => Ok(()),
        Record::Cname { target: name } | Record::Mx { host: name, .. } | Record::Ptr { name } => {
            text(place, name)
        }
        Record::Tlsa { data, .. } => at_most(place, data.0.len(), limits::TLSA_BYTES),
        Record::Txt { strings } => {
            at_most(&place, strings.len(), limits::STRINGS)?;
            strings
                .iter()
                .try_for_each(|it| at_most(&place, it.0.len(), limits::TEXT_BYTES))
        }
    }
}

fn text(place: impl Fn() -> String, text: &str) -> Result<(), ReportRefused> {
    at_most(place, text.len(), limits::TEXT_BYTES)
}
