//! The text as lines of tokens: what is a heading, a row of a table, a condition of what follows.

use crate::clause::{self, Clause};
use crate::mask::{self, GONE};
use crate::meaning::Meaning;
use crate::numbers;
use crate::sections::{Dropped, scope_after};
use crate::token::{Kind, Token, tokens};

/// One line, or several that a program wrapped.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a line looks like, each seen for itself"
)]
pub(crate) struct Line {
    /// The tokens: from, and to before which.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// Blank lines and rules part blocks.
    pub(crate) block: usize,
    /// Whether it is the first of its block.
    pub(crate) opens: bool,
    /// Whether it has columns.
    pub(crate) row: bool,
    /// Whether it begins far to the right: the first of its columns is empty.
    pub(crate) indented: bool,
    /// Whether it is a point of a list.
    pub(crate) item: bool,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether it ends with a colon and so speaks of what follows.
    pub(crate) intro: bool,
    /// Whether it is short and names neither host nor port: a heading, a label, a cell.
    pub(crate) label: bool,
    /// Whether it asks.
    pub(crate) question: bool,
    /// Whether it stands below something that says: old, wrong, do not.
    pub(crate) dropped: bool,
    /// The protocol of the section: a part of [`Meaning::ANY_PROTOCOL`], or nothing.
    pub(crate) scope: Meaning,
    /// The line with the headings of its columns.
    pub(crate) header: Option<usize>,
    /// All that its words say.
    pub(crate) meaning: Meaning,
}

/// A text, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) tokens: Vec<Token>,
    pub(crate) lines: Vec<Line>,
    pub(crate) clauses: Vec<Clause>,
}

impl Page {
    pub(crate) fn of(text: &str) -> Self {
        let copy = mask::mask(text);
        let mut page = Self::default();
        page.split(&copy, text);
        page.join_cells();
        page.give_senses();
        page.clauses = clause::clauses(&mut page.tokens, &page.lines);
        page.describe();
        page
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(crate) fn tokens_of(&self, line: &Line) -> &[Token] {
        self.tokens.get(line.from..line.to).unwrap_or_default()
    }

    pub(crate) fn meaning_at(&self, at: usize) -> Meaning {
        self.token(at)
            .map_or(Meaning::default(), |token| token.meaning)
    }

    /// What the heading of the column of a token says.
    pub(crate) fn column(&self, line: &Line, cell: usize) -> Meaning {
        let Some(header) = line.header.and_then(|header| self.lines.get(header)) else {
            return Meaning::default();
        };
        let shift = usize::from(header.indented && !line.indented);
        self.tokens_of(header)
            .iter()
            .take(MAX_HEADER)
            .filter(|token| token.cell + shift == cell)
            .fold(Meaning::default(), |all, token| all.and(token.meaning))
    }

    fn split(&mut self, copy: &str, text: &str) {
        let mut start = 0;
        let mut block = 0;
        let mut wraps = false;
        for physical in copy.split('\n') {
            let shown: String = physical.chars().filter(|letter| *letter != GONE).collect();
            let trimmed = shown.trim();
            let from = self.tokens.len();
            if trimmed.is_empty() || is_rule(trimmed) {
                // The rule below the headings of a table parts nothing.
                if !(trimmed.contains('-') && trimmed.contains('|')) {
                    block += 1;
                    wraps = false;
                }
                start += physical.len() + 1;
                continue;
            }
            if trimmed.starts_with('#') || trimmed.starts_with("--") && trimmed.ends_with("--") {
                block += 1;
                wraps = false;
            }
            let mut found = tokens(physical, start, text);
            numbers::settle(&mut found);
            let goes_on = text
                .get(start..)
                .and_then(|rest| rest.trim_start().chars().next())
                .is_some_and(|letter| letter.is_lowercase() || letter.is_ascii_digit());
            let key = found
                .iter()
                .take(4)
                .take_while(|token| token.kind == Kind::Word || token.is(':'))
                .any(|token| token.is(':'));
            // `b) older programs`
            let point = found
                .get(1)
                .is_some_and(|token| token.is(')') || token.is('.'))
                && found.first().is_some_and(|token| token.text.len() <= 2);
            let plain = !point
                && !key
                && !found
                    .iter()
                    .any(|token| token.is('\t') || token.is('|') || token.is('='));
            let to = from + found.len();
            self.tokens.append(&mut found);
            match self.lines.last_mut() {
                Some(last) if wraps && goes_on && plain => last.to = to,
                _ => self.lines.push(Line {
                    from,
                    to,
                    block,
                    indented: shown.starts_with(INDENT),
                    ..Line::default()
                }),
            }
            wraps = plain
                && trimmed.chars().count() >= MIN_WRAPPED
                && !trimmed.ends_with(['.', ':', ';', '!', '?', '{', '}', ')', '"', '`']);
            start += physical.len() + 1;
        }
    }

    /// Short lines with blank lines between them are the cells of one table, pasted or tagged one by one.
    fn join_cells(&mut self) {
        let alone = |at: usize| {
            let block = |at: usize| self.lines.get(at).map(|line| line.block);
            let line = self.lines.get(at)?;
            let short = line.to - line.from <= MAX_CELL
                && self
                    .tokens
                    .get(line.from..line.to)
                    .unwrap_or_default()
                    .iter()
                    .all(|token| !token.is('.') && !token.is('#'));
            let single = block(at) != block(at + 1)
                && at
                    .checked_sub(1)
                    .is_none_or(|before| block(before) != block(at));
            Some(short && single)
        };
        let cells: Vec<bool> = (0..self.lines.len())
            .map(|at| alone(at).unwrap_or_default())
            .collect();
        let mut from = 0;
        for run in cells.chunk_by(|one, other| one == other) {
            if run.first() == Some(&true) && run.len() >= MIN_CELLS {
                let block = self.lines.get(from).map_or(0, |line| line.block);
                for line in self.lines.iter_mut().skip(from).take(run.len()) {
                    line.block = block;
                }
            }
            from += run.len();
        }
    }

    fn describe(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let mut scope = Meaning::default();
        let mut dropped = Dropped::default();
        let mut header: Option<(usize, usize)> = None;
        let mut block = usize::MAX;
        let (mut in_rows, mut row_block) = (false, usize::MAX);
        for (index, line) in lines.iter_mut().enumerate() {
            let found = self.tokens.get(line.from..line.to).unwrap_or_default();
            let words = found.iter().filter(|token| token.kind == Kind::Word);
            line.words = words.clone().count();
            line.meaning = words
                .clone()
                .fold(Meaning::default(), |all, token| all.and(token.meaning));
            line.row = found.iter().any(|token| token.is('\t') || token.is('|'));
            line.item = found.first().is_some_and(|token| {
                matches!(
                    token.kind,
                    Kind::Sign('-' | '*' | '•' | '·' | '–' | '+' | '>')
                )
            });
            line.intro = found.last().is_some_and(|token| token.is(':'));
            let asks = |token: &Token| token.is('?') || token.is('¿');
            let opens = found.first().is_some_and(|token| {
                matches!(
                    token.text.as_str(),
                    "q" | "d"
                        | "p"
                        | "f"
                        | "frage"
                        | "question"
                        | "pregunta"
                        | "domanda"
                        | "pergunta"
                )
            }) && found
                .get(1)
                .is_some_and(|token| token.is(':') || token.is('.'))
                && found.get(2).is_none_or(|token| !token.is('='));
            line.question = found.last().is_some_and(asks)
                || found.first().is_some_and(asks) && found.last().is_some_and(asks)
                || opens;
            let names = found.iter().any(|token| match token.kind {
                Kind::Host => true,
                Kind::Number(port) => numbers::is_known(port) || numbers::is_reading(port),
                _ => false,
            });
            let value = found
                .iter()
                .enumerate()
                .any(|(at, token)| (token.is(':') || token.is('=')) && at + 1 < found.len());
            let sentence = found.last().is_some_and(|token| token.is('.'));
            line.label = !names && !value && !sentence && line.words <= MAX_LABEL && line.words > 0;
            let heading = found.first().is_some_and(|token| {
                token.is('#') || token.is('-') && found.get(1).is_some_and(|next| next.is('-'))
            });
            if line.block != block {
                header = None;
                block = line.block;
                dropped.end_block();
                line.opens = true;
            }
            if heading {
                scope = Meaning::default();
                dropped = Dropped::default();
            }
            if line.label && !line.question {
                scope = scope_after(scope, line, found);
                dropped.after(line, found, heading);
            } else if line.intro {
                dropped.after(line, found, heading);
            }
            line.scope = scope;
            line.dropped = dropped.holds();
            // Headings are the first row: later ones without ports are pairs of a key and a value.
            let first_row = !(in_rows && line.block == row_block);
            in_rows = line.row;
            row_block = line.block;
            if line.row
                && !names
                && first_row
                && header.is_none()
                && !found.iter().any(|token| token.port().is_some())
            {
                header = Some((index, line.block));
            } else {
                line.header = header.map(|(at, _)| at);
            }
        }
        self.lines = lines;
    }
}

fn is_rule(line: &str) -> bool {
    let signs = line.chars().filter(|letter| !letter.is_whitespace());
    line.starts_with("```")
        || line.starts_with("~~~")
        || line.chars().count() >= 3
            && signs.clone().all(|letter| {
                matches!(
                    letter,
                    '-' | '=' | '*' | '_' | '#' | '|' | ':' | '+' | '—' | '─'
                )
            })
}

/// So far to the right no line is indented that is not a row.
const INDENT: &str = "      ";
/// A cell has at most as many tokens.
const MAX_CELL: usize = 6;
/// Fewer short lines than these are no table.
const MIN_CELLS: usize = 4;
/// Shorter lines were not wrapped.
const MIN_WRAPPED: usize = 50;
/// More words than these make no label.
pub(crate) const MAX_LABEL: usize = 8;
/// Headings of columns end here.
const MAX_HEADER: usize = 120;
