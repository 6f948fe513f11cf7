//! The record zoo: records and small zones, each with exactly the findings that it has to have.
//!
//! A case stands in `zoo/*.toml`. `area` is the start of the ids that are held against `expect`; what other areas say is not
//! looked at. Unless a case is `bare`, a sound domain lies around its record.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use base64::Engine;
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::rules;
use portolan_dns::spf::{Zone, answer_from_zone};
use portolan_dns::survey::{Origin, Posture, Security, Selector, State, Survey, readiness};
use portolan_dns::tlsa::Tlsa;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    /// What is put in for words in angle brackets.
    #[serde(default)]
    words: BTreeMap<String, String>,
    /// The start of the ids that are looked at.
    area: Vec<String>,
    /// Where `record` stands, and of which type it is.
    at: [String; 2],
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    record: Option<String>,
    #[serde(default)]
    zone: Vec<[String; 3]>,
    #[serde(default)]
    bare: bool,
    /// Nothing but what is in its zone has an answer.
    #[serde(default)]
    pasted: bool,
    /// The text is not cut into strings of 255 bytes.
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    selectors: Vec<String>,
    #[serde(default)]
    tried: Vec<String>,
    ip: Option<String>,
    domain: Option<String>,
    /// What mx.example.com shows, in base64 of DER.
    certificate: Option<String>,
    /// The resolver says that zones are not signed.
    #[serde(default)]
    unsigned: bool,
    expect: Vec<String>,
    /// The value that the first of them suggests.
    publish: Option<String>,
    /// A piece of what the first of them says.
    says: Option<String>,
    /// The result of the check of `ip`.
    result: Option<String>,
    /// Counted look-ups of the whole tree.
    lookups: Option<u32>,
    /// Receiver, rule, and whether it is met.
    #[serde(default)]
    bulk: Vec<[String; 3]>,
}

const SOUND: &[[&str; 3]] = &[
    ["example.com", "A", "192.0.2.80"],
    ["example.com", "MX", "10 mx.example.com"],
    ["mx.example.com", "A", "192.0.2.25"],
    ["25.2.0.192.in-addr.arpa", "PTR", "mx.example.com"],
    ["spf.example.net", "TXT", "v=spf1 ip4:198.51.100.0/24 -all"],
    ["reports.example.net", "MX", "10 mx.example.net"],
];

#[test]
fn every_record_has_exactly_its_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zoo");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    let (mut count, mut misses, mut reached) = (0, Vec::new(), BTreeSet::new());
    for file in files {
        let book: Book = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for case in &book.case {
            count += 1;
            let posture = surveyed(&book, case);
            if let Err(miss) = held(&book, case, &posture, &mut reached) {
                misses.push(format!(
                    "{}: {}: {miss}",
                    file.file_stem().unwrap().display(),
                    case.name
                ));
            }
        }
    }
    assert!(
        misses.is_empty(),
        "{} of {count}:\n{}",
        misses.len(),
        misses.join("\n")
    );
    let all: BTreeSet<&str> = rules::all().map(|rule| rule.id).collect();
    let never: Vec<&&str> = all.iter().filter(|id| !reached.contains(**id)).collect();
    assert!(never.is_empty(), "no case expects {never:?}");
    assert!(count >= 150, "{count} cases");
}

fn held(
    book: &Book,
    case: &Case,
    posture: &Posture,
    reached: &mut BTreeSet<String>,
) -> Result<(), String> {
    let own: Vec<_> = posture
        .findings
        .iter()
        .filter(|it| {
            book.area
                .iter()
                .any(|area| it.rule.id.starts_with(area.as_str()))
        })
        .collect();
    let found: BTreeSet<&str> = own.iter().map(|it| it.rule.id).collect();
    let wanted: BTreeSet<&str> = case.expect.iter().map(String::as_str).collect();
    reached.extend(case.expect.iter().cloned());
    if found != wanted {
        let said: Vec<&str> = own.iter().map(|it| it.what.as_str()).collect();
        return Err(format!("expected {wanted:?}, but found {found:?} {said:?}"));
    }
    let first = case
        .expect
        .first()
        .and_then(|id| own.iter().find(|it| it.rule.id == id));
    if let Some(wanted) = &case.publish {
        let found = first
            .and_then(|it| it.publish.as_ref())
            .map(|it| it.value.as_str());
        if found != Some(wanted.as_str()) {
            return Err(format!(
                "expected to publish {wanted:?}, but found {found:?}"
            ));
        }
    }
    if let Some(wanted) = &case.says {
        let found = first.map(|it| it.what.as_str());
        if !found.is_some_and(|it| it.contains(wanted.as_str())) {
            return Err(format!("expected {wanted:?}, but found {found:?}"));
        }
    }
    if let Some(wanted) = &case.result {
        let found = posture.spf_check.as_ref().map(|it| it.result.to_string());
        if found.as_ref() != Some(wanted) {
            return Err(format!("expected {wanted}, but found {found:?}"));
        }
    }
    if let Some(wanted) = case.lookups
        && posture.spf.lookups() != wanted
    {
        return Err(format!(
            "expected {wanted} look-ups, but found {}",
            posture.spf.lookups()
        ));
    }
    for [receiver, id, wanted] in &case.bulk {
        let state = readiness(posture)
            .iter()
            .find(|it| format!("{:?}", it.receiver).to_lowercase() == *receiver && it.id == id)
            .map(|it| it.state);
        let wanted = match wanted.as_str() {
            "met" => State::Met,
            "not-met" => State::NotMet,
            "unknown" => State::Unknown,
            other => panic!("{other}"),
        };
        if state != Some(wanted) {
            return Err(format!(
                "{receiver} {id}: expected {wanted:?}, but found {state:?}"
            ));
        }
    }
    Ok(())
}

fn surveyed(book: &Book, case: &Case) -> Posture {
    let mut world = World::default();
    if !case.bare && !case.pasted {
        for [name, kind, value] in SOUND {
            world.add(name, kind, value, false);
        }
    }
    let put_in = |text: &str| {
        book.words
            .iter()
            .fold(text.to_owned(), |text, (word, value)| {
                text.replace(&format!("<{word}>"), value)
            })
    };
    if let Some(record) = &case.record {
        world.add(&book.at[0], &book.at[1], &put_in(record), case.whole);
    }
    for [name, kind, value] in &case.zone {
        world.add(name, kind, &put_in(value), case.whole);
    }
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
    let domain = Name::new(case.domain.as_deref().unwrap_or("example.com")).unwrap();
    let mut survey = Survey::new(
        domain,
        selectors,
        case.ip.as_ref().map(|it| it.parse().unwrap()),
    );
    if let Some(text) = &case.certificate {
        let der = base64::engine::general_purpose::STANDARD
            .decode(put_in(text))
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
        }
    }
    survey.finish(0)
}

#[derive(Default)]
struct World {
    zone: Zone,
    failing: BTreeSet<(String, Kind)>,
    /// What the case has a line for.
    says: BTreeSet<(String, Kind)>,
}

impl World {
    fn add(&mut self, name: &str, kind: &str, value: &str, whole: bool) {
        let of = kind_of(kind);
        self.says.insert((name.to_owned(), of));
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
