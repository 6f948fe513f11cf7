//! The cases of the zoo, and the small worlds in which they stand.
#![allow(dead_code, reason = "each target uses its part")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine;
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::spf::{Zone, answer_from_zone};
use portolan_dns::survey::{Origin, Posture, Security, Selector, Survey};
use portolan_dns::tlsa::Tlsa;
use serde::Deserialize;

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Book {
    /// What is put in for words in angle brackets.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// The start of the ids that are looked at.
    pub area: Vec<String>,
    /// Where `record` stands, and of which type it is.
    pub at: [String; 2],
    pub case: Vec<Case>,
}

/// A case.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a word of the file, and most cases have none"
)]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows.
    pub name: String,
    pub record: Option<String>,
    #[serde(default)]
    pub zone: Vec<[String; 3]>,
    #[serde(default)]
    pub bare: bool,
    /// Nothing but what is in its zone has an answer.
    #[serde(default)]
    pub pasted: bool,
    /// The text is not cut into strings of 255 bytes.
    #[serde(default)]
    pub whole: bool,
    #[serde(default)]
    pub selectors: Vec<String>,
    #[serde(default)]
    pub tried: Vec<String>,
    pub ip: Option<String>,
    pub domain: Option<String>,
    /// What mx.example.com shows, in base64 of DER.
    pub certificate: Option<String>,
    /// The resolver says that zones are not signed.
    #[serde(default)]
    pub unsigned: bool,
    /// The resolver says that it validated every answer.
    #[serde(default)]
    pub signed: bool,
    pub expect: Vec<String>,
    /// The value that the first of them suggests.
    pub publish: Option<String>,
    /// The name at which it is to stand.
    pub publish_at: Option<String>,
    /// The first of them suggests nothing.
    #[serde(default)]
    pub no_publish: bool,
    /// Who can change what the first of them is about: `owner` or `other`.
    pub who: Option<String>,
    /// How bad the first of them is.
    pub severity: Option<String>,
    /// A piece of what the first of them says.
    pub says: Option<String>,
    /// The result of the check of `ip`.
    pub result: Option<String>,
    /// Counted look-ups of the whole tree.
    pub lookups: Option<u32>,
    /// Receiver, rule, and whether it is met.
    #[serde(default)]
    pub bulk: Vec<[String; 3]>,
}

const SOUND: &[[&str; 3]] = &[
    ["example.com", "A", "192.0.2.80"],
    ["example.com", "MX", "10 mx.example.com"],
    ["mx.example.com", "A", "192.0.2.25"],
    ["25.2.0.192.in-addr.arpa", "PTR", "mx.example.com"],
    ["spf.example.net", "TXT", "v=spf1 ip4:198.51.100.0/24 -all"],
    ["reports.example.net", "MX", "10 mx.example.net"],
];

/// All books, by the names of their files.
pub(crate) fn books() -> Vec<(String, Book)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zoo");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let name = file.file_stem().unwrap().display().to_string();
            let text = std::fs::read_to_string(file).unwrap();
            (name, toml::from_str(&text).unwrap())
        })
        .collect()
}

/// The world of a case: its own records, and a sound domain around them.
pub(crate) fn world(book: &Book, case: &Case) -> World {
    let mut world = World::default();
    if !case.bare && !case.pasted {
        for [name, kind, value] in SOUND {
            world.add(name, kind_of(kind), value, false);
        }
    }
    if let Some(record) = &case.record {
        world.add(
            &book.at[0],
            kind_of(&book.at[1]),
            &put_in(book, record),
            case.whole,
        );
    }
    for [name, kind, value] in &case.zone {
        world.add(name, kind_of(kind), &put_in(book, value), case.whole);
    }
    world
}

fn put_in(book: &Book, text: &str) -> String {
    book.words
        .iter()
        .fold(text.to_owned(), |text, (word, value)| {
            text.replace(&format!("<{word}>"), value)
        })
}

/// The domain that a case is about.
pub(crate) fn domain(case: &Case) -> Name {
    Name::new(case.domain.as_deref().unwrap_or("example.com")).unwrap()
}

/// What the survey of a case comes to.
pub(crate) fn surveyed(book: &Book, case: &Case, world: &World) -> Posture {
    let selector = |name: &String, origin| Selector {
        name: name.clone(),
        origin,
    };
    let selectors = case
        .selectors
        .iter()
        .map(|it| selector(it, Origin::Named))
        .chain(case.tried.iter().map(|it| selector(it, Origin::Tried)))
        .collect();
    let mut survey = Survey::new(
        domain(case),
        selectors,
        case.ip.as_ref().map(|it| it.parse().unwrap()),
    );
    if let Some(text) = &case.certificate {
        let der = base64::engine::general_purpose::STANDARD
            .decode(put_in(book, text))
            .unwrap();
        survey.certificates(Name::new("mx.example.com").unwrap(), vec![der]);
    }
    while let Some(lookup) = survey.wanted().first().cloned() {
        if case.pasted && !world.says.contains(&(lookup.name.to_string(), lookup.kind)) {
            survey.leave_open(&lookup);
            continue;
        }
        let answer = world.answer(&lookup);
        survey.answer(lookup.clone(), answer);
        if case.unsigned {
            survey.secure(lookup, Security::Insecure);
        } else if case.signed {
            survey.secure(lookup, Security::Secure);
        }
    }
    survey.finish(0)
}

/// Zones, and what fails in them.
#[derive(Default)]
pub(crate) struct World {
    zone: Zone,
    failing: BTreeSet<(String, Kind)>,
    /// What the case has a line for.
    says: BTreeSet<(String, Kind)>,
    /// The lines, in their order: a name, a type, a value, and whether a text is in one string.
    pub lines: Vec<(String, Kind, String, bool)>,
}

impl World {
    fn add(&mut self, name: &str, of: Kind, value: &str, whole: bool) {
        self.says.insert((name.to_owned(), of));
        self.lines
            .push((name.to_owned(), of, value.to_owned(), whole));
        match value {
            "NODATA" => return,
            "TIMEOUT" => return self.zone.add_time_out(name, Some(of)),
            "SERVFAIL" => {
                self.failing.insert((name.to_owned(), of));
                return;
            }
            _ => {}
        }
        let record = match of {
            Kind::A => Record::A(value.parse().unwrap()),
            Kind::Aaaa => Record::Aaaa(value.parse().unwrap()),
            Kind::Cname => Record::Cname(value.to_owned()),
            Kind::Ptr => Record::Ptr(value.to_owned()),
            Kind::Mx => {
                let (preference, host) = value.split_once(' ').unwrap();
                Record::Mx {
                    preference: preference.parse().unwrap(),
                    host: host.to_owned(),
                }
            }
            Kind::Tlsa => Record::Tlsa(Tlsa::read(value).unwrap()),
            Kind::Txt if whole => Record::Txt(vec![value.as_bytes().to_vec()]),
            Kind::Txt => Record::Txt(value.as_bytes().chunks(255).map(<[u8]>::to_vec).collect()),
            Kind::StsPolicy => {
                let (content_type, body) = value.split_once('|').unwrap_or(("text/plain", value));
                let content_type = (!content_type.is_empty()).then(|| content_type.to_owned());
                Record::StsPolicy {
                    content_type,
                    body: body.as_bytes().to_vec(),
                }
            }
        };
        self.zone.add(name, record);
    }

    /// The world with a text at a name, in the place of those that begin like it or of the only one.
    pub(crate) fn with_text(&self, name: &str, value: &str) -> Self {
        let begin = |text: &str| -> String {
            let signs = text.chars().filter(|it| !it.is_whitespace() && *it != '"');
            signs.take(5).collect::<String>().to_lowercase()
        };
        let is_there = |it: &&(String, Kind, String, bool)| it.0 == name && it.1 == Kind::Txt;
        let is_only = self.lines.iter().filter(is_there).count() == 1;
        let mut world = Self::default();
        for line in &self.lines {
            let goes = is_there(&line) && (is_only || begin(&line.2) == begin(value));
            if !goes {
                world.add(&line.0, line.1, &line.2, line.3);
            }
        }
        world.add(name, Kind::Txt, value, false);
        world
    }

    fn answer(&self, lookup: &Lookup) -> Answer {
        if self
            .failing
            .contains(&(lookup.name.to_string(), lookup.kind))
        {
            return Answer::ServerFailure;
        }
        answer_from_zone(&self.zone, lookup)
    }
}

fn kind_of(text: &str) -> Kind {
    match text {
        "A" => Kind::A,
        "AAAA" => Kind::Aaaa,
        "CNAME" => Kind::Cname,
        "MX" => Kind::Mx,
        "POLICY" => Kind::StsPolicy,
        "PTR" => Kind::Ptr,
        "TLSA" => Kind::Tlsa,
        "TXT" => Kind::Txt,
        other => panic!("no type is called {other}"),
    }
}
