//! A network of its own: a client and hosts, each in a network namespace, with a cable between the client and each host.
//!
//! Everything lies within one cell: the names of namespaces and cables are nobody else's, so that tests run beside one
//! another, and nothing is left of a run that was killed.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU8, Ordering};
use std::thread;

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};

use crate::cell::{Cell, Net};
use crate::error::{Error, tried};
use crate::root::{Contents, Release, Root};

const TOOLS: Contents = Contents {
    id: "network",
    release: Release::Bookworm,
    packages: &["nftables", "iproute2"],
    users: &[],
    groups: &[],
};

/// A client, and hosts that it reaches by a cable each.
#[derive(Debug)]
pub struct Network {
    cell: Cell,
    hosts: AtomicU8,
}

/// Somebody in a network, by the namespace that he lives in. Outlives the network as a name alone.
#[derive(Clone, Debug)]
pub struct Host {
    name: String,
    v4: Ipv4Addr,
    v6: Ipv6Addr,
    netns: PathBuf,
}

/// What happens to what arrives at a host.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Nothing is answered on this port, as behind a firewall that drops.
    Drop(u16),
    /// Whoever connects to this port hears by ICMP that the way is closed to him (RFC 1812, section 5.2.7.1, code 13).
    Prohibit(u16),
    /// What is meant for one port arrives at another, as a transparent proxy does it.
    Redirect {
        /// The port that the client names.
        from: u16,
        /// The port that answers.
        to: u16,
    },
    /// The port is reset, as if nobody listened.
    Reject(u16),
}

impl Network {
    /// A network with nobody in it but the client.
    ///
    /// # Errors
    ///
    /// This machine cannot, see [`crate::ready`], or a package cannot be had.
    pub fn new() -> Result<Self, Error> {
        let root = Root::unpack(&TOOLS)?;
        let cell = Cell::start(&root, "client.example", Net::Own)?;
        cell.must("ip link set lo up")?;
        Ok(Self {
            cell,
            hosts: AtomicU8::new(0),
        })
    }

    /// One more host, at the other end of a new cable: `10.79.N.2` and `fd79::N:2`.
    ///
    /// # Errors
    ///
    /// The kernel refuses, or there are 254 already.
    pub fn host(&self, name: &str) -> Result<Host, Error> {
        let number = self.hosts.fetch_add(1, Ordering::Relaxed);
        let Some(number) = number.checked_add(1).filter(|it| *it < u8::MAX) else {
            return Err(Error::Machine("the network is full".to_owned()));
        };
        self.cell.must(&format!(
            "ip netns add h{number}\n\
             ip link add c{number} type veth peer name eth0 netns h{number}\n\
             ip address add 10.79.{number}.1/24 dev c{number}\n\
             ip address add fd79::{number:x}:1/112 dev c{number} nodad\n\
             ip link set c{number} up\n\
             ip -n h{number} address add 10.79.{number}.2/24 dev eth0\n\
             ip -n h{number} address add fd79::{number:x}:2/112 dev eth0 nodad\n\
             ip -n h{number} link set lo up\n\
             ip -n h{number} link set eth0 up\n\
             ip -n h{number} route add default via 10.79.{number}.1"
        ))?;
        let inside = format!("run/netns/h{number}");
        Ok(Host {
            name: name.to_owned(),
            v4: Ipv4Addr::new(10, 79, number, 2),
            v6: Ipv6Addr::new(0xfd79, 0, 0, 0, 0, 0, u16::from(number), 2),
            netns: self.cell.outside().join(inside),
        })
    }

    /// The client, at the near end of every cable.
    pub fn client(&self) -> Host {
        Host {
            name: "client.example".to_owned(),
            v4: Ipv4Addr::LOCALHOST,
            v6: Ipv6Addr::LOCALHOST,
            netns: self.cell.net(),
        }
    }

    /// Sets rules at a host; those of before are gone.
    ///
    /// # Errors
    ///
    /// The kernel refuses.
    pub fn rules(&self, host: &Host, rules: &[Rule]) -> Result<(), Error> {
        let of = |chain: Chain| {
            let rules = rules.iter().filter(move |rule| rule.chain() == chain);
            rules.map(|it| it.text()).collect::<String>()
        };
        let (filter, nat) = (of(Chain::Filter), of(Chain::Nat));
        let table = format!(
            "flush ruleset\ntable inet portolan {{\n\
             chain input {{ type filter hook input priority 0; policy accept;\n{filter}}}\n\
             chain prerouting {{ type nat hook prerouting priority -100; policy accept;\n{nat}}}\n}}"
        );
        self.cell.put("/tmp/rules", &table)?;
        let place = host.netns.file_name().unwrap_or_default();
        let place = place.to_string_lossy();
        self.cell
            .must(&format!("ip netns exec {place} nft -f /tmp/rules"))?;
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain {
    Filter,
    Nat,
}

impl Rule {
    fn chain(self) -> Chain {
        match self {
            Self::Drop(_) | Self::Prohibit(_) | Self::Reject(_) => Chain::Filter,
            Self::Redirect { .. } => Chain::Nat,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Drop(port) => format!("tcp dport {port} drop\n"),
            Self::Prohibit(port) => {
                format!("tcp dport {port} reject with icmpx type admin-prohibited\n")
            }
            Self::Redirect { from, to } => format!("tcp dport {from} redirect to :{to}\n"),
            Self::Reject(port) => format!("tcp dport {port} reject with tcp reset\n"),
        }
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

    /// The file that stands for its network namespace.
    pub(crate) fn netns(&self) -> &PathBuf {
        &self.netns
    }

    /// Does something in here: whatever connection it opens begins at this host.
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

    /// A program of the machine that sees this host's network.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("nsenter");
        command
            .arg(format!("--net={}", self.netns.display()))
            .arg(program);
        command
    }
}
