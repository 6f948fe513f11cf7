//! What a heading or an opening line says of the lines below: their protocol, and whether they are old or wrong.

use crate::meaning::Meaning;
use crate::page::{Line, MAX_LABEL};
use crate::token::{Kind, Token};

/// Whether what follows is spoken of as old or wrong.
#[derive(Default)]
pub(crate) struct Dropped {
    pub(crate) section: bool,
    pub(crate) code: bool,
}

impl Dropped {
    pub(crate) fn after(&mut self, line: &Line, found: &[Token], heading: bool) {
        let negative = line.meaning.has(Meaning::NEVER.and(Meaning::NOT))
            && !line
                .meaning
                .has(Meaning::PLAIN.and(Meaning::FILLER).and(Meaning::IF));
        let comment = found
            .first()
            .is_some_and(|token| token.is('/') || token.is('#') || token.is('*'))
            && line.words <= 4;
        if line.label && !line.intro && !comment {
            // Numbered, marked or underlined headings end what the one before opened.
            let numbered = found.first().is_some_and(|token| token.port().is_some());
            if heading || numbered || line.meaning.has(Meaning::ANY_PROTOCOL) {
                self.section = false;
            }
            if line.meaning.has(Meaning::OLD) && line.words <= 6 && !line.row || heading && negative
            {
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

/// `nc`, `telnet` and the like: a line that tries a port out, and recommends none.
pub(crate) fn is_probe(found: &[Token]) -> bool {
    let mut rest = found
        .iter()
        .skip_while(|token| matches!(token.kind, Kind::Sign('$' | '>' | '#' | '`')))
        .skip_while(|token| token.kind == Kind::Word && token.text == "sudo");
    let command = rest
        .next()
        .is_some_and(|token| token.kind == Kind::Word && PROBES.contains(&token.text.as_str()));
    command
        && rest
            .next()
            .is_some_and(|token| token.kind == Kind::Host || token.is('-'))
}

/// Commands that try out whether a port answers.
const PROBES: [&str; 12] = [
    "nc",
    "ncat",
    "netcat",
    "telnet",
    "nmap",
    "ping",
    "traceroute",
    "tracert",
    "tcptraceroute",
    "tnc",
    "test-netconnection",
    "timeout",
];
