//! A verifier that lets every handshake come to its end, and writes down each thing that is wrong with the certificate.
//!
//! No secret is sent on a connection whose certificate has a fault; `session` sees to that.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use portolan_report::probe::CertificateFault;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use super::certificate;
use super::roots::Authorities;

/// The certificates of a handshake, and what is wrong with them.
#[derive(Clone, Default)]
pub(super) struct Recorded {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) faults: Vec<CertificateFault>,
}

pub(super) struct Recorder {
    provider: Arc<CryptoProvider>,
    roots: Arc<Authorities>,
    recorded: Mutex<Recorded>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Recorder")
    }
}

impl Recorder {
    pub(super) fn new(provider: Arc<CryptoProvider>, roots: Arc<Authorities>) -> Self {
        Self {
            provider,
            roots,
            recorded: Mutex::default(),
        }
    }

    pub(super) fn recorded(&self) -> Recorded {
        let recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        recorded.clone()
    }

    fn faults(
        &self,
        own: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Vec<CertificateFault> {
        let mut faults = Vec::new();
        let dates = certificate::validity(own);
        let seconds = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        if dates.is_some_and(|(from, _)| seconds < from) {
            faults.push(CertificateFault::NotYetValid);
        }
        if dates.is_some_and(|(_, until)| seconds > until) {
            faults.push(CertificateFault::Expired);
        }
        let parsed = match ParsedCertificate::try_from(own) {
            Ok(parsed) => parsed,
            Err(error) => {
                faults.push(fault(&error, own, between));
                return faults;
            }
        };
        let (roots, _) = self.roots.get();
        if roots.is_empty() {
            faults.push(CertificateFault::NoRoots);
        } else {
            // Within the certificate's own time, so that its date does not hide what else is wrong with it.
            let at = dates.map_or(seconds, |(from, until)| {
                if from <= until {
                    seconds.clamp(from, until)
                } else {
                    seconds
                }
            });
            let at = UnixTime::since_unix_epoch(Duration::from_secs(at.try_into().unwrap_or(0)));
            let algorithms = self.provider.signature_verification_algorithms.all;
            let held =
                verify_server_cert_signed_by_trust_anchor(&parsed, roots, between, at, algorithms);
            if let Err(error) = held {
                faults.push(fault(&error, own, between));
            }
        }
        if verify_server_name(&parsed, name).is_err() {
            faults.push(CertificateFault::NameMismatch);
        }
        faults.dedup();
        faults
    }
}

fn fault(
    error: &Error,
    own: &CertificateDer<'_>,
    between: &[CertificateDer<'_>],
) -> CertificateFault {
    let Error::InvalidCertificate(error) = error else {
        return CertificateFault::Other {
            text: error.to_string(),
        };
    };
    match error {
        CertificateError::BadEncoding => CertificateFault::BadEncoding,
        CertificateError::BadSignature => CertificateFault::BadSignature,
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            CertificateFault::Expired
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            CertificateFault::NotYetValid
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            CertificateFault::WrongUsage
        }
        CertificateError::Revoked => CertificateFault::Revoked,
        CertificateError::UnknownIssuer
            if between.is_empty() && certificate::is_self_issued(own) =>
        {
            CertificateFault::SelfSigned
        }
        CertificateError::UnknownIssuer => CertificateFault::UnknownIssuer,
        CertificateError::UnsupportedSignatureAlgorithmContext { .. }
        | CertificateError::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => {
            CertificateFault::UnsupportedSignature
        }
        other => {
            let text = format!("{other:?}");
            if text.contains("CaUsedAsEndEntity") {
                CertificateFault::AuthorityAsServer
            } else if text.contains("UnsupportedSignatureAlgorithm") {
                CertificateFault::UnsupportedSignature
            } else {
                CertificateFault::Other { text }
            }
        }
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain = std::iter::once(own)
            .chain(between)
            .map(|it| it.clone().into_owned())
            .collect();
        let faults = self.faults(own, between, name, now);
        let mut recorded = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        *recorded = Recorded { chain, faults };
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}
