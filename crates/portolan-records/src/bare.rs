//! Texts of records alone, and the policy file of MTA-STS.

use portolan_dns::lookup::Record;

use crate::lexer;
use crate::model::{Form, Value};
use crate::rdata;
use crate::work::{Draft, Owner, Work};

/// How a text of mail begins, and one that looks like it, alone or wherever it stands in a line.
pub(crate) const STARTS: &[&str] = &[
    "v=spf",
    "v=dmarc",
    "v=dkim",
    "v=sts",
    "v=tlsrpt",
    "v=bimi",
    "k=rsa",
    "k=ed25519",
    "spf2.0/",
    "p=mi",
];
/// Lines that one text may be wrapped over.
const MAX_WRAPPED: usize = 40;

/// Whether a text is a record of mail by its first signs.
pub(crate) fn is_text(text: &str) -> bool {
    let start: String = text
        .trim_start_matches(['"', ' ', '(', '\t', '\''])
        .chars()
        .take(24)
        .filter(|sign| *sign != ' ')
        .map(|sign| sign.to_ascii_lowercase())
        .collect();
    STARTS.iter().any(|it| start.starts_with(it))
}

/// The label below the domain at which a text belongs. `None`: a key of DKIM, or nothing of mail.
pub(crate) fn label(text: &[u8]) -> Option<&'static str> {
    let start: String = String::from_utf8_lossy(text.get(..20).unwrap_or(text))
        .trim_start()
        .to_ascii_lowercase();
    [
        ("v=spf", ""),
        ("spf2.0", ""),
        ("v=dmarc", "_dmarc"),
        ("v=sts", "_mta-sts"),
        ("v=tlsrpt", "_smtp._tls"),
        ("v=bimi", "default._bimi"),
    ]
    .iter()
    .find(|(begin, _)| start.starts_with(begin))
    .map(|(_, label)| *label)
}

/// A text alone, in quotes or not, wrapped or not.
pub(crate) fn record(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?;
    if !is_text(line) {
        return named(work, at);
    }
    let number = work.number(at);
    let trimmed = line.trim();
    if trimmed.starts_with(['"', '(']) {
        let found = lexer::tokens(work.texts(at), 0);
        if !found.is_open && !found.all.is_empty() && found.all.iter().all(|it| it.quoted) {
            let strings = found.all.into_iter().map(|it| it.bytes).collect();
            let used = found.lines;
            work.draft(text(strings, number));
            return Some(used);
        }
    }
    let mut whole = trimmed.trim_end_matches('\\').to_owned();
    let mut used = 1;
    while let Some(next) = work.line(at + used).map(str::trim) {
        if used == MAX_WRAPPED {
            break;
        }
        match glue(&whole, next) {
            Some(between) => {
                whole.push_str(between);
                whole.push_str(next);
                used += 1;
            }
            None => break,
        }
    }
    let strings = rdata::strings(&whole)?;
    work.draft(text(strings, number));
    Some(used)
}

/// `'NAME:TEXT:TTL`, a line of the data of tinydns, which writes a colon as `\072`.
fn tinydns(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let rest = work.line(at)?.trim().strip_prefix('\'')?;
    let (name, rest) = rest.split_once(':')?;
    let text = rest.split(':').next()?;
    if !crate::work::is_whole_name(name) || text.is_empty() {
        return None;
    }
    let text = text.replace("\\072", ":").replace("\\057", "/");
    let mut draft = self::text(rdata::chunks(text.as_bytes()), work.number(at));
    draft.owner = Owner::Whole(name.to_owned());
    draft.form = Form::ZoneFile;
    work.draft(draft);
    Some(1)
}

/// A text behind words of somebody's own: `SPF record: v=spf1 -all`, `_dmarc.example.com -> v=DMARC1; p=none`, `- v=spf1 …`.
fn named(work: &mut Work<'_>, at: usize) -> Option<usize> {
    const BEFORE: usize = 100;
    if let Some(used) = tinydns(work, at) {
        return Some(used);
    }
    let line = work.line(at)?.trim();
    let lower = line.to_ascii_lowercase();
    let from = [
        "v=spf1",
        "v=dmarc1",
        "v=dkim1",
        "v=stsv1",
        "v=tlsrptv1",
        "v=bimi1",
    ]
    .iter()
    .filter_map(|start| lower.find(start))
    .min()
    .filter(|from| (1..BEFORE).contains(from))?;
    let (before, rest) = (line.get(..from)?, line.get(from..)?);
    let is_apart = before.ends_with([' ', '\t', ':', '=', '"', '\'', '(', '>', '`', '|']);
    if !is_apart {
        return None;
    }
    let quote = before
        .chars()
        .next_back()
        .filter(|it| matches!(it, '"' | '\'' | '`'));
    let text = match quote.and_then(|quote| rest.split_once(quote)) {
        Some((text, _)) => text,
        // The end of a sentence is none of the record's.
        None => rest.trim_end_matches(['.', ',', '"', '`', ')']),
    };
    let owner = before
        .split_whitespace()
        .map(|word| word.trim_matches([':', ',', '"', '\'', '`', '(', ')', '*']))
        .rfind(|word| crate::work::is_whole_name(word))
        .map(str::to_owned);
    let strings = rdata::strings(text)?;
    let mut draft = self::text(strings, work.number(at));
    if let Some(owner) = owner {
        draft.owner = Owner::Panel(owner);
    }
    work.draft(draft);
    Some(1)
}

fn text(strings: Vec<Vec<u8>>, line: u32) -> Draft {
    Draft {
        owner: Owner::Unknown,
        value: Value::Record(Record::Txt(rdata::fitting(strings))),
        line,
        form: Form::Bare,
        word: crate::model::Word::default(),
    }
}

/// What joins a text with a line that goes on with it: nothing in a key, a space elsewhere.
fn glue(whole: &str, next: &str) -> Option<&'static str> {
    if next.is_empty() || is_text(next) {
        return None;
    }
    let start: String = whole
        .chars()
        .take(12)
        .collect::<String>()
        .to_ascii_lowercase();
    let is_key = |text: &str| {
        text.len() >= 8
            && text.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b';' | b'"')
            })
            && text
                .bytes()
                .any(|byte| byte.is_ascii_digit() || byte == b'=')
    };
    if (start.contains("dkim") || start.starts_with("k=") || start.starts_with("p="))
        && is_key(next)
    {
        return Some("");
    }
    let first = next.split([' ', ':', '/', '=']).next().unwrap_or_default();
    let first = first
        .trim_start_matches(['-', '~', '+', '?'])
        .to_ascii_lowercase();
    let goes_on = match first.as_str() {
        "include" | "ip4" | "ip6" | "exists" | "redirect" | "exp" | "all" => start.contains("spf"),
        "p" | "sp" | "np" | "rua" | "ruf" | "adkim" | "aspf" | "fo" | "pct" => {
            start.contains("dmarc")
                && next.contains('=')
                && !next.contains(':') | next.contains("mailto:")
        }
        _ => false,
    };
    goes_on.then_some(" ")
}

/// The file of a policy: `version: STSv1` and the lines behind it.
pub(crate) fn policy(work: &mut Work<'_>, at: usize) -> Option<usize> {
    const MAX_LINES: usize = 300;
    let line = work.line(at)?;
    let key = |line: &str| {
        line.split_once(':')
            .map(|(key, value)| (key.trim().to_ascii_lowercase(), value.trim().to_owned()))
    };
    let (first, value) = key(line)?;
    let is_start = first == "version" && value.to_ascii_lowercase().starts_with("stsv1");
    if !is_start {
        return None;
    }
    let mut body = Vec::new();
    let mut used = 0;
    while let Some(line) = work.line(at + used) {
        let is_field = key(line)
            .is_some_and(|(key, _)| matches!(key.as_str(), "version" | "mode" | "mx" | "max_age"));
        if !is_field || used == MAX_LINES {
            break;
        }
        body.extend_from_slice(line.as_bytes());
        // What was pasted has lost its own line ends.
        body.extend_from_slice(b"\r\n");
        used += 1;
    }
    let draft = Draft {
        owner: work.policy_owner(),
        value: Value::Record(Record::StsPolicy {
            content_type: Some(
                work.content_type
                    .take()
                    .unwrap_or_else(|| "text/plain".to_owned()),
            ),
            body,
        }),
        line: work.number(at),
        form: Form::Policy,
        word: crate::model::Word::default(),
    };
    work.draft(draft);
    Some(used)
}
