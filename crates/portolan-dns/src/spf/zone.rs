//! A zone given by the caller, which answers in place of a resolver: for suites of tests, and for pasted records.

use std::collections::BTreeMap;

use crate::lookup::{Answer, Kind, Lookup, Record};

/// Aliases that are followed; a longer chain counts as a loop.
const MAX_ALIASES: usize = 10;

/// Records by name. Names may hold anything, as those of suites do.
#[derive(Clone, Debug, Default)]
pub struct Zone(BTreeMap<String, Vec<Entry>>);

#[derive(Clone, Debug)]
enum Entry {
    Record(Record),
    /// The record type that RFC 7208 gave up; it stands in for TXT at names that say nothing about TXT.
    Spf(Vec<Vec<u8>>),
    /// There is no TXT here.
    NoTxt,
    /// Look-ups of this kind time out; without a kind, all that find nothing.
    TimedOut(Option<Kind>),
}

impl Zone {
    /// Adds a record.
    pub fn add(&mut self, name: &str, record: Record) {
        self.push(name, Entry::Record(record));
    }

    /// Adds a record of the type SPF, which is read as TXT where the name has no TXT.
    pub fn add_spf(&mut self, name: &str, strings: Vec<Vec<u8>>) {
        self.push(name, Entry::Spf(strings));
    }

    /// Says that a name has no TXT, so that its SPF stands in for nothing.
    pub fn add_no_txt(&mut self, name: &str) {
        self.push(name, Entry::NoTxt);
    }

    /// Look-ups of a kind at a name time out; `None`: all that find nothing.
    pub fn add_time_out(&mut self, name: &str, kind: Option<Kind>) {
        self.push(name, Entry::TimedOut(kind));
    }

    fn push(&mut self, name: &str, entry: Entry) {
        let name = name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase();
        self.0.entry(name).or_default().push(entry);
    }
}

/// What a resolver would answer from this zone, aliases followed.
pub fn answer_from_zone(zone: &Zone, lookup: &Lookup) -> Answer {
    let mut name = lookup.name.as_str().to_owned();
    for _ in 0..=MAX_ALIASES {
        let Some(entries) = zone.0.get(&name) else {
            return Answer::NoSuchName;
        };
        let times_out = |wanted: Option<Kind>| {
            entries
                .iter()
                .any(|it| matches!(it, Entry::TimedOut(kind) if *kind == wanted))
        };
        if times_out(Some(lookup.kind)) {
            return Answer::TimedOut;
        }
        let found = of_kind(entries, lookup.kind);
        if !found.is_empty() {
            return Answer::Records(found);
        }
        let alias = entries.iter().find_map(|it| match it {
            Entry::Record(Record::Cname(alias)) => Some(alias),
            _ => None,
        });
        match alias {
            Some(alias) => {
                name = alias
                    .strip_suffix('.')
                    .unwrap_or(alias)
                    .to_ascii_lowercase();
            }
            None if times_out(None) => return Answer::TimedOut,
            None => return Answer::NoData,
        }
    }
    Answer::ServerFailure
}

fn of_kind(entries: &[Entry], kind: Kind) -> Vec<Record> {
    let records: Vec<Record> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Record(record) if record.kind() == kind => Some(record.clone()),
            _ => None,
        })
        .collect();
    let says_of_txt = entries.iter().any(|it| matches!(it, Entry::NoTxt));
    if kind != Kind::Txt || says_of_txt || !records.is_empty() {
        return records;
    }
    entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Spf(strings) => Some(Record::Txt(strings.clone())),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Name;

    fn ask(zone: &Zone, name: &str, kind: Kind) -> Answer {
        answer_from_zone(zone, &Lookup::new(Name::new(name).unwrap(), kind))
    }

    #[test]
    fn nothing_is_told_apart_from_failure() {
        let mut zone = Zone::default();
        zone.add("a.example", Record::A([192, 0, 2, 1].into()));
        zone.add("alias.example", Record::Cname("A.example.".to_owned()));
        zone.add("loop.example", Record::Cname("loop.example".to_owned()));
        zone.add_time_out("a.example", Some(Kind::Mx));
        zone.add_time_out("slow.example", None);
        let found = Answer::Records(vec![Record::A([192, 0, 2, 1].into())]);
        assert_eq!(ask(&zone, "A.Example", Kind::A), found);
        assert_eq!(ask(&zone, "alias.example", Kind::A), found);
        assert_eq!(ask(&zone, "a.example", Kind::Aaaa), Answer::NoData);
        assert_eq!(ask(&zone, "a.example", Kind::Mx), Answer::TimedOut);
        assert_eq!(ask(&zone, "slow.example", Kind::Txt), Answer::TimedOut);
        assert_eq!(ask(&zone, "loop.example", Kind::A), Answer::ServerFailure);
        assert_eq!(ask(&zone, "no.example", Kind::A), Answer::NoSuchName);
    }

    #[test]
    fn the_old_type_stands_in_for_txt_where_nothing_is_said_of_it() {
        let text = |it: &str| vec![it.as_bytes().to_vec()];
        let mut zone = Zone::default();
        zone.add_spf("old.example", text("v=spf1 -all"));
        zone.add_spf("none.example", text("v=spf1 -all"));
        zone.add_no_txt("none.example");
        zone.add_spf("both.example", text("v=spf1 +all"));
        zone.add("both.example", Record::Txt(text("v=spf1 -all")));
        let found = Answer::Records(vec![Record::Txt(text("v=spf1 -all"))]);
        assert_eq!(ask(&zone, "old.example", Kind::Txt), found);
        assert_eq!(ask(&zone, "both.example", Kind::Txt), found);
        assert_eq!(ask(&zone, "none.example", Kind::Txt), Answer::NoData);
    }
}
