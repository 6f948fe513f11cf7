//! Lines of a key and its value: what a program reads (`SMTP_HOST=…`, `host: …`) and what a person does (`Server: …`).

/// Who a key is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyed {
    /// A program, and it speaks of mail.
    Mail,
    /// A program.
    Other,
    /// A person: a word with a capital, or several words.
    Person,
}

/// What kind of key and value a line is.
pub(crate) fn find(line: &[u8]) -> Option<Keyed> {
    let line = line.trim_ascii();
    // An object in one line is a record.
    if line.len() > MAX_KEY && line.starts_with(b"{") {
        return None;
    }
    // What is commented out is a setting still; a list's marks and a variable's belong to neither side.
    let bare = line
        .trim_ascii_start()
        .strip_prefix(b"#")
        .or_else(|| line.strip_prefix(b"- "))
        .or_else(|| line.strip_prefix(b"* "))
        .or_else(|| line.strip_prefix(b"-o "))
        .unwrap_or(line);
    let bare = EXPORTS
        .iter()
        .find_map(|it| bare.strip_prefix(it.as_bytes()))
        .unwrap_or(bare);
    let Some(place) = bare
        .iter()
        .take(MAX_KEY)
        .position(|byte| matches!(byte, b'=' | b':'))
    else {
        return is_pair(bare).then_some(Keyed::Mail);
    };
    let (key, value) = bare.split_at_checked(place)?;
    let (mark, value) = value.split_first()?;
    let key = key.trim_ascii();
    if key.is_empty() || value.starts_with(b"//") || value.starts_with(b"=") {
        return None;
    }
    let is_quoted = matches!(key.first(), Some(b'"' | b'\'' | b'$' | b'['));
    let (words, capitals, marks) = shape(key);
    if !is_quoted && (words > 6 || marks > 4) {
        return None;
    }
    if *mark == b':'
        && !is_quoted
        && !value.is_empty()
        && !value.starts_with(b" ")
        && !value.starts_with(b":")
    {
        return None;
    }
    // A program's name before its message.
    let is_sentence = *mark == b':'
        && value
            .split(|byte| *byte == b' ')
            .filter(|it| !it.is_empty())
            .count()
            > 6;
    if is_sentence && !is_quoted {
        return None;
    }
    // `Server`, `Outgoing server`, `SMTP`: labels. With `=` behind, the same word is a key.
    let is_label = *mark == b':'
        && !is_quoted
        && (words > 1 || capitals == Capitals::First || is_protocol(key));
    if is_label || words > 2 && !is_quoted {
        return Some(Keyed::Person);
    }
    let speaks = speaks_of_mail(key) || speaks_of_mail(value.get(..MAX_KEY).unwrap_or(value));
    Some(if speaks { Keyed::Mail } else { Keyed::Other })
}

/// `host smtp.example.com`: a key of a client for the command line, and one value.
fn is_pair(line: &[u8]) -> bool {
    const KEYS: [&str; 14] = [
        "account",
        "auth",
        "from",
        "host",
        "hostname",
        "listen",
        "logfile",
        "mailhub",
        "password",
        "passwordeval",
        "port",
        "tls",
        "tls_starttls",
        "user",
    ];
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    let (Some(key), Some(_), None) = (words.next(), words.next(), words.next()) else {
        return false;
    };
    KEYS.iter()
        .any(|it| key.eq_ignore_ascii_case(it.as_bytes()))
}

const MAX_KEY: usize = 80;

const EXPORTS: [&str; 4] = ["export ", "ENV ", "set ", "var "];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Capitals {
    First,
    Other,
}

/// Words, how they are written, and marks that names in programs do not have.
fn shape(key: &[u8]) -> (usize, Capitals, usize) {
    let words = key
        .split(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty())
        .count();
    let first = key.first().is_some_and(u8::is_ascii_uppercase);
    let rest = key
        .get(1..)
        .unwrap_or_default()
        .iter()
        .all(|byte| byte.is_ascii_lowercase() || *byte == b'-' || !byte.is_ascii());
    // The fields of a mail: `User-Agent`.
    let rest = rest || key.contains(&b'-') && key.iter().any(u8::is_ascii_lowercase);
    let capitals = if first && rest && key.len() > 1 || key.first().is_some_and(|it| !it.is_ascii())
    {
        Capitals::First
    } else {
        Capitals::Other
    };
    let marks = key
        .iter()
        .filter(|byte| {
            matches!(
                byte,
                b',' | b'(' | b')' | b'!' | b'?' | b'/' | b'<' | b'>' | b';'
            )
        })
        .count();
    (words, capitals, marks)
}

fn is_protocol(key: &[u8]) -> bool {
    ["SMTP", "IMAP", "POP", "POP3", "TLS", "SSL"]
        .iter()
        .any(|it| key == it.as_bytes())
}

/// Whether a key or a value is about sending mail: pieces of names, since programs join words.
fn speaks_of_mail(text: &[u8]) -> bool {
    const PIECES: [&str; 14] = [
        "smtp", "mail", "relay", "sasl", "host", "port", "sender", "tls", "ssl", "587", "465",
        "25", "auth", "from",
    ];
    PIECES.iter().any(|piece| contains(text, piece.as_bytes()))
}

/// Whether the text holds the piece, letters in either case.
pub(crate) fn contains(text: &[u8], piece: &[u8]) -> bool {
    text.windows(piece.len())
        .any(|window| window.eq_ignore_ascii_case(piece))
}

#[cfg(test)]
mod tests {
    use super::{Keyed, find};

    #[test]
    fn keys_are_for_programs_or_persons() {
        for (line, keyed) in [
            ("MAIL_HOST=smtp.example.com", Some(Keyed::Mail)),
            ("    port: 587", Some(Keyed::Mail)),
            ("      - SMTP_HOST=smtp.example.com", Some(Keyed::Mail)),
            ("  \"Port\": 587,", Some(Keyed::Mail)),
            ("$mail->Host = 'smtp.example.com';", Some(Keyed::Mail)),
            ("colour = blue", Some(Keyed::Other)),
            ("Server: smtp.example.com", Some(Keyed::Person)),
            ("Outgoing server: smtp.example.com", Some(Keyed::Person)),
            ("SMTP: smtp.example.com", Some(Keyed::Person)),
            (
                "To send mail, open the settings and do what is said: nothing",
                None,
            ),
            ("smtp://smtp.example.com", None),
            ("10:00:00", None),
        ] {
            assert_eq!(find(line.as_bytes()), keyed, "{line}");
        }
    }
}
