//! One line for Nagios and its kin, as the [guidelines] have it: `SMTP OK - what | performance data`; below it a line for
//! each problem, with the command that shows it.
//!
//! The contract: a problem is critical, and what is not decided is unknown. Cautions change nothing: what should be seen to
//! some day wakes nobody. Times and the end of the certificate count by the thresholds alone.
//!
//! [guidelines]: https://www.monitoring-plugins.org/doc/guidelines.html

use core::fmt::{self, Write};
use core::str::FromStr;

use portolan_check::{Assessment, Level};
use portolan_report::probe::{Outcome, ProbeReport, Stage, Visit};

use super::one_line;
use super::timing::{seconds, sessions, took_ms};

/// From when on a monitor warns: `21d`, `5s`, or both with a comma between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Thresholds {
    /// Fewer days of the certificate than these.
    pub days: Option<i64>,
    /// A session that takes longer, in milliseconds.
    pub ms: Option<u64>,
}

impl Thresholds {
    /// Without others: a certificate that ends within three weeks.
    pub const WARNING: Self = Self {
        days: Some(21),
        ms: None,
    };
    /// Without others: a certificate that ends within a week.
    pub const CRITICAL: Self = Self {
        days: Some(7),
        ms: None,
    };
}

/// A text that names no thresholds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadThresholds(String);

impl fmt::Display for BadThresholds {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "expected days of the certificate, seconds, or both, as `21d`, `5s` or `21d,5s`, but found `{}`",
            self.0
        )
    }
}

impl core::error::Error for BadThresholds {}

impl FromStr for Thresholds {
    type Err = BadThresholds;

    fn from_str(text: &str) -> Result<Self, BadThresholds> {
        let bad = || BadThresholds(text.to_owned());
        let mut read = Self::default();
        for part in text.split(',').map(str::trim) {
            if let Some(days) = part.strip_suffix('d') {
                let days: u32 = whole(days).ok_or_else(bad)?;
                if read.days.replace(days.into()).is_some() {
                    return Err(bad());
                }
            } else {
                let ms = milliseconds(part.strip_suffix('s').ok_or_else(bad)?).ok_or_else(bad)?;
                if read.ms.replace(ms).is_some() {
                    return Err(bad());
                }
            }
        }
        Ok(read)
    }
}

/// Digits alone: no sign, no space.
fn whole(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

/// Seconds with at most three places.
fn milliseconds(text: &str) -> Option<u64> {
    let (seconds, places) = text.split_once('.').unwrap_or((text, "0"));
    if places.is_empty() || places.len() > 3 {
        return None;
    }
    let places = whole(&format!("{places:0<3}"))?;
    Some(u64::from(whole(seconds)?) * 1_000 + u64::from(places))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Ok,
    Warning,
    /// Below critical, as the guidelines rank them: what is known to be broken outweighs what is not known.
    Unknown,
    Critical,
}

impl State {
    const fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Unknown => "UNKNOWN",
            Self::Critical => "CRITICAL",
        }
    }

    const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Warning => 1,
            Self::Critical => 2,
            Self::Unknown => 3,
        }
    }
}

/// The line, and the exit code of a plugin: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
pub(super) fn nagios(
    report: &ProbeReport,
    assessment: &Assessment,
    warning: Thresholds,
    critical: Thresholds,
) -> (String, u8) {
    let sessions = sessions(report);
    // A port that nobody answers on takes as long as the caller waits: its time says nothing of the server.
    let answered = |it: &&&Visit| it.steps.iter().any(|it| it.stage == Stage::Greeting);
    let slowest = sessions.iter().filter(answered).map(|it| took_ms(it)).max();
    let days = sessions.iter().filter_map(|it| days(report, it)).min();

    let mut state = match assessment.verdict.level {
        Level::Fine => State::Ok,
        Level::Problem => State::Critical,
        Level::Undecided => State::Unknown,
    };
    let mut said = Vec::new();
    for (limits, then) in [(critical, State::Critical), (warning, State::Warning)] {
        if let (Some(days), Some(limit)) = (days, limits.days)
            && days < limit
        {
            state = state.max(then);
            said.push((0, format!("the certificate ends in {days} days")));
        }
        if let (Some(ms), Some(limit)) = (slowest, limits.ms)
            && ms > limit
        {
            state = state.max(then);
            said.push((1, format!("a session took {} s", seconds(ms))));
        }
    }
    portolan_report::ordered::sort(&mut said);
    said.dedup();

    let mut text = format!("SMTP {} - ", state.name());
    for (_, why) in &said {
        let _ = write!(text, "{why}; ");
    }
    text.push_str(&shown(&assessment.verdict.sentence));
    text.push_str(" |");
    if let Some(ms) = slowest {
        let _ = write!(
            text,
            " time={}s;{};{};0",
            seconds(ms),
            limit(warning.ms),
            limit(critical.ms)
        );
    }
    if let Some(days) = days {
        let least = |it: Option<i64>| it.map_or_else(String::new, |it| format!("{it}:"));
        let _ = write!(
            text,
            " cert_days={days};{};{};",
            least(warning.days),
            least(critical.days)
        );
    }
    let mut ports: Vec<u16> = sessions.iter().map(|it| it.port).collect();
    portolan_report::ordered::sort(&mut ports);
    ports.dedup();
    for port in ports {
        let of_port = || sessions.iter().filter(|it| it.port == port);
        if let Some(ms) = of_port().filter(answered).map(|it| took_ms(it)).max() {
            let _ = write!(text, " time_{port}={}s;;;0", seconds(ms));
        }
    }
    let _ = write!(text, " problems={};;;0", assessment.wrong().count());
    text.push('\n');
    for finding in assessment.wrong() {
        text.push_str(&shown(&finding.sentence));
        if let Some(command) = &finding.command {
            let _ = write!(text, " See: {}", shown(command));
        }
        text.push('\n');
    }
    (text, state.code())
}

/// Days until the certificate of a session ends, by the clock of the check.
fn days(report: &ProbeReport, visit: &Visit) -> Option<i64> {
    visit.steps.iter().find_map(|step| match &step.outcome {
        Outcome::Tls { session } => {
            let own = session.chain.first()?;
            Some(report.started_at.days_until(own.not_after))
        }
        _ => None,
    })
}

fn limit(ms: Option<u64>) -> String {
    ms.map(seconds).unwrap_or_default()
}

/// The bar separates text from numbers, so that a server's own becomes the broken bar.
fn shown(text: &str) -> String {
    one_line(text).replace('|', "\u{a6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read() {
        let read = |text: &str| text.parse::<Thresholds>().ok().map(|it| (it.days, it.ms));
        assert_eq!(read("21d"), Some((Some(21), None)));
        assert_eq!(read("5s"), Some((None, Some(5_000))));
        assert_eq!(read("7d, 0.25s"), Some((Some(7), Some(250))));
        assert_eq!(read("1.5s,7d"), Some((Some(7), Some(1_500))));
        for text in [
            "",
            "7",
            "d",
            "s",
            "-7d",
            "7d,8d",
            "1s,2s",
            "1.2345s",
            "+1s",
            "1.s ",
            "7d,",
            "1e3s",
            "99999999999d",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        let error = "soon".parse::<Thresholds>().unwrap_err().to_string();
        assert!(
            error.contains("21d,5s") && error.contains("`soon`"),
            "{error}"
        );
    }
}
