//! The signs: what each thing that was seen is worth, and for which kind.
//!
//! Signs are independent of each other; the sum decides. A kind's strongest sign brings some 50 to 100, a usual one 10 to
//! 40, and less than [`ENOUGH`] together is nothing. Words of failure speak for every kind that tells of one, so that the
//! form of the text decides among those.

use crate::seen::Seen;
use crate::words::Theme;
use crate::{Kind, Taken};

/// What a text was taken for, by the sum of its signs.
pub(crate) fn weigh(seen: &Seen) -> Taken {
    let mut first = (ENOUGH - 1, Kind::Nothing);
    let mut second = first;
    for kind in Kind::ALL {
        let sum = SIGNS
            .iter()
            .filter(|(of, _)| of == kind)
            .map(|(_, sign)| sign(seen))
            .sum::<i32>();
        if sum > first.0 {
            second = first;
            first = (sum, *kind);
        } else if sum > second.0 {
            second = (sum, *kind);
        }
    }
    Taken {
        kind: first.1,
        or: (second.1 != Kind::Nothing && second.0 * 10 >= first.0 * 7).then_some(second.1),
        subject: None,
    }
}

/// Less is no sign of anything.
const ENOUGH: i32 = 40;

type Sign = fn(&Seen) -> i32;

const SIGNS: [(Kind, Sign); 30] = [
    (Kind::Bounce, bounce_words),
    (Kind::Bounce, bounce_fields),
    (Kind::Bounce, told_to_sender),
    (Kind::Bounce, bounce_of_fault),
    (Kind::Configuration, settings),
    (Kind::Configuration, names_of_settings),
    (Kind::Configuration, marks_of_programs),
    (Kind::Documentation, labels),
    (Kind::Documentation, guidance),
    (Kind::Documentation, pages),
    (Kind::Documentation, not_a_message),
    (Kind::Failure, fault),
    (Kind::Failure, thrown),
    (Kind::Failure, with_its_settings),
    (Kind::Log, stamps),
    (Kind::Log, servers),
    (Kind::Log, headings),
    (Kind::Log, log_of_fault),
    (Kind::Mail, header),
    (Kind::Records, records),
    (Kind::Records, names_of_records),
    (Kind::Report, report),
    (Kind::Session, dialogue),
    (Kind::Session, greeting),
    (Kind::Session, offers),
    (Kind::Session, tools),
    (Kind::Session, replies),
    (Kind::Session, dialogue_of_fault),
    (Kind::Session, success),
    (Kind::Session, commands_alone),
];

/// `first` for the first, `more` for each of the others, `most` at most.
fn grow(count: i32, first: i32, more: i32, most: i32) -> i32 {
    if count <= 0 {
        0
    } else {
        (first + (count - 1).saturating_mul(more)).min(most)
    }
}

/// How many of a hundred lines.
fn share(part: i32, of: i32) -> i32 {
    (part.saturating_mul(100) / of.max(1)).min(100)
}

/// Whether the text is about mail at all: much else fails, has settings and keeps logs.
fn is_of_mail(seen: &Seen) -> bool {
    seen.found.of(Theme::Mail) > 0
        || seen.hosts + seen.addresses + seen.commands + seen.greetings + seen.enhanced > 0
}

fn bounce_words(seen: &Seen) -> i32 {
    grow(seen.found.of(Theme::Bounce), 60, 25, 160)
}

fn bounce_fields(seen: &Seen) -> i32 {
    grow(seen.found.of(Theme::BounceField), 60, 25, 160)
}

/// Whoever writes a report speaks of your mail to somebody.
fn told_to_sender(seen: &Seen) -> i32 {
    if seen.found.of(Theme::Yours) > 0 && seen.addresses > 0 && fault(seen) > 0 {
        50
    } else {
        0
    }
}

/// A report tells of a failure in the words of any failure.
fn bounce_of_fault(seen: &Seen) -> i32 {
    if bounce_words(seen) + bounce_fields(seen) + told_to_sender(seen) > 0 {
        (fault(seen) + thrown(seen)) * 6 / 10
    } else {
        0
    }
}

/// Settings that programs read, where they are a good part of the text.
fn settings(seen: &Seen) -> i32 {
    let part = share(seen.settings + seen.other_settings, seen.lines);
    if part < 30 || seen.stamped * 2 > seen.lines || !is_of_mail(seen) && seen.ports == 0 {
        return 0;
    }
    grow(seen.settings, 30, 12, 80)
}

/// Names that only settings and programs have; a page that quotes them has sentences around, a session its dialogue.
fn names_of_settings(seen: &Seen) -> i32 {
    let names = grow(seen.found.of(Theme::Code), 40, 20, 100);
    // A message names a setting in passing.
    let is_in_passing = seen.lines <= 3 && seen.settings + seen.other_settings + seen.code == 0;
    if dialogue(seen) > 0 {
        names / 2
    } else if is_in_passing {
        (names - fault(seen) / 2).max(0)
    } else {
        (names - 12 * seen.prose).max(0)
    }
}

fn marks_of_programs(seen: &Seen) -> i32 {
    if seen.found.of(Theme::Code) + seen.settings > 0 && is_of_mail(seen) {
        grow(seen.code, 10, 5, 30)
    } else {
        0
    }
}

/// What settings are called in a client, with the hosts and ports that belong to them.
fn labels(seen: &Seen) -> i32 {
    if !is_of_mail(seen) {
        return 0;
    }
    let words = grow(seen.found.of(Theme::Label), 12, 9, 66);
    // A client's message names its settings as well, and seldom what is in them.
    let words = if seen.ports + seen.hosts == 0 {
        words / 2
    } else {
        words
    };
    words + grow(seen.labels, 8, 4, 20) + grow(seen.ports, 12, 4, 20) + grow(seen.hosts, 10, 2, 16)
}

/// What is said to a reader who is to do something.
fn guidance(seen: &Seen) -> i32 {
    if is_of_mail(seen) {
        grow(seen.found.of(Theme::Guide), 8, 7, 50)
    } else {
        0
    }
}

/// Sentences and markup.
fn pages(seen: &Seen) -> i32 {
    if !is_of_mail(seen) || seen.ports + seen.found.of(Theme::Label) == 0 {
        return 0;
    }
    grow(seen.prose, 10, 5, 30) + grow(seen.html, 25, 5, 50)
}

/// A page is longer than a message that names what it tried.
fn not_a_message(seen: &Seen) -> i32 {
    if seen.lines <= 3 || seen.lines <= 6 && seen.ports == 0 {
        -fault(seen) / 2
    } else {
        0
    }
}

/// Whoever shows an error shows the settings that led to it, and asks about the error. A page says more.
fn with_its_settings(seen: &Seen) -> i32 {
    let has_error = seen.refusals + seen.enhanced + seen.errors + seen.stack > 0
        || seen.found.of(Theme::Network) + seen.found.of(Theme::Fault) > 1;
    let is_page = seen.prose > 1 || seen.found.of(Theme::Guide) > 1 || seen.html > 0;
    if has_error && !is_page && seen.lines <= OF_AN_ERROR {
        settings(seen) + names_of_settings(seen) + marks_of_programs(seen)
    } else {
        0
    }
}

/// What somebody pastes beside an error is no longer, in lines.
const OF_AN_ERROR: i32 = 20;

/// Words of failure, of a network's failure, and refusals with their words.
fn fault(seen: &Seen) -> i32 {
    let network = seen.found.of(Theme::Network);
    let refusals = seen.refusals + seen.enhanced;
    let complaint = complaint(seen);
    if network + refusals + seen.ports == 0 && !is_of_mail(seen) {
        return complaint;
    }
    let of_words = grow(seen.found.of(Theme::Fault), 40, 12, 64);
    let of_network = grow(network, 45, 10, 65);
    let of_refusals = grow(refusals, 45, 5, 55);
    let sum = (of_words + of_network + of_refusals)
        .min(110)
        .max(complaint);
    // A page speaks of what may go wrong.
    if seen.prose + seen.labels - seen.header >= 4 && seen.stack + seen.stamped == 0 {
        sum * 2 / 3
    } else {
        sum
    }
}

/// A short text that denies something of a host, a network or a mail is a failure in anybody's words.
fn complaint(seen: &Seen) -> i32 {
    let of = |theme| seen.found.of(theme);
    let denies = of(Theme::Not) + of(Theme::Fault) + seen.errors > 0;
    let about = of(Theme::Thing) + of(Theme::Mail) + of(Theme::Network) + seen.errors_of_mail > 0;
    if seen.lines <= 6 && denies && about {
        45
    } else {
        0
    }
}

fn thrown(seen: &Seen) -> i32 {
    let is_near = is_of_mail(seen) || seen.found.of(Theme::Network) > 0;
    if !is_near && complaint(seen) == 0 {
        return 0;
    }
    grow(seen.found.of(Theme::Thrown), 15, 8, 31)
        + grow(seen.errors, 20, 5, 30)
        + grow(seen.stack, 20, 5, 40)
}

/// Times at the beginning of lines.
fn stamps(seen: &Seen) -> i32 {
    if !is_of_mail(seen) && seen.found.of(Theme::Network) == 0 {
        return 0;
    }
    // A client's debug output has times as well.
    let is_dialogue = dialogue(seen) > 70 && seen.rows == 0;
    let weight = if is_dialogue { 4 } else { 8 };
    share(seen.stamped, seen.lines) * weight / 10 + grow(seen.stamped, 5, 2, 15)
}

/// Records of mail servers.
fn servers(seen: &Seen) -> i32 {
    let of_lines = share(seen.of_server, seen.lines) * 6 / 10 + grow(seen.of_server, 10, 5, 30);
    grow(seen.found.of(Theme::Server), 15, 12, 75) + of_lines
}

fn headings(seen: &Seen) -> i32 {
    grow(seen.headings, 60, 30, 90) + share(seen.rows, seen.lines) * 6 / 10
}

/// A log tells of failures in the words of any failure.
fn log_of_fault(seen: &Seen) -> i32 {
    (fault(seen) + thrown(seen)) * share(seen.stamped, seen.lines) * 6 / 1000
}

/// The header of a mail.
fn header(seen: &Seen) -> i32 {
    grow(seen.header - 1, 75, 25, 150)
}

fn records(seen: &Seen) -> i32 {
    share(seen.records, seen.lines) / 2 + grow(seen.records, 30, 15, 80)
}

fn names_of_records(seen: &Seen) -> i32 {
    grow(seen.found.of(Theme::Records), 50, 20, 110)
}

/// The keys of the forms that the command line prints.
fn report(seen: &Seen) -> i32 {
    let of = |theme| seen.found.of(theme);
    if seen.is_object
        && (of(Theme::Probe) >= 2 || of(Theme::Explained) >= 4 || of(Theme::Tally) >= 4)
    {
        400
    } else {
        0
    }
}

/// Commands and replies in turn; words that settings have as well make none by themselves.
fn dialogue(seen: &Seen) -> i32 {
    if seen.commands + seen.greetings + seen.more == 0 {
        return 0;
    }
    // The rows of a protocol log hold one as well.
    grow(seen.turns, 70, 20, 170) * (100 - share(seen.rows, seen.lines) * 6 / 10) / 100
}

fn greeting(seen: &Seen) -> i32 {
    if seen.greetings > 0 && seen.lines <= 2 {
        80
    } else if seen.greetings > 0 && seen.more > 0 {
        70
    } else {
        grow(seen.greetings, 30, 0, 30)
    }
}

/// A reply of many lines, as to EHLO.
fn offers(seen: &Seen) -> i32 {
    grow(seen.more - 1, 15, 10, 45)
}

fn tools(seen: &Seen) -> i32 {
    if seen.commands + seen.greetings + seen.more + seen.replies + seen.accepted == 0 {
        return 0;
    }
    grow(seen.found.of(Theme::Tool), 35, 20, 75) + grow(seen.found.of(Theme::Offer), 5, 5, 25)
}

/// Replies that accept: a failure alone shows none.
fn replies(seen: &Seen) -> i32 {
    if seen.commands + seen.greetings == 0 {
        return 0;
    }
    grow(seen.replies + seen.accepted, 10, 5, 30)
}

/// A dialogue tells of a failure in the words of any failure.
fn dialogue_of_fault(seen: &Seen) -> i32 {
    if dialogue(seen) + greeting(seen) >= 70 {
        (fault(seen) + thrown(seen)) * 6 / 10
    } else {
        0
    }
}

/// What a client prints where all went well.
fn success(seen: &Seen) -> i32 {
    if seen.accepted + seen.more > 0 && seen.lines <= 3 {
        45
    } else {
        0
    }
}

/// Commands without what the server said.
fn commands_alone(seen: &Seen) -> i32 {
    if seen.turns == 0 {
        grow(seen.commands, 45, 15, 75)
    } else {
        grow(seen.commands - 1, 30, 10, 60)
    }
}
