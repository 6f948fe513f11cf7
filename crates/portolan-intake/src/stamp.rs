//! Time stamps at the beginning of a line, behind whatever a container or a logger writes in front.

/// Whether a record begins here: a time near the beginning of the line.
pub(crate) fn is_stamped(line: &[u8]) -> bool {
    let line = line.get(..NEAR).unwrap_or(line);
    let mut before = b' ';
    for (place, byte) in line.iter().enumerate() {
        let begins = !before.is_ascii_alphanumeric()
            && !matches!(before, b'.' | b'-' | b':' | b'/')
            && (byte.is_ascii_alphanumeric() || *byte == b'@');
        before = *byte;
        if begins && stamp(line.get(place..).unwrap_or_default(), place == 0) {
            return true;
        }
    }
    false
}

/// How far from the beginning a stamp may stand: behind a service's name, a level, a few columns.
const NEAR: usize = 72;

fn stamp(text: &[u8], is_first: bool) -> bool {
    // `2024-05-02 08:12:01`, `2024/05/02T08:12`, `02/May/2024:08:12`, `02.05.2024 08:12`, `May  2 08:12:01`,
    // `Thu May 02 08:12:01`; `d` is a digit, `a` a letter.
    const FORMS: [&str; 10] = [
        "dddd-dd-dd?dd:dd",
        "dddd/dd/dd?dd:dd",
        "dddddddd?dd:dd:dd",
        "dd/aaa/dddd?dd:dd",
        "dd-aaa-dddd?dd:dd",
        "dd.dd.dddd?dd:dd",
        "dd/dd/dddd?dd:dd",
        "aaa dd dd:dd:dd",
        "aaa  d dd:dd:dd",
        "aaa d dd:dd:dd",
    ];
    // A time alone, and the labels of TAI64N.
    const FIRST: [&str; 3] = ["dd:dd:dd", "d:dd:dd", "@40000000"];
    FORMS.iter().any(|form| fits(text, form))
        || is_first && (FIRST.iter().any(|form| fits(text, form)) || is_unix_time(text))
}

fn fits(text: &[u8], form: &str) -> bool {
    let form = form.as_bytes();
    text.len() >= form.len()
        && form.iter().zip(text).all(|(form, byte)| match form {
            b'd' => byte.is_ascii_digit(),
            b'a' => byte.is_ascii_alphabetic(),
            // `T`, a space, a comma, a colon.
            b'?' => !byte.is_ascii_digit(),
            form => form == byte,
        })
}

/// Seconds since 1970 with ten digits, then a fraction or a column.
fn is_unix_time(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits == 10
        && text.first() == Some(&b'1')
        && matches!(text.get(10), Some(b'.' | b' ' | b'\t' | b','))
}

#[cfg(test)]
mod tests {
    use super::is_stamped;

    #[test]
    fn loggers_stamp_their_lines() {
        for line in [
            "Mar 23 11:21:31 mx postfix/smtp[1]: x",
            "Mar  3 11:21:31 mx x",
            "2024-05-02T08:12:01.123Z x",
            "[2024-05-02 08:12:01] x",
            "mail_1  | 2024-05-06T07:08:09Z x",
            "time=\"2024-05-02T08:12:01Z\" level=error",
            "[Fri May 01 10:00:00 2024] x",
            "I, [2024-01-05T10:00:00.1 #77] x",
            "@400000005f1e2d3c1a2b3c4d x",
            "10:11:12.123 x",
            "1711111111.22 x",
        ] {
            assert!(is_stamped(line.as_bytes()), "{line}");
        }
        for line in [
            "Date: Mon, 6 May 2024 10:00:00 +0000",
            "port 587",
            "2024-05-06",
            "192.0.2.4",
        ] {
            assert!(!is_stamped(line.as_bytes()), "{line}");
        }
    }
}
