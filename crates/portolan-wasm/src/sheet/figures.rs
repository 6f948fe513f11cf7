//! Numbers, keys and hours of a log as people read them.

pub(super) use portolan_explain::safe;
use portolan_explain::shown;
use portolan_smtp::{Counts, Tally};

/// A number with commas between its thousands.
pub(super) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number with what it counts, in the singular or the plural.
pub(super) fn many(count: u64, one: &str, several: &str) -> String {
    format!(
        "{} {}",
        number(count),
        if count == 1 { one } else { several }
    )
}

/// A line of a log, safe to show: whom a mail was for stays.
pub(super) fn safe_line(text: &str) -> String {
    let masked = portolan_mask::mask(text.as_bytes());
    shown(&String::from_utf8_lossy(&masked))
}

/// An hour as a log writes it, as a time of day: `2026-11-25 10:00`.
pub(super) fn hour(key: &str) -> String {
    let mut out = safe(key);
    // In `2026-11-25T10` the day has ten letters.
    if out.as_bytes().get(10) == Some(&b'T') {
        out = out.replacen('T', " ", 1);
    }
    out.push_str(":00");
    out
}

/// Mails that are lost: bounced, expired, or turned away.
pub(super) const fn lost(tally: &Tally) -> u64 {
    tally.bounced + tally.expired + tally.rejected
}

/// What failed, for good or for now.
pub(super) const fn failed(counts: Counts) -> u64 {
    counts.lost + counts.deferred
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted() {
        for (given, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (139_340, "139,340"),
            (1_234_567, "1,234,567"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(number(given), expected);
        }
    }

    #[test]
    fn hours_are_times_of_day() {
        assert_eq!(hour("2026-11-25T10"), "2026-11-25 10:00");
        assert_eq!(hour("Oct 25 10"), "Oct 25 10:00");
    }
}
