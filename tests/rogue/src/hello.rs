//! Records of TLS written by hand, for servers that no library will be: too old, or with nothing in common.

/// `RFC 8446, section 6.2`: no set of parameters in common.
const HANDSHAKE_FAILURE: u8 = 40;
/// `RFC 8446, section 6.2`: the version is not taken.
const PROTOCOL_VERSION: u8 = 70;

const RECORD_ALERT: u8 = 21;
const RECORD_HANDSHAKE: u8 = 22;
const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;
const TLS_1_2: [u8; 2] = [3, 3];

/// A suite of TLS 1.0 that nearly every client still names: `TLS_RSA_WITH_AES_128_CBC_SHA` (RFC 5246, appendix A.5).
const OLD_SUITE: [u8; 2] = [0, 0x2f];

/// The alert that no cipher is in common.
pub fn no_cipher() -> Vec<u8> {
    alert(HANDSHAKE_FAILURE)
}

/// The alert that the client's versions are not taken.
pub fn refuse_version() -> Vec<u8> {
    alert(PROTOCOL_VERSION)
}

fn alert(what: u8) -> Vec<u8> {
    const FATAL: u8 = 2;
    let [major, minor] = TLS_1_2;
    vec![RECORD_ALERT, major, minor, 0, 2, FATAL, what]
}

/// Whether these bytes begin a client's hello.
pub fn is_client_hello(bytes: &[u8]) -> bool {
    bytes.first() == Some(&RECORD_HANDSHAKE) && bytes.get(1).is_none_or(|major| *major == 3)
}

/// How long the first record is, its head included; `None` while the head is not whole.
pub fn record_length(bytes: &[u8]) -> Option<usize> {
    let (high, low) = (bytes.get(3)?, bytes.get(4)?);
    Some(5 + usize::from(u16::from_be_bytes([*high, *low])))
}

/// A version that no client should take any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// RFC 6101.
    Ssl3,
    /// RFC 2246. Some libraries go on with it, and wait for a certificate.
    Tls10,
}

/// What a server answers that knows nothing newer (RFC 2246, section 7.4.1.3): its hello, with one of the client's suites.
pub fn old_version(version: Old, client_hello: &[u8]) -> Vec<u8> {
    let version = match version {
        Old::Ssl3 => [3, 0],
        Old::Tls10 => [3, 1],
    };
    let mut body = version.to_vec();
    body.extend([0x5a; 32]); // random
    body.push(0); // no session
    body.extend(suite(client_hello).unwrap_or(OLD_SUITE));
    body.push(0); // no compression
    // Servers of TLS 1.0 that are alive know safe renegotiation (RFC 5746, section 3.6).
    body.extend([0, 5, 0xff, 1, 0, 1, 0]);
    let length = u8::try_from(body.len()).unwrap_or_default();
    let [major, minor] = version;
    let mut record = vec![RECORD_HANDSHAKE, major, minor, 0, length + 4];
    record.extend([SERVER_HELLO, 0, 0, length]);
    record.extend(body);
    record
}

/// A suite that the client names and that is older than TLS 1.2: the first with CBC and SHA.
fn suite(client_hello: &[u8]) -> Option<[u8; 2]> {
    const KNOWN: [[u8; 2]; 6] = [
        [0xc0, 0x14],
        [0xc0, 0x13],
        [0xc0, 0x0a],
        [0xc0, 0x09],
        [0, 0x35],
        OLD_SUITE,
    ];
    let hello = client_hello.get(5..)?;
    if hello.first() != Some(&CLIENT_HELLO) {
        return None;
    }
    // type, length, version, random: 1 + 3 + 2 + 32.
    let session = usize::from(*hello.get(38)?);
    let rest = hello.get(39 + session..)?;
    let length = usize::from(u16::from_be_bytes([*rest.first()?, *rest.get(1)?]));
    let offered = rest.get(2..2 + length)?;
    offered
        .chunks_exact(2)
        .find_map(|pair| KNOWN.into_iter().find(|known| known == pair))
}

#[cfg(test)]
mod tests {
    use super::{Old, is_client_hello, old_version, record_length, suite};

    fn client_hello(suites: &[[u8; 2]]) -> Vec<u8> {
        let mut hello = vec![1, 0, 0, 0, 3, 3];
        hello.extend([7; 32]);
        hello.extend([2, 9, 9]); // a session of two bytes
        hello.extend(u16::try_from(suites.len() * 2).unwrap().to_be_bytes());
        hello.extend(suites.concat());
        let mut record = vec![22, 3, 1];
        record.extend(u16::try_from(hello.len()).unwrap().to_be_bytes());
        record.extend(hello);
        record
    }

    #[test]
    fn the_old_server_takes_a_suite_of_the_client() {
        let hello = client_hello(&[[0x13, 0x01], [0xc0, 0x13], [0, 0x2f]]);
        assert!(is_client_hello(&hello));
        assert_eq!(record_length(&hello), Some(hello.len()));
        assert_eq!(suite(&hello), Some([0xc0, 0x13]));
        let answer = old_version(Old::Tls10, &hello);
        assert_eq!(record_length(&answer), Some(answer.len()));
        assert_eq!(answer[9..11], [3, 1]);
        assert_eq!(old_version(Old::Ssl3, &hello)[9..11], [3, 0]);
        assert_eq!(answer[44..46], [0xc0, 0x13]);
    }

    #[test]
    fn a_hello_that_is_cut_is_answered_all_the_same() {
        let hello = client_hello(&[[0x13, 0x01]]);
        for end in 0..hello.len() {
            assert_eq!(old_version(Old::Ssl3, &hello[..end])[44..46], [0, 0x2f]);
        }
    }
}
