//! Reads and checks `data/` and embeds it as one JSON; a bad file fails the build with its path and line.
#![expect(clippy::print_stderr, reason = "how a build script speaks")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data");
    println!("cargo:rerun-if-changed={}", data.display());
    let catalogue = match portolan_facts_source::load(&data) {
        Ok(catalogue) => catalogue,
        Err(problems) => {
            for problem in problems {
                eprintln!("data/{problem}");
            }
            return ExitCode::FAILURE;
        }
    };
    let documents: BTreeMap<String, serde_json::Value> = portolan_facts_source::publish(&catalogue)
        .into_iter()
        .filter_map(|(path, bytes)| Some((path, serde_json::from_slice(&bytes).ok()?)))
        .collect();
    let written = std::env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .and_then(|out| {
            let bytes = serde_json::to_vec(&documents).ok()?;
            std::fs::write(out.join("facts.json"), bytes).ok()
        });
    if written.is_none() {
        eprintln!("the facts could not be written to OUT_DIR");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
