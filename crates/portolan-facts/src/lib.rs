//! The facts: what providers, environments, clients and standards say, each with its source and date.
//!
//! The types here are at once the schema of `data/*.toml` and of the published `facts/*.json`. This crate looks things
//! up; it judges nothing, reads no file and knows no clock. `portolan-facts-source` reads and checks `data/`,
//! `portolan-builtin` embeds it, and the page loads the published parts that a verdict needs.
//!
//! ```
//! use portolan_facts::{Ability, Tree, read};
//!
//! // What a published document says, as whatever parser found it.
//! let document = Tree::Map(vec![
//!     ("can".to_owned(), Tree::Flag(true)),
//!     ("setting".to_owned(), Tree::Text("requireTLS: true".to_owned())),
//!     ("sources".to_owned(), Tree::List(vec![Tree::Text("code".to_owned())])),
//! ]);
//! let starttls: Ability = read(document).expect("nothing is missing");
//! assert_eq!(starttls.setting.as_deref(), Some("requireTLS: true"));
//! ```

mod banners;
mod facts;
mod find;
mod index;
mod read;
mod recognize;
mod schema;
mod small;

pub use banners::{Banners, who_says};
pub use facts::{Core, Facts, Version};
pub use index::{Entry, EntryKind, Index, Signs};
pub use read::{Read, Tree, read};
pub use recognize::{Recognized, RecognizedBy};
pub use schema::client::{
    Ability, Client, Example, ExampleTls, Hides, Mechanism, Setting, SettingKind,
};
pub use schema::code::{Code, Codes, Digit};
pub use schema::dead_advice::DeadAdvice;
pub use schema::environment::{
    Basis, Environment, EnvironmentKind, HostRelay, Lift, PortPolicy, PortStatus,
};
pub use schema::provider::{
    Demand, DemandKind, Endpoint, EndpointTls, HttpApi, MaxMessage, Provider, ProviderKind, Region,
    Role, Signing,
};
pub use schema::question::{Choice, Question, QuestionKind};
pub use schema::standard::{Citation, Point, Standard};
pub use schema::{Change, Claim, Confirmation, Sourced};
pub use small::{SmallMap, order_by};
