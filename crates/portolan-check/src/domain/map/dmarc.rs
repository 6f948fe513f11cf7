//! The walk to the policy, what it asks for, and alignment.

use portolan_dns::dmarc::{DmarcRecord, Found, Whose};
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
    let policy = walk.policy.and_then(|at| walk.found.get(at));
    if let Some((name, Found::Record(record))) = policy {
        lines.extend(asks(seen, name, record));
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

fn asks(seen: &Seen<'_>, name: &Name, record: &DmarcRecord) -> Vec<Line> {
    let is_own = *name == seen.domain;
    let own = if is_own { Whose::Own } else { Whose::Subdomain };
    let trial = if record.testing {
        ", one level less than written, as t=y"
    } else {
        ""
    };
    let mut lines = vec![Line::plain(format!(
        "so receivers apply {} to {}; {} to names below it; {} to names that do not exist{trial}",
        record.effective(own),
        seen.domain,
        record.effective(Whose::Subdomain),
        record.effective(Whose::Missing),
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
