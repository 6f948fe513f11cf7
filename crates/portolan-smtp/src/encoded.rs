//! Parts of a mail in base64 (RFC 2045, section 6.8), which hide what a report says.

use base64::Engine;
use base64::engine::general_purpose::GeneralPurpose;
use base64::engine::{DecodePaddingMode, GeneralPurposeConfig};

/// A part: where it stands, and what it says.
pub(crate) struct Part {
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// The first byte behind it.
    pub(crate) end: usize,
    /// What it says.
    pub(crate) text: Vec<u8>,
}

/// What is cut lacks its padding.
const READER: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// So many parts of a mail are read.
const MOST: usize = 4;

/// The parts of a text that are in base64 and say something in letters.
pub(crate) fn parts(text: &[u8]) -> Vec<Part> {
    let mut parts = Vec::new();
    // The name's digits have no case.
    if memchr::memmem::find(text, b"64").is_none() {
        return parts;
    }
    let mut is_encoded = false;
    let mut block: Option<(usize, usize, Vec<u8>)> = None;
    let mut at = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let start = at;
        at += line.len();
        let bare = line.trim_ascii();
        match &mut block {
            None if says_base64(bare) => is_encoded = true,
            // The header of the part ends here.
            None if is_encoded && bare.is_empty() => {
                is_encoded = false;
                block = Some((at, at, Vec::new()));
            }
            None => {}
            Some((_, end, letters)) if is_base64(bare) => {
                *end = start + line.len();
                letters.extend(bare);
            }
            Some((_, _, letters)) if bare.is_empty() && letters.is_empty() => {}
            Some(_) => {
                parts.extend(block.take().and_then(decoded));
                is_encoded = says_base64(bare);
            }
        }
        if parts.len() >= MOST {
            return parts;
        }
    }
    parts.extend(block.and_then(decoded));
    parts
}

fn says_base64(line: &[u8]) -> bool {
    const FIELD: &[u8] = b"content-transfer-encoding:";
    line.get(..FIELD.len())
        .is_some_and(|name| name.eq_ignore_ascii_case(FIELD))
        && line
            .get(FIELD.len()..)
            .is_some_and(|value| value.trim_ascii().eq_ignore_ascii_case(b"base64"))
}

fn is_base64(line: &[u8]) -> bool {
    !line.is_empty()
        && line
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

fn decoded((start, end, letters): (usize, usize, Vec<u8>)) -> Option<Part> {
    let whole = letters.len() - letters.len() % 4;
    let text = READER
        .decode(&letters)
        .or_else(|_| READER.decode(letters.get(..whole).unwrap_or_default()))
        .ok()?;
    // A picture is no report; a text may be in any encoding.
    let is_text = !text
        .iter()
        .any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n' | 0x1b));
    (end > start && is_text).then_some(Part { start, end, text })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_part_is_read_up_to_its_end() {
        let mail = b"Subject: x\r\nContent-Transfer-Encoding: Base64\r\n\r\nNTUwIDUuMS4xIG5v\r\nIHN1Y2ggdXNlcg==\r\n\r\n--b\r\n";
        let parts = parts(mail);
        assert_eq!(parts.len(), 1);
        assert_eq!(parts[0].text, b"550 5.1.1 no such user");
        assert!(mail[parts[0].start..].starts_with(b"NTUw"));
        assert!(mail[..parts[0].end].ends_with(b"==\r\n"));
    }

    #[test]
    fn what_is_no_text_or_was_cut_does_no_harm() {
        assert!(parts(b"Content-Transfer-Encoding: base64\n\n/9j/4AAQ\n").is_empty());
        assert_eq!(
            parts(b"Content-Transfer-Encoding: base64\n\nNTUwIG5vI\n").len(),
            1
        );
        assert!(parts(b"Content-Transfer-Encoding: base64\n\n").is_empty());
    }
}
