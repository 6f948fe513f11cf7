//! The domain in From beside those that SPF and DKIM pass, and the one change that aligns them (RFC 9989, section 4.4).

use portolan_dns::dmarc::{Alignment, Change, DmarcRecord, Mode, Walk, align, walk};
use portolan_dns::lookup::Lookup;
use portolan_dns::name::Name;

use super::feed::Seen;
use super::{Line, Mark};

/// What has to be known of the other domains: where their organisations begin.
pub(super) fn wanted(seen: &Seen<'_>) -> Vec<Lookup> {
    let asked = &seen.report.asked;
    [&asked.envelope, &asked.signer]
        .into_iter()
        .flatten()
        .filter_map(|it| Name::new(it).ok())
        .flat_map(|it| walk(&it, &seen.answers).open)
        .collect()
}

/// Two lines: the envelope's domain, and the signature's.
pub(super) fn lines(seen: &Seen<'_>, walk: &Walk) -> Vec<Line> {
    let record = walk.record().map(|(_, record)| record);
    let modes = |of: fn(&DmarcRecord) -> Mode| record.map_or(Mode::Relaxed, of);
    let asked = &seen.report.asked;
    let mut lines = vec![Line::plain(format!(
        "Alignment: mail passes where one of these is aligned with From, {}.",
        seen.domain
    ))];
    lines.push(side(
        seen,
        walk,
        "SPF, envelope",
        asked.envelope.as_ref(),
        modes(|it| it.spf),
        "aspf",
    ));
    lines.push(side(
        seen,
        walk,
        "DKIM, d=",
        asked.signer.as_ref(),
        modes(|it| it.dkim),
        "adkim",
    ));
    lines
}

fn side(
    seen: &Seen<'_>,
    author: &Walk,
    what: &str,
    named: Option<&String>,
    mode: Mode,
    tag: &str,
) -> Line {
    let kind = match mode {
        Mode::Relaxed => "relaxed",
        Mode::Strict => "strict",
    };
    let head = format!("  {what:<14} {kind:<8}");
    let from = &seen.domain;
    let Some(name) = named.and_then(|it| Name::new(it).ok()) else {
        let needed = match mode {
            _ if author.has_failed() => format!("{from} itself is aligned; more is not known"),
            Mode::Relaxed => format!("{0}, or a name below it, is aligned", author.organization),
            Mode::Strict => format!("only {from} itself is aligned"),
        };
        return Line::plain(format!("{head} {needed}"));
    };
    let theirs = walk(&name, &seen.answers);
    // The same domain is aligned whatever the policy says, and whoever's organisation it is.
    let unknown = if name == *from {
        None
    } else if !theirs.open.is_empty() {
        Some("no answer came")
    } else {
        let has_failed = theirs.has_failed() || author.has_failed();
        has_failed.then_some("a look-up failed")
    };
    if let Some(why) = unknown {
        let text = format!("{head} {name} | {from}  not known: {why}");
        return Line::new(Mark::Unknown, text);
    }
    let passed = (&name, &theirs.organization);
    match align((from, &author.organization), passed, mode) {
        Alignment::Aligned => Line::new(Mark::Good, format!("{head} {name} = {from}  aligned")),
        Alignment::Apart(change) => {
            let change = match change {
                Change::Relax => format!("take {tag}=s out of the policy, and they are"),
                Change::Use(it) => format!("use {it} itself in its place"),
                Change::UseWithin(it) => format!("use {it}, or a name below it, in its place"),
            };
            let text = format!("{head} {name} \u{2260} {from}  not aligned: {change}");
            Line::new(Mark::Bad, text)
        }
    }
}
