//! DNS over HTTPS (RFC 8484): what goes into a request. The number of the message is 0, so that caches can keep answers
//! (section 4.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The media type of request and response (section 6).
pub const MEDIA_TYPE: &str = "application/dns-message";

/// The number of every message (section 4.1).
pub const ID: u16 = 0;

/// The most bytes of a response that are read: a message has no more.
pub const MAX_BYTES: usize = 65_535;

/// The value of the variable `dns` in a GET request (section 4.1.1). A POST has the message itself as its body.
pub fn variable(message: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(message)
}

#[cfg(test)]
mod tests {
    use portolan_dns::lookup::{Kind, Lookup};
    use portolan_dns::name::Name;

    use super::*;
    use crate::Question;

    /// The example of section 4.1.1 asks for the address of `www.example.com`, without EDNS.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let lookup = Lookup::new(Name::new("www.example.com").unwrap(), Kind::A);
        let mut question = Question::new(&lookup).unwrap();
        question.leave_out_edns();
        let bytes = question.message(ID).unwrap();
        assert_eq!(
            variable(&bytes),
            "AAABAAABAAAAAAAAA3d3dwdleGFtcGxlA2NvbQAAAQAB"
        );
    }
}
