//! A moment in seconds of UTC, written as RFC 3339 has it.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Seconds since 1970 in UTC, from the year 0000 to 9999; as text `2026-11-26T10:00:00Z` ([RFC 3339, section 5.6]).
///
/// [RFC 3339, section 5.6]: https://www.rfc-editor.org/rfc/rfc3339#section-5.6
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

const DAY: i64 = 86_400;
/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

impl Moment {
    /// From seconds since 1970; what no year of four digits holds becomes the nearest that does.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(if seconds < FIRST {
            FIRST
        } else if seconds > LAST {
            LAST
        } else {
            seconds
        })
    }

    /// Seconds since 1970.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// Whole days from this moment until another, rounded towards it; negative where the other is earlier.
    pub const fn days_until(self, other: Self) -> i64 {
        (other.0 - self.0).div_euclid(DAY)
    }
}

/// Days since 1970 of a date, counted in eras of 400 years, which all have the same number of days.
const fn days_of(year: i64, month: i64, day: i64) -> i64 {
    // A year that begins in March has its odd day at its end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The date of a number of days since 1970.
const fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_of(self.0.div_euclid(DAY));
        let second = self.0.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(
            out,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        )
    }
}

/// A text that is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMoment;

impl fmt::Display for NoMoment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("expected a moment of UTC such as `2026-11-26T10:00:00Z`")
    }
}

impl FromStr for Moment {
    type Err = NoMoment;

    fn from_str(text: &str) -> Result<Self, NoMoment> {
        const FORM: &[u8] = b"dddd-dd-ddTdd:dd:ddZ";
        let bytes = text.as_bytes();
        let has_form = bytes.len() == FORM.len()
            && bytes.iter().zip(FORM).all(|(byte, form)| match form {
                b'd' => byte.is_ascii_digit(),
                form => byte == form,
            });
        if !has_form {
            return Err(NoMoment);
        }
        let part = |from: usize, to: usize| -> Result<i64, NoMoment> {
            let digits = text.get(from..to).ok_or(NoMoment)?;
            digits.parse().map_err(|_| NoMoment)
        };
        let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
        let (hour, minute, second) = (part(11, 13)?, part(14, 16)?, part(17, 19)?);
        let days = days_of(year, month, day);
        // A date that does not come back as itself does not exist.
        let exists = (1..=12).contains(&month) && date_of(days) == (year, month, day);
        if !exists || hour > 23 || minute > 59 || second > 59 {
            return Err(NoMoment);
        }
        Ok(Self(days * DAY + hour * 3_600 + minute * 60 + second))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A moment of UTC in whole seconds: `2026-11-26T10:00:00Z` (RFC 3339, section 5.6).",
            "type": "string",
            "format": "date-time",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
        })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl de::Visitor<'_> for Text {
            type Value = Moment;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a moment of UTC such as `2026-11-26T10:00:00Z`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Moment, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_and_read() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_795_687_801, "2026-11-26T10:10:01Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (FIRST, "0000-01-01T00:00:00Z"),
            (LAST, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(Moment::from_unix(seconds).to_string(), text);
            assert_eq!(text.parse(), Ok(Moment::from_unix(seconds)));
        }
        assert_eq!(Moment::from_unix(i64::MAX).unix(), LAST);
        assert_eq!(Moment::from_unix(i64::MIN).unix(), FIRST);
    }

    #[test]
    fn every_day_of_four_centuries_comes_back() {
        for day in 0..146_097 {
            let moment = Moment::from_unix(day * DAY + 7);
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        for text in [
            "",
            "2026-11-26",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00:00+01:00",
            "2026-01-01t00:00:00z",
            "+026-01-01T00:00:00Z",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(NoMoment), "{text}");
        }
    }

    #[test]
    fn days_are_whole_and_have_a_sign() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let now = at("2026-11-26T10:00:00Z");
        assert_eq!(now.days_until(at("2026-11-27T09:59:59Z")), 0);
        assert_eq!(now.days_until(at("2026-12-26T10:00:00Z")), 30);
        assert_eq!(now.days_until(at("2026-11-26T09:59:59Z")), -1);
    }
}
