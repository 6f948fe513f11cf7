//! Forms of single lines.

use crate::keyed::contains;

/// A record of a mail server by the daemon that wrote it: `postfix/smtp[143]:`, `sendmail[4321]:`, an id of Exim.
pub(crate) fn is_of_server(line: &[u8]) -> bool {
    let start = line.get(..160).unwrap_or(line);
    DAEMONS
        .iter()
        .any(|daemon| contains(start, daemon.as_bytes()))
        || start.split(u8::is_ascii_whitespace).take(6).any(is_exim_id)
}

const DAEMONS: [&str; 15] = [
    "postfix/",
    "postfix-",
    "sendmail[",
    "sm-mta[",
    "exim[",
    "smtpd[",
    "qmail-",
    "qmail:",
    "amavis[",
    "opendkim[",
    "dovecot:",
    "dma[",
    "msmtp[",
    "ssmtp[",
    "nullmailer",
];

/// `1rYabc-0001xy-2B`, `1rYabc-000000001xy-2Bcd`.
fn is_exim_id(word: &[u8]) -> bool {
    let mut parts = word.split(|byte| *byte == b'-');
    let lengths = [parts.next(), parts.next(), parts.next()].map(|part| {
        part.filter(|it| it.iter().all(u8::is_ascii_alphanumeric))
            .map(<[u8]>::len)
    });
    matches!(
        lengths,
        [Some(6), Some(6), Some(2)] | [Some(6), Some(11), Some(4)]
    ) && parts.next().is_none()
}

/// A record as an object of JSON: a whole object in one line, with a time, a level or many fields.
pub(crate) fn is_json_record(line: &[u8]) -> bool {
    const KEYS: [&str; 7] = [
        "\"time",
        "\"ts\":",
        "\"level\"",
        "\"date",
        "\"@timestamp",
        "\"log\"",
        "\"severity\"",
    ];
    // Behind what a container or a shipper wrote in front.
    let Some(place) = line.iter().take(80).position(|byte| *byte == b'{') else {
        return false;
    };
    let object = line.get(place..).unwrap_or_default();
    let fields = object
        .windows(2)
        .filter(|pair| matches!(pair, [b'"', b':']))
        .count();
    object.ends_with(b"}")
        && (fields >= 8 || KEYS.iter().any(|key| contains(object, key.as_bytes())))
}

/// Whether a line is divided by commas or tabs.
pub(crate) fn has_columns(line: &[u8]) -> bool {
    count(line, b',') >= 5 || count(line, b'\t') >= 4 || count(line, b';') >= 5
}

fn count(line: &[u8], mark: u8) -> usize {
    line.split(|byte| *byte == mark).skip(1).count()
}

/// A row of values that names a column of times: the heading of a log in CSV.
pub(crate) fn is_heading(line: &[u8]) -> bool {
    const NAMES: [&str; 7] = [
        "#fields:",
        "date-time,",
        "timelogged",
        "_timestamp",
        "timestamp,",
        "received,",
        "date_time",
    ];
    let columns = line
        .iter()
        .filter(|byte| matches!(byte, b',' | b';' | b'\t'))
        .count();
    columns >= 3 && NAMES.iter().any(|name| contains(line, name.as_bytes()))
}

/// A line of a stack trace, of any language.
pub(crate) fn is_of_stack(line: &[u8]) -> bool {
    let is_frame =
        |rest: &[u8]| rest.contains(&b'(') || rest.contains(&b':') || rest.contains(&b'.');
    let line = line.trim_ascii();
    let is_numbered = line.strip_prefix(b"#").is_some_and(|rest| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        digits > 0 && rest.get(digits) == Some(&b' ') && is_frame(rest)
    });
    let prefixes = [
        "at ",
        "bei ",
        "en ",
        "à ",
        "in ",
        "from /",
        "from (",
        "File \"",
        "Caused by:",
        "goroutine ",
    ];
    let is_prefixed = prefixes.iter().any(|prefix| {
        line.strip_prefix(prefix.as_bytes())
            .is_some_and(|rest| is_frame(rest) && count(rest, b' ') < 12)
    });
    // The words of other languages begin sentences as well.
    is_numbered
        || is_prefixed
            && (line.starts_with(b"at ")
                || line.contains(&b'(')
                || !line.starts_with(b"in ") && line.contains(&b'"'))
        || line.starts_with(b"Traceback (most recent call last)")
        || is_of_perl(line)
}

/// `… at /usr/lib/git-core/git-send-email line 1687.`
fn is_of_perl(line: &[u8]) -> bool {
    let line = line.strip_suffix(b".").unwrap_or(line);
    let mut words = line.rsplit(|byte| *byte == b' ');
    let (Some(number), Some(b"line"), Some(_), Some(b"at")) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return false;
    };
    !number.is_empty() && number.iter().all(u8::is_ascii_digit)
}

/// The first word that names a kind of error: `SmtpException`, `ConnectionRefusedError`, `EAUTH`, `OpenTimeout`.
pub(crate) fn error_name(line: &[u8]) -> Option<&[u8]> {
    const ENDS: [&str; 8] = [
        "Exception",
        "Error",
        "Fault",
        "Timeout",
        "Failure",
        "Disconnected",
        "Refused",
        "Reset",
    ];
    line.split(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))
        .find(|word| {
            let inner = word.get(1..).unwrap_or_default();
            let is_camel = word.first().is_some_and(u8::is_ascii_uppercase)
                && inner.iter().any(u8::is_ascii_lowercase);
            let ends = ENDS.iter().any(|end| inner.ends_with(end.as_bytes()));
            is_camel && ends || ERRNOS.iter().any(|it| *word == it.as_bytes())
        })
}

/// Whether the name of an error is about mail, or about the way there.
pub(crate) fn is_of_connection(name: &[u8]) -> bool {
    const PIECES: [&str; 9] = [
        "address", "auth", "connect", "host", "mail", "smtp", "socket", "ssl", "timeout",
    ];
    PIECES.iter().any(|piece| contains(name, piece.as_bytes()))
}

/// Whether a line names a mail address.
pub(crate) fn names_address(line: &[u8]) -> bool {
    line.windows(3)
        .any(|it| matches!(it, [before, b'@', behind] if before.is_ascii_alphanumeric() && behind.is_ascii_alphanumeric()))
}

const ERRNOS: [&str; 13] = [
    "ECONNREFUSED",
    "ECONNRESET",
    "ECONNECTION",
    "EAUTH",
    "EENVELOPE",
    "EHOSTUNREACH",
    "EMESSAGE",
    "ENETUNREACH",
    "ENOTFOUND",
    "EDNS",
    "ESOCKET",
    "ETIMEDOUT",
    "EAI_AGAIN",
];

/// Whether a line is a sentence, or several.
pub(crate) fn is_prose(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let words = line
        .split(u8::is_ascii_whitespace)
        .filter(|word| {
            word.iter().all(|byte| {
                byte.is_ascii_alphabetic()
                    || !byte.is_ascii()
                    || matches!(byte, b',' | b'.' | b'-' | b'\'')
            })
        })
        .count();
    // Scripts without spaces end their sentences with a mark of their own.
    let is_eastern = line.ends_with("。".as_bytes());
    is_eastern || words >= 7 && matches!(line.last(), Some(b'.' | b':' | b'!' | b'?' | b'>'))
}

/// Whether a line holds HTML.
pub(crate) fn is_html(line: &[u8]) -> bool {
    const TAGS: [&str; 14] = [
        "<td",
        "<tr",
        "<li",
        "<p>",
        "<p ",
        "<table",
        "<h1",
        "<h2",
        "<h3",
        "<div",
        "<html",
        "<body",
        "<!doctype",
        "<dt",
    ];
    line.contains(&b'<') && TAGS.iter().any(|tag| contains(line, tag.as_bytes()))
}

/// Whether a line names a port that mail leaves by.
pub(crate) fn names_port(line: &[u8]) -> bool {
    line.split(|byte| {
        byte.is_ascii_whitespace() || b"()[],;\"'=|<>/*`".contains(byte) || !byte.is_ascii()
    })
    .any(|word| {
        let word = word.strip_suffix(b".").unwrap_or(word);
        let place = word.iter().rposition(|byte| *byte == b':');
        let number = place.map_or(word, |place| word.get(place + 1..).unwrap_or_default());
        // `10:25` is a time.
        let is_time = place.is_some_and(|place| {
            let before = word.get(..place).unwrap_or_default();
            !before.is_empty()
                && before
                    .iter()
                    .all(|byte| byte.is_ascii_digit() || *byte == b':')
        });
        matches!(number, b"25" | b"465" | b"587" | b"2525") && !is_time
    })
}

/// Whether a line names a host for sending mail.
pub(crate) fn names_mail_host(line: &[u8]) -> bool {
    const BEGINS: [&str; 7] = ["smtp", "mail", "relay", "mx", "out", "send", "email"];
    line.split(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')))
        .any(|word| {
            let word = word.strip_suffix(b".").unwrap_or(word);
            let first = word.split(|byte| *byte == b'.').next().unwrap_or_default();
            count(word, b'.') >= 2
                && BEGINS.iter().any(|it| {
                    first
                        .get(..it.len())
                        .is_some_and(|first| first.eq_ignore_ascii_case(it.as_bytes()))
                })
                && !word.contains(&b'_')
        })
}

#[cfg(test)]
mod tests {
    use super::{error_name, is_json_record, is_of_server, is_of_stack, is_prose, names_port};

    #[test]
    fn lines_have_forms() {
        assert!(is_of_server(
            b"2024-02-10 12:00:01 1rYabc-0001xy-2B <= a@example.com"
        ));
        assert!(is_of_stack(
            b"\tat com.sun.mail.smtp.SMTPTransport.authenticate(SMTPTransport.java:858)"
        ));
        assert!(is_of_stack(
            b"  File \"/srv/app/send.py\", line 12, in <module>"
        ));
        assert!(is_of_stack(b"#0 /srv/app/src/Mailer.php(31): send()"));
        assert!(!is_of_stack(b"in the morning we left."));
        assert_eq!(
            error_name(b"smtplib.SMTPServerDisconnected: closed"),
            Some(&b"SMTPServerDisconnected"[..])
        );
        assert_eq!(error_name(b"An Error or an Exception"), None);
        assert!(is_json_record(b"{\"level\":\"error\",\"msg\":\"x\"}"));
        assert!(is_prose(
            b"Please use the server and the port that we gave you."
        ));
        assert!(names_port(b"Port: 587"));
        assert!(names_port("端口465,使用 SSL".as_bytes()));
        assert!(!names_port(b"192.0.2.25 or 5870 at 10:25"));
    }
}
