//! What is embedded is what `data/` says, and its names are found.

use std::path::Path;

use portolan_facts::{EntryKind, Index};
use portolan_facts_source::load;

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
        for domain in &entry.domains {
            let found = facts
                .index()
                .recognize(&format!("someone@{domain}"))
                .unwrap();
            assert_eq!(found.provider.id, entry.id, "{domain}");
        }
        for host in entry.hosts.iter().filter(|host| host.contains('.')) {
            let mut all = facts.index().providers.iter();
            let first = all.find(|it| it.hosts.contains(host)).unwrap();
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
