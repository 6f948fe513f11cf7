//! The authorities that certificates are held against.

use std::path::PathBuf;
use std::sync::Arc;

use portolan_report::probe::{Roots, RootsFrom};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

/// Whom to trust.
#[derive(Clone, Debug, Default)]
pub enum Trust {
    /// The authorities of a file of PEM alone.
    File(PathBuf),
    /// This machine's, or bundled ones where it has none.
    #[default]
    Platform,
}

/// Loads them, and says where they come from.
///
/// # Errors
///
/// The named file cannot be read, or holds no certificate.
pub(crate) fn load(trust: &Trust) -> Result<(Arc<RootCertStore>, Roots), String> {
    let mut store = RootCertStore::empty();
    let (from, complaints) = match trust {
        Trust::File(path) => {
            let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let all = CertificateDer::pem_file_iter(path).map_err(|error| told(&error))?;
            for certificate in all {
                let certificate = certificate.map_err(|error| told(&error))?;
                store.add(certificate).map_err(|error| told(&error))?;
            }
            if store.is_empty() {
                return Err(told(&"expected certificates as PEM, but found none"));
            }
            (RootsFrom::File, Vec::new())
        }
        Trust::Platform => {
            let found = rustls_native_certs::load_native_certs();
            store.add_parsable_certificates(found.certs);
            let complaints = found
                .errors
                .iter()
                .take(8)
                .map(ToString::to_string)
                .collect();
            if store.is_empty() {
                store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
                (RootsFrom::Bundled, complaints)
            } else {
                (RootsFrom::Platform, complaints)
            }
        }
    };
    let roots = Roots {
        from,
        count: u64::try_from(store.len()).unwrap_or(u64::MAX),
        complaints,
    };
    Ok((Arc::new(store), roots))
}
