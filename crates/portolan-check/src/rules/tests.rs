//! Each rule on a small report made by hand, with what is near and must not be taken for it.

mod between;
mod connecting;
mod securing;
mod talking;

use portolan_report::probe::{Break, ConnectFault, Outcome, ProbeReport, Stage, Step};

use crate::assessment::{Assessment, Weight};
use crate::sample::{step, visit};
use crate::{assess, transcript};

/// The rules and causes that say that something is wrong, in their order.
fn wrong(report: &ProbeReport) -> Vec<(&'static str, &'static str)> {
    told(&assess(report), Weight::is_wrong)
}

/// All rules that fire.
fn rules(report: &ProbeReport) -> Vec<&'static str> {
    let assessment = assess(report);
    assessment.findings.iter().map(|it| it.rule).collect()
}

fn told(assessment: &Assessment, wanted: fn(Weight) -> bool) -> Vec<(&'static str, &'static str)> {
    assessment
        .findings
        .iter()
        .filter(|it| wanted(it.weight))
        .map(|it| (it.rule, it.cause.map_or("", |it| it.id)))
        .collect()
}

fn fault(port: u16, fault: ConnectFault) -> portolan_report::probe::Visit {
    visit(
        port,
        vec![step(Stage::Connect, Outcome::NotConnected { fault })],
    )
}

fn broken(stage: Stage, how: Break) -> Step {
    step(
        stage,
        Outcome::Broken {
            how,
            lines: Vec::new(),
            bytes: 0,
        },
    )
}

/// What Analyze names in the transcript of the first visit.
fn analyzed(report: &ProbeReport) -> Option<&'static str> {
    let analysis = portolan_smtp::analyze(transcript(&report.visits[0]).as_bytes());
    analysis.findings.first().map(|it| it.cause.id)
}
