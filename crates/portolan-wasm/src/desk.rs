//! What the analyzer has before it: the texts that were read, how they are looked at, and the sheet that shows it.

use portolan_explain::{
    Explained, Found, Parts, Reading, Secrets, Taken, csv, json, markdown, parts_wanted, shown,
};
use portolan_facts::Facts;
use portolan_report::sheet::Element;
use portolan_smtp::{Filter, parts};

use crate::check::{self, Checks};
use crate::intake::{Given, taken, taken_in_words};
use crate::sheet::{Look, Writes, answer, finding, first_look, log, of, several, unknown};

/// One thing that was read.
struct Entry {
    /// What it is called where there are several.
    title: String,
    explained: Explained,
    /// The file that it came from, by its place among the files; `None`: it was pasted.
    file: Option<usize>,
    /// The whole of a pasted log, to be read again with a filter.
    text: Option<Vec<u8>>,
}

/// The analyzer without its browser.
#[derive(Default)]
pub struct Desk {
    /// What is known of providers and clients so far.
    pub facts: Facts,
    /// What lies behind the Check door.
    pub checks: Checks,
    entries: Vec<Entry>,
    open: usize,
    look: Look,
}

/// Where to look once something was asked for: the id of an element, of the sheet or of the page. `None`: what was looked at
/// is still there.
pub fn look(what: &str) -> Option<&'static str> {
    let what = what.strip_prefix("check ").unwrap_or(what);
    match what.split(' ').next()? {
        "filter" | "halt" | "of" | "open" => Some(FINDING),
        "join" => Some(BOX),
        "link" => Some(check::LINK),
        "part" => Some(check::JOIN),
        _ => None,
    }
}

/// The id of a sheet's headline.
pub const FINDING: &str = "finding";

/// The id of the page's field for whatever is given.
const BOX: &str = "anything";

/// In hundredths: what is surer than this is no accident of words.
const SURE: u8 = 60;

/// What has to happen after something was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// A domain is to be looked up (`Checks::look_up`).
    LookUp,
    /// Nothing: it is not understood.
    Nothing,
    /// A file has to be read again, by its place among the files, with a filter.
    Reread(usize, Filter),
    /// A file is to be given to the visitor: its name, and what it holds.
    Save(String, String),
    /// The sheet is another one.
    Show,
}

impl Desk {
    /// Forgets everything that was read; the facts stay.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.open = 0;
        self.look = Look::default();
    }

    /// Takes a pasted text.
    pub fn take_text(&mut self, text: &[u8], taken: Taken) {
        self.clear();
        let mut reading = Reading::default();
        reading.push(text);
        self.lay(
            "What was pasted",
            reading.finish_as(taken),
            None,
            Some(text),
        );
    }

    /// What a first look at a long text says: the sheet to show until all of it is read.
    pub fn glimpse(text: &[u8]) -> Option<Element> {
        let analysis = portolan_explain::glimpse(text)?;
        Some(of("div", "sheets").maybe(first_look(&analysis)))
    }

    /// Takes a file that was read, by its name and its place among the files.
    pub fn take_file(&mut self, name: &str, file: usize, explained: Explained) {
        self.lay(name, explained, Some(file), None);
    }

    /// Puts what a file came to when it was read again.
    pub fn put(&mut self, file: usize, explained: Explained) {
        if let Some(entry) = self.entries.iter_mut().find(|it| it.file == Some(file)) {
            entry.explained = explained;
        }
    }

    /// Lays a thing on the desk: of a text that holds several sessions or messages, each.
    fn lay(&mut self, title: &str, explained: Explained, file: Option<usize>, text: Option<&[u8]>) {
        let Found::One(analysis) = &explained.found else {
            self.entries.push(Entry {
                title: title.to_owned(),
                explained,
                file,
                text: text.map(<[u8]>::to_vec),
            });
            return;
        };
        let places = parts(&explained.text, &analysis.events);
        let parts: Vec<Entry> = places
            .iter()
            // One part is the whole, which is read already.
            .filter(|_| places.len() > 1)
            .filter_map(|part| {
                let range = usize::try_from(part.start).ok()?..usize::try_from(part.end).ok()?;
                let mut reading = Reading::default();
                reading.push(explained.text.get(range)?);
                let explained = reading.finish_as(Taken::AsOne);
                Some(Entry {
                    title: String::new(),
                    explained,
                    file: None,
                    text: None,
                })
            })
            .collect();
        let says = |entry: &&Entry| matches!(&entry.explained.found, Found::One(it) if !it.findings.is_empty());
        if parts.iter().filter(says).count() < 2 {
            self.entries.push(Entry {
                title: title.to_owned(),
                explained,
                file,
                text: None,
            });
            return;
        }
        // The one that says what the whole says is looked at first.
        let root = analysis.findings.first().map(|first| first.cause.id);
        let first = |it: &Entry| match &it.explained.found {
            Found::One(it) => it.findings.first().map(|first| first.cause.id),
            Found::Log(_) => None,
        };
        let open = parts.iter().position(|it| first(it) == root).unwrap_or(0);
        self.open = self.entries.len() + open;
        for (at, mut part) in parts.into_iter().enumerate() {
            part.title = if file.is_some() {
                format!("{title}, part {}", at + 1)
            } else {
                format!("Part {}", at + 1)
            };
            self.entries.push(part);
        }
    }

    /// Does what was asked for on the sheet: `secrets shown`, `lines more`, `open 2`, `filter cause recipient.unknown`,
    /// `save csv`.
    pub fn ask(&mut self, what: &str) -> After {
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        match (verb, rest) {
            ("secrets", "shown") => self.look.secrets = Secrets::Shown,
            ("secrets", "masked") => self.look.secrets = Secrets::Masked,
            ("lines", "more") => self.look.is_whole = true,
            ("lines", "fewer") => self.look.is_whole = false,
            ("open", place) => match place.parse() {
                Ok(place) if place < self.entries.len() => {
                    self.open = place;
                    self.look = Look::default();
                }
                _ => return After::Nothing,
            },
            ("filter", what) => return self.filter(what),
            ("save", form) => return self.save(form).unwrap_or(After::Nothing),
            ("check", what) => return self.checks.ask(what),
            _ => return After::Nothing,
        }
        After::Show
    }

    /// `cause recipient.unknown` narrows, `cause` alone widens again, nothing at all takes every filter away.
    fn filter(&mut self, what: &str) -> After {
        let Some(entry) = self.entries.get_mut(self.open) else {
            return After::Nothing;
        };
        let (key, value) = what.split_once(' ').unwrap_or((what, ""));
        let value = Some(value.to_owned()).filter(|it| !it.is_empty());
        let mut filter = entry.explained.filter.clone();
        match key {
            "" => filter = Filter::default(),
            "cause" => filter.cause = value,
            "domain" => filter.domain = value,
            "relay" => filter.relay = value,
            "client" => filter.client = value,
            "hour" => filter.hour = value,
            _ => return After::Nothing,
        }
        if let Some(file) = entry.file {
            return After::Reread(file, filter);
        }
        if let Some(text) = &entry.text {
            let mut reading = Reading::filtered(filter);
            reading.push(text);
            entry.explained = reading.finish();
        }
        After::Show
    }

    /// What is open, as a file: `csv`, `json` or `md`. `None`: it has no such form.
    fn save(&self, form: &str) -> Option<After> {
        let Entry {
            title,
            explained,
            file,
            ..
        } = self.entries.get(self.open)?;
        let Found::Log(tally) = &explained.found else {
            return None;
        };
        let name = file.is_some().then_some(title.as_str());
        let holds = match form {
            "csv" => csv(tally, &explained.filter),
            "json" => format!("{:#}\n", json(explained, name, &self.facts)),
            "md" => markdown(explained, name, &self.facts),
            _ => return None,
        };
        let narrowed = if explained.filter.is_empty() {
            ""
        } else {
            "-filtered"
        };
        let name = name.map_or_else(|| "log".to_owned(), shown);
        Some(After::Save(format!("{name}{narrowed}.{form}"), holds))
    }

    /// Whether a failure was named in what was read: where the recognizer knows nothing, the analyzer may.
    pub fn names_a_failure(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| match &entry.explained.found {
                Found::One(analysis) => analysis
                    .findings
                    .first()
                    .is_some_and(|first| first.confidence >= SURE),
                Found::Log(_) => true,
            })
    }

    /// The beginning of what was read first.
    pub fn beginning(&self) -> &[u8] {
        self.entries.first().map_or(&[], |it| &it.explained.text)
    }

    /// The parts of the catalogue that what is open names.
    pub fn wanted(&self) -> Parts {
        self.entries
            .get(self.open)
            .map(|it| parts_wanted(&it.explained, &self.facts))
            .unwrap_or_default()
    }

    /// The sheet: what it was taken for; and what was found, where it is for the analyzer.
    pub fn sheet(&self, given: &Given) -> Element {
        let whole = of("div", "sheets").child(taken(given, self.asked_of(given)));
        if given.is_checked() {
            return whole.child(self.checks.sheet(&self.facts));
        }
        if !given.is_analyzed() {
            return whole;
        }
        let list = (self.entries.len() > 1).then(|| {
            let all: Vec<(&str, &Explained)> = self
                .entries
                .iter()
                .map(|it| (it.title.as_str(), &it.explained))
                .collect();
            several(&all, self.open)
        });
        let opened = self
            .entries
            .get(self.open)
            .map(|it| match &it.explained.found {
                Found::One(analysis) => finding(&it.explained, analysis, &self.facts, self.look),
                Found::Log(tally) => log(&it.explained, tally, &self.facts),
            });
        whole.maybe(list).maybe(opened)
    }

    /// Whom something of this was asked of.
    fn asked_of(&self, given: &Given) -> Option<&str> {
        self.checks.asked_of().filter(|_| given.is_checked())
    }

    /// What to tell whoever does not see the sheet.
    pub fn status(&self, given: &Given) -> String {
        if given.is_checked() {
            let found = self.checks.status();
            return if found.is_empty() {
                taken_in_words(given)
            } else {
                found
            };
        }
        if !given.is_analyzed() {
            return taken_in_words(given);
        }
        let several = self.entries.len();
        let Some(entry) = self.entries.get(self.open) else {
            return "Nothing was read.".to_owned();
        };
        let one = match &entry.explained.found {
            Found::One(analysis) => analysis.findings.first().map_or_else(
                || unknown(&entry.explained),
                |first| first.cause.means.to_owned(),
            ),
            Found::Log(tally) => answer(tally, &entry.explained.filter),
        };
        if several > 1 {
            format!("{several} things were read. {one}")
        } else {
            one
        }
    }
}
