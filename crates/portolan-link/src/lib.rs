//! Answers to and from the URL's fragment, keyed by id and not by position.
//!
//! `#/advise?use=application&provider=sendgrid&environment=docker-bridge,digitalocean-droplet&seen=587.timeout`
//!
//! A link never breaks: what cannot be understood is named, and the rest counts. Another door has its own name in the
//! place of `advise` and the same answers behind it.
//!
//! ```
//! let read = portolan_link::parse("#/advise?provider=gmail&seen=587.timeout");
//! assert!(read.answers.provider.is_some());
//! assert_eq!(portolan_link::print(&read.answers, "", ""), "#/advise?provider=gmail&seen=587.timeout");
//! ```

pub mod percent;

use portolan_advice::{Answers, Constraint, PostureItem, ProviderAnswer, UseCase};
use portolan_report::{Observation, Reach};

use crate::percent::{decode, encode};

/// The fragment of no answers at all.
pub const NOTHING: &str = "#/advise";

/// The path of the door that reads reports; its answers follow as those of the advice do.
pub const CHECK: &str = "#/check";

/// The key of a packed report, which is for whoever reads reports and for nobody here.
pub const REPORT: &str = "report";

/// Longer fragments are not a link of ours.
const MAX_BYTES: usize = 8_192;
/// More of one kind than anybody has.
const MAX_ITEMS: usize = 32;

/// Whether a fragment brings a packed report.
pub fn brings(fragment: &str) -> bool {
    fragment.starts_with(CHECK) && fragment.contains("report=")
}

/// What a fragment says, and what in it could not be understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The answers.
    pub answers: Answers,
    /// The date of the facts with which the link was made.
    pub facts: Option<String>,
    /// The course that was advised then (`state/ticket.rs`).
    pub then: Option<String>,
    /// What was left out, as the visitor wrote it, shortened.
    pub ignored: Vec<String>,
}

/// The version of the engine, which a link carries.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// The fragment for these answers, beginning with `#`. `facts` is the date of the facts, `then` the course that is
/// advised.
pub fn print(answers: &Answers, facts: &str, then: &str) -> String {
    let mut link = Printer {
        text: NOTHING.to_owned(),
        key: "",
    };
    if let Some(case) = answers.use_case {
        link.add("use", case.id());
    }
    match &answers.provider {
        Some(ProviderAnswer::Catalogue(id)) => link.add("provider", id),
        Some(ProviderAnswer::Direct) => link.add("provider", "direct"),
        Some(ProviderAnswer::Own) => link.add("provider", "own"),
        None => {}
    }
    if let Some(text) = &answers.recognize {
        link.add("recognize", text);
    }
    for id in &answers.environments {
        link.add("environment", id);
    }
    if let Some(id) = &answers.client {
        link.add("client", id);
    }
    for seen in &answers.observed {
        link.add("seen", &seen.port.to_string());
        link.text.push('.');
        link.text.push_str(seen.reach.id());
        if let Some(host) = &seen.host {
            link.text.push('@');
            encode(host, &mut link.text);
        }
    }
    for it in &answers.constraints {
        link.add("need", it.id());
    }
    for it in &answers.preferences {
        link.add("wish", it.id());
    }
    for (item, yes) in answers.posture.iter() {
        link.add("posture", item.id());
        link.text.push_str(if *yes { ".yes" } else { ".no" });
    }
    if link.text != NOTHING && !facts.is_empty() {
        link.add("facts", facts);
        link.add("engine", ENGINE);
        // What is pasted never enters a link: opened again, it leads elsewhere, and nothing has changed.
        if !then.is_empty() && answers.pasted.is_empty() {
            link.add("then", then);
        }
    }
    link.text
}

/// Writes `key=value`, or only `,value` where the key is the last one's.
struct Printer {
    text: String,
    key: &'static str,
}

impl Printer {
    fn add(&mut self, key: &'static str, value: &str) {
        if self.key == key {
            self.text.push(',');
        } else {
            self.text.push(if self.key.is_empty() { '?' } else { '&' });
            self.text.push_str(key);
            self.text.push('=');
            self.key = key;
        }
        encode(value, &mut self.text);
    }
}

/// Reads a fragment, with or without its `#`.
pub fn parse(fragment: &str) -> Read {
    let mut read = Read::default();
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > MAX_BYTES {
        read.ignored.push("a link that is far too long".to_owned());
        return read;
    }
    let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
    // Any other fragment is a place on the page, such as the end of a skip link.
    if !path.starts_with('/') {
        return read;
    }
    if !matches!(path, "/" | "/advise" | "/check") {
        read.ignored.push(shorten(path));
    }
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if !take(pair, &mut read) {
            read.ignored.push(shorten(pair));
        }
    }
    read.ignored.truncate(MAX_ITEMS);
    read
}

/// Reads the query of the page's own address, by which a site presets answers: `?provider=sendgrid&use=application`.
///
/// What is not ours in it belongs to somebody else, and is not told; an answer that is none is.
pub fn preset(query: &str) -> Read {
    let mut read = Read::default();
    let query = query.strip_prefix('?').unwrap_or(query);
    if query.len() <= MAX_BYTES {
        for pair in query.split('&') {
            if !take(pair, &mut read) && KEYS.iter().any(|key| pair.starts_with(key)) {
                read.ignored.push(shorten(pair));
            }
        }
    }
    read
}

/// The answers that a site may preset.
const KEYS: [&str; 4] = ["use=", "provider=", "environment=", "client="];

/// Whether a `key=value` was understood.
fn take(pair: &str, read: &mut Read) -> bool {
    let Some((key, values)) = pair.split_once('=') else {
        return false;
    };
    let mut all = true;
    for value in values.split(',').take(MAX_ITEMS) {
        let understood = decode(value).and_then(|value| {
            if value.is_empty() || value.chars().any(char::is_control) {
                return None;
            }
            take_one(key, &value, read)
        });
        all &= understood.is_some();
    }
    all
}

fn take_one(key: &str, value: &str, read: &mut Read) -> Option<()> {
    let answers = &mut read.answers;
    match key {
        "use" => answers.use_case = Some(UseCase::parse(value)?),
        "provider" => {
            answers.provider = Some(match value {
                "direct" => ProviderAnswer::Direct,
                "own" => ProviderAnswer::Own,
                id => ProviderAnswer::Catalogue(id_of(id)?),
            });
        }
        "recognize" => answers.recognize = Some(value.to_owned()),
        "environment" => push_new(&mut answers.environments, id_of(value)?),
        "client" => answers.client = Some(id_of(value)?),
        "seen" => push_new(&mut answers.observed, observation(value)?),
        "need" => push_new(&mut answers.constraints, Constraint::parse(value)?),
        "wish" => push_new(&mut answers.preferences, Constraint::parse(value)?),
        "posture" => {
            let (item, said) = value.split_once('.')?;
            let said = match said {
                "yes" => true,
                "no" => false,
                _ => return None,
            };
            answers.posture.insert(PostureItem::parse(item)?, said);
        }
        "facts" => read.facts = Some(value.to_owned()),
        "then" => read.then = Some(value.to_owned()),
        // Told by the facts and the course that it led to.
        "engine" | REPORT => {}
        _ => return None,
    }
    Some(())
}

fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// Ids name files of the site: letters, digits and hyphens only, so that none leads anywhere else.
fn id_of(text: &str) -> Option<String> {
    let is_clean = text.len() <= 64
        && text
            .bytes()
            .all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    is_clean.then(|| text.to_owned())
}

/// `587.timeout`, or `587.timeout@smtp.example.com`.
pub fn observation(text: &str) -> Option<Observation> {
    let (seen, host) = match text.split_once('@') {
        Some((seen, host)) if !host.is_empty() => (seen, Some(host.to_owned())),
        Some(_) => return None,
        None => (text, None),
    };
    let (port, reach) = seen.split_once('.')?;
    let port: u16 = port.parse().ok().filter(|port| *port > 0)?;
    Some(Observation {
        port,
        reach: Reach::parse(reach)?,
        host,
        family: None,
        at: None,
    })
}

fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests;
