//! Several records as the one that they should have been.

use std::collections::BTreeSet;

use super::lint::{is_end, passes};
use super::typo;
use crate::spf::{self, Modifier, Qualifier, Reading, SpfRecord, Term};

/// One record for several: whom any of them lets pass, each once, and the strictest of their ends; that everybody passes is
/// no end. `None`: one cannot be read, or nothing is left.
pub(super) fn united(texts: &[Vec<u8>]) -> Option<String> {
    let records: Vec<SpfRecord> = texts.iter().map(|it| read(it)).collect::<Option<_>>()?;
    let (mut seen, mut senders, mut modifiers) = (BTreeSet::new(), Vec::new(), Vec::new());
    for record in &records {
        let all = record.all().map(|(span, _)| span.start);
        for (span, term) in &record.terms {
            let is_reached = all.is_none_or(|all| span.start < all);
            match term {
                Term::Directive(_) if is_reached && !is_end(term) => {
                    let text = term.to_string();
                    if seen.insert(text.to_ascii_lowercase()) {
                        senders.push(text);
                    }
                }
                // A redirect counts where there is no all.
                Term::Modifier(Modifier::Redirect(target)) if all.is_none() => {
                    let text = format!("include:{target}");
                    if seen.insert(text.to_ascii_lowercase()) {
                        senders.push(text);
                    }
                }
                Term::Directive(_) | Term::Modifier(Modifier::Redirect(_)) => {}
                Term::Modifier(it) => {
                    let name = match it {
                        Modifier::Unknown(name, _) => name.to_ascii_lowercase(),
                        _ => "exp".to_owned(),
                    };
                    if seen.insert(format!("{name}=")) {
                        modifiers.push(term.to_string());
                    }
                }
            }
        }
    }
    let ends: Vec<Qualifier> = records.iter().filter_map(|it| Some(it.all()?.1)).collect();
    let strictest = [Qualifier::Fail, Qualifier::SoftFail, Qualifier::Neutral];
    let end = strictest.into_iter().find(|it| ends.contains(it));
    let is_empty = senders.is_empty() && !records.iter().any(passes);
    if is_empty && end.is_none() {
        return None;
    }
    let end = format!("{}all", end.unwrap_or(Qualifier::SoftFail));
    let terms = senders.into_iter().chain([end]).chain(modifiers);
    Some(format!("v=spf1 {}", terms.collect::<Vec<_>>().join(" ")))
}

/// A record, where it has faults as it was meant.
fn read(text: &[u8]) -> Option<SpfRecord> {
    let sound = |it: Reading| it.faults.is_empty().then_some(it.record);
    sound(spf::read(text)).or_else(|| {
        let value = typo::meant(text).value?;
        sound(spf::read(value.as_bytes()))
    })
}
