//! Keys of the selectors that are known.

use super::desk::{Desk, MAX_STRANGERS, glimpse, publish};
use super::{Origin, Selector};
use crate::dkim::{self, KeyRecord};
use crate::finding::{Issue, Publish};
use crate::lookup::{Kind, Lookup, Record};
use crate::rules::dkim as rules;

/// Selectors that are looked at.
const MAX_SELECTORS: usize = 30;

/// The keys of the selectors that have an answer, and whether all have.
pub(super) fn assess(
    desk: &mut Desk<'_>,
    selectors: &[Selector],
) -> (Vec<(Selector, Option<KeyRecord>)>, bool) {
    let mut keys = Vec::new();
    let mut is_known = true;
    for selector in selectors.iter().take(MAX_SELECTORS) {
        let Ok(name) = desk.domain.child(&format!("{}._domainkey", selector.name)) else {
            continue;
        };
        let at = Lookup::new(name, Kind::Txt);
        let Some(answer) = desk.look(&at) else {
            is_known = false;
            continue;
        };
        if answer.is_error() {
            is_known = false;
            desk.failure(&at, answer, &rules::ERROR);
            continue;
        }
        let (own, others): (Vec<_>, Vec<_>) = answer.texts().partition(|text| dkim::is_key(text));
        for text in others.into_iter().take(MAX_STRANGERS) {
            let issue = Issue::new(&rules::NOT_A_KEY, format!("{} is no key.", glimpse(&text)));
            desk.find(&at, issue, None);
        }
        let is_long = |it: &Record| matches!(it, Record::Txt(strings) if strings.iter().any(|it| it.len() > 255));
        if answer.records().iter().any(is_long) {
            let issue = Issue::new(
                &rules::STRING_LONG,
                "A character-string is longer than 255 bytes.",
            );
            desk.find(&at, issue, None);
        }
        if own.len() > 1 {
            let issue = Issue::new(
                &rules::MANY,
                format!("There are {} keys at one selector.", own.len()),
            );
            desk.find(&at, issue, None);
        }
        let Some(text) = own.first() else {
            if selector.origin == Origin::Named {
                let issue = Issue::new(
                    &rules::NONE,
                    format!("There is no key at the selector {}.", selector.name),
                );
                desk.find(&at, issue, publish(&at, "v=DKIM1; k=rsa; p=KEY"));
            }
            keys.push((selector.clone(), None));
            continue;
        };
        let key = dkim::read(text);
        for issue in key.issues.clone() {
            let mended = mended(&at, text, &issue);
            desk.find(&at, issue, mended);
        }
        keys.push((selector.clone(), Some(key)));
    }
    let none_named = selectors.iter().all(|it| it.origin == Origin::Tried);
    if is_known && none_named && keys.iter().all(|(_, key)| key.is_none()) {
        let at = Lookup::new(desk.domain.clone(), Kind::Txt);
        let what = if keys.is_empty() {
            "No selector was named or tried, so no key was looked for."
        } else {
            "No key was found at the selectors that were tried, and none was named."
        };
        desk.find(&at, Issue::new(&rules::NO_SELECTOR, what), None);
    }
    (keys, is_known)
}

fn mended(at: &Lookup, text: &[u8], issue: &Issue) -> Option<Publish> {
    let without = |name: &str| {
        let text = String::from_utf8_lossy(text);
        let kept: Vec<&str> = text
            .split(';')
            .map(str::trim)
            .filter(|tag| !tag.is_empty() && tag.split('=').next().map(str::trim) != Some(name))
            .collect();
        publish(at, kept.join("; "))
    };
    match issue.rule.id {
        "dkim-testing" => without("t"),
        "dkim-service" => without("s"),
        "dkim-hash" => without("h"),
        "dkim-obsolete-tag" => without("g"),
        "dkim-key-weak" | "dkim-key-short" | "dkim-key-broken" | "dkim-p-missing" => {
            publish(at, "v=DKIM1; k=rsa; p=KEY_OF_2048_BITS")
        }
        _ => None,
    }
}
