//! The record of BIMI, with what it needs of DMARC.

use super::desk::{Desk, as_it_stands, publish};
use crate::bimi;
use crate::dmarc::{DmarcRecord, Found, Policy, Walk, Whose};
use crate::finding::{Issue, Publish};
use crate::lookup::{Kind, Lookup};
use crate::name::Name;
use crate::rules::mail as rules;

pub(super) fn bimi(desk: &mut Desk<'_>, dmarc: &Walk) {
    let is_meant = bimi::looks_like_record;
    desk.at_wrong_name(
        "default._bimi",
        &rules::BIMI_AT_ROOT,
        is_meant,
        as_it_stands,
    );
    let Some(texts) = desk.texts("default._bimi", &rules::BIMI_ERROR, bimi::is_record) else {
        return;
    };
    let at = &texts.at;
    let strange = (&rules::BIMI_VERSION, &rules::BIMI_OTHER_TEXT);
    let meant = desk.others(&texts, bimi::VERSION, is_meant, strange);
    let Some(text) = texts.own.first() else {
        missing(desk, at, dmarc, meant);
        return;
    };
    if texts.own.len() > 1 {
        let what = format!("There are {} records.", texts.own.len());
        desk.find(at, Issue::new(&rules::BIMI_MANY, what), None);
    }
    for issue in bimi::read(text) {
        desk.find(at, issue, None);
    }
    let protects = if let Some((_, record)) = dmarc.record() {
        let is_strict = |it: &DmarcRecord, whose| it.effective(whose) != Policy::None;
        let below = dmarc.record_for_names_below();
        is_strict(record, Whose::Own)
            && below
                .is_none_or(|(_, it)| is_strict(it, Whose::Own) && is_strict(it, Whose::Subdomain))
    } else {
        // Nobody knows yet, or the look-up failed.
        !dmarc.open.is_empty() || dmarc.has_failed()
    };
    if !protects {
        let what = "DMARC does not ask for quarantine or reject, so no logo is shown.";
        desk.find(at, Issue::new(&rules::BIMI_WEAK_DMARC, what), None);
    }
}

/// Without a record of the domain's own that of its organisation counts.
fn missing(desk: &mut Desk<'_>, at: &Lookup, dmarc: &Walk, meant: Option<Publish>) {
    // Which organisation it is may hang on the look-up that failed, unless nothing stands above the domain.
    let is_open = |it: &(Name, Found)| matches!(it.1, Found::Error(_) | Found::Record(_));
    if dmarc.has_failed() && dmarc.found.iter().skip(1).any(is_open) {
        return;
    }
    if dmarc.organization != *desk.domain
        && let Ok(name) = dmarc.organization.child("default._bimi")
    {
        match desk.look(&Lookup::new(name, Kind::Txt)) {
            Some(answer) if answer.is_error() || answer.texts().any(|it| bimi::is_record(&it)) => {
                return;
            }
            Some(_) => {}
            None => return,
        }
    }
    let template = "v=BIMI1; l=https://LOGO; a=https://CERTIFICATE";
    let value = meant.or_else(|| publish(at, template));
    let issue = Issue::new(&rules::BIMI_NONE, "There is no record for a logo.");
    desk.find(at, issue, value);
}
