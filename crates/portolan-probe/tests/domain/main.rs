//! Questions to resolvers and looks at domains, against a server on loopback that answers from a zone, or misbehaves.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod fault;
mod resolving;
mod server;
mod surveying;
mod visiting;
