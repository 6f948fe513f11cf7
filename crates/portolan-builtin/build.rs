//! Reads and checks `data/` and embeds it as one JSON, packed where that is asked for; a bad file fails the build with its
//! path and line.
#![expect(clippy::print_stderr, reason = "how a build script speaks")]

use std::collections::BTreeMap;
use std::io::Write;
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
            if std::env::var_os("CARGO_FEATURE_PACKED").is_some() {
                std::fs::write(out.join("facts.json.z"), packed(&bytes)?).ok()
            } else {
                std::fs::write(out.join("facts.json"), bytes).ok()
            }
        });
    if written.is_none() {
        eprintln!("the facts could not be written to OUT_DIR");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// As deflate without a frame (RFC 1951), behind its length in four bytes of little endian.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(bytes.len()).ok()?;
    let mut encoder = flate2::write::DeflateEncoder::new(
        length.to_le_bytes().to_vec(),
        flate2::Compression::best(),
    );
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}
