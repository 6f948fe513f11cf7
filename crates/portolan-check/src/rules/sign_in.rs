//! AUTH: before TLS, only after, not at all, and offers that differ.

use portolan_report::probe::Stage;

use super::tampering::{INTERCEPTED, is_tampered_with};
use super::{Said, Site};
use crate::assessment::{Finding, Place, Weight};
use crate::look::Look;

/// *Detects* what is odd about the sign-in that is offered. (RFC 4954, section 4; RFC 8314, section 3.)
pub(super) fn sign_in(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let port = site.port();
    let said = |rule, cause, weight, sentence| Said {
        rule,
        cause,
        weight,
        confidence: 85,
        sentence,
    };
    let (before, after) = (site.session.before(), site.session.after());
    if let Some((at, offers)) = before
        && !offers.auth.is_empty()
    {
        let auth = offers.auth.join(" ");
        let is_tampered_with = is_tampered_with(site.session);
        let sentence = if offers.starttls {
            format!(
                "Port {port} offers AUTH {auth} before TLS too: a client that does not insist on STARTTLS sends its password readable."
            )
        } else if is_tampered_with {
            format!(
                "Port {port} offers AUTH {auth}, and STARTTLS was taken out on the way: a password would go over the line readable."
            )
        } else {
            format!(
                "Port {port} offers AUTH {auth} and no TLS: a password would go over the line readable."
            )
        };
        let rule = if offers.starttls {
            "auth-before-tls"
        } else {
            "auth-without-tls"
        };
        let weight = if offers.starttls {
            Weight::Caution
        } else {
            Weight::Problem
        };
        // Whose doing it is depends on who took TLS away.
        let cause = if is_tampered_with { INTERCEPTED } else { "" };
        found.push(site.found(Stage::Ehlo, at, said(rule, cause, weight, sentence)));
    }
    let Some((at, offers)) = after else { return };
    if offers.auth.is_empty() && !site.door.is_relay {
        let sentence = format!(
            "Port {port} offers no AUTH within TLS: nobody can sign in there, and it takes mail only from whom it knows by address."
        );
        let said = said(
            "no-auth",
            "auth.mechanism-unsupported",
            site.weight(),
            sentence,
        );
        found.push(site.found(Stage::EhloAfter, at, said));
    }
    if let Some((_, first)) = before
        && !first.auth.is_empty()
        && !offers.auth.is_empty()
        && sorted(&first.auth) != sorted(&offers.auth)
    {
        let sentence = format!(
            "Port {port} offers AUTH {} before TLS and {} within it: what counts is the second.",
            first.auth.join(" "),
            offers.auth.join(" ")
        );
        found.push(site.found(
            Stage::EhloAfter,
            at,
            said("auth-differs", "", Weight::Note, sentence),
        ));
    }
}

fn sorted(names: &[String]) -> Vec<&str> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    portolan_report::ordered::sort(&mut names);
    names
}

/// *Detects* addresses of one host that do not offer the same sign-in, so that it depends on chance.
pub(super) fn between_addresses(look: &Look<'_>, found: &mut Vec<Finding>) {
    for door in &look.doors {
        let mut offered = door.sessions.iter().filter_map(|session| {
            let (at, offers) = session.after()?;
            Some((session, at, offers))
        });
        let Some((first, _, wanted)) = offered.next() else {
            continue;
        };
        for (session, at, offers) in offered {
            if sorted(&offers.auth) == sorted(&wanted.auth) {
                continue;
            }
            let site = Site {
                look,
                door,
                session,
            };
            let said = Said {
                rule: "auth-differs-between-addresses",
                cause: "",
                weight: Weight::Caution,
                confidence: 90,
                sentence: format!(
                    "Port {} offers AUTH {} at one address and {} at another.",
                    door.port,
                    shown(&wanted.auth),
                    shown(&offers.auth)
                ),
            };
            let mut finding = site.found(Stage::EhloAfter, at, said);
            finding.scope.addresses.insert(0, first.visit.address);
            finding.rests_on.insert(
                0,
                Place {
                    visit: first.index,
                    step: 0,
                },
            );
            found.push(finding);
        }
    }
}

fn shown(names: &[String]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(" ")
    }
}
