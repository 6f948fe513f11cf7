//! The three places, their cables, and the two hosts in the third.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// The two hosts (RFC 5737).
pub(crate) const A: &str = "203.0.113.10";
pub(crate) const B: &str = "203.0.113.20";

/// Client, router and server; gone with everything in them when this is dropped.
pub(crate) struct Network {
    pub(crate) client: String,
    router: String,
    server: String,
    serves: Option<Child>,
}

/// What this machine lacks for it.
pub(crate) fn lacks() -> Option<&'static str> {
    let works = |program: &str, argument: &str| {
        let run = Command::new(program)
            .arg(argument)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        run.is_ok_and(|it| it.success())
    };
    let id = Command::new("id").arg("-u").output();
    if !id.is_ok_and(|it| it.stdout == b"0\n") {
        Some("needs root, for network namespaces")
    } else if !works("ip", "-V") || !works("nft", "--version") {
        Some("needs ip and nft: apt-get install iproute2 nftables")
    } else {
        None
    }
}

impl Network {
    pub(crate) fn new() -> Self {
        let process = std::process::id();
        let name = |place: &str| format!("p25-{process}-{place}");
        let (client, router, server) = (name("c"), name("r"), name("s"));
        // Made first, so that what a failure leaves behind goes with it.
        let mut network = Self {
            client: client.clone(),
            router: router.clone(),
            server: server.clone(),
            serves: None,
        };
        for place in [&client, &router, &server] {
            ip(&format!("netns add {place}"));
            ip(&format!("-n {place} link set lo up"));
        }
        for (place, end, own, others) in [
            (&client, "in", "192.0.2.2/24", "192.0.2.1/24"),
            (&server, "out", "198.51.100.2/24", "198.51.100.1/24"),
        ] {
            ip(&format!(
                "-n {place} link add wire type veth peer name {end} netns {router}"
            ));
            ip(&format!("-n {place} address add {own} dev wire"));
            ip(&format!("-n {router} address add {others} dev {end}"));
            ip(&format!("-n {place} link set wire up"));
            ip(&format!("-n {router} link set {end} up"));
        }
        for host in [A, B] {
            ip(&format!("-n {server} address add {host}/32 dev lo"));
        }
        ip(&format!("-n {client} route add default via 192.0.2.1"));
        ip(&format!("-n {server} route add default via 198.51.100.1"));
        ip(&format!(
            "-n {router} route add 203.0.113.0/24 via 198.51.100.2"
        ));
        ip(&format!(
            "netns exec {router} sysctl -q -w net.ipv4.ip_forward=1"
        ));
        let mut child = Command::new("ip")
            .args(["netns", "exec", &server])
            .arg(std::env::current_exe().unwrap())
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = [0; 6];
        let mut says = child.stdout.take().unwrap();
        network.serves = Some(child);
        says.read_exact(&mut ready).unwrap();
        assert_eq!(&ready, b"ready\n");
        network
    }

    /// Gives the router these rules and no others.
    pub(crate) fn rules(&self, rules: &str) {
        let text = format!(
            "flush ruleset\ntable ip t {{\n{}\n}}\n",
            rules.replace("; }", ";\n}")
        );
        let mut nft = Command::new("ip")
            .args(["netns", "exec", &self.router, "nft", "-f", "-"])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        nft.stdin
            .take()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
        assert!(nft.wait().unwrap().success(), "{text}");
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        if let Some(mut serves) = self.serves.take() {
            let _ = serves.kill();
            let _ = serves.wait();
        }
        for place in [&self.client, &self.router, &self.server] {
            let _ = Command::new("ip").args(["netns", "delete", place]).status();
        }
    }
}

fn ip(arguments: &str) {
    let done = Command::new("ip")
        .args(arguments.split(' '))
        .status()
        .unwrap();
    assert!(done.success(), "ip {arguments}");
}

/// Greets on 25 and 587 of both hosts until its input ends, which it does with the test, however that ends.
pub(crate) fn serve() {
    for (host, name) in [(A, "mx-a.example"), (B, "mx-b.example")] {
        for port in [25, 587] {
            let listener = TcpListener::bind((host, port)).unwrap();
            thread::spawn(move || {
                for stream in listener.incoming() {
                    thread::spawn(move || {
                        let mut stream = stream.unwrap();
                        let _ = stream.write_all(format!("220 {name} ESMTP\r\n").as_bytes());
                        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
                        let _ = stream.read(&mut [0; 64]);
                    });
                }
            });
        }
    }
    println!("ready");
    std::io::stdout().flush().unwrap();
    let _ = std::io::stdin().read(&mut [0]);
}
