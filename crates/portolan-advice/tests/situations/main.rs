//! Golden situations: what people have, the route that is right, and the reasons that must be given.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

mod case;

use portolan_advice::{advise, next_question};

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
