//! A handshake that does not come to its end.

use portolan_report::probe::{Opening, Outcome, Stage, TlsFault};

use super::{Said, Site};
use crate::assessment::Finding;

/// *Detects* TLS that cannot be agreed: a version nobody should speak, an alert, text in its place. (RFC 8446, section 6.2; RFC
/// 8996.)
pub(super) fn handshake(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, step)) = site.session.step(Stage::Tls) else {
        return;
    };
    let Outcome::TlsFailed { fault } = &step.outcome else {
        return;
    };
    let port = site.port();
    let (rule, cause, confidence, sentence) = match fault {
        TlsFault::OldVersion { version } => (
            "old-tls-only",
            "tls.protocol-version",
            95,
            format!(
                "The server on port {port} answers with {}, which must not be used any more, and takes no newer version.",
                version.name()
            ),
        ),
        TlsFault::Alert { name } if name == "protocol_version" => (
            "tls-version-refused",
            "tls.protocol-version",
            90,
            format!(
                "The server on port {port} takes neither TLS 1.2 nor 1.3, and says so by an alert."
            ),
        ),
        TlsFault::Alert { name } => (
            "tls-alert",
            "tls.handshake-failure",
            85,
            format!("The server on port {port} ends the handshake with the alert `{name}`."),
        ),
        // What that means on a port that should begin with TLS, another rule says.
        TlsFault::Text { .. } if site.session.visit.opening == Opening::Tls => return,
        TlsFault::Text { text } => (
            "text-for-tls",
            "tls.handshake-failure",
            85,
            format!(
                "The server on port {port} agrees to STARTTLS and goes on in plain text: `{text}`."
            ),
        ),
        TlsFault::Unusable { text } => (
            "tls-unusable",
            "tls.handshake-failure",
            75,
            format!("The handshake on port {port} fails: {text}."),
        ),
    };
    found.push(site.found(
        Stage::Tls,
        at,
        Said {
            rule,
            cause,
            weight: site.weight(),
            confidence,
            sentence,
        },
    ));
}
