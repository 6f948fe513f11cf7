//! Pasted records, in whatever form somebody has them, and what they come to.
//!
//! [`read`] takes a zone file, what `dig`, `drill`, `kdig`, `host`, `nslookup` or `Resolve-DnsName` print, a provider's table, a
//! block of labels, JSON of DNS over HTTPS or of a provider, or a bare `v=spf1 …`, also several of them in one text. Each
//! reader is offered each line, and takes the lines that have its form; a line that none takes is kept.
//! [`assess`] asks what was read the questions of a survey of `portolan-dns`. What was not pasted is unknown, and never missing:
//! nothing is there only where the text has an answer that says so. Each server that the text names answers for itself.
//!
//! Nothing is looked up. Reading takes a time that is linear in the text: no reader looks at a line more often than a fixed
//! number of times.
//!
//! Zone files are read here and not by a library: those that exist refuse a file at its first fault and say nothing of lines,
//! and the same words of a record come in every other form too.
//!
//! ```
//! let text = "$ dig +short txt _dmarc.example.com\n\"v=DMARC1; p=none; rua=mailto:d@example.com\"\n";
//! let read = portolan_records::read(text, None);
//! assert_eq!(read.records[0].name.as_str(), "_dmarc.example.com");
//! assert_eq!(read.records[0].line, 2);
//!
//! let assessed = portolan_records::assess(&read).unwrap();
//! let is_answered = |text: &str| assessed.answers.iter().any(|(it, _)| it.to_string() == text);
//! assert!(is_answered("_dmarc.example.com TXT"));
//! // SPF was not pasted.
//! assert!(!is_answered("example.com TXT"));
//! ```

mod about;
mod assess;
mod bare;
mod columns;
mod command;
mod heard;
mod host;
mod json;
mod labels;
mod lexer;
mod loose;
mod message;
mod model;
mod nslookup;
mod rdata;
mod rows;
mod settle;
mod table;
mod text;
mod words;
mod work;
mod zone;

pub use assess::{Assessed, Told, assess};
pub use model::{
    Entry, Form, Guess, Kept, Nameless, Note, NoteKind, Read, Said, Silence, Sure, Value, Word,
};
pub use text::MAX_TEXT;

use portolan_dns::name::Name;

/// Reads a text of at most [`MAX_TEXT`] bytes; what is behind them is not looked at.
///
/// `domain` is the one that the visitor named, if any. Without it the domain is guessed from the names in the text.
pub fn read(text: &str, domain: Option<&Name>) -> Read {
    let (lines, is_cut) = text::lines(text);
    let mut work = work::Work::new(lines, domain);
    work.run();
    settle::settle(work, is_cut)
}
