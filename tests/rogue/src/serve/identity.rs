//! The server's certificate: in order, or wrong in the one way that is asked for.

use std::sync::Arc;

use rustls::ServerConfig;

use crate::ca::{self, Authority, Identity, Leaf, Validity};
use crate::catalogue::Certificate;

/// What a server needs for TLS, and what its clients have to trust.
pub(crate) struct Pki {
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) root_pem: String,
}

/// The names that clients reach a server of loopback by.
const NAMES: &[&str] = &["localhost", "127.0.0.1"];
const OTHER_NAMES: &[&str] = &["mail.other.example", "other.example"];

pub(crate) fn make(
    certificate: Certificate,
) -> Result<Pki, Box<dyn std::error::Error + Send + Sync>> {
    let long = Validity::years(2020, 2045);
    let root = Authority::root("Portolan Test Root", long)?;
    let between = root.intermediate("Portolan Test Intermediate", long)?;
    let good = Leaf {
        names: NAMES,
        validity: long,
        is_authority: false,
    };
    let of = |validity| Leaf {
        validity,
        ..good.clone()
    };
    let identity = match certificate {
        Certificate::Good => between.leaf(&good)?,
        Certificate::Expired => between.leaf(&of(Validity::years(2020, 2021)))?,
        Certificate::NotYet => between.leaf(&of(Validity::years(2044, 2045)))?,
        Certificate::OtherName => between.leaf(&Leaf {
            names: OTHER_NAMES,
            ..good
        })?,
        Certificate::SelfSigned => ca::self_signed(&good)?,
        Certificate::Authority => ca::self_signed(&Leaf {
            is_authority: true,
            ..good
        })?,
        Certificate::Untrusted => Authority::root("Someone Else's Root", long)?.leaf(&good)?,
        Certificate::Incomplete => {
            let mut whole = between.leaf(&good)?;
            whole.chain.truncate(1);
            whole
        }
    };
    Ok(Pki {
        config: Arc::new(config(identity)?),
        root_pem: root.pem().to_owned(),
    })
}

fn config(identity: Identity) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(identity.chain, identity.key)
}
