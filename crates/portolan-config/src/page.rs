//! The text as lines of tokens: what is a heading, a row of a table, a condition of what follows.

use crate::clause::{self, Clause};
use crate::mask::{self, GONE};
use crate::meaning::{Lexicon, Meaning};
use crate::numbers;
use crate::sections::{Dropped, is_probe, scope_after};
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
        page.give_meanings();
        page.promote();
        page.addresses();
        page.values();
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
            let plain = !found
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

    fn give_meanings(&mut self) {
        let lexicon = Lexicon::new();
        // In Portuguese `no` is no denial.
        let says = |word: &str| self.tokens.iter().any(|token| token.text == word);
        let portuguese = [
            "nao",
            "voce",
            "seu",
            "sua",
            "uma",
            "saida",
            "endereco",
            "seguranca",
        ]
        .iter()
        .any(|word| says(word))
            || says("porta") && says("servidor");
        for line in &self.lines {
            let words: Vec<usize> = (line.from..line.to)
                .filter(|at| {
                    self.tokens
                        .get(*at)
                        .is_some_and(|token| token.kind == Kind::Word)
                })
                .collect();
            let mut skip = 0;
            let mut inside = Meaning::default();
            for (index, at) in words.iter().enumerate() {
                if skip > 0 {
                    skip -= 1;
                    // All words of a phrase deny, so that the word behind it is denied.
                    if let Some(token) = self.tokens.get_mut(*at) {
                        token.meaning = inside;
                    }
                    continue;
                }
                let phrase = self.phrase(words.get(index..).unwrap_or_default());
                let found = lexicon.phrase(&phrase);
                let word = phrase.first().copied().unwrap_or_default();
                let mut meaning = found.map_or_else(|| lexicon.word(word), |(meaning, _)| meaning);
                if portuguese && word == "no" && found.is_none() {
                    meaning =
                        meaning.without(Meaning::NOT.and(Meaning::WITHOUT).and(Meaning::PRONOUN));
                }
                skip = found.map_or(0, |(_, length)| length - 1);
                inside = meaning.only(Meaning::NEVER.and(Meaning::NOT));
                if let Some(token) = self.tokens.get_mut(*at) {
                    token.meaning = meaning;
                }
            }
        }
    }

    /// The words that follow one another, with nothing between them but apostrophes.
    fn phrase(&self, words: &[usize]) -> Vec<&str> {
        let mut phrase: Vec<&str> = Vec::new();
        let mut expected = None;
        for at in words.iter().take(MAX_PHRASE) {
            if let Some(from) = expected {
                let parted = (from..*at)
                    .any(|between| self.token(between).is_none_or(|token| !token.is('\'')));
                if parted {
                    break;
                }
            }
            expected = Some(at + 1);
            phrase.extend(self.token(*at).map(|token| token.text.as_str()));
        }
        phrase
    }

    fn describe(&mut self) {
        let mut lines = std::mem::take(&mut self.lines);
        let mut scope = Meaning::default();
        let mut dropped = Dropped::default();
        let mut header: Option<(usize, usize)> = None;
        // Headings of columns come before what stands in the columns.
        let mut has_values = false;
        let mut block = usize::MAX;
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
                .is_some_and(|token| token.is(':') || token.is('.'));
            line.question = found.last().is_some_and(asks)
                || found.first().is_some_and(asks) && found.last().is_some_and(asks)
                || opens;
            let names = found.iter().any(|token| match token.kind {
                Kind::Host => true,
                Kind::Number(port) => numbers::is_known(port),
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
                has_values = false;
                block = line.block;
                dropped.code = false;
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
            line.dropped = dropped.section || dropped.code || is_probe(found);
            let is_value = names || found.iter().any(|token| token.port().is_some());
            if line.row && !is_value && header.is_none() && !has_values {
                header = Some((index, line.block));
            } else {
                line.header = header.map(|(at, _)| at);
            }
            has_values = line.row && (has_values || is_value);
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
/// Shorter lines were not wrapped.
const MIN_WRAPPED: usize = 50;
/// More words than these make no label.
pub(crate) const MAX_LABEL: usize = 8;
/// Headings of columns end here.
const MAX_HEADER: usize = 120;
/// The longest phrase has as many words.
const MAX_PHRASE: usize = 5;
