//! Keys of the selectors that are known.

use super::desk::{Desk, MAX_STRANGERS, glimpse, publish};
use super::{Origin, Selector};
use crate::dkim::{self, Key, KeyRecord};
use crate::finding::{Issue, Publish};
use crate::lookup::{Kind, Lookup, Record};
use crate::name::Name;
use crate::rules::dkim as rules;
use crate::tags::Tags;

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
        told(desk, &at, text, &key, selector.origin);
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

/// What is wrong with a key. Behind an alias it is somebody else's, who rotates it there; whether there is one is asked for
/// only then.
fn told(desk: &mut Desk<'_>, at: &Lookup, text: &[u8], key: &KeyRecord, origin: Origin) {
    if key.issues.is_empty() {
        return;
    }
    let alias = desk.look(&Lookup::new(at.name.clone(), Kind::Cname));
    let target = alias.and_then(|answer| match answer.records().first() {
        Some(Record::Cname(target)) => Some(target.clone()),
        _ => None,
    });
    // Within the domain it is the owner's all the same, at another name.
    let inside = target.as_ref().and_then(|it| Name::new(it).ok());
    let inside = inside.filter(|it| it.is_within(desk.domain));
    let place = inside.map_or_else(|| at.clone(), |name| Lookup::new(name, Kind::Txt));
    for mut issue in key.issues.clone() {
        // Nobody signs with it, as far as is known: the selector was only tried.
        if issue.rule.id == rules::REVOKED.id && origin == Origin::Tried {
            issue.rule = &rules::REVOKED_TRIED;
        }
        if let Some(target) = target.as_ref().filter(|_| place == *at) {
            issue.what = format!(
                "{} The selector is an alias of {target}: rotate the key at that provider, or have it changed there.",
                issue.what
            );
            desk.find_elsewhere(at, issue);
        } else {
            // A key that was revoked stays so whatever else its record says.
            let is_revoked = key.key == Key::Revoked;
            let mended = mended(desk.domain, &place, text, &issue).filter(|_| !is_revoked);
            desk.find(at, issue, mended);
        }
    }
}

fn mended(domain: &Name, at: &Lookup, text: &[u8], issue: &Issue) -> Option<Publish> {
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
        // In the place of the old one it would fail what the signer still signs with that.
        "dkim-key-weak" | "dkim-key-short" => Some(Publish {
            name: format!("NEWSELECTOR._domainkey.{domain}"),
            kind: Kind::Txt,
            value: "v=DKIM1; k=rsa; p=KEY_OF_2048_BITS".to_owned(),
        }),
        "dkim-key-broken" | "dkim-p-missing" => {
            // Who signs with one kind of key has no use for another.
            let tags = Tags::read(text);
            let key = if tags.value("k") == Some("ed25519") {
                "v=DKIM1; k=ed25519; p=KEY_OF_32_BYTES"
            } else {
                "v=DKIM1; k=rsa; p=KEY_OF_2048_BITS"
            };
            publish(at, key)
        }
        _ => None,
    }
}
