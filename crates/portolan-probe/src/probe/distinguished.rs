//! Names that certificates bear, as texts, and names of the algorithms that sign them: of the registries what certificates of
//! servers hold. The library's own registry is seven times as large, and is filled anew for every name.

use x509_parser::asn1_rs::{Any, Oid, Tag};
use x509_parser::x509::X509Name;

/// Types of attributes (RFC 4519, section 2; RFC 2985, section 5.2.1; CA/Browser Forum, Baseline Requirements, section 7.1.4.2),
/// those of RFC 4514, section 3, by its letters.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("0.9.2342.19200300.100.1.1", "uid"),
    ("0.9.2342.19200300.100.1.25", "DC"),
    ("1.2.840.113549.1.9.1", "Email"),
    ("1.3.6.1.4.1.311.60.2.1.1", "msJurisdictionLocality"),
    ("1.3.6.1.4.1.311.60.2.1.2", "msJurisdictionStateOrProvince"),
    ("1.3.6.1.4.1.311.60.2.1.3", "msJurisdictionCountry"),
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "surname"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.9", "streetAddress"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.13", "description"),
    ("2.5.4.15", "businessCategory"),
    ("2.5.4.16", "postalAddress"),
    ("2.5.4.17", "postalCode"),
    ("2.5.4.41", "name"),
    ("2.5.4.42", "givenName"),
    ("2.5.4.43", "initials"),
    ("2.5.4.44", "generationQualifier"),
    ("2.5.4.46", "dnQualifier"),
    ("2.5.4.97", "organizationIdentifier"),
];

/// Algorithms of signatures (RFC 8017, appendix A.2.4; RFC 5758, section 3; RFC 8410, section 3; RFC 3279, section 2.2.2).
const SIGNATURES: &[(&str, &str)] = &[
    ("1.2.840.10040.4.3", "dsa-with-sha1"),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1"),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224"),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256"),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384"),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512"),
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption"),
    ("1.2.840.113549.1.1.3", "md4WithRSAEncryption"),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption"),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption"),
    ("1.2.840.113549.1.1.10", "rsassa-pss"),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption"),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption"),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption"),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption"),
    ("1.3.14.3.2.29", "sha1WithRSAEncryption"),
    ("1.3.101.112", "ed25519"),
    ("1.3.101.113", "ed448"),
];

/// The attributes in the order of the certificate, as `C=DE, O=Example, CN=mx.example.org`; of one type that is not known, its
/// number.
pub(super) fn text(name: &X509Name<'_>) -> String {
    let mut text = String::new();
    for set in name.iter() {
        let mut between = ", ";
        for attribute in set.iter() {
            if !text.is_empty() {
                text.push_str(between);
            }
            between = " + ";
            text.push_str(&known(ATTRIBUTES, attribute.attr_type()));
            text.push('=');
            text.push_str(&value(attribute.attr_value()));
        }
    }
    text
}

/// The algorithm of a signature: its name, or its number.
pub(super) fn signature(oid: &Oid<'_>) -> String {
    known(SIGNATURES, oid)
}

fn known(table: &[(&str, &str)], oid: &Oid<'_>) -> String {
    let number = oid.to_id_string();
    let row = table.iter().find(|(known, _)| *known == number);
    row.map_or(number, |(_, name)| (*name).to_owned())
}

/// What is no text, in hexadecimal digits.
fn value(any: &Any<'_>) -> String {
    match any.tag() {
        Tag::NumericString
        | Tag::VisibleString
        | Tag::PrintableString
        | Tag::GeneralString
        | Tag::ObjectDescriptor
        | Tag::GraphicString
        | Tag::T61String
        | Tag::VideotexString
        | Tag::Utf8String
        | Tag::Ia5String => String::from_utf8_lossy(any.data).into_owned(),
        Tag::BmpString => {
            let (pairs, _) = any.data.as_chunks();
            let units: Vec<u16> = pairs.iter().map(|it| u16::from_be_bytes(*it)).collect();
            String::from_utf16_lossy(&units)
        }
        _ => super::certificate::hex(any.data),
    }
}

#[cfg(test)]
mod tests {
    use x509_parser::prelude::FromDer;

    use super::*;

    /// A type, the tag of its value, and the value.
    type Attribute<'a> = (&'a [u8], u8, &'a [u8]);

    /// A sequence of sets of one attribute each: type and value as they are encoded.
    fn name(attributes: &[&[Attribute<'_>]]) -> Vec<u8> {
        let wrapped = |tag: u8, inner: &[u8]| {
            let mut out = vec![tag, u8::try_from(inner.len()).unwrap()];
            out.extend(inner);
            out
        };
        let sets: Vec<u8> = attributes
            .iter()
            .flat_map(|set| {
                let inner: Vec<u8> = set
                    .iter()
                    .flat_map(|(oid, tag, value)| {
                        wrapped(0x30, &[wrapped(6, oid), wrapped(*tag, value)].concat())
                    })
                    .collect();
                wrapped(0x31, &inner)
            })
            .collect();
        wrapped(0x30, &sets)
    }

    #[test]
    fn names_are_as_the_library_writes_them() {
        const CN: &[u8] = &[0x55, 4, 3];
        let der = name(&[
            &[(&[0x55, 4, 6], 0x13, b"DE")],
            &[
                (&[0x55, 4, 10], 0x0c, "Müller".as_bytes()),
                (&[0x55, 4, 15], 0x0c, b"Private Organization"),
            ],
            &[(CN, 0x1e, &[0, b'm', 0, b'x'])],
            &[(CN, 4, &[0xab, 1])],
        ]);
        let (_, name) = X509Name::from_der(&der).unwrap();
        let wanted = "C=DE, O=Müller + businessCategory=Private Organization, CN=mx, CN=";
        assert_eq!(text(&name), format!("{wanted}ab01"));
        assert!(name.to_string().starts_with(wanted), "{name}");
    }

    /// What nobody can read fails no certificate.
    #[test]
    fn what_is_not_known_is_told_by_its_number() {
        let der = name(&[&[(&[0x2a, 3, 4], 0x0c, &[0xff, b'x'])]]);
        let (_, name) = X509Name::from_der(&der).unwrap();
        assert_eq!(text(&name), "1.2.3.4=\u{fffd}x");
    }

    #[test]
    fn every_name_of_the_registry_that_is_here_is_the_same_there() {
        let registry = x509_parser::oid_registry::OidRegistry::default()
            .with_all_crypto()
            .with_x509();
        for (number, name) in ATTRIBUTES.iter().chain(SIGNATURES) {
            let oid: Oid<'_> = number.parse().unwrap();
            assert_eq!(oid.to_id_string(), *number);
            let Some(entry) = registry.get(&oid) else {
                assert!(
                    ["organizationIdentifier", "ecdsa-with-SHA1"].contains(name),
                    "{name}"
                );
                continue;
            };
            let is_short = name.len() <= 2 || *name == "Email";
            assert!(is_short || entry.sn() == *name, "{name}: {}", entry.sn());
        }
    }
}
