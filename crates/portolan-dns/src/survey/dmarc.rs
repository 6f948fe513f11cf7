//! The policy of DMARC that counts for the domain, and where its reports go.

mod mend;

use super::Selector;
use super::desk::{Desk, publish};
use crate::dkim::{Key, KeyRecord};
use crate::dmarc::{self, DmarcRecord, Found, Policy, Walk, Whose};
use crate::finding::Issue;
use crate::lookup::{Kind, Lookup, Record};
use crate::name::Name;
use crate::rules::dmarc as rules;
use crate::spf::{self, Tree};
use mend::{mended, name_of, refusing, tags};

/// Report domains that are looked at.
const MAX_REPORTS: usize = 6;

pub(super) fn assess(
    desk: &mut Desk<'_>,
    tree: &Tree,
    keys: Option<&[(Selector, Option<KeyRecord>)]>,
    null_mx: bool,
) -> Walk {
    let walk = dmarc::walk(desk.domain, desk.answers);
    for lookup in &walk.open {
        desk.look(lookup);
    }
    let Ok(own) = desk.domain.child("_dmarc") else {
        return walk;
    };
    let own = Lookup::new(own, Kind::Txt);
    desk.at_wrong_name(
        "_dmarc",
        &rules::AT_ROOT,
        dmarc::looks_like_dmarc,
        mend::sound,
    );
    let strange = (&rules::VERSION, &rules::OTHER_TEXT);
    let meant = desk
        .texts("_dmarc", &rules::ERROR, dmarc::is_dmarc)
        .and_then(|texts| desk.others(&texts, "v=DMARC1", dmarc::looks_like_dmarc, strange));
    for (name, found) in &walk.found {
        let Ok(name) = name.child("_dmarc") else {
            continue;
        };
        let at = Lookup::new(name, Kind::Txt);
        match found {
            Found::Error(answer) => desk.failure(&at, answer, &rules::ERROR),
            Found::Many(count) => {
                let issue = Issue::new(
                    &rules::MANY,
                    format!("There are {count} records; all are discarded."),
                );
                desk.find(&at, issue, None);
            }
            Found::None | Found::Record(_) => {}
        }
    }
    if let Some((name, record)) = walk.record() {
        record_found(desk, &walk, name, record, tree, keys, null_mx);
        return walk;
    }
    if walk.open.is_empty() && !walk.has_failed() {
        let value = match meant {
            Some(meant) if null_mx => refusing(&meant.value),
            Some(meant) => meant.value,
            None if null_mx => "v=DMARC1; p=reject".to_owned(),
            None => "v=DMARC1; p=none; rua=mailto:ADDRESS".to_owned(),
        };
        let issue = Issue::new(
            &rules::NONE,
            "Neither the domain nor one above it has a policy.",
        );
        desk.find(&own, issue, publish(&own, value));
    }
    walk
}

fn record_found(
    desk: &mut Desk<'_>,
    walk: &Walk,
    name: &Name,
    record: &DmarcRecord,
    tree: &Tree,
    keys: Option<&[(Selector, Option<KeyRecord>)]>,
    null_mx: bool,
) {
    let Ok(at) = name.child("_dmarc") else { return };
    let at = Lookup::new(at, Kind::Txt);
    let is_own = name == desk.domain;
    let text = desk
        .look(&at)
        .and_then(|answer| answer.texts().find(|text| dmarc::is_dmarc(text)));
    let text = text
        .map(|it| String::from_utf8_lossy(&it).into_owned())
        .unwrap_or_default();
    let mut kept = None;
    let below = walk.record_for_names_below().map(|(name, _)| name);
    let is_below_ignored = is_own && below.is_some_and(|it| it != name);
    if is_below_ignored && (record.subdomains.is_some() || record.missing.is_some()) {
        let what = "sp and np are ignored here: the organisation's domain is another.";
        let issue = Issue::new(&rules::BELOW_IGNORED, what);
        let mended = mended(&at, &text, &issue, null_mx, &mut kept);
        desk.find(&at, issue, mended);
    }
    let is_said = |it: &&Issue| !is_below_ignored || it.rule.id != rules::SUBDOMAIN_NONE.id;
    for issue in record.issues.iter().filter(is_said).cloned() {
        let mended = mended(&at, &text, &issue, is_own && null_mx, &mut kept);
        desk.find(&at, issue, mended);
    }
    if !is_own {
        let rule = if record.psd == dmarc::Psd::Yes {
            &rules::PUBLIC_SUFFIX
        } else {
            &rules::INHERITED
        };
        desk.find(
            &at,
            Issue::new(rule, format!("The policy is that of {name}.")),
            None,
        );
    }
    let whose = if is_own { Whose::Own } else { Whose::Subdomain };
    let policy = record.effective(whose);
    if null_mx
        && (policy != Policy::Reject
            || !is_below_ignored && record.applies_to(Whose::Subdomain) != Policy::Reject)
    {
        parked(desk, walk, name, &text);
    }
    let no_spf = matches!(tree.found, spf::Found::None | spf::Found::Many(_));
    let has_key = |(_, key): &(Selector, Option<KeyRecord>)| {
        key.as_ref()
            .is_some_and(|it| matches!(it.key, Key::Rsa { .. } | Key::Ed25519))
    };
    // A selector without an answer may have a key.
    let no_key = keys.is_some_and(|keys| !keys.is_empty() && !keys.iter().any(has_key));
    if policy != Policy::None && no_spf && no_key && !null_mx {
        let what = format!("The policy is {policy}, and neither SPF nor a key of DKIM is there.");
        desk.find(&at, Issue::new(&rules::WITHOUT_SPF_AND_DKIM, what), None);
    }
    reports(desk, walk, name, record, &at);
}

/// A domain that accepts no mail has a record of its own, so that no other domain of the organisation is touched.
fn parked(desk: &mut Desk<'_>, walk: &Walk, whose: &Name, text: &str) {
    let Ok(own) = desk.domain.child("_dmarc") else {
        return;
    };
    let own = Lookup::new(own, Kind::Txt);
    let what = "The domain accepts no mail, and does not ask to refuse what claims to be from it.";
    let value = if whose == desk.domain {
        refusing(text)
    } else {
        // Reports went where the organisation's record says, and are to go there still; a public suffix keeps its own.
        let is_ours = *whose == walk.organization;
        let rua = tags(text).find(|tag| is_ours && name_of(tag) == "rua");
        rua.map_or_else(
            || "v=DMARC1; p=reject".to_owned(),
            |rua| format!("v=DMARC1; p=reject; {rua}"),
        )
    };
    desk.find(&own, Issue::new(&rules::PARKED, what), publish(&own, value));
}

fn reports(desk: &mut Desk<'_>, walk: &Walk, owner: &Name, record: &DmarcRecord, at: &Lookup) {
    let mut domains: Vec<&Name> = record
        .summaries
        .iter()
        .chain(&record.failures)
        .filter_map(|uri| uri.domain.as_ref())
        .collect();
    portolan_report::ordered::sort(&mut domains);
    domains.dedup();
    for domain in domains.into_iter().take(MAX_REPORTS) {
        reachable(desk, domain, at);
        // Where the organisation is not known, it may be that of the reports.
        if domain.is_within(&walk.organization) || walk.has_failed() {
            continue;
        }
        // It may still be of the same organisation, seen from its side.
        let theirs = dmarc::walk(domain, desk.answers);
        for lookup in &theirs.open {
            desk.look(lookup);
        }
        let is_known = theirs.open.is_empty() && !theirs.has_failed();
        if !is_known || theirs.organization == walk.organization {
            continue;
        }
        let Ok(lookup) = dmarc::authorization(owner, domain) else {
            continue;
        };
        let Some(answer) = desk.look(&lookup) else {
            continue;
        };
        if answer.is_error() {
            desk.failure(&lookup, answer, &rules::ERROR);
        } else if !answer.texts().any(|text| dmarc::is_dmarc(&text)) {
            let what = format!("{domain} does not say that it wants reports about {owner}.");
            desk.find(
                &lookup,
                Issue::new(&rules::REPORT_UNAUTHORIZED, what),
                publish(&lookup, "v=DMARC1"),
            );
        }
    }
}

/// Whether a domain for reports accepts mail.
fn reachable(desk: &mut Desk<'_>, domain: &Name, at: &Lookup) {
    let Some(answer) = desk.look(&Lookup::new(domain.clone(), Kind::Mx)) else {
        return;
    };
    let is_null =
        |it: &Record| matches!(it, Record::Mx { host, .. } if matches!(host.as_str(), "" | "."));
    let refuses = answer.records().iter().any(is_null);
    let mut is_void = answer.is_void();
    if is_void {
        for kind in [Kind::A, Kind::Aaaa] {
            is_void &= desk
                .look(&Lookup::new(domain.clone(), kind))
                .is_some_and(crate::lookup::Answer::is_void);
        }
    }
    if refuses || is_void {
        let what = format!("{domain}, where reports go, accepts no mail.");
        desk.find(at, Issue::new(&rules::REPORT_NO_MX, what), None);
    }
}
