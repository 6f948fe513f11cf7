//! Sendmail as a client: delivery in the foreground; its debug mode is `-v`. It does not speak TLS first.

use std::fmt::Write as _;

use crate::server::sendmail::{FOLDERS, HEAD, MAKE};
use portolan_network::Error;

use super::{Attempt, Shown};

const RELAY: &str = "define(`SMART_HOST', `relay:[{host}]')dnl
define(`RELAY_MAILER_ARGS', `TCP $h {port}')dnl
define(`confCACERT', `/etc/ssl/certs/ca-certificates.crt')dnl
define(`confCACERT_PATH', `/etc/ssl/certs')dnl
FEATURE(`access_db', `hash -o /etc/mail/access')dnl
";

const LOGIN: &str = "FEATURE(`authinfo', `hash -o /etc/mail/authinfo')dnl
define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl
";

/// Each wait that has a name.
const TIMEOUTS: &[&str] = &[
    "ACONNECT",
    "AUTH",
    "COMMAND",
    "CONNECT",
    "DATABLOCK",
    "DATAFINAL",
    "DATAINIT",
    "HELO",
    "ICONNECT",
    "INITIAL",
    "MAIL",
    "MISC",
    "QUIT",
    "RCPT",
    "RSET",
    "STARTTLS",
];

pub(super) fn attempt(attempt: &Attempt<'_>) -> Result<Shown, Error> {
    let Attempt { cell, order, .. } = attempt;
    cell.must(FOLDERS)?;
    let mut text = HEAD
        .replace("{name}", "client.example")
        .replace("{domain}", "client.example")
        // A bounce is local mail, and looks for an alias.
        .replace("`ALIAS_FILE', `'", "`ALIAS_FILE', `/etc/mail/aliases'");
    text.push_str(RELAY);
    for name in TIMEOUTS {
        let _ = writeln!(text, "define(`confTO_{name}', `{{timeout}}s')dnl");
    }
    if order.login.is_some() {
        text.push_str(LOGIN);
    }
    text.push_str("MAILER(`local')dnl\nMAILER(`smtp')dnl\n");
    cell.put("/etc/mail/sendmail.mc", &attempt.fill(&text))?;
    // Names without a dot get its own domain: it takes the alias with one.
    cell.must("echo '127.0.0.1 localhost localhost.localdomain' >/etc/hosts")?;
    // Its programs for tables read the configuration too.
    cell.must(MAKE)?;
    // The smarthost alone: who puts a bounce into the mailbox knows no TLS.
    cell.put(
        "/etc/mail/access.txt",
        "TLS_Srv:localhost.localdomain VERIFY:112\nTLS_Srv:127.0.0.1 VERIFY:112",
    )?;
    let login = "AuthInfo: \"U:{user}\" \"I:{user}\" \"P:{password}\"";
    cell.put("/etc/mail/authinfo.txt", &attempt.fill(login))?;
    cell.must(
        ": >/etc/mail/aliases; /usr/libexec/sendmail/sendmail -bi; chmod 1777 /var/mail; sleep 0.1",
    )?;
    let user = order.from.split('@').next().unwrap_or_default();
    cell.must(&format!(
        "echo '{user}:x:1000:8::/:/usr/sbin/nologin' >>/etc/passwd; cd /etc/mail; chmod 600 authinfo.txt\n\
         {} for it in access authinfo; do /usr/libexec/sendmail/makemap hash $it.db <$it.txt; done",
        if order.door == super::Door::Clear { ": >access.txt;" } else { "" }
    ))?;
    let verbose = if attempt.is_debug() { "-v" } else { "" };
    let shown = attempt.watch(&format!(
        "/usr/libexec/sendmail/sendmail -Am -odi -oem -oi {verbose} -f {} {} </tmp/message",
        order.from,
        attempt.recipients()
    ))?;
    // The bounce goes into the queue; what was deferred has another recipient, and is not tried again.
    attempt.watch(&format!(
        "/usr/libexec/sendmail/sendmail -Am -qR{}",
        order.from
    ))?;
    let log = cell.must(
        "sleep 0.1; sed -i '/rsyslogd/d; /aliases/d' /var/log/mail.log; cat /var/log/mail.log",
    )?;
    let is_delivered = log.contains("stat=Sent")
        && !["stat=Deferred", "dsn=4", "dsn=5"]
            .iter()
            .any(|it| log.contains(it));
    let text = if attempt.is_debug() {
        shown
    } else {
        attempt.log_and_bounce("/var/log/mail.log")?
    };
    Ok(Shown { text, is_delivered })
}
