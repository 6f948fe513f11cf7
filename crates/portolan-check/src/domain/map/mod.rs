//! What is there, section by section.

mod checked;
mod dmarc;
mod hosts;
mod ready;
mod sender;
mod spf;

pub(super) use checked::check_lines;
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::survey::{Posture, Security};
use portolan_report::domain::{Answer, ResolverOrigin};
use portolan_report::probe::printable;
pub(super) use ready::readiness;

use super::differ::short;
use super::feed::{Seen, is_believed};
use super::{Line, Mark, Section};

/// All sections, in the order in which mail meets them.
pub(super) fn sections(seen: &Seen<'_>, posture: &Posture) -> Vec<Section> {
    let all = [
        ("Mail comes in by", hosts::exchangers(seen, posture)),
        ("SPF", spf::lines(seen, posture)),
        ("DKIM", sender::dkim(seen, posture)),
        ("DMARC", dmarc::lines(seen, posture)),
        ("Reverse name", sender::reverse(seen, posture)),
        ("MTA-STS", hosts::sts(seen, posture)),
        ("TLS reports", text_at(seen, "_smtp._tls", b"v=tlsrpt")),
        ("TLSA", hosts::tlsa(seen, posture)),
        ("BIMI", text_at(seen, "default._bimi", b"v=bimi")),
        ("DNSSEC", dnssec(seen)),
        ("Asked", asked(seen)),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(title, lines)| Section { title, lines })
        .collect()
}

/// Why there is nothing at a question: never the same words for a failure and for nothing.
fn nothing(seen: &Seen<'_>, lookup: &Lookup) -> Line {
    match seen.said(lookup) {
        None if let Some(target) = seen.alias(&lookup.name) => {
            let missing = if seen.is_pasted() {
                "whose record is not in what was pasted"
            } else {
                "whose record was not asked for, or not answered in time"
            };
            let text = format!("{lookup}: an alias of {target}, {missing}");
            Line::new(Mark::Unknown, text)
        }
        None if seen.is_pasted() => {
            Line::new(Mark::Unknown, format!("{lookup}: not in what was pasted"))
        }
        None => Line::new(
            Mark::Unknown,
            format!("{lookup}: not asked, or not answered in time"),
        ),
        Some(Answer::NoRecords | Answer::Records { .. }) => {
            Line::plain(format!("{lookup}: no record"))
        }
        Some(Answer::NoSuchName) => Line::plain(format!("{lookup}: no such name")),
        Some(Answer::TimedOut) => Line::new(Mark::Unknown, format!("{lookup}: timed out")),
        Some(failed) => {
            let text = format!("{lookup}: the resolver failed, {}", short(failed));
            Line::new(Mark::Unknown, text)
        }
    }
}

/// The texts at a label below the domain that begin so, or that there are none.
fn text_at(seen: &Seen<'_>, label: &str, start: &[u8]) -> Vec<Line> {
    let Ok(name) = seen.domain.child(label) else {
        return Vec::new();
    };
    let at = Lookup::new(name, Kind::Txt);
    let texts: Vec<Line> = texts(seen, &at, start)
        .iter()
        .map(|text| Line::plain(format!("{}: {text}", at.name)))
        .collect();
    if texts.is_empty() {
        vec![nothing(seen, &at)]
    } else {
        texts
    }
}

/// Texts that begin so, in whatever case.
fn texts(seen: &Seen<'_>, at: &Lookup, start: &[u8]) -> Vec<String> {
    let Some(answer) = seen.answers.get(at) else {
        return Vec::new();
    };
    let is_meant = |text: &Vec<u8>| {
        text.get(..start.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(start))
    };
    answer
        .texts()
        .filter(is_meant)
        .take(5)
        .map(|text| printable(&text))
        .collect()
}

/// Whose word it is stands beside it.
fn dnssec(seen: &Seen<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if seen.is_pasted() {
        return lines;
    }
    for (number, resolver) in seen.report.resolvers.iter().enumerate() {
        let of_it: Vec<&Lookup> = seen
            .all()
            .filter(|(_, said)| usize::from(said.resolver) == number)
            .map(|(lookup, _)| lookup)
            .collect();
        if of_it.is_empty() {
            continue;
        }
        let address = &resolver.address;
        if !is_believed(resolver) {
            lines.push(Line::new(
                Mark::Unknown,
                format!("not known: {address} is neither on this machine nor was it named, so that its word does not count"),
            ));
            continue;
        }
        let of = |security| -> Vec<String> {
            of_it
                .iter()
                .filter(|it| seen.security(it) == security)
                .map(ToString::to_string)
                .collect()
        };
        let (secure, insecure) = (of(Security::Secure), of(Security::Insecure));
        if !secure.is_empty() {
            let text = format!("validated by {address}: {}", some(&secure));
            lines.push(Line::new(Mark::Good, text));
        }
        if !insecure.is_empty() {
            lines.push(Line::plain(format!(
                "not signed, says {address}: {}",
                some(&insecure)
            )));
        }
        if secure.is_empty() && insecure.is_empty() {
            let text = format!("not known: {address} does not validate");
            lines.push(Line::new(Mark::Unknown, text));
        }
    }
    lines
}

/// The first of many.
fn some(all: &[String]) -> String {
    const SHOWN: usize = 6;
    let shown = all.get(..SHOWN).unwrap_or(all);
    let more = all.len() - shown.len();
    if more > 0 {
        format!("{}, and {more} more", shown.join(", "))
    } else {
        shown.join(", ")
    }
}

/// Who was asked, and what came of it.
fn asked(seen: &Seen<'_>) -> Vec<Line> {
    let report = seen.report;
    let resolvers = report.resolvers.iter().enumerate();
    resolvers
        .filter(|_| !seen.is_pasted())
        .map(|(number, resolver)| {
            let answers: Vec<&Answer> = report
                .lookups
                .iter()
                .flat_map(|it| &it.answers)
                .filter(|it| usize::from(it.resolver) == number)
                .map(|it| &it.answer)
                .collect();
            let count = |of: fn(&Answer) -> bool| answers.iter().filter(|it| of(it)).count();
            let late = count(|it| matches!(it, Answer::TimedOut));
            let failed = count(|it| matches!(it, Answer::Failed { .. } | Answer::Refused));
            let mut parts = vec![format!("{} questions", answers.len())];
            if late > 0 {
                parts.push(format!("{late} timed out"));
            }
            if failed > 0 {
                parts.push(format!("{failed} failed"));
            }
            let whose = match resolver.origin {
                ResolverOrigin::Named => "named",
                ResolverOrigin::Pasted => "pasted",
                ResolverOrigin::System => "of this machine's settings",
            };
            let text = format!("{} ({whose}): {}", resolver.address, parts.join(", "));
            let mark = if late + failed > 0 {
                Mark::Unknown
            } else {
                Mark::Plain
            };
            Line::new(mark, text)
        })
        .collect()
}
