//! The published form of cases, advice and reports of checks, which the command line and the library for JavaScript share. No
//! other crate knows it.
//!
//! ```
//! use portolan_wire::{Case, advise};
//!
//! let facts = portolan_builtin::facts();
//! let case = Case { provider: Some("gmail".into()), ..Case::default() };
//! let advice = advise(&facts, case).unwrap();
//! assert_eq!(advice.route.route.host.as_deref(), Some("smtp.gmail.com"));
//! ```

mod advice;
mod case;
mod domain;
mod probe;
mod shape;

pub use case::{Case, Observed, OneOrMany, Other, Question, Seen};
pub use domain::{
    is_domain_report, read_domain_report, write_domain_report, write_domain_report_pretty,
};
use portolan_facts::Facts;
pub use probe::{ReportRefused, read_report, write_report, write_report_pretty};
pub use shape::{
    AdviceForm, AlternativeForm, AssumptionForm, BestRoute, CheckForm, CommandForm,
    ContradictionForm, DoubtForm, Excerpt, NoteForm, OutcomeForm, ProviderForm, ReadRoute,
    ReasonForm, RejectedForm, RouteForm, SourceForm, StepForm,
};

/// The advice for a case.
///
/// # Errors
///
/// A value that its key does not know, in words.
pub fn advise(facts: &Facts, case: Case) -> Result<AdviceForm, String> {
    let question = case.question()?;
    let advice = portolan_advice::advise(facts, &question.answers);
    let next = portolan_advice::next_question(facts, &question.answers);
    Ok(AdviceForm::of(&question, &advice, next))
}
