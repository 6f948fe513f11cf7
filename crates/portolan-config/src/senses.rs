//! What words mean where they stand: phrases, labels of former times, numbering, names that are hosts.

use crate::meaning::{Lexicon, Meaning};
use crate::page::Page;
use crate::token::{Kind, Token};

impl Page {
    /// Gives each word its meaning.
    pub(crate) fn give_senses(&mut self) {
        self.give_meanings();
        self.promote();
        self.addresses();
        self.settle_past();
        self.settle_past_verbs();
        self.settle_numbering();
        self.settle_values();
        self.settle_switches();
        self.settle_answers();
    }

    /// `Do I need port 465? No. Use 587`: the answer denies what was asked, and nothing behind it.
    fn settle_answers(&mut self) {
        for at in 1..self.tokens.len() {
            let asked = self.tokens.get(at - 1).is_some_and(|token| token.is('?'));
            let ends = self
                .tokens
                .get(at + 1)
                .is_some_and(|token| matches!(token.kind, Kind::Sign('.' | ',' | '!')));
            if let Some(token) = self
                .tokens
                .get_mut(at)
                .filter(|token| asked && ends && token.kind == Kind::Word)
            {
                token.meaning = token.meaning.without(DENIES);
            }
        }
    }

    fn give_meanings(&mut self) {
        let lexicon = Lexicon::new();
        // In Portuguese `no` is no denial.
        let portuguese = self
            .tokens
            .iter()
            .any(|token| PORTUGUESE.contains(&token.text.as_str()));
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
                inside = meaning.only(Meaning::NEVER.and(Meaning::NOT).and(Meaning::PORT));
                if let Some(token) = self.tokens.get_mut(*at) {
                    token.meaning = meaning;
                }
            }
        }
    }

    /// `Port no. 587` and `port n° 587` deny nothing, and `è` is no `e`.
    fn settle_numbering(&mut self) {
        for at in 0..self.tokens.len() {
            let apostrophe = self.tokens.get(at + 1).is_some_and(|token| token.is('\''));
            let leads = self.tokens.get(at + 1).is_some_and(|token| {
                matches!(
                    token.kind,
                    Kind::Sign('.' | ':' | '=' | '\t' | '|') | Kind::Number(_)
                )
            });
            let after_port = at
                .checked_sub(1)
                .is_some_and(|before| self.meaning_at(before).has(Meaning::PORT));
            if let Some(token) = self.tokens.get_mut(at)
                && (token.text == "n" && !apostrophe || token.text == "no" && leads && after_port)
            {
                token.meaning = token.meaning.without(Meaning::NOT).and(Meaning::LINK);
            }
            // With its mark it is a verb and joins nothing.
            if let Some(token) = self
                .tokens
                .get_mut(at)
                .filter(|token| token.text == "e" && token.end - token.start > 1)
            {
                token.meaning = token.meaning.without(Meaning::AND);
            }
        }
    }

    /// The verb's other half at the end is what denies: `Wir schalten Port 25 ab.`
    fn settle_past_verbs(&mut self) {
        for at in 1..self.tokens.len() {
            let ends = self.tokens.get(at + 1).is_none_or(|token| {
                matches!(token.kind, Kind::Sign('.' | ',' | ';' | '!' | ':' | ')'))
            });
            if let Some(token) = self.tokens.get_mut(at)
                && token.text == "ab"
                && ends
            {
                token.meaning = token.meaning.and(Meaning::NEVER);
            }
        }
    }

    /// `Before: 25`, and a column headed `Before`, are of former times; `before you start` is not.
    fn settle_past(&mut self) {
        for at in 0..self.tokens.len() {
            let ends = |token: Option<&Token>| {
                token.is_none_or(|token| {
                    matches!(token.kind, Kind::Sign(':' | '\t' | '|' | ')' | ']' | '*'))
                })
            };
            let closed = ends(self.tokens.get(at + 1));
            // `Until 30 June: 25`
            let dated = self
                .tokens
                .get(at + 1..at + MAX_DATE)
                .unwrap_or_default()
                .iter()
                .take_while(|token| !matches!(token.kind, Kind::Host | Kind::Sign(',' | ';')))
                .any(|token| token.is(':'));
            if let Some(token) = self.tokens.get_mut(at)
                && (token.meaning.has(Meaning::PAST_LABEL) && closed
                    || token.meaning.has(Meaning::UNTIL) && dated)
            {
                token.meaning = token.meaning.and(Meaning::PAST);
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
}

/// Words that only Portuguese has among the six languages.
const PORTUGUESE: [&str; 12] = [
    "com",
    "nao",
    "voce",
    "seu",
    "uma",
    "em",
    "saida",
    "senha",
    "conexao",
    "seguranca",
    "criptografia",
    "encriptacao",
];
const DENIES: Meaning = Meaning::NOT
    .and(Meaning::NEVER)
    .and(Meaning::WITHOUT)
    .and(Meaning::PRONOUN);
/// How many tokens a date may have, with its colon.
const MAX_DATE: usize = 8;
/// The longest phrase has as many words.
const MAX_PHRASE: usize = 5;
