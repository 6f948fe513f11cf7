//! One run of a check over the answers that are there: records, their terms, what is counted, and the explanation.

use super::check::{MAX_LOOKUPS, MAX_VOID, Query};
use super::expand::Values;
use super::macros::{MacroString, Where};
use super::outcome::{Explanation, Node, Problem, SpfResult, Visit, Visited};
use super::read::{is_spf, read};
use super::record::{Directive, Qualifier, SpfRecord};
use crate::lookup::{Answer, Answers, Kind, Lookup};
use crate::name::Name;

/// Why an evaluation stops.
pub(super) enum Halt {
    /// Something has to be known first.
    Ask(Vec<Lookup>),
    /// It is over.
    End(Problem),
}

pub(super) struct Run<'a> {
    pub(super) query: &'a Query,
    pub(super) answers: &'a Answers,
    pub(super) lookups: u32,
    pub(super) voids: u32,
}

impl<'a> Run<'a> {
    /// One record and whatever it leads to. No deeper than look-ups are allowed.
    pub(super) fn domain(&mut self, domain: &str) -> Result<Node, Vec<Lookup>> {
        let mut node = Node {
            domain: domain.to_owned(),
            text: None,
            visits: Vec::new(),
            result: SpfResult::None,
            problem: None,
            exp: None,
        };
        match self.record(&mut node) {
            Ok(result) => node.result = result,
            Err(Halt::Ask(open)) => return Err(open),
            Err(Halt::End(problem)) => {
                node.result = problem.result();
                node.problem = Some(problem);
            }
        }
        Ok(node)
    }

    fn record(&mut self, node: &mut Node) -> Result<SpfResult, Halt> {
        let Some(name) = checkable(&node.domain) else {
            return Ok(SpfResult::None);
        };
        let answer = self.ask_all(&[Lookup::new(name, Kind::Txt)])?;
        let mut records = answer
            .iter()
            .flat_map(|it| it.texts())
            .filter(|text| is_spf(text));
        let Some(text) = records.next() else {
            return Ok(SpfResult::None);
        };
        if records.next().is_some() {
            return Err(Halt::End(Problem::ManyRecords(node.domain.clone())));
        }
        let reading = read(&text);
        node.text = Some(text);
        if !reading.faults.is_empty() {
            return Err(Halt::End(Problem::Syntax(
                node.domain.clone(),
                reading.faults,
            )));
        }
        self.terms(&reading.record, node)
    }

    fn terms(&mut self, record: &SpfRecord, node: &mut Node) -> Result<SpfResult, Halt> {
        for (span, directive) in record.directives() {
            let before = (self.lookups, self.voids);
            let mut child = None;
            let matched = self.mechanism(&directive.mechanism, &node.domain, &mut child);
            let outcome = match &matched {
                Ok(true) => Visited::Match,
                Ok(false) => Visited::NoMatch,
                Err(_) => Visited::Error,
            };
            node.visits.push(Visit {
                span,
                term: written(directive),
                lookups: self.lookups - before.0,
                voids: self.voids - before.1,
                outcome,
                child: child.map(Box::new),
            });
            if matched? {
                node.exp = record.exp().map(|exp| (exp.clone(), node.domain.clone()));
                return Ok(match directive.qualifier {
                    Qualifier::Pass => SpfResult::Pass,
                    Qualifier::Fail => SpfResult::Fail,
                    Qualifier::SoftFail => SpfResult::SoftFail,
                    Qualifier::Neutral => SpfResult::Neutral,
                });
            }
        }
        let Some((span, target)) = record.redirect() else {
            return Ok(SpfResult::Neutral);
        };
        let before = (self.lookups, self.voids);
        self.count_lookup()?;
        let target_name = self.name(target, &node.domain)?;
        let child = self.domain(&target_name).map_err(Halt::Ask)?;
        let result = child.result;
        let problem = child.problem.clone();
        node.exp.clone_from(&child.exp);
        node.visits.push(Visit {
            span,
            term: format!("redirect={target}"),
            lookups: self.lookups - before.0,
            voids: self.voids - before.1,
            outcome: if problem.is_some() {
                Visited::Error
            } else {
                Visited::Match
            },
            child: Some(Box::new(child)),
        });
        match (result, problem) {
            (_, Some(problem)) => Err(Halt::End(problem)),
            (SpfResult::None, None) => Err(Halt::End(Problem::NoRecord(target_name))),
            (result, None) => Ok(result),
        }
    }

    /// Section 6.2: one text at the name, of ASCII, with good macros; anything else counts as no explanation.
    pub(super) fn explanation(&mut self, trace: &Node) -> Result<Explanation, Halt> {
        let Some((target, domain)) = &trace.exp else {
            return Ok(Explanation::Default);
        };
        let Ok(name) = Name::new(&self.name(target, domain)?) else {
            return Ok(Explanation::Default);
        };
        let answer = self.ask_all(&[Lookup::new(name, Kind::Txt)])?;
        let mut texts = answer.iter().flat_map(|it| it.texts());
        let (Some(text), None) = (texts.next(), texts.next()) else {
            return Ok(Explanation::Default);
        };
        let Ok(text) = MacroString::read(&text, 0, Where::Text) else {
            return Ok(Explanation::Default);
        };
        let validated = self.validated(&text, domain)?;
        let values = Values {
            query: self.query,
            domain,
            validated: &validated,
        };
        Ok(Explanation::Text(values.text(&text)))
    }

    pub(super) fn count_lookup(&mut self) -> Result<(), Halt> {
        self.lookups += 1;
        if self.lookups > MAX_LOOKUPS {
            return Err(Halt::End(Problem::Lookups));
        }
        Ok(())
    }

    pub(super) fn count_void<'b>(
        &mut self,
        answers: impl IntoIterator<Item = &'b Answer>,
    ) -> Result<(), Halt> {
        self.voids += answers
            .into_iter()
            .map(|it| u32::from(it.is_void()))
            .sum::<u32>();
        if self.voids > MAX_VOID {
            return Err(Halt::End(Problem::Void));
        }
        Ok(())
    }

    /// Answers that have to be there; an error ends the check.
    pub(super) fn ask_all(&self, lookups: &[Lookup]) -> Result<Vec<&'a Answer>, Halt> {
        self.ask_in_order(lookups)?
            .into_iter()
            .map(|it| match it {
                Answered::Here(answer) => Ok(answer),
                Answered::Error(lookup) => Err(Halt::End(Problem::Dns(lookup))),
            })
            .collect()
    }

    pub(super) fn ask_in_order(&self, lookups: &[Lookup]) -> Result<Vec<Answered<'a>>, Halt> {
        let mut open: Vec<Lookup> = Vec::new();
        let mut found = Vec::new();
        for lookup in lookups {
            match self.answers.get(lookup) {
                None if open.contains(lookup) => {}
                None => open.push(lookup.clone()),
                Some(answer) if answer.is_error() => found.push(Answered::Error(lookup.clone())),
                Some(answer) => found.push(Answered::Here(answer)),
            }
        }
        if open.is_empty() {
            Ok(found)
        } else {
            Err(Halt::Ask(open))
        }
    }
}

pub(super) enum Answered<'a> {
    Here(&'a Answer),
    Error(Lookup),
}

/// A name that a check can start with: several labels of ASCII, no address in brackets (section 4.3).
fn checkable(domain: &str) -> Option<Name> {
    let is_literal = domain.starts_with('[');
    let name = Name::new(domain).ok()?;
    (!is_literal && domain.is_ascii() && name.as_str().contains('.')).then_some(name)
}

fn written(directive: &Directive) -> String {
    format!("{}{}", directive.qualifier, directive.mechanism)
}
