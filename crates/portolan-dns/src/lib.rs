//! The records of a domain that mail rests on, read and judged. Nothing here looks anything up: the engine says what it has
//! to know, and is told.
//!
//! A reader of a record tells what is wrong and where. What a whole domain comes to is a survey's.
//!
//! ```
//! use portolan_dns::lookup::{Answer, Kind, Record};
//! use portolan_dns::name::Name;
//! use portolan_dns::survey::Survey;
//!
//! let domain = Name::new("example.com").unwrap();
//! let mut survey = Survey::new(domain.clone(), Vec::new(), None);
//! while let Some(lookup) = survey.wanted().first().cloned() {
//!     // A shell asks a resolver here.
//!     let is_spf = lookup.name == domain && lookup.kind == Kind::Txt;
//!     let answer = if is_spf {
//!         Answer::Records(vec![Record::Txt(vec![b"v=spf1 mx +all".to_vec()])])
//!     } else {
//!         Answer::NoData
//!     };
//!     survey.answer(lookup, answer);
//! }
//! let posture = survey.finish(1_700_000_000);
//! let finding = posture.findings.iter().find(|it| it.rule.id == "spf-all-passes").unwrap();
//! assert_eq!(finding.publish.as_ref().unwrap().value, "v=spf1 mx ~all");
//! ```

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
mod words;
