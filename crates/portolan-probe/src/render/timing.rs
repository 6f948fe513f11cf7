//! How long things took, in seconds, as the formats write them.

use portolan_report::probe::{ProbeReport, Purpose, Visit};

/// The visits that go through a session, each place once: a stranger's report may name one twice, a monitor must not.
pub(super) fn sessions(report: &ProbeReport) -> Vec<&Visit> {
    let mut all: Vec<&Visit> = Vec::new();
    for visit in &report.visits {
        let is_same = |it: &&Visit| {
            (&it.host, it.address, it.port) == (&visit.host, visit.address, visit.port)
        };
        if visit.purpose == Purpose::Session && !all.iter().any(is_same) {
            all.push(visit);
        }
    }
    all
}

/// From the beginning of a visit to the end of its last step, in milliseconds.
pub(super) fn took_ms(visit: &Visit) -> u64 {
    visit.last().map_or(0, |it| {
        it.started_ms
            .saturating_add(it.took_ms)
            .saturating_sub(visit.started_ms)
    })
}

/// Milliseconds as seconds with three places: `0.400`.
pub(super) fn seconds(ms: u64) -> String {
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}
