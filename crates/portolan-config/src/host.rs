//! What is the name of a host, and what may answer there.

use crate::mask::GONE;
use crate::tlds;
use crate::words::{MAILISH, NOT_MAIL};

/// What the name of a host says about who answers there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Mail is read there.
    Incoming,
    /// The name says mail, and not which way.
    Mail,
    /// The name says nothing.
    Neutral,
    /// Something else.
    Other,
    /// Mail is handed in there.
    Smtp,
}

/// What a name says about who answers there.
pub(crate) fn role(name: &str) -> Role {
    let mut labels = name.split('.');
    let first = labels.next().unwrap_or_default();
    let words = || {
        first
            .split(['-', '<', '>'])
            .map(|word| word.trim_end_matches(|sign: char| sign.is_ascii_digit()))
    };
    if words().any(|word| word.starts_with("imap") || word.starts_with("pop") || word == "sieve") {
        return Role::Incoming;
    }
    if words().any(|word| matches!(word, "old" | "legacy")) {
        return Role::Other;
    }
    if words()
        .any(|word| word.starts_with("smtp") || word == "submission" || word.ends_with("smtp"))
    {
        return Role::Smtp;
    }
    if has(NOT_MAIL, first) || words().next().is_some_and(|word| has(NOT_MAIL, word)) {
        return Role::Other;
    }
    if words().any(|word| has(MAILISH, word) || word.contains("mail")) {
        return Role::Mail;
    }
    if labels.any(|label| label.contains("smtp") || label == "mail" || label == "email") {
        return Role::Mail;
    }
    Role::Neutral
}

fn has(labels: &str, label: &str) -> bool {
    labels.split(", ").any(|known| known == label)
}

/// Where the run of letters, digits, dots, hyphens and placeholders that starts at `from` ends, if one starts there.
pub(crate) fn run(line: &str, from: usize) -> Option<usize> {
    let rest = line.get(from..)?;
    let first = rest.chars().next()?;
    let mut at = from;
    if !first.is_alphanumeric() {
        // A placeholder begins a host only when a dot or hyphen goes on from it.
        let (end, _) = placeholder(line, from)?;
        let next = line.get(end..)?.chars().find(|letter| *letter != GONE)?;
        let beyond = line.get(end + 1..)?.chars().next()?;
        if !matches!(next, '.' | '-') || !(beyond.is_alphanumeric() || is_opening(beyond)) {
            return None;
        }
        at = end;
    }
    let mut solid = at;
    let mut last = if at == from { ' ' } else { '}' };
    while let Some(letter) = line.get(at..).and_then(|rest| rest.chars().next()) {
        if letter.is_alphanumeric() || letter == '_' {
            at += letter.len_utf8();
            solid = at;
        } else if matches!(letter, '.' | '-') {
            if last == letter && letter == '.' {
                break;
            }
            at += 1;
        } else if letter == GONE {
            at += 1;
            continue;
        } else if is_opening(letter)
            && matches!(last, '.' | '-')
            && let Some((end, _)) = placeholder(line, at)
        {
            at = end;
            solid = end;
        } else {
            break;
        }
        last = letter;
    }
    (solid > from).then_some(solid)
}

/// The name of the host that `run` is, with placeholders as `<part>`; `original` is the same place of the text.
pub(crate) fn name(run: &str, original: &str) -> Option<String> {
    if !run.contains('.') || run.contains("..") || run.len() > MAX_NAME_BYTES {
        return None;
    }
    let lower = original.bytes().any(|byte| byte.is_ascii_lowercase());
    let mut name = String::with_capacity(run.len());
    let mut at = 0;
    let mut placeholders = 0;
    while let Some(letter) = run.get(at..).and_then(|rest| rest.chars().next()) {
        if let Some((end, part)) = is_opening(letter).then(|| placeholder(run, at)).flatten() {
            name.push('<');
            name.push_str(&part);
            name.push('>');
            placeholders += 1;
            at = end;
            continue;
        }
        if letter != GONE {
            name.extend(letter.to_lowercase());
        }
        at += letter.len_utf8();
    }
    if lower && original.len() == name.len() && name.is_ascii() {
        let (shouted, count) = with_shouted(&name, original);
        name = shouted;
        placeholders += count;
    }
    is_host(&name, placeholders > 0).then_some(name)
}

/// A label in capitals among small ones is a placeholder: `YOUR-REGION`.
fn with_shouted(name: &str, original: &str) -> (String, usize) {
    let mut count = 0;
    let labels: Vec<String> = name
        .split('.')
        .zip(original.split('.'))
        .map(|(label, written)| {
            let capitals = written.bytes().filter(u8::is_ascii_uppercase).count();
            let small = written.bytes().any(|byte| byte.is_ascii_lowercase());
            if capitals >= 3 && !small {
                count += 1;
                format!("<{label}>")
            } else {
                label.to_owned()
            }
        })
        .collect();
    (labels.join("."), count)
}

fn is_host(name: &str, has_placeholder: bool) -> bool {
    let Some((front, last)) = name.rsplit_once('.') else {
        return false;
    };
    let labels = || name.split('.');
    if labels().any(|label| label.is_empty() || label.ends_with('-') || label.starts_with('-')) {
        return false;
    }
    // Underscores are of programs, unless inside of a placeholder.
    if labels().any(|label| label.contains('_') && !label.contains('<')) {
        return false;
    }
    if last == "host" && matches!(front.rsplit('.').next(), Some("smtp" | "mail" | "smtps")) {
        return false;
    }
    if last.contains('<') {
        // `smtp.<domain>`, and not `Adapters.SMTP`.
        let label = name.split('.').next().unwrap_or_default();
        let plain = label.trim_end_matches(|sign: char| sign.is_ascii_digit());
        let first =
            has(MAILISH, plain) || matches!(plain, "smtps" | "imap" | "imaps" | "pop" | "pops");
        return has_placeholder && last != "<smtp>" && first;
    }
    // `spring.mail.port`, `django.core.mail`: keys of programs.
    let program = [
        "mail.smtp.",
        "mail.smtps.",
        "spring.",
        "django.",
        "org.",
        "javax.",
        "java.",
        "config.",
        "self.",
        "this.",
        "process.",
        "system.",
    ];
    if program.iter().any(|start| name.starts_with(start)) {
        return false;
    }
    let code = labels().count() == 2
        && matches!(
            front,
            "msg"
                | "m"
                | "s"
                | "server"
                | "client"
                | "smtp"
                | "mail"
                | "message"
                | "mailer"
                | "transport"
                | "email"
        )
        && last.len() > 3
        && !matches!(last, "info" | "name" | "example" | "local");
    tlds::is_plausible(last) && !code && front.bytes().any(|byte| byte.is_ascii_alphabetic())
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '{' | '<' | '[' | '$' | '%')
}

/// A placeholder at `at`: where it ends, and what it is called.
fn placeholder(line: &str, at: usize) -> Option<(usize, String)> {
    let rest = line.get(at..)?;
    let (open, close, spaces) = [
        ("{{", "}}", true),
        ("${", "}", false),
        ("{", "}", true),
        ("<", ">", true),
        ("[", "]", true),
        ("%", "%", false),
        ("$", "", false),
    ]
    .into_iter()
    .find(|(open, _, _)| rest.starts_with(open))?;
    let inner = rest.get(open.len()..)?;
    let length = inner
        .char_indices()
        .take(MAX_PLACEHOLDER_BYTES)
        .find(|(_, letter)| {
            !(letter.is_alphanumeric()
                || matches!(*letter, '_' | '-' | GONE)
                || (spaces && *letter == ' '))
        })
        .map_or(inner.len().min(MAX_PLACEHOLDER_BYTES), |(at, _)| at);
    let named = inner.get(..length)?;
    let tail = inner.get(length..)?;
    if named.is_empty() || !tail.starts_with(close) || !named.contains(char::is_alphabetic) {
        return None;
    }
    let part: String = named
        .trim()
        .chars()
        .filter(|letter| *letter != GONE)
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect();
    Some((at + open.len() + length + close.len(), part))
}

const MAX_NAME_BYTES: usize = 253;
const MAX_PLACEHOLDER_BYTES: usize = 32;

#[cfg(test)]
mod tests {
    use super::{Role, role};

    #[test]
    fn names_tell_roles() {
        for (name, expected) in [
            ("smtp.example.com", Role::Smtp),
            ("email-smtp.<region>.amazonaws.com", Role::Smtp),
            ("in-v3.mailjet.com", Role::Neutral),
            ("imap4.example.com", Role::Incoming),
            ("mail.example.com", Role::Mail),
            ("mx01.filter.example", Role::Other),
            ("www.example.com", Role::Other),
        ] {
            assert_eq!(role(name), expected, "{name}");
        }
    }
}
