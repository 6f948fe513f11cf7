//! Looks at a server: sockets, TLS and look-ups. What is seen goes into a report; what it means, `portolan-check` says.
//!
//! `dialogue` reads replies without a socket, `wire` gives it one, `session` goes through the stages, `check` runs the visits
//! side by side. Whatever the other side does, all ends by the deadline and in bounded memory.

mod address;
mod certificate;
mod check;
pub mod dialogue;
mod distinguished;
mod exchanges;
mod handshake;
pub(crate) mod roots;
mod secret;
mod session;
mod shown;
mod sign_in;
mod verifier;
mod wire;

pub use check::{Asking, Until, Who, check};
pub use roots::Trust;
pub use secret::{Secret, SignIn};
pub use session::Errands;
pub use shown::{Shown, shown_at};
