//! Reports out of a text: one or several, whatever stands around them. A stranger's, perhaps: the strict reader reads each.

use std::borrow::Cow;

use portolan_explain::shown;
use portolan_report::domain::DomainReport;
use portolan_report::probe::{ProbeReport, limits};
use portolan_wire::{ReportRefused, is_domain_report, read_domain_report, read_report};
use serde::de::IgnoredAny;

/// More reports than anybody compares.
pub const MOST: usize = 8;

/// Bytes of a text in which reports are looked for.
pub const MOST_BYTES: usize = MOST * limits::REPORT_BYTES;

/// Bytes of a refusal that are shown: it may quote the report.
const LONGEST: usize = 400;

/// A report.
#[derive(Debug, PartialEq, Eq)]
pub enum Report {
    /// Of a check of servers.
    Check(Box<ProbeReport>),
    /// Of a domain.
    Domain(Box<DomainReport>),
}

/// The reports of a text in its order, at most [`MOST`] of them; what is none says why.
///
/// A prompt, a fence or a mark of quoting before them is passed over; of UTF-16, as PowerShell writes, the text is made.
pub fn reports(bytes: &[u8]) -> Vec<Result<Report, String>> {
    let text = plain(bytes);
    let mut rest: &[u8] = &text;
    let mut all = Vec::new();
    while all.len() < MOST
        && let Some(start) = rest.iter().position(|byte| *byte == b'{')
    {
        rest = rest.get(start..).unwrap_or_default();
        let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let is_whole = matches!(values.next(), Some(Ok(_)));
        let end = if is_whole {
            values.byte_offset()
        } else {
            rest.len()
        };
        let (report, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        all.push(one(report).map_err(|refused| told(&refused)));
        rest = behind;
    }
    if all.is_empty() {
        all.push(Err(
            "expected a report of portolan-probe, which begins with `{`".to_owned(),
        ));
    }
    all
}

fn one(report: &[u8]) -> Result<Report, ReportRefused> {
    if is_domain_report(report) {
        return read_domain_report(report).map(|it| Report::Domain(Box::new(it)));
    }
    read_report(report).map(|it| Report::Check(Box::new(it)))
}

/// Why a report is not taken, short and harmless.
fn told(refused: &ReportRefused) -> String {
    let text = match refused {
        ReportRefused::NoSchema => {
            return "It is no report of a check. What `portolan-probe --json` writes has a `schema`; of what `explain` writes, give the text that it explained.".to_owned();
        }
        other => shown(&other.to_string()),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}

/// UTF-8, without marks of quoting.
fn plain(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        rest => Cow::Borrowed(rest),
    };
    let first = text.trim_ascii_start().first();
    if first != Some(&b'>') {
        return text;
    }
    let lines = text.split(|byte| *byte == b'\n').map(|line| {
        let line = line.trim_ascii_start();
        line.strip_prefix(b">").unwrap_or(line)
    });
    Cow::Owned(lines.collect::<Vec<_>>().join(&b'\n'))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Vec<u8> {
    let units = bytes.as_chunks().0.iter().map(|pair| unit(*pair));
    let text: String = char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use portolan_check::sample;
    use portolan_wire::{write_report, write_report_pretty};

    use super::*;

    #[test]
    fn reports_are_found_whatever_stands_around_them() {
        let report = sample::working();
        let (short, long) = (write_report(&report), write_report_pretty(&report));
        let quoted = format!("> {}\n", long.replace('\n', "\n> "));
        for text in [
            short.clone(),
            format!("$ portolan-probe a.example --json\n{short}\n$ "),
            format!("```json\n{long}\n```\n"),
            quoted,
            format!("\u{feff}{long}"),
        ] {
            assert_eq!(
                reports(text.as_bytes()),
                [Ok(Report::Check(Box::new(report.clone())))],
                "{text}"
            );
        }
        let two = format!("{long}\n{short}");
        assert_eq!(reports(two.as_bytes()).len(), 2);
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(long.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(reports(&wide), [Ok(Report::Check(Box::new(report)))]);
    }

    #[test]
    fn what_is_none_says_why_in_few_words() {
        let deep = format!("{{\"schema\":1,\"visits\":{}", "[".repeat(100_000));
        let long = format!("{{\"schema\":1,\"{}\":1}}", "x".repeat(100_000));
        for text in ["", "no report", "{", "{}", "{\"schema\":2}", &deep, &long] {
            let all = reports(text.as_bytes());
            let [Err(why)] = &all[..] else {
                panic!("{text} is taken")
            };
            assert!(
                !why.is_empty() && why.chars().count() <= LONGEST + 1,
                "{why}"
            );
        }
        let many = write_report(&sample::working()).repeat(20);
        assert_eq!(reports(many.as_bytes()).len(), MOST);
    }
}
