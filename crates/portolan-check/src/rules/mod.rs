//! The rules: each looks at one thing and says what is wrong with it. Their order says nothing.

mod certificate;
mod connect;
mod greeting;
mod handshake;
mod manners;
mod refusal;
mod sign_in;
mod starttls;
mod tampering;
#[cfg(test)]
mod tests;
mod whole;

use portolan_report::probe::{Opening, Stage};
use portolan_smtp::{Blame, Cause, causes};

use crate::assessment::{Finding, Place, Remedy, Scope, Weight};
use crate::command::{At, filled, shows};
use crate::look::{Door, Look, Session};

/// What the rules of a session look at.
pub(crate) struct Site<'r, 'l> {
    pub(crate) look: &'l Look<'r>,
    pub(crate) door: &'l Door<'r>,
    pub(crate) session: &'l Session<'r>,
}

type OfSession = fn(&Site<'_, '_>, &mut Vec<Finding>);
type OfWhole = fn(&Look<'_>, &mut Vec<Finding>);

const OF_SESSION: &[OfSession] = &[
    certificate::certificate,
    certificate::versions,
    connect::connect,
    greeting::greeting,
    greeting::delay,
    handshake::handshake,
    manners::broken,
    manners::odd,
    refusal::refusal,
    refusal::relay,
    sign_in::sign_in,
    starttls::starttls,
    tampering::tampering,
];

const OF_WHOLE: &[OfWhole] = &[
    sign_in::between_addresses,
    whole::blocked,
    whole::cut_short,
    whole::lookups,
    whole::roots,
];

/// All that is found.
pub(crate) fn all(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for door in &look.doors {
        for session in &door.sessions {
            let site = Site {
                look,
                door,
                session,
            };
            for rule in OF_SESSION {
                rule(&site, &mut found);
            }
        }
    }
    for rule in OF_WHOLE {
        rule(look, &mut found);
    }
    found
}

/// What a rule says of a step.
pub(crate) struct Said {
    pub(crate) rule: &'static str,
    /// The id of a cause; empty: none fits.
    pub(crate) cause: &'static str,
    pub(crate) weight: Weight,
    /// In hundredths.
    pub(crate) confidence: u8,
    pub(crate) sentence: String,
}

impl Site<'_, '_> {
    pub(crate) fn port(&self) -> u16 {
        self.door.port
    }

    /// A finding that rests on a step of the session.
    pub(crate) fn found(&self, stage: Stage, step: usize, said: Said) -> Finding {
        let at = At {
            host: self.door.host,
            // Where there are several addresses, the command has to name the one.
            address: (self.door.sessions.len() > 1).then_some(self.session.visit.address),
            port: self.door.port,
            opening: self.session.visit.opening,
        };
        let cause = cause(said.cause);
        Finding {
            rule: said.rule,
            cause,
            stage: Some(stage),
            weight: said.weight,
            confidence: said.confidence,
            who: cause.map_or(Blame::Server, |it| it.who),
            scope: Scope {
                host: self.door.host.to_owned(),
                ports: vec![self.door.port],
                addresses: vec![self.session.visit.address],
            },
            rests_on: vec![Place {
                visit: self.session.index,
                step,
            }],
            sentence: said.sentence,
            command: Some(shows(stage, at)),
            remedies: cause.map_or_else(Vec::new, |it| remedies(it, self.look, at)),
        }
    }

    /// How a port matters that is not as it should be: not at all where nobody asked for it and nobody needs it.
    pub(crate) fn weight(&self) -> Weight {
        if self.door.is_named || self.look.is_missed(self.door) {
            Weight::Problem
        } else {
            Weight::Note
        }
    }
}

/// A finding that rests on no step.
pub(crate) fn of_whole(
    look: &Look<'_>,
    host: &str,
    said: Said,
    command: Option<String>,
) -> Finding {
    let cause = cause(said.cause);
    let at = At {
        host,
        address: None,
        port: 587,
        opening: Opening::Text,
    };
    Finding {
        rule: said.rule,
        cause,
        stage: None,
        weight: said.weight,
        confidence: said.confidence,
        who: cause.map_or(Blame::Client, |it| it.who),
        scope: Scope {
            host: host.to_owned(),
            ..Scope::default()
        },
        rests_on: Vec::new(),
        sentence: said.sentence,
        command,
        remedies: cause.map_or_else(Vec::new, |it| remedies(it, look, at)),
    }
}

/// A cause of the catalogue.
pub(crate) fn cause(id: &str) -> Option<&'static Cause> {
    causes().iter().find(|it| it.id == id)
}

/// What is for the provider's accounts first, then what is for all; nothing that sends to a port on which nobody answered.
fn remedies(cause: &Cause, look: &Look<'_>, at: At<'_>) -> Vec<Remedy> {
    let provider = look.provider();
    let fits = |own: bool| {
        cause
            .remedies
            .iter()
            .filter(move |it| it.provider.is_some() == own)
            .filter(move |it| it.provider.is_none() || it.provider == provider)
            .filter(move |it| !sends_to(it.action).is_some_and(|it| look.is_shut(at.host, it)))
    };
    fits(true)
        .chain(fits(false))
        .map(|it| Remedy {
            who: it.who,
            by: it.by,
            action: it.action.to_owned(),
            command: it.command.map(|command| filled(command, at)),
            sources: it.sources,
        })
        .collect()
}

/// The one port that a remedy sends to: `Submit on 465 with implicit TLS`.
fn sends_to(action: &str) -> Option<u16> {
    let (port, _) = action.strip_prefix("Submit on ")?.split_once(' ')?;
    port.parse().ok()
}
