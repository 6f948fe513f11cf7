//! Real servers of names on loopback: BIND holds zones and signs those that ask for it, Unbound resolves and validates,
//! dnsdist speaks DNS over HTTPS (RFC 8484) in front of it, and fails on request.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};

use crate::cell::Cell;
use crate::root::{Contents, Release, Root};
use portolan_network::{Error, Net, tried};

const CONTENTS: Contents = Contents {
    id: "names",
    release: Release::Bookworm,
    packages: &[
        "bind9",
        "unbound",
        "dnsdist",
        "bind9-dnsutils",
        "libperl5.36",
    ],
    users: &["bind", "unbound", "_dnsdist"],
    groups: &[],
};

/// A zone.
#[derive(Clone, Copy, Debug)]
pub struct Zone {
    /// Its name, without the last dot.
    pub name: &'static str,
    /// Lines of a master file (RFC 1035, section 5), below a beginning with SOA and NS.
    pub records: &'static str,
    /// Whether it is signed, and known to the resolver as signed.
    pub is_signed: bool,
}

/// Names below which the servers fail, whatever is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// SERVFAIL.
    Fails,
    /// REFUSED.
    Refuses,
    /// Nothing comes.
    IsSilent,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Fails, Self::Refuses, Self::IsSilent];

    /// The name below which everything has it.
    pub const fn zone(self) -> &'static str {
        match self {
            Self::Fails => "servfail.example",
            Self::Refuses => "refused.example",
            Self::IsSilent => "silent.example",
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::Fails => "RCodeAction(DNSRCode.SERVFAIL)",
            Self::Refuses => "RCodeAction(DNSRCode.REFUSED)",
            // To drop it would be an answer over HTTPS: status 403.
            Self::IsSilent => "PoolAction(\"silent\")",
        }
    }
}

/// Above all others, so that no question leaves this machine: what is in no zone does not exist, and the resolver validates
/// the root as it does elsewhere.
const ROOT: Zone = Zone {
    name: ".",
    records: "example. IN TXT \"below it are the zones\"",
    is_signed: true,
};

/// The servers, until they are dropped.
#[derive(Debug)]
pub struct Names {
    cell: Cell,
    resolver: SocketAddr,
    doh: SocketAddr,
    #[expect(dead_code, reason = "questions go to it, and it says nothing")]
    silent: UdpSocket,
}

impl Names {
    /// Starts them with these zones, and waits until each answers.
    ///
    /// # Errors
    ///
    /// This machine cannot, a package cannot be had, or a server does not start.
    pub fn start(zones: &[Zone]) -> Result<Self, Error> {
        let root = Root::unpack(&CONTENTS)?;
        let cell = Cell::start(&root, "names", Net::Shared)?;
        let [authority, validator, resolver, doh] = free()?;
        let silent = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).map_err(tried("a silent port"))?;
        let dead = silent.local_addr().map_err(tried("a silent port"))?;
        let zones: Vec<Zone> = [ROOT].iter().chain(zones).copied().collect();
        let zones = zones.as_slice();
        cell.must("mkdir -p /srv/keys /srv/zones /run/named")?;
        for zone in zones {
            cell.put(&file(zone), &master(zone))?;
        }
        cell.put("/srv/named.conf", &named(zones, authority))?;
        cell.must("named -c /srv/named.conf -u root -f >/srv/named.log 2>&1 &")?;
        for zone in zones {
            until_it_answers(&cell, authority, zone)?;
        }
        cell.must("grep -h DNSKEY /srv/keys/*.key >/srv/anchor.key || : >/srv/anchor.key")?;
        cell.put("/srv/unbound.conf", &unbound(zones, authority, validator))?;
        cell.must("unbound -d -c /srv/unbound.conf >/srv/unbound.log 2>&1 &")?;
        cell.put(
            "/srv/dnsdist.conf",
            &dnsdist(validator, dead.port(), resolver, doh),
        )?;
        cell.must("dnsdist -C /srv/dnsdist.conf --supervised >/srv/dnsdist.log 2>&1 &")?;
        for zone in zones {
            until_it_answers(&cell, resolver, zone)?;
        }
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        Ok(Self {
            cell,
            resolver: at(resolver),
            doh: at(doh),
            silent,
        })
    }

    /// Where the validating resolver takes questions over UDP and TCP.
    pub const fn resolver(&self) -> SocketAddr {
        self.resolver
    }

    /// The address for DNS over HTTPS; on loopback without the encryption, which browsers trust as much.
    pub fn doh(&self) -> String {
        format!("http://{}/dns-query", self.doh)
    }

    /// Messages that came to the resolver, by its own count.
    ///
    /// # Errors
    ///
    /// The cell is gone, or the resolver says no number.
    pub fn asked(&self) -> Result<u64, Error> {
        let said = self.cell.must("grep -c '^asked ' /srv/dnsdist.log || :")?;
        said.trim()
            .parse()
            .map_err(|_| Error::Machine(format!("dnsdist counted {said:?}")))
    }

    /// What the servers wrote, for a test that failed.
    ///
    /// # Errors
    ///
    /// The cell is gone.
    pub fn logs(&self) -> Result<String, Error> {
        self.cell.must("tail -n 40 /srv/*.log")
    }
}

/// Ports that nobody had a moment ago.
fn free() -> Result<[u16; 4], Error> {
    let sockets = [(); 4].map(|()| UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)));
    let mut ports = [0; 4];
    for (port, socket) in ports.iter_mut().zip(sockets) {
        let socket = socket.map_err(tried("finding a free port"))?;
        *port = socket
            .local_addr()
            .map_err(tried("finding a free port"))?
            .port();
    }
    Ok(ports)
}

/// Waits until a server answers for a zone, and over its signature where it is signed.
fn until_it_answers(cell: &Cell, port: u16, zone: &Zone) -> Result<(), Error> {
    let wanted = if zone.is_signed { "RRSIG" } else { "SOA" };
    cell.must(&format!(
        "for it in $(seq 60); do\n\
           dig +dnssec +time=1 +tries=1 @127.0.0.1 -p {port} {} SOA 2>/dev/null | grep -v '^;' | grep -q {wanted} && exit 0\n\
           sleep 0.1\n\
         done\ntail -n 20 /srv/*.log; exit 1",
        zone.name
    ))
    .map(|_| ())
}

/// Where its master file lies.
fn file(zone: &Zone) -> String {
    let name = if zone.name == "." { "root" } else { zone.name };
    format!("/srv/zones/{name}")
}

fn master(zone: &Zone) -> String {
    let end = if zone.name == "." {
        ".".to_owned()
    } else {
        format!(".{}.", zone.name)
    };
    format!(
        "$TTL 60\n@ IN SOA ns{end} hostmaster{end} 1 3600 600 86400 60\n@ IN NS ns{end}\nns{end} IN A 127.0.0.1\n{}\n",
        zone.records
    )
}

fn named(zones: &[Zone], port: u16) -> String {
    let mut text = format!(
        "options {{ directory \"/srv\"; listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; recursion no; \
         pid-file none; session-keyfile \"/srv/session.key\"; key-directory \"/srv/keys\"; }};\ncontrols {{ }};\n\
         dnssec-policy \"now\" {{ keys {{ csk lifetime unlimited algorithm ecdsap256sha256; }}; }};\n"
    );
    for zone in zones {
        let policy = if zone.is_signed {
            "dnssec-policy \"now\"; inline-signing yes;"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "zone \"{}\" {{ type primary; file \"{}\"; {policy} }};",
            zone.name,
            file(zone)
        );
    }
    text
}

fn unbound(zones: &[Zone], authority: u16, port: u16) -> String {
    let mut text = format!(
        "server:\n  directory: \"/srv\"\n  chroot: \"\"\n  username: \"\"\n  pidfile: \"\"\n  use-syslog: no\n  \
         interface: 127.0.0.1@{port}\n  do-not-query-localhost: no\n  module-config: \"validator iterator\"\n  \
         trust-anchor-file: \"/srv/anchor.key\"\n  num-threads: 1\n  \
         aggressive-nsec: no\n  harden-below-nxdomain: no\n"
    );
    for zone in zones.iter().filter(|it| !it.is_signed) {
        let _ = writeln!(text, "  domain-insecure: \"{}\"", zone.name);
    }
    for zone in zones {
        let _ = writeln!(
            text,
            "stub-zone:\n  name: \"{}\"\n  stub-addr: 127.0.0.1@{authority}",
            zone.name
        );
    }
    text.push_str("remote-control:\n  control-enable: no\n");
    text
}

fn dnsdist(validator: u16, dead: u16, resolver: u16, doh: u16) -> String {
    let mut text = format!(
        "setLocal(\"127.0.0.1:{resolver}\")\n\
         newServer({{address=\"127.0.0.1:{validator}\"}}):setUp()\n\
         newServer({{address=\"127.0.0.1:{dead}\", pool=\"silent\"}}):setUp()\nsetUDPTimeout(60)\n\
         setSecurityPollSuffix(\"\")\n\
         addDOHLocal(\"127.0.0.1:{doh}\", nil, nil, \"/dns-query\", \
         {{customResponseHeaders={{[\"access-control-allow-origin\"]=\"*\"}}}})\n"
    );
    // Over HTTPS alone; what comes over UDP is from whoever waits until it answers.
    let _ = writeln!(
        text,
        "addAction(AllRule(), LuaAction(function(dq) if dq:getHTTPPath() ~= '' then infolog('asked ' .. dq.qname:toString()) end return DNSAction.None, '' end))"
    );
    for fault in Fault::ALL {
        let _ = writeln!(text, "addAction(\"{}\", {})", fault.zone(), fault.action());
    }
    text
}
