//! The authorities that certificates are held against.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::thread;

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

/// Authorities, once they are read.
#[derive(Debug, Default)]
pub(crate) struct Authorities(OnceLock<(RootCertStore, Roots)>);

impl Authorities {
    /// Nobody.
    pub(crate) fn none() -> Self {
        let loaded = counted(RootCertStore::empty(), RootsFrom::File, Vec::new());
        Self(loaded.into())
    }

    /// The authorities, and where they come from; waits until they are read.
    pub(crate) fn get(&self) -> &(RootCertStore, Roots) {
        self.0.get_or_init(of_this_machine)
    }
}

/// Reads them. Those of a machine are some hundred files, which takes longer than many a session: they are read while
/// connections are made, and nobody waits for them who sees no certificate.
///
/// # Errors
///
/// The named file cannot be read, or holds no certificate.
pub(crate) fn load(trust: &Trust) -> Result<Arc<Authorities>, String> {
    match trust {
        Trust::File(path) => {
            let told = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
            let mut store = RootCertStore::empty();
            let all = CertificateDer::pem_file_iter(path).map_err(|error| told(&error))?;
            for certificate in all {
                let certificate = certificate.map_err(|error| told(&error))?;
                store.add(certificate).map_err(|error| told(&error))?;
            }
            if store.is_empty() {
                return Err(told(&"expected certificates as PEM, but found none"));
            }
            let loaded = counted(store, RootsFrom::File, Vec::new());
            Ok(Arc::new(Authorities(loaded.into())))
        }
        Trust::Platform => {
            let all = Arc::new(Authorities::default());
            let here = Arc::clone(&all);
            // Without a thread they are read by whoever needs them first.
            let _ = thread::Builder::new().spawn(move || {
                here.get();
            });
            Ok(all)
        }
    }
}

fn of_this_machine() -> (RootCertStore, Roots) {
    let mut store = RootCertStore::empty();
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
        counted(store, RootsFrom::Bundled, complaints)
    } else {
        counted(store, RootsFrom::Platform, complaints)
    }
}

fn counted(
    store: RootCertStore,
    from: RootsFrom,
    complaints: Vec<String>,
) -> (RootCertStore, Roots) {
    let roots = Roots {
        from,
        count: u64::try_from(store.len()).unwrap_or(u64::MAX),
        complaints,
    };
    (store, roots)
}
