//! What is proven and what is likely, in sentences.

use portolan_report::Family;

use super::{Answer, Block, Host, Port25, Unknown, Way};

pub(super) fn told(family: Family, answer: Answer, hosts: &[Host<'_>]) -> Port25 {
    let mut proven = Vec::new();
    for host in hosts {
        if let Some(sentence) = seen(host) {
            proven.push(sentence);
        }
    }
    let of = match family {
        Family::V4 => "IPv4",
        Family::V6 => "IPv6",
    };
    let mut likely = Vec::new();
    match answer {
        Answer::Open => {
            proven.push(format!("Port 25 of {of} gets out from here: a mail server greeted on it."));
            for host in hosts.iter().filter(|it| fails(it)) {
                likely.push(format!(
                    "What fails on 25 at {} is that host's or its network's doing, since 25 gets out to another.",
                    host.name
                ));
            }
        }
        Answer::Intercepted => likely.push(
            "Somebody in between answers on 25 in the place of every host: they greet by one name. Hosts of one operator may do so too.".to_owned(),
        ),
        Answer::OwnRules => proven.push(format!(
            "This machine's own rules forbid connections of {of} to port 25: its system refused before anything was sent."
        )),
        Answer::Blocked(how) => likely.push(format!("Port 25 of {of} is blocked near here: {}", blocked(how))),
        Answer::NotKnown(why) => likely.push(unknown(why, of)),
    }
    Port25 {
        family,
        answer,
        proven,
        likely,
        next: next(answer),
    }
}

/// Whether 25 was tried there in vain.
fn fails(host: &Host<'_>) -> bool {
    host.on_25
        .is_some_and(|it| !matches!(it, Way::Greets(_) | Way::Silent))
}

fn seen(host: &Host<'_>) -> Option<String> {
    let on_25 = match host.on_25? {
        Way::Greets("") => "greets on 25".to_owned(),
        Way::Greets(name) => format!("greets on 25 as `{name}`"),
        Way::Silent => "takes the connection on 25 and does not greet".to_owned(),
        Way::OwnRules => "was not tried on 25: this machine's rules forbid it".to_owned(),
        Way::Rejected => "is said by ICMP to be out of reach on 25".to_owned(),
        Way::Reset => "cuts the connection on 25".to_owned(),
        Way::Refused => "refuses on 25".to_owned(),
        Way::Dropped => "does not answer on 25".to_owned(),
        Way::Failed => "cannot be connected with on 25".to_owned(),
        Way::NoRoute => "has an address to which this machine knows no way".to_owned(),
    };
    let elsewhere = match host.answers_on {
        Some(port) => format!(", and answers on {port}"),
        None if fails(host) => ", nor anywhere else that was tried".to_owned(),
        None => String::new(),
    };
    Some(format!("{} {on_25}{elsewhere}.", host.name))
}

const fn blocked(how: Block) -> &'static str {
    match how {
        Block::Dropped => {
            "packets to it are dropped towards every host, while the same hosts answer on other ports."
        }
        Block::Rejected => {
            "a firewall rejects it towards every host, while the same hosts answer on other ports."
        }
        Block::Reset => {
            "connections to it are refused towards every host, while the same hosts answer on other ports. Where one of them takes mail on 25, a firewall refuses in its place."
        }
    }
}

fn unknown(why: Unknown, of: &str) -> String {
    match why {
        Unknown::Differs => "Hosts fail on 25 in different ways, so that no one thing explains them: each may have its own reason.".to_owned(),
        Unknown::NothingAnswers => format!(
            "No host answers on any port over {of}: they are down, or this machine has no way out. That says nothing of 25."
        ),
        Unknown::NoRoute => format!("This machine has no way to addresses of {of}, so that 25 could not be tried over it."),
        Unknown::OneHost => "One host alone was seen to answer elsewhere and to fail on 25: its own firewall or the network here. A second one that takes mail on 25 would tell.".to_owned(),
        Unknown::Silent => "Connections on 25 stand, and nobody greets: a server that is slow, or something in between that takes connections in its place.".to_owned(),
    }
}

fn next(answer: Answer) -> Vec<String> {
    let submit = "Applications submit through their provider on 587 or 465, signed in: these ports are for them, and 25 is between mail servers.";
    let ask = "Whoever has to deliver on 25 asks the cloud, hoster or access provider to open it; many want a request and a reverse DNS name first.";
    let more = "Name another host that is known to take mail on 25, of another operator: --control HOST:PORT with a port on which it answers.";
    let all: &[&str] = match answer {
        Answer::Open => &[],
        Answer::Blocked(_) => &[submit, ask],
        Answer::OwnRules => &[
            "Look at this machine's rules: `nft list ruleset`, or `iptables -S OUTPUT`.",
            submit,
        ],
        Answer::Intercepted => &[
            "Compare the greetings with those that another network sees, and send no password on 25.",
            more,
        ],
        Answer::NotKnown(_) => &[more],
    };
    all.iter().map(|it| (*it).to_owned()).collect()
}
