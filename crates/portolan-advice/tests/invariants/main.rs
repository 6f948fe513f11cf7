//! What holds of every verdict, whatever was answered: over the whole catalogue, and over answers drawn at random.
//!
//! `holds` says what a verdict must keep to, from the facts and the answers alone. It repeats no rule: a rule that is
//! wrong must not be wrong here as well.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod arbitrary;
mod holds;
mod product;
mod questions;
mod world;

use std::sync::LazyLock;

static FACTS: LazyLock<portolan_facts::Facts> = LazyLock::new(portolan_builtin::facts);
