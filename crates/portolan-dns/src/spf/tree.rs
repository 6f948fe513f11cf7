//! A record and all that it leads to, whoever sends: what the limits of RFC 7208, section 4.6.4, come to.
//!
//! A check stops at the first match; this walk goes on to the end, as it does for a sender that nothing matches.

use portolan_report::Span;

use super::check::{MAX_LOOKUPS, MAX_NAMES};
use super::macros::{MacroString, Piece};
use super::read::{Reading, is_spf, read};
use super::record::Mechanism;
use crate::lookup::{Answer, Answers, Kind, Lookup, Record};
use crate::name::Name;

/// Records that are walked at most: well beyond the limit, so that the owner learns by how much.
const MAX_RECORDS: usize = 40;
/// Terms of one record that are walked: ten are allowed in all.
const MAX_BRANCHES: usize = 100;
/// Addresses are looked up for this many terms at most.
const MAX_TERMS: usize = 60;

/// A record of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Whose record it is.
    pub domain: String,
    /// What is there.
    pub found: Found,
    /// The terms that look something up or lead elsewhere, up to `all`, in order.
    pub branches: Vec<Branch>,
}

/// What is at a name of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The name servers did not answer.
    Error(Answer),
    /// It was above already: a loop.
    Loop,
    /// Several records, which is an error.
    Many(usize),
    /// No record.
    None,
    /// Not looked at: the tree is too large, or the name depends on the sender.
    NotWalked,
    /// One record.
    One(Box<Text>),
    /// No answer yet.
    Open,
}

/// A record's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its character-strings.
    pub strings: Vec<Vec<u8>>,
    /// What they say together.
    pub reading: Reading,
}

/// A term that looks something up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Its bytes in the record.
    pub span: Span,
    /// The term, as it is understood.
    pub term: String,
    /// Look-ups that it counts by itself: 1.
    pub lookups: u32,
    /// Names that it looks at in vain; a look-up of either family counts as found.
    pub void: Vec<Name>,
    /// Hosts of an `mx`, where there are too many.
    pub exchangers: usize,
    /// Look-ups that failed.
    pub failed: Vec<(Lookup, Answer)>,
    /// The name cannot be looked up.
    pub bad_name: Option<String>,
    /// The record that it leads to.
    pub child: Option<Tree>,
}

impl Tree {
    /// Counted look-ups of the whole tree; 10 are allowed.
    pub fn lookups(&self) -> u32 {
        self.sum(&|branch| branch.lookups)
    }

    /// Look-ups of the whole tree that find nothing; 2 are allowed.
    pub fn voids(&self) -> u32 {
        self.sum(&|branch| u32::try_from(branch.void.len()).unwrap_or(u32::MAX))
    }

    fn sum(&self, of: &dyn Fn(&Branch) -> u32) -> u32 {
        self.branches
            .iter()
            .map(|branch| of(branch) + branch.child.as_ref().map_or(0, |child| child.sum(of)))
            .fold(0, u32::saturating_add)
    }

    /// Whether some of it is not known: an answer is missing, a look-up failed, or a record was not walked. Then the sums are
    /// the least.
    pub fn is_partial(&self) -> bool {
        matches!(self.found, Found::Open | Found::Error(_) | Found::NotWalked)
            || self.branches.iter().any(|branch| {
                !branch.failed.is_empty() || branch.child.as_ref().is_some_and(Self::is_partial)
            })
    }

    /// The text, where there is one.
    pub fn text(&self) -> Option<&Text> {
        match &self.found {
            Found::One(text) => Some(text),
            _ => None,
        }
    }
}

/// Walks as far as the answers reach; what has to be known besides is added to `open`.
pub fn tree(domain: &Name, answers: &Answers, open: &mut Vec<Lookup>) -> Tree {
    let mut walk = Walk {
        answers,
        open,
        records: 0,
        terms: 0,
    };
    walk.record(domain.as_str(), &mut Vec::new())
}

struct Walk<'a> {
    answers: &'a Answers,
    open: &'a mut Vec<Lookup>,
    records: usize,
    terms: usize,
}

impl Walk<'_> {
    fn record(&mut self, domain: &str, above: &mut Vec<Name>) -> Tree {
        let mut tree = Tree {
            domain: domain.to_owned(),
            found: Found::NotWalked,
            branches: Vec::new(),
        };
        let Ok(name) = Name::new(domain) else {
            tree.found = Found::None;
            return tree;
        };
        if above.contains(&name) {
            tree.found = Found::Loop;
            return tree;
        }
        if self.records == MAX_RECORDS || above.len() > MAX_LOOKUPS as usize + 1 {
            return tree;
        }
        self.records += 1;
        let lookup = Lookup::new(name.clone(), Kind::Txt);
        let Some(answer) = self.look(lookup) else {
            tree.found = Found::Open;
            return tree;
        };
        if answer.is_error() {
            tree.found = Found::Error(answer);
            return tree;
        }
        let mut records = answer.records().iter().filter_map(|record| match record {
            Record::Txt(strings) if is_spf(&strings.concat()) => Some(strings.clone()),
            _ => None,
        });
        let Some(strings) = records.next() else {
            tree.found = Found::None;
            return tree;
        };
        let more = records.count();
        if more > 0 {
            tree.found = Found::Many(more + 1);
            return tree;
        }
        let reading = read(&strings.concat());
        above.push(name.clone());
        tree.branches = self.branches(&reading, &name, above);
        above.pop();
        tree.found = Found::One(Box::new(Text { strings, reading }));
        tree
    }

    fn branches(&mut self, reading: &Reading, domain: &Name, above: &mut Vec<Name>) -> Vec<Branch> {
        let mut branches = Vec::new();
        let record = &reading.record;
        for (span, directive) in record.directives() {
            let mechanism = &directive.mechanism;
            if *mechanism == Mechanism::All {
                return branches;
            }
            if branches.len() == MAX_BRANCHES {
                return branches;
            }
            if mechanism.looks_up() {
                let term = format!("{}{mechanism}", directive.qualifier);
                let mut branch = Branch::new(span, term);
                self.mechanism(mechanism, domain, above, &mut branch);
                branches.push(branch);
            }
        }
        if let Some((span, target)) = record.redirect() {
            let mut branch = Branch::new(span, format!("redirect={target}"));
            branch.child = Some(self.child(target, domain, above));
            branches.push(branch);
        }
        branches
    }

    fn child(&mut self, target: &MacroString, domain: &Name, above: &mut Vec<Name>) -> Tree {
        match fixed(target, domain) {
            Some(name) => self.record(&name, above),
            None => Tree {
                domain: target.to_string(),
                found: Found::NotWalked,
                branches: Vec::new(),
            },
        }
    }

    fn mechanism(
        &mut self,
        it: &Mechanism,
        domain: &Name,
        above: &mut Vec<Name>,
        branch: &mut Branch,
    ) {
        let target = match it {
            Mechanism::Include(target) => {
                branch.child = Some(self.child(target, domain, above));
                return;
            }
            Mechanism::A(target, _) | Mechanism::Mx(target, _) => target.as_ref(),
            Mechanism::Exists(target) => Some(target),
            // What ptr finds depends on the sender's address.
            _ => return,
        };
        self.terms += 1;
        let text = match target {
            Some(target) => fixed(target, domain),
            None => Some(domain.to_string()),
        };
        let (Some(text), ..=MAX_TERMS) = (text, self.terms) else {
            return;
        };
        let Ok(name) = Name::new(&text) else {
            branch.bad_name = Some(text);
            return;
        };
        match it {
            Mechanism::Mx(..) => self.exchangers(name, branch),
            Mechanism::Exists(_) => self.addresses(name, &[Kind::A], branch),
            _ => self.addresses(name, &[Kind::A, Kind::Aaaa], branch),
        }
    }

    fn exchangers(&mut self, name: Name, branch: &mut Branch) {
        let lookup = Lookup::new(name.clone(), Kind::Mx);
        let Some(answer) = self.look(lookup.clone()) else {
            return;
        };
        if answer.is_void() {
            branch.void.push(name);
        } else if answer.is_error() {
            branch.failed.push((lookup, answer));
        } else {
            let hosts: Vec<&String> = answer
                .records()
                .iter()
                .filter_map(|record| match record {
                    Record::Mx { host, .. } => Some(host),
                    _ => None,
                })
                .collect();
            branch.exchangers = hosts.len();
            let hosts = hosts
                .iter()
                .take(MAX_NAMES)
                .filter_map(|host| Name::new(host).ok());
            for host in hosts {
                self.addresses(host, &[Kind::A, Kind::Aaaa], branch);
            }
        }
    }

    /// Notes a name that has no address of any of the kinds.
    fn addresses(&mut self, name: Name, kinds: &[Kind], branch: &mut Branch) {
        let mut voids = 0;
        for kind in kinds {
            let lookup = Lookup::new(name.clone(), *kind);
            match self.look(lookup.clone()) {
                Some(answer) if answer.is_void() => voids += 1,
                Some(answer) if answer.is_error() => branch.failed.push((lookup, answer)),
                Some(_) | None => {}
            }
        }
        if voids == kinds.len() {
            branch.void.push(name);
        }
    }

    fn look(&mut self, lookup: Lookup) -> Option<Answer> {
        let answer = self.answers.get(&lookup).cloned();
        if answer.is_none() && !self.open.contains(&lookup) {
            self.open.push(lookup);
        }
        answer
    }
}

impl Branch {
    fn new(span: Span, term: String) -> Self {
        Self {
            span,
            term,
            lookups: 1,
            void: Vec::new(),
            exchangers: 0,
            failed: Vec::new(),
            bad_name: None,
            child: None,
        }
    }
}

/// The name that a text stands for, where nothing but the domain decides it and the domain goes in whole.
fn fixed(text: &MacroString, domain: &Name) -> Option<String> {
    let mut name = String::new();
    for piece in &text.pieces {
        match piece {
            Piece::Literal(text) => name.push_str(text),
            Piece::Percent => name.push('%'),
            Piece::Space => name.push(' '),
            Piece::UrlSpace => name.push_str("%20"),
            Piece::Macro(it)
                if text.is_fixed()
                    && it.parts.is_none()
                    && !it.reverse
                    && it.delimiters.is_empty() =>
            {
                name.push_str(domain.as_str());
            }
            Piece::Macro(_) => return None,
        }
    }
    Some(name)
}
