//! Names that end in the zone's own although they are whole before it: the dot at their end is missing in the zone file.

use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::Posture;

use super::feed::Seen;
use super::rules::DOT_MISSING;
use super::told::Told;

/// Findings of one report; the first show what is wrong with the others.
const MOST: usize = 10;
/// Labels at the end of hosts' names that hardly anybody gives to a host of their own.
const TOP: &[&str] = &[
    "app", "biz", "cloud", "com", "email", "edu", "gov", "info", "net", "online", "org",
];

/// Exchangers and aliases of mail's own names that lead to such names.
pub(super) fn findings(seen: &Seen<'_>, posture: &Posture) -> Vec<Told> {
    let at = Lookup::new(seen.domain.clone(), Kind::Mx);
    let exchangers = posture.exchangers.iter();
    let exchangers = exchangers
        .filter(|it| it.addresses.is_empty())
        .map(|it| (&at, it.host.as_str()));
    let aliases = seen.all().filter_map(|(lookup, _)| {
        let target = match seen.answers.get(lookup)? {
            Answer::Records(records) if lookup.kind == Kind::Cname => match records.first()? {
                Record::Cname(target) => target.as_str(),
                _ => return None,
            },
            _ => return None,
        };
        let text = Lookup::new(lookup.name.clone(), Kind::Txt);
        let answer = seen.answers.get(&text);
        // Where texts are known the alias leads to them.
        let is_there = answer.is_some_and(|it| !it.records().is_empty());
        (!is_there).then_some((lookup, target))
    });
    exchangers
        .chain(aliases)
        .filter_map(|(at, host)| {
            let meant = meant(host, &seen.domain)?;
            let what = format!(
                "{host} ends in the zone's own name: is the final dot missing, and {meant}. meant?"
            );
            Some(Told::own(&DOT_MISSING, at, &what, true))
        })
        .take(MOST)
        .collect()
}

/// The whole name that stands before the domain's. A label that is a country's may be a host's as well, so it wants more
/// before it.
fn meant(host: &str, domain: &Name) -> Option<String> {
    let host = Name::new(host).ok()?;
    let end = format!(".{domain}");
    let before = Name::new(host.as_str().strip_suffix(&end)?).ok()?;
    if before.is_within(domain) {
        return Some(before.to_string());
    }
    let labels: Vec<&str> = before.labels().collect();
    let top = labels.last()?;
    let is_country = top.len() == 2 && top.bytes().all(|it| it.is_ascii_alphabetic());
    let is_whole = match labels.len() {
        0 | 1 => false,
        2 => TOP.contains(top),
        _ => TOP.contains(top) || is_country,
    };
    is_whole.then(|| before.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_before_the_domains_are_known() {
        let domain = Name::new("example.de").unwrap();
        let meant = |host: &str| meant(host, &domain);
        assert_eq!(
            meant("mx.example.net.example.de.").as_deref(),
            Some("mx.example.net")
        );
        assert_eq!(
            meant("mx.mail.at.example.de").as_deref(),
            Some("mx.mail.at")
        );
        assert_eq!(
            meant("mx.example.de.example.de").as_deref(),
            Some("mx.example.de")
        );
        for host in [
            "mx.example.de",
            "mx.de.example.de",
            "net.example.de",
            "mx1.eu-west.example.de",
            "mx.example.net",
        ] {
            assert_eq!(meant(host), None, "{host}");
        }
    }
}
