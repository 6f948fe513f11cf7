//! Mail exchangers (RFC 5321, section 5.1; RFC 7505), their TLSA records, and names of addresses (RFC 8601, section 3).

use std::net::IpAddr;

use super::desk::{Desk, publish};
use super::{Exchanger, ReverseName, Security, Survey};
use crate::finding::{Issue, Severity};
use crate::lookup::{Kind, Lookup, Record};
use crate::name::Name;
use crate::rules::{mail, transport};
use crate::tlsa::{self, Matched, Tlsa};
use crate::words::quoted;

/// Hosts whose addresses are looked up, and names of an address.
const MAX_HOSTS: usize = 10;
/// Exchangers that are told of.
const MAX_EXCHANGERS: usize = 100;
/// TLSA records of a host that are read.
const MAX_TLSA: usize = 20;
/// Addresses of a host whose names are looked up.
const MAX_ADDRESSES: usize = 4;

/// The exchangers, the preferred first, and whether the domain says that it has none.
pub(super) fn assess(desk: &mut Desk<'_>, survey: &Survey) -> (Vec<Exchanger>, bool) {
    let at = Lookup::new(desk.domain.clone(), Kind::Mx);
    let Some(answer) = desk.look(&at) else {
        return (Vec::new(), false);
    };
    if answer.is_error() {
        desk.failure(&at, answer, &mail::MX_ERROR);
        return (Vec::new(), false);
    }
    let mut all: Vec<(u16, &str)> = answer
        .records()
        .iter()
        .filter_map(|record| match record {
            Record::Mx { preference, host } => Some((*preference, host.as_str())),
            _ => None,
        })
        .collect();
    portolan_report::ordered::sort(&mut all);
    all.truncate(MAX_EXCHANGERS);
    if all.is_empty() {
        implicit(desk, &at);
        return (Vec::new(), false);
    }
    let is_null = |host: &str| matches!(host, "" | ".");
    if all.iter().any(|(_, host)| is_null(host)) {
        let others = all.iter().filter(|(_, host)| !is_null(host)).count();
        if all.len() > 1 {
            let what = if others > 0 {
                format!("A null MX stands beside {others} other records: remove the null MX.")
            } else {
                "There are several null MX: keep the one with the preference 0.".to_owned()
            };
            desk.find(&at, Issue::new(&mail::MX_NULL_BESIDE, what), None);
        } else {
            desk.find(
                &at,
                Issue::new(
                    &mail::MX_NULL,
                    "The domain accepts no mail: it has a null MX.",
                ),
                None,
            );
            if all.iter().any(|(preference, _)| *preference != 0) {
                let issue = Issue::new(
                    &mail::MX_NULL_PREFERENCE,
                    "The null MX has a preference other than 0.",
                );
                desk.find(&at, issue, publish(&at, "0 ."));
            }
        }
    }
    let is_alone = all.len() == 1;
    let mut seen: Vec<String> = Vec::new();
    let mut exchangers = Vec::new();
    for (preference, host) in all.iter().filter(|(_, host)| !is_null(host)) {
        let key = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        if seen.contains(&key) {
            desk.find(
                &at,
                Issue::new(&mail::MX_TWICE, format!("{host} is listed twice.")),
                None,
            );
            continue;
        }
        seen.push(key);
        let mut exchanger = Exchanger {
            preference: *preference,
            host: (*host).to_owned(),
            addresses: Vec::new(),
            tlsa: Vec::new(),
        };
        if exchangers.len() < MAX_HOSTS {
            exchanger_host(desk, survey, &at, &mut exchanger);
        }
        exchangers.push(exchanger);
    }
    let null = is_alone && exchangers.is_empty();
    (exchangers, null)
}

/// Without MX the domain's own addresses count (RFC 5321, section 5.1).
fn implicit(desk: &mut Desk<'_>, at: &Lookup) {
    let mut open = false;
    let mut found = false;
    for kind in [Kind::A, Kind::Aaaa] {
        match desk.look(&Lookup::new(at.name.clone(), kind)) {
            Some(answer) if answer.is_error() => open = true,
            Some(answer) => found |= answer.addresses().next().is_some(),
            None => open = true,
        }
    }
    if found {
        let issue = Issue::new(
            &mail::MX_NONE,
            "There is no MX, so mail goes to the domain's own address.",
        );
        desk.find(at, issue, publish(at, "10 HOST"));
    } else if !open {
        let issue = Issue::new(&mail::MX_NOWHERE, "There is neither MX nor address.");
        desk.find(at, issue, publish(at, "0 ."));
    }
}

fn exchanger_host(desk: &mut Desk<'_>, survey: &Survey, at: &Lookup, exchanger: &mut Exchanger) {
    let host = exchanger.host.clone();
    let bare = host.trim_matches(['[', ']']);
    if bare
        .strip_suffix('.')
        .unwrap_or(bare)
        .parse::<IpAddr>()
        .is_ok()
    {
        let what = format!("{host} is an address, and not the name of a host.");
        desk.find(
            at,
            Issue::new(&mail::MX_ADDRESS, what),
            publish(at, format!("{} HOST", exchanger.preference)),
        );
        return;
    }
    let name = match Name::new(&host) {
        Ok(name) if name.is_host() => name,
        _ => {
            desk.find(
                at,
                Issue::new(
                    &mail::MX_NAME,
                    format!("{} is no name of a host.", quoted(&host)),
                ),
                None,
            );
            return;
        }
    };
    let alias = Lookup::new(name.clone(), Kind::Cname);
    if let Some(answer) = desk.look(&alias)
        && let Some(Record::Cname(target)) = answer.records().first()
    {
        let what = format!("{name} is an alias of {target}.");
        let value = format!("{} {target}", exchanger.preference);
        desk.find(at, Issue::new(&mail::MX_CNAME, what), publish(at, value));
    }
    let mut is_known = true;
    for kind in [Kind::A, Kind::Aaaa] {
        let lookup = Lookup::new(name.clone(), kind);
        match desk.look(&lookup) {
            Some(answer) if answer.is_error() => {
                is_known = false;
                desk.failure(&lookup, answer, &mail::MX_ERROR);
            }
            Some(answer) => exchanger.addresses.extend(answer.addresses()),
            None => is_known = false,
        }
    }
    if exchanger.addresses.is_empty() && is_known {
        desk.find(
            at,
            Issue::new(&mail::MX_NO_ADDRESS, format!("{name} has no address.")),
            None,
        );
    }
    for ip in exchanger.addresses.iter().take(MAX_ADDRESSES) {
        let (names, _) = names(desk, *ip);
        let Some(names) = names else { continue };
        // While one is not known, nothing is said.
        if names.iter().all(|it| it.confirmed == Some(false)) {
            let what = format!("{ip}, of {name}, has no name that leads back to it.");
            desk.find(at, Issue::new(&mail::MX_NO_PTR, what), None);
        }
    }
    exchanger.tlsa = associations(desk, survey, &name);
}

fn associations(desk: &mut Desk<'_>, survey: &Survey, host: &Name) -> Vec<(Tlsa, Option<Matched>)> {
    let Ok(name) = host.child("_25._tcp") else {
        return Vec::new();
    };
    let at = Lookup::new(name, Kind::Tlsa);
    let Some(answer) = desk.look(&at) else {
        return Vec::new();
    };
    let signed = signed(survey, host, &at);
    if answer.is_error() {
        // Senders do not look where the host's zone is not signed.
        if signed != Security::Insecure {
            desk.failure(&at, answer, &transport::TLSA_ERROR);
        }
        return Vec::new();
    }
    let chain = survey.certificates.get(host);
    let found: Vec<(Tlsa, Option<Matched>)> = answer
        .records()
        .iter()
        .filter_map(|record| match record {
            Record::Tlsa(tlsa) => Some((tlsa.clone(), chain.map(|chain| tlsa.matches(chain)))),
            _ => None,
        })
        .take(MAX_TLSA)
        .collect();
    if signed == Security::Insecure {
        if !found.is_empty() {
            let what = format!("The zone of {host} is not signed, as the resolver says.");
            desk.find(&at, Issue::new(&transport::TLSA_NOT_SIGNED, what), None);
        }
        return found;
    }
    for issue in found.iter().flat_map(|(record, _)| tlsa::issues(record)) {
        desk.find(&at, issue, None);
    }
    let usable = found.iter().filter(|(record, _)| {
        tlsa::issues(record)
            .iter()
            .all(|it| it.rule.severity != Severity::Wrong)
    });
    let misses = usable
        .clone()
        .filter(|(_, it)| *it == Some(Matched::No))
        .count();
    if misses > 0 && usable.clone().any(|(_, it)| *it == Some(Matched::Yes)) {
        let issue = Issue::new(
            &transport::TLSA_OLD,
            format!("{misses} of the records match no certificate of {host}."),
        );
        desk.find(&at, issue, None);
    } else if misses > 0 {
        let where_it_counts = match signed {
            Security::Secure | Security::Insecure => "",
            Security::Unknown => ", which counts if the zone is signed",
        };
        let what = format!("No record matches what {host} shows{where_it_counts}.");
        let issue = Issue::new(&transport::TLSA_NO_MATCH, what);
        let value = chain
            .and_then(|chain| chain.first())
            .and_then(|it| digest(it));
        desk.find(&at, issue, value.and_then(|value| publish(&at, value)));
    }
    found
}

/// Whether the host's addresses and its TLSA records are in signed zones: where one is known not to be, senders leave DANE out
/// (RFC 7672, section 2.2).
fn signed(survey: &Survey, host: &Name, at: &Lookup) -> Security {
    let of = |lookup: &Lookup| survey.security.get(lookup).copied().unwrap_or_default();
    let all = [
        of(&Lookup::new(host.clone(), Kind::A)),
        of(&Lookup::new(host.clone(), Kind::Aaaa)),
        of(at),
    ];
    if all.contains(&Security::Insecure) {
        Security::Insecure
    } else if of(at) == Security::Secure {
        Security::Secure
    } else {
        Security::Unknown
    }
}

/// The record of usage 3 for a certificate's key.
fn digest(certificate: &[u8]) -> Option<String> {
    use sha2::{Digest, Sha256};
    let data = Sha256::digest(crate::der::public_key(certificate)?).to_vec();
    Some(
        Tlsa {
            usage: 3,
            selector: 1,
            matching: 1,
            data,
        }
        .to_string(),
    )
}

/// Names of the address that is to send, with what is wrong with them.
pub(super) fn reverse(desk: &mut Desk<'_>, ip: IpAddr) -> Option<Vec<ReverseName>> {
    let at = Lookup::reverse(ip.to_canonical())?;
    let (names, failure) = names(desk, ip);
    if let Some(answer) = failure {
        desk.failure(&at, answer, &mail::PTR_ERROR);
    }
    let names = names?;
    if names.is_empty() {
        desk.find(
            &at,
            Issue::new(&mail::PTR_NONE, format!("{ip} has no name.")),
            publish(&at, "HOST"),
        );
    } else if names.iter().all(|it| it.confirmed == Some(false)) {
        let what = format!("No name of {ip} leads back to it.");
        desk.find(&at, Issue::new(&mail::PTR_NOT_CONFIRMED, what), None);
    }
    if names.len() >= MAX_HOSTS {
        desk.find(
            &at,
            Issue::new(&mail::PTR_MANY, format!("{ip} has ten names or more.")),
            None,
        );
    }
    Some(names)
}

/// Names of an address, each with whether it leads back; else the failure.
fn names<'a>(
    desk: &mut Desk<'a>,
    ip: IpAddr,
) -> (Option<Vec<ReverseName>>, Option<&'a crate::lookup::Answer>) {
    let ip = ip.to_canonical();
    let Some(at) = Lookup::reverse(ip) else {
        return (None, None);
    };
    let Some(answer) = desk.look(&at) else {
        return (None, None);
    };
    if answer.is_error() {
        return (None, Some(answer));
    }
    let kind = if ip.is_ipv4() { Kind::A } else { Kind::Aaaa };
    let written = answer.records().iter().filter_map(|record| match record {
        Record::Ptr(name) => Some(name.clone()),
        _ => None,
    });
    let names = written
        .take(MAX_HOSTS)
        .map(|name| {
            let confirmed = match Name::new(&name) {
                Err(_) => Some(false),
                Ok(it) => desk
                    .look(&Lookup::new(it, kind))
                    .filter(|answer| !answer.is_error())
                    .map(|answer| answer.addresses().any(|it| it == ip)),
            };
            ReverseName { name, confirmed }
        })
        .collect();
    (Some(names), None)
}
