//! Texts in addresses (RFC 3986, section 2.1).

/// A text as a part of an address.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    encode(text, &mut escaped);
    escaped
}

/// Adds a text to an address: letters, digits, `-`, `.` and `_` as they are, all else as bytes in percent.
pub fn encode(text: &str, link: &mut String) {
    let half = |half: u8| {
        char::from(if half < 10 {
            b'0' + half
        } else {
            b'a' - 10 + half
        })
    };
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            link.push(char::from(byte));
        } else {
            link.push('%');
            link.push(half(byte >> 4));
            link.push(half(byte & 15));
        }
    }
}

/// The text again; `None` for a broken escape or what is not UTF-8 afterwards.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut half = || char::from(rest.next()?).to_digit(16);
            let value = half()? * 16 + half()?;
            bytes.push(u8::try_from(value).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_and_a_broken_escape_does_not() {
        for text in ["", "a b&c=d#é\n\"<", "%"] {
            assert_eq!(decode(&escaped(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("%Z0"), None);
        assert_eq!(decode("%ff"), None);
        assert_eq!(decode("%"), None);
    }
}
