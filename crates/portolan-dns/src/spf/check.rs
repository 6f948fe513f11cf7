//! `check_host` (RFC 7208, section 4) without a network: it says what it has to look up, and goes on when it is told.
//!
//! A check is a function of the answers that are there: each new answer runs it anew from its start, over at most some
//! hundred answers. So a check can be stopped, kept and resumed anywhere, and answers may come in any order.

use std::net::IpAddr;

use super::outcome::{Explanation, Outcome, SpfResult};
use super::run::{Halt, Run};
use crate::lookup::{Answer, Answers, Lookup};

/// Terms that look something up in one check (section 4.6.4).
pub const MAX_LOOKUPS: u32 = 10;
/// Look-ups that may find nothing in one check (section 4.6.4).
pub const MAX_VOID: u32 = 2;
/// Mail exchangers of one `mx`, and names of one address that are looked at (section 4.6.4).
pub const MAX_NAMES: usize = 10;

/// Who sends, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The client's address. One that maps IPv4 counts as IPv4 (section 5).
    pub ip: IpAddr,
    /// The name in the greeting.
    pub helo: String,
    /// The envelope's sender; empty for a bounce, which is checked by the greeting (section 2.4).
    pub mail_from: String,
    /// Who checks, for explanations. Empty: unknown.
    pub receiver: String,
    /// Seconds since 1970, for explanations.
    pub now: u64,
}

impl Query {
    pub(super) fn client(&self) -> IpAddr {
        self.ip.to_canonical()
    }

    fn sender(&self) -> (&str, &str) {
        match self.mail_from.rsplit_once('@') {
            Some(parts) => parts,
            None if self.mail_from.is_empty() => ("", &self.helo),
            None => ("", &self.mail_from),
        }
    }

    /// `postmaster` where there is none (section 4.3).
    pub(super) fn local_part(&self) -> &str {
        match self.sender().0 {
            "" => "postmaster",
            local => local,
        }
    }

    pub(super) fn sender_domain(&self) -> &str {
        self.sender().1
    }
}

/// A check in its course.
#[derive(Clone, Debug)]
pub struct Check {
    query: Query,
    answers: Answers,
    step: Step,
}

/// Where a check stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// These have to be looked up, in any order.
    Ask(Vec<Lookup>),
    /// It is over.
    Done(Box<Outcome>),
}

impl Check {
    /// Starts a check.
    pub fn new(query: Query) -> Self {
        let answers = Answers::default();
        let step = evaluate(&query, &answers);
        Self {
            query,
            answers,
            step,
        }
    }

    /// Where it stands.
    pub const fn step(&self) -> &Step {
        &self.step
    }

    /// Takes an answer. One that nobody asked for changes nothing.
    pub fn answer(&mut self, lookup: Lookup, answer: Answer) {
        let Step::Ask(open) = &mut self.step else {
            return;
        };
        let Some(at) = open.iter().position(|it| *it == lookup) else {
            return;
        };
        open.swap_remove(at);
        self.answers.keep(lookup, answer);
        if open.is_empty() {
            self.step = evaluate(&self.query, &self.answers);
        }
    }
}

/// Goes as far as the answers reach.
pub fn evaluate(query: &Query, answers: &Answers) -> Step {
    let mut run = Run {
        query,
        answers,
        lookups: 0,
        voids: 0,
    };
    let trace = match run.domain(query.sender_domain()) {
        Ok(trace) => trace,
        Err(open) => return Step::Ask(open),
    };
    let explanation = if trace.result == SpfResult::Fail {
        match run.explanation(&trace) {
            Ok(explanation) => Some(explanation),
            Err(Halt::Ask(open)) => return Step::Ask(open),
            Err(Halt::End(_)) => Some(Explanation::Default),
        }
    } else {
        None
    };
    Step::Done(Box::new(Outcome {
        result: trace.result,
        explanation,
        trace,
        lookups: run.lookups,
        voids: run.voids,
    }))
}
