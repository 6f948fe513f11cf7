//! Records of DMARC with something changed, and with all that nobody can read as it was meant.

use crate::dmarc;
use crate::finding::{Issue, Publish, Severity};
use crate::lookup::Lookup;
use crate::survey::desk::{behind_version, publish};
use crate::tags::MAX_TAGS;
use crate::words::nearest;

const VERSION: &str = "v=DMARC1";
const POLICIES: [&str; 3] = ["none", "quarantine", "reject"];
/// Tags of the standard and of the old one.
const TAGS: [&str; 14] = [
    "v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "rua", "ruf", "fo", "pct", "rf", "ri",
];
/// Addresses for reports that are kept: receivers need not send to more than two.
const MAX_URIS: usize = 20;

pub(super) fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|tag| !tag.is_empty())
}

pub(super) fn name_of(tag: &str) -> &str {
    tag.split('=').next().unwrap_or_default().trim()
}

fn without(text: &str, names: &[&str]) -> String {
    let kept: Vec<&str> = tags(text)
        .filter(|tag| !names.contains(&name_of(tag)))
        .collect();
    kept.join("; ")
}

/// The record with this tag in the second place, which is p's.
fn with_second(text: &str, second: &str) -> String {
    let rest = without(text, &["v", "p"]);
    if rest.is_empty() {
        format!("{VERSION}; {second}")
    } else {
        format!("{VERSION}; {second}; {rest}")
    }
}

/// The record with p=reject, and without the tags that ask for less.
pub(super) fn refusing(text: &str) -> String {
    with_second(&without(text, &["sp", "np", "t"]), "p=reject")
}

/// The record with one thing changed. `kept` is the record as it was meant, since a hostile one has many faults.
pub(super) fn mended(
    at: &Lookup,
    text: &str,
    issue: &Issue,
    is_parked: bool,
    kept: &mut Option<String>,
) -> Option<Publish> {
    let own = || tags(text).find(|tag| name_of(tag) == "p");
    let value = match issue.rule.id {
        "dmarc-removed-tag" | "dmarc-pct-ignored" => without(text, &["pct", "rf", "ri"]),
        // Without mail of its own nothing has to be tried first.
        "dmarc-policy-none" | "dmarc-testing" | "dmarc-no-policy" if is_parked => refusing(text),
        "dmarc-testing" => without(text, &["t"]),
        "dmarc-policy-not-second" => with_second(text, own().unwrap_or("p=none")),
        "dmarc-policy-none" => with_second(text, "p=quarantine"),
        "dmarc-subdomains-unprotected" | "dmarc-subdomain-policy-ignored" => {
            without(text, &["sp", "np"])
        }
        "dmarc-no-reports" => format!(
            "{}; rua=mailto:ADDRESS",
            text.trim_end().trim_end_matches(';')
        ),
        "dmarc-no-policy"
        | "dmarc-syntax"
        | "dmarc-duplicate-tag"
        | "dmarc-policy-value"
        | "dmarc-not-applied"
        | "dmarc-value-falls-back"
        | "dmarc-report-uri" => {
            let value = kept.get_or_insert_with(|| meant(text));
            if is_parked {
                refusing(value)
            } else {
                value.clone()
            }
        }
        _ => return None,
    };
    publish(at, value)
}

/// A text as it stands, or as it was meant where it would be wrong.
pub(super) fn sound(text: &[u8]) -> String {
    let is_wrong = |it: &Issue| it.rule.severity == Severity::Wrong;
    let record = String::from_utf8_lossy(text);
    if dmarc::read(text).issues.iter().any(is_wrong) {
        let tags = behind_version(&record, VERSION).unwrap_or_default();
        meant(&format!("{VERSION}; {tags}"))
    } else {
        record.into_owned()
    }
}

/// The record without what nobody can read: tags apart, names and values as the nearest that there is, and of two equal tags
/// one, of policies the one that asks for less. A policy that is like none asks for nothing.
fn meant(text: &str) -> String {
    let mut kept: Vec<(String, String)> = Vec::new();
    let pieces = tags(text).flat_map(apart).filter_map(pair);
    for (name, value) in pieces.take(MAX_TAGS) {
        let known = |it: &str| kept.iter().any(|(name, _)| name == it);
        let name = match nearest(&name, dmarc::LONG) {
            Some(near) if !TAGS.contains(&name.as_str()) && !known(near) => near.to_owned(),
            _ => name,
        };
        let Some(value) = value_of(&name, &value).filter(|_| name != "v") else {
            continue;
        };
        match kept.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) if strength(&value) < strength(old) => *old = value,
            Some(_) => {}
            None => kept.push((name, value)),
        }
    }
    let policy = kept.iter().find(|(name, _)| name == "p");
    let policy = policy.map_or("none", |(_, value)| value).to_owned();
    let rest = kept.into_iter().filter(|(name, _)| name != "p");
    std::iter::once(format!("{VERSION}; p={policy}"))
        .chain(rest.map(|(name, value)| format!("{name}={value}")))
        .collect::<Vec<_>>()
        .join("; ")
}

/// How much a policy asks for. What is none is no weaker than anything.
fn strength(value: &str) -> usize {
    let is_it = |it: &&str| value.eq_ignore_ascii_case(it);
    POLICIES.iter().position(is_it).unwrap_or(POLICIES.len())
}

/// A piece where each known tag begins that a space or a comma keeps from the one before.
fn apart(piece: &str) -> Vec<&str> {
    let is_between = |sign: char| sign == ',' || sign.is_ascii_whitespace();
    let begins = |text: &str| {
        TAGS.iter().any(|name| {
            text.strip_prefix(name)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        })
    };
    let (mut pieces, mut left, mut before) = (Vec::new(), 0, 'x');
    for (at, sign) in piece.char_indices() {
        if is_between(before) && !is_between(sign) && begins(piece.get(at..).unwrap_or_default()) {
            pieces.push(piece.get(left..at).unwrap_or_default());
            left = at;
        }
        before = sign;
    }
    pieces.push(piece.get(left..).unwrap_or_default());
    pieces
}

/// Name and value of a tag; a colon or a space may stand in the place of `=`.
fn pair(piece: &str) -> Option<(String, String)> {
    let piece = piece.trim_matches(|sign: char| sign == ',' || sign.is_whitespace());
    let (name, value) = piece.split_once('=').or_else(|| {
        piece
            .split_once([':', ' '])
            .filter(|it| TAGS.contains(&it.0))
    })?;
    let (name, value) = (name.trim(), value.trim());
    let is_name = name.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let small = name.to_ascii_lowercase();
    let name = if TAGS.contains(&small.as_str()) {
        small
    } else {
        name.to_owned()
    };
    is_name.then(|| (name, value.to_owned()))
}

/// The value as it was meant. `None`: the tag says nothing, and its default counts.
fn value_of(name: &str, value: &str) -> Option<String> {
    let is_of = |all: &[&str]| all.iter().any(|it| value.eq_ignore_ascii_case(it));
    match name {
        "p" | "sp" | "np" if is_of(&POLICIES) => Some(value.to_owned()),
        "p" | "sp" | "np" => nearest(value, &POLICIES).map(str::to_owned),
        "t" => is_of(&["y", "n"]).then(|| value.to_owned()),
        "psd" => is_of(&["y", "n", "u"]).then(|| value.to_owned()),
        "adkim" | "aspf" if is_of(&["relaxed", "strict"]) => {
            value.get(..1).map(str::to_ascii_lowercase)
        }
        "adkim" | "aspf" => is_of(&["r", "s"]).then(|| value.to_owned()),
        "fo" => {
            let is_kind = |it: &str| matches!(it.trim(), "0" | "1" | "d" | "s");
            value.split(':').all(is_kind).then(|| value.to_owned())
        }
        "rua" | "ruf" => {
            let found: Vec<String> = value
                .split(',')
                .take(MAX_URIS)
                .filter_map(address)
                .collect();
            match (found.is_empty(), name) {
                (true, "rua") => Some("mailto:ADDRESS".to_owned()),
                (true, _) => None,
                (false, _) => Some(found.join(",")),
            }
        }
        _ => value.is_ascii().then(|| value.to_owned()),
    }
}

/// An address for reports, with `mailto:` in front.
fn address(text: &str) -> Option<String> {
    let is_good = |it: &str| {
        let record = format!("{VERSION}; p=none; rua={it}");
        let uris = dmarc::read(record.as_bytes()).summaries;
        it.is_ascii() && matches!(uris.as_slice(), [only] if only.domain.is_some())
    };
    let text = text.trim();
    if is_good(text) {
        return Some(text.to_owned());
    }
    let bare = text.rsplit([':', '=', '/', '<', ' ']).next()?;
    let whole = format!("mailto:{}", bare.trim_end_matches('>'));
    is_good(&whole).then_some(whole)
}
