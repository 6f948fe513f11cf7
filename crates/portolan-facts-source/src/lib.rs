//! Reads `data/`, refuses what is wrong with path and line, and makes the published JSON.
//!
//! Needed at build time only: no verdict depends on this crate. Every fault of every file is told at once, so that a
//! newcomer mends a file in one go; only of faults of shape (an unknown key, a wrong type) a file tells one at a time, and
//! what its kind demands is looked at when the shape is right.

mod across;
mod check;
mod file;
mod form;
mod kinds;
mod publish;

use std::fmt;
use std::path::Path;

use portolan_facts::{
    Client, Core, Environment, Facts, Index, PortStatus, Provider, Question, Standard, Version,
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

    for (file, provider) in &providers {
        kinds::provider(file, provider, &mut problems);
    }
    for (file, environment) in &environments {
        kinds::environment(file, environment, &mut problems);
    }
    for (file, question) in &questions {
        kinds::question(file, question, &mut problems);
    }
    across::names(&providers, |it| (&it.name, &it.aliases), &mut problems);
    across::names(&environments, |it| (&it.name, &it.aliases), &mut problems);
    across::names(&clients, |it| (&it.name, &it.aliases), &mut problems);
    across::domains(&providers, &mut problems);
    across::standards(&standards, &mut problems);
    across::order(&questions, &mut problems);

    if problems.is_empty() {
        Ok(catalogue(
            version,
            things(providers),
            things(environments),
            things(clients),
            things(standards),
            things(questions),
        ))
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
    match File::open(folder, "version.toml") {
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

/// Reads every file of one kind, in the order of their names.
fn read<T: DeserializeOwned>(
    folder: &Path,
    kind: &str,
    today: Option<&str>,
    problems: &mut Vec<Problem>,
) -> Vec<(File, T)> {
    let mut things = Vec::new();
    for name in file::names(&folder.join(kind)) {
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

fn catalogue(
    version: Version,
    providers: Vec<Provider>,
    environments: Vec<Environment>,
    clients: Vec<Client>,
    standards: Vec<Standard>,
    mut questions: Vec<Question>,
) -> Catalogue {
    questions.sort_by_key(|question| question.order);
    let mut policies: Vec<Vec<(u16, PortStatus)>> = environments
        .iter()
        .map(|it| {
            let statuses = it.ports.iter().map(|policy| (policy.number, policy.status));
            let mut policy: Vec<(u16, PortStatus)> = statuses.collect();
            policy.sort_unstable();
            policy
        })
        .collect();
    policies.sort();
    policies.dedup();
    let without_points = standards
        .iter()
        .map(|it| Standard {
            points: Vec::new(),
            ..it.clone()
        })
        .collect();
    let mut facts = Facts::new(Core {
        version,
        questions,
        standards: without_points,
        policies,
    });
    facts.set_index(Index::of(
        providers.iter(),
        environments.iter(),
        clients.iter(),
    ));
    for it in providers {
        facts.add_provider(it);
    }
    for it in environments {
        facts.add_environment(it);
    }
    for it in clients {
        facts.add_client(it);
    }
    Catalogue { facts, standards }
}
