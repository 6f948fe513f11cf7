//! Lines of a master file (RFC 1035, section 5.1; RFC 2308, section 4), which messages of the DNS are printed as, too.

use crate::lexer::{self, Token, Tokens};
use crate::model::{Form, NoteKind, Value};
use crate::rdata;
use crate::text::Line;
use crate::work::{Draft, Owner, Work};
use crate::{message, words};
use portolan_dns::lookup::Record;
use portolan_dns::name::Name;

/// Where a file stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// What names without a dot at their end lie below, without that dot; the root is an empty text.
    origin: Option<String>,
    /// Whose records lines without a name are.
    owner: Option<Owner>,
    /// The text is the file of a name server, where quotes, semicolons and dots mean what they mean there.
    is_strict: bool,
    /// Lines before this one are within parentheses that nobody closes.
    open_until: usize,
}

/// Words before the data: a name, a time to live, a class, a type.
const MAX_HEAD: usize = 4;

impl State {
    /// A directive anywhere makes the text a file of a name server.
    pub(crate) fn of(lines: &[Line]) -> Self {
        let is_strict = lines.iter().any(|line| {
            let text = line.text.trim_start();
            text.starts_with('$') && directive_name(text).is_some()
        });
        Self {
            is_strict,
            ..Self::default()
        }
    }
}

fn directive_name(text: &str) -> Option<&str> {
    let name = text.split_whitespace().next()?;
    matches!(name, "$ORIGIN" | "$TTL" | "$INCLUDE" | "$GENERATE").then_some(name)
}

/// `$ORIGIN`, `$TTL`, `$INCLUDE`, `$GENERATE`: the last two lead to what was not pasted.
pub(crate) fn directive(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim_start().to_owned();
    let name = directive_name(&line)?;
    let argument = line.split_whitespace().nth(1).unwrap_or_default();
    match name {
        "$ORIGIN" if words::is_name(argument) || argument == "." => {
            let origin = absolute(work, argument);
            if let Owner::Whole(name) = &origin {
                let name = name.trim_end_matches('.').to_owned();
                // The origin of a part of a zone names no domain.
                if !name.is_empty() && !name.contains('_') {
                    work.hints.push(name.clone());
                }
                work.zone.origin = Some(name);
            }
            work.zone.owner = None;
            Some(1)
        }
        "$TTL" => Some(1),
        _ => None,
    }
}

/// A line with a record.
pub(crate) fn record(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.to_owned();
    let item = if line.trim_start().starts_with("- '") {
        let item = message::yaml_item(work, &line)?;
        if item.is_empty() {
            return Some(1);
        }
        Some(item)
    } else {
        None
    };
    let found = if let Some(item) = &item {
        lexer::tokens(std::iter::once(item.as_str()), 0)
    } else {
        // Only a line whose first words have the form of a record is worth the lines that it opens.
        let first = lexer::tokens(work.texts(at).take(1), 0);
        head(&first.all, line.starts_with([' ', '\t']))?;
        if first.is_open && at >= work.zone.open_until {
            let all = lexer::tokens(work.texts(at), 0);
            if all.is_open {
                work.zone.open_until = at + all.lines;
            }
            all
        } else {
            first
        }
    };
    let line = item.unwrap_or_else(|| work.line(at).unwrap_or_default().to_owned());
    let indented = line.starts_with([' ', '\t']) && !line.trim_start().starts_with("- '");
    let is_message = work.message.is_some();
    // A quote that nobody closes: whatever the line holds.
    let whole = if found.is_open && found.lines > 1 {
        lexer::tokens(std::iter::once(line.as_str()), 0)
    } else {
        found
    };
    let (head, value, is_loose) = heads(&whole.all, indented).into_iter().find_map(|head| {
        data(work, at, &line, &whole, &head).map(|(value, is_loose)| (head, value, is_loose))
    })?;
    let number = work.number(at);
    let owner = match &head.owner {
        Some(name) if name.starts_with("*.") || name == "*" => {
            work.note(number, NoteKind::Wildcard);
            absolute(work, name)
        }
        Some(name) => absolute(work, name),
        None => work.zone.owner.clone().unwrap_or(Owner::Unknown),
    };
    work.zone.owner = Some(owner.clone());
    let value = if is_message || is_loose {
        value
    } else {
        completed(work, value)
    };
    seen(work, &owner, head.kind, number);
    if let Some(comment) = &whole.comment {
        message::comment(work, comment);
    }
    let form = if is_message {
        Form::Message
    } else {
        Form::ZoneFile
    };
    work.draft(Draft {
        owner,
        value,
        line: number,
        form,
        word: work.word(form),
    });
    Some(whole.lines.max(1))
}

/// What a record says besides its data.
fn seen(work: &mut Work<'_>, owner: &Owner, kind: &str, number: u32) {
    match kind {
        "SOA" if work.message.is_some() => message::start_of_authority(work),
        "SOA" => {
            if let Owner::Whole(name) | Owner::Panel(name) = owner
                && name.contains('.')
            {
                let name = name.trim_end_matches('.').to_owned();
                if work.zone.origin.is_none() {
                    work.zone.origin = Some(name.clone());
                }
                work.hints.push(name);
            }
        }
        "SPF" => work.note(number, NoteKind::OldType),
        _ => {}
    }
}

/// The beginning of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Head {
    owner: Option<String>,
    kind: &'static str,
    /// How many words come before the data.
    words: usize,
}

impl Head {
    /// Whether it is no beginning of a sentence: the name is a whole one, or a class or a time to live is there.
    fn is_sure(&self) -> bool {
        match &self.owner {
            Some(owner) => self.words > 2 || owner == "@" || owner.contains(['.', '_']),
            None => self.words > 1,
        }
    }
}

/// Whether the words can begin a record at all.
fn head(all: &[Token], indented: bool) -> Option<Head> {
    heads(all, indented).into_iter().next()
}

/// Readings of a beginning: with a name first or without one. Where the line is indented the name is more likely left out.
fn heads(all: &[Token], indented: bool) -> Vec<Head> {
    let with = with_owner(all);
    let without = behind(all, 0).map(|(kind, words)| Head {
        owner: None,
        kind,
        words,
    });
    let both = if indented {
        [without, with]
    } else {
        [with, without]
    };
    both.into_iter().flatten().collect()
}

fn with_owner(all: &[Token]) -> Option<Head> {
    let first = all.first().filter(|it| !it.quoted)?.text();
    if !words::is_name(&first) && first != "." {
        return None;
    }
    let (kind, words) = behind(all, 1)?;
    Some(Head {
        owner: Some(first),
        kind,
        words,
    })
}

/// Time to live and class in either order, then the type. A type in small letters needs one of the two before it, or a name.
fn behind(all: &[Token], from: usize) -> Option<(&'static str, usize)> {
    for (at, token) in all.iter().enumerate().skip(from).take(MAX_HEAD - from) {
        let text = token.text();
        if token.quoted {
            return None;
        }
        if let Some(kind) = words::record_type(&text) {
            return (all.len() > at + 1).then_some((kind, at + 1));
        }
        if !words::is_class(&text) && !words::is_ttl(&text) {
            return None;
        }
    }
    None
}

/// The data of a line, and whether it was read as people write it rather than as a name server does.
fn data(
    work: &mut Work<'_>,
    at: usize,
    line: &str,
    whole: &Tokens,
    head: &Head,
) -> Option<(Value, bool)> {
    let rest = whole.all.get(head.words..)?;
    let is_text = matches!(head.kind, "TXT" | "SPF");
    let unquoted = is_text && !rest.iter().all(|it| it.quoted);
    if unquoted && work.zone.is_strict && whole.lines == 1 {
        let text = rest.first().map(|it| it.at).and_then(|at| line.get(at..));
        let is_split = rest.len() > 1 || whole.comment.is_some();
        if is_split && text.is_some_and(crate::bare::is_text) {
            work.note(work.number(at), NoteKind::Unquoted);
        }
    } else if unquoted && whole.lines == 1 {
        let from = rest.first()?.at;
        let text = line.get(from..)?;
        // The cells of a panel, which has its columns in any order, and no class.
        let mut words = whole.all.iter().take(head.words);
        let has_class = words.any(|it| words::is_class(&it.text()));
        if !has_class && crate::loose::is_row(text) {
            return None;
        }
        // Without a name it may as well be the row of a panel, and with any word a sentence.
        let is_sure = head.is_sure() && head.kind == "TXT";
        if !is_sure && !crate::bare::is_text(text) {
            return None;
        }
        let value = rdata::from_text(head.kind, text, None)?;
        return Some((value, true));
    }
    // "CNAME Record" is a heading.
    let is_word = matches!(head.kind, "CNAME" | "PTR" | "NS")
        && head.owner.is_none()
        && !head.is_sure()
        && !rest.iter().any(|it| it.bytes.contains(&b'.'));
    if is_word && !work.zone.is_strict && work.message.is_none() {
        return None;
    }
    let value = rdata::from_tokens(head.kind, rest)?;
    // "See LOC for more": of types whose data may be anything, the beginning has to be sure.
    let is_any = matches!(value, Value::Other { .. });
    if is_any && !work.zone.is_strict && work.message.is_none() && !head.is_sure() {
        return None;
    }
    // A name, a type and a text in quotes may be the row of a panel.
    let is_zone = work.zone.is_strict
        || work.message.is_some()
        || head.words > 2
        || head.owner.as_ref().is_some_and(|it| it.ends_with('.'));
    let value = if is_zone { value } else { rdata::fitted(value) };
    Some((value, !work.zone.is_strict))
}

/// A name as a file has it: below the origin, unless it ends with a dot.
fn absolute(work: &mut Work<'_>, name: &str) -> Owner {
    if name.ends_with('.') && name.len() > 1 || work.message.is_some() {
        return Owner::Whole(name.to_owned());
    }
    let Some(origin) = work.zone.origin.clone() else {
        return Owner::Panel(name.to_owned());
    };
    if name == "@" {
        return Owner::Whole(origin);
    }
    if origin.is_empty() || name == "." {
        return Owner::Whole(name.to_owned());
    }
    let within = |name: &str| {
        Name::new(name)
            .ok()
            .zip(Name::new(&origin).ok())
            .is_some_and(|(name, origin)| name.is_within(&origin))
    };
    if !work.zone.is_strict && within(name) {
        return Owner::Whole(name.to_owned());
    }
    Owner::Whole(format!("{name}.{origin}"))
}

/// Hosts in data lie below the origin as well, unless they end with a dot.
fn completed(work: &mut Work<'_>, value: Value) -> Value {
    let complete = |host: String| -> String {
        match &work.zone.origin {
            Some(origin) if host == "@" => format!("{origin}."),
            Some(origin) if !host.ends_with('.') && !host.is_empty() => {
                if origin.is_empty() {
                    host
                } else {
                    format!("{host}.{origin}.")
                }
            }
            _ => host,
        }
    };
    match value {
        Value::Record(Record::Mx { preference, host }) => Value::Record(Record::Mx {
            preference,
            host: complete(host),
        }),
        Value::Record(Record::Cname(host)) => Value::Record(Record::Cname(complete(host))),
        Value::Record(Record::Ptr(host)) => Value::Record(Record::Ptr(complete(host))),
        other => other,
    }
}

/// Whether a line has the form of a record, whatever its data.
pub(crate) fn is_record(line: &str) -> bool {
    let found = lexer::tokens(std::iter::once(line), 0);
    head(&found.all, line.starts_with([' ', '\t'])).is_some()
}
