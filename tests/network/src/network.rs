//! A client and hosts, with a cable from each to the router between them.
//!
//! Everything lies within one shell's namespaces: the names of namespaces and cables are nobody else's, so that tests run
//! beside one another.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::error::{Error, tried};
use crate::shell::{Net, Shell};

/// A client, a router, and hosts that the client reaches through it.
#[derive(Debug)]
pub struct Network {
    shell: Shell,
    client: Host,
    router: Host,
    /// How many have a cable.
    cables: AtomicU8,
}

/// Somebody in a network, by the namespace that he lives in. Outlives the network as a name alone.
#[derive(Clone, Debug)]
pub struct Host {
    name: String,
    v4: Ipv4Addr,
    v6: Ipv6Addr,
    netns: PathBuf,
}

/// Names of namespaces are files of a folder that nobody else sees.
const ENTER: &str = "set -e\nmount -t tmpfs none /run\nmkdir /run/netns\nexec sh";

/// Whether this machine can make networks.
///
/// # Errors
///
/// What it lacks.
pub fn ready() -> Result<(), Error> {
    let can = Command::new("sh")
        .args(["-c", "unshare --net true && ip -V && nft --version"])
        .output();
    if can.is_ok_and(|it| it.status.success()) {
        return Ok(());
    }
    Err(Error::Machine(
        "networks need root, and ip and nft: apt-get install iproute2 nftables".to_owned(),
    ))
}

impl Network {
    /// A network with nobody in it but the client, at `10.79.1.2` and `fd79::1:2`, and the router.
    ///
    /// # Errors
    ///
    /// This machine cannot, see [`ready`].
    pub fn new() -> Result<Self, Error> {
        ready()?;
        let shell = Shell::start(Net::Own, ENTER, &[])?;
        shell.must(
            "ip link set lo up\necho 1 >/proc/sys/net/ipv4/ip_forward\necho 1 >/proc/sys/net/ipv6/conf/all/forwarding",
        )?;
        let router = Host {
            name: "router".to_owned(),
            v4: Ipv4Addr::LOCALHOST,
            v6: Ipv6Addr::LOCALHOST,
            netns: PathBuf::from(shell.process()).join("ns/net"),
        };
        let mut network = Self {
            shell,
            client: router.clone(),
            router,
            cables: AtomicU8::new(0),
        };
        network.client = network.host("client.example")?;
        Ok(network)
    }

    /// One more host, at the other end of a new cable: `10.79.N.2` and `fd79::N:2`.
    ///
    /// # Errors
    ///
    /// The kernel refuses, or there are 253 already.
    pub fn host(&self, name: &str) -> Result<Host, Error> {
        let number = self.cables.fetch_add(1, Ordering::Relaxed);
        let Some(number) = number.checked_add(1).filter(|it| *it < u8::MAX) else {
            return Err(Error::Machine("the network is full".to_owned()));
        };
        let host = Host {
            name: name.to_owned(),
            v4: Ipv4Addr::new(10, 79, number, 2),
            v6: Ipv6Addr::new(0xfd79, 0, 0, 0, 0, 0, u16::from(number), 2),
            netns: PathBuf::from(self.shell.process()).join(format!("root/run/netns/h{number}")),
        };
        let Host { v4, v6, .. } = host;
        self.shell.must(&format!(
            "ip netns add h{number}\n\
             ip link add c{number} type veth peer name eth0 netns h{number}\n\
             ip address add 10.79.{number}.1/24 dev c{number}\n\
             ip address add fd79::{number:x}:1/112 dev c{number} nodad\n\
             ip link set c{number} up\n\
             ip -n h{number} address add {v4}/24 dev eth0\n\
             ip -n h{number} address add {v6}/112 dev eth0 nodad\n\
             ip -n h{number} link set lo up\n\
             ip -n h{number} link set eth0 up\n\
             ip -n h{number} route add default via 10.79.{number}.1\n\
             ip -n h{number} route add default via fd79::{number:x}:1"
        ))?;
        Ok(host)
    }

    /// The client.
    pub fn client(&self) -> &Host {
        &self.client
    }

    /// The router between all of them.
    pub fn router(&self) -> &Host {
        &self.router
    }

    /// Sets rules of nft(8) at somebody's, each behind the name of its chain: `input tcp dport 25 drop` for what is meant for
    /// him, `forward` for what passes through, `prerouting` for what shall arrive elsewhere. Those of before are gone.
    ///
    /// # Errors
    ///
    /// A rule is none, or the kernel refuses.
    pub fn rules(&self, at: &Host, rules: &[&str]) -> Result<(), Error> {
        const TABLE: &str = "flush ruleset\ntable inet portolan {\n\
            chain input { type filter hook input priority 0; }\n\
            chain forward { type filter hook forward priority 0; }\n\
            chain prerouting { type nat hook prerouting priority -100; }\n}\n";
        let rules = rules
            .iter()
            .map(|it| format!("add rule inet portolan {it}\n"));
        let text = TABLE.to_owned() + &rules.collect::<String>();
        self.shell.put("/run/rules", &text)?;
        let place = at.netns.display();
        self.shell
            .must(&format!("nsenter --net={place} nft -f /run/rules"))?;
        Ok(())
    }
}

impl Host {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its address of version 4.
    pub fn v4(&self) -> IpAddr {
        self.v4.into()
    }

    /// Its address of version 6.
    pub fn v6(&self) -> IpAddr {
        self.v6.into()
    }

    /// The network that it sees, for a [`Shell`].
    pub fn net(&self) -> Net<'_> {
        Net::Of(&self.netns)
    }

    /// Does something in here: whatever socket it opens is this host's, and so is the network of a program that it starts.
    ///
    /// # Errors
    ///
    /// The network is gone.
    ///
    /// # Panics
    ///
    /// As `work` does.
    pub fn inside<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Error> {
        let netns = fs::File::open(&self.netns).map_err(tried("opening a network"))?;
        // A thread of its own: a namespace is a thread's, and this one's should stay what it was.
        thread::scope(|scope| {
            let inside = scope.spawn(move || {
                move_into_link_name_space(netns.as_fd(), Some(LinkNameSpaceType::Network))
                    .map_err(|why| Error::Io("entering a network".to_owned(), why.into()))?;
                Ok(work())
            });
            match inside.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }
}
