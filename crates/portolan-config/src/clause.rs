//! Statements: the parts of a line that are true or denied together.

use crate::meaning::Meaning;
use crate::numbers;
use crate::page::Line;
use crate::token::{Kind, Token};

/// A part of a sentence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clause {
    /// All that its words say.
    pub(crate) meaning: Meaning,
    /// Clauses with the same number belong to one sentence.
    pub(crate) sentence: usize,
    /// The clause around the parentheses that it stands in.
    pub(crate) parent: Option<usize>,
    /// Its first token, and the token behind its last (with parentheses inside).
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Whether it names a number that could be a port.
    pub(crate) numbers: bool,
    /// How many words it has.
    pub(crate) words: usize,
    /// What its first word says.
    pub(crate) first: Meaning,
    /// Whether its sentence asks.
    pub(crate) asks: bool,
}

/// The clauses of all lines; each token is told its own.
pub(crate) fn clauses(tokens: &mut [Token], lines: &[Line]) -> Vec<Clause> {
    let mut cutter = Cutter::default();
    for line in lines {
        cutter.line(tokens, line);
    }
    cutter.clauses
}

#[derive(Default)]
struct Cutter {
    clauses: Vec<Clause>,
    open: Vec<usize>,
    sentence: usize,
    current: usize,
    /// The last word before this token.
    last: Meaning,
}

impl Cutter {
    fn line(&mut self, tokens: &mut [Token], line: &Line) {
        self.open.clear();
        self.sentence += 1;
        self.begin(line.from, None);
        let mut cell = 0;
        for at in line.from..line.to {
            let near = |step: usize| tokens.get(at + step).filter(|_| at + step < line.to);
            let before = at
                .checked_sub(1)
                .filter(|before| *before >= line.from)
                .and_then(|before| tokens.get(before));
            let Some(token) = tokens.get(at) else { break };
            let mut ends = false;
            match token.kind {
                Kind::Sign('\t' | '|') => {
                    cell += 1;
                    self.open.clear();
                    self.sentence += 1;
                    self.begin(at, None);
                }
                // `465).build()` goes on, and so does `587; // STARTTLS`.
                Kind::Sign('.') => {
                    let short =
                        before.is_some_and(|word| ABBREVIATIONS.contains(&word.text.as_str()));
                    ends = !short && near(1).is_none_or(|next| next.start > token.end);
                }
                Kind::Sign(';') => {
                    ends = near(1).is_none_or(|next| !next.is('/') && !next.is('#'));
                }
                // `host:587?tls=yes` asks nothing.
                Kind::Sign('!' | '?' | '…') => {
                    ends = near(1).is_none_or(|next| {
                        next.start > token.end
                            || matches!(next.kind, Kind::Sign(_)) && !next.is('.')
                    });
                }
                Kind::Sign(',') => {
                    let in_list = before.is_some_and(|token| token.port().is_some())
                        && near(1).is_some_and(|token| {
                            token.port().is_some()
                                || token.meaning.has(Meaning::AND)
                                    && near(2).is_some_and(|token| token.port().is_some())
                        });
                    // `smtp.example.com, port 25`
                    let goes_on = before.is_some_and(|token| token.kind == Kind::Host)
                        && (1..=2).any(|step| {
                            near(step).is_some_and(|token| {
                                token.kind == Kind::Word && token.meaning.has(Meaning::PORT)
                            })
                        });
                    if !in_list && !goes_on {
                        self.next(at);
                    }
                }
                Kind::Sign('—' | '–') => self.next(at),
                Kind::Sign('-')
                    if before.is_some_and(|word| word.end < token.start)
                        && near(1).is_some_and(|next| next.start > token.end) =>
                {
                    self.next(at);
                }
                // `Port 25 no longer works: use 587`
                Kind::Sign(':')
                    if self.now().is_some_and(|clause| {
                        clause.first.has(Meaning::IF)
                            || clause.numbers
                                && (clause.words > 4
                                    || clause.words > 2
                                        && clause.meaning.has(Meaning::NOT.and(Meaning::NEVER)))
                    }) =>
                {
                    self.next(at);
                }
                Kind::Sign('(') if self.open.len() < MAX_DEPTH => {
                    self.open.push(self.current);
                    let parent = self.current;
                    self.begin(at, Some(parent));
                }
                Kind::Sign(')') => {
                    self.add(at, token);
                    if let Some(outer) = self.open.pop() {
                        self.current = outer;
                    }
                }
                Kind::Word => {
                    let denied = self.last.has(Meaning::NOT.and(Meaning::NEVER));
                    let fresh = self.now().is_none_or(|clause| clause.words == 0);
                    let condition = token.meaning.has(Meaning::IF);
                    let other = token.meaning.has(Meaning::BUT) && !denied;
                    let turns = token.meaning.has(Meaning::NOW)
                        && self.now().is_some_and(|clause| {
                            clause.meaning.has(Meaning::OLD.and(Meaning::PAST))
                        });
                    // `stop using 25 and enter 587`
                    let orders = token.meaning.has(Meaning::AND)
                        && near(1).is_some_and(|next| next.meaning.has(Meaning::OFFER))
                        && self.now().is_some_and(|clause| {
                            clause.meaning.has(Meaning::NOT.and(Meaning::NEVER))
                        });
                    // `465 with SSL and never 25`
                    let refuses = token.meaning.has(Meaning::AND)
                        && near(1)
                            .is_some_and(|next| next.meaning.has(Meaning::NOT.and(Meaning::NEVER)))
                        && (2..MAX_REFUSAL)
                            .map_while(near)
                            .take_while(|next| !matches!(next.kind, Kind::Sign('.' | ',' | ';')))
                            .any(|next| next.port().is_some_and(|port| !numbers::is_year(port)))
                        && self.now().is_some_and(|clause| {
                            clause.numbers && !clause.meaning.has(Meaning::NOT.and(Meaning::NEVER))
                        });
                    if !fresh && (refuses || condition || other || turns || orders) {
                        self.next(at);
                    }
                    self.last = token.meaning;
                }
                _ => {}
            }
            self.add(at, token);
            let current = self.current;
            if let Some(token) = tokens.get_mut(at) {
                token.clause = current;
                token.cell = cell;
            }
            if ends {
                let asks = tokens.get(at).is_some_and(|token| token.is('?'));
                self.end_sentence(at + 1, asks);
            }
        }
    }

    fn now(&self) -> Option<&Clause> {
        self.clauses.get(self.current)
    }

    fn begin(&mut self, from: usize, parent: Option<usize>) {
        self.current = self.clauses.len();
        self.last = Meaning::default();
        self.clauses.push(Clause {
            sentence: self.sentence,
            parent,
            from,
            to: from,
            ..Clause::default()
        });
    }

    fn next(&mut self, at: usize) {
        let parent = self.now().and_then(|clause| clause.parent);
        self.begin(at, parent);
    }

    fn end_sentence(&mut self, at: usize, asks: bool) {
        if asks {
            for clause in self.clauses.iter_mut().rev().take(MAX_QUESTION) {
                if clause.sentence != self.sentence {
                    break;
                }
                clause.asks = true;
            }
        }
        if self.open.is_empty() {
            self.sentence += 1;
        }
        self.next(at);
    }

    fn add(&mut self, at: usize, token: &Token) {
        let Some(clause) = self.clauses.get_mut(self.current) else {
            return;
        };
        clause.to = at + 1;
        clause.numbers |= token.port().is_some_and(|port| !numbers::is_year(port));
        if token.kind == Kind::Word {
            if clause.words == 0 {
                clause.first = token.meaning;
            }
            clause.words += 1;
            clause.meaning = clause.meaning.and(token.meaning);
        }
    }
}

/// Words whose dot ends no sentence.
const ABBREVIATIONS: [&str; 16] = [
    "no", "nr", "num", "n", "bzw", "e.g", "i.e", "z.b", "d.h", "p.ex", "ex", "ca", "incl", "inkl",
    "ggf", "evtl",
];
/// How far behind a refusal its port may stand.
const MAX_REFUSAL: usize = 8;
/// Deeper parentheses count as part of those around them.
const MAX_DEPTH: usize = 4;
/// Longer questions are asked in their last part only.
const MAX_QUESTION: usize = 64;
