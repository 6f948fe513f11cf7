//! Somebody in between: a masked banner, keywords that were X-ed out, text put in before TLS.

use portolan_report::probe::{Keyword, Noticed, Offers, Stage};

use super::{Said, Site};
use crate::assessment::{Finding, Weight};
use crate::look::{Session, reply};

/// The cause of all of it.
pub(super) const INTERCEPTED: &str = "network.intercepted";

/// *Detects* that the session was rewritten on its way, as firewalls that inspect mail do it. (RFC 3207, section 6.)
pub(super) fn tampering(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let port = site.port();
    let danger = |rule, confidence, sentence| Said {
        rule,
        cause: INTERCEPTED,
        weight: Weight::Danger,
        confidence,
        sentence,
    };
    if let Some(at) = is_masked(site.session) {
        let sentence = format!(
            "The banner on port {port} is blotted out with asterisks: a firewall rewrites the session, and takes STARTTLS out as a rule."
        );
        found.push(site.found(Stage::Greeting, at, danger("banner-masked", 90, sentence)));
    }
    if let Some((at, offers)) = site.session.before()
        && let Some(keyword) = masks(offers)
    {
        let sentence = format!(
            "In the answer to EHLO on port {port} stands `{}` where a keyword was: something on the way blots offers out, most likely STARTTLS.",
            keyword.name
        );
        found.push(site.found(Stage::Ehlo, at, danger("offer-blotted-out", 90, sentence)));
    }
    for (at, step) in site.session.visit.steps.iter().enumerate() {
        for noticed in &step.noticed {
            if let Noticed::EarlyTalk { bytes, text } = noticed {
                let sentence = format!(
                    "On port {port} {bytes} bytes came before anything was asked (`{text}`): the server, or something before it, speaks out of turn."
                );
                let said = Said {
                    rule: "early-talk",
                    cause: INTERCEPTED,
                    weight: Weight::Problem,
                    confidence: 50,
                    sentence,
                };
                found.push(site.found(step.stage, at, said));
            }
            if let Noticed::Injected { bytes, text } = noticed {
                let sentence = format!(
                    "On port {port} {bytes} bytes of plain text come together with the answer to STARTTLS (`{text}`): somebody puts words in before TLS, or the server has a known flaw."
                );
                found.push(site.found(
                    Stage::Starttls,
                    at,
                    danger("text-injected-before-tls", 85, sentence),
                ));
            }
        }
    }
}

/// Whether the offer of STARTTLS was taken out, so far as one sees.
pub(super) fn is_tampered_with(session: &Session<'_>) -> bool {
    let offers = session.before().filter(|(_, it)| !it.starttls);
    offers.is_some_and(|(_, it)| masks(it).is_some() || is_masked(session).is_some())
}

/// The step of a greeting whose text is asterisks, in most of its letters: `220 **********0*00**`.
fn is_masked(session: &Session<'_>) -> Option<usize> {
    let (at, step) = session.step(Stage::Greeting)?;
    let reply = reply(step)?;
    let text: String = reply.lines.iter().filter_map(|it| it.get(4..)).collect();
    let letters = text.chars().filter(|it| !it.is_whitespace()).count();
    let stars = text.chars().filter(|it| *it == '*').count();
    (stars >= 4 && stars * 2 > letters).then_some(at)
}

/// A keyword of nothing but `X`, or of those and one letter behind (`XXXXXXXA`), as an inspection writes it over STARTTLS.
/// Four at least: `XXX` may be a server's own.
fn masks(offers: &Offers) -> Option<&Keyword> {
    offers.keywords.iter().find(|keyword| {
        let name = keyword.name.as_str();
        let body = name.trim_end_matches(|it: char| it.is_ascii_uppercase() && it != 'X');
        let tail = name.len() - body.len();
        body.len() >= 4 && tail <= 1 && body.bytes().all(|it| it == b'X')
    })
}
