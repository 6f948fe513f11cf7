//! Lines of DNS records: of a zone file (RFC 1035, section 5), of a look-up, of a panel's table.

/// Whether a line is a record.
pub(crate) fn is_record(line: &[u8]) -> bool {
    let mut before = 0_usize;
    let mut words = line
        .split(|byte| byte.is_ascii_whitespace() || *byte == b'|')
        .filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if before > 5 {
            return false;
        }
        if let Some(kind) = TYPES.iter().find(|it| it.as_bytes() == word) {
            let rest = words.clone();
            return match *kind {
                // The article, and the letter of a list.
                "A" => rest.take(3).any(is_v4),
                "TLSA" => rest.count() >= 4,
                "AAAA" => rest.take(3).any(|it| it.contains(&b':')),
                "TXT" | "SPF" => rest
                    .take(3)
                    .any(|it| it.contains(&b'"') || it.contains(&b'=')),
                _ => rest.take(4).any(is_name),
            };
        }
        before += 1;
    }
    is_bare_mx(line)
}

const TYPES: [&str; 12] = [
    "A", "AAAA", "CNAME", "CAA", "MX", "NS", "PTR", "SOA", "SPF", "SRV", "TLSA", "TXT",
];

/// `10 mx1.example.com.`, as `dig +short` prints it.
fn is_bare_mx(line: &[u8]) -> bool {
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let (Some(number), Some(name), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    number.len() <= 5
        && number.iter().all(u8::is_ascii_digit)
        && name.ends_with(b".")
        && is_name(name)
}

fn is_name(word: &[u8]) -> bool {
    let word = word.strip_suffix(b".").unwrap_or(word);
    word.contains(&b'.')
        && word
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && word.iter().any(u8::is_ascii_alphabetic)
}

fn is_v4(word: &[u8]) -> bool {
    word.split(|byte| *byte == b'.').count() == 4
        && word
            .iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::is_record;

    #[test]
    fn records_have_a_type_and_data() {
        for line in [
            "example.com. 300 IN MX 10 mx1.example.com.",
            "mx1     IN A   192.0.2.10",
            "@ IN TXT \"v=spf1 mx -all\"",
            "MX\texample.com\tmx1.example.com\t10\tAuto",
            "| TXT | @ | v=spf1 -all | 3600 |",
            "10 mx1.example.com.",
        ] {
            assert!(is_record(line.as_bytes()), "{line}");
        }
        for line in [
            "A server named smtp.example.com",
            "Your MX has to be set up",
            "2 apples",
        ] {
            assert!(!is_record(line.as_bytes()), "{line}");
        }
    }
}
