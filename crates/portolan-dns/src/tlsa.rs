//! TLSA records (RFC 6698), as mail uses them (RFC 7672), and whether they match a certificate.

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
