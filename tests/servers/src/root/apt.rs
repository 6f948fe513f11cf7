//! Debian's packages and what they need, brought by an apt that has nothing to do with the machine's own.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::{Contents, Release, run};
use portolan_network::{Error, tried};

/// What packages depend on for being installed and not for being run, half of the bytes; a root that needs one names it.
const LEFT_OUT: &[&str] = &[
    "adduser",
    "cpio",
    "cron",
    "cron-daemon-common",
    "debconf",
    "dpkg",
    "e2fsprogs",
    "init-system-helpers",
    "libfile-find-rule-perl",
    "libnumber-compare-perl",
    "libperl5.36",
    "libtext-glob-perl",
    "lsb-base",
    "passwd",
    "perl",
    "perl-base",
    "perl-modules-5.36",
    "ssl-cert",
    "sysvinit-utils",
    "tar",
    "ucf",
    "usrmerge",
];

/// How long apt's lists count as fresh: a list that is too old names packages that are gone.
const FRESH: Duration = Duration::from_hours(1);

/// What each root needs beside its own packages: a shell and what scripts call.
const BASE: &[&str] = &[
    "coreutils",
    "dash",
    "diffutils",
    "findutils",
    "grep",
    "mawk",
    "netbase",
    "rsyslog",
    "sed",
];

/// apt with lists and packages of its own; of the machine's it only reads where packages come from, and whose signatures
/// count.
pub(super) struct Apt {
    folder: PathBuf,
}

impl Apt {
    pub(super) fn new(roots: &Path, release: Release) -> Result<Self, Error> {
        let folder = roots.join(format!("apt-{release:?}").to_lowercase());
        for part in ["archives/partial", "debs", "lists/partial", "sources"] {
            fs::create_dir_all(folder.join(part)).map_err(tried("making apt's folders"))?;
        }
        let place = folder.display();
        // An empty status: nothing counts as installed, so that the root gets all that it needs.
        let mut settings = format!(
            "Dir::State \"{place}\";\nDir::State::status \"{place}/status\";\nDir::Cache \"{place}\";\n\
             APT::Sandbox::User \"root\";\nAPT::Install-Recommends \"false\";\n\
             Acquire::Languages \"none\";\nAcquire::IndexTargets::deb::DEP-11::DefaultEnabled \"false\";\n"
        );
        if release != Release::Bookworm {
            copy_sources(&folder.join("sources"), release)?;
            settings.push_str("Dir::Etc::sourcelist \"/dev/null\";\n");
            let _ = writeln!(settings, "Dir::Etc::sourceparts \"{place}/sources\";");
        }
        fs::write(folder.join("apt.conf"), settings).map_err(tried("writing apt's settings"))?;
        fs::write(folder.join("status"), "").map_err(tried("writing apt's status"))?;
        let apt = Self { folder };
        let stamp = apt.folder.join("updated");
        let age = fs::metadata(&stamp).and_then(|it| it.modified());
        let is_fresh = age.is_ok_and(|it| it.elapsed().is_ok_and(|age| age < FRESH));
        if !is_fresh {
            run(apt.get().args(["update", "--quiet"]))?;
            fs::write(&stamp, "").map_err(tried("writing a stamp"))?;
        }
        Ok(apt)
    }

    fn get(&self) -> Command {
        let mut command = Command::new("apt-get");
        command
            .env("APT_CONFIG", self.folder.join("apt.conf"))
            .env("LC_ALL", "C.UTF-8")
            .current_dir(self.folder.join("debs"));
        command
    }

    /// Every package that the root needs, with its version.
    pub(super) fn resolve(&self, contents: &Contents) -> Result<BTreeMap<String, String>, Error> {
        let mut get = self.get();
        get.args(["install", "--simulate", "--quiet"]);
        let said = run(get.args(BASE).args(contents.packages))?;
        // `Inst libc6 (2.36-9 Debian:12.11/stable [amd64])`
        let packages = said.lines().filter_map(|line| {
            let (name, rest) = line.strip_prefix("Inst ")?.split_once(" (")?;
            let version = rest.split([' ', ')']).next()?;
            Some((name.to_owned(), version.to_owned()))
        });
        Ok(packages
            .filter(|(name, _)| {
                let name = name.as_str();
                contents.packages.contains(&name) || !LEFT_OUT.contains(&name)
            })
            .collect())
    }

    pub(super) fn download(
        &self,
        versions: &BTreeMap<String, String>,
    ) -> Result<Vec<PathBuf>, Error> {
        let mut get = self.get();
        get.args(["download", "--quiet"]);
        get.args(versions.iter().map(|(name, it)| format!("{name}={it}")));
        run(&mut get)?;
        let debs = self.folder.join("debs");
        let files = fs::read_dir(&debs).map_err(tried("listing packages"))?;
        let mut found: Vec<PathBuf> = files
            .filter_map(|it| Some(it.ok()?.path()))
            .filter(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                versions.iter().any(|(package, version)| {
                    let version = version.replace(':', "%3a");
                    name.starts_with(&format!("{package}_{version}_"))
                })
            })
            .collect();
        found.sort();
        if found.len() == versions.len() {
            Ok(found)
        } else {
            let (had, wanted) = (found.len(), versions.len());
            Err(Error::Program(
                "apt-get download".to_owned(),
                format!("expected {wanted} packages, but found {had}"),
            ))
        }
    }
}

/// Writes the machine's sources as those of another release: the same mirrors, the same keys.
fn copy_sources(folder: &Path, release: Release) -> Result<(), Error> {
    const HERE: &str = "bookworm";
    let name = format!("{release:?}").to_lowercase();
    let mut files = vec![PathBuf::from("/etc/apt/sources.list")];
    let parts = fs::read_dir("/etc/apt/sources.list.d")
        .into_iter()
        .flatten();
    files.extend(parts.filter_map(|it| Some(it.ok()?.path())));
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else {
            continue;
        };
        // Others' packages are not for a root.
        if text.contains(HERE) && text.contains("debian") {
            let copy = folder.join(file.file_name().unwrap_or_default());
            fs::write(copy, text.replace(HERE, &name)).map_err(tried("writing sources"))?;
        }
    }
    Ok(())
}
