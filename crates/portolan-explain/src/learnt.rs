//! What an analysis tells the advice: provider, client, and what was seen of a port.

use portolan_facts::Facts;

use crate::lines::line_at;
use crate::provider::{Parts, parts_wanted, provider_learnt};
use crate::{Explained, Found};

/// What was learnt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learnt {
    /// The parts of the catalogue that the text names.
    pub parts: Parts,
    /// A port, and what became of a connection to it: the id of a `Reach`.
    pub seen: Option<(u16, &'static str)>,
}

impl Learnt {
    /// The fragment of the address that opens the advice with it, in the grammar of the page's links.
    pub fn fragment(&self) -> String {
        let named = |key: &str, id: &Option<String>| id.as_ref().map(|id| format!("{key}={id}"));
        let seen = self
            .seen
            .map(|(port, reach)| format!("seen={port}.{reach}"));
        let all: Vec<String> = named("provider", &self.parts.provider)
            .into_iter()
            .chain(named("client", &self.parts.client))
            .chain(seen)
            .collect();
        if all.is_empty() {
            "#/advise".to_owned()
        } else {
            format!("#/advise?{}", all.join("&"))
        }
    }
}

/// What an explanation tells the advice.
pub fn learnt(explained: &Explained, facts: &Facts) -> Learnt {
    let seen = match &explained.found {
        Found::One(analysis) => analysis.findings.first().and_then(|first| {
            let reach = reach(first.cause.id)?;
            let (_, line) = line_at(&explained.text, first.evidence.start);
            Some((port(line).or_else(|| port(&explained.text))?, reach))
        }),
        Found::Log(tally) => tally.causes.first().and_then(|it| {
            let reach = reach(it.cause.id)?;
            Some((port(it.samples.first()?.text.as_bytes())?, reach))
        }),
    };
    Learnt {
        parts: Parts {
            provider: provider_learnt(explained, facts).map(str::to_owned),
            ..parts_wanted(explained, facts)
        },
        seen,
    }
}

/// What a cause says of the port at which it was met.
fn reach(cause: &str) -> Option<&'static str> {
    match cause {
        "network.timeout" | "network.port-blocked" => Some("timeout"),
        "network.refused" => Some("refused"),
        "network.intercepted" => Some("intercepted"),
        _ => None,
    }
}

/// The first port of mail that a text names: `:587`, `port 587`, `port=587`, `'port': 587`.
pub(crate) fn port(text: &[u8]) -> Option<u16> {
    let text = text.get(..LOOKED_AT.min(text.len()))?;
    let mut at = 0;
    while at < text.len() {
        let rest = text.get(at..).unwrap_or_default();
        let Some(start) = rest.iter().position(u8::is_ascii_digit) else {
            break;
        };
        let digits = rest.get(start..).unwrap_or_default();
        let length = digits
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let before = text.get(..at + start).unwrap_or_default();
        let after = digits.get(length);
        let number = std::str::from_utf8(digits.get(..length).unwrap_or_default()).ok();
        let number = number
            .and_then(|it| it.parse().ok())
            .filter(|it| PORTS.contains(it));
        // `client.js:25:14` is a place in a program.
        let is_place =
            after == Some(&b':') && digits.get(length + 1).is_some_and(u8::is_ascii_digit);
        let ends = !after.is_some_and(u8::is_ascii_alphanumeric) && !is_place;
        if let Some(number) = number
            && ends
            && names_port(before)
        {
            return Some(number);
        }
        at += start + length.max(1);
    }
    None
}

const LOOKED_AT: usize = 64 * 1024;
/// The ports of mail.
pub(crate) const PORTS: [u16; 7] = [25, 465, 587, 2465, 2525, 2587, 26];

/// Whether what stands before a number makes it a port.
fn names_port(before: &[u8]) -> bool {
    let tail = before
        .get(before.len().saturating_sub(10)..)
        .unwrap_or_default();
    let tail = String::from_utf8_lossy(tail).to_ascii_lowercase();
    if let Some(host) = tail.strip_suffix(':') {
        // A colon within a time, or at a word's end, names no port.
        return host.ends_with(|it: char| it == ']' || it.is_ascii_alphabetic())
            && !host.ends_with("code")
            || is_address(before.strip_suffix(b":").unwrap_or(before));
    }
    tail.trim_end_matches([' ', '=', ':', '"', '\'', '>', '(', '#'])
        .ends_with("port")
}

/// Whether an IPv4 address ends here.
fn is_address(before: &[u8]) -> bool {
    let tail = before
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit() || **byte == b'.');
    let (mut dots, mut digits) = (0, 0);
    for byte in tail {
        if *byte == b'.' {
            dots += 1;
        } else {
            digits += 1;
        }
    }
    dots == 3 && digits >= 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reading;

    fn fragment(text: &str) -> String {
        let mut reading = Reading::default();
        reading.push(text.as_bytes());
        let facts = portolan_builtin::facts();
        learnt(&reading.finish(), &facts).fragment()
    }

    #[test]
    fn what_was_seen_opens_the_advice() {
        assert_eq!(
            fragment("Nodemailer: connect ETIMEDOUT smtp.gmail.com:25 Error: Connection timeout"),
            "#/advise?provider=gmail&client=nodemailer&seen=25.timeout"
        );
        assert_eq!(
            fragment("dial tcp 192.0.2.1:587: connect: connection refused"),
            "#/advise?seen=587.refused"
        );
        assert_eq!(fragment("535 5.7.8 bad credentials"), "#/advise");
        assert_eq!(
            fragment("535 5.7.8 Username and Password not accepted - gsmtp"),
            "#/advise?provider=gmail"
        );
        assert_eq!(
            fragment("550-5.1.1 The email account that you tried to reach does not exist. - gsmtp"),
            "#/advise",
            "who receives is not who sends"
        );
    }

    #[test]
    fn a_number_needs_a_reason_to_be_a_port() {
        for (text, expected) in [
            ("host:587 ", Some(587)),
            ("[192.0.2.1]:25: timed out", Some(25)),
            ("port 465", Some(465)),
            ("\"port\": 2525,", Some(2525)),
            ("at 10:25:25", None),
            ("error code:25", None),
            ("at client.js:25:14", None),
            ("587 things", None),
            ("192.0.2.25", None),
        ] {
            assert_eq!(port(text.as_bytes()), expected, "{text}");
        }
    }
}
