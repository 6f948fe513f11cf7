//! What the sender's address and domain must have: the provider's demands, and what receivers want.

use portolan_facts::{DemandKind, ProviderKind, Sourced};
use portolan_report::{RouteKind, Step, Who};

use crate::answers::UseCase;
use crate::candidate::Candidate;
use crate::situation::Situation;
use crate::steps::step;
use crate::words;

/// What the provider demands of the From address and its domain, and what receivers want of the domain of a program that
/// sends by itself. Where nobody signs in, no mailbox has to be the sender; what is switched on for SMTP says nothing of an
/// API.
pub(crate) fn authenticate_the_domain(
    candidate: &Candidate<'_>,
    situation: &Situation<'_>,
    steps: &mut Vec<Step>,
) {
    if situation.provider_is_sandbox() {
        return;
    }
    let owns_the_domain = matches!(
        situation.use_case,
        UseCase::Application
            | UseCase::Bulk
            | UseCase::MailServer
            | UseCase::Monitoring
            | UseCase::Smarthost
    );
    let demands = situation.provider.map_or(&[][..], |it| &it.demands);
    if let Some(provider) = situation.provider {
        for demand in demands {
            // Records are the affair of whoever owns the domain, which a person or a device mostly is not.
            let is_of_the_address = matches!(
                demand.kind,
                DemandKind::Account | DemandKind::OwnMailbox | DemandKind::VerifiedSender
            );
            let is_in_force = match demand.kind {
                DemandKind::Account => candidate.signs_in(),
                DemandKind::OwnMailbox => {
                    candidate.signs_in() || candidate.route.kind == RouteKind::HttpApi
                }
                _ => true,
            };
            if (owns_the_domain || is_of_the_address) && is_in_force {
                // Which From address is used is a setting; records are published.
                let who = match demand.kind {
                    DemandKind::OwnMailbox => Who::Client,
                    DemandKind::Account | DemandKind::VerifiedSender => Who::Provider,
                    _ => Who::Sender,
                };
                steps.push(Step {
                    link: demand.url.clone(),
                    ..step(who, demand.text.clone(), provider.sources(&demand.sources))
                });
            }
        }
    }
    let missing: Vec<&str> = RECORDS
        .iter()
        .filter(|(kind, _)| demands.iter().all(|demand| demand.kind != *kind))
        .map(|(_, name)| *name)
        .collect();
    if owns_the_domain && !missing.is_empty() {
        steps.push(step(
            Who::Sender,
            match situation.provider.map(|it| it.kind) {
                Some(ProviderKind::Mailbox) => format!(
                    "Send from the address that signs in. From a domain of your own there: publish {} first, with the values that {} gives.",
                    words::list(&missing),
                    situation.provider_name()
                ),
                Some(ProviderKind::SelfHosted) => format!(
                    "Publish what lets receivers trust the From domain and the address of your server: {}.",
                    words::list(&missing)
                ),
                _ => format!(
                    "Publish what lets receivers trust the From domain: {}, with the values that {} gives.",
                    words::list(&missing),
                    situation.provider_name()
                ),
            },
            situation.cite(&[("rfc7208", "2.4"), ("rfc6376", "3.5"), ("rfc9989", "4.7")]),
        ));
    }
}

const RECORDS: [(DemandKind, &str); 3] = [
    (DemandKind::Spf, "SPF"),
    (DemandKind::Dkim, "DKIM"),
    (DemandKind::Dmarc, "a DMARC record"),
];
