//! Which records of a log count, for whoever looks at one cause, domain, host, address or hour.

use super::dialect::Record;
use super::explained::CauseAt;

/// Which records count: all that have every value that is named. The values are those that a [`Tally`](super::Tally) without
/// a filter shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The id of a cause, or `none` for what is not explained.
    pub cause: Option<String>,
    /// The recipients' domain.
    pub domain: Option<String>,
    /// The host that answered.
    pub relay: Option<String>,
    /// The address that sent to this server.
    pub client: Option<String>,
    /// The hour.
    pub hour: Option<String>,
}

impl Filter {
    /// Whether every record counts.
    pub const fn is_empty(&self) -> bool {
        self.cause.is_none() && self.is_of_causes_alone()
    }

    /// Whether nothing but the cause decides: what becomes of a mail later can be counted then.
    pub const fn is_of_causes_alone(&self) -> bool {
        self.domain.is_none()
            && self.relay.is_none()
            && self.client.is_none()
            && self.hour.is_none()
    }

    pub(super) fn fits(
        &self,
        cause: Option<CauseAt>,
        domain: &[u8],
        record: &Record<'_>,
        hour: &[u8],
    ) -> bool {
        let is = |wanted: &Option<String>, key: &[u8]| {
            wanted
                .as_ref()
                .is_none_or(|it| *it == String::from_utf8_lossy(key))
        };
        self.fits_cause(cause)
            && is(&self.domain, domain)
            && is(&self.relay, record.relay)
            && is(&self.client, record.client)
            && is(&self.hour, hour)
    }

    pub(super) fn fits_cause(&self, cause: Option<CauseAt>) -> bool {
        let Some(wanted) = &self.cause else {
            return true;
        };
        // What was taken has no cause.
        cause.is_some_and(|cause| cause.id() == wanted)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Filter, LogReader, Tally};

    const LOG: &str = "\
Jan  1 10:00:00 mx postfix/smtp[1]: 4A1: to=<a@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.one.example[192.0.2.1] said: 550 5.1.1 User unknown)
Jan  1 10:01:00 mx postfix/smtp[1]: 4A2: to=<b@two.example>, relay=mx.two.example[192.0.2.2]:25, dsn=4.2.2, status=deferred (host mx.two.example[192.0.2.2] said: 452 4.2.2 Mailbox full)
Jan  1 11:00:00 mx postfix/smtp[1]: 4A2: to=<b@two.example>, relay=mx.two.example[192.0.2.2]:25, dsn=2.0.0, status=sent (250 ok)
Jan  1 11:01:00 mx postfix/smtp[1]: 4A3: to=<c@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=2.0.0, status=sent (250 ok)
Jan  1 11:02:00 mx postfix/smtp[1]: 4A4: to=<d@two.example>, relay=none, dsn=4.4.1, status=deferred (connect to mx.two.example[192.0.2.2]:25: Connection timed out)
";

    fn read(filter: Filter) -> Tally {
        let mut log = LogReader::filtered(filter);
        log.push(LOG.as_bytes());
        log.finish()
    }

    #[test]
    fn without_a_filter_everything_counts() {
        let mut plain = LogReader::new();
        plain.push(LOG.as_bytes());
        assert_eq!(read(Filter::default()), plain.finish());
    }

    #[test]
    fn of_a_cause_what_became_of_its_mails_counts_too() {
        let tally = read(Filter {
            cause: Some("recipient.mailbox-full".to_owned()),
            ..Filter::default()
        });
        assert_eq!((tally.sent, tally.deferred, tally.bounced), (0, 1, 0));
        assert_eq!(tally.causes.len(), 1);
        assert_eq!(
            (tally.causes[0].counts.deferred, tally.causes[0].recovered),
            (1, 1)
        );
        assert_eq!(tally.domains[0].key, "two.example");
        assert_eq!(tally.records, 5, "the log stays as long as it is");
    }

    #[test]
    fn of_a_domain_its_causes_and_hours_count() {
        let tally = read(Filter {
            domain: Some("two.example".to_owned()),
            ..Filter::default()
        });
        assert_eq!((tally.sent, tally.deferred, tally.bounced), (1, 2, 0));
        let ids: Vec<&str> = tally.causes.iter().map(|it| it.cause.id).collect();
        assert!(
            ids.len() == 2 && ids.contains(&"network.timeout"),
            "{ids:?}"
        );
        assert_eq!(tally.domains.len(), 1);
        let tally = read(Filter {
            hour: Some("Jan  1 10".to_owned()),
            ..Filter::default()
        });
        assert_eq!((tally.sent, tally.deferred, tally.bounced), (0, 1, 1));
    }

    #[test]
    fn values_narrow_each_other() {
        let both = Filter {
            domain: Some("two.example".to_owned()),
            cause: Some("recipient.unknown".to_owned()),
            ..Filter::default()
        };
        let tally = read(both);
        assert_eq!((tally.sent, tally.deferred, tally.bounced), (0, 0, 0));
        let relay = Filter {
            relay: Some("mx.one.example".to_owned()),
            ..Filter::default()
        };
        let tally = read(relay);
        assert_eq!(
            tally.sent + tally.bounced,
            2,
            "{:?}",
            read(Filter::default()).relays
        );
    }

    #[test]
    fn what_this_server_turned_away_is_told_apart() {
        let log = "Jan  1 10:00:00 mx postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[203.0.113.5]: 554 5.7.1 <c@far.example>: Relay access denied; from=<s@spam.example> to=<c@far.example> proto=ESMTP helo=<x>\n\
                   Jan  1 10:01:00 mx postfix/smtp[1]: 4A1: to=<a@one.example>, relay=mx.one.example[192.0.2.1]:25, dsn=5.7.1, status=bounced (host mx.one.example[192.0.2.1] said: 554 5.7.1 <a@one.example>: Relay access denied)\n";
        let mut reader = LogReader::new();
        reader.push(log.as_bytes());
        let tally = reader.finish();
        let causes: Vec<(&str, u64, u64)> = tally
            .causes
            .iter()
            .map(|it| (it.cause.id, it.counts.lost, it.rejected))
            .collect();
        assert_eq!(causes, [("relay.denied", 2, 1)]);
    }

    #[test]
    fn what_expires_belongs_to_the_domain_that_it_waited_for() {
        let log = "Jan  1 10:00:00 mx postfix/smtp[1]: 4A2: to=<b@two.example>, relay=none, dsn=4.4.1, status=deferred (connect to mx.two.example[192.0.2.2]:25: Connection timed out)\nJan  6 10:00:00 mx postfix/qmgr[1]: 4A2: from=<x@example.org>, status=expired, returned to sender\n";
        let of = |domain: &str| {
            let mut reader = LogReader::filtered(Filter {
                domain: Some(domain.to_owned()),
                ..Filter::default()
            });
            reader.push(log.as_bytes());
            reader.finish().expired
        };
        assert_eq!((of("two.example"), of("one.example")), (1, 0));
    }
}
