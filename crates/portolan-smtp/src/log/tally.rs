//! Counts by cause, recipients' domain, MX, sending address and hour, with samples.

use std::collections::BTreeMap;

use super::dialect::{Fate, Record};
use super::explained::CauseAt;
use super::filter::Filter;
use super::keys::Keys;
use super::window::DomainAt;
use crate::prefix::has_form;
use crate::{CAUSES, Cause};

/// What became of tries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Mails that were taken.
    pub sent: u64,
    /// Tries that failed for now.
    pub deferred: u64,
    /// Mails that were given up or turned away.
    pub lost: u64,
}

/// A domain, an MX, an address or an hour, with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keyed {
    /// What it is, as the log writes it; empty for all that no longer fit.
    pub key: String,
    /// What became of its mails.
    pub counts: Counts,
}

/// A line that shows a cause, as it stands in the log. It may hold secrets and addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The line, counted from 1.
    pub line: u64,
    /// What it says, cut to some hundred bytes; bytes that are no UTF-8 are replaced.
    pub text: String,
}

/// A cause with what it cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseTally {
    /// What went wrong.
    pub cause: &'static Cause,
    /// What became of the tries.
    pub counts: Counts,
    /// Mails of the lost that this server turned away: their senders wait for an answer, not its owner.
    pub rejected: u64,
    /// Mails that were deferred for it and taken later.
    pub recovered: u64,
    /// Mails that were deferred for it and still wait where the log ends.
    pub waiting: u64,
    /// The first lines that show it.
    pub samples: Vec<Sample>,
}

/// What a log came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines in all.
    pub lines: u64,
    /// Lines that say what became of a mail.
    pub records: u64,
    /// Lines that were longer than is read.
    pub cut: u64,
    /// Mails that were taken.
    pub sent: u64,
    /// Tries that failed for now.
    pub deferred: u64,
    /// Mails that were given up at once or by an answer.
    pub bounced: u64,
    /// Mails that waited too long.
    pub expired: u64,
    /// Mails that this server turned away.
    pub rejected: u64,
    /// By cause: first what cost most mails.
    pub causes: Vec<CauseTally>,
    /// Failures whose cause cannot be told.
    pub unexplained: Counts,
    /// Lines that show those.
    pub unexplained_samples: Vec<Sample>,
    /// By the recipients' domain: first those with most failures.
    pub domains: Vec<Keyed>,
    /// By the host that answered.
    pub relays: Vec<Keyed>,
    /// By the address that sent to this server, where the log says it.
    pub clients: Vec<Keyed>,
    /// By hour, as the log writes it, in the log's order.
    pub hours: Vec<Keyed>,
}

#[derive(Default)]
struct OfCause {
    counts: Counts,
    rejected: u64,
    recovered: u64,
    waiting: u64,
    samples: Vec<Sample>,
}

#[derive(Default)]
pub(super) struct Builder {
    pub(super) lines: u64,
    pub(super) records: u64,
    sent: u64,
    deferred: u64,
    bounced: u64,
    expired: u64,
    rejected: u64,
    causes: BTreeMap<CauseAt, OfCause>,
    domains: Keys,
    relays: Keys,
    clients: Keys,
    hours: Keys,
    /// Which records count. `None`: all.
    filter: Option<Filter>,
}

impl Builder {
    /// One that counts what the filter lets through.
    pub(super) fn filtered(filter: Filter) -> Self {
        Self {
            filter: Some(filter).filter(|it| !it.is_empty()),
            ..Self::default()
        }
    }

    /// Whether a record counts; `waited` is the domain that is known from an earlier try.
    fn counts(
        &self,
        cause: Option<CauseAt>,
        record: &Record<'_>,
        hour: &[u8],
        waited: DomainAt,
    ) -> bool {
        let Some(filter) = &self.filter else {
            return true;
        };
        let known = match domain(record.recipient) {
            b"" => self.domains.key(waited),
            own => own,
        };
        filter.fits(cause, known, record, hour)
    }

    /// Counts what became of a mail that was taken, or whose end has no cause; `failed`: whether the mail is lost.
    pub(super) fn ends(&mut self, record: &Record<'_>, hour: &[u8], failed: Option<bool>) {
        if self.counts(None, record, hour, DomainAt(None)) {
            self.count(record, hour, failed);
        }
    }

    /// Counts a record in the tables; `failed`: whether the mail is lost.
    fn count(&mut self, record: &Record<'_>, hour: &[u8], failed: Option<bool>) -> DomainAt {
        let add = |counts: &mut Counts| match failed {
            None => counts.sent += 1,
            Some(false) => counts.deferred += 1,
            Some(true) => counts.lost += 1,
        };
        match record.fate {
            Fate::Sent => self.sent += 1,
            Fate::Deferred => self.deferred += 1,
            Fate::Bounced => self.bounced += 1,
            Fate::Expired => self.expired += 1,
            Fate::Rejected => self.rejected += 1,
        }
        let domain = self.domains.add(domain(record.recipient), add);
        self.relays.add(record.relay, add);
        self.clients.add(record.client, add);
        self.hours.add(hour, add);
        DomainAt(domain.and_then(|at| u32::try_from(at).ok()))
    }

    /// Counts a failure.
    pub(super) fn fails(
        &mut self,
        cause: CauseAt,
        record: &Record<'_>,
        hour: &[u8],
        line: &[u8],
        is_lost: bool,
    ) -> DomainAt {
        if !self.counts(Some(cause), record, hour, DomainAt(None)) {
            return DomainAt(None);
        }
        let domain = self.count(record, hour, Some(is_lost));
        let at = self.lines;
        let of_cause = self.causes.entry(cause).or_default();
        if is_lost {
            of_cause.counts.lost += 1;
        } else {
            of_cause.counts.deferred += 1;
        }
        of_cause.rejected += u64::from(record.fate == Fate::Rejected);
        of_cause.sample(at, line);
        domain
    }

    /// A mail that waited for this cause was taken.
    pub(super) fn recovers(&mut self, cause: CauseAt) {
        if !self.follows(cause) {
            return;
        }
        let of_cause = self.causes.entry(cause).or_default();
        of_cause.recovered += 1;
        of_cause.counts.sent += 1;
    }

    /// Mails wait for this cause where the log ends.
    pub(super) fn waits(&mut self, cause: CauseAt, times: u64) {
        if !self.follows(cause) {
            return;
        }
        self.causes.entry(cause).or_default().waiting += times;
    }

    /// Whether what becomes of a mail that waited is counted: what is known of it then is its cause.
    fn follows(&self, cause: CauseAt) -> bool {
        self.filter
            .as_ref()
            .is_none_or(|it| it.is_of_causes_alone() && it.fits_cause(Some(cause)))
    }

    /// A mail that waited for this cause was given up; most logs name no recipient then.
    pub(super) fn expires(
        &mut self,
        (cause, domain): (CauseAt, DomainAt),
        record: &Record<'_>,
        hour: &[u8],
        line: &[u8],
    ) {
        let at = self.lines;
        if !self.counts(Some(cause), record, hour, domain) {
            return;
        }
        self.count(record, hour, Some(true));
        if record.recipient.is_empty() {
            self.domains.lose(domain);
        }
        let of_cause = self.causes.entry(cause).or_default();
        of_cause.counts.lost += 1;
        of_cause.sample(at, line);
    }

    pub(super) fn finish(self, cut: u64) -> Tally {
        let mut tally = Tally {
            lines: self.lines,
            records: self.records,
            cut,
            sent: self.sent,
            deferred: self.deferred,
            bounced: self.bounced,
            expired: self.expired,
            rejected: self.rejected,
            domains: self.domains.by_failures(),
            relays: self.relays.by_failures(),
            clients: self.clients.by_failures(),
            hours: self.hours.in_order(),
            ..Tally::default()
        };
        for (at, of_cause) in self.causes {
            let cause = at.0.and_then(|at| CAUSES.get(usize::from(at)));
            if let Some(cause) = cause {
                tally.causes.push(CauseTally {
                    cause,
                    counts: of_cause.counts,
                    rejected: of_cause.rejected,
                    recovered: of_cause.recovered,
                    waiting: of_cause.waiting,
                    samples: of_cause.samples,
                });
            } else {
                tally.unexplained = of_cause.counts;
                tally.unexplained_samples = of_cause.samples;
            }
        }
        portolan_report::ordered::by_key(&mut tally.causes, |it| {
            std::cmp::Reverse((it.counts.lost, it.waiting, it.counts.deferred))
        });
        tally
    }
}

impl OfCause {
    fn sample(&mut self, line: u64, text: &[u8]) {
        if self.samples.len() < SAMPLES {
            let text = text.get(..SAMPLE_LENGTH).unwrap_or(text);
            self.samples.push(Sample {
                line,
                text: String::from_utf8_lossy(text).into_owned(),
            });
        }
    }
}

const SAMPLES: usize = 3;
const SAMPLE_LENGTH: usize = 600;

/// What stands behind the last `@`.
fn domain(recipient: &[u8]) -> &[u8] {
    memchr::memrchr(b'@', recipient)
        .and_then(|at| recipient.get(at + 1..))
        .unwrap_or_default()
}

/// The hour at the beginning of a line: `2026-11-25T10`, `Nov 25 10`; empty where there is none.
pub(super) fn hour(line: &[u8]) -> &[u8] {
    // RFC 5424 puts `<22>1 ` before the time.
    let line = match line.strip_prefix(b"<") {
        Some(rest) => memchr::memchr(b' ', rest)
            .and_then(|at| rest.get(at + 1..))
            .unwrap_or_default(),
        None => line,
    };
    for form in [
        "0000-00-00T00:",
        "0000-00-00 00:",
        "aaa 00 00:",
        "aaa  0 00:",
    ] {
        if has_form(line, form.as_bytes()) {
            return line.get(..form.len() - 1).unwrap_or_default();
        }
    }
    b""
}
