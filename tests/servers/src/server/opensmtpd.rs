//! OpenSMTPD as a server.

use crate::cell::Cell;
use crate::root::{Contents, Release};
use portolan_network::Error;

use super::{Kind, Settings};

pub(super) const CONTENTS: Contents = Contents {
    id: "opensmtpd",
    // The one of Debian 12 was made for OpenSSL 1.1, and every handshake with its version 3 fails (OpenSMTPD, issue 1171).
    release: Release::Trixie,
    packages: &["opensmtpd"],
    users: &["opensmtpd", "opensmtpq"],
    groups: &[],
};

/// Folders that the package's scripts would have made.
pub(crate) const FOLDERS: &str = "mkdir -p /var/spool/smtpd /var/lib/opensmtpd/empty\n\
    chmod 711 /var/spool/smtpd; chown root:opensmtpq /usr/sbin/smtpctl; chmod 2755 /usr/sbin/smtpctl";

const SERVER: &str = r#"pki {name} cert "{chain}"
pki {name} key "{key}"
table passwords file:/etc/passwords
table mailboxes file:/etc/mailboxes
listen on 0.0.0.0 port 25 hostname {name} tls pki {name}
listen on 0.0.0.0 port 465 hostname {name} smtps pki {name} auth <passwords>
listen on 0.0.0.0 port 587 hostname {name} tls-require pki {name} auth <passwords>
listen on :: port 25 hostname {name} tls pki {name}
listen on :: port 465 hostname {name} smtps pki {name} auth <passwords>
listen on :: port 587 hostname {name} tls-require pki {name} auth <passwords>
action inbox maildir "{inbox}" virtual <mailboxes>
action out relay
match from any for domain "{domain}" action inbox
match auth from any for any action out
"#;

pub(super) fn serve(cell: &Cell, settings: &Settings<'_>) -> Result<(), Error> {
    cell.must(FOLDERS)?;
    let mailboxes = settings.lines(|address, _| format!("{address} mail"));
    cell.put("/etc/mailboxes", &mailboxes)?;
    // It knows passwords by their hashes alone.
    let passwords = settings
        .lines(|address, password| format!("echo \"{address} $(smtpctl encrypt {password})\""));
    cell.must(&format!("{{\n{passwords}}} >/etc/passwords"))?;
    let text = settings.spoil(Kind::Opensmtpd, SERVER, &[])?;
    cell.put("/etc/smtpd.conf", &settings.fill(&text))?;
    // It does not start without somebody to trust, though nobody is asked for a certificate.
    cell.put("/etc/ssl/certs/ca-certificates.crt", settings.chain_pem)?;
    cell.must("smtpd >/dev/null 2>&1")?;
    Ok(())
}
