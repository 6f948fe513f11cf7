//! Builds the library for JavaScript as a package of npm, and tries it as those do who install it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::analyzer::PROFILE;
use crate::dist::{FLAGS, neutral};
use crate::project::Project;
use crate::shell::{Failure, capture, fail, show};
use crate::tools;

/// Where the package is put together.
fn folder(project: &Project) -> PathBuf {
    project.target.join("portolan-npm/package")
}

/// The package as `npm publish` would send it.
pub(crate) fn tarball(project: &Project) -> PathBuf {
    project
        .target
        .join(format!("portolan-npm/portolan-{VERSION}.tgz"))
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the package and says what it weighs.
///
/// # Errors
///
/// A step that fails.
pub(crate) fn build(project: &Project) -> Result<(), Failure> {
    tools::ensure(project)?;
    let folder = folder(project);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let mut compile = project.cargo(&["build", "--quiet", "--package", "portolan-js"]);
    compile.args(["--profile", PROFILE, "--target", "wasm32-unknown-unknown"]);
    compile.env(FLAGS, neutral(project) + " -Ctarget-feature=+simd128");
    show("Compiling the library", &mut compile)?;
    let wasm = project
        .target
        .join("wasm32-unknown-unknown")
        .join(PROFILE)
        .join("portolan_js.wasm");
    let mut bind = project.command("wasm-bindgen");
    bind.args(["--target", "web", "--out-name", "portolan", "--out-dir"]);
    show("Binding it to JavaScript", bind.arg(&folder).arg(wasm))?;
    let bound = folder.join("portolan_bg.wasm");
    let mut optimize = project.command("wasm-opt");
    optimize.arg("-O3").arg(&bound).arg("--output").arg(&bound);
    show("Optimizing it", &mut optimize)?;
    without_disposal(&folder.join("portolan.d.ts"))?;
    for name in [
        "index.js",
        "node.js",
        "shared.js",
        "index.d.ts",
        "README.md",
    ] {
        let from = project.root.join("crates/portolan-js/package").join(name);
        fs::copy(from, folder.join(name))?;
    }
    let (all, named) = (folder.join("portolan.d.ts"), folder.join("index.d.ts"));
    let (all, named) = (fs::read_to_string(all)?, fs::read_to_string(named)?);
    let left_out = left_out(&all, &named);
    if !left_out.is_empty() {
        return fail(format!(
            "index.d.ts does not export {}",
            left_out.join(", ")
        ));
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(project.root.join(name), folder.join(name))?;
    }
    fs::write(folder.join("package.json"), manifest())?;
    let mut pack = project.command("npm");
    pack.args(["pack", "--silent", "--pack-destination"]);
    pack.arg(project.target.join("portolan-npm"))
        .current_dir(&folder);
    capture(&mut pack)?;
    let size = |path: &Path| fs::metadata(path).map(|it| it.len());
    println!(
        "{}: {} bytes, {} of Wasm in it",
        tarball(project).display(),
        size(&tarball(project))?,
        size(&bound)?
    );
    Ok(())
}

/// The declaration of `[Symbol.dispose]`, which no library of types before ES2023's successor knows: whoever checks the types
/// of what he depends on would be stopped by it.
fn without_disposal(types: &Path) -> Result<(), Failure> {
    let text = fs::read_to_string(types)?;
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("[Symbol.dispose]"))
        .collect();
    Ok(fs::write(types, kept.join("\n") + "\n")?)
}

/// Shapes that the package describes and does not name to who installs it. How the Wasm is started is nobody's matter.
fn left_out<'a>(all: &'a str, named: &str) -> Vec<&'a str> {
    let named: Vec<&str> = words(named).collect();
    all.lines()
        .filter_map(|line| {
            let rest = line.strip_prefix("export ")?;
            let shape = rest
                .strip_prefix("interface ")
                .or_else(|| rest.strip_prefix("type "))
                .or_else(|| rest.strip_prefix("class "))?;
            words(shape).next()
        })
        .filter(|shape| !["InitOutput", "SyncInitInput"].contains(shape))
        .filter(|shape| !named.contains(shape))
        .collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// No scripts, no dependencies.
fn manifest() -> String {
    format!(
        r#"{{
  "name": "portolan",
  "version": "{VERSION}",
  "description": "What went wrong with this mail, who can mend it, and how",
  "license": "MIT OR Apache-2.0",
  "type": "module",
  "sideEffects": false,
  "engines": {{ "node": ">=16.4" }},
  "types": "./index.d.ts",
  "exports": {{
    ".": {{ "types": "./index.d.ts", "node": "./node.js", "default": "./index.js" }},
    "./portolan_bg.wasm": "./portolan_bg.wasm"
  }},
  "files": ["*.js", "*.d.ts", "*.wasm", "LICENSE-*"]
}}
"#
    )
}

/// Installs the package into a fresh project, type-checks against it, runs it in Node.js and bundles it for the browser.
/// Returns how many tests passed.
///
/// # Errors
///
/// A step or a test that fails.
pub(crate) fn check(project: &Project) -> Result<usize, Failure> {
    build(project)?;
    let fresh = bundled(project);
    if fresh.exists() {
        fs::remove_dir_all(&fresh)?;
    }
    copy(&project.root.join("tests/library"), &fresh)?;
    let mut install = project.command("npm");
    install.args([
        "install",
        "--offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--silent",
    ]);
    install
        .arg(tarball(project))
        .arg(tools::nodemailer(project)?);
    capture(install.current_dir(&fresh))?;
    let example = project.root.join("examples/send-a-test-mail/node");
    for name in ["explain.mjs", "server.mjs"] {
        fs::copy(example.join(name), fresh.join(name))?;
    }
    let mut types = Command::new(tools::typescript(project)?);
    capture(types.args(["--project", "."]).current_dir(&fresh))?;
    let mut node = project.command("node");
    node.args(["--test", "--test-reporter=tap"]);
    node.args(["node.test.mjs", "example.test.mjs"]);
    let passed = passed(&capture(node.current_dir(&fresh))?);
    if passed == 0 {
        return fail("no test of the library ran in Node.js");
    }
    for name in ["page", "worker"] {
        let mut bundle = project.command("esbuild");
        bundle.args(["--bundle", "--format=esm", "--log-level=warning"]);
        bundle.arg(format!("{name}.js"));
        bundle.arg(format!("--outfile=bundle/{name}.js"));
        capture(bundle.current_dir(&fresh))?;
    }
    let wasm = fresh.join("node_modules/portolan/portolan_bg.wasm");
    fs::copy(wasm, fresh.join("bundle/portolan_bg.wasm"))?;
    fs::copy(fresh.join("page.html"), fresh.join("bundle/index.html"))?;
    Ok(passed + 1)
}

/// The fresh project; `bundle` in it is what the browser is given.
pub(crate) fn bundled(project: &Project) -> PathBuf {
    project.target.join("portolan-npm/fresh")
}

/// How many tests passed, by the last lines of TAP.
fn passed(output: &str) -> usize {
    output
        .lines()
        .find_map(|line| line.strip_prefix("# pass "))
        .and_then(|count| count.trim().parse().ok())
        .unwrap_or(0)
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{left_out, passed};

    #[test]
    fn a_shape_without_a_name_is_told() {
        let all = "export interface NearCause {\nexport type OneOrMany = string | string[];\nexport interface InitOutput {\n\
                   export class Analyzer {\nexport function advise(answers: Case): AdviceForm;\n";
        let named = "export type {\n  Analyzer, NearCauses,\n} from \"./portolan.js\";";
        assert_eq!(left_out(all, named), ["NearCause", "OneOrMany"]);
        assert!(left_out(all, &named.replace("Causes", "Cause, OneOrMany")).is_empty());
    }

    #[test]
    fn what_passed_is_counted() {
        assert_eq!(passed("1..6\n# tests 6\n# pass 6\n# fail 0\n"), 6);
        assert_eq!(passed("nothing"), 0);
    }
}
