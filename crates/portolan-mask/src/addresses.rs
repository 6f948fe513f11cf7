//! Mail addresses without the part that names a person, for what leaves the page.

/// The text with the local part of every mail address shortened to its first letter: `b…@example.org`.
pub fn addresses(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut done = 0;
    for sign in memchr::memchr_iter(b'@', text) {
        if sign < done {
            continue;
        }
        let local = text
            .get(done..sign)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(|byte| is_local(**byte))
            .count();
        let host = text.get(sign + 1).is_some_and(u8::is_ascii_alphanumeric);
        if local == 0 || !host {
            continue;
        }
        let start = sign - local;
        out.extend(text.get(done..start).unwrap_or_default());
        // A letter of several bytes is kept whole.
        let first = text.get(start..sign).unwrap_or_default();
        let length = match first.first() {
            Some(0xC0..=0xDF) => 2,
            Some(0xE0..=0xEF) => 3,
            Some(0xF0..=0xF7) => 4,
            _ => 1,
        };
        out.extend(first.get(..length).unwrap_or(first));
        out.extend("…".as_bytes());
        done = sign;
    }
    out.extend(text.get(done..).unwrap_or_default());
    out
}

/// Letters of a local part (RFC 5322, section 3.2.3, and RFC 6531).
const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'_'
                | b'-'
                | b'+'
                | b'!'
                | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'*'
                | b'/'
                | b'?'
                | b'^'
                | b'{'
                | b'|'
                | b'}'
                | b'~'
        )
        || !byte.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn of_an_address_the_first_letter_and_the_domain_stay() {
        let text = "RCPT TO:<bob.smith+x@example.org> from=é.b@x.example @ 5 @home a@b";
        assert_eq!(
            String::from_utf8(addresses(text.as_bytes())).unwrap(),
            "RCPT TO:<b…@example.org> from=é…@x.example @ 5 @home a…@b"
        );
    }
}
