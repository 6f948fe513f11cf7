//! Sendmail as a server.

use crate::cell::Cell;
use crate::root::{Contents, Release};
use portolan_network::Error;

use super::{Kind, Settings};

pub(super) const CONTENTS: Contents = Contents {
    id: "sendmail",
    release: Release::Bookworm,
    packages: &["sendmail-bin", "sasl2-bin", "libsasl2-modules"],
    users: &["smmta", "smmsp"],
    groups: &[],
};

/// What the package's scripts would have done.
pub(crate) const FOLDERS: &str = "mkdir -p /var/spool/mqueue /var/mail /etc/mail /var/run/sendmail/mta\n\
    chmod 755 /etc/mail; chmod 700 /var/spool/mqueue; : >/etc/mail/local-host-names\n\
    printf 'hosts\\tfiles\\naliases\\tfiles\\n' >/etc/mail/service.switch";

/// How a configuration is made.
pub(crate) const MAKE: &str = "cd /usr/share/sendmail/cf\n\
    m4 /usr/share/sendmail/cf/m4/cf.m4 /etc/mail/sendmail.mc >/etc/mail/sendmail.cf; chmod 644 /etc/mail/sendmail.cf";

/// What every configuration begins and ends with.
pub(crate) const HEAD: &str = "OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `{name}')dnl
define(`confCW_FILE', `/etc/mail/local-host-names')dnl
define(`confSERVICE_SWITCH_FILE', `/etc/mail/service.switch')dnl
define(`ALIAS_FILE', `')dnl
define(`STATUS_FILE', `')dnl
define(`confTO_IDENT', `0')dnl
define(`confDONT_PROBE_INTERFACES', `True')dnl
define(`confPID_FILE', `/var/run/sendmail.pid')dnl
FEATURE(`nocanonify')dnl
FEATURE(`local_lmtp', `/usr/libexec/sendmail/mail.local')dnl
FEATURE(`no_default_msa')dnl
LOCAL_DOMAIN(`{domain}')dnl
";

const SERVER: &str = "define(`confSERVER_CERT', `{chain}')dnl
define(`confSERVER_KEY', `{key}')dnl
define(`confCACERT', `{chain}')dnl
define(`confCACERT_PATH', `/etc/mail-tls')dnl
FEATURE(`accept_unresolvable_domains')dnl
DAEMON_OPTIONS(`Name=MTA, Port=25, M=A')dnl
MAILER(`local')dnl
MAILER(`smtp')dnl
";

/// Serves on port 25 alone: what it is here for is to relay.
pub(super) fn serve(cell: &Cell, settings: &Settings<'_>) -> Result<(), Error> {
    cell.must(FOLDERS)?;
    // Whoever it cannot look for in a file of aliases waits in the queue.
    let head = HEAD.replace("`ALIAS_FILE', `'", "`ALIAS_FILE', `/etc/mail/aliases'");
    let text = settings.spoil(Kind::Sendmail, &format!("{head}{SERVER}"), &[])?;
    let text = settings.fill(&text);
    cell.put("/etc/mail/sendmail.mc", &text)?;
    cell.must(MAKE)?;
    cell.must(": >/etc/mail/aliases; /usr/libexec/sendmail/sendmail -bi; chmod 1777 /var/mail")?;
    for (id, user) in (1000..).zip(settings.users) {
        let name = user.name;
        cell.must(&format!(
            "echo '{name}:x:{id}:8::/:/usr/sbin/nologin' >>/etc/passwd"
        ))?;
    }
    cell.must("/usr/libexec/sendmail/sendmail -bd -q1h")?;
    Ok(())
}
