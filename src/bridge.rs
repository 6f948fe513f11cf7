//! The one seam through which the page calls the engine.

use portolan_advice::Answers;
use portolan_facts::Facts;
use portolan_report::Advice;

/// The verdict for these answers.
pub fn advise(facts: &Facts, answers: &Answers) -> Advice {
    portolan_advice::advise(facts, answers)
}

/// The question whose answer could change the verdict most, by id.
pub fn next_question(facts: &Facts, answers: &Answers) -> Option<&'static str> {
    portolan_advice::next_question(facts, answers)
}
