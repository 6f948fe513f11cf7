//! What a log says first: what to mend, what it cost, and who can mend it.

use portolan_smtp::{Blame, CauseTally, Counts, Filter, Tally};

use super::figures::{lost, many, number};

/// The causes in the order in which to mend them: first by the mails that were on their way and are lost, then by those
/// that this server turned away, by those that wait, and by tries.
///
/// What a server turns away is mostly what it should: a thousand such must not hide one mail of its own users.
pub(super) fn in_order(tally: &Tally) -> Vec<&CauseTally> {
    let mut all: Vec<&CauseTally> = tally.causes.iter().collect();
    all.sort_by_key(|it| {
        let Counts { lost, deferred, .. } = it.counts;
        std::cmp::Reverse((underway(it), lost, it.waiting, deferred))
    });
    all
}

/// The lost mails of a cause that this server did not turn away itself.
pub(super) const fn underway(it: &CauseTally) -> u64 {
    it.counts.lost.saturating_sub(it.rejected)
}

/// The answer to "What should I mend first?", a sentence.
pub(crate) fn answer(tally: &Tally, filter: &Filter) -> String {
    let lost = lost(tally);
    let first = in_order(tally).first().copied();
    if let Some(first) = first
        && (first.counts.lost > 0 || lost == 0 && is_unmended(first, filter))
    {
        let opening = if lost == 0 {
            "Nothing was lost so far. Look at this first"
        } else {
            "Mend this first"
        };
        return format!("{opening}: {}", first.cause.means);
    }
    if lost > 0 {
        return format!(
            "{} lost, and the log does not say why.",
            many(lost, "mail was", "mails were")
        );
    }
    let taken = many(tally.sent, "mail was taken", "mails were taken");
    if tally.unexplained.deferred > 0 {
        let tries = many(
            tally.unexplained.deferred,
            "try was deferred",
            "tries were deferred",
        );
        return format!("Nothing was lost so far; {tries}, and the log does not say why.");
    }
    if tally.sent > 0 {
        return format!("Nothing was lost: {taken}.");
    }
    if first.is_some() {
        let recovered = tally.causes.iter().map(|it| it.recovered).sum();
        return format!(
            "Nothing was lost: {} on a later try.",
            many(recovered, "mail was taken", "mails were taken")
        );
    }
    if filter.is_empty() {
        "The log does not say what became of the mails.".to_owned()
    } else {
        "Nothing in this log fits.".to_owned()
    }
}

/// Whether a cause still stands in the way. Where what became of its mails is not known, it does.
const fn is_unmended(cause: &CauseTally, filter: &Filter) -> bool {
    if filter.is_of_causes_alone() {
        cause.waiting > 0
    } else {
        cause.counts.deferred > 0
    }
}

/// What to begin with for whoever can mend only the sending side: its first cause, where another one comes first.
pub(super) fn own(tally: &Tally) -> Option<&CauseTally> {
    let is_own = |it: &CauseTally| matches!(it.cause.who, Blame::Client | Blame::Sender);
    let all = in_order(tally);
    if is_own(all.first()?) {
        return None;
    }
    all.into_iter()
        .find(|it| is_own(it) && underway(it) + it.waiting > 0)
}

/// What the log came to, a figure after the other.
pub(super) fn totals(tally: &Tally, filter: &Filter) -> Vec<(String, &'static str)> {
    let mut all = vec![(number(lost(tally)), "lost")];
    all.push((
        number(tally.deferred),
        if tally.deferred == 1 {
            "try deferred"
        } else {
            "tries deferred"
        },
    ));
    if filter.is_of_causes_alone() {
        let waiting: u64 = tally.causes.iter().map(|it| it.waiting).sum();
        // Of those that are not explained nobody followed what became of them.
        let words = if tally.unexplained.deferred > 0 {
            "still waiting, or more"
        } else {
            "still waiting"
        };
        all.push((number(waiting), words));
    }
    if filter.cause.is_none() {
        all.push((number(tally.sent), "sent"));
    }
    all
}

/// Of what the lost mails are made.
pub(super) fn made_of(tally: &Tally) -> Option<String> {
    let kinds: Vec<String> = [
        (tally.bounced, "bounced"),
        (tally.expired, "waited too long"),
        (tally.rejected, "turned away by this server"),
    ]
    .iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| format!("{} {words}", number(*count)))
    .collect();
    (!kinds.is_empty()).then(|| format!("Lost: {}.", kinds.join(", ")))
}

/// How much each can mend: "Of 312 lost mails, 220 are yours to mend, 80 the recipients’."
pub(super) fn shares(tally: &Tally) -> Option<String> {
    let all_lost = lost(tally);
    let count = |it: &CauseTally| {
        if all_lost > 0 {
            underway(it)
        } else {
            it.counts.deferred
        }
    };
    let (all, noun) = if all_lost > 0 {
        (all_lost, many(all_lost, "lost mail", "lost mails"))
    } else {
        let noun = many(tally.deferred, "deferred try", "deferred tries");
        (tally.deferred, noun)
    };
    if all == 0 {
        return None;
    }
    let by = |who: Blame| -> u64 {
        let theirs = tally.causes.iter().filter(|it| it.cause.who == who);
        theirs.map(count).sum()
    };
    let is_or_are = |count: u64| if count == 1 { "is" } else { "are" };
    let mine = by(Blame::Client);
    let mut shares = Vec::new();
    if mine > 0 {
        shares.push(format!(
            "{} {} yours to mend",
            number(mine),
            is_or_are(mine)
        ));
    }
    let mut told = mine;
    for (who, words) in [
        (Blame::Sender, "the sending domain’s"),
        (Blame::Recipient, "the recipients’"),
        (Blame::Server, "the answering servers’"),
        (Blame::Network, "the network’s"),
        (Blame::None, "nobody’s"),
    ] {
        let theirs = by(who);
        told += theirs;
        if theirs > 0 && shares.is_empty() {
            shares.push(format!("{} {} {words}", number(theirs), is_or_are(theirs)));
        } else if theirs > 0 {
            shares.push(format!("{} {words}", number(theirs)));
        }
    }
    let rejected: u64 = tally.causes.iter().map(|it| it.rejected).sum();
    let rest = all.saturating_sub(told).saturating_sub(rejected);
    if rest > 0 {
        shares.push(format!(
            "{} {} not explained",
            number(rest),
            is_or_are(rest)
        ));
    }
    if rejected > 0 {
        let verb = if rejected == 1 { "was" } else { "were" };
        shares.push(format!(
            "{} {verb} turned away by this server, for whoever sent them to mend",
            number(rejected)
        ));
    }
    // Whoever runs the server mostly owns the domain as well.
    let opening = if mine + by(Blame::Sender) == 0 {
        " none is yours to mend:"
    } else {
        ""
    };
    Some(format!("Of {noun},{opening} {}.", shares.join(", ")))
}
