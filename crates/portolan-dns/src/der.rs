//! As much of DER (X.690) as the length of a key and the public key of a certificate need.

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const SEQUENCE: u8 = 0x30;
const EXPLICIT_0: u8 = 0xa0;

/// One element: its tag, its whole bytes, its content, and what follows.
struct Element<'a> {
    tag: u8,
    whole: &'a [u8],
    content: &'a [u8],
    rest: &'a [u8],
}

fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (&tag, after) = bytes.split_first()?;
    let (&first, after) = after.split_first()?;
    let (length, after) = match first {
        0..=0x7f => (usize::from(first), after),
        0x81..=0x84 => {
            let (digits, after) = after.split_at_checked(usize::from(first & 0x7f))?;
            let length = digits
                .iter()
                .fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
            (length, after)
        }
        _ => return None,
    };
    let (content, rest) = after.split_at_checked(length)?;
    let whole = bytes.get(..bytes.len() - rest.len())?;
    Some(Element {
        tag,
        whole,
        content,
        rest,
    })
}

fn of_tag(bytes: &[u8], tag: u8) -> Option<Element<'_>> {
    element(bytes).filter(|it| it.tag == tag)
}

/// The bits of an RSA modulus, in a `SubjectPublicKeyInfo` (RFC 5280) or a bare `RSAPublicKey` (RFC 8017), which RFC 6376 names.
pub(crate) fn rsa_bits(key: &[u8]) -> Option<usize> {
    let outer = of_tag(key, SEQUENCE)?;
    let modulus = match of_tag(outer.content, SEQUENCE) {
        Some(algorithm) => {
            let bits = of_tag(algorithm.rest, BIT_STRING)?;
            // The first byte counts unused bits.
            let inner = of_tag(bits.content.get(1..)?, SEQUENCE)?;
            of_tag(inner.content, INTEGER)?
        }
        None => of_tag(outer.content, INTEGER)?,
    };
    of_tag(modulus.rest, INTEGER).or_else(|| {
        modulus.rest.is_empty().then_some(Element {
            tag: INTEGER,
            whole: &[],
            content: &[],
            rest: &[],
        })
    })?;
    let zeros = modulus
        .content
        .iter()
        .take_while(|byte| **byte == 0)
        .count();
    let digits = modulus.content.get(zeros..)?;
    let first = digits.first()?;
    Some(digits.len() * 8 - first.leading_zeros() as usize)
}

/// The `SubjectPublicKeyInfo` of a certificate (RFC 5280, section 4.1), which a TLSA selector of 1 means.
pub(crate) fn public_key(certificate: &[u8]) -> Option<&[u8]> {
    let outer = of_tag(certificate, SEQUENCE)?;
    let mut rest = of_tag(outer.content, SEQUENCE)?.content;
    if let Some(version) = of_tag(rest, EXPLICIT_0) {
        rest = version.rest;
    }
    // Serial number, signature algorithm, issuer, validity, subject.
    rest = of_tag(rest, INTEGER)?.rest;
    for _ in 0..4 {
        rest = of_tag(rest, SEQUENCE)?.rest;
    }
    of_tag(rest, SEQUENCE).map(|key| key.whole)
}
