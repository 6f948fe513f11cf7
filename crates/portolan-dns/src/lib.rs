//! The records of a domain that mail rests on, read and judged. Nothing here looks anything up: the engine says what it has
//! to know, and is told.
//!
//! A reader of a record tells what is wrong and where. What a whole domain comes to is a survey's.

pub mod bimi;
mod der;
pub mod dkim;
pub mod dmarc;
pub mod finding;
pub mod lookup;
pub mod mta_sts;
pub mod name;
pub mod rules;
pub mod spf;
pub mod survey;
pub mod tags;
pub mod tls_rpt;
pub mod tlsa;
