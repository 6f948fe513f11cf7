//! What a sentence quotes is there on the page as well, whose build leaves `Debug` empty.
#![expect(clippy::disallowed_methods, reason = "a test reads the sources")]

use std::path::Path;

#[test]
fn no_sentence_is_written_with_debug() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![here.join("src"), here.join("../portolan-check/src/domain")];
    let mut told = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("tests") || path.ends_with("tests.rs") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            if code.contains("?}") {
                told.push(path.display().to_string());
            }
        }
    }
    assert!(told.is_empty(), "{told:?}");
}
