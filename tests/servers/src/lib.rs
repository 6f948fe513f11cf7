//! Real mail servers for tests: Postfix with Dovecot's SASL, Exim, OpenSMTPD and Sendmail, side by side on one machine.
//!
//! Debian's packages of mail servers exclude one another, so none is installed: `root` has apt bring each with what it
//! needs into a folder of its own, and `dpkg-deb` unpack it there. `cell` runs such a root: a shell behind `chroot`, with
//! mounts, processes and a host name that nobody else sees. `portolan-network` lays cables between them,
//! `server` makes a server out of a cell, `relay` a sender that hands one message to another server, `peers` brings other
//! checkers to see what they see.
//!
//! Why `chroot` within namespaces. Users, spools and absolute paths are built into these programs, so that no option
//! moves them; a plain `chroot` would leave daemons behind when a test is killed, and would write into the unpacked root.
//! A cell's root is an overlay whose upper half lies in memory: a hundred cells share one unpacked root, each begins
//! clean, and nothing is left when the last process is gone. The kernel ends all processes of a cell with its shell, and
//! the shell ends when its standard input does, be it that the cell was dropped, that a test panicked or that somebody
//! killed the tests. Nothing of the machine outside the cache is changed.
//!
//! Needs root on Debian 12, for the namespaces and for the packages.
//!
//! ```no_run
//! use portolan_servers::{Kind, Network, Server, Settings};
//!
//! let network = Network::new()?;
//! let host = network.host("mail")?;
//! let settings = Settings {
//!     name: "mail.test.example",
//!     domain: "test.example",
//!     users: &[],
//!     chain_pem: "-----BEGIN CERTIFICATE-----",
//!     key_pem: "-----BEGIN PRIVATE KEY-----",
//!     flaw: None,
//! };
//! let server = Server::start(Kind::Postfix, &host, &settings)?;
//! // From a host beside it: nothing of the test leaves this network.
//! let stream = network.client().inside(|| std::net::TcpStream::connect((host.v4(), 25)))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod cell;
mod names;
pub mod peers;
mod relay;
mod root;
mod server;

pub use cell::Cell;
pub use names::{Fault, Names, Zone};
pub use portolan_network::{Error, Host, Network, Output};
pub use relay::{Door, Mode, Order, Shown, relay};
pub use root::{Root, cache, ready};
pub use server::{Flaw, Kind, Server, Settings, TOKEN_KEY, User};
