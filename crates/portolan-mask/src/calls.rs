//! Passwords handed over in calls, as sources and stack traces show them: `server.login("me", "…")`.

/// Calls whose argument of this place is a secret, counted from 1; of a name the end counts.
const CALLS: &[(&[u8], usize)] = &[
    (b"login", 2),
    (b"authenticate", 2),
    (b"setpassword", 1),
    (b"withpassword", 1),
    (b"networkcredential", 2),
    (b"passwordauthentication", 2),
    (b"usernamepasswordcredentials", 2),
    (b"plainauth", 3),
    (b"crammd5auth", 2),
    (b"transport.connect", 3),
    (b"credentials::new", 2),
    (b"setauth", 2),
    (b"setcredentials", 2),
];

/// Commands whose next text in quotes is one.
const COMMANDS: &[&[u8]] = &[b"convertto-securestring"];

/// Calls `add` with the places of secrets.
pub(crate) fn find(line: &[u8], add: &mut dyn FnMut(usize, usize)) {
    for open in memchr::memchr_iter(b'(', line) {
        let name = line.get(..open).unwrap_or_default().trim_ascii_end();
        let wanted = CALLS
            .iter()
            .find(|(call, _)| ends_with(name, call))
            .map(|(_, place)| *place);
        if let Some(place) = wanted {
            argument(line, open + 1, place, add);
        }
    }
    let lower = line.to_ascii_lowercase();
    for command in COMMANDS {
        for at in memchr::memmem::find_iter(&lower, command) {
            argument(line, at + command.len(), 1, add);
        }
    }
    told(&lower, add);
}

/// A line has no more arguments that matter.
const MOST: usize = 6;

/// The text of an argument, without its quotes; arguments that are no texts are counted and left alone.
fn argument(line: &[u8], start: usize, wanted: usize, add: &mut dyn FnMut(usize, usize)) {
    let mut place = 1;
    let mut at = start;
    while let Some(byte) = line.get(at).copied() {
        match byte {
            b'"' | b'\'' => {
                let rest = line.get(at + 1..).unwrap_or_default();
                let end = closing(rest, byte);
                if place == wanted && end > 0 {
                    add(at + 1, at + 1 + end);
                    return;
                }
                at += end + 1;
            }
            b',' => place += 1,
            b')' | b';' => return,
            _ => {}
        }
        if place > wanted.min(MOST) {
            return;
        }
        at += 1;
    }
}

/// Where a text in quotes ends.
fn closing(text: &[u8], quote: u8) -> usize {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            byte if *byte == quote => return at,
            _ => {}
        }
    }
    text.len()
}

fn ends_with(name: &[u8], call: &[u8]) -> bool {
    name.len() >= call.len()
        && name
            .get(name.len() - call.len()..)
            .is_some_and(|end| end.eq_ignore_ascii_case(call))
}

/// `my password is hunter2`: a word with letters and digits behind the sentence's verb.
fn told(lower: &[u8], add: &mut dyn FnMut(usize, usize)) {
    const SENTENCES: &[&[u8]] = &[
        b"password is ",
        b"passwort ist ",
        b"mot de passe est ",
        b"password: is ",
    ];
    for sentence in SENTENCES {
        for found in memchr::memmem::find_iter(lower, sentence) {
            let from = found + sentence.len();
            let rest = lower.get(from..).unwrap_or_default();
            let length = rest
                .iter()
                .position(u8::is_ascii_whitespace)
                .unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default();
            let has = |is: fn(&u8) -> bool| word.iter().any(is);
            if length >= 6 && has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic) {
                add(from, from + length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::mask;

    #[test]
    fn what_is_handed_over_in_a_call_is_masked() {
        for line in [
            "server.login(\"me@x.example\", \"hunter2\")",
            "    s.login('me', 'hunter2')",
            "#2 SMTP.php(12): PHPMailer\\SMTP->authenticate('me@x', 'hunter2', NULL)",
            "$mail->setPassword('hunter2');",
            "client.Credentials = new NetworkCredential(\"me\", \"hunter2\");",
            "return new PasswordAuthentication(\"me\", \"hunter2\");",
            "transport.connect(\"h.example\", \"me\", \"hunter2\");",
            "auth := smtp.PlainAuth(\"\", \"me\", \"hunter2\", \"h.example\")",
            "$p = ConvertTo-SecureString \"hunter2\" -AsPlainText -Force",
            "props.put(\"mail.smtp.password\", \"hunter2\");",
            "pw=hunter2",
            "my password is hunter2",
        ] {
            let masked = String::from_utf8(mask(line.as_bytes())).unwrap();
            assert!(
                !masked.contains("hunter2") && masked.contains("[masked]"),
                "{masked}"
            );
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        for line in [
            "server.login(user, password)",
            "SMTP.login('me')",
            "the password is incorrect",
            "authenticate(): 535 5.7.8 \"no\"",
            "socket.connect(\"h.example\", 25)",
            "login(\"me\")",
        ] {
            assert_eq!(String::from_utf8(mask(line.as_bytes())).unwrap(), line);
        }
    }
}
