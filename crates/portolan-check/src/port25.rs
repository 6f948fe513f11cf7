//! "Is 25 blocked from here?": what tries of several hosts prove, and what they make likely.
//!
//! One host that does not answer on 25 proves nothing of the network: its own firewall may do that. Several hosts that all
//! answer on other ports and fail alike on 25 make a block near the sender likely, never sure. One that greets on 25 proves
//! that there is none for its family of addresses. Each family is judged apart, since networks block them apart.

mod told;

use std::net::IpAddr;

use portolan_report::Family;
use portolan_report::probe::ConnectFault;

/// One connection that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Try {
    /// The host, as it was named.
    pub host: String,
    /// The address.
    pub address: IpAddr,
    /// TCP port.
    pub port: u16,
    /// What came of it.
    pub seen: Seen,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The connection was made. On 25 this says that something answered, and not who.
    Connected,
    /// No connection.
    Failed(ConnectFault),
    /// A greeting came.
    Greeted {
        /// Its reply code.
        code: u16,
        /// The name in it.
        name: String,
    },
}

/// What the tries of a family come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Something here or near keeps 25 from getting out, most likely.
    Blocked(Block),
    /// Somebody in between answers on 25 in the place of every host, most likely.
    Intercepted,
    /// What was seen does not decide it.
    NotKnown(Unknown),
    /// 25 gets out: a host greeted. That is proven.
    Open,
    /// This machine's own rules forbid 25. That is proven: its system says so.
    OwnRules,
}

/// How 25 is kept from getting out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Packets vanish.
    Dropped,
    /// A firewall says no in words of ICMP.
    Rejected,
    /// Connections are reset or refused, in the hosts' place.
    Reset,
}

/// Why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Hosts fail in different ways.
    Differs,
    /// No host answered on any other port either: down, or no way out at all.
    NothingAnswers,
    /// This machine knows no way to addresses of this family.
    NoRoute,
    /// One host alone fails so that answers elsewhere: it, or the network.
    OneHost,
    /// Connections stand, and nobody greets.
    Silent,
}

/// The judgement of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port25 {
    /// Which family.
    pub family: Family,
    /// What it comes to.
    pub answer: Answer,
    /// Sentences that hold whatever else is true.
    pub proven: Vec<String>,
    /// Sentences that are the best explanation, and not more.
    pub likely: Vec<String>,
    /// What to do next.
    pub next: Vec<String>,
}

/// What every judgement has to be read with.
pub const TRIED: &str = "This reading of the signs was tried in network namespaces with firewalls of their own, and not yet on the open internet.";

/// Judges the tries, IPv4 first. A family of which nothing was tried is left out.
pub fn port25(tries: &[Try]) -> Vec<Port25> {
    [Family::V4, Family::V6]
        .into_iter()
        .filter_map(|family| {
            let own: Vec<&Try> = tries.iter().filter(|it| of(it.address) == family).collect();
            (!own.is_empty()).then(|| {
                let hosts = hosts(&own);
                let answer = answer(&hosts);
                told::told(family, answer, &hosts)
            })
        })
        .collect()
}

const fn of(address: IpAddr) -> Family {
    match address {
        IpAddr::V4(_) => Family::V4,
        IpAddr::V6(_) => Family::V6,
    }
}

/// A host, over its addresses of one family.
#[derive(Debug)]
struct Host<'t> {
    name: &'t str,
    /// What it does on 25. `None`: not tried there.
    on_25: Option<Way<'t>>,
    /// A port other than 25 on which it answered, be it with a refusal.
    answers_on: Option<u16>,
}

/// What a host does on 25, the best of its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way<'t> {
    Greets(&'t str),
    Silent,
    OwnRules,
    Rejected,
    Reset,
    Refused,
    Dropped,
    Failed,
    NoRoute,
}

fn hosts<'t>(tries: &[&'t Try]) -> Vec<Host<'t>> {
    let mut hosts: Vec<Host<'t>> = Vec::new();
    for it in tries {
        let at = hosts.iter().position(|host| host.name == it.host);
        let at = at.unwrap_or_else(|| {
            hosts.push(Host {
                name: &it.host,
                on_25: None,
                answers_on: None,
            });
            hosts.len() - 1
        });
        let Some(host) = hosts.get_mut(at) else {
            continue;
        };
        if it.port == 25 {
            let way = way(&it.seen);
            host.on_25 = Some(host.on_25.map_or(way, |known| known.min(way)));
        } else if answers(&it.seen) {
            host.answers_on = host.answers_on.or(Some(it.port));
        }
    }
    hosts
}

/// A refusal is an answer too, though a firewall may have given it.
const fn answers(seen: &Seen) -> bool {
    matches!(
        seen,
        Seen::Connected | Seen::Greeted { .. } | Seen::Failed(ConnectFault::Refused)
    )
}

fn way(seen: &Seen) -> Way<'_> {
    match seen {
        Seen::Connected => Way::Silent,
        Seen::Greeted { name, .. } => Way::Greets(name),
        Seen::Failed(fault) => match fault {
            ConnectFault::Refused => Way::Refused,
            ConnectFault::Reset => Way::Reset,
            ConnectFault::TimedOut => Way::Dropped,
            ConnectFault::NotPermitted => Way::OwnRules,
            ConnectFault::Forbidden | ConnectFault::HostUnreachable => Way::Rejected,
            ConnectFault::NetworkUnreachable => Way::NoRoute,
            ConnectFault::Other { .. } => Way::Failed,
        },
    }
}

fn answer(hosts: &[Host<'_>]) -> Answer {
    let tried = || hosts.iter().filter_map(|it| Some((it, it.on_25?)));
    let greeted: Vec<(&str, &str)> = tried()
        .filter_map(|(host, way)| match way {
            Way::Greets(name) => Some((host.name, name)),
            _ => None,
        })
        .collect();
    if let [(_, first), rest @ ..] = &greeted[..] {
        // Hosts of one operator may share a name; who named them is told so.
        let is_one = !first.is_empty() && rest.iter().all(|(_, it)| it.eq_ignore_ascii_case(first));
        return if rest.is_empty() || !is_one {
            Answer::Open
        } else {
            Answer::Intercepted
        };
    }
    if tried().any(|(_, way)| way == Way::OwnRules) {
        return Answer::OwnRules;
    }
    if tried().any(|(_, way)| way == Way::Silent) {
        return Answer::NotKnown(Unknown::Silent);
    }
    if tried().all(|(_, way)| way == Way::NoRoute) {
        return Answer::NotKnown(Unknown::NoRoute);
    }
    // A host that answers nowhere says nothing of 25.
    let mut alive = tried().filter(|(host, _)| host.answers_on.is_some());
    let Some((_, first)) = alive.next() else {
        return Answer::NotKnown(Unknown::NothingAnswers);
    };
    let rest: Vec<Way<'_>> = alive.map(|(_, way)| way).collect();
    if rest.is_empty() {
        return Answer::NotKnown(Unknown::OneHost);
    }
    let block = |way: Way<'_>| match way {
        Way::Dropped => Some(Block::Dropped),
        Way::Rejected => Some(Block::Rejected),
        Way::Refused | Way::Reset => Some(Block::Reset),
        _ => None,
    };
    match block(first) {
        Some(how) if rest.iter().all(|it| block(*it) == Some(how)) => Answer::Blocked(how),
        _ => Answer::NotKnown(Unknown::Differs),
    }
}

#[cfg(test)]
mod tests;
