//! `portolan-probe port25` behind real firewalls: a client, a router with rules of nftables, and two mail hosts, each place in
//! a network namespace of its own.
//!
//! Without a test harness, since none of them can skip at run time: who is not root, or lacks `ip` or `nft`, is told so as an
//! ignored test, which `cargo xtask test --no-skip` does not allow.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test may stop, and reports by itself"
)]

mod network;

use std::process::{Command, ExitCode};

use network::{A, B, Network};

/// Name, rules of the router, exit code, and what the text must say.
const TESTS: &[(&str, &str, i32, &[&str])] = &[
    (
        "without_rules_25_is_open",
        "",
        0,
        &[
            "IPv4: 25 is open from here.",
            "greets on 25 as `mx-a.example`",
            "greets on 25 as `mx-b.example`",
        ],
    ),
    (
        "dropped_towards_every_host_is_likely_blocked",
        "chain f { type filter hook forward priority 0; tcp dport 25 drop; }",
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "does not answer on 25, and answers on 587.",
            "packets to it are dropped",
        ],
    ),
    (
        "rejected_by_icmp_is_likely_blocked",
        "chain f { type filter hook forward priority 0; tcp dport 25 reject with icmp type admin-prohibited; }",
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "said by ICMP to be out of reach on 25, and answers on 587.",
            "a firewall rejects it",
        ],
    ),
    (
        "reset_in_the_hosts_place_is_likely_blocked",
        "chain f { type filter hook forward priority 0; tcp dport 25 reject with tcp reset; }",
        1,
        &[
            "IPv4: 25 is most likely blocked on the network here.",
            "refuses on 25, and answers on 587.",
        ],
    ),
    (
        "one_host_that_drops_is_that_host",
        "chain f { type filter hook forward priority 0; ip daddr 203.0.113.10 tcp dport 25 drop; }",
        0,
        &[
            "IPv4: 25 is open from here.",
            "What fails on 25 at 203.0.113.10 is that host's",
        ],
    ),
    (
        "one_server_in_the_place_of_all_is_in_between",
        "chain n { type nat hook prerouting priority -100; tcp dport 25 dnat to 203.0.113.20; }",
        1,
        &[
            "IPv4: 25 is most likely answered by somebody in between.",
            "203.0.113.10 greets on 25 as `mx-b.example`",
        ],
    ),
    (
        "where_nothing_gets_out_nothing_is_said_of_25",
        "chain f { type filter hook forward priority 0; drop; }",
        3,
        &["IPv4: not known.", "No host answers on any port over IPv4"],
    ),
    (
        "a_host_that_is_dropped_beside_one_that_refuses_differs",
        "chain f { type filter hook forward priority 0; ip daddr 203.0.113.10 tcp dport 25 drop; tcp dport 25 reject with tcp reset; }",
        3,
        &["IPv4: not known.", "fail on 25 in different ways"],
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |wanted: &str| arguments.iter().any(|it| it == wanted);
    if has("serve") {
        network::serve();
        return ExitCode::SUCCESS;
    }
    if has("--list") {
        for (name, ..) in TESTS.iter().filter(|_| !has("--ignored")) {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let filters: Vec<&String> = arguments.iter().filter(|it| !it.starts_with('-')).collect();
    let wanted =
        |name: &str| filters.is_empty() || filters.iter().any(|it| name.contains(it.as_str()));
    let chosen: Vec<_> = TESTS.iter().filter(|it| wanted(it.0)).collect();
    println!("\nrunning {} tests", chosen.len());
    if let Some(why) = network::lacks() {
        for (name, ..) in &chosen {
            println!("test {name} ... ignored, {why}");
        }
        println!(
            "\ntest result: ok. 0 passed; 0 failed; {} ignored\n",
            chosen.len()
        );
        return ExitCode::SUCCESS;
    }
    let network = Network::new();
    let (mut passed, mut failed) = (0, 0);
    for (name, rules, code, texts) in chosen {
        network.rules(rules);
        let (found, text) = ask(&network);
        let missing: Vec<&&str> = texts.iter().filter(|it| !text.contains(**it)).collect();
        if found == *code && missing.is_empty() {
            passed += 1;
            println!("test {name} ... ok");
        } else {
            failed += 1;
            println!("test {name} ... FAILED");
            eprintln!("exit code {found}, expected {code}; missing {missing:?}\n{text}");
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("\ntest result: {word}. {passed} passed; {failed} failed; 0 ignored\n");
    ExitCode::from(u8::from(failed > 0))
}

/// Exit code and text of the command in the client's place.
fn ask(network: &Network) -> (i32, String) {
    let controls = [format!("{A}:587"), format!("{B}:587")];
    let output = Command::new("ip")
        .args([
            "netns",
            "exec",
            &network.client,
            env!("CARGO_BIN_EXE_portolan-probe"),
            "port25",
        ])
        .args(["--control", &controls[0], "--control", &controls[1]])
        .args(["--timeout", "1", "--deadline", "5"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8_lossy(&output.stderr);
    (output.status.code().unwrap(), text)
}
