//! What is wrong with one record by itself.

use std::collections::BTreeSet;

use portolan_report::Span;

use super::{Place, Width, explanation, longest, width};
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
    for fault in text.reading.faults.iter().take(MAX_SAME) {
        let rule = match fault.kind {
            FaultKind::Twice(_) => &rules::TWICE,
            _ => &rules::SYNTAX,
        };
        desk.find(
            at,
            Issue::at(rule, format!("{}.", fault.kind), fault.span),
            None,
        );
    }
    let bytes: usize = text.strings.iter().map(Vec::len).sum();
    if bytes > LONG && place == Place::Root {
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
    if let Some((all, _)) = record.all() {
        let is_behind = |span: &Span| span.start > all.start;
        let mut behind = record.directives().filter(|(span, _)| is_behind(span));
        if let Some((span, directive)) = behind.next() {
            let rule = if directive.mechanism == Mechanism::All {
                &rules::ALL_TWICE
            } else {
                &rules::AFTER_ALL
            };
            let mended = keep(record, |span, term| {
                !(is_behind(&span) && matches!(term, Term::Directive(_)))
            });
            find(
                desk,
                rule,
                span,
                "There are mechanisms behind all.".to_owned(),
                mended,
            );
        }
        if let Some((span, _)) = record.redirect() {
            let mended = keep(record, |_, term| {
                !matches!(term, Term::Modifier(Modifier::Redirect(_)))
            });
            find(
                desk,
                &rules::REDIRECT_UNUSED,
                span,
                "A redirect stands beside all.".to_owned(),
                mended,
            );
        }
    }
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
        let mended = keep(record, |_, term| !is_ptr(term));
        let what = "The record has a ptr mechanism.".to_owned();
        find(desk, &rules::PTR, *span, what, mended);
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
        .filter(|target| !target.contains('%') && place == Place::Root)
    {
        explanation(desk, at, &target);
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
    let with_end = |qualifier: &str| {
        let kept = keep(record, |_, term| !is_end(term));
        whole
            .then(|| publish(at, format!("{kept} {qualifier}all")))
            .flatten()
    };
    let wide = record.directives().find(|(_, it)| {
        it.qualifier == Qualifier::Pass
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
        desk.find(at, Issue::at(&rules::ALL_PASS, what, span), with_end("-"));
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

fn is_end(term: &Term) -> bool {
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
