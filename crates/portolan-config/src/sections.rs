//! What a heading or an opening line says of the lines below: their protocol, and whether they are old or wrong.

use crate::meaning::Meaning;
use crate::page::{Line, MAX_LABEL};
use crate::past;
use crate::token::Token;

/// Whether what follows is spoken of as old or wrong.
#[derive(Default)]
pub(crate) struct Dropped {
    section: bool,
    code: bool,
    /// A plain title, which the next title ends.
    title: bool,
}

impl Dropped {
    /// What ends with a block.
    pub(crate) fn end_block(&mut self) {
        self.code = false;
    }

    pub(crate) fn holds(&self) -> bool {
        self.section || self.code || self.title
    }

    pub(crate) fn after(&mut self, line: &Line, found: &[Token], heading: bool) {
        let negative = line.meaning.has(Meaning::NEVER.and(Meaning::NOT))
            && !line
                .meaning
                .has(Meaning::PLAIN.and(Meaning::FILLER).and(Meaning::IF));
        let comment = found
            .first()
            .is_some_and(|token| token.is('/') || token.is('#') || token.is('*'))
            && line.words <= 4;
        if line.label && line.opens && !line.row && !comment {
            self.title = negative
                && !line.intro
                && (2..=6).contains(&line.words)
                && !line.meaning.has(Meaning::ANY_TLS.and(Meaning::HEDGE));
        }
        if line.label && !line.intro && !comment {
            // Numbered, marked or underlined headings end what the one before opened.
            let numbered = found.first().is_some_and(|token| token.port().is_some());
            if heading || numbered || line.meaning.has(Meaning::ANY_PROTOCOL.and(Meaning::NOW)) {
                self.section = false;
            }
            let old = past::is_of_old(line.meaning) && line.words <= 6 && !line.row;
            if old || heading && negative {
                self.section = true;
            }
        }
        if comment || line.intro {
            self.code = negative && (comment || line.words <= MAX_LABEL);
        }
    }
}

/// The protocol of what stands below a label.
pub(crate) fn scope_after(before: Meaning, line: &Line, found: &[Token]) -> Meaning {
    let names_mail = line.intro
        && line.words == 1
        && found.first().is_some_and(|token| {
            matches!(
                token.text.as_str(),
                "email" | "mail" | "mailer" | "notifications"
            )
        });
    if names_mail {
        return Meaning::SMTP;
    }
    let said = line.meaning.only(Meaning::ANY_PROTOCOL);
    // A section about several says nothing.
    let several = said.has(Meaning::SMTP) && said.has(Meaning::INCOMING);
    if several {
        Meaning::default()
    } else if said == Meaning::default() {
        before
    } else if said.has(Meaning::SMTP) {
        Meaning::SMTP
    } else {
        said
    }
}
