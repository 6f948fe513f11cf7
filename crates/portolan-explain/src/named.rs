//! What a text names that a command asks for: the host that was connected to, its port, the domains of sender and recipient.
//!
//! Texts are strangers': a name counts only in the form of a host name (RFC 1123, section 2.1), in which a shell reads
//! nothing but letters, and no program a switch.

use std::cmp::Reverse;

use portolan_smtp::Finding;

use crate::learnt::{PORTS, port};
use crate::lines::line_at;

/// What is named. `None`: nothing well-formed is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// A name, or an IPv4 address where there is no name.
    pub(crate) host: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) sender: Option<String>,
    pub(crate) recipient: Option<String>,
}

/// What a text names; what stands in the line that decides comes first.
pub(crate) fn named(text: &[u8], first: &Finding) -> Named {
    let (_, decides) = line_at(text, first.evidence.start);
    let beginning = text.get(..LOOKED_AT).unwrap_or(text);
    let beginning = String::from_utf8_lossy(beginning);
    let decides = String::from_utf8_lossy(decides.get(..LONGEST).unwrap_or(decides));
    let lines = || std::iter::once(&*decides).chain(beginning.lines());
    let hosts = lines().enumerate().flat_map(|(at, line)| {
        hosts(line).map(move |(host, how)| {
            let is_name = !is_v4(host);
            ((is_name, at == 0, how, Reverse(at)), host)
        })
    });
    let host = hosts.max_by_key(|(rank, _)| *rank).map(|(_, host)| host);
    let strong = |party: &Party| lines().find_map(|line| marked(line, party.strong, party));
    // A report's own header tells who sent the report, and who gets it.
    let is_report = std::cell::LazyCell::new(|| lines().any(is_of_report));
    let weak = |party: &Party| {
        let own = || lines().find_map(|line| marked(line, party.weak, party));
        (!*is_report).then(own).flatten()
    };
    let is_senders = first.cause.id.starts_with("sender.");
    Named {
        host: host.map(str::to_owned),
        port: port(decides.as_bytes()).or_else(|| port(text)),
        sender: strong(&SENDER)
            .or_else(|| lines().find_map(unauthenticated))
            .or_else(|| weak(&SENDER))
            .or_else(|| domain(&decides).filter(|_| is_senders && !is_daemon(&decides)))
            .map(str::to_owned),
        recipient: strong(&RECIPIENT)
            .or_else(|| weak(&RECIPIENT))
            .or_else(|| domain(&decides).filter(|_| !is_senders))
            .map(str::to_owned),
    }
}

const LOOKED_AT: usize = 64 * 1024;
const LONGEST: usize = 4 * 1024;

/// How a host is known to be the one connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    /// It greets by this name.
    Greets,
    /// The text says so.
    Said,
}

/// The hosts of a line that were connected to.
fn hosts(line: &str) -> impl Iterator<Item = (&str, How)> {
    words(line).filter_map(|(before, word, after)| {
        if !(is_domain(word) || is_v4(word) || word == "localhost") {
            return None;
        }
        let before = before.to_ascii_lowercase();
        if before.ends_with("220 ") || before.ends_with("220-") {
            return Some((word, How::Greets));
        }
        // In `smtp://user:password@host` the host stands last.
        let begun = before
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or_default();
        let is_url = begun.contains("smtp://") || begun.contains("smtps://");
        let rest = after.split([' ', ',', '/', '<', '"', '\'']).next();
        let is_user = rest.is_some_and(|it| it.contains('@'));
        let is_other = before.ends_with(['@', '_', '/']) && !is_url;
        let is_told = is_url || has_port(after) || AFTER.iter().any(|it| after.starts_with(it));
        let is_said = is_told || is_asked(&before);
        let is_file = may_be_file(word)
            && (is_place(after) || !is_told && word.matches('.').count() == 1 && is_loose(&before));
        (is_said && !is_other && !is_user && !is_file).then_some((word, How::Said))
    })
}

/// The words of a line that may be names, with what stands before and after.
fn words(line: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let is_in = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '.';
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = line.get(at..)?;
        let start = at + rest.find(is_in)?;
        let run = line.get(start..)?;
        let end = start + run.find(|it| !is_in(it)).unwrap_or(run.len());
        at = end;
        let word = line.get(start..end)?;
        let whole = word.trim_end_matches('.');
        let near = line.floor_char_boundary(start.saturating_sub(NEAR));
        Some((
            line.get(near..start)?,
            whole,
            line.get(start + whole.len()..)?,
        ))
    })
}

/// So many letters before a name say what it is.
const NEAR: usize = 40;

/// Whether the words before a name say that it was connected to.
fn is_asked(before: &str) -> bool {
    let before =
        before.trim_end_matches([' ', '"', '\'', '=', ':', '>', '(', '[', '<', ';', ',', '`']);
    BEFORE.iter().any(|key| {
        before
            .strip_suffix(key)
            .is_some_and(|rest| !rest.ends_with(|it: char| it.is_ascii_alphanumeric() || it == '-'))
    }) || before.ends_with("remote-mta: dns")
}

const BEFORE: &[&str] = &[
    "connect",
    "connect to",
    "connected to",
    "connecting to",
    "connection to",
    "dial tcp",
    "econnrefused",
    "enotfound",
    "etimedout",
    "h",
    "host",
    "hostname",
    "lookup",
    "relay",
    "relayhost",
    "server",
    "smarthost",
    "smtp",
    "smtp_host",
    "smtp_ssl",
    "trying",
];

/// Whether only such a word stands before a name as sentences about programs have too.
fn is_loose(before: &str) -> bool {
    ["h ", "host ", "server ", "smtp "]
        .iter()
        .any(|it| before.ends_with(it))
}

/// Whether the number of a line of a program follows: `:12:`, `:12`, ` line 12`, `", line 12`.
fn is_place(after: &str) -> bool {
    if let Some(rest) = after.strip_prefix(':')
        && rest.starts_with(|it: char| it.is_ascii_digit())
    {
        return !has_port(after);
    }
    let rest = after.trim_start_matches([' ', '"', '\'', ',', ':', '(', '>']);
    let rest = rest.strip_prefix("on ").unwrap_or(rest);
    let number = rest.strip_prefix("line ");
    number.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()))
}

const AFTER: &[&str] = &[" gave this error", " said:", " rejected your"];

/// Whether `:587` follows, also after a bracket; `:25:14` is a place in a program.
fn has_port(after: &str) -> bool {
    let after = after.strip_prefix(']').unwrap_or(after);
    let Some(rest) = after.strip_prefix(':') else {
        return false;
    };
    let digits = rest
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, rest) = rest.split_at_checked(digits).unwrap_or((rest, ""));
    let is_place = rest
        .strip_prefix(':')
        .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    number.parse().is_ok_and(|it: u16| PORTS.contains(&it)) && !is_place
}

/// What stands before the address of one who sends or receives.
struct Party {
    /// Of an envelope, or of a report's own fields.
    strong: &'static [&'static str],
    /// Of a header.
    weak: &'static [&'static str],
    /// Whether it may be what runs a server's mail.
    may_be_daemon: bool,
}

const SENDER: Party = Party {
    strong: &["mail from:", "from=<"],
    weak: &["return-path:", "from:"],
    may_be_daemon: false,
};
const RECIPIENT: Party = Party {
    strong: &[
        "rcpt to:",
        "to=<",
        "final-recipient:",
        "original-recipient:",
        "x-failed-recipients:",
    ],
    weak: &["to:"],
    may_be_daemon: true,
};

/// The domain of the first address behind one of these marks.
fn marked<'l>(line: &'l str, marks: &[&str], party: &Party) -> Option<&'l str> {
    let low = line.to_ascii_lowercase();
    marks.iter().find_map(|mark| {
        let at = low.find(mark)?;
        let is_whole = !low
            .get(..at)?
            .ends_with(|it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_');
        let rest = line.get(at + mark.len()..)?;
        // An empty sender is nobody's domain, whatever stands behind it.
        let end = rest.find('>').unwrap_or(rest.len());
        let address = rest.get(..end).filter(|_| is_whole)?;
        domain(address).filter(|_| party.may_be_daemon || !is_daemon(address))
    })
}

/// Whether a line is one of a report (RFC 3464, sections 2.2 and 2.3), or of the header of one.
fn is_of_report(line: &str) -> bool {
    let line = line.trim_start().to_ascii_lowercase();
    let value = |key| line.strip_prefix(key).map(str::trim);
    line.starts_with("final-recipient:")
        || line.starts_with("reporting-mta:")
        || value("return-path:") == Some("<>")
        || value("from:").is_some_and(is_daemon)
}

/// Whether the first address is that of what runs a server's mail.
fn is_daemon(text: &str) -> bool {
    let local = text.split('@').next().unwrap_or_default();
    let local = local
        .rsplit(|it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '.'))
        .next();
    local.is_some_and(|it| {
        let is = |name| it.eq_ignore_ascii_case(name);
        is("mailer-daemon") || is("postmaster")
    })
}

/// The domain that a server calls unauthenticated.
fn unauthenticated(line: &str) -> Option<&str> {
    const MARK: &str = "unauthenticated email from ";
    let at = line.to_ascii_lowercase().find(MARK)?;
    let name = line.get(at + MARK.len()..)?.split_whitespace().next()?;
    Some(name.trim_end_matches('.')).filter(|it| is_domain(it))
}

/// The domain of the first address.
fn domain(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once('@')?;
    let end = rest
        .find(|it: char| !(it.is_ascii_alphanumeric() || it == '-' || it == '.'))
        .unwrap_or(rest.len());
    // Letters of other scripts, or what a shell would read, make it another name than the one that is seen.
    let ends = rest
        .get(end..)?
        .chars()
        .next()
        .is_none_or(|it| it.is_whitespace() || ">,;:)\"'].".contains(it));
    rest.get(..end)
        .map(|it| it.trim_end_matches('.'))
        .filter(|it| ends && is_domain(it))
}

/// Whether it is a host name of at least two labels, each of letters, digits and inner hyphens, the last no number and no
/// ending that files alone have.
fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = name.rsplit_once('.') else {
        return false;
    };
    let low = last.to_ascii_lowercase();
    let is_top = last.len() >= 2
        && (last.bytes().all(|it| it.is_ascii_alphabetic()) || low.starts_with("xn--"));
    name.len() <= LONGEST_NAME
        && name.split('.').all(is_label)
        && is_top
        && !FILES.contains(&low.as_str())
}

/// RFC 1035, section 2.3.4, without the length of the first label and the root.
const LONGEST_NAME: usize = 253;

/// Endings of files that no top domain has.
const FILES: &[&str] = &[
    "class", "conf", "cpp", "cs", "eml", "exe", "go", "html", "ini", "java", "js", "json", "jsx",
    "log", "mjs", "msg", "php", "rb", "ts", "tsx", "txt", "xml", "yaml", "yml",
];

/// Endings of files that are top domains as well.
const FILES_AND_TOPS: &[&str] = &["cf", "pl", "py", "rs", "sh", "so"];

/// Whether a name may be a file's.
fn may_be_file(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    FILES_AND_TOPS
        .iter()
        .any(|it| last.eq_ignore_ascii_case(it))
}

fn is_v4(word: &str) -> bool {
    word.parse::<std::net::Ipv4Addr>().is_ok()
}

#[cfg(test)]
mod tests;
