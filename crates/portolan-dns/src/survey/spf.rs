//! The SPF record of the domain and all that it leads to, and the check of an address.

use std::net::IpAddr;

use super::desk::{Desk, MAX_STRANGERS, glimpse, publish};
use crate::finding::{Issue, Publish};
use crate::lookup::{Kind, Lookup, Record};
use crate::name::Name;
use crate::rules::spf as rules;
use crate::spf::{
    self, Branch, Found, MAX_LOOKUPS, MAX_NAMES, MAX_VOID, Mechanism, Outcome, Query, SpfResult,
    Step, Tree,
};
use crate::words::quoted;

mod lint;
mod typo;
mod united;

/// A record to begin with, for a domain that sends: its own exchangers, and whoever else sends for it.
const TEMPLATE: &str = "v=spf1 mx include:PROVIDER ~all";
/// Look-ups from which an include that looks one thing up itself is too many.
const NEAR: u32 = 9;

pub(super) fn assess(
    desk: &mut Desk<'_>,
    ip: Option<IpAddr>,
    now: u64,
    null_mx: bool,
) -> (Tree, Option<Outcome>) {
    let mut open = Vec::new();
    let tree = spf::tree(desk.domain, desk.answers, &mut open);
    for lookup in &open {
        desk.look(lookup);
    }
    let at = Lookup::new(desk.domain.clone(), Kind::Txt);
    let meant = strangers(desk, &at, tree.found == Found::None);
    if tree.found == Found::None {
        let value = match meant {
            _ if null_mx => "v=spf1 -all".to_owned(),
            Some(meant) => meant.value,
            None => TEMPLATE.to_owned(),
        };
        desk.find(
            &at,
            Issue::new(&rules::NONE, "The domain has no SPF record."),
            publish(&at, value),
        );
    }
    node(desk, &tree, Place::Root { null_mx });
    totals(desk, &at, &tree);
    if null_mx && let Some(text) = tree.text() {
        let is_empty = text.reading.record.to_string() == "v=spf1 -all";
        if !is_empty {
            let issue = Issue::new(
                &rules::PARKED,
                "The domain accepts no mail, and its record lets others send.",
            );
            desk.find(&at, issue, publish(&at, "v=spf1 -all"));
        }
    }
    let outcome = ip.and_then(|ip| check(desk, ip, now));
    (tree, outcome)
}

/// Whether a record stands for the domain itself, or only lends its passes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// A domain that accepts no mail most likely sends none.
    Root {
        null_mx: bool,
    },
    Included,
}

/// A record, and those that it leads to.
fn node(desk: &mut Desk<'_>, tree: &Tree, place: Place) {
    let Ok(name) = Name::new(&tree.domain) else {
        return;
    };
    let at = Lookup::new(name, Kind::Txt);
    match &tree.found {
        Found::Error(answer) => desk.failure(&at, answer, &rules::ERROR),
        Found::Many(count) => several(desk, &at, *count, place),
        Found::One(text) => lint::record(desk, &at, text, place),
        Found::Loop | Found::None | Found::NotWalked | Found::Open => {}
    }
    for it in &tree.branches {
        branch(desk, &at, it);
        if let Some(child) = &it.child {
            let inner = if it.term.starts_with("redirect=") {
                place
            } else {
                Place::Included
            };
            node(desk, child, inner);
        }
    }
}

/// Records of which none counts, and the one in their place.
fn several(desk: &mut Desk<'_>, at: &Lookup, count: usize, place: Place) {
    let answer = desk.look(at).filter(|_| at.name.is_within(desk.domain));
    let texts = answer.map(|it| {
        it.texts()
            .filter(|text| spf::is_spf(text))
            .collect::<Vec<_>>()
    });
    let value = match place {
        Place::Root { null_mx: true } => Some("v=spf1 -all".to_owned()),
        _ => texts.and_then(|texts| united::united(&texts)),
    };
    let mended = value.and_then(|value| publish(at, value));
    let mut what = format!("There are {count} SPF records.");
    if mended.is_some() {
        what.push_str(" Keep one that says what all of them say, and remove the others.");
    }
    desk.find(at, Issue::new(&rules::MANY, what), mended);
}

fn branch(desk: &mut Desk<'_>, at: &Lookup, it: &Branch) {
    let mut say = |rule, what: String| desk.find(at, Issue::at(rule, what, it.span), None);
    match it.child.as_ref().map(|child| (&child.found, &child.domain)) {
        Some((Found::None, domain)) => say(
            &rules::TARGET_NONE,
            format!("{domain}, to which {} leads, has no SPF record.", it.term),
        ),
        Some((Found::Loop, domain)) => {
            say(&rules::LOOP, format!("{} leads back to {domain}.", it.term));
        }
        _ => {}
    }
    if it.exchangers > MAX_NAMES {
        say(
            &rules::EXCHANGERS,
            format!("{} has {} hosts.", it.term, it.exchangers),
        );
    }
    for name in &it.void {
        let rule = if it.exchangers > 0 {
            &rules::MX_HOST_VOID
        } else {
            &rules::TARGET_VOID
        };
        say(rule, format!("{} finds nothing at {name}.", it.term));
    }
    if let Some(name) = &it.bad_name {
        say(
            &rules::TARGET_NAME,
            format!("{} cannot be looked up.", quoted(name)),
        );
    }
    for (lookup, answer) in &it.failed {
        desk.failure(lookup, answer, &rules::ERROR);
    }
}

fn totals(desk: &mut Desk<'_>, at: &Lookup, tree: &Tree) {
    let lookups = tree.lookups();
    let least = if tree.is_partial() { "at least " } else { "" };
    if lookups > MAX_LOOKUPS {
        let what = format!(
            "The record and what it includes count {least}{lookups} look-ups; {MAX_LOOKUPS} are allowed. {}.",
            costs(tree)
        );
        desk.find(at, Issue::new(&rules::LOOKUPS, what), None);
    } else if lookups >= NEAR {
        let what = format!("The record counts {least}{lookups} of {MAX_LOOKUPS} look-ups.");
        desk.find(at, Issue::new(&rules::LOOKUPS_NEAR, what), None);
    }
    let voids = tree.voids();
    if voids > MAX_VOID {
        let what = format!("{voids} look-ups find nothing; {MAX_VOID} are allowed.");
        desk.find(at, Issue::new(&rules::VOID, what), None);
    }
}

/// Which terms of the record count how many look-ups, the dearest first.
fn costs(tree: &Tree) -> String {
    const SHOWN: usize = 5;
    let counts = |it: &Branch| it.lookups + it.child.as_ref().map_or(0, Tree::lookups);
    let mut all: Vec<&Branch> = tree.branches.iter().filter(|it| counts(it) > 0).collect();
    portolan_report::ordered::by_key(&mut all, |it| std::cmp::Reverse(counts(it)));
    let more: u32 = all.iter().skip(SHOWN).map(|it| counts(it)).sum();
    let mut said: Vec<String> = all
        .iter()
        .take(SHOWN)
        .map(|it| format!("{} counts {}", quoted(&it.term), counts(it)))
        .collect();
    if more > 0 {
        said.push(format!("the others {more}"));
    }
    said.join(", ")
}

/// Texts at the domain that somebody may take for a record. The record that was meant, where none is there.
fn strangers(desk: &mut Desk<'_>, at: &Lookup, is_missing: bool) -> Option<Publish> {
    let mut mended = None;
    let mut told = 0;
    let answer = desk.look(at)?;
    for text in answer.texts().filter(|text| !spf::is_spf(text)) {
        if told == MAX_STRANGERS {
            break;
        }
        let start: Vec<u8> = text
            .iter()
            .take(40)
            .filter(|byte| !byte.is_ascii_whitespace())
            .map(u8::to_ascii_lowercase)
            .collect();
        let shown = glimpse(&text);
        if start.starts_with(b"spf2.0") {
            let issue = Issue::new(&rules::SENDER_ID, format!("{shown} is of Sender ID."));
            desk.find(at, issue, None);
            told += 1;
        } else if [&b"v=spf"[..], b"\"v=spf", b"spf1"]
            .iter()
            .any(|it| start.starts_with(it))
        {
            if is_missing && mended.is_none() {
                mended = typo::begun(&text).and_then(|value| publish(at, value));
            }
            let what = format!("{shown} is no SPF record.");
            desk.find(at, Issue::new(&rules::LOOKS_LIKE, what), mended.clone());
            told += 1;
        }
    }
    mended
}

/// What a receiver would say of mail from the address, by the domain's postmaster.
fn check(desk: &mut Desk<'_>, ip: IpAddr, now: u64) -> Option<Outcome> {
    let query = Query {
        ip,
        helo: desk.domain.to_string(),
        mail_from: format!("postmaster@{}", desk.domain),
        receiver: String::new(),
        now,
    };
    let outcome = match spf::evaluate(&query, desk.answers) {
        Step::Done(outcome) => *outcome,
        Step::Ask(open) => {
            for lookup in &open {
                desk.look(lookup);
            }
            return None;
        }
    };
    let at = Lookup::new(desk.domain.clone(), Kind::Txt);
    if !matches!(outcome.result, SpfResult::Pass | SpfResult::None) {
        let what = format!("For {ip} the result is {}.", outcome.result);
        let family = if ip.to_canonical().is_ipv4() {
            "ip4"
        } else {
            "ip6"
        };
        let mended = match outcome.result {
            SpfResult::Fail | SpfResult::SoftFail | SpfResult::Neutral => {
                with_address(&at, desk, &format!("{family}:{}", ip.to_canonical()))
            }
            _ => None,
        };
        desk.find(&at, Issue::new(&rules::NOT_PASSED, what), mended);
    }
    Some(outcome)
}

/// The record with an address in front.
fn with_address(at: &Lookup, desk: &Desk<'_>, term: &str) -> Option<Publish> {
    let text = desk
        .answers
        .get(at)?
        .texts()
        .find(|text| spf::is_spf(text))?;
    let record = spf::read(&text).record.to_string();
    let rest = record.strip_prefix("v=spf1")?;
    publish(at, format!("v=spf1 {term}{rest}"))
}

/// Strings beyond what the DNS holds.
fn longest(strings: &[Vec<u8>]) -> usize {
    strings.iter().map(Vec::len).max().unwrap_or(0)
}

/// The explanation has to be one text.
fn explanation(desk: &mut Desk<'_>, at: &Lookup, target: &str) {
    let Ok(name) = Name::new(target) else { return };
    let Some(answer) = desk.look(&Lookup::new(name, Kind::Txt)) else {
        return;
    };
    let texts = answer
        .records()
        .iter()
        .filter(|it| matches!(it, Record::Txt(_)))
        .count();
    let is_ascii = answer.texts().all(|text| text.is_ascii());
    if !answer.is_error() && (texts != 1 || !is_ascii) {
        let issue = Issue::new(
            &rules::EXP_VOID,
            format!("At {target} are {texts} texts, or one that is not ASCII."),
        );
        desk.find(at, issue, None);
    }
}

/// Whether a network is everybody, or many.
fn width(it: &Mechanism) -> Width {
    match it {
        Mechanism::Ip4(_, Some(0)) | Mechanism::Ip6(_, Some(0)) => Width::Everybody,
        Mechanism::Ip4(_, Some(1..=8)) | Mechanism::Ip6(_, Some(1..=16)) => Width::Many,
        _ => Width::Few,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Everybody,
    Few,
    Many,
}
