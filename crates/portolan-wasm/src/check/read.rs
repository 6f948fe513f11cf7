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
    read(bytes).0
}

/// The same, and how many lines stand beside the reports that are nothing of theirs, and are not read.
pub(super) fn read(bytes: &[u8]) -> (Vec<Result<Report, String>>, usize) {
    let text = plain(bytes);
    let mut rest: &[u8] = &text;
    let mut all = Vec::new();
    let mut beside = 0;
    while all.len() < MOST
        && let Some(start) = rest.iter().position(|byte| *byte == b'{')
    {
        let (before, own) = rest.split_at_checked(start).unwrap_or((&[], rest));
        beside += lines(before);
        rest = own;
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
        return (all, 0);
    }
    (all, beside + lines(rest))
}

/// Lines that say something by themselves: no prompt, no command that wrote the report, no fence.
fn lines(text: &[u8]) -> usize {
    String::from_utf8_lossy(text)
        .lines()
        .filter(|line| {
            let line = line.trim();
            line.chars().any(char::is_alphanumeric)
                && !line.contains("portolan-probe")
                && !["```", "~~~", "$", "PS "]
                    .iter()
                    .any(|it| line.starts_with(it))
        })
        .count()
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
        ReportRefused::Malformed { text, line, .. } if text.starts_with("EOF while parsing") => {
            return format!(
                "It ends in the middle, in line {line}: copy it whole, from its first brace to its last."
            );
        }
        ReportRefused::TooLarge { .. } => {
            let most = limits::REPORT_BYTES >> 20;
            return format!("It is over {most} MB, and no report is.");
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
    fn lines_beside_a_report_are_counted_and_what_wrote_it_is_not() {
        let report = write_report_pretty(&sample::working());
        for (around, count) in [
            (report.clone(), 0),
            (
                format!("$ portolan-probe a.example --json\n{report}\n$ "),
                0,
            ),
            (format!("```json\n{report}\n```\n"), 0),
            (
                format!(
                    "{report}\nexample.com. IN TXT \"v=spf1 -all\"\n\n_dmarc.example.com. IN TXT \"v=DMARC1\"\n"
                ),
                2,
            ),
            (format!("Hello,\n{report}\n{report}\nBye"), 2),
        ] {
            assert_eq!(read(around.as_bytes()).1, count, "{around}");
        }
    }

    #[test]
    fn what_was_cut_or_is_too_large_is_said_in_plain_words() {
        let report = write_report_pretty(&sample::working());
        for (text, words) in [
            (&report[..report.len() / 2], "It ends in the middle"),
            ("{", "copy it whole"),
        ] {
            let all = reports(text.as_bytes());
            assert!(
                matches!(&all[..], [Err(why)] if why.contains(words)),
                "{all:?}"
            );
        }
        let large = format!(
            "{{\"schema\":1,\"a\":\"{}\"}}",
            "x".repeat(limits::REPORT_BYTES)
        );
        let all = reports(large.as_bytes());
        assert!(
            matches!(&all[..], [Err(why)] if why.contains("over 8 MB")),
            "{all:?}"
        );
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
