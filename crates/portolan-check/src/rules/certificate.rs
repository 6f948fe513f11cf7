//! Certificates: each reason apart, and those that end soon. And which versions of TLS are taken.

use portolan_report::probe::{
    Certificate, CertificateFault, KeyKind, RootsFrom, Stage, TargetKind, TlsSession, TlsVersion,
};

use super::{Said, Site};
use crate::ENDS_SOON_DAYS;
use crate::assessment::{Finding, Place, Weight};

/// *Detects* what is wrong with the certificate, each thing apart, since each has another remedy. (RFC 5280, section 6; RFC
/// 9525.)
pub(super) fn certificate(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, session)) = site.session.tls() else {
        return;
    };
    for fault in &session.faults {
        let (rule, cause, confidence, sentence) = told(site, session, fault);
        let weight = match fault {
            CertificateFault::NoRoots => Weight::Caution,
            // Names are for hosts: of an address it is mostly the question that is wrong.
            CertificateFault::NameMismatch if is_by_address(site) => Weight::Caution,
            // A mail server that delivers to others takes any certificate (RFC 7435, section 3).
            _ if site.door.is_relay => Weight::Caution,
            _ => Weight::Problem,
        };
        found.push(site.found(
            Stage::Tls,
            at,
            Said {
                rule,
                cause,
                weight,
                confidence,
                sentence,
            },
        ));
    }
    let Some(own) = session.chain.first() else {
        return;
    };
    let left = site.look.report.started_at.days_until(own.not_after);
    if session.faults.is_empty() && left <= ENDS_SOON_DAYS {
        let sentence = format!(
            "The certificate on port {} ends in {left} days, on {}.",
            site.port(),
            own.not_after
        );
        found.push(site.found(Stage::Tls, at, caution("certificate-ends-soon", sentence)));
    }
    if own.key.kind == KeyKind::Rsa && own.key.bits.is_some_and(|it| it < 2_048) {
        let sentence = format!(
            "The RSA key of the certificate on port {} has {} bits; 2048 are the least (RFC 9325, section 4.5).",
            site.port(),
            own.key.bits.unwrap_or_default()
        );
        found.push(site.found(Stage::Tls, at, caution("weak-key", sentence)));
    }
}

fn caution(rule: &'static str, sentence: String) -> Said {
    Said {
        rule,
        cause: "",
        weight: Weight::Caution,
        confidence: 95,
        sentence,
    }
}

fn is_by_address(site: &Site<'_, '_>) -> bool {
    site.look.report.asked.target.kind == TargetKind::Address
        || site.door.host.parse::<std::net::IpAddr>().is_ok()
}

type Told = (&'static str, &'static str, u8, String);

fn told(site: &Site<'_, '_>, session: &TlsSession, fault: &CertificateFault) -> Told {
    let port = site.port();
    let own = session.chain.first();
    let untrusted = |rule, why: &str| {
        let sentence = format!("The certificate on port {port} {why}.");
        (rule, "tls.certificate-untrusted", trust(site), sentence)
    };
    match fault {
        CertificateFault::Expired => {
            let when = own
                .map(|it| format!(", on {}", it.not_after))
                .unwrap_or_default();
            let sentence = format!("The certificate on port {port} has expired{when}.");
            (
                "certificate-expired",
                "tls.certificate-expired",
                95,
                sentence,
            )
        }
        CertificateFault::NotYetValid => {
            let when = own
                .map(|it| format!(", only from {}", it.not_before))
                .unwrap_or_default();
            let sentence = format!(
                "The certificate on port {port} does not hold yet{when}; or this machine's clock is wrong."
            );
            (
                "certificate-not-yet-valid",
                "tls.certificate-expired",
                90,
                sentence,
            )
        }
        CertificateFault::NameMismatch => mismatch(site, session),
        CertificateFault::SelfSigned => untrusted(
            "certificate-self-signed",
            "vouches for itself, and no authority for it",
        ),
        CertificateFault::UnknownIssuer => match session.chain.last().filter(|it| is_cut(it)) {
            Some(last) => untrusted(
                "certificate-incomplete",
                &format!(
                    "leads to `{}`, which was not sent and is not known here: a certificate in between is missing, or the authority is nobody's",
                    last.issuer
                ),
            ),
            None => untrusted(
                "certificate-unknown-issuer",
                "comes from an authority that is not known here",
            ),
        },
        CertificateFault::AuthorityAsServer => untrusted(
            "certificate-of-an-authority",
            "is that of an authority, which may not be a server's own",
        ),
        CertificateFault::BadEncoding => untrusted("certificate-unreadable", "cannot be read"),
        CertificateFault::BadSignature => untrusted(
            "certificate-bad-signature",
            "has a signature that does not fit",
        ),
        CertificateFault::Revoked => {
            untrusted("certificate-revoked", "was taken back by its authority")
        }
        CertificateFault::UnsupportedSignature => untrusted(
            "certificate-unsupported",
            "has a kind of key or signature that is not supported here",
        ),
        CertificateFault::WrongUsage => untrusted("certificate-wrong-usage", "is not for servers"),
        CertificateFault::NoRoots => {
            let sentence = format!(
                "Nobody can vouch for the certificate on port {port}, since no authority is known on this machine."
            );
            ("no-roots", "", 90, sentence)
        }
        CertificateFault::Other { text } => {
            untrusted("certificate-refused", &format!("is not accepted: {text}"))
        }
    }
}

/// The chain ends before an authority that vouches for itself.
fn is_cut(last: &Certificate) -> bool {
    last.issuer != last.subject
}

/// Authorities that the program brings may be older or other ones than those of the machine that sends.
fn trust(site: &Site<'_, '_>) -> u8 {
    let roots = site.look.report.roots.as_ref();
    if roots.is_some_and(|it| it.from == RootsFrom::Bundled) {
        80
    } else {
        90
    }
}

fn mismatch(site: &Site<'_, '_>, session: &TlsSession) -> Told {
    let port = site.port();
    let names = session
        .chain
        .first()
        .map(|it| it.names.as_slice())
        .unwrap_or_default();
    let shown: Vec<&str> = names.iter().take(4).map(String::as_str).collect();
    let more = if names.len() > shown.len() {
        " and others"
    } else {
        ""
    };
    let for_whom = if shown.is_empty() {
        "names no host".to_owned()
    } else {
        format!("is for {}{more}", shown.join(", "))
    };
    let called = site.session.before().or_else(|| site.session.after());
    let is_own = called
        .and_then(|(_, it)| it.name.as_deref())
        .filter(|name| names.iter().any(|it| it.eq_ignore_ascii_case(name)));
    let who = is_own.map_or_else(String::new, |name| {
        format!(
            " The server calls itself {name}, so that it is this name that clients have to use."
        )
    });
    let sentence = format!(
        "The certificate on port {port} {for_whom}, not for {}.{who}",
        session.checked_name
    );
    (
        "certificate-of-another-host",
        "tls.certificate-name-mismatch",
        95,
        sentence,
    )
}

/// *Detects* a server that takes only one of the two versions of TLS that may be used. (RFC 9325, section 3.1.1.)
pub(super) fn versions(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, _)) = site.session.tls() else {
        return;
    };
    for (version, weight, meaning) in [
        (
            TlsVersion::Tls12,
            Weight::Note,
            "clients that know no newer one fail there",
        ),
        (
            TlsVersion::Tls13,
            Weight::Note,
            "it works with TLS 1.2, and 1.3 would be better",
        ),
    ] {
        let Some((visit, false)) = site.session.takes(version) else {
            continue;
        };
        let mut finding = site.found(
            Stage::Tls,
            at,
            Said {
                rule: "tls-version-not-taken",
                cause: "",
                weight,
                confidence: 90,
                sentence: format!(
                    "Port {} does not take {}: {meaning}.",
                    site.port(),
                    version.name()
                ),
            },
        );
        finding.rests_on = vec![Place { visit, step: 0 }];
        found.push(finding);
    }
}
