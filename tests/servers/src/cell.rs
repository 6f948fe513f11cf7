//! A cell: a shell in a root of its own, with mounts, processes and a host name that nobody else sees.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use portolan_network::{Error, Net, Shell, tried};

use crate::root::Root;

/// A shell in a root of its own. Dropped, or when this process ends in whatever way, everything in it ends.
#[derive(Debug)]
pub struct Cell {
    shell: Shell,
    mount: PathBuf,
}

/// Makes the root: unpacked files below, memory above, and no device but these. The mount point serves every cell at
/// once, since each mounts in a namespace of its own.
const ENTER: &str = r#"set -e
mount -t tmpfs -o mode=755 cell "$1"
mkdir "$1/upper" "$1/work" "$1/all"
mount -t overlay -o "lowerdir=$2,upperdir=$1/upper,workdir=$1/work" cell "$1/all"
cd "$1/all"
mount -t proc proc proc
mount -t sysfs sysfs sys || true
mount -t tmpfs -o mode=755 cell dev
for it in full null random tty urandom zero; do : >"dev/$it"; mount --bind "/dev/$it" "dev/$it"; done
ln -s /proc/self/fd dev/fd
printf %s "$3" >/proc/sys/kernel/hostname
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TZ=UTC HOME=/root \
  chroot "$1/all" /bin/sh"#;

impl Cell {
    /// Enters a root under this host name.
    ///
    /// # Errors
    ///
    /// The system refuses a namespace or a mount.
    pub(crate) fn start(root: &Root, name: &str, net: Net<'_>) -> Result<Self, Error> {
        let place = root.folder().with_extension("mount");
        std::fs::create_dir_all(&place).map_err(tried("making a mount point"))?;
        let shell = Shell::start(net, ENTER, &[&place, root.folder(), Path::new(name)])?;
        shell.must(&format!(
            "printf '127.0.0.1 localhost\\n127.0.1.1 {name}\\n' >/etc/hosts; echo {name} >/etc/hostname"
        ))?;
        let mount = place.join("all");
        Ok(Self { shell, mount })
    }

    /// The folder that is `/` in here, as the rest of the machine can open it. A link in there that begins with `/`
    /// leads out of it.
    pub(crate) fn outside(&self) -> PathBuf {
        let own = format!("{}/root", self.shell.process());
        Path::new(&own).join(self.mount.strip_prefix("/").unwrap_or(&self.mount))
    }

    /// Starts a collector of logs, which writes `/var/log/mail.log` as Debian has it.
    pub(crate) fn log(&self) -> Result<(), Error> {
        self.must(
            "rsyslogd -n -f /etc/rsyslog.conf -i /run/rsyslogd.pid >/dev/null 2>&1 &\n\
             for it in $(seq 100); do [ -S /dev/log ] && exit 0; sleep 0.05; done; exit 1",
        )?;
        Ok(())
    }
}

impl Deref for Cell {
    type Target = Shell;

    fn deref(&self) -> &Shell {
        &self.shell
    }
}
