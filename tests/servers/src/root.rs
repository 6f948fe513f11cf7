//! Roots: Debian's packages unpacked into folders of their own, below the project's cache.

mod apt;

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use apt::Apt;
use portolan_network::{Error, tried};

/// What a root holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contents {
    /// The folder's name.
    pub(crate) id: &'static str,
    /// Whose packages.
    pub(crate) release: Release,
    /// Debian's packages; what they depend on comes by itself. The first gives the root its version.
    pub(crate) packages: &'static [&'static str],
    /// Users, each with a group of its name.
    pub(crate) users: &'static [&'static str],
    /// Groups without a user.
    pub(crate) groups: &'static [&'static str],
}

/// A release of Debian. A root brings its own C library, so it need not be the machine's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    /// 12, which the machine has.
    Bookworm,
    /// 13.
    Trixie,
}

/// An unpacked root, which nobody writes into: cells lay something of their own over it.
#[derive(Clone, Debug)]
pub struct Root {
    folder: PathBuf,
    versions: BTreeMap<String, String>,
    first: &'static str,
}

/// Nobody reads these in a root.
const PROSE: &[&str] = &["doc", "info", "locale", "man"];

/// Raised when roots are made differently, so that those of before are made anew.
const FORM: u32 = 2;

/// Whether this machine can run mail servers in roots of their own.
///
/// # Errors
///
/// Why it cannot.
pub fn ready() -> Result<(), Error> {
    let own = fs::metadata("/proc/self").map_err(tried("reading who I am"))?;
    if own.uid() != 0 {
        return Err(Error::Machine(
            "only root may make namespaces and mounts".to_owned(),
        ));
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let says = |wanted: &str| release.lines().any(|line| line == wanted);
    if !says("ID=debian") || !says("VERSION_ID=\"12\"") {
        return Err(Error::Machine(
            "their packages are those of Debian 12, which this is not".to_owned(),
        ));
    }
    Ok(())
}

/// The project's cache: `PORTOLAN_CACHE`, or `.cache` in the checkout.
pub fn cache() -> PathBuf {
    env::var_os("PORTOLAN_CACHE").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.cache"),
        PathBuf::from,
    )
}

impl Root {
    /// The root with these contents; unpacked where it is not there yet.
    ///
    /// # Errors
    ///
    /// This machine cannot, or a package cannot be had.
    pub(crate) fn unpack(contents: &Contents) -> Result<Self, Error> {
        ready()?;
        let cache = cache();
        let roots = cache.join("roots");
        fs::create_dir_all(&roots).map_err(tried("making the folder of roots"))?;
        let roots = roots.canonicalize().map_err(tried("finding the cache"))?;
        let root = |versions| Self {
            folder: roots.join(contents.id),
            versions,
            first: contents.packages.first().copied().unwrap_or_default(),
        };
        // Tests of several processes may want it at once: one unpacks, the others wait.
        let lock = fs::File::create(roots.join("lock")).map_err(tried("making a lock"))?;
        lock.lock().map_err(tried("waiting for the lock"))?;
        let stamp = roots.join(format!("{}.stamp", contents.id));
        let wanted = format!("{FORM} {contents:?}");
        if let Some(versions) = read_stamp(&stamp, &wanted) {
            return Ok(root(versions));
        }
        let apt = Apt::new(&roots, contents.release)?;
        let versions = apt.resolve(contents)?;
        let packages = apt.download(&versions)?;
        let folder = roots.join(contents.id);
        let _ = fs::remove_file(&stamp);
        let _ = fs::remove_dir_all(&folder);
        lay_out(&folder, &packages)?;
        furnish(&folder, contents)?;
        let lines = versions
            .iter()
            .fold(format!("{wanted}\n"), |mut text, (name, version)| {
                let _ = writeln!(text, "{name} {version}");
                text
            });
        fs::write(&stamp, lines).map_err(tried("writing a stamp"))?;
        Ok(root(versions))
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The version of Debian's package of this name.
    pub fn version(&self, package: &str) -> Option<&str> {
        self.versions.get(package).map(String::as_str)
    }

    /// The version of what the root is for, as its makers count.
    pub fn upstream(&self) -> &str {
        let version = self.version(self.first).unwrap_or_default();
        let version = version.split_once(':').map_or(version, |(_, it)| it);
        version.rsplit_once('-').map_or(version, |(it, _)| it)
    }
}

fn read_stamp(stamp: &Path, wanted: &str) -> Option<BTreeMap<String, String>> {
    let text = fs::read_to_string(stamp).ok()?;
    let lines = text.strip_prefix(wanted)?.strip_prefix('\n')?.lines();
    Some(
        lines
            .filter_map(|line| line.split_once(' '))
            .map(|(name, version)| (name.to_owned(), version.to_owned()))
            .collect(),
    )
}

fn lay_out(folder: &Path, packages: &[PathBuf]) -> Result<(), Error> {
    // Packages of this Debian still speak of /bin, which is a link since.
    for part in ["bin", "lib", "lib64", "sbin"] {
        let below = folder.join("usr").join(part);
        fs::create_dir_all(&below).map_err(tried("making a root"))?;
        symlink(format!("usr/{part}"), folder.join(part)).map_err(tried("making a root"))?;
    }
    for package in packages {
        run(Command::new("dpkg-deb")
            .arg("--extract")
            .args([package, folder]))?;
    }
    for part in PROSE {
        let _ = fs::remove_dir_all(folder.join("usr/share").join(part));
    }
    Ok(())
}

/// What the scripts of the packages would have done.
fn furnish(folder: &Path, contents: &Contents) -> Result<(), Error> {
    const FIRST: u32 = 200;
    let mut passwd = "root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/usr/sbin/nologin\n\
        mail:x:8:8::/var/mail:/usr/sbin/nologin\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"
        .to_owned();
    let mut group =
        "root:x:0:\ndaemon:x:1:\nadm:x:4:\ntty:x:5:\nmail:x:8:\nshadow:x:42:\nsasl:x:45:\n\
        nogroup:x:65534:\n"
            .to_owned();
    let names = contents.users.iter().chain(contents.groups);
    for (id, name) in (FIRST..).zip(names) {
        let _ = writeln!(group, "{name}:x:{id}:");
        if contents.users.contains(name) {
            let _ = writeln!(passwd, "{name}:x:{id}:{id}::/var/empty:/usr/sbin/nologin");
        }
    }
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        if let Some(above) = path.parent() {
            fs::create_dir_all(above).map_err(tried("furnishing a root"))?;
        }
        fs::write(&path, text).map_err(tried(format!("writing {}", path.display())))
    };
    write("etc/passwd", &passwd)?;
    write("etc/group", &group)?;
    // Nobody is asked for names: what is not in /etc/hosts does not exist.
    write(
        "etc/nsswitch.conf",
        "passwd: files\ngroup: files\nhosts: files\n",
    )?;
    write(
        "etc/resolv.conf",
        "nameserver 127.0.0.1\noptions attempts:1 timeout:1\n",
    )?;
    write(
        "etc/rsyslog.conf",
        "module(load=\"imuxsock\" SysSock.RateLimit.Interval=\"0\")\n\
         $ActionFileDefaultTemplate RSYSLOG_TraditionalFileFormat\n*.* /var/log/mail.log\n",
    )?;
    for part in "dev proc root run sys tmp var/empty var/log var/mail".split(' ') {
        fs::create_dir_all(folder.join(part)).map_err(tried("furnishing a root"))?;
    }
    // What base-files would have brought; of it nothing else is needed.
    let runs = folder.join("var/run");
    if !runs.exists() {
        symlink("../run", runs).map_err(tried("making /var/run"))?;
    }
    let all = fs::Permissions::from_mode(0o1777);
    fs::set_permissions(folder.join("tmp"), all).map_err(tried("opening /tmp of a root"))?;
    if !folder.join("usr/bin/sh").exists() {
        symlink("dash", folder.join("usr/bin/sh")).map_err(tried("making /bin/sh"))?;
    }
    Ok(())
}

/// Runs a program and gives what it printed.
fn run(command: &mut Command) -> Result<String, Error> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(tried(format!("starting {name}")))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let arguments: Vec<_> = command.get_args().take(3).collect();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(Error::Program(format!("{name} {arguments:?}"), said))
}
