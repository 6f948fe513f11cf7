//! DNS records: zone-file lines, what look-up tools print, panels' tables, values alone.

/// How many lines are records, or are printed by a tool that looks them up; and how many are not empty.
pub(crate) fn records(text: &str) -> (usize, usize) {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold((0, 0), |(found, all), line| {
        (found + usize::from(is_record(line)), all + 1)
    })
}

fn is_record(line: &str) -> bool {
    let lower = line.to_ascii_lowercase();
    let bare = lower.trim_start_matches(['"', '\'', '(', ' ', '\u{201c}']);
    VALUES.iter().any(|value| bare.starts_with(value))
        || TOOLS.iter().any(|words| lower.contains(words))
        || is_of_zone(&lower)
        || VALUES.iter().any(|value| lower.contains(value)) && has_type(&lower)
}

/// What the texts of TXT records begin with.
const VALUES: &[&str] = &[
    "v=spf1",
    "v=dmarc1",
    "v=dkim1",
    "k=rsa;",
    "v=stsv1",
    "v=tlsrptv1",
    "v=bimi1",
    "spf2.0/",
];

/// What `dig`, `nslookup`, `host` and their like print.
const TOOLS: &[&str] = &[
    "; <<>> dig",
    ";; answer section",
    ";; question section",
    ";; ->>header",
    ";; query time",
    ";; got answer",
    "mail exchanger =",
    "non-authoritative answer",
    "mail is handled by",
    "has address",
    "has ipv6 address",
    "descriptive text",
    "text =",
    "canonical name =",
    "domain name pointer",
    "nameserver =",
    "mail addr =",
    "has no mx record",
    "not found: 3(nxdomain)",
    "server can't find",
    "can't find ",
];

const TYPES: &[&str] = &[
    "mx", "txt", "a", "aaaa", "cname", "ns", "ptr", "soa", "srv", "caa", "tlsa", "spf",
];

/// `example.com. 3600 IN MX 10 mx.example.com.`, with or without the time and the class; `$TTL`, `$ORIGIN`.
fn is_of_zone(line: &str) -> bool {
    if line.starts_with("$ttl") || line.starts_with("$origin") {
        return true;
    }
    let words: Vec<&str> = line.split_whitespace().take(7).collect();
    let at = words.iter().position(|word| TYPES.contains(word));
    let Some(at @ 1..=3) = at else {
        return false;
    };
    let has_class = words.get(..at).is_some_and(|before| before.contains(&"in"));
    let has_time = words.get(1..at).is_some_and(|before| {
        before
            .iter()
            .any(|it| it.chars().all(|it| it.is_ascii_digit()))
    });
    let name = words.first().copied().unwrap_or_default();
    let is_name = name == "@"
        || name.ends_with('.')
        || name.contains('.') && !name.ends_with(':')
        || name.starts_with('_');
    let rest: Vec<&str> = words.get(at + 1..).unwrap_or_default().to_vec();
    let typed = words.get(at).copied().unwrap_or_default();
    let fits = match (typed, rest.as_slice()) {
        ("mx", [number, host, ..]) => number.parse::<u16>().is_ok() && host.contains('.'),
        ("a", [address, ..]) => address.parse::<std::net::Ipv4Addr>().is_ok(),
        ("aaaa", [address, ..]) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        ("txt" | "spf", [text, ..]) => {
            text.starts_with('"') || VALUES.iter().any(|value| text.starts_with(value))
        }
        ("cname" | "ns" | "ptr", [host]) => host.contains('.'),
        ("soa" | "srv" | "caa" | "tlsa", rest) => rest.len() >= 3,
        _ => false,
    };
    fits && (has_class || has_time || is_name)
}

/// A type of record as a word of its own: a row of a panel's table.
fn has_type(line: &str) -> bool {
    line.split(|it: char| !it.is_ascii_alphanumeric())
        .any(|word| word.len() > 1 && TYPES.contains(&word))
}
