//! Terms that cannot be read, and what was meant by them where one thing alone is near.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};

use portolan_report::Span;

use crate::spf;
use crate::words::{is_near, quoted};

/// Names that a misspelt one may stand for. `a` is near to too much.
const NAMES: [&str; 9] = [
    "all", "include", "mx", "ptr", "ip4", "ip6", "exists", "redirect", "exp",
];
/// Signs that got in at either end of a term.
const STRAY: [(char, &str); 6] = [
    (',', "comma"),
    (';', "semicolon"),
    ('.', "full stop"),
    ('/', "slash"),
    ('"', "quotation mark"),
    ('\'', "quotation mark"),
];

/// What was meant by a record with faults.
pub(super) struct Meant {
    words: Vec<Word>,
    /// The record without its faults. `None`: it has none, or one of them has nothing near.
    pub value: Option<String>,
}

struct Word {
    start: usize,
    end: usize,
    text: String,
    /// Asks whether it was meant so.
    hint: String,
}

impl Meant {
    /// The word with a fault, for the start of a sentence, and for its end whether another was meant.
    pub(super) fn of(&self, fault: Span) -> (String, &str) {
        let is_there = |it: &&Word| it.start as u64 <= fault.start && fault.start <= it.end as u64;
        match self.words.iter().find(is_there) {
            Some(word) => (quoted(&word.text), &word.hint),
            None => (quoted(""), ""),
        }
    }
}

/// Reads a record for what was meant.
pub(super) fn meant(record: &[u8]) -> Meant {
    let mut words = split(record);
    let (mut terms, mut modifiers) = (Vec::new(), BTreeSet::new());
    let (mut is_known, mut is_same, mut at) = (true, true, 0);
    while let Some(text) = words.get(at).map(|it| it.text.clone()) {
        let next = words.get(at + 1).map(|it| it.text.clone());
        let place = at;
        at += 1;
        if is_readable(&text) {
            // The same redirect a second time says nothing more, and is a fault.
            let is_again = text.contains('=') && !modifiers.insert(text.clone());
            is_same &= !is_again;
            if !is_again {
                terms.push(text);
            }
            continue;
        }
        is_same = false;
        let found = if let Some(whole) = next.and_then(|next| joined(&text, &next)) {
            at += 1;
            Some((whole, " Without the space behind it?".to_owned()))
        } else {
            near(&text)
        };
        let Some((term, hint)) = found else {
            is_known = false;
            continue;
        };
        terms.push(term);
        for word in words.iter_mut().take(at).skip(place) {
            word.hint.clone_from(&hint);
        }
    }
    let value = (is_known && !is_same)
        .then(|| format!("v=spf1 {}", terms.join(" ")))
        .filter(|value| spf::read(value.as_bytes()).faults.is_empty());
    Meant { words, value }
}

/// A text that somebody took for a record, with the version that it should begin with.
pub(super) fn begun(text: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(text);
    let text = text.trim().trim_matches('"').trim();
    let after = |text: &str, start: &str| -> Option<String> {
        let begin = text.get(..start.len())?;
        let rest = text.get(start.len()..)?.trim_start().to_owned();
        begin.eq_ignore_ascii_case(start).then_some(rest)
    };
    let rest = after(text, "v").unwrap_or_else(|| text.to_owned());
    let rest = rest.trim_start_matches(['=', ':', ' ']);
    let rest = after(rest, "spf")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = rest.split_at(digits);
    if !matches!(digits, "" | "1") {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ',', ';']);
    let value = format!("v=spf1 {rest}");
    let is_whole = spf::read(value.as_bytes()).faults.is_empty();
    if is_whole {
        return Some(value.trim_end().to_owned());
    }
    meant(value.as_bytes()).value
}

/// The words behind the version.
fn split(record: &[u8]) -> Vec<Word> {
    let mut at = 0;
    record
        .split(|byte| *byte == b' ')
        .map(|word| {
            let start = at;
            at += word.len() + 1;
            Word {
                start,
                end: start + word.len(),
                text: String::from_utf8_lossy(word).into_owned(),
                hint: String::new(),
            }
        })
        .skip(1)
        .filter(|word| !word.text.is_empty())
        .collect()
}

fn is_readable(term: &str) -> bool {
    let reading = spf::read(format!("v=spf1 {term}").as_bytes());
    reading.faults.is_empty() && !reading.record.terms.is_empty()
}

/// Two words that a space tore apart: `include: spf.example.net`, `- all`.
fn joined(word: &str, next: &str) -> Option<String> {
    let is_open = matches!(word, "+" | "-" | "~" | "?") || word.ends_with([':', '=']);
    let whole = format!("{word}{next}");
    (is_open && is_readable(&whole)).then_some(whole)
}

/// The term that was meant, or several, and the question whether it was.
fn near(word: &str) -> Option<(String, String)> {
    let asked = |term: String| {
        let hint = format!(" Did you mean {}?", quoted(&term));
        Some((term, hint))
    };
    let plain = plain(word);
    if plain != word && plain.split_ascii_whitespace().all(is_readable) {
        return asked(plain);
    }
    let bare = plain.trim_matches(|sign| STRAY.iter().any(|(stray, _)| *stray == sign));
    if bare != plain && is_readable(bare) {
        let is_sign = |it: &&(char, &str)| plain.starts_with(it.0) || plain.ends_with(it.0);
        let sign = STRAY.iter().find(is_sign).map_or("sign", |it| it.1);
        return Some((bare.to_owned(), format!(" Without the {sign}?")));
    }
    if let Some(terms) = listed(bare) {
        return Some((terms, " Terms are separated by spaces.".to_owned()));
    }
    let term = one(bare)?;
    let name = |term: &str| {
        let term = term.trim_start_matches(['+', '-', '~', '?']);
        let end = term.find([':', '=', '/']).unwrap_or(term.len());
        term.get(..end).map(str::to_owned)
    };
    match name(&term) {
        Some(meant) if name(bare).as_ref() != Some(&meant) && !bare.starts_with("--") => {
            let hint = format!(" Did you mean {meant}?");
            Some((term, hint))
        }
        _ => asked(term),
    }
}

/// Dashes, quotation marks and spaces of a word processor as what they stand for.
fn plain(word: &str) -> String {
    word.chars()
        .filter_map(|sign| match sign {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
            '\u{2018}'..='\u{201f}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => None,
            sign if sign.is_whitespace() => Some(' '),
            sign => Some(sign),
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Terms with commas or semicolons between them; what has no name of its own takes the first's.
fn listed(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split([',', ';']).filter(|it| !it.is_empty()).collect();
    let (first, rest) = parts.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let name = first.split_once(':').map(|(name, _)| name);
    let mut terms = vec![(*first).to_owned()];
    for part in rest {
        terms.push(match name {
            Some(name) if !is_readable(part) => format!("{name}:{part}"),
            _ => (*part).to_owned(),
        });
    }
    terms
        .iter()
        .all(|it| is_readable(it))
        .then(|| terms.join(" "))
}

/// The one term that is near to a word.
fn one(word: &str) -> Option<String> {
    let (sign, rest) = match word.chars().next() {
        Some(sign @ ('+' | '-' | '~' | '?')) => (sign.to_string(), word.trim_start_matches(sign)),
        _ => (String::new(), word),
    };
    let end = rest.find([':', '=', '/']).unwrap_or(rest.len());
    let (name, tail) = rest.split_at(end);
    let mut found = vec![format!("{sign}{rest}")];
    let value = tail.get(1..).unwrap_or_default();
    match tail.get(..1) {
        Some(":") => found.push(format!("{name}={value}")),
        // A modifier takes no sign.
        Some("=") => found.extend([format!("{sign}{name}:{value}"), rest.to_owned()]),
        _ => {}
    }
    let is_named = tail.starts_with(':') && !is_address(rest);
    if let Some(term) = network(if is_named { value } else { rest }) {
        found.push(format!("{sign}{term}"));
    }
    let names = NAMES.iter().filter(|known| is_near(name, known));
    found.extend(names.map(|known| format!("{sign}{known}{tail}")));
    // An unknown modifier can be read, and was not meant.
    found.retain(|it| it != word && is_readable(it) && !is_unknown(it));
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn is_unknown(term: &str) -> bool {
    term.split_once('=').is_some_and(|(name, _)| {
        !name.contains(':')
            && !name.eq_ignore_ascii_case("redirect")
            && !name.eq_ignore_ascii_case("exp")
    })
}

fn is_address(text: &str) -> bool {
    let address = text.split('/').next().unwrap_or_default();
    address.parse::<Ipv4Addr>().is_ok() || address.parse::<Ipv6Addr>().is_ok()
}

/// A network with the name of its family, and its bits without zeros in front.
fn network(text: &str) -> Option<String> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let family = match (address.parse::<Ipv4Addr>(), address.parse::<Ipv6Addr>()) {
        (Ok(_), _) => "ip4",
        (_, Ok(_)) => "ip6",
        _ => return None,
    };
    Some(match bits {
        Some(bits) => format!("{family}:{address}/{}", bits.trim_start_matches('0')),
        None => format!("{family}:{address}"),
    })
}
