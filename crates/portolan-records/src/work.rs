//! The reading of a text: which reader takes which line, and what is known while it goes on.

use portolan_dns::lookup::Kind;
use portolan_dns::name::Name;

use crate::model::{Form, Kept, Note, NoteKind, Said, Value, Word};
use crate::text::Line;
use crate::{
    bare, command, host, json, labels, loose, message, nslookup, rows, table, words, zone,
};

/// Lines that were not understood and are kept; more say no more.
const MAX_KEPT: usize = 500;
/// The most of such a line that is kept.
const MAX_KEPT_SIGNS: usize = 300;
/// Notes of one text.
const MAX_NOTES: usize = 100;

/// A reader: it takes a number of lines from this place on, or none.
type Reader = fn(&mut Work<'_>, usize) -> Option<usize>;

/// All readers. What has the surest form comes first.
const READERS: &[Reader] = &[
    rows::power_shell_error,
    command::line,
    json::object,
    message::line,
    zone::directive,
    bare::policy,
    table::header,
    table::row,
    nslookup::line,
    host::sentence,
    labels::line,
    zone::record,
    rows::row,
    rows::standing,
    command::short,
    bare::record,
    aside,
];

/// Whose record it is, as far as the text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A whole name.
    Whole(String),
    /// A name of a panel: whole, or below the domain.
    Panel(String),
    /// Nobody says.
    Unknown,
}

/// A record before its name is settled.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub owner: Owner,
    pub value: Value,
    pub line: u32,
    pub form: Form,
    pub word: Word,
}

/// An answer without records, before it is settled.
#[derive(Clone, Debug)]
pub(crate) struct Hush {
    pub name: String,
    pub kind: Option<Kind>,
    pub said: Said,
    pub line: u32,
    pub form: Form,
    pub word: Word,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// The name, as it was written; that of an address is its reverse one.
    pub name: String,
    /// The type, in capitals.
    pub kind: String,
}

/// A text in the course of being read.
#[derive(Debug)]
pub(crate) struct Work<'a> {
    pub lines: Vec<Line>,
    pub domain: Option<&'a Name>,
    pub drafts: Vec<Draft>,
    pub hushes: Vec<Hush>,
    pub notes: Vec<Note>,
    pub kept: Vec<Kept>,
    /// Something that seems to be a record was not read.
    pub has_unread: bool,
    /// Domains that the text names as its subject: an origin, a hint in a comment.
    pub hints: Vec<String>,
    /// What the last command asked for.
    pub questions: Vec<Question>,
    /// The command prints values alone.
    pub short: bool,
    /// The server that a command asked or that is printed.
    pub server: Option<String>,
    /// Answers of programs so far.
    pub messages: u32,
    pub message: Option<message::Message>,
    pub nslookup: nslookup::State,
    pub zone: zone::State,
    pub table: Option<table::Table>,
    pub block: labels::Block,
    pub json: json::State,
    /// The media type in the header of a file that was fetched.
    pub content_type: Option<String>,
    /// The host that a policy file was fetched from.
    pub policy_host: Option<String>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(lines: Vec<Line>, domain: Option<&'a Name>) -> Self {
        let zone = zone::State::of(&lines);
        Self {
            lines,
            domain,
            drafts: Vec::new(),
            hushes: Vec::new(),
            notes: Vec::new(),
            kept: Vec::new(),
            has_unread: false,
            hints: Vec::new(),
            questions: Vec::new(),
            short: false,
            server: None,
            messages: 0,
            message: None,
            nslookup: nslookup::State::default(),
            zone,
            table: None,
            block: labels::Block::default(),
            json: json::State::default(),
            content_type: None,
            policy_host: None,
        }
    }

    /// Offers each line to each reader.
    pub(crate) fn run(&mut self) {
        let mut at = 0;
        while let Some(line) = self.line(at) {
            if line.trim().is_empty() {
                labels::blank(self);
                at += 1;
                continue;
            }
            let used = READERS.iter().find_map(|reader| reader(self, at));
            if used.is_none() {
                self.keep(at);
            }
            at += used.unwrap_or(1).max(1);
        }
        labels::flush(self);
        message::close(self);
    }

    /// A line by its place.
    pub(crate) fn line(&self, at: usize) -> Option<&str> {
        self.lines.get(at).map(|line| line.text.as_str())
    }

    /// Its number in the text, from 1.
    pub(crate) fn number(&self, at: usize) -> u32 {
        self.lines.get(at).map_or(0, |line| line.number)
    }

    /// The lines from a place on.
    pub(crate) fn texts(&self, at: usize) -> impl Iterator<Item = &str> {
        self.lines
            .get(at..)
            .unwrap_or_default()
            .iter()
            .map(|line| line.text.as_str())
    }

    /// Takes a record.
    pub(crate) fn draft(&mut self, draft: Draft) {
        self.drafts.push(draft);
    }

    /// Takes a record without a word of its own.
    pub(crate) fn found(&mut self, owner: Owner, value: Value, line: u32, form: Form) {
        let said_by = self.word(form);
        self.draft(Draft {
            owner,
            value,
            line,
            form,
            word: said_by,
        });
    }

    /// Who says what is read here. Of rows and lines of a zone without a server nobody knows that anybody was asked.
    pub(crate) fn word(&self, form: Form) -> Word {
        let is_said =
            self.server.is_some() || matches!(form, Form::Host | Form::Nslookup | Form::Short);
        Word {
            server: self.server.clone(),
            message: if is_said { self.messages } else { 0 },
            ..Word::default()
        }
    }

    /// Another answer begins.
    pub(crate) fn next_message(&mut self) -> u32 {
        self.messages = self.messages.saturating_add(1);
        self.messages
    }

    /// Takes an answer without records.
    pub(crate) fn silent(
        &mut self,
        name: &str,
        kind: Option<&str>,
        said: Said,
        at: usize,
        form: Form,
    ) {
        let said_by = self.word(form);
        self.hushes.push(Hush {
            name: name.to_owned(),
            kind: kind.and_then(kind_of),
            said,
            line: self.number(at),
            form,
            word: said_by,
        });
    }

    pub(crate) fn note(&mut self, line: u32, kind: NoteKind) {
        let note = Note { line, kind };
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Keeps a line that nobody understood.
    pub(crate) fn keep(&mut self, at: usize) {
        let Some(line) = self.lines.get(at) else {
            return;
        };
        let number = line.number;
        let is_record = loose::is_of_text(&line.text);
        if self.kept.len() < MAX_KEPT {
            self.kept.push(Kept {
                line: number,
                text: line.text.chars().take(MAX_KEPT_SIGNS).collect(),
            });
        }
        if is_record {
            self.unread(number);
        }
    }

    /// Notes that a line seems to hold a record, and was not read.
    pub(crate) fn unread(&mut self, line: u32) {
        self.has_unread = true;
        self.note(line, NoteKind::Unread);
    }

    /// The only question, where there is only one.
    pub(crate) fn question(&self) -> Option<&Question> {
        match self.questions.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Where a policy file is from.
    pub(crate) fn policy_owner(&self) -> Owner {
        match &self.policy_host {
            Some(host) => Owner::Whole(host.clone()),
            None => Owner::Unknown,
        }
    }
}

/// The type by its name, where a survey asks for it.
pub(crate) fn kind_of(text: &str) -> Option<Kind> {
    Some(match text {
        "A" => Kind::A,
        "AAAA" => Kind::Aaaa,
        "CNAME" => Kind::Cname,
        "MX" => Kind::Mx,
        "PTR" => Kind::Ptr,
        "TLSA" => Kind::Tlsa,
        "TXT" => Kind::Txt,
        _ => return None,
    })
}

/// Lines that say nothing: rules, empty cells, headings that programs print.
fn aside(work: &mut Work<'_>, at: usize) -> Option<usize> {
    let line = work.line(at)?.trim();
    let is_rule = line.chars().all(|sign| {
        matches!(
            sign,
            '-' | '=' | '_' | '*' | '|' | '+' | ':' | '~' | '`' | '>' | '$' | '#' | '─' | '│' | ' '
        )
    });
    let is_fence = line.starts_with("```");
    let is_header =
        line.starts_with("HTTP/") || line.to_ascii_lowercase().starts_with("content-type:");
    if let Some(media) = line
        .split_once(':')
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map(|(_, media)| media.trim().to_owned())
    {
        work.content_type = Some(media);
    }
    (is_rule || is_fence || is_header).then_some(1)
}

/// Whether a text is an owner's name and no word of a sentence: it has a dot or an underscore.
pub(crate) fn is_whole_name(text: &str) -> bool {
    text.contains('.') && words::is_name(text)
}
