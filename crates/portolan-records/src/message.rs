//! Messages of the DNS as `dig`, `drill`, `kdig` and their kin print them: what stands in lines that begin with a semicolon.

use portolan_dns::lookup::Record;

use crate::model::{Form, Said, Value, Word};
use crate::words;
use crate::work::{Hush, Owner, Work, kind_of};

/// A message that is being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Message {
    /// Its number among the answers of the text.
    number: u32,
    /// Where it begins.
    at: usize,
    /// The place of its first record.
    first: usize,
    status: Option<String>,
    flags: String,
    question: Option<(String, String)>,
    section: Section,
    server: Option<String>,
    /// A server of the zone confirms that there is nothing: its SOA came along (RFC 2308, section 2).
    soa: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Section {
    #[default]
    None,
    Question,
    Records,
}

/// Aliases that are followed from a question.
const MAX_ALIASES: usize = 10;

/// Begins a message.
pub(crate) fn open(work: &mut Work<'_>, at: usize) {
    work.message = Some(Message {
        number: work.next_message(),
        at,
        first: work.drafts.len(),
        ..Message::default()
    });
}

/// A comment of such a program. Any other comment is none of ours, and passed over.
pub(crate) fn line(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim().to_owned();
    if let Some(item) = yaml(work, at, &line) {
        return Some(item);
    }
    let Some(text) = line.strip_prefix(';') else {
        return without_semicolon(work, at, &line);
    };
    let text = text.trim_start_matches(';').trim();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("->>header<<-") {
        close(work);
        open(work, at);
        let status = value_of(text, "status").or_else(|| value_of(text, "rcode"));
        change(work, |it| it.status = status);
    } else if lower.starts_with("flags:") {
        let flags = text
            .split(';')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        change(work, |it| it.flags.clone_from(&flags));
    } else if lower.ends_with("section:") {
        let section = if lower.starts_with("question") {
            Section::Question
        } else {
            Section::Records
        };
        change(work, |it| it.section = section);
    } else if lower.starts_with("server:") || lower.starts_with("from ") {
        let server = text.split_whitespace().nth(1).map(str::to_owned);
        change(work, |it| it.server = server);
        if lower.starts_with("from ") {
            close(work);
        }
    } else if lower.starts_with("msg size") || lower.starts_with("xfr size") {
        close(work);
    } else if lower.starts_with("received ") && lower.contains(" from ") {
        received(work, at, text);
    } else if let Some(said) = failure(&lower) {
        failed(work, at, said, &lower);
    } else if let Some((name, kind)) = question(text)
        && work
            .message
            .as_ref()
            .is_some_and(|it| it.section == Section::Question)
    {
        change(work, |it| it.question = Some((name, kind)));
    } else {
        hint(work, text);
    }
    Some(1)
}

/// opendkim-genkey says whose key it made.
fn hint(work: &mut Work<'_>, text: &str) {
    if let Some((_, domain)) = text.rsplit_once(" for ")
        && text.contains("DKIM key")
    {
        work.hints.push(domain.trim().to_owned());
    }
}

/// Says the same of a comment behind a record.
pub(crate) fn comment(work: &mut Work<'_>, text: &str) {
    hint(work, text);
}

fn change(work: &mut Work<'_>, how: impl FnOnce(&mut Message)) {
    if let Some(message) = &mut work.message {
        how(message);
    }
}

fn value_of(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("{name}: "))?;
    let word: String = rest
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .take(20)
        .collect();
    (!word.is_empty()).then(|| word.to_ascii_uppercase())
}

/// `example.com. IN TXT`
fn question(text: &str) -> Option<(String, String)> {
    let mut words = text.split_whitespace();
    let (name, class, kind) = (words.next()?, words.next()?, words.next()?);
    let kind = match kind {
        "ANY" => "ANY",
        _ => words::record_type(kind)?,
    };
    (words::is_class(class) && words.next().is_none()).then(|| (name.to_owned(), kind.to_owned()))
}

/// `;; Received 97 bytes from 192.0.2.53#53(ns1.example.com) in 12 ms`; behind it `+trace` goes on with the next server.
fn received(work: &mut Work<'_>, at: usize, text: &str) {
    let server = text
        .split_once(" from ")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .map(str::to_owned);
    let is_open = work.message.is_some();
    change(work, |it| it.server = server);
    close(work);
    if is_open && work.questions.len() == 1 {
        open(work, at);
    }
}

fn failure(lower: &str) -> Option<Said> {
    let has = |text: &str| lower.contains(text);
    if has("no servers could be reached") || has("failed to query server") {
        return Some(Said::TimedOut);
    }
    // delv says what it found out.
    let why = lower.strip_prefix("resolution failed:")?;
    Some(if why.contains("nxdomain") {
        Said::NoSuchName
    } else if why.contains("nxrrset") {
        Said::NoData
    } else if why.contains("timed out") {
        Said::TimedOut
    } else {
        Said::ServerFailure
    })
}

/// Programs tell what went wrong with each server first, and give up in a line of its own.
fn failed(work: &mut Work<'_>, at: usize, said: Said, lower: &str) {
    const BEFORE: usize = 6;
    let before = work
        .lines
        .get(at.saturating_sub(BEFORE)..at)
        .unwrap_or_default();
    let is_refused = before
        .iter()
        .any(|line| line.text.starts_with(';') && line.text.contains("connection refused"));
    let said = if said == Said::TimedOut && is_refused && !lower.contains("timed out") {
        Said::ServerFailure
    } else {
        said
    };
    let form = Form::Message;
    for question in work.questions.clone() {
        let kind = if question.kind.is_empty() {
            "A"
        } else {
            &question.kind
        };
        if !question.name.is_empty() {
            work.silent(&question.name, Some(kind), said, at, form);
        }
    }
    work.message = None;
}

/// Lines of these programs that begin otherwise.
fn without_semicolon(work: &mut Work<'_>, at: usize, line: &str) -> Option<usize> {
    if line.starts_with("Received ") && line.contains(" bytes from ") {
        received(work, at, line);
        return Some(1);
    }
    if line.starts_with("Error: error sending query") {
        failed(work, at, Said::TimedOut, "");
        return Some(1);
    }
    (line.starts_with("Trying \"")).then_some(1)
}

/// `dig +yaml`: the same in lists; the records are read as lines of a zone.
fn yaml(work: &mut Work<'_>, at: usize, line: &str) -> Option<usize> {
    if line == "- type: MESSAGE" {
        close(work);
        open(work, at);
        return Some(1);
    }
    let message = work.message.as_mut()?;
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    match key {
        "status" => message.status = Some(value.to_owned()),
        "flags" => {
            // Those of EDNS come behind, and are others.
            if message.flags.is_empty() {
                message.flags = format!("flags: {value}");
            }
        }
        "response_address" => message.server = Some(value.trim_matches('"').to_owned()),
        "QUESTION_SECTION" => message.section = Section::Question,
        "ANSWER_SECTION" | "AUTHORITY_SECTION" | "ADDITIONAL_SECTION" => {
            message.section = Section::Records;
        }
        "type"
        | "message"
        | "query_time"
        | "response_time"
        | "message_size"
        | "socket_family"
        | "socket_protocol"
        | "response_port"
        | "query_address"
        | "query_port"
        | "response_message_data"
        | "opcode"
        | "id"
        | "QUESTION"
        | "ANSWER"
        | "AUTHORITY"
        | "ADDITIONAL"
        | "OPT_PSEUDOSECTION"
        | "EDNS"
        | "version"
        | "udp"
        | "COOKIE" => {}
        _ => return None,
    }
    Some(1)
}

/// An item of such a list, in its quotes: a record, or the question.
pub(crate) fn yaml_item(work: &mut Work<'_>, line: &str) -> Option<String> {
    let message = work.message.as_mut()?;
    let item = line.trim().strip_prefix("- '")?.strip_suffix('\'')?;
    if message.section == Section::Question {
        message.question = question(item);
        return Some(String::new());
    }
    Some(item.replace("''", "'"))
}

/// Says that a SOA is in the message.
pub(crate) fn start_of_authority(work: &mut Work<'_>) {
    change(work, |it| it.soa = true);
}

/// Ends a message: who said it, and whether it says that there is nothing.
pub(crate) fn close(work: &mut Work<'_>) {
    let Some(message) = work.message.take() else {
        return;
    };
    let has = |flag: &str| message.flags.split([' ', ':']).any(|it| it == flag);
    let said_by = Word {
        server: message.server.clone().or_else(|| work.server.clone()),
        message: message.number,
        authentic: has("ad"),
        authoritative: has("aa"),
    };
    for draft in work.drafts.get_mut(message.first..).unwrap_or_default() {
        draft.word.clone_from(&said_by);
    }
    let Some((name, kind)) = message.question.clone() else {
        return;
    };
    let (end, is_found) = follow(work, &message, &name, &kind);
    let said = match message.status.as_deref() {
        None => return,
        Some("NXDOMAIN") => Said::NoSuchName,
        Some("NOERROR") => {
            // A referral to other servers says nothing of the name, and a message that was cut not all.
            let is_final = message.soa || has("aa") || has("ra");
            if is_found || kind == "ANY" || has("tc") || !is_final {
                return;
            }
            Said::NoData
        }
        Some(_) => Said::ServerFailure,
    };
    work.hushes.push(Hush {
        name: end,
        kind: kind_of(&kind),
        said,
        line: work.number(message.at),
        form: Form::Message,
        word: said_by,
    });
}

/// Where the aliases of a message lead from its question, and whether records of the type are there.
fn follow(work: &Work<'_>, message: &Message, name: &str, kind: &str) -> (String, bool) {
    let drafts = work.drafts.get(message.first..).unwrap_or_default();
    let is_same = |one: &str, other: &str| {
        one.trim_end_matches('.')
            .eq_ignore_ascii_case(other.trim_end_matches('.'))
    };
    let mut name = name.to_owned();
    for _ in 0..MAX_ALIASES {
        let here = drafts.iter().filter(|it| match &it.owner {
            Owner::Whole(owner) => is_same(owner, &name),
            _ => false,
        });
        let mut next = None;
        for draft in here {
            if kind_name(&draft.value) == kind {
                return (name, true);
            }
            if let Value::Record(Record::Cname(target)) = &draft.value {
                next = Some(target.clone());
            }
        }
        match next {
            Some(target) => name = target,
            None => return (name, false),
        }
    }
    (name, true)
}

/// The name of a value's type.
pub(crate) fn kind_name(value: &Value) -> &str {
    match value {
        Value::Record(record) => record.kind().name(),
        Value::Other { kind, .. } => kind,
    }
}
