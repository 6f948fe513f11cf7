//! Questions of a survey as messages of the DNS (RFC 1035), and messages as its answers. Nothing here sends anything: a shell
//! carries the bytes, by UDP, TCP or HTTPS ([`doh`]), and says which number a question has.
//!
//! A [`Question`] is asked until it says [`Next::Done`]: aliases are followed within a message, and beyond one where the
//! resolver left the rest to us.
//!
//! ```
//! use portolan_dns::lookup::{Answer, Kind, Lookup};
//! use portolan_dns::name::Name;
//! use portolan_resolve::{Next, Question};
//!
//! let lookup = Lookup::new(Name::new("example.com").unwrap(), Kind::Mx);
//! let mut question = Question::new(&lookup).unwrap();
//! let mut bytes = question.message(7).unwrap();
//! // A shell sends them. This resolver turns them round: a response, and NXDOMAIN.
//! bytes[2] |= 0x80;
//! bytes[3] |= 0x83;
//! let Ok(Next::Done(told)) = question.hear(7, &bytes) else { panic!() };
//! assert_eq!(told.answer(), Answer::NoSuchName);
//! ```

pub mod doh;
mod message;
mod question;
mod root;

pub use question::{Failure, MAX_ALIASES, Next, Question, Stray, Told};
pub use root::{root_message, root_validated};

/// The largest message that is asked for over UDP, in bytes: what passes every network in one piece (RFC 9715, section 3.2).
pub const MAX_UDP: u16 = 1_232;
