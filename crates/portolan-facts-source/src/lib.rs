//! Reads `data/`, refuses what is wrong with path and line, and makes the published JSON.
//!
//! Needed at build time only: no verdict depends on this crate. Every fault of every file is told at once, so that a
//! newcomer mends a file in one go; only of faults of shape (an unknown key, a wrong type) a file tells one at a time, and
//! what its kind demands is looked at when the shape is right.
//!
//! ```
//! let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"));
//! let catalogue = portolan_facts_source::load(folder).expect("no fault");
//! let files = portolan_facts_source::publish(&catalogue);
//! assert!(files.iter().any(|(path, _)| path == "providers/gmail.json"));
//! ```

mod across;
mod check;
mod file;
mod form;
mod kinds;
mod publish;

use std::fmt;
use std::path::Path;

use portolan_facts::{
    Citation, Client, Codes, Core, DeadAdvice, Environment, Facts, Index, PortStatus, Provider,
    Question, Standard, Version,
};
use serde::de::DeserializeOwned;

pub use publish::publish;

use crate::file::File;

/// Everything that `data/` holds.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// What the engines and the shells read.
    pub facts: Facts,
    /// The standards with their points, which only the published files carry.
    pub standards: Vec<Standard>,
    /// Reply codes and enhanced status codes.
    pub codes: Vec<Codes>,
    /// Advice that is dead, with the time in which it held.
    pub dead_advice: Vec<DeadAdvice>,
}

/// A fault in a file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, below the folder that was read.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What was expected, and what was found.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Reads a folder that is laid out as `data/`.
///
/// # Errors
///
/// Every fault that was found, in the order of files and lines.
pub fn load(folder: &Path) -> Result<Catalogue, Vec<Problem>> {
    let mut problems = Vec::new();
    let version = read_version(folder, &mut problems);
    let today = form::is_day(&version.date).then_some(version.date.as_str());
    let providers: Vec<(File, Provider)> = read(folder, "providers", today, &mut problems);
    let environments: Vec<(File, Environment)> = read(folder, "environments", today, &mut problems);
    let clients: Vec<(File, Client)> = read(folder, "clients", today, &mut problems);
    let standards: Vec<(File, Standard)> = read(folder, "standards", today, &mut problems);
    let questions: Vec<(File, Question)> = read(folder, "questions", today, &mut problems);
    let codes: Vec<(File, Codes)> = read(folder, "codes", today, &mut problems);
    let dead_advice: Vec<(File, DeadAdvice)> = read(folder, "dead-advice", today, &mut problems);
    strays(folder, &mut problems);

    for (file, provider) in &providers {
        kinds::provider(file, provider, &mut problems);
    }
    for (file, environment) in &environments {
        kinds::environment(file, environment, &mut problems);
    }
    for (file, client) in &clients {
        kinds::client(file, client, &mut problems);
    }
    for (file, question) in &questions {
        kinds::question(file, question, &mut problems);
    }
    for (file, codes) in &codes {
        kinds::codes(file, codes, &mut problems);
    }
    across::names(&providers, |it| (&it.name, &it.aliases), &mut problems);
    across::names(&environments, |it| (&it.name, &it.aliases), &mut problems);
    across::names(&clients, |it| (&it.name, &it.aliases), &mut problems);
    across::domains(&providers, &mut problems);
    across::banners(&providers, &mut problems);
    across::standards(&standards, &mut problems);
    across::exceptions(&environments, &providers, &mut problems);
    across::order(&questions, &mut problems);

    if problems.is_empty() {
        Ok(Catalogue {
            facts: facts(
                version,
                things(providers),
                things(environments),
                things(clients),
                &standards,
                things(questions),
            ),
            standards: things(standards),
            codes: things(codes),
            dead_advice: things(dead_advice),
        })
    } else {
        problems.sort();
        problems.dedup();
        Err(problems)
    }
}

fn things<T>(read: Vec<(File, T)>) -> Vec<T> {
    read.into_iter().map(|(_, thing)| thing).collect()
}

fn read_version(folder: &Path, problems: &mut Vec<Problem>) -> Version {
    match File::open(folder, VERSION) {
        Ok(file) => {
            let version: Option<Version> = file.parse(problems);
            if let Some(version) = &version {
                check::version(&file, version, problems);
            }
            version.unwrap_or_default()
        }
        Err(problem) => {
            problems.push(problem);
            Version::default()
        }
    }
}

/// What nobody reads: a misspelt folder or ending would otherwise take its facts out of the world in silence.
fn strays(folder: &Path, problems: &mut Vec<Problem>) {
    let mut refuse = |path: String, expected: &str| {
        problems.push(Problem {
            message: format!("expected {expected}, but found `{path}`"),
            path,
            line: 1,
        });
    };
    for name in file::names(folder) {
        if !KINDS.contains(&name.as_str()) && name != VERSION && name != CAUSES {
            refuse(name, "a folder of a known kind or version.toml");
        }
    }
    for kind in KINDS {
        for name in file::names(&folder.join(kind)) {
            if !file::is_toml(&name) {
                refuse(format!("{kind}/{name}"), "a file that ends in .toml");
            }
        }
    }
}

/// The file that says which state of the facts this is.
const VERSION: &str = "version.toml";
/// The folders, one for each kind of thing.
const KINDS: [&str; 7] = [
    "clients",
    "codes",
    "dead-advice",
    "environments",
    "providers",
    "questions",
    "standards",
];

/// Explanations of causes: the analysis engine reads and checks them itself.
const CAUSES: &str = "causes";

/// Reads every file of one kind, in the order of their names.
fn read<T: DeserializeOwned>(
    folder: &Path,
    kind: &str,
    today: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Vec<(File, T)> {
    let mut things = Vec::new();
    for name in file::names(&folder.join(kind)) {
        if !file::is_toml(&name) {
            continue;
        }
        match File::open(folder, &format!("{kind}/{name}")) {
            Ok(file) => {
                check::every_file(&file, today, problems);
                if let Some(thing) = file.parse(problems) {
                    things.push((file, thing));
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    things
}

fn facts(
    version: Version,
    providers: Vec<Provider>,
    environments: Vec<Environment>,
    clients: Vec<Client>,
    standards: &[(File, Standard)],
    mut questions: Vec<Question>,
) -> Facts {
    questions.sort_by_key(|question| question.order);
    // No verdict rests on a port where nobody takes mail.
    let takes_mail = |port: u16| {
        let mut all = providers.iter().flat_map(|it| &it.endpoints);
        all.any(|endpoint| endpoint.port == port)
    };
    let mut policies: Vec<Vec<(u16, PortStatus)>> = environments
        .iter()
        .map(|it| {
            let ports = it.ports.iter().filter(|policy| takes_mail(policy.number));
            let statuses = ports.map(|policy| (policy.number, policy.status));
            let mut policy: Vec<(u16, PortStatus)> = statuses.collect();
            policy.sort_unstable();
            policy
        })
        .collect();
    policies.sort();
    policies.dedup();
    let citations = standards
        .iter()
        .map(|(_, it)| Citation {
            id: it.id.clone(),
            title: it.title.clone(),
            url: it.url.clone(),
            year: it.year,
        })
        .collect();
    let mut facts = Facts::new(Core {
        version,
        questions,
        standards: citations,
        policies,
    });
    facts.set_index(Index::of(
        providers.iter(),
        environments.iter(),
        clients.iter(),
    ));
    for mut it in providers {
        // They are published apart.
        it.banners.clear();
        facts.add_provider(it);
    }
    for it in environments {
        facts.add_environment(it);
    }
    for it in clients {
        facts.add_client(it);
    }
    facts
}
