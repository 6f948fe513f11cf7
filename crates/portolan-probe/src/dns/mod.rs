//! Questions to resolvers: UDP with retries, TCP where an answer was cut, many side by side. The messages are those of
//! `portolan-resolve`; here are sockets, the clock and numbers that nobody can guess.
//!
//! Each question has a number and a port of its own; what comes from another sender, with another number or for another
//! question is passed over (RFC 5452, section 9). Everything ends by its step or by the deadline.

mod ask;
mod system;
mod wire;

pub use ask::{Lost, Reply, Timing, ask, in_turn, side_by_side, validates};
pub use system::{named, system};
