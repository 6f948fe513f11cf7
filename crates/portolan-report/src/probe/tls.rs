//! What a TLS handshake showed: the parameters, the certificates, and each thing wrong with them.

use serde::{Deserialize, Serialize};

use super::Moment;

/// A version of TLS, or of what was before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TlsVersion {
    /// SSL 3.0 (RFC 6101), which must not be used (RFC 7568).
    #[serde(rename = "ssl-3.0")]
    Ssl3,
    /// TLS 1.0, which must not be used (RFC 8996).
    #[serde(rename = "tls-1.0")]
    Tls10,
    /// TLS 1.1, which must not be used (RFC 8996).
    #[serde(rename = "tls-1.1")]
    Tls11,
    /// TLS 1.2 (RFC 5246).
    #[serde(rename = "tls-1.2")]
    Tls12,
    /// TLS 1.3 (RFC 8446).
    #[serde(rename = "tls-1.3")]
    Tls13,
}

impl TlsVersion {
    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ssl3 => "SSL 3.0",
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }
}

/// A handshake that came to its end, whatever the certificate is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TlsSession {
    /// The version.
    pub version: TlsVersion,
    /// The suite, by its IANA name: `TLS13_AES_128_GCM_SHA256`.
    pub suite: String,
    /// The group of the key exchange: `X25519`.
    pub group: Option<String>,
    /// The name that was asked for (SNI). `None`: none was, as for an address.
    pub server_name: Option<String>,
    /// The certificates as they were sent, the server's own first.
    pub chain: Vec<Certificate>,
    /// The name or address that the certificate had to be for.
    pub checked_name: String,
    /// Everything that is wrong with the certificate. Empty: nothing is.
    pub faults: Vec<CertificateFault>,
}

/// A certificate (RFC 5280).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Whose it is: `CN=mx.example.org`.
    pub subject: String,
    /// Who vouches for it.
    pub issuer: String,
    /// The host names and addresses it is for (subjectAltName); the common name does not count (RFC 9525, section 2).
    pub names: Vec<String>,
    /// The first moment at which it holds.
    pub not_before: Moment,
    /// The last moment.
    pub not_after: Moment,
    /// Its number in hexadecimal.
    pub serial: String,
    /// Its key.
    pub key: Key,
    /// How it was signed: `sha256WithRSAEncryption`, or the number of the algorithm.
    pub signature: String,
    /// Whether it may sign others.
    pub is_authority: bool,
    /// SHA-256 of the whole in hexadecimal.
    pub sha256: String,
    /// The whole as PEM (RFC 7468), where it was asked for.
    pub pem: Option<String>,
}

/// The key of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// Its kind.
    pub kind: KeyKind,
    /// Its size in bits, where the kind has sizes.
    pub bits: Option<u32>,
}

/// The kind of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// On an elliptic curve (ECDSA).
    Ec,
    /// Ed25519 or Ed448.
    Ed,
    /// Another.
    Other,
    /// RSA.
    Rsa,
}

/// One thing wrong with a certificate. Several may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum CertificateFault {
    /// It is that of an authority, and used as a server's own.
    AuthorityAsServer,
    /// It cannot be read.
    BadEncoding,
    /// A signature does not fit.
    BadSignature,
    /// Its time is over.
    Expired,
    /// It is for other names.
    NameMismatch,
    /// No authority is known here, so that nobody can vouch for it.
    NoRoots,
    /// Its time has not come.
    NotYetValid,
    /// Another, in words.
    Other {
        /// The words.
        text: String,
    },
    /// Its authority took it back.
    Revoked,
    /// It vouches for itself.
    SelfSigned,
    /// Nobody known here vouches for it, or the one between was not sent.
    UnknownIssuer,
    /// Its kind of signature or key is not supported here.
    UnsupportedSignature,
    /// It is not for servers.
    WrongUsage,
}

/// The authorities that certificates were held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Roots {
    /// Where they come from.
    pub from: RootsFrom,
    /// How many there are.
    pub count: u64,
    /// What went wrong when the machine's own were read, in its words. Empty: nothing.
    pub complaints: Vec<String>,
}

/// Where authorities come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RootsFrom {
    /// Those that the program brings, since this machine has none.
    Bundled,
    /// A file that the user named.
    File,
    /// Those of this machine.
    Platform,
}

/// A handshake that did not come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum TlsFault {
    /// The server ended it with an alert (RFC 8446, section 6).
    Alert {
        /// Its name in the registry: `protocol_version`, or its number.
        name: String,
    },
    /// The server answered with this version, which is not spoken here.
    OldVersion {
        /// The version.
        version: TlsVersion,
    },
    /// Text came where TLS belongs.
    Text {
        /// Its beginning, printable.
        text: String,
    },
    /// The server's part of the handshake breaks the rules, or has nothing in common with ours.
    Unusable {
        /// Why, in words.
        text: String,
    },
}
