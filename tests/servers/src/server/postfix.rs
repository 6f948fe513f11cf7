//! Postfix as a server, with Dovecot for whoever signs in.

use crate::cell::Cell;
use crate::root::{Contents, Release};
use portolan_network::Error;

use super::{Changes, Flaw, Kind, Settings};

pub(super) const CONTENTS: Contents = Contents {
    id: "postfix",
    release: Release::Bookworm,
    packages: &["postfix", "dovecot-core", "libsasl2-modules"],
    users: &["postfix", "dovecot", "dovenull"],
    groups: &["postdrop"],
};

/// What the package's scripts and `postfix check` would have done; that takes two seconds, and this none.
pub(crate) const FOLDERS: &str = "cd /var/spool/postfix; mkdir -p active bounce corrupt defer deferred flush hold incoming \\
      private saved trace maildrop public pid /var/lib/postfix\n\
    cp /usr/share/postfix/dynamicmaps.cf /etc/postfix\n\
    chown postfix active bounce corrupt defer deferred flush hold incoming private saved trace /var/lib/postfix\n\
    chmod 700 active bounce corrupt defer deferred flush hold incoming private saved trace\n\
    chown postfix:postdrop maildrop public; chmod 1730 maildrop; chmod 710 public\n\
    chown root:postdrop /usr/sbin/postdrop /usr/sbin/postqueue; chmod 2755 /usr/sbin/postdrop /usr/sbin/postqueue";

const MAIN: &str = r"compatibility_level = 3.7
myhostname = {name}
mydestination =
alias_maps =
virtual_mailbox_domains = {domain}
virtual_mailbox_maps = texthash:/etc/postfix/mailboxes
virtual_mailbox_base = {inbox}
virtual_minimum_uid = 8
virtual_uid_maps = static:8
virtual_gid_maps = static:8
smtpd_tls_chain_files = {key}, {chain}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
";

/// Nothing runs in a chroot of its own: the cell is one.
pub(crate) const SERVICES: &str = "pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
";

const DOORS: &str = "25 inet n - n - - smtpd
587 inet n - n - - smtpd
  -o syslog_name=postfix/submission
  -o smtpd_tls_security_level=encrypt
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
465 inet n - n - - smtpd
  -o syslog_name=postfix/smtps
  -o smtpd_tls_wrappermode=yes
  -o smtpd_sasl_auth_enable=yes
  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject
";

const CHANGES: Changes = &[
    (Flaw::NoAuth, "auth_enable=yes", "auth_enable=no"),
    (
        Flaw::NoStarttls,
        "security_level = may",
        "security_level = none",
    ),
    (
        Flaw::NoStarttls,
        "  -o smtpd_tls_security_level=encrypt\n",
        "",
    ),
    // TLS 1.0 signs with SHA-1, which OpenSSL 3 does on its lowest level alone.
    (
        Flaw::OldTls,
        "smtpd_tls_auth_only",
        "smtpd_tls_protocols = TLSv1\nsmtpd_tls_mandatory_protocols = TLSv1\n\
         tls_medium_cipherlist = ALL:@SECLEVEL=0\nsmtpd_tls_auth_only",
    ),
];

/// Whoever fails does not wait, and not longer each time: tests try a lot.
const DOVECOT: &str = "protocols =
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 xoauth2 oauthbearer
auth_failure_delay = 0 secs
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = /etc/dovecot/tokens.conf
}
passdb {
  driver = passwd-file
  mechanisms = plain login cram-md5
  args = /etc/dovecot/passwords
}
userdb {
  driver = static
  args = uid=mail gid=mail home=/
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0666
  }
}
";

/// Tokens are held against a key that lies here: nobody is asked.
const TOKENS: &str = "introspection_mode = local
local_validation_key_dict = fs:posix:prefix=/etc/dovecot/keys/
username_attribute = sub
";

/// The key that tokens are signed with (HS256, RFC 7518, section 3.2).
pub const TOKEN_KEY: &str = "key-of-whoever-gives-tokens-away";

/// Between the two files of its configuration.
const BOTH: &str = "# master.cf\n";

/// Starts it, past the scripts that only check what is known to be right.
pub(crate) const START: &str = "/usr/lib/postfix/sbin/master -w";

pub(super) fn serve(cell: &Cell, settings: &Settings<'_>) -> Result<(), Error> {
    cell.must(FOLDERS)?;
    let both = settings.fill(&format!("{MAIN}{BOTH}{SERVICES}{DOORS}"));
    let both = settings.spoil(Kind::Postfix, &both, CHANGES)?;
    let (main, master) = both.split_once(BOTH).unwrap_or_default();
    cell.put("/etc/postfix/main.cf", main)?;
    cell.put("/etc/postfix/master.cf", master)?;
    // A slash at the end: one mail, one file.
    let mailboxes = settings.lines(|address, _| format!("{address} all/"));
    cell.put("/etc/postfix/mailboxes", &mailboxes)?;
    cell.put("/etc/dovecot/dovecot.conf", DOVECOT)?;
    let passwords = settings.lines(|address, password| format!("{address}:{{PLAIN}}{password}"));
    cell.put("/etc/dovecot/passwords", &passwords)?;
    cell.put("/etc/dovecot/tokens.conf", TOKENS)?;
    // The place for a token that names neither who gave it nor a key.
    cell.must(&format!(
        "mkdir -p /etc/dovecot/keys/default/HS256; printf %s '{TOKEN_KEY}' | base64 -w 0 >/etc/dovecot/keys/default/HS256/default"
    ))?;
    cell.must("dovecot")?;
    cell.must(START)?;
    Ok(())
}
