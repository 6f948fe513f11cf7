//! Postfix as a client; its debug mode is `debug_peer_list`.

use crate::server::postfix::{FOLDERS, SERVICES, START};
use portolan_network::Error;

use super::{Attempt, Door, Shown};

const MAIN: &str = "compatibility_level = 3.7
myhostname = client.example
mydestination =
alias_maps =
inet_protocols = ipv4
relayhost = [{host}]:{port}
virtual_mailbox_domains = client.example
virtual_mailbox_maps = static:all/
virtual_mailbox_base = /var/inbox
virtual_minimum_uid = 8
virtual_uid_maps = static:8
virtual_gid_maps = static:8
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtp_connect_timeout = {timeout}
smtp_helo_timeout = {timeout}
smtp_starttls_timeout = {timeout}
smtp_mail_timeout = {timeout}
smtp_rcpt_timeout = {timeout}
smtp_data_init_timeout = {timeout}
smtp_data_xfer_timeout = {timeout}
smtp_data_done_timeout = {timeout}
smtp_quit_timeout = {timeout}
smtp_rset_timeout = {timeout}
smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt
smtp_tls_secure_cert_match = nexthop
smtp_tls_loglevel = 1
";

const LOGIN: &str = "smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = static:{user}:{password}
smtp_sasl_security_options = noanonymous
";

pub(super) fn attempt(attempt: &Attempt<'_>) -> Result<Shown, Error> {
    let Attempt { cell, order, .. } = attempt;
    cell.must(FOLDERS)?;
    let mut main = MAIN.to_owned();
    main.push_str(match order.door {
        Door::Clear => "smtp_tls_security_level = none\n",
        Door::Implicit => "smtp_tls_security_level = secure\nsmtp_tls_wrappermode = yes\n",
        Door::Starttls => "smtp_tls_security_level = secure\n",
    });
    if order.login.is_some() {
        main.push_str(LOGIN);
    }
    if attempt.is_debug() {
        main.push_str("debug_peer_list = {host}\n");
    }
    cell.put("/etc/postfix/main.cf", &attempt.fill(&main))?;
    cell.put("/etc/postfix/master.cf", SERVICES)?;
    cell.must(START)?;
    cell.must(&format!(
        "sleep 0.2; : >/var/log/mail.log; sendmail -f {} {} </tmp/message",
        order.from,
        attempt.recipients()
    ))?;
    // What is neither new nor at work was tried, and a bounce is new before its mail is done.
    attempt.wait_until(
        "cd /var/spool/postfix; look() { [ -z \"$(find maildrop incoming active -type f)\" ]; }\n\
         look && sleep 0.1 && look && sleep 0.1 && grep -q status= /var/log/mail.log",
    )?;
    let text = attempt.log_and_bounce("/var/log/mail.log")?;
    let is_delivered = text.contains("status=sent")
        && !["status=deferred", "status=bounced"]
            .iter()
            .any(|it| text.contains(it));
    Ok(Shown { text, is_delivered })
}
