//! The end of a reading: each record gets its whole name, where the text or the domain tells it.

use portolan_dns::lookup::Record;
use portolan_dns::name::Name;

use crate::about;
use crate::model::{Entry, Kept, Nameless, NoteKind, Read, Silence, Value};
use crate::work::{Draft, Owner, Work};

/// Settles all names.
pub(crate) fn settle(mut work: Work<'_>, is_cut: bool) -> Read {
    let guess = about::domain(&work);
    let domain = guess.as_ref().map(|it| it.name.clone());
    let is_relative = work.drafts.iter().any(|it| is_lone(&it.owner));
    let mut read = Read {
        domain: guess,
        is_cut,
        ..Read::default()
    };
    for draft in std::mem::take(&mut work.drafts) {
        match placed(&draft.owner, domain.as_ref(), is_relative) {
            Place::Name(name) => {
                if draft.form == crate::model::Form::ZoneFile && is_doubled(&name, domain.as_ref())
                {
                    work.note(draft.line, NoteKind::MissingDot(name.clone()));
                }
                read.records.push(entry(name, draft));
            }
            Place::Below(label) => read.nameless.push(nameless(label, draft)),
            Place::None => {
                let text = match draft.owner {
                    Owner::Whole(name) | Owner::Panel(name) => name,
                    Owner::Unknown => String::new(),
                };
                work.kept.push(Kept {
                    line: draft.line,
                    text,
                });
                if matches!(draft.value, Value::Record(Record::Txt(_))) {
                    work.unread(draft.line);
                }
            }
        }
    }
    for hush in std::mem::take(&mut work.hushes) {
        if let Ok(name) = Name::new(&hush.name) {
            read.silences.push(Silence {
                name,
                kind: hush.kind,
                said: hush.said,
                line: hush.line,
                form: hush.form,
                word: hush.word,
            });
        }
    }
    work.kept.sort_by_key(|it| it.line);
    read.has_unread = work.has_unread || is_cut;
    read.kept = work.kept;
    read.notes = work.notes;
    read
}

enum Place {
    /// At this name.
    Name(Name),
    /// Below a domain that nobody told, or nobody knows where.
    Below(Option<String>),
    /// The name is none.
    None,
}

fn placed(owner: &Owner, domain: Option<&Name>, is_relative: bool) -> Place {
    let text = match owner {
        Owner::Unknown => return Place::Below(None),
        Owner::Whole(text) => return Name::new(text).map_or(Place::None, Place::Name),
        Owner::Panel(text) => text,
    };
    if text == "@" {
        return match domain {
            Some(domain) => Place::Name(domain.clone()),
            None => Place::Below(Some(String::new())),
        };
    }
    let Ok(name) = Name::new(text) else {
        return Place::None;
    };
    let Some(domain) = domain else {
        let is_lone = !text.contains('.') || about::ends_below_label(&name);
        return if is_lone {
            Place::Below(Some(text.clone()))
        } else {
            Place::Name(name)
        };
    };
    let is_below = !text.contains('.') || about::ends_below_label(&name) || is_relative;
    if name.is_within(domain) || !is_below {
        return Place::Name(name);
    }
    domain.child(text).map_or(Place::None, Place::Name)
}

/// Whether an owner shows that its panel leaves the domain out.
fn is_lone(owner: &Owner) -> bool {
    match owner {
        Owner::Panel(text) => {
            text == "@"
                || !text.contains('.')
                || Name::new(text).is_ok_and(|name| about::ends_below_label(&name))
        }
        _ => false,
    }
}

fn is_doubled(name: &Name, domain: Option<&Name>) -> bool {
    domain.is_some_and(|domain| {
        Name::new(&format!("{domain}.{domain}")).is_ok_and(|twice| name.is_within(&twice))
    })
}

fn entry(name: Name, draft: Draft) -> Entry {
    Entry {
        name,
        value: draft.value,
        line: draft.line,
        form: draft.form,
        word: draft.word,
    }
}

fn nameless(label: Option<String>, draft: Draft) -> Nameless {
    Nameless {
        label,
        value: draft.value,
        line: draft.line,
        form: draft.form,
    }
}
