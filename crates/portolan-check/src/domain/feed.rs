//! A report as the engine takes it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use portolan_dns::lookup::{Answer, Answers, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::{Origin, Security, Selector, Survey};
use portolan_report::domain::{
    self as kept, DomainReport, PolicyOutcome, Resolver, ResolverOrigin, Said, SelectorOrigin,
};

use super::convert::{read_answer, read_kind};
use super::pasted::Aside;

/// A report with its answers at hand.
pub(super) struct Seen<'a> {
    pub(super) report: &'a DomainReport,
    pub(super) domain: Name,
    /// The answer that counts, by question.
    pub(super) answers: Answers,
    believed: BTreeMap<Lookup, &'a Said>,
    /// What a pasted text says that the report does not hold.
    pub(super) aside: Aside,
}

impl<'a> Seen<'a> {
    pub(super) fn of(report: &'a DomainReport) -> Self {
        let mut answers = Answers::default();
        let mut believed = BTreeMap::new();
        for looked in &report.lookups {
            let Ok(name) = Name::new(&looked.name) else {
                continue;
            };
            let Some(said) = believed_of(&looked.answers) else {
                continue;
            };
            let lookup = Lookup::new(name, read_kind(looked.kind));
            answers.keep(lookup.clone(), read_answer(&said.answer));
            believed.entry(lookup).or_insert(said);
        }
        let domain = domain(report);
        if let (Some(policy), Ok(host)) = (&report.policy, domain.child("mta-sts")) {
            let lookup = Lookup::new(host, Kind::StsPolicy);
            answers.keep(lookup, policy_answer(&policy.outcome));
        }
        Self {
            report,
            domain,
            answers,
            believed,
            aside: Aside::default(),
        }
    }

    /// The same, with what a text says beside its report.
    pub(super) fn beside(self, aside: Aside) -> Self {
        Self { aside, ..self }
    }

    /// A survey that was told all of it, and that what is not in the report will not come.
    pub(super) fn ended(&self) -> Survey {
        let mut survey = self.survey();
        while let Some(lookup) = survey.wanted().first().cloned() {
            survey.leave_open(&lookup);
            self.feed(&mut survey);
        }
        survey
    }

    /// A survey that was told all of it. What it still wants is not in the report.
    pub(super) fn survey(&self) -> Survey {
        let asked = &self.report.asked;
        let selectors = asked.selectors.iter().map(|it| Selector {
            name: it.name.clone(),
            origin: match it.origin {
                SelectorOrigin::Named => Origin::Named,
                SelectorOrigin::Tried => Origin::Tried,
            },
        });
        let mut survey = Survey::new(self.domain.clone(), selectors.collect(), asked.ip);
        for host in &self.report.certificates {
            let Ok(name) = Name::new(&host.host) else {
                continue;
            };
            let chain: Option<Vec<Vec<u8>>> =
                host.chain.iter().map(|it| der(it.pem.as_ref()?)).collect();
            if let Some(chain) = chain.filter(|it| !it.is_empty()) {
                survey.certificates(name, chain);
            }
        }
        self.feed(&mut survey);
        survey
    }

    /// Tells a survey what it wants and the report has, as long as there is any of it.
    fn feed(&self, survey: &mut Survey) {
        loop {
            let open = survey.wanted().to_vec();
            let mut moved = false;
            for lookup in open {
                if let Some(answer) = self.answers.get(&lookup) {
                    let security = self.security(&lookup);
                    survey.answer(lookup.clone(), answer.clone());
                    survey.secure(lookup, security);
                    moved = true;
                } else if lookup.kind == Kind::StsPolicy && !self.report.asked.https {
                    survey.leave_open(&lookup);
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// Whether nobody was asked: the records were pasted.
    pub(super) fn is_pasted(&self) -> bool {
        let is_pasted = |it: &Resolver| it.origin == ResolverOrigin::Pasted;
        self.report.resolvers.first().is_some_and(is_pasted)
    }

    /// Whose answer to a question counts.
    pub(super) fn resolver(&self, lookup: &Lookup) -> Option<&'a Resolver> {
        let said = self.believed.get(lookup)?;
        self.report.resolvers.get(usize::from(said.resolver))
    }

    /// Where an alias at a name leads, where one is known.
    pub(super) fn alias(&self, name: &Name) -> Option<&str> {
        let lookup = Lookup::new(name.clone(), Kind::Cname);
        match self.answers.get(&lookup)?.records().first()? {
            Record::Cname(target) => Some(target),
            _ => None,
        }
    }

    /// What was said of a question: the answer that counts, as the report has it.
    pub(super) fn said(&self, lookup: &Lookup) -> Option<&'a kept::Answer> {
        self.believed.get(lookup).map(|it| &it.answer)
    }

    /// What a resolver that may be believed says of an answer's security, by the AD bit (RFC 4035, section 3.2.3; RFC 6840,
    /// section 5.8). That it is not set says something only where the resolver validates, as its answer for the root shows.
    pub(super) fn security(&self, lookup: &Lookup) -> Security {
        let (Some(said), Some(resolver)) = (self.believed.get(lookup), self.resolver(lookup))
        else {
            return Security::Unknown;
        };
        let is_failure = self.answers.get(lookup).is_none_or(Answer::is_error);
        match (
            is_believed(resolver),
            said.authenticated,
            resolver.validates,
        ) {
            _ if is_failure => Security::Unknown,
            (true, true, _) => Security::Secure,
            (true, false, Some(true)) => Security::Insecure,
            _ => Security::Unknown,
        }
    }

    /// Questions that were answered, each with the answer that counts.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Lookup, &'a Said)> {
        self.believed.iter().map(|(lookup, said)| (lookup, *said))
    }
}

/// Only a resolver on this machine, or one that was named, is believed of DNSSEC.
pub(super) fn is_believed(resolver: &Resolver) -> bool {
    resolver.on_loopback || resolver.origin == ResolverOrigin::Named
}

/// The first that is no failure, else the first: as a sender with the same resolvers has it.
fn believed_of(answers: &[Said]) -> Option<&Said> {
    let is_told = |it: &&Said| !read_answer(&it.answer).is_error();
    answers.iter().find(is_told).or_else(|| answers.first())
}

/// The name of a stranger's report may be none; then nothing in it counts.
fn domain(report: &DomainReport) -> Name {
    Name::new(&report.asked.name).unwrap_or_else(|_| Name::invalid())
}

fn policy_answer(outcome: &PolicyOutcome) -> Answer {
    match outcome {
        PolicyOutcome::File { content_type, body } => Answer::Records(vec![Record::StsPolicy {
            content_type: content_type.clone(),
            body: body.0.clone(),
        }]),
        // Senders take a redirect for no policy, as they take what is not there.
        PolicyOutcome::Status {
            status: 300..=499, ..
        } => Answer::NoData,
        PolicyOutcome::Status { .. } | PolicyOutcome::Failed { .. } => Answer::ServerFailure,
        PolicyOutcome::NoHost => Answer::NoSuchName,
        PolicyOutcome::TimedOut => Answer::TimedOut,
    }
}

/// What stands between the marks of PEM (RFC 7468).
fn der(pem: &str) -> Option<Vec<u8>> {
    let inner = pem
        .lines()
        .filter(|it| !it.starts_with("-----"))
        .map(str::trim)
        .collect::<String>();
    STANDARD.decode(inner).ok()
}
