//! Who could take the mail: the catalogue's providers whose ports get out, where nobody is named or nobody who is named
//! can be reached.
//!
//! From the names of the catalogue alone, which are there before any provider is loaded.

use portolan_facts::{Entry, ProviderKind, order_by};
use portolan_report::{Knowledge, Suggestion};

use crate::answers::UseCase;
use crate::ranking::{Place, Ranked};
use crate::situation::Situation;

/// The order of the suggestions, as a sentence to show beside them: it is no order of taste.
pub const ORDER: &str = "First those whose own pages document their ports, then those with more ports that get out here, then by name.";

/// More would be the catalogue.
const MOST: usize = 12;

pub(crate) fn suggestions(best: &Ranked<'_>, situation: &Situation<'_>) -> Vec<Suggestion> {
    let Some(kind) = kind(situation.use_case) else {
        return Vec::new();
    };
    // A place that lets out everything, as far as is known, tells no provider from another.
    let is_restricted = situation.has_environment() || !situation.answers.observed.is_empty();
    let is_open_question = situation.provider.is_none()
        && situation.answers.provider.is_none()
        && !situation.has_pasted_endpoints()
        && is_restricted;
    if !is_open_question && best.place < Place::WayRound {
        return Vec::new();
    }
    let mut views = Vec::new();
    let mut found: Vec<(&Entry, Vec<u16>)> = situation
        .facts
        .index()
        .providers
        .iter()
        .filter(|entry| entry.signs.kind == Some(kind))
        .map(|entry| (entry, ports_that_get_out(entry, &mut views, situation)))
        .filter(|(_, ports)| !ports.is_empty())
        .collect();
    // Stable: the names stand in their order already.
    order_by(&mut found, |(entry, ports)| {
        (!entry.signs.documented, std::cmp::Reverse(ports.len()))
    });
    found
        .into_iter()
        .take(MOST)
        .map(|(entry, ports)| Suggestion {
            id: entry.id.clone(),
            name: entry.name.clone(),
            ports,
        })
        .collect()
}

/// What sort of service fits. `None`: the use case needs no provider.
fn kind(use_case: UseCase) -> Option<ProviderKind> {
    match use_case {
        UseCase::Application
        | UseCase::Bulk
        | UseCase::Device
        | UseCase::Monitoring
        | UseCase::Smarthost => Some(ProviderKind::Esp),
        UseCase::Person => Some(ProviderKind::Mailbox),
        UseCase::Testing => Some(ProviderKind::Sandbox),
        UseCase::MailServer | UseCase::Receiving => None,
    }
}

/// Ports that are open or likely so, never 25: nobody should choose a provider for that.
fn ports_that_get_out(
    entry: &Entry,
    views: &mut Vec<(u16, Option<Knowledge>)>,
    situation: &Situation<'_>,
) -> Vec<u16> {
    let mut ports: Vec<(u16, Knowledge)> = entry
        .signs
        .ports
        .iter()
        .filter(|port| **port != 25)
        .filter_map(|port| Some((*port, way_out(*port, views, situation)?)))
        .collect();
    order_by(&mut ports, |(_, knowledge)| *knowledge);
    ports.into_iter().map(|(port, _)| port).collect()
}

/// What is known of a port that gets out, looked up once: a hundred providers share a dozen ports.
fn way_out(
    port: u16,
    views: &mut Vec<(u16, Option<Knowledge>)>,
    situation: &Situation<'_>,
) -> Option<Knowledge> {
    if let Some((_, known)) = views.iter().find(|(known, _)| *known == port) {
        return *known;
    }
    let view = situation.port(port);
    let is_out = !view.intercepted && view.knowledge <= Knowledge::LikelyOpen;
    let known = is_out.then_some(view.knowledge);
    views.push((port, known));
    known
}
