//! What is wrong between files: a name for two things, a reference to nothing.

use std::collections::BTreeMap;

use portolan_facts::{Provider, Question, Standard};

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
        let mut take = |name: &str, line: usize| {
            let place = (file.path.clone(), line);
            if let Some((path, first)) = known.insert(name.to_lowercase(), place) {
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
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, provider) in providers {
        for (place, domain) in provider.domains.iter().enumerate() {
            if let Some(first) = known.insert(domain, &file.path) {
                problems.push(file.problem_at(
                    &[Key("domains"), At(place)],
                    format!("expected a mail domain of one provider only, but found `{domain}` that {first} has"),
                ));
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

/// Each place of the form is taken once.
pub(crate) fn order(questions: &[(File, Question)], problems: &mut Vec<Problem>) {
    let mut known: BTreeMap<u8, &str> = BTreeMap::new();
    for (file, question) in questions {
        if let Some(first) = known.insert(question.order, &file.path) {
            problems.push(file.problem_at(
                &[Key("order")],
                format!(
                    "expected a place of its own, but found {} that {first} has",
                    question.order
                ),
            ));
        }
    }
}
