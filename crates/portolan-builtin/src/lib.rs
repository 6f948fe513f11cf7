//! The facts, embedded: for the native shells and for tests. The page loads the published parts instead.
//!
//! ```
//! let facts = portolan_builtin::facts();
//! let gmail = facts.provider("gmail").expect("a file of that name");
//! assert!(gmail.endpoints.iter().any(|it| it.host == "smtp.gmail.com" && it.port == 587));
//! ```

use std::collections::BTreeMap;

use portolan_facts::Facts;
use serde_json::Value;

/// All facts of `data/`, as they were when this was built.
pub fn facts() -> Facts {
    static JSON: &str = include_str!(concat!(env!("OUT_DIR"), "/facts.json"));
    let mut documents: BTreeMap<String, Value> = parse(JSON);
    let mut facts = Facts::new(read(documents.remove("core.json")));
    facts.set_index(read(documents.remove("index.json")));
    facts.add_signs(read(documents.remove("signs.json")));
    facts.set_banners(read(documents.remove("banners.json")));
    for (path, document) in documents {
        match path.split_once('/').map(|(kind, _)| kind) {
            Some("clients") => facts.add_client(read(Some(document))),
            Some("environments") => facts.add_environment(read(Some(document))),
            Some("providers") => facts.add_provider(read(Some(document))),
            _ => {}
        }
    }
    facts
}

#[expect(clippy::expect_used, reason = "the build script wrote this very text")]
fn parse(json: &str) -> BTreeMap<String, Value> {
    serde_json::from_str(json).expect("written by the build script")
}

#[expect(
    clippy::expect_used,
    reason = "the build script wrote it from the same types"
)]
fn read<T: serde::de::DeserializeOwned>(document: Option<Value>) -> T {
    serde_json::from_value(document.unwrap_or_default()).expect("written from the same types")
}
