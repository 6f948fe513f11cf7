//! What somebody saw, in their own words or a program's: `587 timed out`, `nc: connect to smtp.example.com port 25
//! (tcp) failed: Connection refused`.

use portolan_report::{Observation, Reach};

/// What words say became of a connection; the first that is found counts, so the failures stand before `connect`.
const WORDS: [(&str, Reach); 24] = [
    ("intercept", Reach::Intercepted),
    ("xxxx", Reach::Intercepted),
    ("refus", Reach::Refused),
    ("reset", Reach::Reset),
    ("closed by", Reach::Reset),
    ("cut off", Reach::Reset),
    ("reject", Reach::Rejected),
    ("prohibit", Reach::Rejected),
    ("unreach", Reach::Rejected),
    ("no route", Reach::Rejected),
    ("noroute", Reach::Rejected),
    ("not permitted", Reach::Rejected),
    ("time-out", Reach::TimedOut),
    ("timeout", Reach::TimedOut),
    ("timed", Reach::TimedOut),
    ("times out", Reach::TimedOut),
    ("time out", Reach::TimedOut),
    ("no answer", Reach::TimedOut),
    ("hang", Reach::TimedOut),
    ("filtered", Reach::TimedOut),
    ("open", Reach::Open),
    ("succe", Reach::Open),
    ("connect", Reach::Open),
    ("works", Reach::Open),
];

/// The observation that a text tells: a port, what became of it, and the host where one is named. `None`: it does not
/// say all of it.
pub fn observation(text: &str) -> Option<Observation> {
    let text = text.to_ascii_lowercase();
    let reach = WORDS.iter().find(|(word, _)| text.contains(word))?.1;
    let mut host: Option<&str> = None;
    let mut port: Option<u16> = None;
    let mut after_label = false;
    for word in
        text.split(|letter: char| !(letter.is_ascii_alphanumeric() || ".-:[]_".contains(letter)))
    {
        let word = word.trim_matches(['.', ':', '-', '[', ']']);
        let (name, number) = match word.rsplit_once(':') {
            Some((name, number)) if number.parse::<u16>().is_ok() => (name, number),
            _ => ("", word),
        };
        match number.parse::<u16>() {
            // A label, a colon or a port that everybody knows is surer than the first number of a line.
            Ok(found) if found > 0 && !(is_reply(found) && name.is_empty() && !after_label) => {
                let is_sure = after_label || !name.is_empty() || is_usual(found);
                if port.is_none_or(|known| is_sure && !is_usual(known)) {
                    port = Some(found);
                }
            }
            _ if is_name(word) => host = host.or(Some(word)),
            _ => {}
        }
        if is_name(name) {
            host = host.or(Some(name));
        }
        after_label = word == "port";
    }
    Some(Observation {
        port: port?,
        reach,
        host: host.map(str::to_owned),
        family: None,
        at: None,
    })
}

const fn is_usual(port: u16) -> bool {
    matches!(port, 25 | 465 | 587 | 2525)
}

/// `535` and its kin are replies, and tell of no port.
const fn is_reply(number: u16) -> bool {
    matches!(number, 400..600) && !is_usual(number)
}

/// A host name, or an address.
fn is_name(word: &str) -> bool {
    word.contains('.')
        && word.len() <= 253
        && word.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
        // `10.0.1` is a version.
        && (word.bytes().any(|byte| byte.is_ascii_alphabetic()) || word.split('.').count() == 4)
}

/// What was seen, in words.
pub fn words(seen: &Observation) -> String {
    let what = match seen.reach {
        Reach::Intercepted => " is intercepted",
        Reach::Open => " connects",
        Reach::Refused => " is refused",
        Reach::Rejected => " is rejected, or has no route",
        Reach::Reset => " is reset",
        Reach::TimedOut => " times out",
    };
    let mut text = seen.port.to_string();
    text.push_str(what);
    if let Some(host) = &seen.host {
        text.push_str(", at ");
        text.push_str(host);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        observation(text).map(|seen| words(&seen))
    }

    #[test]
    fn what_people_and_programs_say_is_understood() {
        for (text, expected) in [
            ("587 times out", "587 times out"),
            ("port 26 works", "26 connects"),
            (
                "nc: connect to smtp.example.com port 25 (tcp) timed out: Operation now in progress",
                "25 times out, at smtp.example.com",
            ),
            (
                "Connection to smtp.gmail.com 587 port [tcp/submission] succeeded!",
                "587 connects, at smtp.gmail.com",
            ),
            (
                "connect ECONNREFUSED 192.0.2.7:465",
                "465 is refused, at 192.0.2.7",
            ),
            (
                "curl: (28) Failed to connect to smtp.example.com port 587 after 130000 ms: Connection timed out",
                "587 times out, at smtp.example.com",
            ),
            (
                "Error: connect ETIMEDOUT smtp.example.com:2525",
                "2525 times out, at smtp.example.com",
            ),
            ("read ECONNRESET on 465", "465 is reset"),
            (
                "connect EHOSTUNREACH 2a00:1450:400c:c0c::6c:587",
                "587 is rejected, or has no route",
            ),
            (
                "telnet: Unable to connect to remote host: No route to host, network unreachable 25",
                "25 is rejected, or has no route",
            ),
        ] {
            assert_eq!(told(text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "587",
            "times out",
            "it does not work",
            "port timeout",
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled. Visit https://aka.ms/smtp_auth_disabled",
            "550 5.7.1 connection refused",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
