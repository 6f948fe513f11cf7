//! The header of a mail (RFC 5322, section 2.2): fields at the beginning of a text.

use crate::text::lines;

/// How many different fields of a mail's header the text begins with.
pub(crate) fn fields(text: &[u8]) -> i32 {
    let mut known = [false; KNOWN.len()];
    let mut others = 0;
    let mut begun = false;
    for line in lines(text) {
        if line.trim_ascii().is_empty() {
            if begun {
                break;
            }
            continue;
        }
        let is_folded = line.first().is_some_and(u8::is_ascii_whitespace);
        // The first line of a mail in a mailbox file.
        if begun && is_folded || !begun && line.starts_with(b"From ") {
            begun = true;
            continue;
        }
        let Some(name) = name(line) else { break };
        begun = true;
        let place = KNOWN
            .iter()
            .position(|it| name.eq_ignore_ascii_case(it.as_bytes()));
        match place.and_then(|place| known.get_mut(place)) {
            // `Received` comes once for each server.
            Some(seen) => others += i32::from(std::mem::replace(seen, true)),
            None if OTHERS.iter().any(|it| begins(name, it)) => others += 1,
            None => break,
        }
    }
    let known = known.iter().map(|it| i32::from(*it)).sum::<i32>();
    // `From:` alone begins a line of many things.
    if known >= 2 || known == 1 && others >= 2 {
        known + others
    } else {
        0
    }
}

fn name(line: &[u8]) -> Option<&[u8]> {
    // A table of a webmail has columns.
    let place = line
        .iter()
        .take(64)
        .position(|byte| matches!(byte, b':' | b'\t'))?;
    let name = line.get(..place)?.trim_ascii_end();
    let is_name = name.iter().all(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' ') || !byte.is_ascii()
    });
    (is_name && !name.is_empty()).then_some(name)
}

fn begins(name: &[u8], with: &str) -> bool {
    name.get(..with.len())
        .is_some_and(|it| it.eq_ignore_ascii_case(with.as_bytes()))
}

/// Fields, and what clients and webmails call them in other languages.
const KNOWN: [&str; 47] = [
    "Authentication-Results",
    "Cc",
    "Content-Type",
    "DKIM-Signature",
    "Date",
    "Delivered-To",
    "From",
    "In-Reply-To",
    "Message-ID",
    "MIME-Version",
    "Received",
    "Received-SPF",
    "References",
    "Reply-To",
    "Return-Path",
    "Sender",
    "Subject",
    "To",
    "ARC-Seal",
    "List-Unsubscribe",
    "Message ID",
    "Created at",
    "Sent",
    "Von",
    "An",
    "Betreff",
    "Datum",
    "Gesendet",
    "De",
    "À",
    "Objet",
    "Envoyé",
    "Para",
    "Asunto",
    "Fecha",
    "Assunto",
    "Data",
    "Oggetto",
    "差出人",
    "宛先",
    "件名",
    "发件人",
    "收件人",
    "主题",
    "От",
    "Кому",
    "Тема",
];

const OTHERS: [&str; 22] = [
    "ARC-",
    "Auto-",
    "Bcc",
    "Content-",
    "DKIM",
    "DMARC",
    "SPF",
    "Delivery-",
    "Disposition-",
    "Domainkey-",
    "Envelope-",
    "Errors-To",
    "Feedback-",
    "Importance",
    "List-",
    "Mailing-",
    "Organization",
    "Precedence",
    "Resent-",
    "Thread-",
    "User-Agent",
    "X-",
];

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn a_header_is_a_block_at_the_beginning() {
        assert_eq!(
            fields(b"\nReceived: a\n by b\nX-Spam: no\nFrom: a\nSubject: b\n\nTo: c"),
            4
        );
        assert_eq!(fields(b"From: a"), 0);
        assert_eq!(fields(b"hello\nFrom: a\nTo: b"), 0);
    }
}
