//! An authority for tests: root, one between, and leaves with any names and dates, as PEM and as rustls wants them.
//!
//! Whoever trusts the root has to refuse every certificate here that is not in order. Nothing is kept: each authority
//! is made anew, with keys of P-256.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use time::OffsetDateTime;

/// What can go wrong in the making: a name that is none, or no randomness.
pub type Error = rcgen::Error;

/// From when to when.
#[derive(Clone, Copy, Debug)]
pub struct Validity {
    /// The first moment.
    pub from: OffsetDateTime,
    /// The last moment.
    pub until: OffsetDateTime,
}

impl Validity {
    /// From the first of January of one year to that of another.
    pub fn years(from: i32, until: i32) -> Self {
        Self {
            from: rcgen::date_time_ymd(from, 1, 1),
            until: rcgen::date_time_ymd(until, 1, 1),
        }
    }
}

/// What a leaf is to be.
#[derive(Clone, Debug)]
pub struct Leaf<'a> {
    /// DNS names and addresses; the first is the common name too.
    pub names: &'a [&'a str],
    /// When it holds.
    pub validity: Validity,
    /// It says of itself that it may sign others, which a server's own should not.
    pub is_authority: bool,
}

/// Somebody who signs.
pub struct Authority {
    certificate: CertificateDer<'static>,
    pem: String,
    issuer: Issuer<'static, KeyPair>,
    /// What has to be sent beside a leaf: everything up to the root, without it.
    between: Vec<(CertificateDer<'static>, String)>,
}

/// A certificate with its key and what has to be sent beside it.
pub struct Identity {
    /// The leaf first.
    pub chain: Vec<CertificateDer<'static>>,
    /// The same as PEM.
    pub chain_pem: String,
    /// Its key.
    pub key: PrivateKeyDer<'static>,
    /// The same as PEM.
    pub key_pem: String,
}

impl Authority {
    /// An authority that vouches for itself.
    ///
    /// # Errors
    ///
    /// No randomness.
    pub fn root(name: &str, validity: Validity) -> Result<Self, Error> {
        let (params, key) = (authority(name, validity)?, KeyPair::generate()?);
        let certificate = params.self_signed(&key)?;
        Ok(Self {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
            between: Vec::new(),
        })
    }

    /// An authority that this one vouches for.
    ///
    /// # Errors
    ///
    /// No randomness.
    pub fn intermediate(&self, name: &str, validity: Validity) -> Result<Self, Error> {
        let (params, key) = (authority(name, validity)?, KeyPair::generate()?);
        let certificate = params.signed_by(&key, &self.issuer)?;
        let mut between = vec![(certificate.der().clone(), certificate.pem())];
        between.extend(self.between.iter().cloned());
        Ok(Self {
            certificate: certificate.der().clone(),
            pem: certificate.pem(),
            issuer: Issuer::new(params, key),
            between,
        })
    }

    /// Signs a leaf.
    ///
    /// # Errors
    ///
    /// A name that is none.
    pub fn leaf(&self, leaf: &Leaf<'_>) -> Result<Identity, Error> {
        let (params, key) = (end(leaf)?, KeyPair::generate()?);
        let certificate = params.signed_by(&key, &self.issuer)?;
        let mut chain = vec![certificate.der().clone()];
        let mut chain_pem = certificate.pem();
        for (der, pem) in &self.between {
            chain.push(der.clone());
            chain_pem.push_str(pem);
        }
        Ok(identity(chain, chain_pem, &key))
    }

    /// Its own certificate.
    pub fn certificate(&self) -> &CertificateDer<'static> {
        &self.certificate
    }

    /// Its own certificate as PEM, for a client that shall trust it.
    pub fn pem(&self) -> &str {
        &self.pem
    }
}

/// A leaf that vouches for itself.
///
/// # Errors
///
/// A name that is none.
pub fn self_signed(leaf: &Leaf<'_>) -> Result<Identity, Error> {
    let (params, key) = (end(leaf)?, KeyPair::generate()?);
    let certificate = params.self_signed(&key)?;
    Ok(identity(
        vec![certificate.der().clone()],
        certificate.pem(),
        &key,
    ))
}

fn identity(chain: Vec<CertificateDer<'static>>, chain_pem: String, key: &KeyPair) -> Identity {
    Identity {
        chain,
        chain_pem,
        key: PrivatePkcs8KeyDer::from(key.serialize_der()).into(),
        key_pem: key.serialize_pem(),
    }
}

fn authority(name: &str, validity: Validity) -> Result<CertificateParams, Error> {
    let mut params = named(&[], name, validity)?;
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

fn end(leaf: &Leaf<'_>) -> Result<CertificateParams, Error> {
    let name = leaf.names.first().copied().unwrap_or_default();
    let mut params = named(leaf.names, name, leaf.validity)?;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    if leaf.is_authority {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages.push(KeyUsagePurpose::KeyCertSign);
    }
    Ok(params)
}

fn named(names: &[&str], name: &str, validity: Validity) -> Result<CertificateParams, Error> {
    let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = validity.from;
    params.not_after = validity.until;
    params.use_authority_key_identifier_extension = true;
    Ok(params)
}

#[cfg(test)]
mod tests {
    use super::{Authority, Leaf, Validity};

    #[test]
    fn a_leaf_below_two_brings_the_one_between() {
        let validity = Validity::years(2020, 2040);
        let root = Authority::root("Root", validity).unwrap();
        let between = root.intermediate("Between", validity).unwrap();
        let leaf = Leaf {
            names: &["localhost", "127.0.0.1"],
            validity,
            is_authority: false,
        };
        let own = between.leaf(&leaf).unwrap();
        assert_eq!(own.chain.len(), 2);
        assert_eq!(&own.chain[1], between.certificate());
        assert_eq!(own.chain_pem.matches("BEGIN CERTIFICATE").count(), 2);
        assert!(own.key_pem.contains("PRIVATE KEY"));
        assert_eq!(root.leaf(&leaf).unwrap().chain.len(), 1);
    }
}
