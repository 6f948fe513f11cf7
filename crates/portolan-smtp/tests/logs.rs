//! What logs come to, in each dialect, and whatever cuts them.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

use portolan_smtp::{Counts, LogReader, Tally};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Logs {
    log: Vec<Log>,
}

#[derive(Deserialize)]
struct Log {
    from: String,
    text: String,
    fates: String,
    causes: Vec<String>,
    domains: Vec<String>,
    hours: Vec<String>,
}

fn logs() -> Vec<Log> {
    let all: Logs = toml::from_str(include_str!("logs.toml")).unwrap();
    all.log
}

fn read<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Tally {
    let mut reader = LogReader::new();
    for piece in pieces {
        reader.push(piece);
    }
    reader.finish()
}

#[test]
fn logs_are_counted() {
    for log in logs() {
        let tally = read([log.text.as_bytes()]);
        let fates = format!(
            "sent {}, deferred {}, bounced {}, expired {}, rejected {}",
            tally.sent, tally.deferred, tally.bounced, tally.expired, tally.rejected
        );
        let causes: Vec<String> = tally
            .causes
            .iter()
            .map(|it| {
                let some = |mark: &str, times: u64| match times {
                    0 => String::new(),
                    times => format!(" {mark}{times}"),
                };
                let (later, waits) = (some("+", it.recovered), some("?", it.waiting));
                let Counts { lost, deferred, .. } = it.counts;
                format!("{} {lost} {deferred}{later}{waits}", it.cause.id)
            })
            .collect();
        let keys = |all: &[portolan_smtp::Keyed]| -> Vec<String> {
            all.iter().map(|it| it.key.clone()).collect()
        };
        assert_eq!(fates, log.fates, "{}", log.from);
        assert_eq!(causes, log.causes, "{}", log.from);
        assert_eq!(keys(&tally.domains), log.domains, "{}", log.from);
        assert_eq!(keys(&tally.hours), log.hours, "{}", log.from);
        assert_eq!(
            tally.unexplained.lost + tally.unexplained.deferred,
            0,
            "{}",
            log.from
        );
    }
}

/// Every dialect reads some of its log, and leaves the others' alone: mixed, they come to their sum.
#[test]
fn mixed_logs_come_to_their_sum() {
    let logs = logs();
    let mixed: String = logs.iter().map(|log| log.text.as_str()).collect();
    let tally = read([mixed.as_bytes()]);
    let sums = logs.iter().map(|log| read([log.text.as_bytes()])).fold(
        [0; 3],
        |[sent, deferred, lost], tally| {
            [
                sent + tally.sent,
                deferred + tally.deferred,
                lost + tally.bounced + tally.expired + tally.rejected,
            ]
        },
    );
    let lost = tally.bounced + tally.expired + tally.rejected;
    assert_eq!([tally.sent, tally.deferred, lost], sums);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Where a log is cut changes nothing.
    #[test]
    fn pieces_change_nothing(at in any::<prop::sample::Index>(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20)) {
        let logs = logs();
        let text = logs[at.index(logs.len())].text.as_bytes();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len())).collect();
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut from = 0;
        for cut in cuts {
            pieces.push(&text[from..cut]);
            from = cut;
        }
        pieces.push(&text[from..]);
        prop_assert_eq!(read(pieces), read([text]));
    }

    /// Any bytes end.
    #[test]
    fn any_bytes_end(noise in prop::collection::vec(any::<u8>(), 0..2000), at in any::<prop::sample::Index>()) {
        let logs = logs();
        let mut text = logs[at.index(logs.len())].text.as_bytes().to_vec();
        let middle = noise.len().min(text.len());
        text.splice(..middle, noise);
        let tally = read([text.as_slice()]);
        prop_assert!(tally.records <= tally.lines);
    }
}
