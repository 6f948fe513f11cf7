//! What firewalls do, by the kernel's own: two network namespaces, nftables in one, the program in the other.
//!
//! It needs Linux, root, `ip` and `nft`, and says so where they are missing; `PORTOLAN_FIREWALLS=1` makes that a failure.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use portolan_check::{Assessment, PortState, assess};

/// Two namespaces with a wire between them, gone when it is dropped.
struct Net {
    server: String,
    client: String,
}

impl Drop for Net {
    fn drop(&mut self) {
        for name in [&self.server, &self.client] {
            let _ = Command::new("ip").args(["netns", "del", name]).output();
        }
    }
}

const RULES: &str = "table inet filter {
  chain input {
    type filter hook input priority 0;
    tcp dport 25 drop
    tcp dport 2525 meta nfproto ipv4 reject with icmp type admin-prohibited
    tcp dport 2525 meta nfproto ipv6 reject with icmpv6 type admin-prohibited
    tcp dport 2526 meta nfproto ipv4 reject with icmp type host-unreachable
    tcp dport 465 reject with tcp reset
  }
}
";

fn run(line: &str) -> Option<Output> {
    let mut words = line.split_ascii_whitespace();
    let output = Command::new(words.next()?).args(words).output().ok()?;
    output.status.success().then_some(output)
}

impl Net {
    fn new() -> Option<Self> {
        let id = std::process::id();
        let net = Self {
            server: format!("portolan-s{id}"),
            client: format!("portolan-c{id}"),
        };
        let (server, client) = (&net.server, &net.client);
        run(&format!("ip netns add {server}"))?;
        run(&format!("ip netns add {client}"))?;
        run(&format!(
            "ip -n {server} link add wire type veth peer name wire netns {client}"
        ))?;
        for (name, v4, v6) in [
            (server, "10.99.0.1/24", "fd99::1/64"),
            (client, "10.99.0.2/24", "fd99::2/64"),
        ] {
            run(&format!("ip -n {name} addr add {v4} dev wire"))?;
            run(&format!("ip -n {name} -6 addr add {v6} dev wire nodad"))?;
            run(&format!("ip -n {name} link set wire up"))?;
            run(&format!("ip -n {name} link set lo up"))?;
        }
        let mut nft = Command::new("ip")
            .args(["netns", "exec", server, "nft", "-f", "-"])
            .stdin(Stdio::piped())
            .spawn()
            .ok()?;
        nft.stdin.take()?.write_all(RULES.as_bytes()).ok()?;
        nft.wait().ok()?.success().then_some(net)
    }

    fn look(&self, arguments: &[&str]) -> Assessment {
        let output = Command::new("ip")
            .args([
                "netns",
                "exec",
                &self.client,
                env!("CARGO_BIN_EXE_portolan-probe"),
            ])
            .args(["--json", "--timeout", "2"])
            .args(arguments)
            .output()
            .unwrap();
        let report = portolan_wire::read_report(&output.stdout);
        assess(
            &report.unwrap_or_else(|error| {
                panic!("{error}: {}", String::from_utf8_lossy(&output.stderr))
            }),
        )
    }
}

#[test]
fn what_firewalls_do_is_told_apart() {
    let Some(net) = Net::new() else {
        assert!(
            std::env::var_os("PORTOLAN_FIREWALLS").is_none(),
            "expected root, `ip` and `nft`"
        );
        eprintln!("left out: it needs root, `ip` and `nft`");
        return;
    };
    let ports = [
        "-p", "25", "-p", "465", "-p", "587", "-p", "2525", "-p", "2526",
    ];
    let looked = |host: &str| {
        let assessment = net.look(&[&[host], ports.as_slice()].concat());
        let lines = assessment.ports.iter().map(|it| (it.port, it.state));
        (lines.collect::<Vec<_>>(), assessment.clone())
    };
    // Nobody listens on 587, which is refused by the host itself.
    let (states, assessment) = looked("10.99.0.1");
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
    let (states, _) = looked("fd99::1");
    let expected = [
        (25, PortState::Dropped),
        (465, PortState::Refused),
        (587, PortState::Refused),
        (2525, PortState::Rejected),
        (2526, PortState::Refused),
    ];
    assert_eq!(states, expected);
    // Nobody has that address on the wire, and nobody knows a way to the other.
    for (host, rule) in [("10.99.0.77", "no-route"), ("192.0.2.1", "no-route")] {
        let assessment = net.look(&[host, "-p", "25", "--timeout", "6"]);
        assert_eq!(assessment.findings[0].rule, rule, "{host}");
        assert_eq!(assessment.ports[0].state, PortState::NoRoute, "{host}");
    }
}
