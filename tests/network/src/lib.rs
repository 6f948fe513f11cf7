//! Networks of a test's own: a client, a router and hosts, each in a network namespace, and rules of nftables at any of them.
//!
//! `shell` runs a shell in namespaces of its own, `network` lays cables in one. Nothing of the machine outside is changed,
//! and nothing is left of a test that was killed: the kernel ends what is in a namespace with the shell that holds it.
//!
//! Needs Linux, root, `ip`, `nft`, `nsenter` and `unshare`.
//!
//! ```no_run
//! use portolan_network::Network;
//!
//! let network = Network::new()?;
//! let host = network.host("mail")?;
//! network.rules(&host, &["input tcp dport 25 drop"])?;
//! // From the client: nothing of the test leaves this network.
//! let stream = network.client().inside(|| std::net::TcpStream::connect((host.v4(), 25)))?;
//! # Ok::<(), portolan_network::Error>(())
//! ```

mod error;
mod network;
mod shell;

pub use error::{Error, tried};
pub use network::{Host, Network, ready};
pub use shell::{Net, Output, Shell};
