//! The records of a domain behind the door: a report of `portolan-probe domain`, records that were pasted, or what was looked
//! up here. One assessment judges all three.

mod export;
mod ready;
mod sheet;

use portolan_advice::{Answers, PostureItem};
use portolan_check::domain::{DomainAssessment, Item, assess, items, pasted};
use portolan_dns::name::Name;
use portolan_explain::safe;
use portolan_records::{Kept, NoteKind, Read};
use portolan_report::domain::DomainReport;
pub(super) use sheet::{level_mark, sheet};

use crate::desk::After;

/// A domain, and what its records come to.
pub(crate) struct Domain {
    pub(super) report: DomainReport,
    pub(super) assessment: DomainAssessment,
    /// What there is to say of the text, where records were pasted.
    pub(super) text: Option<Text>,
}

/// What there is to say of a text of records.
pub(super) struct Text {
    /// Nothing names the domain.
    pub(super) is_stand_in: bool,
    /// The domain is one of several that it may be about.
    pub(super) others: Vec<String>,
    /// What is odd about how records are written, with its line.
    pub(super) notes: Vec<(u32, String)>,
    /// Lines that were not understood.
    pub(super) kept: Vec<(u32, String)>,
    /// Records that were read.
    pub(super) records: usize,
    /// The text is longer than what is read.
    pub(super) is_cut: bool,
}

impl Domain {
    /// A report.
    pub(super) fn of_report(report: DomainReport) -> Self {
        Self {
            assessment: assess(&report),
            report,
            text: None,
        }
    }

    /// Pasted records; `domain` is the one that they are said to be of. `now` is in seconds since 1970. `None`: the text has
    /// none.
    pub(super) fn of_text(text: &str, domain: Option<&str>, now: i64) -> Option<Self> {
        let domain = domain.and_then(|it| Name::new(it).ok());
        let read = portolan_records::read(text, domain.as_ref());
        let pasted = pasted(&read, now)?;
        if pasted.answered == 0 && pasted.aside.unread == 0 {
            return None;
        }
        Some(Self {
            assessment: pasted.assess(),
            text: Some(Text::of(text, &read, pasted.is_stand_in)),
            report: pasted.report,
        })
    }

    /// Its name, harmless. `None`: nothing names it.
    pub(super) fn name(&self) -> Option<String> {
        self.own_name().map(super::words::short)
    }

    /// Its name, as it was given.
    pub(super) fn own_name(&self) -> Option<&str> {
        let is_known = self.text.as_ref().is_none_or(|it| !it.is_stand_in);
        is_known.then_some(self.report.asked.name.as_str())
    }

    /// A text in which a stand-in is nobody's name.
    pub(super) fn named(&self, text: &str) -> String {
        if self.name().is_some() {
            return text.to_owned();
        }
        text.replace(&self.report.asked.name, "YOUR-DOMAIN")
    }

    /// What came of it in a sentence.
    pub(super) fn headline(&self) -> String {
        let sentence = safe(&self.assessment.verdict.sentence);
        if self.name().is_some() {
            return sentence;
        }
        let own = format!("{}: ", self.report.asked.name);
        let rest = sentence.strip_prefix(&own).unwrap_or(&sentence);
        let mut letters = rest.chars();
        let first = letters.next().map(|it| it.to_uppercase().to_string());
        self.named(&(first.unwrap_or_default() + letters.as_str()))
    }

    /// As a file, masked: `json` or `md`.
    pub(super) fn save(&self, form: &str) -> Option<After> {
        let holds = match form {
            "json" => export::json(self),
            "md" => export::markdown(self),
            _ => return None,
        };
        let name = super::words::as_file(&self.report.asked.name);
        let day = self.report.started_at.to_string();
        let day = day.split('T').next().unwrap_or_default();
        Some(After::Save(
            format!("portolan-domain-{name}-{day}.{form}"),
            holds,
        ))
    }

    /// What it tells the advice.
    pub(super) fn learnt(&self) -> Answers {
        let item = |item: Item| match item {
            Item::Spf => PostureItem::Spf,
            Item::Dkim => PostureItem::Dkim,
            Item::Dmarc => PostureItem::Dmarc,
            Item::Ptr => PostureItem::Ptr,
        };
        Answers {
            posture: items(&self.assessment)
                .into_iter()
                .map(|(it, is_fine)| (item(it), is_fine))
                .collect(),
            ..Answers::default()
        }
    }
}

impl Text {
    fn of(text: &str, read: &Read, is_stand_in: bool) -> Self {
        /// More is nobody's mistake.
        const MOST: usize = 40;
        let note = |kind: &NoteKind| {
            match kind {
            NoteKind::CutOff => "The program that printed this value cut it off, so it is not judged.".to_owned(),
            NoteKind::MissingDot(name) => format!("The name lacks the dot at its end, so that a name server reads it as {name}."),
            NoteKind::NoPriority => "The priority of this exchanger was not read: in which order it is tried is not known.".to_owned(),
            NoteKind::Unquoted => "This text stands without quotes: in a zone file spaces separate its parts, and a semicolon begins a comment.".to_owned(),
            NoteKind::Unread => "Could not read this line, which seems to hold a record: what it says is not judged, and nothing is taken for missing.".to_owned(),
            NoteKind::Wildcard => "A wildcard, which nobody asks for by its name: it is not judged.".to_owned(),
            NoteKind::OldType => "The type SPF was given up (RFC 7208, section 3.1), and nobody looks at it.".to_owned(),
        }
        };
        // As a whole: a key or a certificate is more than a line.
        let masked = portolan_mask::mask(text.as_bytes());
        let masked = String::from_utf8_lossy(&masked);
        let masked: Vec<&str> = masked.lines().collect();
        let is_in_place = masked.len() == text.lines().count();
        let line = |kept: &Kept| {
            let at = usize::try_from(kept.line).ok()?.checked_sub(1)?;
            masked.get(at).filter(|_| is_in_place).copied()
        };
        Self {
            is_stand_in,
            others: read
                .domain
                .iter()
                .flat_map(|it| &it.others)
                .take(4)
                .map(ToString::to_string)
                .collect(),
            notes: read
                .notes
                .iter()
                .take(MOST)
                .map(|it| (it.line, safe(&note(&it.kind))))
                .collect(),
            kept: read
                .kept
                .iter()
                .filter(|it| !it.text.trim().is_empty())
                .take(MOST)
                .map(|it| (it.line, safe(line(it).unwrap_or(&it.text))))
                .collect(),
            records: read.records.len() + read.nameless.len(),
            is_cut: read.is_cut,
        }
    }
}
