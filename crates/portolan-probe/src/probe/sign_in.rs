//! AUTH (RFC 4954): PLAIN, LOGIN, CRAM-MD5, XOAUTH2 and OAUTHBEARER, within TLS alone.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use md5::Md5;

use super::certificate::hex;
use super::secret::SignIn;

/// The mechanisms that are known, the best first.
pub(super) const KNOWN: [&str; 5] = ["PLAIN", "LOGIN", "CRAM-MD5", "OAUTHBEARER", "XOAUTH2"];

/// What was chosen of what is offered. `None`: nothing in common. A mechanism that is named is tried where another one is
/// offered, and not on a port that lets nobody sign in, as 25 is: what is refused there tells nothing.
pub(super) fn choose(sign_in: &SignIn, offered: &[String]) -> Option<&'static str> {
    let mut known = KNOWN.into_iter();
    match &sign_in.mechanism {
        Some(_) if offered.is_empty() => None,
        Some(wanted) => known.find(|it| it.eq_ignore_ascii_case(wanted)),
        None => known
            .take(3)
            .find(|it| offered.iter().any(|offer| offer == it)),
    }
}

/// What is sent first, and how the report shows it.
pub(super) fn begin(mechanism: &str, sign_in: &SignIn, host: &str, port: u16) -> (String, String) {
    let (user, secret) = (sign_in.user.as_str(), sign_in.secret.expose());
    let first = match mechanism {
        // RFC 4616, section 2.
        "PLAIN" => Some(format!("\0{user}\0{secret}")),
        // RFC 7628, section 3.1.
        "OAUTHBEARER" => Some(format!(
            "n,a={},\u{1}host={host}\u{1}port={port}\u{1}auth=Bearer {secret}\u{1}\u{1}",
            user.replace('=', "=3D").replace(',', "=2C")
        )),
        // https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
        "XOAUTH2" => Some(format!("user={user}\u{1}auth=Bearer {secret}\u{1}\u{1}")),
        _ => None,
    };
    match first {
        Some(first) => (
            format!("AUTH {mechanism} {}", STANDARD.encode(first)),
            format!("AUTH {mechanism} [masked]"),
        ),
        None => (format!("AUTH {mechanism}"), format!("AUTH {mechanism}")),
    }
}

/// The answer to the server's challenge (334), by its number from 0.
pub(super) fn answer(mechanism: &str, sign_in: &SignIn, challenge: &str, number: usize) -> String {
    let (user, secret) = (sign_in.user.as_str(), sign_in.secret.expose());
    match (mechanism, number) {
        ("LOGIN", 0) => STANDARD.encode(user),
        ("LOGIN", 1) => STANDARD.encode(secret),
        ("CRAM-MD5", 0) => {
            let challenge = STANDARD.decode(challenge.trim()).unwrap_or_default();
            STANDARD.encode(format!("{user} {}", digest(secret, &challenge)))
        }
        // A refused token is told in a challenge, which an empty answer ends (RFC 7628, section 3.2.3).
        ("OAUTHBEARER", 0) => STANDARD.encode("\u{1}"),
        ("XOAUTH2", 0) => String::new(),
        // Nothing more is known: the exchange is given up (RFC 4954, section 4).
        _ => "*".to_owned(),
    }
}

/// RFC 2195, section 2.
fn digest(secret: &str, challenge: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Md5>::new_from_slice(secret.as_bytes()) else {
        return String::new();
    };
    mac.update(challenge);
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::super::secret::Secret;
    use super::*;

    fn tim(mechanism: Option<&str>) -> SignIn {
        SignIn {
            user: "tim".into(),
            secret: Secret::new("tanstaaftanstaaf\n"),
            mechanism: mechanism.map(str::to_owned),
        }
    }

    #[test]
    fn the_example_of_the_standard_comes_out() {
        // RFC 2195, section 2.
        let challenge = "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+";
        assert_eq!(
            answer("CRAM-MD5", &tim(None), challenge, 0),
            "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"
        );
        let (sent, shown) = begin("PLAIN", &tim(None), "h", 587);
        assert_eq!(sent, "AUTH PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm");
        assert_eq!(shown, "AUTH PLAIN [masked]");
        assert_eq!(answer("LOGIN", &tim(None), "VXNlcm5hbWU6", 0), "dGlt");
        assert_eq!(answer("LOGIN", &tim(None), "", 2), "*");
    }

    #[test]
    fn the_best_in_common_is_chosen() {
        let offered = |all: &[&str]| all.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            choose(&tim(None), &offered(&["LOGIN", "PLAIN"])),
            Some("PLAIN")
        );
        assert_eq!(
            choose(&tim(None), &offered(&["XOAUTH2"])),
            None,
            "a password is no token"
        );
        assert_eq!(
            choose(&tim(Some("xoauth2")), &offered(&["PLAIN"])),
            Some("XOAUTH2")
        );
        assert_eq!(
            choose(&tim(Some("xoauth2")), &offered(&[])),
            None,
            "nobody signs in there"
        );
        assert_eq!(choose(&tim(Some("GSSAPI")), &offered(&["GSSAPI"])), None);
    }

    #[test]
    fn a_secret_is_not_shown() {
        assert!(!format!("{:?}", tim(None)).contains("tanst"));
    }
}
