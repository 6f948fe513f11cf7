//! Records of panels: a row without a head, and what every reader of panels puts its cells together with.

use crate::columns::Separator;
use crate::loose;
use crate::model::{Form, NoteKind, Said, Value};
use crate::rdata;
use crate::words;
use crate::work::{Owner, Work, is_whole_name};

/// A record as a panel shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    pub kind: Option<String>,
    pub name: Option<String>,
    pub value: Option<String>,
    pub priority: Option<String>,
}

/// Takes a record. `None`: the cells are none.
pub(crate) fn put(work: &mut Work<'_>, cells: &Cells, line: u32, form: Form) -> Option<()> {
    let value = cells.value.as_deref()?.trim();
    let named = cells.kind.as_deref().and_then(words::record_type);
    let kind = named
        .or_else(|| rdata::type_of_value(value))
        .or_else(|| is_key_alias(cells, value).then_some("CNAME"))?;
    let owner = owner(cells.name.as_deref())?;
    if matches!(kind, "TXT" | "SPF") && rdata::is_cut_off(value) {
        work.note(line, NoteKind::CutOff);
        // Of what is none of mail's the beginning tells.
        let shown = value.trim_start_matches(['{', '"']);
        work.has_unread |= crate::bare::is_text(shown) || shown.len() < 8;
        return Some(());
    }
    if kind == "SPF" {
        work.note(line, NoteKind::OldType);
    }
    let is_ranked = kind != "MX" || rdata::has_preference(value, cells.priority.as_deref());
    let value = if kind == "TXT" {
        Value::Record(portolan_dns::lookup::Record::Txt(rdata::fitting(
            power_shell(value)?,
        )))
    } else {
        rdata::from_text(kind, value, cells.priority.as_deref())?
    };
    if !is_ranked {
        work.note(line, NoteKind::NoPriority);
    }
    work.found(owner, value, line, form);
    Some(())
}

/// The priority of an exchanger in the line below, as a panel has it that breaks its rows. How many lines the row takes.
pub(crate) fn broken(work: &Work<'_>, at: usize, cells: &mut Cells) -> usize {
    /// A larger number alone is a time to live.
    const LONE: u16 = 300;
    let is_exchanger = cells.kind.as_deref().and_then(words::record_type) == Some("MX");
    let value = cells.value.as_deref().unwrap_or_default();
    if !is_exchanger || rdata::has_preference(value, cells.priority.as_deref()) {
        return 1;
    }
    let mut below = work.line(at + 1).unwrap_or_default().split('\t');
    let first = below.next().unwrap_or_default().trim();
    let rest: Vec<&str> = below.collect();
    let is_broken = |number: u16| {
        let is_aside = rest.iter().all(|it| loose::is_aside(it));
        is_aside && (!rest.is_empty() || number < LONE)
    };
    if !first.parse().is_ok_and(is_broken) {
        return 1;
    }
    cells.priority = Some(first.to_owned());
    2
}

/// PowerShell prints the strings of a text with a comma between them; a comma of the text's own looks the same, so that
/// strings alone that are full tell.
fn power_shell(value: &str) -> Option<Vec<Vec<u8>>> {
    const FULL: usize = 255;
    let Some(inner) = value.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
        let bare = value.strip_prefix('`').and_then(|it| it.strip_suffix('`'));
        return rdata::strings(bare.unwrap_or(value));
    };
    let mut strings: Vec<String> = Vec::new();
    for piece in inner.split(", ") {
        match strings.last_mut().filter(|it| it.len() != FULL) {
            Some(last) => {
                last.push_str(", ");
                last.push_str(piece);
            }
            None => strings.push(piece.to_owned()),
        }
    }
    let strings = strings.iter().flat_map(|it| rdata::chunks(it.as_bytes()));
    Some(strings.collect())
}

fn is_key_alias(cells: &Cells, value: &str) -> bool {
    let name = cells.name.as_deref().unwrap_or_default();
    name.contains("_domainkey") && is_whole_name(value)
}

/// Whose record it is, by the cell of its name.
pub(crate) fn owner(name: Option<&str>) -> Option<Owner> {
    let Some(name) = name else {
        return Some(Owner::Unknown);
    };
    let name = name.trim_matches(['"', '`', '*', '\'', ' ']);
    let first = name.split([' ', '\t']).next().unwrap_or_default();
    let lower = name.to_lowercase();
    if matches!(
        lower.as_str(),
        "" | "-" | "—" | "(root)" | "root" | "(empty)" | "(blank)" | "blank" | "none" | "leer"
    ) {
        return Some(Owner::Panel("@".to_owned()));
    }
    // "*" was trimmed from Markdown's bold; a wildcard is written with a dot.
    let first = if name.starts_with('.') {
        first.trim_start_matches('.')
    } else {
        first
    };
    if !words::is_name(first) {
        return None;
    }
    Some(if first.ends_with('.') {
        Owner::Whole(first.to_owned())
    } else {
        Owner::Panel(first.to_owned())
    })
}

/// A row whose columns nobody named: its type tells, wherever it stands.
pub(crate) fn row(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?;
    let separators = [
        (line.contains('|'), Separator::Bar),
        (line.contains('\t'), Separator::Tab),
        (line.contains("  "), Separator::Spaces),
        (line.contains(','), Separator::Sign(',')),
        (line.contains(';'), Separator::Sign(';')),
    ];
    let candidates: Vec<Cells> = separators
        .iter()
        .filter(|(is_there, _)| *is_there)
        .filter_map(|(_, separator)| by_type(&separator.cells(line)))
        .collect();
    let number = work.number(at);
    for mut cells in candidates {
        let used = broken(work, at, &mut cells);
        if put(work, &cells, number, Form::Table).is_some() {
            return Some(used);
        }
    }
    spaced(work, at).or_else(|| loose::row(work, at))
}

/// A row with a cell in each line, as a browser copies it: the type alone, the name, then data, with a preference around.
pub(crate) fn standing(work: &mut Work<'_>, at: usize) -> Option<usize> {
    const LINES: usize = 8;
    let kind = work.line(at)?.trim();
    let is_type =
        kind.bytes().all(|it| it.is_ascii_uppercase()) && words::record_type(kind).is_some();
    if !is_type {
        return None;
    }
    let rest = work.texts(at + 1).take(LINES).enumerate();
    let mut rest = rest.filter(|(_, line)| !line.trim().is_empty());
    let (_, name) = rest.next()?;
    let (mut place, mut value) = rest.next()?;
    let mut priority = None;
    if kind == "MX" && value.trim().parse::<u16>().is_ok() {
        priority = Some(value.trim().to_owned());
        (place, value) = rest.next()?;
    }
    let fits = match kind {
        "TXT" => crate::bare::is_text(value) || value.trim().starts_with('"'),
        "A" | "AAAA" => rdata::type_of_value(value) == Some(kind),
        "MX" | "CNAME" | "PTR" => value.contains('.') && !value.contains("v="),
        _ => false,
    };
    if !fits || !words::is_name(name.trim()) {
        return None;
    }
    let mut used = place + 2;
    if kind == "MX"
        && priority.is_none()
        && let Some((place, next)) = rest.next()
        && next.trim().parse::<u16>().is_ok()
    {
        priority = Some(next.trim().to_owned());
        used = place + 2;
    }
    let cells = Cells {
        kind: Some(kind.to_owned()),
        name: Some(name.trim().to_owned()),
        value: Some(value.trim().to_owned()),
        priority,
    };
    drop(rest);
    let number = work.number(at);
    put(work, &cells, number, Form::Table).map(|()| used)
}

/// Cells told apart by the type among them.
fn by_type(cells: &[String]) -> Option<Cells> {
    if cells.len() < 3 {
        return None;
    }
    let at = cells.iter().position(|cell| {
        cell.bytes().all(|it| !it.is_ascii_lowercase()) && words::record_type(cell).is_some()
    })?;
    let kind = cells.get(at)?.clone();
    let mut rest: Vec<&String> = cells
        .iter()
        .enumerate()
        .filter(|(place, cell)| *place != at && !cell.is_empty())
        .map(|(_, cell)| cell)
        .collect();
    let numbers: Vec<u16> = rest.iter().filter_map(|cell| cell.parse().ok()).collect();
    rest.retain(|cell| !loose::is_aside(cell) && cell.parse::<u16>().is_err());
    let is_text = kind == "TXT";
    // What a cell is by itself says more than where it stands.
    let fits = |cell: &str| match kind.as_str() {
        "TXT" | "SPF" => crate::bare::is_text(cell),
        "A" | "AAAA" | "MX" => rdata::type_of_value(cell) == Some(kind.as_str()),
        _ => false,
    };
    let is_host =
        |cell: &str| matches!(kind.as_str(), "CNAME" | "MX" | "PTR") && is_whole_name(cell);
    let mut places = rest.iter().enumerate();
    let host = places.find(|(at, cell)| *at > 0 && is_host(cell));
    let place = rest.iter().position(|cell| fits(cell));
    let quoted = rest
        .iter()
        .position(|cell| is_text && cell.starts_with('"'));
    let place = place.or(host.map(|it| it.0)).or(quoted).unwrap_or(1);
    let value = rest.get(place)?.as_str();
    rest.remove(place);
    // A box to tick may stand first.
    let name = rest
        .iter()
        .position(|it| loose::is_sure_name(it.trim_matches('`')));
    let name = *rest.get(name.filter(|_| is_text).unwrap_or(0))?;
    if !words::is_name(name.trim_matches('`')) {
        return None;
    }
    let (name, value) = (name.clone(), value.to_owned());
    let priority = preference(&numbers);
    Some(Cells {
        kind: Some(kind),
        name: Some(name),
        value: Some(value),
        priority,
    })
}

/// Of a preference and a time to live the preference is the smaller; a large number alone is a time to live.
fn preference(numbers: &[u16]) -> Option<String> {
    const TTL: u16 = 300;
    let least = numbers.iter().min()?;
    (numbers.len() > 1 || *least < TTL).then(|| least.to_string())
}

/// `TXT @ v=spf1 -all 3600`, with nothing but single spaces.
fn spaced(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim();
    let (kind, rest) = line.split_once([' ', '\t'])?;
    let is_type =
        kind.bytes().all(|it| it.is_ascii_uppercase()) && words::record_type(kind).is_some();
    if !is_type {
        return None;
    }
    let (name, value) = rest.trim_start().split_once([' ', '\t'])?;
    let value = value.trim();
    // Some tools print the time to live between name and data: "1h00m00s".
    let value = value
        .split_once(' ')
        .filter(|(first, _)| {
            words::is_ttl(first) && first.ends_with(|it: char| it.is_ascii_alphabetic())
        })
        .map_or(value, |(_, rest)| rest.trim_start());
    let is_text = matches!(kind, "TXT" | "SPF");
    if is_text && !crate::bare::is_text(value) && !value.starts_with('"') {
        return None;
    }
    let value = value
        .rsplit_once(' ')
        .filter(|(before, last)| {
            words::is_panel_ttl(last) && (kind != "MX" || before.contains(' '))
        })
        .map_or(value, |(before, _)| before.trim_end());
    let cells = Cells {
        kind: Some(kind.to_owned()),
        name: Some(name.to_owned()),
        value: Some(value.to_owned()),
        priority: None,
    };
    let number = work.number(at);
    put(work, &cells, number, Form::Table).map(|()| 1)
}

/// What PowerShell says when it finds nothing; its ids are the same in every language.
pub(crate) fn power_shell_error(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim().to_owned();
    if line.starts_with("At line:") || line.starts_with("In Zeile:") || line.starts_with("+ ~~~") {
        return Some(1);
    }
    let said = |text: &str| {
        let has = |code: &str| text.contains(code);
        if has("DNS_ERROR_RCODE_NAME_ERROR") || has("DNS name does not exist") {
            Some(Said::NoSuchName)
        } else if has("DNS_INFO_NO_RECORDS") || has("No records found for given DNS query") {
            Some(Said::NoData)
        } else if has("DNS_ERROR_RCODE") || has("DNS server failure") {
            Some(Said::ServerFailure)
        } else if has("ERROR_TIMEOUT") || has("timeout period expired") {
            Some(Said::TimedOut)
        } else {
            None
        }
    };
    if line.starts_with("+ FullyQualifiedErrorId") {
        let name = work.block.failed.take()?;
        if let Some(said) = said(&line) {
            silent(work, &name, said, at);
        }
        return Some(1);
    }
    if line.starts_with("+ CategoryInfo") && line.contains("[Resolve-DnsName]") {
        let (_, rest) = line.split_once('(')?;
        let name = rest.split(':').next()?.to_owned();
        work.block.failed = Some(name);
        return Some(1);
    }
    if line.starts_with("+ Resolve-DnsName") || line.starts_with("+ resolve-dnsname") {
        return Some(1);
    }
    // "Resolve-DnsName : NAME : why"; PowerShell 7 writes the first colon without a space, and no more than this line.
    let rest = line
        .strip_prefix("Resolve-DnsName")?
        .trim_start()
        .strip_prefix(':')?;
    let name = rest.split_whitespace().next()?.to_owned();
    work.block.failed = Some(name.clone());
    if let Some(said) = said(rest)
        && is_whole_name(&name)
    {
        silent(work, &name, said, at);
    }
    Some(1)
}

fn silent(work: &mut Work<'_>, name: &str, said: Said, at: usize) {
    let asked = work
        .question()
        .filter(|it| it.name.eq_ignore_ascii_case(name));
    let kind = asked.map(|it| it.kind.clone());
    work.silent(name, kind.as_deref(), said, at, Form::Table);
}
