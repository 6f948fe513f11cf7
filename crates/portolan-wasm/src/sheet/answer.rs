//! What a log says first: what to mend, what it cost, and who can mend it.

use portolan_smtp::{Blame, CauseTally, Filter, Tally};

use super::figures::{lost, many, number};

/// The answer to "What should I mend first?", a sentence.
pub(super) fn answer(tally: &Tally, filter: &Filter) -> String {
    let lost = lost(tally);
    let first = tally.causes.first();
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
        let tries = many(tally.unexplained.deferred, "try", "tries");
        return format!("Nothing was lost so far; of {tries} deferred the log does not say why.");
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
fn is_unmended(cause: &CauseTally, filter: &Filter) -> bool {
    if filter.is_of_causes_alone() {
        cause.waiting > 0
    } else {
        cause.counts.deferred > 0
    }
}

/// What to begin with for whoever can mend only their own: the first cause that is theirs, where another one comes first.
pub(super) fn own(tally: &Tally) -> Option<&CauseTally> {
    let is_own = |it: &&CauseTally| matches!(it.cause.who, Blame::Client | Blame::Sender);
    let first = tally.causes.first()?;
    if is_own(&first) {
        return None;
    }
    let counts = |it: &&CauseTally| it.counts.lost + it.waiting > 0;
    tally.causes.iter().find(|it| is_own(it) && counts(it))
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
    let of_lost = lost(tally) > 0;
    let count = |it: &CauseTally| {
        if of_lost {
            it.counts.lost
        } else {
            it.counts.deferred
        }
    };
    let (all, noun) = if of_lost {
        (lost(tally), many(lost(tally), "lost mail", "lost mails"))
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
    let mine = by(Blame::Client);
    let mut shares = vec![match mine {
        0 => "none is yours to mend".to_owned(),
        1 => "1 is yours to mend".to_owned(),
        _ => format!("{} are yours to mend", number(mine)),
    }];
    let mut explained = mine;
    for (who, words) in [
        (Blame::Sender, "the sending domain’s"),
        (Blame::Recipient, "the recipients’"),
        (Blame::Server, "the answering servers’"),
        (Blame::Network, "the network’s"),
        (Blame::None, "nobody’s"),
    ] {
        let theirs = by(who);
        explained += theirs;
        if theirs > 0 {
            shares.push(format!("{} {words}", number(theirs)));
        }
    }
    let rest = all.saturating_sub(explained);
    if rest > 0 {
        let verb = if rest == 1 { "is" } else { "are" };
        shares.push(format!("{} {verb} not explained", number(rest)));
    }
    let turned_away = if tally.rejected > 0 {
        " Of those that this server turned away, “you” is whoever sent them."
    } else {
        ""
    };
    Some(format!("Of {noun}, {}.{turned_away}", shares.join(", ")))
}
