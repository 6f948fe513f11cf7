//! Readiness for the rules of the large receivers for bulk mail, as far as the DNS shows it. What it cannot show is said too.

use super::{Origin, Posture, Selector};
use crate::dkim::{Key, KeyRecord};
use crate::dmarc::Effect;
use crate::finding::Cite;
use crate::lookup::Lookup;
use crate::spf::{self, SpfResult};

/// A large receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Gmail's mailboxes for persons.
    Google,
    /// Outlook.com's mailboxes for persons.
    Microsoft,
    /// Yahoo's mailboxes.
    Yahoo,
}

/// Whether a rule is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Met,
    /// It is not.
    NotMet,
    /// The DNS does not show it, or it was not looked at.
    Unknown,
}

/// One rule of a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Whose rule it is.
    pub receiver: Receiver,
    /// Names the rule, in kebab case.
    pub id: &'static str,
    /// What is asked for.
    pub asks: &'static str,
    /// Whether it is met.
    pub state: State,
    /// Where the receiver says so.
    pub source: Cite,
}

const GOOGLE_ALL: Cite = Cite {
    standard: "gmail-sender-guidelines",
    section: "all senders",
};
const GOOGLE_BULK: Cite = Cite {
    standard: "gmail-sender-guidelines",
    section: "5,000 a day and more",
};
const YAHOO_ALL: Cite = Cite {
    standard: "yahoo-sender-requirements",
    section: "all",
};
const YAHOO_BULK: Cite = Cite {
    standard: "yahoo-sender-requirements",
    section: "bulk",
};
const MICROSOFT: Cite = Cite {
    standard: "outlook-high-volume-senders",
    section: "rules",
};

/// Every rule for bulk mail of the three receivers, with whether this posture meets it.
pub fn readiness(posture: &Posture) -> Vec<Requirement> {
    let (dkim, signed) = dkim(posture);
    let (spf, dmarc, reverse) = (spf(posture), dmarc(posture), reverse(posture));
    let rule = |receiver, id, asks, state, source| Requirement {
        receiver,
        id,
        asks,
        state,
        source,
    };
    let mut all = Vec::new();
    let receivers = [
        (Receiver::Google, GOOGLE_BULK),
        (Receiver::Yahoo, YAHOO_BULK),
        (Receiver::Microsoft, MICROSOFT),
    ];
    for (receiver, source) in receivers {
        all.extend([
            rule(
                receiver,
                "spf",
                "SPF passes for the sending servers.",
                spf,
                source,
            ),
            rule(receiver, "dkim", signed, dkim, source),
            rule(
                receiver,
                "dmarc",
                "The domain has a DMARC policy, p=none at least.",
                dmarc,
                source,
            ),
            rule(
                receiver,
                "alignment",
                "The domain in From is aligned with that of SPF or DKIM; a message shows it.",
                State::Unknown,
                source,
            ),
        ]);
    }
    for (receiver, every, bulk) in [
        (Receiver::Google, GOOGLE_ALL, GOOGLE_BULK),
        (Receiver::Yahoo, YAHOO_ALL, YAHOO_BULK),
    ] {
        all.extend([
            rule(
                receiver,
                "reverse-dns",
                "The sending address has a name that leads back to it.",
                reverse,
                every,
            ),
            rule(
                receiver,
                "unsubscribe",
                "Marketing mail can be unsubscribed from with one click; a message shows it.",
                State::Unknown,
                bulk,
            ),
            rule(
                receiver,
                "complaints",
                "Fewer than 0.3 percent are marked as spam; the receiver's own tools show it.",
                State::Unknown,
                every,
            ),
        ]);
    }
    all.push(rule(
        Receiver::Google,
        "tls",
        "Mail is sent over TLS; a session shows it.",
        State::Unknown,
        GOOGLE_ALL,
    ));
    all
}

/// With an address by its check, without one by whether there is a record that can be followed.
fn spf(posture: &Posture) -> State {
    if let Some(outcome) = &posture.spf_check {
        return match outcome.result {
            SpfResult::Pass => State::Met,
            SpfResult::TempError => State::Unknown,
            _ => State::NotMet,
        };
    }
    let fails = |id: &str| posture.findings.iter().any(|it| it.rule.id == id);
    match &posture.spf.found {
        spf::Found::None | spf::Found::Many(_) => State::NotMet,
        spf::Found::One(text) if !text.reading.faults.is_empty() => State::NotMet,
        spf::Found::One(_)
            if fails("spf-too-many-lookups") || fails("spf-include-without-record") =>
        {
            State::NotMet
        }
        // Whether the sending servers are in it, only their address tells.
        _ => State::Unknown,
    }
}

/// A key can refute, and not prove: whether mail is signed with it, only a message shows.
fn dkim(posture: &Posture) -> (State, &'static str) {
    let plain = "Mail is signed with DKIM.";
    let is_good = |key: Key| match key {
        Key::Rsa { bits } => bits >= 1024,
        Key::Ed25519 => true,
        Key::Broken | Key::Revoked | Key::Unknown => false,
    };
    // A key that was revoked at a selector which was only tried says nothing of those that sign.
    let counts = |(selector, key): &&(Selector, Option<KeyRecord>)| {
        let is_revoked = key.as_ref().is_some_and(|it| it.key == Key::Revoked);
        !(is_revoked && selector.origin == Origin::Tried)
    };
    let keys = posture.dkim.iter().filter(counts);
    let keys = keys.filter_map(|(_, key)| key.as_ref());
    let mut any = false;
    for key in keys {
        if is_good(key.key) {
            let published = "Mail is signed with DKIM: a key is published, and whether mail is signed the DNS does not say.";
            return (State::Unknown, published);
        }
        any = true;
    }
    let missing = posture
        .dkim
        .iter()
        .any(|(selector, key)| key.is_none() && selector.origin == Origin::Named);
    let is_key = |lookup: &Lookup| lookup.name.labels().any(|label| label == "_domainkey");
    let is_open = posture.unanswered.iter().any(is_key)
        || posture.failed.iter().any(|(lookup, _)| is_key(lookup));
    if (any || missing) && !is_open {
        (State::NotMet, plain)
    } else {
        (State::Unknown, plain)
    }
}

fn dmarc(posture: &Posture) -> State {
    let walk = &posture.dmarc;
    if let Some((_, record)) = walk.record() {
        return match record.effect {
            Effect::AsWritten | Effect::AsNone => State::Met,
            Effect::NotAtAll => State::NotMet,
        };
    }
    if !walk.open.is_empty() || walk.has_failed() {
        State::Unknown
    } else {
        State::NotMet
    }
}

fn reverse(posture: &Posture) -> State {
    let Some(names) = &posture.reverse else {
        return State::Unknown;
    };
    if names.iter().any(|it| it.confirmed == Some(true)) {
        State::Met
    } else if names.iter().any(|it| it.confirmed.is_none()) {
        State::Unknown
    } else {
        State::NotMet
    }
}
