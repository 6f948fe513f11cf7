//! STARTTLS that is not offered.

use portolan_report::probe::{Opening, Stage};

use super::tampering::is_tampered_with;
use super::{Said, Site};
use crate::assessment::{Finding, Weight};

/// *Detects* a port in plain text without STARTTLS. Only an answer to EHLO says so: a server that turned us away said nothing
/// of it. (RFC 3207, sections 4 and 6; RFC 8314, section 3.3.)
pub(super) fn starttls(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, offers)) = site.session.before() else {
        return;
    };
    let is_implicit = site.session.visit.opening == Opening::Tls;
    if offers.starttls || is_implicit || is_tampered_with(site.session) {
        return;
    }
    let port = site.port();
    let is_offered_elsewhere = site
        .door
        .sessions
        .iter()
        .any(|it| it.before().is_some_and(|(_, it)| it.starttls));
    let (weight, confidence, sentence) = if is_offered_elsewhere {
        (
            Weight::Problem,
            80,
            format!(
                "Port {port} does not offer STARTTLS at every address: the servers differ, or something on the way to one of them takes it out."
            ),
        )
    } else if site.door.is_relay {
        (
            Weight::Caution,
            75,
            format!(
                "Port {port} does not offer STARTTLS, so that mail arrives there readable; or something on the way takes it out."
            ),
        )
    } else {
        (
            site.weight(),
            75,
            format!(
                "Port {port} does not offer STARTTLS: the server has none, or something on the way takes it out. From another network one sees which."
            ),
        )
    };
    found.push(site.found(
        Stage::Ehlo,
        at,
        Said {
            rule: "starttls-not-offered",
            cause: "tls.starttls-unavailable",
            weight,
            confidence,
            sentence,
        },
    ));
}
