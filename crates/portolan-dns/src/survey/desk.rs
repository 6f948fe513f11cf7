//! Where a survey looks things up and notes what it finds.

use crate::finding::{Finding, Issue, Publish, Rule, Who};
use crate::lookup::{Answer, Answers, Kind, Lookup};
use crate::name::Name;
use crate::words::quoted;

/// Findings of one survey.
const MAX_FINDINGS: usize = 400;
/// Strangers' texts at one name that are told of.
pub(super) const MAX_STRANGERS: usize = 5;

pub(super) struct Desk<'a> {
    pub domain: &'a Name,
    pub answers: &'a Answers,
    pub open: Vec<Lookup>,
    pub findings: Vec<Finding>,
}

/// What is at one name: the texts of one kind, those of others, and nothing told apart from failure.
pub(super) struct Texts {
    pub at: Lookup,
    pub own: Vec<Vec<u8>>,
    pub others: Vec<Vec<u8>>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(domain: &'a Name, answers: &'a Answers) -> Self {
        Self {
            domain,
            answers,
            open: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// The answer, or a note that it is wanted.
    pub(super) fn look(&mut self, lookup: &Lookup) -> Option<&'a Answer> {
        let answer = self.answers.get(lookup);
        if answer.is_none() && !self.open.contains(lookup) {
            self.open.push(lookup.clone());
        }
        answer
    }

    /// Notes a finding, once; a hostile zone cannot make more than a bounded number.
    pub(super) fn find(&mut self, at: &Lookup, issue: Issue, publish: Option<Publish>) {
        let who = if at.name.is_within(self.domain) {
            issue.rule.who
        } else {
            Who::Other
        };
        self.keep(at, issue, publish, who);
    }

    /// Notes a finding that somebody else has to see to, though the name is the domain's.
    pub(super) fn find_elsewhere(&mut self, at: &Lookup, issue: Issue) {
        self.keep(at, issue, None, Who::Other);
    }

    fn keep(&mut self, at: &Lookup, issue: Issue, publish: Option<Publish>, who: Who) {
        let is_known = |it: &Finding| {
            it.rule.id == issue.rule.id
                && it.at == *at
                && it.what == issue.what
                && it.span == issue.span
        };
        if self.findings.len() >= MAX_FINDINGS || self.findings.iter().any(is_known) {
            return;
        }
        self.findings.push(Finding {
            rule: issue.rule,
            at: at.clone(),
            what: issue.what,
            span: issue.span,
            publish,
            who,
        });
    }

    /// Notes a look-up that failed: a time-out and a failing server in different words.
    pub(super) fn failure(&mut self, at: &Lookup, answer: &Answer, rule: &'static Rule) {
        let what = match answer {
            Answer::TimedOut => format!("The look-up of {at} timed out."),
            _ => format!("The name servers fail to answer for {at}."),
        };
        self.find(at, Issue::new(rule, what), None);
    }

    /// A text at the domain itself that belongs below it. Where a record stands there already, that one counts, and the text
    /// is not offered in its place.
    pub(super) fn at_wrong_name(
        &mut self,
        label: &str,
        rule: &'static Rule,
        is_meant: fn(&[u8]) -> bool,
        sound: fn(&[u8]) -> String,
    ) {
        let at = Lookup::new(self.domain.clone(), Kind::Txt);
        let Some(answer) = self.look(&at) else { return };
        let Some(text) = answer.texts().find(|text| is_meant(text)) else {
            return;
        };
        let what = format!("{} stands at the domain itself.", glimpse(&text));
        let Ok(below) = self.domain.child(label) else {
            return;
        };
        let below = Lookup::new(below, Kind::Txt);
        let (what, mended) = match self.look(&below) {
            Some(there) if there.is_error() => (what, None),
            Some(there) if there.texts().any(|it| is_meant(&it)) => {
                let name = &below.name;
                (format!("{what} Remove it: {name} has a record."), None)
            }
            Some(_) => (what, publish(&below, sound(&text))),
            None => (what, None),
        };
        self.find(&at, Issue::new(rule, what), mended);
    }

    /// Texts at a label below the domain. `None`: no answer yet, or a failure, which is noted.
    pub(super) fn texts(
        &mut self,
        label: &str,
        rule: &'static Rule,
        is_own: fn(&[u8]) -> bool,
    ) -> Option<Texts> {
        let at = Lookup::new(self.domain.child(label).ok()?, Kind::Txt);
        let answer = self.look(&at)?;
        if answer.is_error() {
            self.failure(&at, answer, rule);
            return None;
        }
        let (own, others) = answer.texts().partition(|text| is_own(text));
        Some(Texts { at, own, others })
    }

    /// Tells of texts that are none of the records of their name: of one that was meant as such with what is wrong with it. The
    /// record that was meant, where no other stands there.
    pub(super) fn others(
        &mut self,
        texts: &Texts,
        version: &str,
        is_meant: fn(&[u8]) -> bool,
        (near, other): (&'static Rule, &'static Rule),
    ) -> Option<Publish> {
        let mut mended = None;
        for text in texts.others.iter().take(MAX_STRANGERS) {
            let shown = glimpse(text);
            if !is_meant(text) {
                let issue = Issue::new(other, format!("{shown} does not belong here."));
                self.find(&texts.at, issue, None);
                continue;
            }
            if texts.own.is_empty()
                && mended.is_none()
                && let Some(tags) = behind_version(&String::from_utf8_lossy(text), version)
            {
                mended = publish(&texts.at, format!("{version}; {tags}"));
            }
            let what = format!("{shown} does not start with {version} and a semicolon.");
            let issue = Issue::new(near, what);
            self.find(&texts.at, issue, mended.clone());
        }
        mended
    }
}

pub(super) fn as_it_stands(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

/// What stands behind a version that was meant, whatever separates it. `None`: nothing, or no version is there.
pub(super) fn behind_version(text: &str, version: &str) -> Option<String> {
    let mut rest = text.trim().trim_matches('"').chars();
    let letters = version.trim_end_matches(|sign: char| sign.is_ascii_digit());
    let is_there = letters.chars().all(|letter| {
        let found = rest.find(|sign| !sign.is_whitespace());
        found.is_some_and(|sign| sign.eq_ignore_ascii_case(&letter))
    });
    let tags = if is_there {
        let rest = rest.as_str();
        rest.trim_start_matches(|sign: char| sign.is_ascii_digit())
    } else {
        text.split_once(';').map(|(_, tags)| tags)?
    };
    let tags = tags.trim_matches([' ', ';', ',', '.', '"']);
    (!tags.is_empty()).then(|| tags.to_owned())
}

/// A record to publish. `None`: a stranger's text is in it, with more than visible ASCII and spaces.
pub(super) fn publish(at: &Lookup, value: impl Into<String>) -> Option<Publish> {
    let value = value.into();
    let is_plain = value
        .bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ');
    is_plain.then(|| Publish {
        name: at.name.to_string(),
        kind: at.kind,
        value,
    })
}

/// The start of a stranger's text, for a sentence.
pub(super) fn glimpse(text: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(text))
}
