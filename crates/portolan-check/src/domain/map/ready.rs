//! Readiness for the rules of the large receivers for bulk mail.

use portolan_dns::survey::{Posture, Receiver, Requirement, State};

use super::super::told::source;
use super::super::{Line, Mark, Section};

/// A section for each receiver.
pub(in super::super) fn readiness(posture: &Posture) -> Vec<Section> {
    let all = portolan_dns::survey::readiness(posture);
    let receivers = [
        (Receiver::Google, "Gmail, bulk senders"),
        (Receiver::Yahoo, "Yahoo, bulk senders"),
        (Receiver::Microsoft, "Outlook.com, high volume senders"),
    ];
    receivers
        .into_iter()
        .map(|(receiver, title)| Section {
            title,
            lines: all
                .iter()
                .filter(|it| it.receiver == receiver)
                .map(line)
                .collect(),
        })
        .collect()
}

fn line(it: &Requirement) -> Line {
    let (mark, word) = match it.state {
        State::Met => (Mark::Good, "met"),
        State::NotMet => (Mark::Bad, "not met"),
        State::Unknown => (Mark::Unknown, "not known"),
    };
    let text = format!("{word:<10}{} ({})", it.asks, source(&it.source).0);
    Line::new(mark, text)
}
