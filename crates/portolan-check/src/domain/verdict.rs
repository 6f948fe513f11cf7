//! What all findings come to in a sentence.

use portolan_dns::finding::Severity;
use portolan_dns::lookup::Lookup;
use portolan_dns::name::Name;
use portolan_dns::survey::Posture;

use super::differ::short;
use super::feed::Seen;
use super::told::Told;
use crate::{Level, Verdict};

/// What could be better is named so many times.
const NAMED: usize = 3;
/// Of what the ids of rules speak.
const AREAS: [(&str, &str); 7] = [
    ("bimi-", "BIMI"),
    ("dkim-", "DKIM"),
    ("dmarc-", "DMARC"),
    ("mta-sts-", "MTA-STS"),
    ("spf-", "SPF"),
    ("tls-rpt-", "TLS reporting"),
    ("tlsa-", "DANE"),
];

/// What is wrong decides; where nothing is and something is not known, nobody can say. Of a pasted text it says as well what
/// it does not speak of.
pub(super) fn verdict(seen: &Seen<'_>, posture: &Posture, findings: &[Told]) -> Verdict {
    let mut verdict = decided(seen, posture, findings);
    verdict.sentence.push_str(&beside(seen, posture, &verdict));
    verdict
}

/// What was pasted and is not judged, and what was not pasted and belongs to what is.
fn beside(seen: &Seen<'_>, posture: &Posture, verdict: &Verdict) -> String {
    let is_partial = posture.spf.text().is_some() && posture.spf.is_partial();
    let is_open = seen.is_pasted() && verdict.level == Level::Fine && is_partial;
    let open = is_open.then(|| "Not all that its SPF record leads to was in it.".to_owned());
    let unread = unread(seen).filter(|_| verdict.level == Level::Problem);
    let others = others(&seen.aside.others);
    let all = [open, unread, others].into_iter().flatten();
    all.flat_map(|it| [" ".to_owned(), it]).collect()
}

/// That records of other domains stand there as well; one with which something is wrong is named first.
fn others(all: &[(Name, bool)]) -> Option<String> {
    let wrong = all.iter().find(|(_, is_wrong)| *is_wrong);
    let (name, is_wrong) = wrong.or(all.first())?;
    let more = match all.len() {
        1 => String::new(),
        2 => " and of one more domain".to_owned(),
        count => format!(" and of {} more domains", count - 1),
    };
    let what = if *is_wrong {
        format!("something is wrong with those of {name}, which this does not list")
    } else {
        "this says nothing of them".to_owned()
    };
    Some(format!("Records of {name}{more} stand there too: {what}."))
}

/// What may be in lines that nobody understood.
fn unread(seen: &Seen<'_>) -> Option<String> {
    match seen.aside.unread {
        0 => None,
        1 => Some("One line seems to hold a record, and could not be read.".to_owned()),
        count => Some(format!(
            "{count} lines seem to hold records, and could not be read."
        )),
    }
}

fn decided(seen: &Seen<'_>, posture: &Posture, findings: &[Told]) -> Verdict {
    let domain = &seen.domain;
    let wrong: Vec<&Told> = findings
        .iter()
        .filter(|it| it.severity == Severity::Wrong && !it.is_failure())
        .collect();
    if let Some((first, rest)) = wrong.split_first() {
        let more = match rest.len() {
            0 => String::new(),
            1 => " One more thing is wrong.".to_owned(),
            count => format!(" {count} more things are wrong."),
        };
        return Verdict {
            level: Level::Problem,
            sentence: format!("{domain}: {}{more}", first.what),
        };
    }
    let why = not_known(seen, posture).or_else(|| unread(seen));
    if let Some(why) = why {
        return Verdict {
            level: Level::Undecided,
            sentence: format!("{domain}: not decided. {why}"),
        };
    }
    let of_what = if seen.is_pasted() {
        " with what was pasted"
    } else {
        ""
    };
    let more = better(findings);
    Verdict {
        level: Level::Fine,
        sentence: format!("{domain}: nothing is wrong{of_what}.{more}"),
    }
}

/// What is weak, by name.
fn better(findings: &[Told]) -> String {
    let weak = findings.iter().filter(|it| it.severity == Severity::Weak);
    let mut named: Vec<String> = Vec::new();
    for it in weak {
        let what = match AREAS.iter().find(|(start, _)| it.rule.starts_with(start)) {
            Some((_, area)) => format!("{area}: {}", it.what),
            None => it.what.clone(),
        };
        if !named.contains(&what) {
            named.push(what);
        }
    }
    let count = match named.len() {
        0 => return String::new(),
        1 => "One thing could be better".to_owned(),
        count => format!("{count} things could be better"),
    };
    let some = if named.len() > NAMED {
        ", among them"
    } else {
        ""
    };
    named.truncate(NAMED);
    format!(" {count}{some}. {}", named.join(" "))
}

/// Which look-ups brought no answer.
fn not_known(seen: &Seen<'_>, posture: &Posture) -> Option<String> {
    let failed: Vec<&Lookup> = posture.failed.iter().map(|(lookup, _)| lookup).collect();
    // What must not be fetched is missed by nobody.
    let asked_for =
        |it: &&Lookup| seen.report.asked.https || it.kind != portolan_dns::lookup::Kind::StsPolicy;
    let open: Vec<&Lookup> = posture.unanswered.iter().filter(asked_for).collect();
    if let Some((first, rest)) = failed.split_first() {
        let words = seen
            .said(first)
            .map_or_else(|| "no answer".to_owned(), short);
        let lost = match rest.len() {
            0 => String::new(),
            1 => " One more was not answered either.".to_owned(),
            count => format!(" {count} more were not answered either."),
        };
        let left = match (seen.report.cut_short, open.len()) {
            (_, 0) => String::new(),
            (true, count) => format!(" No time was left for {count} more."),
            (false, 1) => " One more was not asked.".to_owned(),
            (false, count) => format!(" {count} more were not asked."),
        };
        return Some(format!(
            "The look-up of {first} brought {words}.{lost}{left}"
        ));
    }
    if seen.is_pasted() {
        return None;
    }
    let (first, rest) = open.split_first()?;
    // Not asked: whoever would have been never spoke, or there was more to ask than a report holds.
    Some(match (seen.report.cut_short, rest.len()) {
        (true, 0) => format!("No time was left for {first}."),
        (true, count) => format!("No time was left for {first} and {count} more."),
        (false, 0) => format!("{first} was not asked."),
        (false, count) => format!("{first} and {count} more were not asked."),
    })
}
