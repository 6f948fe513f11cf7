//! What the sender's side shows: keys, and names of the address.

use portolan_dns::dkim::{Key, Testing};
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::survey::{Origin, Posture};
use portolan_report::domain::{AskedSelector, SelectorOrigin};

use super::super::feed::Seen;
use super::super::{Line, Mark};
use super::nothing;

pub(super) fn dkim(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let asked = &seen.report.asked.selectors;
    if posture.dkim.is_empty() && asked.is_empty() {
        return vec![Line::new(
            Mark::Unknown,
            "no selector is known: name one of a message's signature (s=) with --selector",
        )];
    }
    let mut lines = Vec::new();
    for (selector, key) in &posture.dkim {
        let of = asked.iter().find(|it| it.name == selector.name);
        let why = match (selector.origin, of.and_then(|it| it.provider.as_ref())) {
            (Origin::Named, _) => "named".to_owned(),
            (Origin::Tried, Some(provider)) => format!("documented by {provider}"),
            (Origin::Tried, None) => "tried".to_owned(),
        };
        let head = format!("{} ({why})", selector.name);
        let Some(key) = key else {
            let name = seen.domain.child(&format!("{}._domainkey", selector.name));
            if let Ok(name) = name {
                let line = nothing(seen, &Lookup::new(name, Kind::Txt));
                lines.push(Line::new(line.mark, format!("{head}: {}", line.text)));
            }
            continue;
        };
        let (mark, words) = match key.key {
            Key::Rsa { bits } => (Mark::Good, format!("RSA, {bits} bits")),
            Key::Ed25519 => (Mark::Good, "Ed25519".to_owned()),
            Key::Revoked => (Mark::Bad, "revoked".to_owned()),
            Key::Broken => (Mark::Bad, "cannot be read".to_owned()),
            Key::Unknown => (Mark::Bad, "of an unknown type".to_owned()),
        };
        let testing = if key.testing == Testing::Yes {
            ", on trial (t=y)"
        } else {
            ""
        };
        lines.push(Line::new(mark, format!("{head}: {words}{testing}")));
    }
    // Those without an answer: of a usual selector that was tried that says nothing.
    let is_open = |it: &&AskedSelector| {
        it.origin == SelectorOrigin::Named
            && !posture.dkim.iter().any(|(known, _)| known.name == it.name)
    };
    for selector in asked.iter().filter(is_open) {
        let name = seen.domain.child(&format!("{}._domainkey", selector.name));
        if let Ok(name) = name {
            let line = nothing(seen, &Lookup::new(name, Kind::Txt));
            let text = format!("{} (named): {}", selector.name, line.text);
            lines.push(Line::new(line.mark, text));
        }
    }
    lines
}

pub(super) fn reverse(seen: &Seen<'_>, posture: &Posture) -> Vec<Line> {
    let Some(ip) = seen.report.asked.ip else {
        return Vec::new();
    };
    let Some(names) = &posture.reverse else {
        let at = Lookup::reverse(ip.to_canonical());
        return at.map(|at| nothing(seen, &at)).into_iter().collect();
    };
    if names.is_empty() {
        return vec![Line::new(Mark::Bad, format!("{ip} has no name"))];
    }
    names
        .iter()
        .map(|it| {
            let (mark, words) = match it.confirmed {
                Some(true) => (Mark::Good, "leads back to it"),
                Some(false) => (Mark::Bad, "does not lead back to it"),
                None => (Mark::Unknown, "nobody said whether it leads back"),
            };
            Line::new(mark, format!("{ip} \u{2192} {}  {words}", it.name))
        })
        .collect()
}
