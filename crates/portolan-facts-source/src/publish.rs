//! The published JSON: one small document for what every verdict needs, one for the names, and one for each thing.

use serde::Serialize;

use crate::Catalogue;

/// Every document as its path below `facts/` and its bytes; the same bytes for the same facts.
pub fn publish(catalogue: &Catalogue) -> Vec<(String, Vec<u8>)> {
    let facts = &catalogue.facts;
    let mut documents = vec![
        ("core.json".to_owned(), json(facts.core())),
        ("index.json".to_owned(), json(facts.index())),
        ("signs.json".to_owned(), json(&facts.index().signs())),
        ("banners.json".to_owned(), json(&facts.index().banners())),
        ("standards.json".to_owned(), json(&catalogue.standards)),
        ("codes.json".to_owned(), json(&catalogue.codes)),
        ("dead-advice.json".to_owned(), json(&catalogue.dead_advice)),
    ];
    documents.extend(
        facts
            .providers()
            .map(|it| (format!("providers/{}.json", it.id), json(it.as_ref()))),
    );
    documents.extend(
        facts
            .environments()
            .map(|it| (format!("environments/{}.json", it.id), json(it.as_ref()))),
    );
    documents.extend(
        facts
            .clients()
            .map(|it| (format!("clients/{}.json", it.id), json(it.as_ref()))),
    );
    documents
}

#[expect(
    clippy::expect_used,
    reason = "plain structs with text keys always serialize"
)]
fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).expect("plain structs with text keys always serialize")
}
