//! What is wrong between files: a name for two things, a reference to nothing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use portolan_facts::{Environment, Provider, Question, Standard};

use crate::Problem;
use crate::file::File;
use crate::file::Step::{At, Key};

/// A name or alias stands for one thing of its kind.
pub(crate) fn names<T>(
    things: &[(File, T)],
    names_of: impl Fn(&T) -> (&String, &Vec<String>),
    problems: &mut Vec<Problem>,
) {
    let mut known: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (file, thing) in things {
        let (name, aliases) = names_of(thing);
        let mut take = |name: &str, line: usize| match known.entry(name.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert((file.path.clone(), line));
            }
            Entry::Occupied(taken) => {
                let (path, first) = taken.get();
                problems.push(Problem {
                        path: file.path.clone(),
                        line,
                        message: format!("expected a name for one thing only, but found `{name}` that {path}:{first} has"),
                    });
            }
        };
        take(name, file.line_of(&[Key("name")]));
        for (place, alias) in aliases.iter().enumerate() {
            take(alias, file.line_of(&[Key("aliases"), At(place)]));
        }
    }
}

/// A mail domain belongs to one provider.
pub(crate) fn domains(providers: &[(File, Provider)], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for (file, provider) in providers {
        for (place, domain) in provider.domains.iter().enumerate() {
            let way = [Key("domains"), At(place)];
            let here = format!("{}:{}", file.path, file.line_of(&way));
            match known.entry(domain) {
                Entry::Vacant(free) => {
                    free.insert(here);
                }
                Entry::Occupied(taken) => problems.push(file.problem_at(
                    &way,
                    format!(
                        "expected a mail domain of one provider only, but found `{domain}` that {} has",
                        taken.get()
                    ),
                )),
            }
        }
    }
}

/// Words of a provider's replies are its own.
pub(crate) fn banners(providers: &[(File, Provider)], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<&str, String> = BTreeMap::new();
    for (file, provider) in providers {
        for (place, words) in provider.banners.iter().enumerate() {
            let way = [Key("banners"), At(place)];
            let here = format!("{}:{}", file.path, file.line_of(&way));
            match known.entry(words) {
                Entry::Vacant(free) => {
                    free.insert(here);
                }
                Entry::Occupied(taken) => problems.push(file.problem_at(
                    &way,
                    format!(
                        "expected words of one provider only, but found `{words}` that {} has",
                        taken.get()
                    ),
                )),
            }
        }
    }
}

/// A standard refers to standards: such as are here, or RFCs by number.
pub(crate) fn standards(standards: &[(File, Standard)], problems: &mut Vec<Problem>) {
    let is_known = |id: &str| {
        standards.iter().any(|(_, standard)| standard.id == id)
            || id.strip_prefix("rfc").is_some_and(|number| {
                !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
            })
    };
    for (file, standard) in standards {
        for (key, ids) in [
            ("obsoletes", &standard.obsoletes),
            ("obsoleted_by", &standard.obsoleted_by),
            ("updates", &standard.updates),
            ("updated_by", &standard.updated_by),
        ] {
            for (place, id) in ids.iter().enumerate().filter(|(_, id)| !is_known(id)) {
                problems.push(file.problem_at(
                    &[Key(key), At(place)],
                    format!("expected a standard, but found `{id}`"),
                ));
            }
        }
    }
}

/// A port that leads to some providers only leads to such as are here.
pub(crate) fn exceptions(
    environments: &[(File, Environment)],
    providers: &[(File, Provider)],
    problems: &mut Vec<Problem>,
) {
    let is_known = |id: &str| providers.iter().any(|(_, provider)| provider.id == id);
    for (file, environment) in environments {
        for (port, policy) in environment.ports.iter().enumerate() {
            for (place, id) in policy.only_to.iter().enumerate() {
                if !is_known(id) {
                    problems.push(file.problem_at(
                        &[Key("port"), At(port), Key("only_to"), At(place)],
                        format!("expected a provider, but found `{id}`"),
                    ));
                }
            }
        }
    }
}

/// Each place of the form is taken once.
pub(crate) fn order(questions: &[(File, Question)], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<u8, String> = BTreeMap::new();
    for (file, question) in questions {
        let way = [Key("order")];
        let here = format!("{}:{}", file.path, file.line_of(&way));
        match known.entry(question.order) {
            Entry::Vacant(free) => {
                free.insert(here);
            }
            Entry::Occupied(taken) => problems.push(file.problem_at(
                &way,
                format!(
                    "expected a place of its own, but found {} that {} has",
                    question.order,
                    taken.get()
                ),
            )),
        }
    }
}
