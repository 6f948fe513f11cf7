//! What a report may hold at most, whoever wrote it.

use portolan_report::probe::{
    Answer, Certificate, Outcome, ProbeReport, Reply, TlsSession, limits,
};

use super::ReportRefused;

/// Holds the numbers of a report that was read.
pub(super) fn check(report: &ProbeReport) -> Result<(), ReportRefused> {
    let asked = &report.asked;
    at_most(|| "asked.hosts".into(), asked.hosts.len(), limits::HOSTS)?;
    text(|| "tool".into(), &report.tool)?;
    text(|| "asked.target.name".into(), &asked.target.name)?;
    text(|| "asked.ehlo_name".into(), &asked.ehlo_name)?;
    at_most(|| "asked.errands".into(), asked.errands.len(), 3)?;
    for (at, host) in asked.hosts.iter().enumerate() {
        at_most(
            || format!("asked.hosts[{at}].ports"),
            host.ports.len(),
            limits::PORTS,
        )?;
        text(|| format!("asked.hosts[{at}].name"), &host.name)?;
    }
    at_most(|| "lookups".into(), report.lookups.len(), limits::LOOKUPS)?;
    for (at, lookup) in report.lookups.iter().enumerate() {
        let (count, words) = match &lookup.answer {
            Answer::Addresses { addresses } => (addresses.len(), None),
            Answer::Exchanges { exchanges } => (exchanges.len(), None),
            Answer::Failed { text } => (0, Some(text)),
            _ => (0, None),
        };
        at_most(|| format!("lookups[{at}].answer"), count, limits::ANSWERS)?;
        text(|| format!("lookups[{at}].name"), &lookup.name)?;
        if let Some(words) = words {
            text(|| format!("lookups[{at}].answer.text"), words)?;
        }
    }
    at_most(|| "visits".into(), report.visits.len(), limits::VISITS)?;
    for (at, visit) in report.visits.iter().enumerate() {
        at_most(
            || format!("visits[{at}].steps"),
            visit.steps.len(),
            limits::STEPS,
        )?;
        text(|| format!("visits[{at}].host"), &visit.host)?;
        for (number, step) in visit.steps.iter().enumerate() {
            let place = || format!("visits[{at}].steps[{number}].outcome");
            match &step.outcome {
                Outcome::Broken { lines, .. } => texts(place, lines)?,
                Outcome::Offers { reply, offers } => {
                    answer(place, reply)?;
                    at_most(place, offers.keywords.len(), limits::LINES)?;
                    at_most(place, offers.auth.len(), limits::LINES)?;
                }
                Outcome::Reply { reply } => answer(place, reply)?,
                Outcome::Tls { session } => handshake(place, session)?,
                Outcome::Connected | Outcome::NotConnected { .. } | Outcome::TlsFailed { .. } => {}
            }
            at_most(place, step.noticed.len(), limits::LINES)?;
            if let Some(sent) = &step.sent {
                text(place, sent)?;
            }
        }
    }
    Ok(())
}

fn answer(place: impl Fn() -> String, reply: &Reply) -> Result<(), ReportRefused> {
    texts(|| format!("{}.reply.lines", place()), &reply.lines)
}

fn handshake(place: impl Fn() -> String, session: &TlsSession) -> Result<(), ReportRefused> {
    at_most(&place, session.faults.len(), limits::NAMES)?;
    certificates(|| format!("{}.session.chain", place()), &session.chain)
}

pub(crate) fn certificates(
    place: impl Fn() -> String,
    chain: &[Certificate],
) -> Result<(), ReportRefused> {
    at_most(&place, chain.len(), limits::CHAIN)?;
    for certificate in chain {
        at_most(&place, certificate.names.len(), limits::NAMES)?;
        for name in certificate.names.iter().chain([
            &certificate.subject,
            &certificate.issuer,
            &certificate.serial,
            &certificate.signature,
        ]) {
            text(&place, name)?;
        }
        if let Some(pem) = &certificate.pem {
            at_most(&place, pem.len(), limits::PEM_BYTES)?;
        }
    }
    Ok(())
}

fn texts(place: impl Fn() -> String, lines: &[String]) -> Result<(), ReportRefused> {
    at_most(&place, lines.len(), limits::LINES)?;
    lines.iter().try_for_each(|line| text(&place, line))
}

fn text(place: impl Fn() -> String, text: &str) -> Result<(), ReportRefused> {
    at_most(place, text.len(), limits::TEXT_BYTES)
}

pub(crate) fn at_most(
    place: impl Fn() -> String,
    found: usize,
    at_most: usize,
) -> Result<(), ReportRefused> {
    if found <= at_most {
        return Ok(());
    }
    Err(ReportRefused::TooMany {
        path: place(),
        found,
        at_most,
    })
}
