//! Exim as a server.

use crate::cell::Cell;
use crate::root::{Contents, Release};
use portolan_network::Error;

use super::{Changes, Flaw, Kind, Settings};

pub(super) const CONTENTS: Contents = Contents {
    id: "exim",
    release: Release::Bookworm,
    packages: &["exim4-daemon-light"],
    users: &["Debian-exim"],
    groups: &[],
};

/// The place that is built into Debian's Exim: with `-C` it would give up its rights.
pub(crate) const CONFIGURATION: &str = "/etc/exim4/exim4.conf";

/// Folders that the packages' scripts would have made.
pub(crate) const FOLDERS: &str = "mkdir -p /var/log/exim4 /var/spool/exim4/db /var/spool/exim4/input /var/spool/exim4/msglog\n\
    chown -R Debian-exim:Debian-exim /var/log/exim4 /var/spool/exim4";

const SERVER: &str = r"primary_hostname = {name}
daemon_smtp_ports = 25 : 465 : 587
tls_on_connect_ports = 465
tls_advertise_hosts = *
tls_certificate = {chain}
tls_privatekey = {key}
auth_advertise_hosts = ${if or{{eq{$tls_in_cipher}{}}{eq{$received_port}{25}}}{}{*}}
acl_smtp_rcpt = recipient
keep_environment =
rfc1413_query_timeout = 0s

begin acl

recipient:
  deny    message = authentication required
          condition = ${if eq{$received_port}{25}{no}{yes}}
          !authenticated = *
  accept  authenticated = *
  require message = relay not permitted
          domains = {domain}
  require verify = recipient
  accept

begin routers

inbox:
  driver = accept
  domains = {domain}
  condition = ${lookup{$local_part@$domain}lsearch{/etc/mailboxes}{yes}{no}}
  transport = inbox
  cannot_route_message = no such mailbox

begin transports

inbox:
  driver = appendfile
  directory = {inbox}
  maildir_format
  user = mail
  group = mail

begin authenticators

PLAIN:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if eq{$auth3}{${lookup{$auth2}lsearch{/etc/mailboxes}{$value}fail}}}
  server_set_id = $auth2

LOGIN:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if eq{$auth2}{${lookup{$auth1}lsearch{/etc/mailboxes}{$value}fail}}}
  server_set_id = $auth1

CRAM_MD5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${lookup{$auth1}lsearch{/etc/mailboxes}{$value}fail}
  server_set_id = $auth1
";

const CHANGES: Changes = &[
    (Flaw::NoAuth, "{}{*}}", "{}{}}"),
    (
        Flaw::NoStarttls,
        "tls_advertise_hosts = *",
        "tls_advertise_hosts =",
    ),
    (
        Flaw::OldTls,
        "tls_advertise_hosts",
        "tls_require_ciphers = NORMAL:-VERS-ALL:+VERS-TLS1.0:+SHA1:+SIGN-ALL\ntls_advertise_hosts",
    ),
];

pub(super) fn serve(cell: &Cell, settings: &Settings<'_>) -> Result<(), Error> {
    cell.must(FOLDERS)?;
    let text = settings.spoil(Kind::Exim, SERVER, CHANGES)?;
    cell.put(CONFIGURATION, &settings.fill(&text))?;
    let mailboxes = settings.lines(|address, password| format!("{address}: {password}"));
    cell.put("/etc/mailboxes", &mailboxes)?;
    // Exim reads the key as its own user. In the foreground: it takes a parent of number 1 for a sign that it is a daemon.
    cell.must("chown Debian-exim /etc/mail-tls/key.pem; exim4 -bdf >/dev/null 2>&1 &")?;
    Ok(())
}
