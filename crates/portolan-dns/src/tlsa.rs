//! TLSA records (RFC 6698), as mail uses them (RFC 7672), and whether they match a certificate.

use std::fmt;

use sha2::{Digest, Sha256, Sha512};

use crate::der;
use crate::finding::Issue;
use crate::rules::transport as rules;

/// A record as it came: three numbers and data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tlsa {
    /// Whose certificate: 0 and 1 are not for mail, 2 is an authority, 3 the host itself.
    pub usage: u8,
    /// 0: the whole certificate, 1: its public key.
    pub selector: u8,
    /// 0: as it is, 1: SHA-256, 2: SHA-512.
    pub matching: u8,
    /// The certificate, the key, or a digest.
    pub data: Vec<u8>,
}

/// Whether a record matches a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matched {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// Mail does not use records of this kind, or the certificate cannot be read.
    Unusable,
}

/// The most bytes of data that are read from text.
const MAX_DATA: usize = 65_535;

impl Tlsa {
    /// Reads the form of a zone file: `3 1 1 HEX`, the digits in one piece or several.
    ///
    /// # Errors
    /// What is not three numbers and an even count of hexadecimal digits (RFC 6698, section 2.2).
    pub fn read(text: &str) -> Result<Self, TlsaFault> {
        let mut words = text.split_ascii_whitespace();
        let mut number = || {
            words
                .next()
                .and_then(|word| word.parse().ok())
                .ok_or(TlsaFault::Numbers)
        };
        let (usage, selector, matching) = (number()?, number()?, number()?);
        let digits: Vec<u32> = words
            .flat_map(str::chars)
            .take(2 * MAX_DATA)
            .map(|sign| sign.to_digit(16).ok_or(TlsaFault::Data))
            .collect::<Result<_, _>>()?;
        if digits.is_empty() || digits.len() % 2 == 1 {
            return Err(TlsaFault::Data);
        }
        let data = digits
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |sum, digit| (sum << 4) | (digit & 0xf)))
            .map(|byte| u8::try_from(byte).unwrap_or(u8::MAX))
            .collect();
        Ok(Self {
            usage,
            selector,
            matching,
            data,
        })
    }

    /// Whether it matches what a host shows: its own certificate first, then those of the authorities, in DER.
    ///
    /// Usage 3 is held against the first alone, usage 2 against all (RFC 7672, section 3.1). That an authority has signed the
    /// certificate is for the TLS library to check.
    pub fn matches(&self, chain: &[Vec<u8>]) -> Matched {
        if !issues(self)
            .iter()
            .all(|it| it.rule.severity != crate::finding::Severity::Wrong)
        {
            return Matched::Unusable;
        }
        let mut readable = false;
        let count = if self.usage == 3 { 1 } else { chain.len() };
        for certificate in chain.iter().take(count) {
            let part = match self.selector {
                0 => Some(certificate.as_slice()),
                _ => der::public_key(certificate),
            };
            let Some(part) = part else { continue };
            readable = true;
            let is_equal = match self.matching {
                0 => part == self.data,
                1 => Sha256::digest(part).as_slice() == self.data,
                _ => Sha512::digest(part).as_slice() == self.data,
            };
            if is_equal {
                return Matched::Yes;
            }
        }
        if readable {
            Matched::No
        } else {
            Matched::Unusable
        }
    }
}

/// What is wrong with a record by itself.
pub fn issues(record: &Tlsa) -> Vec<Issue> {
    let mut found = Vec::new();
    match record.usage {
        2 | 3 => {}
        0 | 1 => found.push(Issue::new(
            &rules::TLSA_USAGE,
            format!(
                "The certificate usage is {}; mail uses 2 and 3.",
                record.usage
            ),
        )),
        other => found.push(Issue::new(
            &rules::TLSA_FORM,
            format!("Certificate usage {other} is not defined."),
        )),
    }
    if record.selector > 1 {
        found.push(Issue::new(
            &rules::TLSA_FORM,
            format!("Selector {} is not defined.", record.selector),
        ));
    }
    let wanted = match record.matching {
        0 => None,
        1 => Some(32),
        2 => Some(64),
        other => {
            found.push(Issue::new(
                &rules::TLSA_FORM,
                format!("Matching type {other} is not defined."),
            ));
            None
        }
    };
    if let Some(wanted) = wanted.filter(|wanted| *wanted != record.data.len()) {
        found.push(Issue::new(
            &rules::TLSA_FORM,
            format!(
                "The digest has {} bytes; matching type {} has {wanted}.",
                record.data.len(),
                record.matching
            ),
        ));
    }
    if record.usage == 2 && record.matching == 0 {
        found.push(Issue::new(
            &rules::TLSA_WHOLE,
            "The record holds a whole certificate in place of a digest.",
        ));
    }
    found
}

/// Why a text is no TLSA record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsaFault {
    /// Three numbers from 0 to 255 have to stand in front.
    Numbers,
    /// The data are no pairs of hexadecimal digits.
    Data,
}

impl fmt::Display for TlsaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Numbers => "expected usage, selector and matching type, but found something else",
            Self::Data => "expected pairs of hexadecimal digits, but found something else",
        })
    }
}

impl fmt::Display for Tlsa {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} ", self.usage, self.selector, self.matching)?;
        self.data
            .iter()
            .try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate of the right layout, with a key of a few bytes.
    fn certificate() -> (Vec<u8>, Vec<u8>) {
        let key = vec![0x30, 0x03, 0x02, 0x01, 0x2a];
        let empty = [0x30, 0x00];
        let mut inner = vec![0xa0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x07];
        for _ in 0..4 {
            inner.extend(empty);
        }
        inner.extend(&key);
        let mut tbs = vec![0x30, u8::try_from(inner.len()).unwrap()];
        tbs.extend(inner);
        let mut whole = vec![0x30, u8::try_from(tbs.len()).unwrap()];
        whole.extend(tbs);
        (whole, key)
    }

    #[test]
    fn records_match_the_part_that_they_mean() {
        let (whole, key) = certificate();
        let chain = vec![whole.clone(), b"\x30\x00".to_vec()];
        let record = |usage, selector, matching, data: Vec<u8>| Tlsa {
            usage,
            selector,
            matching,
            data,
        };
        assert_eq!(record(3, 1, 0, key.clone()).matches(&chain), Matched::Yes);
        assert_eq!(
            record(3, 1, 1, Sha256::digest(&key).to_vec()).matches(&chain),
            Matched::Yes
        );
        assert_eq!(
            record(3, 0, 2, Sha512::digest(&whole).to_vec()).matches(&chain),
            Matched::Yes
        );
        assert_eq!(record(3, 0, 1, vec![0; 32]).matches(&chain), Matched::No);
        // The authority's certificate counts for usage 2 alone.
        assert_eq!(
            record(3, 0, 0, chain[1].clone()).matches(&chain),
            Matched::No
        );
        assert_eq!(
            record(2, 0, 0, chain[1].clone()).matches(&chain),
            Matched::Yes
        );
        assert_eq!(
            record(1, 0, 1, vec![0; 32]).matches(&chain),
            Matched::Unusable
        );
        assert_eq!(
            record(3, 1, 1, vec![0; 32]).matches(&[vec![1, 2, 3]]),
            Matched::Unusable
        );
    }

    #[test]
    fn what_is_printed_reads_as_it_was() {
        let text = "3 1 1 00ff";
        assert_eq!(Tlsa::read(text).unwrap().to_string(), text);
        assert_eq!(Tlsa::read("3 1 1 00 FF").unwrap().to_string(), text);
        assert_eq!(Tlsa::read("3 1 00ff"), Err(TlsaFault::Numbers));
        assert_eq!(Tlsa::read("3 1 1 0"), Err(TlsaFault::Data));
        assert_eq!(Tlsa::read("3 1 1 xy"), Err(TlsaFault::Data));
    }
}
