//! What became of a step.

use serde::{Deserialize, Serialize};

use super::{Offers, Reply, TlsFault, TlsSession};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Outcome {
    /// It ended in the middle.
    Broken {
        /// How.
        how: Break,
        /// What had come by then, as lines, printable.
        lines: Vec<String>,
        /// How many bytes had come by then.
        bytes: u64,
    },
    /// The connection was made.
    Connected,
    /// No connection was made.
    NotConnected {
        /// Why.
        fault: ConnectFault,
    },
    /// An answer to EHLO that is none of refusal.
    Offers {
        /// The answer.
        reply: Reply,
        /// What it offers.
        offers: Offers,
    },
    /// A reply.
    Reply {
        /// The reply.
        reply: Reply,
    },
    /// TLS stands.
    Tls {
        /// How.
        session: Box<TlsSession>,
    },
    /// TLS does not stand.
    TlsFailed {
        /// Why.
        fault: TlsFault,
    },
}

/// Why no connection was made, as the system told it. What a firewall did is for the reader to judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum ConnectFault {
    /// `EACCES`: something on the way or on this machine forbids it, such as an ICMP message of IPv6 that says
    /// "administratively prohibited" (RFC 4443, section 3.1).
    Forbidden,
    /// `EHOSTUNREACH`: a router has no way to the host, or a firewall answers so (RFC 1812, section 5.2.7.1).
    HostUnreachable,
    /// `ENETUNREACH` or `EADDRNOTAVAIL`: this machine or a router knows no way to the network.
    NetworkUnreachable,
    /// `EPERM`: this machine's own rules forbid it.
    NotPermitted,
    /// Another error of the system.
    Other {
        /// Its number.
        code: Option<i32>,
        /// Its words.
        text: String,
    },
    /// `ECONNREFUSED`: a reset, or ICMP's "port unreachable".
    Refused,
    /// `ECONNRESET`: cut before it was whole.
    Reset,
    /// No answer of any kind within the time.
    TimedOut,
}

/// How a step ended in the middle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Break {
    /// The other side closed the connection.
    Closed,
    /// The overall deadline came.
    Deadline,
    /// What came is no reply (RFC 5321, section 4.2).
    NoReply,
    /// The other side cut the connection.
    Reset,
    /// The time for the step was over.
    TimedOut,
    /// More came than is read.
    TooMuch,
}

/// What was odd about the other side during a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, tag = "kind", rename_all = "kebab-case")]
pub enum Noticed {
    /// Line ends without a carriage return (RFC 5321, section 2.3.8).
    BareLineFeeds,
    /// It came a few bytes at a time.
    Drip {
        /// The bytes.
        bytes: u64,
        /// The pieces in which they came.
        pieces: u64,
    },
    /// Bytes came before their turn, while nothing was asked.
    EarlyTalk {
        /// How many, of those that were read.
        bytes: u64,
        /// Their beginning, printable.
        text: String,
    },
    /// Plain text came together with the answer to STARTTLS, before the handshake.
    Injected {
        /// How many bytes.
        bytes: u64,
        /// Their beginning, printable.
        text: String,
    },
    /// A line longer than is kept.
    LongLine,
    /// More lines, or more bytes, than are kept.
    LongReply,
    /// Lines of one reply have different codes.
    MixedCodes,
    /// Bytes that are zero.
    Nuls,
    /// A record of TLS came where text belongs.
    TlsRecord,
}
