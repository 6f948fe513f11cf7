//! Commands that somebody copied along with what they print, and values alone behind them.

use std::net::IpAddr;

use portolan_dns::lookup::Lookup;

use crate::lexer;
use crate::model::{Form, Value};
use crate::rdata;
use crate::work::{Owner, Question, Work, is_whole_name};
use crate::{message, words};

/// Questions of one command.
const MAX_QUESTIONS: usize = 50;

/// A line with a command of a tool that asks the DNS, with or without a prompt.
pub(crate) fn line(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.to_owned();
    let line = line.as_str();
    // The banner of dig repeats its command.
    if let Some(arguments) = banner(line) {
        let asked = dig(arguments.split_whitespace());
        message::close(work);
        message::open(work, at);
        take(work, asked);
        return Some(1);
    }
    let (is_prompt, words) = without_prompt(line)?;
    let mut words = words.split_whitespace().peekable();
    // "sudo dig", "time dig", "timeout 20 dig"
    if matches!(words.peek(), Some(&("sudo" | "time" | "timeout"))) {
        words.next();
        words.next_if(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    }
    let tool = words.next()?;
    let tool = tool
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or(tool)
        .to_ascii_lowercase();
    let tool = tool.strip_suffix(".exe").unwrap_or(&tool);
    let asked = match tool {
        "dig" | "drill" | "kdig" | "delv" | "mdig" | "doggo" | "dog" | "q" => dig(words),
        "host" => host(words),
        "nslookup" => nslookup(words),
        "resolve-dnsname" => power_shell(words),
        "curl" | "wget" => return fetched(work, words),
        "set" => return set(work, words),
        "server" => {
            work.server = words.next().map(str::to_owned);
            return Some(1);
        }
        "exit" | "quit" => return Some(1),
        // A prompt of nslookup: the name alone.
        name if is_prompt && is_whole_name(name) && words.next().is_none() => Asked {
            names: vec![name.to_owned()],
            kind: work.questions.last().map(|it| it.kind.clone()),
            ..Asked::default()
        },
        _ => return None,
    };
    // "host example.com" and "dig is a tool" differ in their names.
    if asked.names.is_empty() && tool != "nslookup" {
        return None;
    }
    // A sentence of a manual has more words than a command has names.
    if !is_prompt && asked.strange > 1 {
        return None;
    }
    message::close(work);
    work.server = None;
    work.next_message();
    work.nslookup = crate::nslookup::State::default();
    work.table = None;
    take(work, asked);
    Some(1)
}

/// `; <<>> DiG 9.18.1 <<>> arguments`
fn banner(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(';')?.trim_start();
    let (_, arguments) = rest.strip_prefix("<<>>")?.split_once("<<>>")?;
    Some(arguments)
}

/// What is behind a prompt, and whether there is one.
fn without_prompt(line: &str) -> Option<(bool, &str)> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("PS ").and_then(|it| it.split_once('>')) {
        return Some((true, rest.1.trim()));
    }
    let prompts = ["$ ", "# ", "% ", "> ", "❯ ", "➜ "];
    let first = prompts
        .iter()
        .filter_map(|prompt| line.find(prompt).map(|at| (at, prompt.len())))
        .filter(|(at, _)| *at < 60)
        .min();
    if let Some((at, length)) = first {
        let before = line.get(..at)?;
        // "user@host:~$", "root#", "[user@host ~]$"
        let is_prompt = before.is_empty()
            || before.contains(['@', '~', ':', '\\', '/', ']'])
            || before.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_prompt {
            return Some((true, line.get(at + length..)?.trim()));
        }
    }
    // "C:\Users\me>nslookup example.com"
    if line.get(1..3) == Some(":\\")
        && let Some((_, rest)) = line.split_once('>')
    {
        return Some((true, rest.trim()));
    }
    if let Some(rest) = line.strip_prefix('$').or_else(|| line.strip_prefix('>')) {
        return Some((true, rest.trim()));
    }
    Some((false, line))
}

#[derive(Debug, Default)]
struct Asked {
    names: Vec<String>,
    kinds: Vec<String>,
    kind: Option<String>,
    server: Option<String>,
    short: bool,
    /// Words that are no part of such a command.
    strange: usize,
}

fn take(work: &mut Work<'_>, asked: Asked) {
    work.short = asked.short;
    if asked.server.is_some() {
        work.server = asked.server;
    }
    let default = asked.kind.unwrap_or_default();
    work.questions = asked
        .names
        .into_iter()
        .take(MAX_QUESTIONS)
        .enumerate()
        .map(|(at, name)| {
            let kind = asked.kinds.get(at).filter(|it| !it.is_empty());
            reversed(Question {
                name,
                kind: kind.unwrap_or(&default).clone(),
            })
        })
        .collect();
}

/// An address stands for its reverse name.
fn reversed(question: Question) -> Question {
    let Ok(ip) = question.name.parse::<IpAddr>() else {
        return question;
    };
    match Lookup::reverse(ip) {
        Some(lookup) => Question {
            name: lookup.name.to_string(),
            kind: "PTR".to_owned(),
        },
        None => question,
    }
}

/// `dig @server -t type name type class +short -x address`, several names in one command too.
fn dig<'w>(mut words: impl Iterator<Item = &'w str>) -> Asked {
    let mut asked = Asked::default();
    let mut kinds: Vec<(usize, String)> = Vec::new();
    while let Some(word) = words.next() {
        let word = word.trim_matches(['"', '\'', '`']);
        match word {
            "|" | "&&" | ";" | ">" => break,
            "-x" | "-q" => asked.names.extend(words.next().map(str::to_owned)),
            "-t" | "--type" => {
                let kind = words.next().and_then(words::record_type);
                kinds.extend(kind.map(|it| (asked.names.len(), it.to_owned())));
            }
            "-p" | "-c" | "-b" | "-f" | "-k" | "-y" => {
                words.next();
            }
            "+short" | "--short" => asked.short = true,
            _ if word.starts_with('@') && word.len() > 1 => {
                asked.server = word.get(1..).map(str::to_owned);
            }
            _ if word.starts_with(['+', '-', '#']) => {}
            _ if words::is_class(word) && word != "ANY" => {}
            _ => {
                if let Some(kind) = words::record_type(word) {
                    kinds.push((asked.names.len(), kind.to_owned()));
                } else if is_whole_name(word) || word.parse::<IpAddr>().is_ok() {
                    asked.names.push(word.to_owned());
                } else {
                    asked.strange += 1;
                }
            }
        }
    }
    asked.kinds = pairs(asked.names.len(), &kinds);
    asked
}

/// Which type goes with which name: one for all, or each behind its name (or before it).
fn pairs(names: usize, kinds: &[(usize, String)]) -> Vec<String> {
    if let [(_, kind)] = kinds {
        return vec![kind.clone(); names.min(MAX_QUESTIONS)];
    }
    let before = kinds.first().is_some_and(|(at, _)| *at == 0);
    (0..names.min(MAX_QUESTIONS))
        .map(|name| {
            let wanted = if before { name } else { name + 1 };
            kinds
                .iter()
                .find(|(at, _)| *at == wanted)
                .map_or_else(|| "A".to_owned(), |(_, kind)| kind.clone())
        })
        .collect()
}

/// `host -t type name server`
fn host<'w>(mut words: impl Iterator<Item = &'w str>) -> Asked {
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        match word {
            "-t" => asked.kind = words.next().and_then(words::record_type).map(str::to_owned),
            "-W" | "-R" | "-c" | "-p" | "-N" | "-m" => {
                words.next();
            }
            _ if word.starts_with('-') => {}
            _ if asked.names.is_empty()
                && (is_whole_name(word) || word.parse::<IpAddr>().is_ok()) =>
            {
                asked.names.push(word.to_owned());
            }
            _ if !asked.names.is_empty() && asked.server.is_none() => {
                asked.server = Some(word.to_owned());
            }
            _ => asked.strange += 2,
        }
    }
    asked
}

/// `nslookup -type=txt name server`, with `-q`, `-query` and `-querytype` for `-type`.
fn nslookup<'w>(words: impl Iterator<Item = &'w str>) -> Asked {
    let mut asked = Asked::default();
    for word in words {
        if let Some(option) = word.strip_prefix(['-', '/']) {
            asked.kind = option_kind(option).or(asked.kind);
        } else if asked.names.is_empty() && (is_whole_name(word) || word.parse::<IpAddr>().is_ok())
        {
            asked.names.push(word.to_owned());
        } else if asked.server.is_none() {
            asked.server = Some(word.to_owned());
        } else {
            asked.strange += 1;
        }
    }
    asked.kind.get_or_insert_with(|| "A".to_owned());
    asked
}

fn option_kind(option: &str) -> Option<String> {
    let (name, value) = option.split_once('=')?;
    let is_type = ["t", "ty", "type", "q", "query", "querytype", "qt"]
        .iter()
        .any(|it| name.trim().eq_ignore_ascii_case(it));
    let kind = words::record_type(value.trim())?;
    is_type.then(|| kind.to_owned())
}

/// `set type=txt` at the prompt of nslookup. The name comes in a line of its own, or was typed and not copied.
fn set<'w>(work: &mut Work<'_>, words: impl Iterator<Item = &'w str>) -> Option<usize> {
    let option: Vec<&str> = words.take(4).collect();
    let kind = option_kind(&option.join(""))?;
    work.questions = vec![Question {
        name: String::new(),
        kind,
    }];
    Some(1)
}

/// `Resolve-DnsName -Name name -Type type -Server server`
fn power_shell<'w>(mut words: impl Iterator<Item = &'w str>) -> Asked {
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        let is = |name: &str| word.eq_ignore_ascii_case(name);
        if word == "|" {
            break;
        } else if is("-name") {
            asked.names.extend(words.next().map(str::to_owned));
        } else if is("-type") {
            asked.kind = words.next().and_then(words::record_type).map(str::to_owned);
        } else if is("-server") {
            asked.server = words.next().map(str::to_owned);
        } else if let Some(kind) = words::record_type(word) {
            asked.kind = Some(kind.to_owned());
        } else if !word.starts_with('-') && is_whole_name(word) {
            asked.names.push(word.to_owned());
        }
    }
    asked
}

/// A policy of MTA-STS, or an answer in JSON, fetched by hand.
fn fetched<'w>(work: &mut Work<'_>, words: impl Iterator<Item = &'w str>) -> Option<usize> {
    for word in words {
        let address = word.trim_matches(['"', '\'']);
        let Some((_, rest)) = address.split_once("://") else {
            continue;
        };
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if path == ".well-known/mta-sts.txt" {
            work.policy_host = Some(host.to_owned());
        } else {
            work.server = Some(host.to_owned());
        }
        return Some(1);
    }
    None
}

/// A value alone, as `dig +short` prints it: its name is that of the command.
pub(crate) fn short(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim().to_owned();
    let line = line.as_str();
    let question = work.question().filter(|_| work.short).cloned();
    let number = work.number(at);
    let Some(question) = question else {
        return nobodys(work, at);
    };
    let found = lexer::tokens(work.texts(at).take(1), 0);
    let kind = if question.kind.is_empty() {
        "A"
    } else {
        &question.kind
    };
    let is_text = found.all.iter().all(|it| it.quoted);
    if matches!(kind, "TXT" | "SPF") && !is_text {
        // An alias on the way.
        return alias(work, &question, line, number);
    }
    match rdata::from_tokens(kind, &found.all) {
        Some(value) if !matches!(kind, "CNAME" | "PTR") || line.ends_with('.') => {
            work.found(Owner::Whole(question.name), value, number, Form::Short);
            Some(1)
        }
        _ => alias(work, &question, line, number),
    }
}

fn alias(work: &mut Work<'_>, question: &Question, line: &str, number: u32) -> Option<usize> {
    if !line.ends_with('.') || !is_whole_name(line) {
        return None;
    }
    let value = Value::Record(portolan_dns::lookup::Record::Cname(line.to_owned()));
    let owner = Owner::Whole(question.name.clone());
    work.found(owner, value, number, Form::Short);
    // What comes behind belongs to the alias.
    work.questions = vec![Question {
        name: line.to_owned(),
        kind: question.kind.clone(),
    }];
    Some(1)
}

/// Exchangers that nobody asked for by name: `10 mx.example.com.`
fn nobodys(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim();
    let (preference, host) = line.split_once(' ')?;
    let is_exchanger = preference.parse::<u16>().is_ok() && is_whole_name(host.trim());
    if !is_exchanger {
        return None;
    }
    let value = rdata::from_text("MX", line, None)?;
    let number = work.number(at);
    work.found(Owner::Unknown, value, number, Form::Short);
    Some(1)
}
