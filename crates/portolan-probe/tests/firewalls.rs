//! What firewalls do, by the kernel's own: a client, a router and hosts in a network of the test's own (`portolan-network`),
//! nftables at the router and the hosts, the program at the client.
//!
//! It says so where it cannot run; `PORTOLAN_FIREWALLS=1` makes that a failure.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may stop, and says what it leaves out"
)]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::thread;

use portolan_check::{Assessment, PortState, assess};
use portolan_network::{Host, Network, ready};

fn network() -> Option<Network> {
    if let Err(why) = ready() {
        assert!(std::env::var_os("PORTOLAN_FIREWALLS").is_none(), "{why}");
        eprintln!("left out: {why}");
        return None;
    }
    Some(Network::new().unwrap())
}

/// The program in the client's place.
fn run(network: &Network, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_portolan-probe"));
    program.args(arguments);
    let run = || program.output();
    network.client().inside(run).unwrap().unwrap()
}

fn look(network: &Network, arguments: &[&str]) -> Assessment {
    let output = run(
        network,
        &[&["--json", "--timeout", "2"], arguments].concat(),
    );
    let report = portolan_wire::read_report(&output.stdout);
    assess(
        &report
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr))),
    )
}

const RULES: &[&str] = &[
    "input tcp dport 25 drop",
    "input tcp dport 2525 reject with icmpx type admin-prohibited",
    "input tcp dport 2526 reject with icmp type host-unreachable",
    "input tcp dport 465 reject with tcp reset",
];

#[test]
fn what_firewalls_do_is_told_apart() {
    let Some(network) = network() else { return };
    let host = network.host("mail").unwrap();
    network.rules(&host, RULES).unwrap();
    let (v4, v6) = (host.v4().to_string(), host.v6().to_string());
    let ports = [
        "-p", "25", "-p", "465", "-p", "587", "-p", "2525", "-p", "2526",
    ];
    let looked = |host: &str| {
        let assessment = look(&network, &[&[host], ports.as_slice()].concat());
        let lines = assessment.ports.iter().map(|it| (it.port, it.state));
        (lines.collect::<Vec<_>>(), assessment.clone())
    };
    // Nobody listens on 587, which is refused by the host itself.
    let (states, assessment) = looked(&v4);
    let expected = [
        (25, PortState::Dropped),
        (465, PortState::Refused),
        (587, PortState::Refused),
        (2525, PortState::Rejected),
        (2526, PortState::Rejected),
    ];
    assert_eq!(states, expected);
    let named = |port: u16| {
        let finding = assessment
            .findings
            .iter()
            .find(|it| it.scope.ports.contains(&port));
        finding
            .and_then(|it| Some((it.rule, it.cause?.id)))
            .unwrap()
    };
    assert_eq!(named(25), ("port-dropped", "network.port-blocked"));
    assert_eq!(named(2525), ("port-rejected", "network.port-blocked"));
    assert_eq!(named(587), ("port-refused", "network.refused"));
    let (states, _) = looked(&v6);
    let expected = [
        (25, PortState::Dropped),
        (465, PortState::Refused),
        (587, PortState::Refused),
        (2525, PortState::Rejected),
        (2526, PortState::Refused),
    ];
    assert_eq!(states, expected);
    // Nobody has that address on the host's wire, and the router knows no way to the other.
    for (host, rule) in [("10.79.2.77", "no-route"), ("192.0.2.1", "no-route")] {
        let assessment = look(&network, &[host, "-p", "25", "--timeout", "6"]);
        assert_eq!(assessment.findings[0].rule, rule, "{host}");
        assert_eq!(assessment.ports[0].state, PortState::NoRoute, "{host}");
    }
}

/// What happens, by which rules of the router, with which exit code, and what the text must say of hosts A and B.
const ON_25: &[(&str, &[&str], i32, &[&str])] = &[
    (
        "without rules 25 is open",
        &[],
        0,
        &[
            "IPv4: 25 is open from here.",
            "greets on 25 as `mx-a.example`",
            "greets on 25 as `mx-b.example`",
        ],
    ),
    (
        "dropped towards every host is likely blocked",
        &["forward tcp dport 25 drop"],
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "does not answer on 25, and answers on 587.",
            "packets to it are dropped",
        ],
    ),
    (
        "rejected by icmp is likely blocked",
        &["forward tcp dport 25 reject with icmp type admin-prohibited"],
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "said by ICMP to be out of reach on 25, and answers on 587.",
            "a firewall rejects it",
        ],
    ),
    (
        "reset in the hosts place is likely blocked",
        &["forward tcp dport 25 reject with tcp reset"],
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "refuses on 25, and answers on 587.",
        ],
    ),
    (
        "one host that drops is that host",
        &["forward ip daddr {a} tcp dport 25 drop"],
        0,
        &[
            "IPv4: 25 is open from here.",
            "What fails on 25 at {a} is that host's",
        ],
    ),
    (
        "one server in the place of all is in between",
        &["prerouting tcp dport 25 dnat ip to {b}"],
        1,
        &[
            "IPv4: 25 is most likely answered by somebody in between.",
            "{a} greets on 25 as `mx-b.example`",
        ],
    ),
    (
        "where nothing gets out nothing is said of 25",
        &["forward drop"],
        3,
        &["IPv4: not known.", "No host answers on any port over IPv4"],
    ),
    (
        "a host that is dropped beside one that refuses differs",
        &[
            "forward ip daddr {a} tcp dport 25 drop",
            "forward tcp dport 25 reject with tcp reset",
        ],
        3,
        &["IPv4: not known.", "fail on 25 in different ways"],
    ),
];

/// Greets on 25 and 587 by this name.
fn serve(host: &Host, name: &str) {
    for port in [25, 587] {
        let listener = host.inside(|| TcpListener::bind((host.v4(), port)));
        let (listener, greeting) = (listener.unwrap().unwrap(), format!("220 {name} ESMTP\r\n"));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, greeting) = (stream.unwrap(), greeting.clone());
                thread::spawn(move || {
                    let _ = stream.write_all(greeting.as_bytes());
                    let _ = stream.read(&mut [0; 64]);
                });
            }
        });
    }
}

#[test]
fn what_becomes_of_port_25_on_the_way_is_told() {
    let Some(network) = network() else { return };
    let (a, b) = (network.host("a").unwrap(), network.host("b").unwrap());
    serve(&a, "mx-a.example");
    serve(&b, "mx-b.example");
    let fill = |text: &str| {
        let text = text.replace("{a}", &a.v4().to_string());
        text.replace("{b}", &b.v4().to_string())
    };
    for (name, rules, code, texts) in ON_25 {
        let rules: Vec<String> = rules.iter().map(|it| fill(it)).collect();
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        network.rules(network.router(), &rules).unwrap();
        let controls = [fill("{a}:587"), fill("{b}:587")];
        let words = [
            "port25",
            "--control",
            &controls[0],
            "--control",
            &controls[1],
        ];
        let patience = ["--timeout", "1", "--deadline", "5"];
        let output = run(&network, &[&words[..], &patience].concat());
        let text = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(*code), "{name}: {text}");
        for wanted in texts.iter().map(|it| fill(it)) {
            assert!(text.contains(&wanted), "{name}: no {wanted}: {text}");
        }
    }
}
