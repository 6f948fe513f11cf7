//! The Check door: reports of `portolan-probe`, what they mean, what differs between two, and the command to run.
//!
//! Without its browser, as all that can be tested natively. A text becomes `Kept`; another kind of thing to examine, such
//! as the records of a domain, is another variant of `Read` with a sheet of its own.

mod advice;
mod asking;
mod bring;
mod certificates;
mod compare;
mod domain;
mod evidence;
mod export;
mod findings;
pub mod lookup;
mod map;
mod meaning;
mod read;
mod route;
mod run;
mod sheet;
mod way;
mod words;

use asking::Asking;
pub use bring::{LONGEST, unpack};
use domain::Domain;
use portolan_advice::{Answers, ProviderAnswer, recognized};
use portolan_check::{Assessment, assess};
use portolan_facts::Facts;
use portolan_link::CHECK;
use portolan_report::probe::ProbeReport;
use portolan_report::sheet::Element;
pub use read::{MOST, MOST_BYTES, Report, reports};
pub(crate) use sheet::{JOIN, LINK};

use crate::desk::After;

/// Its id, as the page is told.
pub const DOOR: &str = "check";

/// What lies behind the door.
#[derive(Default)]
pub struct Checks {
    /// What the visitor answered, as the address has it.
    case: Answers,
    kept: Vec<Kept>,
    open: usize,
    /// Whether the next one joins those that are here.
    joins: bool,
    /// Whether the first two are shown beside each other.
    compares: bool,
    /// A host that is to be checked.
    host: Option<String>,
    /// The address of the door's page, without a fragment. Empty: it is not known.
    page: String,
    /// The records that were pasted last, and when, in seconds since 1970.
    records: (String, i64),
    /// Lines beside the reports, which are not read.
    beside: usize,
    /// The link that was asked for, of the one that is open.
    link: Option<Result<String, usize>>,
    /// What may be asked of a resolver, and what is.
    asking: Asking,
}

/// One thing that was given.
pub(crate) struct Kept {
    /// What it is called where there are several.
    pub(crate) title: String,
    pub(crate) read: Read,
}

/// What something turned out to be.
pub(crate) enum Read {
    /// A report.
    Report(Box<Seen>),
    /// The records of a domain, and what they come to.
    Domain(Box<Domain>),
    /// None that can be read, and why.
    Refused(String),
    /// A link whose report did not come with it whole.
    Torn,
}

/// A report, and what it means.
pub(crate) struct Seen {
    pub(crate) report: ProbeReport,
    pub(crate) assessment: Assessment,
}

/// The parts of the facts that the door's advice needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Providers, by id.
    pub providers: Vec<String>,
    /// Environments, by id.
    pub environments: Vec<String>,
    /// Clients, by id.
    pub clients: Vec<String>,
}

impl Checks {
    /// Learns what the visitor answered, from the fragment of the address; of another door's it learns nothing.
    pub fn attend(&mut self, fragment: &str) {
        if fragment.starts_with(CHECK) {
            self.case = portolan_link::parse(fragment).answers;
        }
    }

    /// Learns where the door's page is, for links that lead there.
    pub fn lies_at(&mut self, page: &str) {
        page.clone_into(&mut self.page);
    }

    /// Forgets what was given; the answers stay.
    pub fn clear(&mut self) {
        let case = std::mem::take(&mut self.case);
        let page = std::mem::take(&mut self.page);
        let asking = self.asking_anew();
        *self = Self {
            case,
            page,
            asking,
            ..Self::default()
        };
    }

    /// Makes room for what is given now: beside what is here, where that was asked for.
    pub fn begin(&mut self) {
        if self.joins {
            self.joins = false;
        } else {
            self.clear();
        }
    }

    /// Takes the reports of a text; `name` is that of a file.
    pub fn take(&mut self, name: Option<&str>, text: &[u8]) {
        let (all, beside) = read::read(text);
        self.beside += beside;
        for read in all {
            if self.kept.len() >= MOST {
                return;
            }
            let read = match read {
                Err(why) => Read::Refused(why),
                Ok(Report::Check(report)) => {
                    let assessment = assess(&report);
                    let report = *report;
                    Read::Report(Box::new(Seen { report, assessment }))
                }
                Ok(Report::Domain(report)) => Read::Domain(Box::new(Domain::of_report(*report))),
            };
            let title = name.map_or_else(
                || format!("Report {}", self.kept.len() + 1),
                portolan_explain::shown,
            );
            self.kept.push(Kept { title, read });
        }
        self.open = self.kept.len().saturating_sub(1);
        self.compares = self.pair().is_some();
        self.link = None;
    }

    /// Takes what plain commands printed of connections, now: in seconds since 1970. `false`: it is another text.
    pub fn take_plain(&mut self, text: &str, now: i64) -> bool {
        let Some(report) = portolan_check::plain::report(text, now) else {
            return false;
        };
        self.begin();
        let assessment = assess(&report);
        let title = format!("Report {}", self.kept.len() + 1);
        let read = Read::Report(Box::new(Seen { report, assessment }));
        self.kept.push(Kept { title, read });
        self.open = self.kept.len().saturating_sub(1);
        true
    }

    /// Takes a link whose report cannot be unpacked: somebody or something cut it.
    pub fn take_torn(&mut self) {
        let title = format!("Report {}", self.kept.len() + 1);
        if self.kept.len() < MOST {
            let read = Read::Torn;
            self.kept.push(Kept { title, read });
            self.open = self.kept.len() - 1;
        }
        self.compares = false;
        self.link = None;
    }

    /// Takes a text of records, seen now: in seconds since 1970.
    pub fn take_records(&mut self, text: &str, now: i64) {
        let read = Domain::of_text(text, None, now);
        let title = read
            .as_ref()
            .and_then(Domain::name)
            .unwrap_or_else(|| "Records".to_owned());
        let read = read.map_or_else(
            || Read::Refused("no record that says something of mail was found: expected lines of a zone file, what dig, nslookup or a provider’s panel shows, or a record by itself".to_owned()),
            |it| Read::Domain(Box::new(it)),
        );
        if self.kept.len() < MOST {
            self.kept.push(Kept { title, read });
            self.open = self.kept.len() - 1;
        }
        self.compares = false;
        self.link = None;
        self.records = (text.to_owned(), now);
    }

    /// Reads the records anew, as those of another domain that they may be of.
    fn of(&mut self, place: &str) -> Option<After> {
        let other = place.parse().ok().and_then(|at: usize| {
            let text = self.opened_domain()?.text.as_ref()?;
            text.others.get(at).cloned()
        })?;
        let (text, now) = &self.records;
        let read = Domain::of_text(text, Some(&other), *now)?;
        let kept = self.kept.get_mut(self.open)?;
        *kept = Kept {
            title: other,
            read: Read::Domain(Box::new(read)),
        };
        Some(After::Show)
    }

    /// Takes a host that is to be checked, or a mail address for its domain.
    pub fn take_host(&mut self, host: &str) {
        self.clear();
        let domain = host.rsplit_once('@').map_or(host, |(_, domain)| domain);
        self.host = Some(domain.to_owned());
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.host.is_none()
    }

    /// The two reports that are compared: the first and the last that can be read.
    pub(crate) fn pair(&self) -> Option<[(&str, &Seen); 2]> {
        let mut all = self.kept.iter().filter_map(|it| match &it.read {
            Read::Report(seen) => Some((it.title.as_str(), seen.as_ref())),
            Read::Domain(_) | Read::Refused(_) | Read::Torn => None,
        });
        Some([all.next()?, all.next_back()?])
    }

    fn opened(&self) -> Option<&Seen> {
        match &self.kept.get(self.open)?.read {
            Read::Report(seen) => Some(seen),
            Read::Domain(_) | Read::Refused(_) | Read::Torn => None,
        }
    }

    fn opened_domain(&self) -> Option<&Domain> {
        match &self.kept.get(self.open)?.read {
            Read::Domain(domain) => Some(domain),
            Read::Report(_) | Read::Refused(_) | Read::Torn => None,
        }
    }

    /// Does what was asked for on the sheet: `open 1`, `open pair`, `join`, `part`, `link`, `save json`.
    pub fn ask(&mut self, what: &str) -> After {
        let (verb, rest) = what.split_once(' ').unwrap_or((what, ""));
        match (verb, rest) {
            ("open", "pair") if self.pair().is_some() => {
                self.compares = true;
                self.link = None;
            }
            ("open", place) => match place.parse() {
                Ok(place) if place < self.kept.len() => {
                    self.open = place;
                    self.compares = false;
                    self.link = None;
                }
                _ => return After::Nothing,
            },
            ("join", "") => self.joins = true,
            ("part", "") => self.joins = false,
            ("link", "") => {
                self.link = self
                    .opened()
                    .map(|seen| bring::link(&seen.report, &self.page));
            }
            ("of", place) => return self.of(place).unwrap_or(After::Nothing),
            ("look-up", name) => return self.wish(name),
            ("halt", "") => return self.halt(),
            ("save", form) => return self.save(form).unwrap_or(After::Nothing),
            _ => return After::Nothing,
        }
        After::Show
    }

    fn save(&self, form: &str) -> Option<After> {
        if let Some(domain) = self.opened_domain() {
            return domain.save(form);
        }
        let seen = self.opened()?;
        let name = words::file_name(&seen.report);
        let holds = match form {
            "json" => export::json(&seen.report),
            "md" => export::markdown(seen),
            _ => return None,
        };
        Some(After::Save(format!("{name}.{form}"), holds))
    }

    /// What the advice needs, where it is not here.
    pub fn wanted(&self, facts: &Facts) -> Wanted {
        let report = self.opened().map(|it| &it.report);
        let answers = advice::answers(&self.case, report, &[], facts);
        let mut wanted = Wanted::default();
        if let Some(ProviderAnswer::Catalogue(id)) = &answers.provider {
            wanted.providers.push(id.clone());
        }
        if answers.provider.is_none()
            && let Some(id) = recognized(facts.index(), &answers)
        {
            wanted.providers.push(id.to_owned());
        }
        wanted.environments = answers.environments;
        wanted.clients.extend(answers.client);
        wanted.providers.retain(|id| facts.provider(id).is_none());
        wanted
            .environments
            .retain(|id| facts.environment(id).is_none());
        wanted.clients.retain(|id| facts.client(id).is_none());
        wanted
    }

    /// The sheet.
    pub fn sheet(&self, facts: &Facts) -> Element {
        sheet::sheet(self, facts)
    }

    /// What to tell whoever does not see the sheet. Empty: nothing is new.
    pub fn status(&self) -> String {
        if let (true, Some([first, second])) = (self.compares, self.pair()) {
            return meaning::meaning(first.1, second.1).headline;
        }
        let told = |headline: String| match sheet::beside(self) {
            Some(beside) => format!("{headline} {beside}"),
            None => headline,
        };
        match self.kept.get(self.open).map(|it| &it.read) {
            Some(Read::Report(seen)) => told(words::headline(seen)),
            Some(Read::Domain(domain)) => told(domain.headline()),
            Some(Read::Refused(why)) => format!("This report cannot be read: {why}"),
            Some(Read::Torn) => sheet::TORN.to_owned(),
            None => String::new(),
        }
    }
}
