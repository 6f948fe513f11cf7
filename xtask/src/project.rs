//! Where things are, and which files belong to the project.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::doh::Doh;
use crate::shell::{Failure, capture};

/// The folders of a checkout.
#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    /// Fetched tools; never the user's own folders.
    pub(crate) cache: PathBuf,
    pub(crate) target: PathBuf,
    /// The resolver that the site is built with, where the command names one.
    pub(crate) doh: Option<Doh>,
}

/// A text file of the project with its path below the root.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Project {
    /// The checkout that this program was built from.
    pub(crate) fn here() -> Self {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().unwrap_or(manifest).to_path_buf();
        let cache =
            env::var_os("PORTOLAN_CACHE").map_or_else(|| root.join(".cache"), PathBuf::from);
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        Self {
            root,
            cache,
            target,
            doh: None,
        }
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo, in the root of the checkout.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// A program in the root of the checkout, with the fetched tools first on the path.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.path());
        command
    }

    fn path(&self) -> OsString {
        let own = crate::tools::folders(self);
        let inherited = env::var_os("PATH").unwrap_or_default();
        let all = own.into_iter().chain(env::split_paths(&inherited));
        env::join_paths(all).unwrap_or(inherited)
    }

    /// Every text file that is or would be tracked, in the order of their paths.
    ///
    /// # Errors
    ///
    /// There is no git, or this is no checkout.
    pub(crate) fn texts(&self) -> Result<Vec<Text>, Failure> {
        let list = capture(&mut self.git(&[
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]))?;
        let mut paths: Vec<&str> = list.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        // A path may be tracked and gone, or hold no text: neither is for this list.
        let read = |path: &str| {
            Some(Text {
                path: path.to_owned(),
                text: fs::read_to_string(self.root.join(path)).ok()?,
            })
        };
        Ok(paths.into_iter().filter_map(read).collect())
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(&self.root).args(arguments);
        command
    }

    /// A fingerprint of everything that the site is made from.
    pub(crate) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for input in INPUTS {
            for path in files(&self.root.join(input)) {
                hasher.write(path.to_string_lossy().as_bytes());
                hasher.write(&fs::read(&path).unwrap_or_default());
            }
        }
        hasher.finish()
    }
}

/// What the site is made from: files and folders below the root.
const INPUTS: &[&str] = &[
    ".cargo",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "crates",
    "data",
    "index.html",
    "public",
    "rust-toolchain.toml",
    "src",
    "style",
    "xtask/site",
];

/// Every file at or below a path, sorted.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_path_buf()];
    }
    let Ok(entries) = fs::read_dir(path) else {
        return Vec::new();
    };
    let mut below: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    below.sort();
    below.iter().flat_map(|path| files(path)).collect()
}
