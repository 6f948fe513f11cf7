//! What is embedded is what `data/` says, and its names are found.

use std::path::Path;

use portolan_facts::{
    Banners, Client, Core, EntryKind, Environment, Index, Provider, Read, Signs, Tree, read,
};
use portolan_facts_source::{load, publish};
use serde::de::DeserializeOwned;
use serde_json::Value;

#[test]
fn the_embedded_facts_are_those_of_the_data() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    assert_eq!(portolan_builtin::facts(), load(&data).unwrap().facts);
}

#[test]
fn the_index_has_every_thing_in_the_order_of_names() {
    let facts = portolan_builtin::facts();
    let index: &Index = facts.index();
    assert_eq!(index.providers.len(), facts.providers().count());
    assert_eq!(index.environments.len(), facts.environments().count());
    assert_eq!(index.clients.len(), facts.clients().count());
    for kind in [
        EntryKind::Client,
        EntryKind::Environment,
        EntryKind::Provider,
    ] {
        let names: Vec<String> = index
            .entries(kind)
            .iter()
            .map(|it| it.name.to_lowercase())
            .collect();
        assert!(names.is_sorted(), "{names:?}");
    }
}

#[test]
fn every_thing_is_found_first_by_its_own_names() {
    let facts = portolan_builtin::facts();
    for kind in [
        EntryKind::Client,
        EntryKind::Environment,
        EntryKind::Provider,
    ] {
        for entry in facts.index().entries(kind) {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let found = facts.index().find(kind, name);
                assert_eq!(found.first().map(|it| &it.id), Some(&entry.id), "{name}");
            }
        }
    }
}

#[test]
fn every_provider_is_recognized_by_its_hosts_and_domains() {
    let facts = portolan_builtin::facts();
    for entry in &facts.index().providers {
        for domain in &entry.signs.domains {
            let found = facts
                .index()
                .recognize(&format!("someone@{domain}"))
                .unwrap();
            assert_eq!(found.provider.id, entry.id, "{domain}");
        }
        for host in entry.signs.hosts.iter().filter(|host| host.contains('.')) {
            let mut all = facts.index().providers.iter();
            let first = all.find(|it| it.signs.hosts.contains(host)).unwrap();
            let host = host.replace(['<', '>'], "");
            let banner = format!("220 {host} ESMTP ready");
            let found = facts.index().recognize(&banner).unwrap();
            assert_eq!(found.provider.id, first.id, "{banner}");
            assert_eq!(found.host, Some(host));
        }
    }
}

#[test]
fn a_host_that_two_share_is_that_of_the_first_by_name() {
    let facts = portolan_builtin::facts();
    let found = facts.index().recognize("smtp.gmail.com:587").unwrap();
    assert_eq!(found.provider.id, "gmail");
}

#[test]
fn the_page_reads_every_published_document_as_the_strict_reader_does() {
    fn both<T: Read + DeserializeOwned + PartialEq + std::fmt::Debug>(path: &str, json: &[u8]) {
        let strict: T = serde_json::from_slice(json).unwrap();
        let json = serde_json::from_slice(json).unwrap();
        assert_eq!(read::<T>(tree(json)), Some(strict), "{path}");
    }
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    for (path, json) in publish(&load(&data).unwrap()) {
        match path.split('/').next().unwrap() {
            "clients" => both::<Client>(&path, &json),
            "core.json" => both::<Core>(&path, &json),
            "environments" => both::<Environment>(&path, &json),
            "index.json" => both::<Index>(&path, &json),
            "providers" => both::<Provider>(&path, &json),
            "banners.json" => both::<Vec<Banners>>(&path, &json),
            "signs.json" => both::<Vec<Signs>>(&path, &json),
            // Not read by the page.
            "codes.json" | "dead-advice.json" | "standards.json" => {}
            other => panic!("{other}: a kind of document that nobody reads"),
        }
    }
}

/// As the page makes it from what the browser parsed.
fn tree(json: Value) -> Tree {
    match json {
        Value::Null => Tree::Absent,
        Value::Bool(flag) => Tree::Flag(flag),
        Value::Number(number) => number
            .as_u64()
            .and_then(|number| number.try_into().ok())
            .map_or(Tree::Absent, Tree::Number),
        Value::String(text) => Tree::Text(text),
        Value::Array(items) => Tree::List(items.into_iter().map(tree).collect()),
        Value::Object(entries) => Tree::Map(
            entries
                .into_iter()
                .map(|(key, it)| (key, tree(it)))
                .collect(),
        ),
    }
}
