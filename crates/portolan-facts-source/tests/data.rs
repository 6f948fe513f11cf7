//! The project's own data is good, and what is published of it reads back as it was.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

use std::path::{Path, PathBuf};

use portolan_facts::{
    Banners, Client, Codes, Core, DeadAdvice, Environment, Index, Provider, Signs, Standard,
};
use portolan_facts_source::{Catalogue, load, publish};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

fn good() -> Catalogue {
    load(&data()).unwrap_or_else(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{} problems\n{}", problems.len(), list.join("\n"))
    })
}

fn reads_back<T: DeserializeOwned + Serialize>(bytes: &[u8]) {
    let thing: T = serde_json::from_slice(bytes).unwrap();
    assert_eq!(serde_json::to_vec(&thing).unwrap(), bytes);
}

#[test]
fn every_published_document_reads_back_as_it_was() {
    let documents = publish(&good());
    assert!(documents.len() > 20, "a dozen of each at least");
    for (path, bytes) in documents {
        match path.split_once('/').map_or(path.as_str(), |(kind, _)| kind) {
            "core.json" => reads_back::<Core>(&bytes),
            "banners.json" => reads_back::<Vec<Banners>>(&bytes),
            "signs.json" => reads_back::<Vec<Signs>>(&bytes),
            "index.json" => reads_back::<Index>(&bytes),
            "standards.json" => reads_back::<Vec<Standard>>(&bytes),
            "codes.json" => reads_back::<Vec<Codes>>(&bytes),
            "dead-advice.json" => reads_back::<Vec<DeadAdvice>>(&bytes),
            "providers" => reads_back::<Provider>(&bytes),
            "environments" => reads_back::<Environment>(&bytes),
            "clients" => reads_back::<Client>(&bytes),
            other => panic!("{other} is read by nobody"),
        }
    }
}

#[test]
fn the_same_facts_make_the_same_bytes() {
    assert_eq!(publish(&good()), publish(&good()));
}
