//! Places that block ports, and by what a text shows that it comes from one.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use serde::Deserialize;

use crate::DATA;

#[derive(Deserialize)]
struct Environment {
    #[serde(default)]
    port: Vec<Port>,
}

#[derive(Deserialize)]
struct Port {
    number: u16,
    status: String,
}

/// The signs of each place, and the ports that its file says are blocked.
pub(crate) fn clouds(code: &mut String) {
    println!("cargo::rerun-if-changed=clouds.toml");
    let all: BTreeMap<String, Vec<String>> =
        toml::from_str(&fs::read_to_string("clouds.toml").unwrap())
            .unwrap_or_else(|error| panic!("clouds.toml: {error}"));
    code.push_str(
        "/// From `clouds.toml` and `data/environments`: signs, and blocked ports.\n\
         pub(crate) static CLOUDS: &[(&[&str], &[u16])] = &[\n",
    );
    for (id, signs) in &all {
        let path = format!("{DATA}/environments/{id}.toml");
        println!("cargo::rerun-if-changed={path}");
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("clouds.toml: {id}: {path}: {error}"));
        let environment: Environment =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let blocked: Vec<u16> = environment
            .port
            .iter()
            .filter(|port| port.status.starts_with("blocked"))
            .map(|port| port.number)
            .collect();
        assert!(!blocked.is_empty(), "clouds.toml: {id} blocks no port");
        let short = signs
            .iter()
            .find(|sign| sign.len() < 5 || **sign != sign.to_lowercase());
        assert!(
            short.is_none() && !signs.is_empty(),
            "clouds.toml: {id}: expected signs of five letters and more, in lower case: {short:?}"
        );
        writeln!(code, "(&{signs:?}, &{blocked:?}),").unwrap();
    }
    code.push_str("];\n");
}
