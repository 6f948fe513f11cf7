//! A question to the visitor: its wording. What an answer does is the engine's affair.

use serde::{Deserialize, Serialize};

use crate::read::{reads, reads_word};

/// `data/questions/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Kebab-case, equal to the file's name; the engine knows the same id.
    pub id: String,
    /// The place in the form, from 1.
    pub order: u8,
    /// How it is answered.
    pub kind: QuestionKind,
    /// The question.
    pub ask: String,
    /// What helps where people hesitate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The answers. Empty where they come from the catalogue.
    #[serde(default, skip_serializing_if = "Vec::is_empty", rename = "choice")]
    pub choices: Vec<Choice>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionKind {
    /// Any number of the choices.
    Any,
    /// One thing of the catalogue, found by any of its names; the choices stand beside it.
    Catalogue,
    /// One of the choices.
    One,
    /// Yes, no or not known, for each of the choices.
    YesNo,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The id that the engine knows.
    pub id: String,
    /// The answer's words.
    pub label: String,
    /// What it means, where the words are not plain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

reads! { Question { id, order, kind, ask, help, choices = "choice" } }
reads_word! { QuestionKind { Any = "any", Catalogue = "catalogue", One = "one", YesNo = "yes-no" } }
reads! { Choice { id, label, help } }
