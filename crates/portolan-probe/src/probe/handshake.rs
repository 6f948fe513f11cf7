//! The handshake on a connection, and what it shows.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use portolan_report::probe::{Break, Outcome, TlsFault, TlsSession, TlsVersion, printable};
use rustls::client::Resumption;
use rustls::crypto::ring;
use rustls::pki_types::ServerName;
use rustls::{
    AlertDescription, ClientConfig, ClientConnection, Error, ProtocolVersion,
    SupportedProtocolVersion, version,
};

use super::certificate::{self, Pem};
use super::roots::Authorities;
use super::verifier::Recorder;
use super::wire::Wire;

/// How to shake hands.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    /// The name to ask for, and to hold the certificate against.
    pub(super) name: &'a str,
    pub(super) roots: &'a Arc<Authorities>,
    /// One version alone.
    pub(super) only: Option<TlsVersion>,
    pub(super) pem: Pem,
}

/// Shakes hands: what came of it, and when the first byte came.
pub(super) fn shake(wire: &mut Wire, manner: Manner<'_>) -> (Outcome, Option<Instant>) {
    let mut first = None;
    let outcome = shaken(wire, manner, &mut first);
    if !matches!(outcome, Outcome::Tls { .. }) {
        wire.tls = None;
    }
    (outcome, first)
}

fn shaken(wire: &mut Wire, manner: Manner<'_>, first: &mut Option<Instant>) -> Outcome {
    let unusable = |text: String| Outcome::TlsFailed {
        fault: TlsFault::Unusable { text },
    };
    let provider = Arc::new(ring::default_provider());
    let recorder = Arc::new(Recorder::new(
        Arc::clone(&provider),
        Arc::clone(manner.roots),
    ));
    let name = match ServerName::try_from(manner.name.to_owned()) {
        Ok(name) => name,
        Err(error) => return unusable(error.to_string()),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions(manner.only))
        .map(|it| {
            it.dangerous()
                .with_custom_certificate_verifier(Arc::clone(&recorder) as Arc<_>)
                .with_no_client_auth()
        });
    let config = match config {
        Ok(mut config) => {
            config.resumption = Resumption::disabled();
            config
        }
        Err(error) => return unusable(error.to_string()),
    };
    match ClientConnection::new(Arc::new(config), name) {
        Ok(tls) => wire.tls = Some(Box::new(tls)),
        Err(error) => return unusable(error.to_string()),
    }
    let until = wire.clock.end_of_step();
    let mut seen = Vec::new();
    let broken = |how: Break, seen: &[u8]| Outcome::Broken {
        how,
        lines: Vec::new(),
        bytes: u64::try_from(seen.len()).unwrap_or(u64::MAX),
    };
    loop {
        if let Err(how) = wire.flush_tls(until) {
            return broken(how, &seen);
        }
        if wire.tls.as_ref().is_some_and(|it| !it.is_handshaking()) {
            break;
        }
        let mut raw = [0; 4_096];
        let count = match wire.read_raw(&mut raw, until) {
            Ok(0) => return failed(None, Break::Closed, &seen),
            Ok(count) => count,
            Err(how) => return failed(None, how, &seen),
        };
        *first = first.or_else(|| Some(Instant::now()));
        let mut bytes = raw.get(..count).unwrap_or_default();
        seen.extend_from_slice(
            bytes
                .get(..bytes.len().min(SEEN.saturating_sub(seen.len())))
                .unwrap_or_default(),
        );
        if let Some(fault) = from_first_bytes(&seen) {
            return Outcome::TlsFailed { fault };
        }
        let Some(tls) = &mut wire.tls else { break };
        while !bytes.is_empty() {
            if let Err(error) = tls.read_tls(&mut bytes) {
                return unusable(error.to_string());
            }
            if let Err(error) = tls.process_new_packets() {
                // Says goodbye as TLS has it; whether it arrives matters to nobody.
                let _ = wire.flush_tls(until);
                return failed(Some(error), Break::Closed, &seen);
            }
        }
    }
    let Some(tls) = &wire.tls else {
        return broken(Break::Closed, &seen);
    };
    let seen = recorder.recorded();
    let session = TlsSession {
        version: match tls.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => TlsVersion::Tls12,
            _ => TlsVersion::Tls13,
        },
        suite: tls
            .negotiated_cipher_suite()
            .map(|it| format!("{:?}", it.suite()))
            .unwrap_or_default(),
        group: tls
            .negotiated_key_exchange_group()
            .map(|it| format!("{:?}", it.name())),
        server_name: manner
            .name
            .parse::<IpAddr>()
            .is_err()
            .then(|| manner.name.to_owned()),
        chain: certificate::chain(&seen.chain, manner.pem),
        checked_name: manner.name.to_owned(),
        faults: seen.faults,
    };
    Outcome::Tls {
        session: Box::new(session),
    }
}

/// So many of the first bytes are looked at.
const SEEN: usize = 200;

fn versions(only: Option<TlsVersion>) -> Vec<&'static SupportedProtocolVersion> {
    match only {
        Some(TlsVersion::Tls12) => vec![&version::TLS12],
        Some(TlsVersion::Tls13) => vec![&version::TLS13],
        _ => vec![&version::TLS12, &version::TLS13],
    }
}

/// What the first bytes say by themselves: text, or the hello of an old version (RFC 5246, section 7.4.1.3), which needs no
/// library to be known.
fn from_first_bytes(seen: &[u8]) -> Option<TlsFault> {
    match seen {
        [0x16, 3, _, _, _, 2, _, _, _, 3, minor @ 0..=2, ..] => Some(TlsFault::OldVersion {
            version: match minor {
                0 => TlsVersion::Ssl3,
                1 => TlsVersion::Tls10,
                _ => TlsVersion::Tls11,
            },
        }),
        [0x14..=0x17, ..] | [] => None,
        text => {
            let line = text.split(|it| *it == b'\n').next().unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            Some(TlsFault::Text {
                text: printable(line),
            })
        }
    }
}

fn failed(error: Option<Error>, how: Break, seen: &[u8]) -> Outcome {
    let fault = match error {
        None => {
            return Outcome::Broken {
                how,
                lines: Vec::new(),
                bytes: u64::try_from(seen.len()).unwrap_or(u64::MAX),
            };
        }
        Some(Error::AlertReceived(alert)) => TlsFault::Alert { name: name(alert) },
        Some(error) => TlsFault::Unusable {
            text: error.to_string(),
        },
    };
    Outcome::TlsFailed { fault }
}

/// The name of an alert as the registry writes it: `protocol_version`.
fn name(alert: AlertDescription) -> String {
    let mut name = String::new();
    for letter in format!("{alert:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alerts_have_the_names_of_their_registry() {
        assert_eq!(name(AlertDescription::ProtocolVersion), "protocol_version");
        assert_eq!(
            name(AlertDescription::HandshakeFailure),
            "handshake_failure"
        );
    }

    #[test]
    fn first_bytes_speak() {
        let old = |minor| [0x16, 3, 1, 0, 80, 2, 0, 0, 76, 3, minor, 7];
        let version = |version| Some(TlsFault::OldVersion { version });
        assert_eq!(from_first_bytes(&old(0)), version(TlsVersion::Ssl3));
        assert_eq!(from_first_bytes(&old(1)), version(TlsVersion::Tls10));
        assert_eq!(from_first_bytes(&old(2)), version(TlsVersion::Tls11));
        assert_eq!(from_first_bytes(&old(3)), None);
        assert_eq!(from_first_bytes(&[0x15, 3, 1, 0, 2, 2, 70]), None);
        let text = "220 mx ESMTP".to_owned();
        assert_eq!(
            from_first_bytes(b"220 mx ESMTP\r\n"),
            Some(TlsFault::Text { text })
        );
    }
}
