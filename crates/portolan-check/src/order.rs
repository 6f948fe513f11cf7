//! Which findings are one, and which comes first.

use crate::assessment::Finding;
use crate::look::is_for_submission;

/// Findings of one rule and cause that say the same and are mended the same way are one, at several ports and addresses of a
/// host.
pub(crate) fn merged(found: Vec<Finding>) -> Vec<Finding> {
    let mut all: Vec<(Finding, Told)> = Vec::new();
    for finding in found {
        let told = Told::of(&finding);
        let twin = all
            .iter_mut()
            .find(|(it, said)| *said == told && is_same(it, &finding));
        let Some((twin, _)) = twin else {
            all.push((finding, told));
            continue;
        };
        twin.confidence = twin.confidence.max(finding.confidence);
        twin.rests_on.extend(finding.rests_on);
        add(&mut twin.scope.ports, finding.scope.ports);
        add(&mut twin.scope.addresses, finding.scope.addresses);
    }
    all.into_iter()
        .map(|(mut finding, told)| {
            if let [_, _, ..] = finding.scope.ports.as_slice() {
                finding.sentence = told.with(&finding.scope.ports);
                let command = finding.command.take();
                finding.command = command.map(|it| of_each(it, &finding.scope.ports));
            }
            finding
        })
        .collect()
}

/// `nc` for each port, where it is what shows it: others show the same at one port.
fn of_each(command: String, ports: &[u16]) -> String {
    let first = ports.first().map(|it| format!(" {it}"));
    let rest = first.and_then(|it| command.strip_prefix("nc -vz ")?.strip_suffix(&it));
    let Some(rest) = rest else {
        return command;
    };
    let all: Vec<String> = ports.iter().map(ToString::to_string).collect();
    format!("for p in {}; do nc -vz {rest} $p; done", all.join(" "))
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    let cause = |it: &Finding| it.cause.map(|it| it.id);
    let remedies = |it: &Finding| -> Vec<_> {
        let all = it.remedies.iter();
        all.map(|it| (it.who, it.by, it.action.clone())).collect()
    };
    one.rule == other.rule
        && one.scope.host == other.scope.host
        && one.stage == other.stage
        && one.weight == other.weight
        && one.who == other.who
        && cause(one) == cause(other)
        && remedies(one) == remedies(other)
}

fn add<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for it in more {
        if !all.contains(&it) {
            all.push(it);
        }
    }
}

/// A sentence around the port that it names.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    /// `Port 587` begins it, with a verb of which the plural is known.
    Begins(&'static str, &'static str, String),
    /// `port 587` stands within.
    Holds(String, String),
    /// It names none, or in a way that cannot be said of several.
    Whole(String),
}

/// What a port does, and what ports do.
const VERBS: [(&str, &str); 6] = [
    ("begins", "begin"),
    ("does", "do"),
    ("is", "are"),
    ("offers", "offer"),
    ("sends", "send"),
    ("takes", "take"),
];

impl Told {
    fn of(finding: &Finding) -> Self {
        let sentence = &finding.sentence;
        let whole = || Self::Whole(sentence.clone());
        let [port] = finding.scope.ports.as_slice() else {
            return whole();
        };
        if let Some(rest) = sentence.strip_prefix(&format!("Port {port} ")) {
            let (verb, rest) = rest.split_once(' ').unwrap_or((rest, ""));
            return VERBS
                .iter()
                .find(|it| it.0 == verb)
                .map_or_else(whole, |(one, several)| {
                    Self::Begins(one, several, rest.to_owned())
                });
        }
        match sentence.split_once(&format!("port {port}")) {
            // No part of a longer number.
            Some((before, behind)) if !behind.starts_with(|it: char| it.is_ascii_digit()) => {
                Self::Holds(before.to_owned(), behind.to_owned())
            }
            _ => whole(),
        }
    }

    fn with(&self, ports: &[u16]) -> String {
        let ports = listed(ports);
        match self {
            Self::Begins(_, several, rest) => format!("Ports {ports} {several} {rest}"),
            Self::Holds(before, behind) => format!("{before}ports {ports}{behind}"),
            Self::Whole(sentence) => sentence.clone(),
        }
    }
}

/// `587, 465 and 25`.
fn listed(ports: &[u16]) -> String {
    let all: Vec<String> = ports.iter().map(ToString::to_string).collect();
    match all.split_last() {
        Some((last, before @ [_, ..])) => format!("{} and {last}", before.join(", ")),
        _ => all.concat(),
    }
}

/// Whether it is about ports alone that submission is not for.
fn hinders_others_alone(finding: &Finding) -> bool {
    let ports = &finding.scope.ports;
    !ports.is_empty() && !ports.iter().any(|it| is_for_submission(*it))
}

/// What matters most first; of those alike, what hinders submission, what happens first in a session, and what has a cause;
/// else the report's order.
pub(crate) fn sort(findings: &mut [Finding]) {
    portolan_report::ordered::by_key(findings, |it| {
        (
            it.weight,
            hinders_others_alone(it),
            it.stage,
            it.cause.is_none(),
            u8::MAX - it.confidence,
        )
    });
}
