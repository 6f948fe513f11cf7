//! What is wrong with one record by itself.

use std::collections::BTreeSet;

use portolan_report::Span;

use super::{Place, TEMPLATE, Width, explanation, longest, typo, width};
use crate::finding::{Issue, Publish};
use crate::lookup::Lookup;
use crate::rules::spf as rules;
use crate::spf::{FaultKind, Mechanism, Modifier, Qualifier, SpfRecord, Term, Text};
use crate::survey::desk::{Desk, publish};

/// What answers of 512 bytes leave for a record (RFC 7208, section 3.4).
const LONG: usize = 450;
/// Findings of one kind in one record: a hostile one leaves room for what others say.
const MAX_SAME: usize = 10;
/// What a character-string holds (RFC 1035, section 3.3).
const MAX_STRING: usize = 255;

pub(super) fn record(desk: &mut Desk<'_>, at: &Lookup, text: &Text, place: Place) {
    let record = &text.reading.record;
    faults(desk, at, text);
    let bytes: usize = text.strings.iter().map(Vec::len).sum();
    if bytes > LONG && place != Place::Included {
        desk.find(
            at,
            Issue::new(&rules::LONG, format!("The record has {bytes} bytes.")),
            None,
        );
    }
    if longest(&text.strings) > MAX_STRING {
        let issue = Issue::new(
            &rules::STRING_LONG,
            format!("A character-string has {} bytes.", longest(&text.strings)),
        );
        desk.find(at, issue, None);
    }
    let whole = text.reading.faults.is_empty();
    let find = |desk: &mut Desk<'_>, rule, span, what: String, mended: SpfRecord| {
        let mended = whole.then(|| publish(at, mended.to_string())).flatten();
        desk.find(at, Issue::at(rule, what, span), mended);
    };
    everybody(desk, at, record, place, whole);
    behind_all(desk, at, record, place, whole);
    let mut seen = BTreeSet::new();
    let mut again = record
        .terms
        .iter()
        .filter(|(_, term)| !is_all(term))
        .filter(|(_, term)| !seen.insert(term.to_string().to_ascii_lowercase()));
    if let Some((span, term)) = again.next() {
        let what = format!("{term} stands there twice.");
        let mut kept = BTreeSet::new();
        let mended = keep(record, |_, it| {
            is_all(it) || kept.insert(it.to_string().to_ascii_lowercase())
        });
        find(desk, &rules::DUPLICATE, *span, what, mended);
    }
    let is_ptr = |term: &Term| matches!(term, Term::Directive(it) if matches!(it.mechanism, Mechanism::Ptr(_)));
    if let Some((span, _)) = record.terms.iter().find(|(_, term)| is_ptr(term)) {
        let issue = Issue::at(&rules::PTR, "The record has a ptr mechanism.", *span);
        let mended = whole.then(|| publish(at, without_ptr(record, place)));
        desk.find(at, issue, mended.flatten());
    }
    let is_wide = |term: &Term| {
        matches!(term, Term::Directive(it)
            if it.qualifier == Qualifier::Pass && width(&it.mechanism) == Width::Many)
    };
    for (span, term) in record
        .terms
        .iter()
        .filter(|(_, term)| is_wide(term))
        .take(MAX_SAME)
    {
        let what = format!("{term} is a large part of the internet.");
        desk.find(at, Issue::at(&rules::WIDE, what, *span), None);
    }
    unknown(desk, at, record, whole, place);
    if let Some(target) = record
        .exp()
        .map(ToString::to_string)
        // What a macro stands for is known for a sender alone.
        .filter(|target| !target.contains('%') && place != Place::Included)
    {
        explanation(desk, at, &target);
    }
}

/// What cannot be read, with the word that it is about.
fn faults(desk: &mut Desk<'_>, at: &Lookup, text: &Text) {
    if text.reading.faults.is_empty() {
        return;
    }
    let meant = typo::meant(&text.strings.concat());
    let is_ours = at.name.is_within(desk.domain);
    let mended = meant.value.as_ref().filter(|_| is_ours);
    let mended = mended.and_then(|value| publish(at, value.clone()));
    for fault in text.reading.faults.iter().take(MAX_SAME) {
        let rule = match fault.kind {
            FaultKind::Twice(_) => &rules::TWICE,
            _ => &rules::SYNTAX,
        };
        let (word, hint) = meant.of(fault.span);
        let what = format!("{word} cannot be read: {}.{hint}", fault.kind);
        desk.find(at, Issue::at(rule, what, fault.span), mended.clone());
    }
}

/// Modifiers without meaning, and those of RFC 6652.
fn unknown(desk: &mut Desk<'_>, at: &Lookup, record: &SpfRecord, whole: bool, place: Place) {
    let modifiers = record.terms.iter().filter_map(|(span, term)| match term {
        Term::Modifier(Modifier::Unknown(name, value)) => Some((*span, name, value)),
        _ => None,
    });
    for (span, name, value) in modifiers.take(MAX_SAME) {
        if matches!(name.to_ascii_lowercase().as_str(), "ra" | "rp" | "rr") {
            report(desk, at, record, span, (name, &value.to_string()), place);
        } else {
            let issue = Issue::at(
                &rules::UNKNOWN_MODIFIER,
                format!("No modifier is called {name}."),
                span,
            );
            desk.find(
                at,
                issue,
                as_mechanism(at, record, span, name, &value.to_string(), whole),
            );
        }
    }
}

/// Terms that are never looked at. Where nobody passes before `all`, what stands behind it is what was meant.
fn behind_all(desk: &mut Desk<'_>, at: &Lookup, record: &SpfRecord, place: Place, whole: bool) {
    let Some((all, _)) = record.all() else { return };
    let is_behind = |span: &Span| span.start > all.start;
    let is_meant = place == Place::Root { null_mx: false }
        && !passes(&keep(record, |span, _| !is_behind(&span)));
    let mut behind = record.directives().filter(|(span, _)| is_behind(span));
    if let Some((span, directive)) = behind.next() {
        let rule = if directive.mechanism == Mechanism::All {
            &rules::ALL_TWICE
        } else {
            &rules::AFTER_ALL
        };
        let mended = if is_meant {
            let (mut kept, last) = (keep(record, |_, term| !is_all(term)), all);
            let is_first = |(span, _): &&(Span, Term)| *span == last;
            kept.terms
                .extend(record.terms.iter().find(is_first).cloned());
            kept
        } else {
            keep(record, |span, term| {
                !(is_behind(&span) && matches!(term, Term::Directive(_)))
            })
        };
        let issue = Issue::at(rule, "There are mechanisms behind all.", span);
        let mended = whole.then(|| publish(at, mended.to_string()));
        desk.find(at, issue, mended.flatten());
    }
    if let Some((span, _)) = record.redirect() {
        let is_meant = is_meant && !passes(record);
        let mended = keep(record, |_, term| match term {
            Term::Directive(_) => !(is_meant && is_all(term)),
            Term::Modifier(it) => is_meant || !matches!(it, Modifier::Redirect(_)),
        });
        let issue = Issue::at(
            &rules::REDIRECT_UNUSED,
            "A redirect stands beside all.",
            span,
        );
        let mended = whole.then(|| publish(at, mended.to_string()));
        desk.find(at, issue, mended.flatten());
    }
}

/// Whether a record lets anybody in particular pass.
pub(super) fn passes(record: &SpfRecord) -> bool {
    record.terms.iter().any(|(_, term)| {
        matches!(term, Term::Directive(it) if it.qualifier == Qualifier::Pass) && !is_end(term)
    })
}

/// The record with a place for the addresses that a ptr lets pass: without them their mail would be refused.
fn without_ptr(record: &SpfRecord, place: Place) -> String {
    let mut is_asked = place == Place::Root { null_mx: true };
    let terms = record.terms.iter().filter_map(|(_, term)| match term {
        Term::Directive(it) if matches!(it.mechanism, Mechanism::Ptr(_)) => {
            let is_first = it.qualifier == Qualifier::Pass && !is_asked;
            is_asked |= is_first;
            is_first.then(|| "ip4:ADDRESS".to_owned())
        }
        term => Some(term.to_string()),
    });
    std::iter::once("v=spf1".to_owned())
        .chain(terms)
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_all(term: &Term) -> bool {
    matches!(term, Term::Directive(it) if it.mechanism == Mechanism::All)
}

/// `include=x` is meant as `include:x`.
fn as_mechanism(
    at: &Lookup,
    record: &SpfRecord,
    span: Span,
    name: &str,
    value: &str,
    whole: bool,
) -> Option<Publish> {
    let is_mechanism = matches!(
        name.to_ascii_lowercase().as_str(),
        "include" | "a" | "mx" | "ptr" | "ip4" | "ip6" | "exists"
    );
    if !is_mechanism || !whole {
        return None;
    }
    let terms: Vec<String> = record
        .terms
        .iter()
        .map(|(it, term)| match term {
            _ if *it == span => format!("{name}:{value}"),
            term => term.to_string(),
        })
        .collect();
    publish(at, format!("v=spf1 {}", terms.join(" ")))
}

/// RFC 6652, section 3: `rp` and `rr` want `ra`, each counts once, and below an include none does.
fn report(
    desk: &mut Desk<'_>,
    at: &Lookup,
    record: &SpfRecord,
    span: Span,
    (name, value): (&str, &str),
    place: Place,
) {
    let named = |wanted: &str| {
        record
            .terms
            .iter()
            .filter(|(_, term)| matches!(term, Term::Modifier(Modifier::Unknown(it, _)) if it.eq_ignore_ascii_case(wanted)))
            .count()
    };
    let what = if named("ra") == 0 || named(name) > 1 {
        format!("{name} stands there without ra, or twice.")
    } else if !is_report_value(name, value) {
        format!("{name}={value} is none of the values of {name}.")
    } else if place == Place::Included && name.eq_ignore_ascii_case("ra") {
        format!("{name} stands in a record that is included, where it is ignored.")
    } else {
        return;
    };
    desk.find(at, Issue::at(&rules::REPORT, what, span), None);
}

/// `ra` is a local part, `rp` a number up to 100, `rr` a list of words.
fn is_report_value(name: &str, value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    match name.to_ascii_lowercase().as_str() {
        "rp" => value.parse::<u8>().is_ok_and(|it| it <= 100),
        "rr" => value
            .split(':')
            .all(|it| matches!(it, "all" | "e" | "f" | "s" | "n")),
        _ => !value.is_empty(),
    }
}

/// Whether everybody passes, or nothing is said of the rest.
fn everybody(desk: &mut Desk<'_>, at: &Lookup, record: &SpfRecord, place: Place, whole: bool) {
    let with_end = |qualifier| {
        let value = whole.then(|| ended(record, place, qualifier)).flatten();
        value.and_then(|value| publish(at, value))
    };
    // What stands behind the first all is never looked at.
    let all = record.all().map(|(span, _)| span.start);
    let is_reached = |span: &Span| all.is_none_or(|all| span.start <= all);
    let wide = record.directives().find(|(span, it)| {
        is_reached(span)
            && it.qualifier == Qualifier::Pass
            && (it.mechanism == Mechanism::All || width(&it.mechanism) == Width::Everybody)
    });
    if let Some((span, directive)) = wide {
        let what = format!(
            "{} lets everybody pass.",
            if directive.mechanism == Mechanism::All {
                "+all".to_owned()
            } else {
                directive.mechanism.to_string()
            }
        );
        // A server that was forgotten passed until now, and would be refused.
        let end = match place {
            Place::Root { null_mx: true } => "-",
            _ => "~",
        };
        desk.find(at, Issue::at(&rules::ALL_PASS, what, span), with_end(end));
        return;
    }
    if place == Place::Included {
        return;
    }
    match record.all() {
        Some((span, Qualifier::Neutral)) => {
            let issue = Issue::at(&rules::ALL_NEUTRAL, "The record ends in ?all.", span);
            desk.find(at, issue, with_end("~"));
        }
        None if record.redirect().is_none() && whole => {
            let issue = Issue::new(&rules::NO_ALL, "The record has neither all nor redirect.");
            desk.find(at, issue, with_end("~"));
        }
        _ => {}
    }
}

/// The record with another end, or with the redirect that is its end. Where nobody would pass any more, a record to begin
/// with: mail of a domain that sends would be refused.
fn ended(record: &SpfRecord, place: Place, qualifier: &str) -> Option<String> {
    let mut kept = keep(record, |_, term| !is_end(term));
    if let Some((all, _)) = record.all() {
        let reached = keep(&kept, |span, term| {
            span.start < all.start || matches!(term, Term::Modifier(_))
        });
        if passes(&reached) {
            kept = reached;
        }
    }
    if record.redirect().is_some() && (record.all().is_none() || !passes(&kept)) {
        return Some(kept.to_string());
    }
    match place {
        _ if passes(&kept) => {}
        Place::Root { null_mx: true } => return Some("v=spf1 -all".to_owned()),
        Place::Root { null_mx: false } => return Some(TEMPLATE.to_owned()),
        // Whom another domain means to let pass is not known.
        Place::Included => return None,
    }
    let is_redirect = |term: &Term| matches!(term, Term::Modifier(Modifier::Redirect(_)));
    let kept = keep(&kept, |_, term| !is_redirect(term));
    Some(format!("{kept} {qualifier}all"))
}

pub(super) fn is_end(term: &Term) -> bool {
    match term {
        Term::Directive(it) => {
            it.mechanism == Mechanism::All || width(&it.mechanism) == Width::Everybody
        }
        Term::Modifier(_) => false,
    }
}

fn keep(record: &SpfRecord, mut wanted: impl FnMut(Span, &Term) -> bool) -> SpfRecord {
    SpfRecord {
        terms: record
            .terms
            .iter()
            .filter(|(span, term)| wanted(*span, term))
            .cloned()
            .collect(),
    }
}
