//! The tools, at exactly pinned versions, in the project's own cache folder.
//!
//! Debug builds without debug information: Trunk in release takes 9 minutes on two cores, so it takes 3, and the site's
//! bytes are the same.

use std::path::PathBuf;
use std::process::Command;

use crate::project::Project;
use crate::shell::{self, Failure, fail, show, version};

const TRUNK: &str = "0.21.14";
/// Equals `wasm-bindgen` in the lock file to the digit, or the glue does not fit; tidy compares them.
pub(crate) const WASM_BINDGEN: &str = "0.2.130";
/// Debian's own wasm-opt 108 cannot read what the compiler writes today.
const BINARYEN: &str = "132.0.0";
/// Shrinks the glue; Trunk's own minifier cannot read it.
const ESBUILD: &str = "0.28.2";
const LIGHTHOUSE: &str = "13.5.0";
/// What the example of the library sends with.
const NODEMAILER: &str = "10.6.1";
/// Checks the types of the library for JavaScript.
const TYPESCRIPT: &str = "5.9.3";
const TARGET: &str = "wasm32-unknown-unknown";

/// The folders with the fetched programs.
pub(crate) fn folders(project: &Project) -> Vec<PathBuf> {
    vec![
        home(project, "trunk", TRUNK).join("bin"),
        home(project, "wasm-bindgen-cli", WASM_BINDGEN).join("bin"),
        home(project, "binaryen", BINARYEN).join("node_modules/.bin"),
        home(project, "esbuild", ESBUILD).join("node_modules/.bin"),
    ]
}

/// Fetches what the site's build lacks.
///
/// # Errors
///
/// Names everything that has to be installed by hand, before any long step; or the step that failed.
pub(crate) fn ensure(project: &Project) -> Result<(), Failure> {
    let target = has_target(project);
    let trunk = answers(project, "trunk", TRUNK);
    let bindgen = answers(project, "wasm-bindgen", WASM_BINDGEN);
    let binaryen = answers(project, "wasm-opt", "132");
    let esbuild = answers(project, "esbuild", ESBUILD);
    let mut missing = Vec::new();
    if !target && version(&mut Command::new("rustup")).is_none() {
        missing.push("rustup, which adds the Wasm target: https://rustup.rs says how");
    }
    // Node.js runs wasm-opt, so npm alone would not do.
    if !(binaryen && esbuild) && version(&mut Command::new("npm")).is_none() {
        missing.push(
            "Node.js with npm, which brings wasm-opt and esbuild: apt-get install nodejs npm",
        );
    }
    if !(trunk && bindgen) && version(&mut Command::new("cc")).is_none() {
        missing.push("a C compiler, which links the tools: apt-get install build-essential");
    }
    if !missing.is_empty() {
        return fail(format!("this machine lacks\n  {}", missing.join("\n  ")));
    }
    if !target {
        show(
            "Adding the Wasm target",
            project.command("rustup").args(["target", "add", TARGET]),
        )?;
    }
    if !has_std_source(project) {
        // Without it the site is larger and as good: no reason to stop.
        let _ = show(
            "Adding the source of the standard library",
            project
                .command("rustup")
                .args(["component", "add", "rust-src"]),
        );
    }
    // Trunk builds offline, so what it builds from has to be here.
    if shell::capture(&mut project.cargo(&["fetch", "--locked", "--offline"])).is_err() {
        show(
            "Fetching the libraries of the page",
            &mut project.cargo(&["fetch", "--locked"]),
        )?;
    }
    if has_std_source(project) && !can_build_std(project) {
        let _ = show(
            "Fetching the libraries of the standard library",
            &mut std_fetch(project, &[]),
        );
    }
    if !trunk {
        let extra = ["--locked", "--no-default-features"];
        install(
            project,
            "trunk",
            TRUNK,
            &extra,
            "about 3 minutes on two cores",
        )?;
    }
    if !bindgen {
        install(
            project,
            "wasm-bindgen-cli",
            WASM_BINDGEN,
            &[],
            "about 70 seconds on two cores",
        )?;
    }
    if !binaryen {
        npm(project, "binaryen", BINARYEN)?;
    }
    if !esbuild {
        npm(project, "esbuild", ESBUILD)?;
    }
    Ok(())
}

/// Fetches Lighthouse and gives its program.
///
/// # Errors
///
/// npm cannot bring it.
pub(crate) fn lighthouse(project: &Project) -> Result<PathBuf, Failure> {
    let program = home(project, "lighthouse", LIGHTHOUSE).join("node_modules/.bin/lighthouse");
    if !program.exists() {
        npm(project, "lighthouse", LIGHTHOUSE)?;
    }
    Ok(program)
}

/// Fetches the compiler of TypeScript and gives its program.
///
/// # Errors
///
/// npm cannot bring it.
pub(crate) fn typescript(project: &Project) -> Result<PathBuf, Failure> {
    let program = home(project, "typescript", TYPESCRIPT).join("node_modules/.bin/tsc");
    if !program.exists() {
        npm(project, "typescript", TYPESCRIPT)?;
    }
    Ok(program)
}

/// Fetches Nodemailer, which the example of the library calls, and gives its folder.
///
/// # Errors
///
/// npm cannot bring it.
pub(crate) fn nodemailer(project: &Project) -> Result<PathBuf, Failure> {
    let folder = home(project, "nodemailer", NODEMAILER).join("node_modules/nodemailer");
    if !folder.exists() {
        npm(project, "nodemailer", NODEMAILER)?;
    }
    Ok(folder)
}

/// Chromium and its driver, which Debian packages together; installed where that is possible.
///
/// # Errors
///
/// They are not there, and could not be installed.
pub(crate) fn browser() -> Result<(), Failure> {
    debian(
        &["chromium", "chromedriver"],
        &["chromium", "chromium-driver"],
    )
}

/// What makes networks of a test's own, and firewalls in them; installed where that is possible.
///
/// # Errors
///
/// They are not there, and could not be installed; or nobody may use them.
pub(crate) fn networks() -> Result<(), Failure> {
    if !is_root() {
        return fail("only root makes networks");
    }
    debian(&["ip", "nft"], &["iproute2", "nftables"])
}

/// What builds programs for another target: its standard library, and a C compiler of Debian's; installed where that is
/// possible.
///
/// # Errors
///
/// They are not there, and could not be installed.
pub(crate) fn foreign(
    project: &Project,
    target: &str,
    compiler: &str,
    package: &str,
) -> Result<(), Failure> {
    let libraries = || rustlib(project).map(|it| it.join(target).join("lib"));
    let is_there = || libraries().is_some_and(|it| it.exists());
    if !is_there() {
        let mut rustup = project.command("rustup");
        let _ = show(
            &format!("Adding the target {target}"),
            rustup.args(["target", "add", target]),
        );
    }
    if !is_there() {
        return fail(format!("expected a target: rustup target add {target}"));
    }
    debian(&[compiler], &[package])
}

fn is_root() -> bool {
    shell::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Programs of Debian's packages.
fn debian(programs: &[&str], packages: &[&str]) -> Result<(), Failure> {
    let there = || {
        programs.iter().all(|it| {
            let found = Command::new("sh")
                .args(["-c", "command -v \"$1\"", "sh", it])
                .output();
            found.is_ok_and(|it| it.status.success())
        })
    };
    if there() {
        return Ok(());
    }
    if is_root() {
        // A failed update is no failure: the lists may be fresh enough.
        let _ = show(
            "Reading the package lists",
            Command::new("apt-get").args(["update", "--quiet"]),
        );
        let _ = show(
            &format!("Installing {}", packages.join(" and ")),
            Command::new("apt-get")
                .args(["install", "--yes"])
                .args(packages),
        );
    }
    if there() {
        Ok(())
    } else {
        fail(format!(
            "expected {}: apt-get install {}",
            programs.join(" and "),
            packages.join(" ")
        ))
    }
}

fn install(
    project: &Project,
    name: &str,
    wanted: &str,
    extra: &[&str],
    time: &str,
) -> Result<(), Failure> {
    let home = home(project, name, wanted);
    let mut cargo = project.cargo(&[
        "install",
        name,
        "--version",
        wanted,
        "--debug",
        "--force",
        "--root",
    ]);
    cargo
        .arg(home)
        .args(extra)
        .env("CARGO_PROFILE_DEV_DEBUG", "0");
    // Tools stay out of the project's own target folder and its settings.
    cargo.env("CARGO_TARGET_DIR", project.cache.join("build"));
    show(&format!("Installing {name} {wanted}, {time}"), &mut cargo)
}

fn npm(project: &Project, name: &str, wanted: &str) -> Result<(), Failure> {
    let home = home(project, name, wanted);
    std::fs::create_dir_all(&home)?;
    let mut npm = project.command("npm");
    npm.arg("install").arg("--prefix").arg(home);
    npm.args([
        "--save-exact",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]);
    npm.arg(format!("{name}@{wanted}"));
    show(&format!("Installing {name} {wanted}"), &mut npm)
}

fn home(project: &Project, name: &str, wanted: &str) -> PathBuf {
    project.cache.join(format!("tools/{name}-{wanted}"))
}

fn has_target(project: &Project) -> bool {
    rustlib(project).is_some_and(|rustlib| rustlib.join(TARGET).join("lib").exists())
}

/// Whether the standard library can be built anew, smaller, with the page: its source is here, and so are the libraries
/// that it needs itself.
pub(crate) fn can_build_std(project: &Project) -> bool {
    has_std_source(project) && shell::capture(&mut std_fetch(project, &["--offline"])).is_ok()
}

fn has_std_source(project: &Project) -> bool {
    std_source(project).is_some_and(|folder| folder.join("Cargo.lock").exists())
}

fn std_source(project: &Project) -> Option<PathBuf> {
    rustlib(project).map(|rustlib| rustlib.join("src/rust/library"))
}

fn std_fetch(project: &Project, extra: &[&str]) -> Command {
    let mut cargo = project.cargo(&["fetch", "--locked", "--target", TARGET]);
    cargo.args(extra).arg("--manifest-path");
    cargo.arg(std_source(project).unwrap_or_default().join("Cargo.toml"));
    // Its manifest uses what Cargo calls unstable.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo
}

/// Where the toolchain keeps its libraries.
fn rustlib(project: &Project) -> Option<PathBuf> {
    let sysroot = shell::capture(project.command("rustc").args(["--print", "sysroot"])).ok()?;
    Some(PathBuf::from(sysroot.trim()).join("lib/rustlib"))
}

/// Whether the program that the build would find says the wanted version.
fn answers(project: &Project, program: &str, wanted: &str) -> bool {
    // From the cache and nowhere else: a tool of the user's may change under us.
    folders(project)
        .iter()
        .map(|folder| folder.join(program))
        .filter(|path| path.exists())
        .any(|path| {
            version(&mut Command::new(path))
                .is_some_and(|line| line.split_whitespace().any(|word| word == wanted))
        })
}
