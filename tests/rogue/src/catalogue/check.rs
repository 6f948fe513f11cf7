//! What the shape alone does not hold: causes and receivers exist, texts are replies, and whoever has to speak can.

use std::collections::BTreeSet;

use super::schema::{Act, Door, Failure, File, Reply};

/// A place in the file, and what is wrong there.
type Complaint = (usize, String);

/// How many texts a failure needs that says something.
const MIN_REPLIES: usize = 4;

pub(super) fn check(file: &File) -> Result<(), Complaint> {
    let causes: BTreeSet<&str> = portolan_smtp::causes().iter().map(|it| it.id).collect();
    let mut seen = BTreeSet::new();
    for failure in &file.failure {
        let (place, id) = (failure.id.span().start, failure.id.get_ref());
        if !seen.insert(id) {
            return Err((place, format!("{id}: expected one failure of this name")));
        }
        let own = failure
            .replies
            .iter()
            .flat_map(|it| it.cause.iter().chain(&it.also));
        for cause in own.chain([&failure.cause]) {
            if !causes.contains(cause.get_ref().as_str()) {
                let found = cause.get_ref();
                let why = format!("{id}: expected a cause of data/causes, but found {found}");
                return Err((cause.span().start, why));
            }
        }
        count(failure)?;
        for reply in &failure.replies {
            if !file.receivers.contains_key(reply.by.get_ref()) {
                let found = reply.by.get_ref();
                let why = format!("{id}: expected a key of receivers, but found {found}");
                return Err((reply.by.span().start, why));
            }
            words(failure, reply)?;
        }
    }
    Ok(())
}

fn count(failure: &Failure) -> Result<(), Complaint> {
    let (place, id) = (failure.id.span().start, failure.id.get_ref());
    let found = failure.replies.len();
    if speaks(failure) && found < MIN_REPLIES {
        let why = format!("{id}: expected at least {MIN_REPLIES} replies, but found {found}");
        return Err((place, why));
    }
    if !speaks(failure) && found > 0 {
        let why = format!("{id}: expected no reply, since nothing is said, but found {found}");
        return Err((place, why));
    }
    Ok(())
}

fn words(failure: &Failure, reply: &Reply) -> Result<(), Complaint> {
    let (place, text) = (reply.text.span().start, reply.text.get_ref());
    let is_good = match failure.act {
        Act::Say | Act::Hide | Act::Mismatch => refuses(text),
        _ => !text.is_empty(),
    };
    if is_good {
        return Ok(());
    }
    let why = format!(
        "{}: expected lines of one code from 400 to 599, the last of them with a space, but found {text}",
        failure.id.get_ref()
    );
    Err((place, why))
}

/// On a port that begins with TLS, a client that speaks plain text is answered by an alert.
fn speaks(failure: &Failure) -> bool {
    match failure.act {
        Act::Hide | Act::Inject | Act::Say | Act::TextForTls => true,
        Act::Mismatch => failure.door != Door::Implicit,
        _ => false,
    }
}

/// `Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF` (RFC 5321, section 4.2), of
/// a code that refuses.
fn refuses(text: &str) -> bool {
    let Some(code) = text.get(..3) else {
        return false;
    };
    let count = text.lines().count();
    code.starts_with(['4', '5'])
        && code.bytes().all(|byte| byte.is_ascii_digit())
        && text.lines().zip(1..).all(|(line, number)| {
            let wanted = if number == count { " " } else { "-" };
            line.strip_prefix(code)
                .is_some_and(|rest| rest.starts_with(wanted))
        })
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;

    const RECEIVERS: &str = "[receivers]\npostfix = { name = \"Postfix\" }\n";

    fn refused(failure: &str) -> String {
        let text = format!("{RECEIVERS}[[failure]]\n{failure}");
        Catalogue::parse(&text).unwrap_err().to_string()
    }

    const HEAD: &str = "id = \"x\"\nplays = \"X.\"\nat = \"mail\"\ndoor = \"mx\"\n";

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let why = refused(&format!(
            "{HEAD}act = \"drop\"\ncause = \"network.refused\"\ncolour = 1"
        ));
        assert!(
            why.starts_with("failures.toml:10: unknown field `colour`"),
            "{why}"
        );
    }

    #[test]
    fn an_unknown_cause_is_named_with_its_line() {
        let why = refused(&format!(
            "{HEAD}act = \"drop\"\ncause = \"network.sulking\""
        ));
        assert!(
            why.starts_with("failures.toml:9: x: expected a cause"),
            "{why}"
        );
    }

    #[test]
    fn whoever_speaks_has_texts_and_whoever_is_silent_has_none() {
        let why = refused(&format!("{HEAD}act = \"say\"\ncause = \"network.refused\""));
        assert!(
            why.contains(":4: x: expected at least 4 replies, but found 0"),
            "{why}"
        );
        let replies = "replies = [{ text = \"550 no\", by = \"postfix\" }]";
        let why = refused(&format!(
            "{HEAD}act = \"drop\"\ncause = \"network.refused\"\n{replies}"
        ));
        assert!(why.contains("expected no reply"), "{why}");
    }

    #[test]
    fn a_text_is_a_refusal_of_a_known_receiver() {
        let of = |text: &str, by: &str| {
            let reply = format!("{{ text = \"{text}\", by = \"{by}\" }}");
            let replies = [reply.as_str(); 4].join(", ");
            refused(&format!(
                "{HEAD}act = \"say\"\ncause = \"network.refused\"\nreplies = [{replies}]"
            ))
        };
        assert!(of("550 no", "nobody").contains("expected a key of receivers, but found nobody"));
        for bad in [
            "250 yes",
            "no",
            "55 no",
            "550-no",
            "550 a\\n550 b",
            "550-a\\n551 b",
        ] {
            assert!(
                of(bad, "postfix").contains("expected lines of one code"),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_name_stands_once() {
        let one = format!("{HEAD}act = \"drop\"\ncause = \"network.refused\"\n");
        let why = refused(&format!("{one}[[failure]]\n{one}"));
        assert!(
            why.contains(":11: x: expected one failure of this name"),
            "{why}"
        );
    }
}
