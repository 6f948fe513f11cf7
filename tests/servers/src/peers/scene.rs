//! What is looked at: servers that are in order, and servers with one thing wrong each.

use std::fmt;
use std::net::IpAddr;

use portolan_rogue::ca::{self, Authority, Identity, Leaf, Validity};

use crate::server::{Flaw, Kind, Server, Settings, User};
use portolan_network::Error;
use portolan_network::{Host, Network};

/// The ports that every place is looked at on.
pub const PORTS: [u16; 3] = [25, 465, 587];

/// Who may sign in where anybody may.
const USER: User<'static> = User {
    name: "anna",
    password: "secret-of-anna",
};

const NAME: &str = "mail.test.example";

/// Which certificate a server has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Paper {
    Expired,
    Fine,
    OfAnother,
    SelfSigned,
}

/// What is told of a place, its kind, its certificate, what else is wrong, and the rules before it.
type Row = (
    &'static str,
    Kind,
    Paper,
    Option<Flaw>,
    &'static [&'static str],
);

const ROWS: &[Row] = &[
    ("in order", Kind::Postfix, Paper::Fine, None, &[]),
    ("in order", Kind::Exim, Paper::Fine, None, &[]),
    ("in order", Kind::Opensmtpd, Paper::Fine, None, &[]),
    ("certificate expired", Kind::Exim, Paper::Expired, None, &[]),
    (
        "certificate of another host",
        Kind::Opensmtpd,
        Paper::OfAnother,
        None,
        &[],
    ),
    (
        "certificate self-signed",
        Kind::Postfix,
        Paper::SelfSigned,
        None,
        &[],
    ),
    (
        "TLS 1.0 alone",
        Kind::Postfix,
        Paper::Fine,
        Some(Flaw::OldTls),
        &[],
    ),
    (
        "no STARTTLS",
        Kind::Exim,
        Paper::Fine,
        Some(Flaw::NoStarttls),
        &[],
    ),
    (
        "no AUTH",
        Kind::Postfix,
        Paper::Fine,
        Some(Flaw::NoAuth),
        &[],
    ),
    (
        "25 dropped, 587 reset",
        Kind::Exim,
        Paper::Fine,
        None,
        &[
            "input tcp dport 25 drop",
            "input tcp dport 587 reject with tcp reset",
        ],
    ),
];

/// A server at its host.
#[derive(Debug)]
pub struct Place {
    what: &'static str,
    host: Host,
    server: Server,
}

/// Every place, in one network.
pub struct Scenes {
    network: Network,
    authority: Authority,
    places: Vec<Place>,
}

impl Place {
    /// What is wrong there: `in order`, or the fault.
    pub fn what(&self) -> &'static str {
        self.what
    }

    /// Which server it is.
    pub fn kind(&self) -> Kind {
        self.server.kind()
    }

    /// Its address.
    pub fn address(&self) -> IpAddr {
        self.host.v4()
    }

    /// The name that it should prove.
    pub fn name(&self) -> &'static str {
        NAME
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.kind(), self.what)
    }
}

impl Scenes {
    /// Starts them all.
    ///
    /// # Errors
    ///
    /// This machine cannot, see [`crate::ready`], or a server does not come up.
    pub fn start() -> Result<Self, Error> {
        let made = |error: ca::Error| Error::Machine(format!("no certificate: {error}"));
        let network = Network::new()?;
        let authority =
            Authority::root("Test authority", Validity::years(2020, 2040)).map_err(made)?;
        let mut places = Vec::new();
        for (what, kind, paper, flaw, rules) in ROWS {
            let identity = identity(&authority, *paper).map_err(made)?;
            let host = network.host(what)?;
            let settings = Settings {
                name: NAME,
                domain: "test.example",
                users: &[USER],
                chain_pem: &identity.chain_pem,
                key_pem: &identity.key_pem,
                flaw: *flaw,
            };
            let server = Server::start(*kind, &host, &settings)?;
            network.rules(&host, rules)?;
            places.push(Place { what, host, server });
        }
        Ok(Self {
            network,
            authority,
            places,
        })
    }

    /// The network they are in.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The authority that vouches for all certificates but the self-signed, as PEM.
    pub fn authority_pem(&self) -> &str {
        self.authority.pem()
    }

    /// The places.
    pub fn places(&self) -> &[Place] {
        &self.places
    }
}

fn identity(authority: &Authority, paper: Paper) -> Result<Identity, ca::Error> {
    let until = if paper == Paper::Expired { 2022 } else { 2040 };
    let name = if paper == Paper::OfAnother {
        "another.example"
    } else {
        NAME
    };
    let leaf = Leaf {
        names: &[name],
        validity: Validity::years(2020, until),
        is_authority: false,
    };
    if paper == Paper::SelfSigned {
        ca::self_signed(&leaf)
    } else {
        authority.leaf(&leaf)
    }
}
