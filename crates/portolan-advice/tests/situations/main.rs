//! Golden situations: what people have, the route that is right, and the reasons that must be given.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod case;

use portolan_advice::{Answers, CITED, PastedEndpoint, UseCase, advise, next_question};
use portolan_facts::Facts;
use portolan_report::Security;

use case::{answers, faults, situations};

#[test]
fn every_situation_gets_its_route_and_its_reasons() {
    let facts = portolan_builtin::facts();
    let situations = situations();
    let mut report = Vec::new();
    for it in &situations {
        let answers = answers(it);
        let found = faults(
            it,
            &advise(&facts, &answers),
            next_question(&facts, &answers),
        );
        if !found.is_empty() {
            report.push(format!("{}\n    {}", it.name, found.join("\n    ")));
        }
    }
    assert!(
        report.is_empty(),
        "{} of {} situations:\n{}",
        report.len(),
        situations.len(),
        report.join("\n")
    );
}

/// The page knows no standard but those: with them the advice is the same, sources and all.
#[test]
fn what_is_cited_is_all_that_is_needed() {
    let full = portolan_builtin::facts();
    let mut core = full.core().clone();
    core.standards.retain(|it| CITED.contains(&it.id.as_str()));
    assert_eq!(core.standards.len(), CITED.len());
    let mut page = Facts::new(core);
    page.set_index(full.index().clone());
    for it in full.providers() {
        page.add_provider(it.as_ref().clone());
    }
    for it in full.environments() {
        page.add_environment(it.as_ref().clone());
    }
    for it in full.clients() {
        page.add_client(it.as_ref().clone());
    }
    for it in &situations() {
        let answers = answers(it);
        assert_eq!(
            advise(&page, &answers),
            advise(&full, &answers),
            "{}",
            it.name
        );
    }
}

/// Every client hands over configuration for both ways that it has, with nothing left to fill in but the secrets.
#[test]
fn every_client_gets_its_configuration_filled_in() {
    let facts = portolan_builtin::facts();
    for client in facts.clients() {
        assert!(!client.examples.is_empty(), "{} has none", client.id);
        for (port, security) in [(587, Security::StartTls), (465, Security::ImplicitTls)] {
            let pasted = PastedEndpoint {
                host: Some("smtp.example.com".to_owned()),
                port,
                security: Some(security),
                recommended: false,
            };
            let answers = Answers {
                use_case: Some(UseCase::Application),
                client: Some(client.id.clone()),
                pasted: vec![pasted],
                ..Answers::default()
            };
            let advice = advise(&facts, &answers);
            if advice.best.route.security != Some(security) {
                continue;
            }
            let command = advice.steps.iter().find_map(|step| step.command.as_deref());
            let command =
                command.unwrap_or_else(|| panic!("{} {port}: no configuration", client.id));
            assert!(command.contains("smtp.example.com"), "{command}");
            assert!(command.contains(&port.to_string()), "{command}");
            assert!(
                !command.contains("{host}") && !command.contains("{port}"),
                "{command}"
            );
        }
    }
}
