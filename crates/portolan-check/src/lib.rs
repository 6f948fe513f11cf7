//! What a check's report means: findings with what they rest on, one verdict, and what the advice may learn of the ports.
//!
//! Pure: a report goes in, and the same report gives the same assessment. The rules (`rules`) look at what was seen; what a
//! server said in words is explained by `portolan-smtp`, on the session's transcript ([`transcript`]), so that a check
//! and the same session pasted into Analyze name one cause. Neither sockets nor terminals nor JSON are known here.
//!
//! ```
//! use portolan_check::{Level, assess, sample};
//! let assessment = assess(&sample::working());
//! assert_eq!(assessment.verdict.level, Level::Fine);
//! assert_eq!(assessment.verdict.sentence, "mx.example.org: 587 works: STARTTLS, then AUTH PLAIN LOGIN.");
//! ```

mod assessment;
mod command;
pub mod commands;
pub mod domain;
mod flaw;
mod line;
mod look;
pub mod markdown;
mod observe;
mod order;
pub mod plain;
pub mod port25;
mod rules;
pub mod sample;
mod transcript;
mod verdict;

pub use assessment::{Assessment, Finding, Level, Place, Remedy, Scope, Verdict, Weight};
pub use line::{PortLine, PortState, Security};
use look::Look;
use portolan_report::probe::ProbeReport;
pub use transcript::transcript;

/// A greeting that takes this long is said to be held back, in milliseconds. Postfix' postscreen waits 6 seconds, Sendmail's
/// `greet_pause` is mostly set to 5.
pub const GREET_DELAY_MS: u64 = 4_500;

/// A step that takes this long is said to be slow, in milliseconds: many clients give up at 30 seconds.
pub const SLOW_MS: u64 = 20_000;

/// A certificate that ends within so many days is said to end soon.
pub const ENDS_SOON_DAYS: i64 = 14;

/// What a report means.
pub fn assess(report: &ProbeReport) -> Assessment {
    let look = Look::of(report);
    let mut findings = order::merged(rules::all(&look));
    order::sort(&mut findings);
    let ports = line::lines(&look, &findings);
    let observations = observe::observations(&look, &findings);
    let verdict = verdict::verdict(&look, &ports, &findings);
    Assessment {
        verdict,
        ports,
        findings,
        observations,
    }
}
