//! Where a claim comes from, and when that was seen. What a claim says lives with the facts, not here.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that supports claims: its address, its date, and what it supports.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Names the source within its file; for a point of a standard the short citation, such as `RFC 8314, section 3.3`.
    pub id: String,
    /// The owner's own page where one exists. `None`: a public text whose address is not known, which never decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When the text was seen, or why that cannot be said.
    pub seen: Seen,
    /// What is particular about the date or the copy that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What the text supports, in own words.
    pub supports: String,
}

/// The date of a source: `2026`, `2026-11`, `2026-11-24`, `undated`, or `second-hand` with or without a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Seen {
    /// The date that the text shows, else the month in which it was read: ISO 8601, to the precision that is known.
    On(String),
    /// Known only as others quote it; the date is that of the quotation.
    SecondHand(Option<String>),
    /// The text carries no date.
    Undated,
}

/// What a reader must be told of a source's date. Each has its own visible mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Dated, and not older than a year.
    Current,
    /// Dated, and older than a year.
    Old,
    /// Known only as others quote it.
    SecondHand,
    /// Without a date.
    Undated,
}

impl Seen {
    /// The date as far as it is known: `2026`, `2026-11` or `2026-11-24`.
    pub fn date(&self) -> Option<&str> {
        match self {
            Self::On(date) => Some(date),
            Self::SecondHand(date) => date.as_deref(),
            Self::Undated => None,
        }
    }

    /// The mark to show on `today`, an ISO 8601 date such as `2026-11-24`.
    ///
    /// A date that names only its month or year counts as its last day, so that nothing is called old too early.
    pub fn mark(&self, today: &str) -> Mark {
        match self {
            Self::On(date) if is_older_than_a_year(date, today) => Mark::Old,
            Self::On(_) => Mark::Current,
            Self::SecondHand(_) => Mark::SecondHand,
            Self::Undated => Mark::Undated,
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => f.write_str(date),
            Self::SecondHand(None) => f.write_str("second-hand"),
            Self::SecondHand(Some(date)) => write!(f, "second-hand {date}"),
            Self::Undated => f.write_str("undated"),
        }
    }
}

impl From<Seen> for String {
    fn from(seen: Seen) -> Self {
        seen.to_string()
    }
}

impl TryFrom<String> for Seen {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let wrong = || {
            format!(
                "expected a date such as 2026-11, `undated` or `second-hand 2026-11`, but found `{text}`"
            )
        };
        match text.as_str() {
            "undated" => Ok(Self::Undated),
            "second-hand" => Ok(Self::SecondHand(None)),
            other => match other.strip_prefix("second-hand ") {
                Some(date) if is_date(date) => Ok(Self::SecondHand(Some(date.to_owned()))),
                None if is_date(other) => Ok(Self::On(other.to_owned())),
                Some(_) | None => Err(wrong()),
            },
        }
    }
}

/// Whether `text` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD` with a month and a day that exist.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let year = parts
        .next()
        .is_some_and(|y| y.len() == 4 && number(y).is_some_and(|y| y >= 1970));
    let month = parts
        .next()
        .map(|m| m.len() == 2 && number(m).is_some_and(|m| (1..=12).contains(&m)));
    let day = parts
        .next()
        .map(|d| d.len() == 2 && number(d).is_some_and(|d| (1..=31).contains(&d)));
    year && month != Some(false) && day != Some(false) && parts.next().is_none()
}

fn number(text: &str) -> Option<u32> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())?
}

/// Compares year, month and day as numbers; a missing part counts as its largest value.
fn is_older_than_a_year(date: &str, today: &str) -> bool {
    let parts = |text: &str, missing: u32| {
        let mut numbers = text.split('-').map(|part| number(part).unwrap_or(missing));
        (
            numbers.next().unwrap_or(0),
            numbers.next().unwrap_or(missing),
            numbers.next().unwrap_or(missing),
        )
    };
    let (year, month, day) = parts(date, 99);
    (year + 1, month, day) < parts(today, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Seen {
        Seen::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn every_form_of_a_date_prints_as_it_was_read() {
        for text in [
            "2026",
            "2026-11",
            "2026-11-24",
            "undated",
            "second-hand",
            "second-hand 2026-07",
        ] {
            assert_eq!(seen(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "26-11",
            "2026-13",
            "2026-11-32",
            "2026-1",
            "yesterday",
            "second-hand soon",
            "2026-11-24-1",
        ] {
            assert!(Seen::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_source_is_old_after_a_year_and_not_a_day_before() {
        assert_eq!(seen("2025-11-23").mark("2026-11-24"), Mark::Old);
        assert_eq!(seen("2025-11-24").mark("2026-11-24"), Mark::Current);
        assert_eq!(seen("2025-11").mark("2026-11-30"), Mark::Current);
        assert_eq!(seen("2025-10").mark("2026-11-01"), Mark::Old);
        assert_eq!(seen("2025").mark("2026-12-31"), Mark::Current);
        assert_eq!(seen("2025").mark("2027-01-01"), Mark::Old);
        assert_eq!(seen("undated").mark("2026-11-24"), Mark::Undated);
        assert_eq!(
            seen("second-hand 2020").mark("2026-11-24"),
            Mark::SecondHand
        );
    }
}
