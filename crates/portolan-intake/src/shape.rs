//! The shape of a text: a mail's header, frames of a stack, a page's headings and sentences, an object of JSON.

/// Names of header fields (RFC 5322, section 3.6; RFC 2045; RFC 6376).
const FIELDS: &[&str] = &[
    "received:",
    "return-path:",
    "delivered-to:",
    "from:",
    "to:",
    "subject:",
    "date:",
    "message-id:",
    "mime-version:",
    "content-type:",
    "dkim-signature:",
    "authentication-results:",
    "reply-to:",
    "cc:",
    "x-",
    "content-transfer-encoding:",
    "list-unsubscribe:",
    "sender:",
    "arc-seal:",
    "in-reply-to:",
    "references:",
    "received-spf:",
    "user-agent:",
    "importance:",
    "thread-topic:",
];

/// How many of the first lines are fields of a mail's header, those that go on counted with them.
pub(crate) fn headers(text: &str) -> usize {
    let mut found = 0;
    let mut others = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(60) {
        // What goes on with the field before, and the line that parts the mails of a mailbox.
        if line.starts_with([' ', '\t']) || line.starts_with("From ") {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        if FIELDS.iter().any(|field| lower.starts_with(field)) {
            found += 1;
        } else {
            others += 1;
            // A header stands at the beginning.
            if others > found {
                break;
            }
        }
    }
    found
}

/// Frames of a stack: `at x.y(z)`, `File "x", line 1`, `#0 x`, `x.rb:1:in`, `goroutine`, `Caused by:`
pub(crate) fn frames(text: &str) -> usize {
    text.lines()
        .filter(|line| {
            let bare = line.trim();
            let is_call = bare.starts_with("at ")
                && (bare.contains('(') || bare.contains(" in ") || bare.contains('.'));
            let is_number = bare.strip_prefix('#').is_some_and(|rest| {
                rest.starts_with(|it: char| it.is_ascii_digit())
                    && (rest.contains('(') || rest.contains('{'))
            });
            is_call
                || is_number
                || bare.starts_with("File \"") && bare.contains(", line ")
                || bare.starts_with("Traceback (")
                || bare.starts_with("Caused by:")
                || bare.contains(".rb:") && bare.contains(":in ")
                || bare.starts_with("goroutine ")
                || bare.starts_with("--->")
        })
        .count()
}

/// What `portolan-probe` writes: a report with its schema, or an explanation.
pub(crate) fn is_report(text: &str) -> bool {
    let bare = text.trim_start();
    let has = |keys: &[&str]| keys.iter().all(|key| bare.contains(key));
    bare.starts_with('{')
        && (has(&["\"schema\"", "\"target\"", "\"steps\""])
            || has(&["\"cause\"", "\"findings\"", "\"stage\"", "\"confidence\""])
            || has(&["\"log\"", "\"unexplained\"", "\"causes\"", "\"records\""]))
}

/// Marks of a page: headings, bullets, tables, tags, steps, sentences.
pub(crate) fn page(text: &str) -> usize {
    text.lines()
        .filter(|line| {
            let bare = line.trim();
            let is_step = bare.split_once(['.', ')']).is_some_and(|(number, rest)| {
                number.len() <= 2
                    && !number.is_empty()
                    && number.chars().all(|it| it.is_ascii_digit())
                    && rest.starts_with(' ')
            });
            let is_sentence = bare.len() > 40
                && bare.ends_with(['.', ':', '?', '!'])
                && bare.split_whitespace().count() > 6;
            bare.starts_with("# ")
                || bare.starts_with("## ")
                || bare.starts_with("### ")
                || bare.starts_with("* ")
                || bare.starts_with("- ")
                || bare.starts_with("• ")
                || bare.starts_with('|') && bare.ends_with('|')
                || bare.contains("</")
                || bare.contains('\t')
                || is_step
                || is_sentence
        })
        .count()
}
