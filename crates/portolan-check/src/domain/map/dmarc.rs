//! The walk to the policy, what it asks for, and alignment.

use portolan_dns::dmarc::{DmarcRecord, Effect, Found, Walk, Whose};
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_dns::survey::Posture;

use super::super::feed::Seen;
use super::super::{Line, Mark, align};
use super::{nothing, texts};

pub(super) fn lines(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let walk = &posture.dmarc;
    let mut lines: Vec<Line> = walk
        .found
        .iter()
        .enumerate()
        .filter_map(|(number, (name, found))| step(seen, number, name, found))
        .collect();
    // Nobody pastes what stands at a top-level domain.
    let is_missed = |it: &&Lookup| !seen.is_pasted() || it.name.labels().count() > 2;
    let open = walk.open.iter().filter(is_missed);
    lines.extend(open.map(|it| nothing(seen, it)));
    if let Some((name, record)) = walk.record() {
        lines.extend(asks(seen, walk, name, record));
    } else if walk.has_failed() {
        let text = format!(
            "which policy counts for {} is not known: a look-up failed",
            seen.domain
        );
        lines.push(Line::new(Mark::Unknown, text));
    } else if walk.open.is_empty() {
        lines.push(Line::plain(format!("no policy counts for {}", seen.domain)));
    }
    lines.extend(align::lines(seen, walk));
    lines
}

/// A name of the walk, the domain's own first.
fn step(seen: &Seen<'_>, number: usize, name: &Name, found: &Found) -> Option<Line> {
    let at = Lookup::new(name.child("_dmarc").ok()?, Kind::Txt);
    let head = format!("{}. {}", number + 1, at.name);
    Some(match found {
        Found::Record(_) => {
            let text = texts(seen, &at, b"v").into_iter().find(|it| {
                let tight: String = it.chars().filter(|it| *it != ' ').collect();
                tight.starts_with("v=DMARC1")
            });
            Line::plain(format!("{head}: {}", text.unwrap_or_default()))
        }
        Found::Many(count) => Line::new(Mark::Bad, format!("{head}: {count} records, none counts")),
        Found::None | Found::Error(_) => {
            let line = nothing(seen, &at);
            Line::new(line.mark, format!("{}. {}", number + 1, line.text))
        }
    })
}

fn asks(seen: &Seen<'_>, walk: &Walk, name: &Name, record: &DmarcRecord) -> Vec<Line> {
    let is_own = *name == seen.domain;
    let own = if is_own { Whose::Own } else { Whose::Subdomain };
    let why = match record.effect {
        Effect::NotAtAll => {
            let text = format!(
                "so receivers apply no DMARC to {}: its policy cannot be understood, and it wants no reports",
                seen.domain
            );
            return vec![Line::new(Mark::Bad, text)];
        }
        Effect::AsNone => ", since the record cannot be understood as it is written",
        Effect::AsWritten if record.testing => ", one level less than written, as t=y",
        Effect::AsWritten => "",
    };
    let below = match walk.record_for_names_below() {
        None if walk.has_failed() => "what they apply to names below it is not known".to_owned(),
        Some((other, record)) if is_own && *other != seen.domain => format!(
            "names below it take the policy of {other}: {}, or {} where they do not exist",
            record.effective(Whose::Subdomain),
            record.effective(Whose::Missing),
        ),
        _ => format!(
            "{} to names below it; {} to names that do not exist",
            record.effective(Whose::Subdomain),
            record.effective(Whose::Missing),
        ),
    };
    let mut lines = vec![Line::plain(format!(
        "so receivers apply {} to {}{why}; {below}",
        record.effective(own),
        seen.domain,
    ))];
    let reports = |all: &[portolan_dns::dmarc::ReportUri]| {
        let all: Vec<&str> = all.iter().map(|it| it.uri.as_str()).collect();
        all.join(", ")
    };
    if !record.summaries.is_empty() {
        lines.push(Line::plain(format!(
            "summaries go to {}",
            reports(&record.summaries)
        )));
    }
    if !record.failures.is_empty() {
        lines.push(Line::plain(format!(
            "reports of single messages go to {}",
            reports(&record.failures)
        )));
    }
    lines
}
