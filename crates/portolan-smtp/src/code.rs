//! What reply codes and enhanced status codes say by their registries, and by their parts where no registry has them.

use crate::event::Enhanced;
use crate::{CLASSES, ENHANCED_MEANINGS, REPLY_MEANINGS, SUBJECTS};

/// What a reply code says (RFC 5321, section 4.2).
pub fn reply_meaning(code: u16) -> String {
    if let Some(meaning) = look_up(REPLY_MEANINGS, u32::from(code)) {
        return meaning.to_owned();
    }
    let severity = match code / 100 {
        2 => "Done",
        3 => "Go on",
        4 => "Not now; a later try may succeed",
        5 => "No; a later try will not succeed without a change",
        _ => return "No reply code of SMTP.".to_owned(),
    };
    let about = match code / 10 % 10 {
        0 => "about the command's form",
        1 => "information that was asked for",
        2 => "about the connection",
        5 => "about mailbox or message",
        3 => "about the sign-in",
        _ => "about something that no registry names",
    };
    format!("{severity}: {about}.")
}

/// What an enhanced status code says (RFC 3463, and the registry of RFC 5248).
pub fn enhanced_meaning(code: Enhanced) -> String {
    let key = u32::from(code.subject) * 1000 + u32::from(code.detail);
    let class = look_up(CLASSES, u32::from(code.class)).unwrap_or("Of no known class.");
    if let Some(meaning) = look_up(ENHANCED_MEANINGS, key) {
        return format!("{meaning} {class}");
    }
    match look_up(SUBJECTS, u32::from(code.subject)) {
        Some(subject) => format!(
            "{subject} The detail {} is the server\u{2019}s own. {class}",
            code.detail
        ),
        None => format!("Subject and detail are the server\u{2019}s own. {class}"),
    }
}

fn look_up(table: &'static [(u32, &'static str)], key: u32) -> Option<&'static str> {
    let at = table.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    table.get(at).map(|(_, meaning)| *meaning)
}

#[cfg(test)]
mod tests {
    use super::{enhanced_meaning, reply_meaning};
    use crate::event::Enhanced;

    #[test]
    fn every_code_is_explained_and_unknown_ones_by_their_parts() {
        for code in 0..=999 {
            assert!(reply_meaning(code).ends_with('.'), "{code}");
        }
        for class in 0..=9 {
            for subject in 0..=9 {
                for detail in (0..=80).chain([139, 650, 999]) {
                    let code = Enhanced {
                        class,
                        subject,
                        detail,
                    };
                    assert!(enhanced_meaning(code).ends_with('.'), "{code:?}");
                }
            }
        }
        let code = |class, subject, detail| {
            enhanced_meaning(Enhanced {
                class,
                subject,
                detail,
            })
        };
        assert!(code(5, 1, 1).starts_with("No such mailbox."));
        assert!(code(4, 7, 650).contains("650") && code(4, 7, 650).contains("later"));
        assert!(reply_meaning(571).starts_with("No;"));
    }
}
