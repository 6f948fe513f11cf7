//! Short names for what Wasm and glue call each other: wasm-bindgen's are long, and end in a hash that does not compress.
//!
//! wasm-opt renames them in the Wasm and says how; the glue is changed to match. Nearly four kilobytes after brotli.

use std::path::Path;
use std::process::Command;

/// What wasm-opt renamed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Renamed {
    /// Modules, names and their short names.
    imports: Vec<[String; 3]>,
    /// Names and their short names.
    exports: Vec<[String; 2]>,
}

/// Renames in the Wasm file, in its place, and gives the changed glue.
///
/// # Errors
///
/// wasm-opt cannot be run or fails, or the glue does not know a name that the Wasm has.
pub(crate) fn shorten(wasm: &Path, glue: &str) -> Result<String, String> {
    let answer = Command::new("wasm-opt")
        .arg(wasm)
        .arg("--minify-imports-and-exports-and-modules")
        .arg("--output")
        .arg(wasm)
        .output()
        .map_err(|error| format!("wasm-opt cannot be run: {error}"))?;
    if !answer.status.success() {
        return Err(format!(
            "wasm-opt: {}",
            String::from_utf8_lossy(&answer.stderr)
        ));
    }
    rename(glue, &renamed(&String::from_utf8_lossy(&answer.stdout)))
}

/// Reads what wasm-opt says: a line with three texts for each import, with two for each export.
fn renamed(said: &str) -> Renamed {
    let mut renamed = Renamed::default();
    for line in said.lines() {
        let texts: Vec<String> = line
            .split('"')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        match <[String; 3]>::try_from(texts) {
            Ok(import) => renamed.imports.push(import),
            Err(texts) => renamed.exports.extend(<[String; 2]>::try_from(texts)),
        }
    }
    renamed
}

fn rename(glue: &str, renamed: &Renamed) -> Result<String, String> {
    let mut glue = glue.to_owned();
    let mut replace = |from: &str, to: &str| {
        if !glue.contains(from) {
            return Err(format!("the glue of the Wasm has no `{from}`"));
        }
        glue = glue.replace(from, to);
        Ok(())
    };
    if let Some([module, ..]) = renamed.imports.first() {
        // The one module becomes `a`: what wasm-opt calls the first.
        replace(&format!("\"{module}\": "), "\"a\": ")?;
    }
    for [_, name, short] in &renamed.imports {
        replace(&format!(" {name}: "), &format!(" {short}: "))?;
    }
    for [name, short] in &renamed.exports {
        // The longest names begin like others: each ends where no letter follows.
        for end in [".", "(", ",", ")", ";"] {
            let from = format!("wasm.{name}{end}");
            if glue.contains(&from) {
                glue = glue.replace(&from, &format!("wasm.{short}{end}"));
            }
        }
    }
    Ok(glue)
}

#[cfg(test)]
mod tests {
    use super::{Renamed, rename, renamed};

    const SAID: &str = r#"{
 "imports": [
  ["./page_bg.js", "__wbg_get_d7176cfb", "$"],
  ["./page_bg.js", "__wbg_get_d7176cfb76", "$a"]
 ]"exports": [
  ["memory", "b"],
  ["main", "c"]
 ]
}
"#;

    #[test]
    fn wasm_and_glue_agree_afterwards() {
        let glue = "const import0 = { __wbg_get_d7176cfb: 1, __wbg_get_d7176cfb76: 2 };\n\
            return { \"./page_bg.js\": import0 }; wasm.memory.buffer; wasm.main(); main();";
        assert_eq!(
            rename(glue, &renamed(SAID)).unwrap(),
            "const import0 = { $: 1, $a: 2 };\n\
            return { \"a\": import0 }; wasm.b.buffer; wasm.c(); main();"
        );
    }

    #[test]
    fn an_import_that_the_glue_lacks_is_refused() {
        assert!(
            rename("", &renamed(SAID))
                .unwrap_err()
                .contains("./page_bg.js")
        );
        assert_eq!(
            rename("as it was", &Renamed::default()).unwrap(),
            "as it was"
        );
    }
}
