//! What a certificate says, read for the report.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use portolan_report::probe::{Certificate, Key, KeyKind, Moment, limits, printable};
use rustls::pki_types::CertificateDer;
use sha2::{Digest, Sha256};
use x509_parser::oid_registry::OID_X509_EXT_SUBJECT_ALT_NAME;
use x509_parser::prelude::{FromDer, GeneralName, ParsedExtension, X509Certificate, X509Extension};
use x509_parser::public_key::PublicKey;

use super::distinguished;

/// The first and the last second at which it holds. `None`: it cannot be read.
pub(super) fn validity(der: &CertificateDer<'_>) -> Option<(i64, i64)> {
    let (_, read) = X509Certificate::from_der(der).ok()?;
    let validity = read.validity();
    Some((
        validity.not_before.timestamp(),
        validity.not_after.timestamp(),
    ))
}

/// Whether subject and issuer are one.
pub(super) fn is_self_issued(der: &CertificateDer<'_>) -> bool {
    X509Certificate::from_der(der).is_ok_and(|(_, it)| it.subject() == it.issuer())
}

/// Whether the report shall hold the certificates as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pem {
    /// No.
    Left,
    /// Yes.
    Kept,
}

/// Reads the certificates of a chain; of one that cannot be read, its fingerprint.
pub(super) fn chain(ders: &[CertificateDer<'_>], pem: Pem) -> Vec<Certificate> {
    ders.iter()
        .take(limits::CHAIN)
        .map(|it| read(it, pem))
        .collect()
}

fn read(der: &CertificateDer<'_>, pem: Pem) -> Certificate {
    let sha256 = hex(&Sha256::digest(der));
    let pem = (pem == Pem::Kept)
        .then(|| pem_of(der))
        .filter(|it| it.len() <= limits::PEM_BYTES);
    let Ok((_, read)) = X509Certificate::from_der(der) else {
        return Certificate {
            subject: String::new(),
            issuer: String::new(),
            names: Vec::new(),
            not_before: Moment::default(),
            not_after: Moment::default(),
            serial: String::new(),
            key: Key {
                kind: KeyKind::Other,
                bits: None,
            },
            signature: String::new(),
            is_authority: false,
            sha256,
            pem,
        };
    };
    Certificate {
        subject: text(&distinguished::text(read.subject())),
        issuer: text(&distinguished::text(read.issuer())),
        names: names(&read),
        not_before: Moment::from_unix(read.validity().not_before.timestamp()),
        not_after: Moment::from_unix(read.validity().not_after.timestamp()),
        serial: hex(read
            .raw_serial()
            .get(..read.raw_serial().len().min(64))
            .unwrap_or_default()),
        key: key(&read),
        signature: distinguished::signature(&read.signature_algorithm.algorithm),
        is_authority: read.is_ca(),
        sha256,
        pem,
    }
}

fn text(text: &str) -> String {
    printable(text.as_bytes()).chars().take(1_000).collect()
}

fn names(read: &X509Certificate<'_>) -> Vec<String> {
    let extension = read
        .extensions()
        .iter()
        .find(|it| it.oid == OID_X509_EXT_SUBJECT_ALT_NAME);
    let Some(ParsedExtension::SubjectAlternativeName(all)) =
        extension.map(X509Extension::parsed_extension)
    else {
        return Vec::new();
    };
    let name = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some(text(name)),
        GeneralName::IPAddress(bytes) => match **bytes {
            [a, b, c, d] => Some(std::net::Ipv4Addr::new(a, b, c, d).to_string()),
            _ => <[u8; 16]>::try_from(*bytes)
                .ok()
                .map(|it| std::net::Ipv6Addr::from(it).to_string()),
        },
        _ => None,
    };
    all.general_names
        .iter()
        .filter_map(name)
        .take(limits::NAMES)
        .collect()
}

fn key(read: &X509Certificate<'_>) -> Key {
    const ED25519: &str = "1.3.101.112";
    const ED448: &str = "1.3.101.113";
    let spki = read.public_key();
    let size = |bits: usize| u32::try_from(bits).ok();
    let (kind, bits) = match spki.parsed() {
        Ok(PublicKey::RSA(key)) => (KeyKind::Rsa, size(key.key_size())),
        Ok(PublicKey::EC(point)) => (KeyKind::Ec, size(point.key_size())),
        _ if matches!(
            spki.algorithm.algorithm.to_id_string().as_str(),
            ED25519 | ED448
        ) =>
        {
            (KeyKind::Ed, None)
        }
        _ => (KeyKind::Other, None),
    };
    Key { kind, bits }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// RFC 7468, section 5.
fn pem_of(der: &[u8]) -> String {
    let mut text = "-----BEGIN CERTIFICATE-----\n".to_owned();
    let encoded = STANDARD.encode(der);
    for line in encoded.as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).unwrap_or_default());
        text.push('\n');
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}
