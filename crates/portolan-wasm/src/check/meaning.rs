//! What differs between two reports, and what that means: the name's address first, then what was rewritten, then the way.

use portolan_check::{PortState, Weight};
use portolan_report::probe::ProbeReport;

use super::compare::{
    About, apart, certificate, differences, doors, gets_through, share_hosts, starttls,
};
use super::{Seen, words};

/// What the differences mean.
pub(super) struct Meaning {
    pub(super) headline: String,
    pub(super) means: String,
    /// What to do next, in order.
    pub(super) next: Vec<String>,
}

/// The meaning of two reports.
pub(super) fn meaning(first: &Seen, second: &Seen) -> Meaning {
    let (one, two) = (&first.report, &second.report);
    if !share_hosts(one, two) {
        return said(
            "These are reports of different servers.",
            "What differs between them says nothing of the way there.".to_owned(),
            vec!["Check the same host from both machines.".to_owned()],
        );
    }
    let all = differences(first, second);
    if all.is_empty() {
        return said(
            "Nothing that matters differs.",
            format!("Both see the same of the same server, {}.", apart(one, two)),
            Vec::new(),
        );
    }
    let when = format!("They were made {}.", apart(one, two));
    let told = if one.asked.ehlo_name == two.asked.ehlo_name {
        at_one_machine(first, second, |about| {
            all.iter().any(|it| it.about == about)
        })
    } else {
        let sides = Sides::of(first, second);
        sides.between_machines(all.iter().any(|it| it.about == About::Way))
    };
    Meaning {
        means: format!("{} {when}", told.means),
        ..told
    }
}

fn said(headline: &str, means: String, next: Vec<String>) -> Meaning {
    Meaning {
        headline: headline.to_owned(),
        means,
        next,
    }
}

/// The same machine at two times.
fn at_one_machine(first: &Seen, second: &Seen, differs: impl Fn(About) -> bool) -> Meaning {
    if are_apart(first, second) {
        return said(
            "What differs is the address: the name led elsewhere in between.",
            "Two addresses may be two servers, so that the rest says little of either.".to_owned(),
            vec!["Ask the server’s owner whether it moved, and check it once more.".to_owned()],
        );
    }
    let headline = match (differs(About::Way), differs(About::Server)) {
        (true, true) => "What differs is the time: the way, and the server, changed in between.",
        (true, false) => "What differs is the time: the way to the server changed in between.",
        (false, _) => "What differs is the server: it changed in between.",
    };
    let means = if differs(About::Way) {
        "The same machine got other answers: a firewall’s rule, a limit, or a server that was down."
    } else {
        "The way is the same, and what the server says is not."
    };
    let works = works(second);
    let next = format!("Go by the later one: {works}.");
    said(headline, means.to_owned(), vec![next])
}

/// The addresses of a host that both looked at have nothing in common.
fn are_apart(first: &Seen, second: &Seen) -> bool {
    let of = |report: &ProbeReport| -> Vec<(String, std::net::IpAddr)> {
        let all = report.visits.iter();
        all.map(|it| (it.host.to_ascii_lowercase(), it.address))
            .collect()
    };
    let (one, two) = (of(&first.report), of(&second.report));
    let is_parted = |host: &str, is_v4: bool| {
        let at = |all: &[(String, std::net::IpAddr)]| -> Vec<std::net::IpAddr> {
            let own = all.iter().filter(|it| it.0 == host);
            own.map(|it| it.1)
                .filter(|it| it.is_ipv4() == is_v4)
                .collect()
        };
        let (left, right) = (at(&one), at(&two));
        !left.is_empty() && !right.is_empty() && !left.iter().any(|it| right.contains(it))
    };
    one.iter().any(|(host, it)| is_parted(host, it.is_ipv4()))
}

/// `From laptop.example 2525 works`
fn works(seen: &Seen) -> String {
    let all = ports(seen, is_open);
    let machine = machine(seen);
    match &all[..] {
        [] => format!("from {machine} no port works"),
        [one] => format!("from {machine} {one} works"),
        several => format!("from {machine} {} work", words::listed(several)),
    }
}

fn ports(seen: &Seen, wanted: impl Fn(PortState) -> bool) -> Vec<String> {
    words::ports(&seen.assessment)
        .into_iter()
        .filter(|(_, state)| wanted(*state))
        .map(|(port, _)| port.to_string())
        .collect()
}

fn machine(seen: &Seen) -> String {
    words::short(&seen.report.asked.ehlo_name)
}

/// Two machines, and which ports differ between them.
struct Sides<'s> {
    first: &'s Seen,
    second: &'s Seen,
    /// Ports that get through from the first alone.
    at_first: Vec<String>,
    /// Ports that get through from the second alone.
    at_second: Vec<String>,
}

impl<'s> Sides<'s> {
    fn of(first: &'s Seen, second: &'s Seen) -> Self {
        let only = |open: &Seen, shut: &Seen| -> Vec<String> {
            let others = doors(shut);
            let is_shut_there = |it: &portolan_check::PortLine| {
                others.iter().any(|other| {
                    other.port == it.port && other.host == it.host && !gets_through(other.state)
                })
            };
            let mut all: Vec<u16> = doors(open)
                .into_iter()
                .filter(|it| gets_through(it.state) && is_shut_there(it))
                .map(|it| it.port)
                .collect();
            all.dedup();
            all.iter().map(ToString::to_string).collect()
        };
        Self {
            at_first: only(first, second),
            at_second: only(second, first),
            first,
            second,
        }
    }

    fn between_machines(&self, is_way: bool) -> Meaning {
        let (first, second) = (self.first, self.second);
        let both = format!("{}; {}.", capital(&works(first)), works(second));
        if are_apart(first, second) {
            return said(
                "What differs first is the address: the two looked at different ones.",
                format!("Two addresses of one name may be two servers, so that the rest says little of the network. {both}"),
                vec![
                    "Look the name up on both machines, and ask the server’s owner which address is right.".to_owned(),
                    "Check one address by itself from both, portolan-probe ADDRESS: what differs then is the network.".to_owned(),
                ],
            );
        }
        if let Some((bad, good)) = self.one_of(rewritten) {
            return inspected(bad, good, &both);
        }
        if self.certificates_differ() {
            return self.certificates(&both);
        }
        if is_way {
            return self.way(&both);
        }
        let headline = if hours(&first.report, &second.report) >= LATER {
            "The server changed between the two, or answers each in its own way."
        } else {
            "The server answers each of the two in its own way."
        };
        said(
            headline,
            format!("Both get through. {both}"),
            vec!["Check both once more at one time: what is still not alike is the way, or several servers behind one name.".to_owned()],
        )
    }

    /// The side of which this is so, and the other, of which it is not.
    fn one_of(&self, is_so: fn(&Seen, &Seen) -> bool) -> Option<(&'s Seen, &'s Seen)> {
        let (first, second) = (self.first, self.second);
        match (is_so(first, second), is_so(second, first)) {
            (true, false) => Some((first, second)),
            (false, true) => Some((second, first)),
            _ => None,
        }
    }

    /// Whether a port shows each of them another certificate.
    fn certificates_differ(&self) -> bool {
        let others = doors(self.second);
        doors(self.first).iter().any(|line| {
            let other = others
                .iter()
                .find(|it| it.port == line.port && it.host == line.host);
            let shown = |seen: &Seen, at: usize| seen.report.visits.get(at).and_then(certificate);
            other.is_some_and(|other| {
                let (left, right) = (
                    shown(self.first, line.visit),
                    shown(self.second, other.visit),
                );
                left.is_some() && right.is_some() && left != right
            })
        })
    }

    fn certificates(&self, both: &str) -> Meaning {
        let is_bad = |seen: &Seen, _: &Seen| {
            let mut all = seen.assessment.findings.iter();
            all.any(|it| it.weight.is_wrong() && it.rule.starts_with("certificate-"))
        };
        let (why, rest) = match self.one_of(is_bad) {
            Some((bad, good)) => (
                format!(
                    "That which {} gets is in order, that which {} gets is not: something near {} answers in the server’s place, or the server has several.",
                    machine(good),
                    machine(bad),
                    machine(bad)
                ),
                format!(
                    "Sign in nowhere from {} before that is known: a hoster’s redirect, a firewall and a virus scanner show certificates of their own.",
                    machine(bad)
                ),
            ),
            None => (
                "The server has several, it was renewed in between, or something on one way answers in its place.".to_owned(),
                "Where neither fingerprint is the server’s, sign in nowhere.".to_owned(),
            ),
        };
        said(
            "Each of the two is shown another certificate.",
            format!("{why} {both}"),
            vec![
                "Compare both fingerprints with the server’s owner.".to_owned(),
                rest,
            ],
        )
    }

    fn way(&self, both: &str) -> Meaning {
        let headline = "What differs is the network.";
        let (open, shut, ports) = match (&self.at_first[..], &self.at_second[..]) {
            ([], []) => return said(headline, both.to_owned(), Vec::new()),
            (ports, []) => (self.first, self.second, ports),
            ([], ports) => (self.second, self.first, ports),
            _ => {
                return said(
                    headline,
                    format!(
                        "Each gets through where the other does not: both networks stand in some way. {both}"
                    ),
                    vec![
                        next(self.first, &self.at_second),
                        next(self.second, &self.at_first),
                    ],
                );
            }
        };
        let answers = if ports.len() == 1 {
            "answers"
        } else {
            "answer"
        };
        // Where another port passes, it is not the server that is kept out.
        let told = if ports_through(shut) {
            format!(
                "{} {answers} {} and not {}: look for the block on the side of {}.",
                words::listed(ports),
                machine(open),
                machine(shut),
                machine(shut)
            )
        } else {
            format!(
                "The same server answers from {} and not from {}: look for the block on the side of {}.",
                machine(open),
                machine(shut),
                machine(shut)
            )
        };
        said(headline, format!("{told} {both}"), vec![next(shut, ports)])
    }
}

/// What it means that somebody rewrites what one side sees.
fn inspected(bad: &Seen, good: &Seen, both: &str) -> Meaning {
    let (here, there) = (machine(bad), machine(good));
    let safe = submits(bad);
    let rest = match &safe[..] {
        [] => format!("Send from {there} until then: no port is safe from {here}."),
        some => format!("Until then use {} from {here}.", words::listed(some)),
    };
    said(
        &format!("Something on the way from {here} rewrites the session."),
        format!(
            "The server offers STARTTLS to {there}, and {here} does not get to see it: an inspection in between takes it out, and may read what is sent. {both}"
        ),
        vec![
            format!("Sign in nowhere from {here} where TLS is missing."),
            format!(
                "Ask whoever runs the network of {here}, its firewall or its virus scanner, to leave SMTP alone."
            ),
            rest,
        ],
    )
}

/// What to do on a side on which these ports do not pass.
fn next(shut: &Seen, ports_shut: &[String]) -> String {
    let here = machine(shut);
    let list = words::listed(ports_shut);
    match &submits(shut)[..] {
        [] => format!(
            "Ask whoever runs the network of {here} to let {list} out, or send from the other machine."
        ),
        some => format!(
            "From {here} send by {}, and ask whoever runs its network to let {list} out.",
            some.first().map_or("", String::as_str)
        ),
    }
}

/// The ports that work and that clients may submit to.
fn submits(seen: &Seen) -> Vec<String> {
    let mut works = ports(seen, is_open);
    works.retain(|it| it != "25");
    works
}

/// Whether any port gets through.
fn ports_through(seen: &Seen) -> bool {
    !ports(seen, gets_through).is_empty()
}

/// Whether somebody on the way rewrites what one side sees: by what is blotted out, or by an offer that only the other gets.
fn rewritten(seen: &Seen, other: &Seen) -> bool {
    let is_intercepted = seen.assessment.findings.iter().any(|it| {
        it.weight == Weight::Danger && it.cause.is_some_and(|it| it.id == "network.intercepted")
    });
    let others = doors(other);
    let lacks = doors(seen).iter().any(|line| {
        let twin = others
            .iter()
            .find(|it| it.port == line.port && it.host == line.host);
        let offered = |seen: &Seen, at: usize| {
            seen.report
                .visits
                .get(at)
                .and_then(starttls)
                .map(|it| it == "offered")
        };
        twin.is_some_and(|twin| {
            offered(seen, line.visit) == Some(false) && offered(other, twin.visit) == Some(true)
        })
    });
    is_intercepted || lacks
}

/// So many hours apart, time is a reason of its own.
const LATER: i64 = 24;

fn hours(one: &ProbeReport, two: &ProbeReport) -> i64 {
    (two.started_at.unix() - one.started_at.unix()).abs() / 3_600
}

fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// Whether a port works, as far as was asked.
const fn is_open(state: PortState) -> bool {
    matches!(
        state,
        PortState::Works(_) | PortState::Greets | PortState::Connects
    )
}
