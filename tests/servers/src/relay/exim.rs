//! Exim as a client: delivery in the foreground; its debug mode is `-v`.

use std::time::Duration;

use crate::server::exim::{CONFIGURATION, FOLDERS};
use portolan_network::Error;

use super::{Attempt, Door, Shown};

const HEAD: &str = r"primary_hostname = client.example
disable_ipv6 = true
keep_environment =

begin routers

inbox:
  driver = accept
  domains = client.example
  transport = inbox

smarthost:
  driver = manualroute
  route_list = * {host}::{port} byname
  self = send
  transport = smarthost_smtp

begin transports

inbox:
  driver = appendfile
  directory = /var/inbox
  maildir_format
  user = mail
  group = mail

smarthost_smtp:
  driver = smtp
  allow_localhost
  multi_domain
  connect_timeout = {timeout}s
  command_timeout = {timeout}s
  data_timeout = {timeout}s
  final_timeout = {timeout}s
";

const TLS: &str = r"  hosts_require_tls = *
  tls_verify_certificates = /etc/ssl/certs/ca-certificates.crt
  tls_verify_hosts = *
  tls_verify_cert_hostnames = *
";

const LOGIN: &str = r"
begin authenticators

PLAIN:
  driver = plaintext
  public_name = PLAIN
  client_send = ^{user}^{password}

LOGIN:
  driver = plaintext
  public_name = LOGIN
  client_send = : {user} : {password}
";

const RETRY: &str = r"
begin retry

*  *  F,2h,15m
";

pub(super) fn attempt(attempt: &Attempt<'_>) -> Result<Shown, Error> {
    let Attempt { cell, order, .. } = attempt;
    cell.must(FOLDERS)?;
    let mut text = HEAD.to_owned();
    match order.door {
        Door::Clear => text.push_str("  hosts_avoid_tls = *\n"),
        Door::Implicit => {
            text.push_str(TLS);
            text.push_str("  protocol = smtps\n");
        }
        Door::Starttls => text.push_str(TLS),
    }
    if order.login.is_some() {
        text.push_str("  hosts_require_auth = *\n");
    }
    text.push_str(RETRY);
    if order.login.is_some() {
        text.push_str(LOGIN);
    }
    cell.put(CONFIGURATION, &attempt.fill(&text))?;
    let verbose = if attempt.is_debug() { "-v" } else { "" };
    let shown = attempt.watch(&format!(
        "exim4 -odf {verbose} -f {} {} </tmp/message",
        order.from,
        attempt.recipients()
    ))?;
    // A bounce is delivered by a process of its own.
    let all_is_done = "! find /var/spool/exim4/input -name '*-D' | while read -r it; do\n\
        id=$(basename \"$it\" -D); grep -q \" $id \\(==\\|\\*\\*\\) \" /var/log/exim4/mainlog || echo \"$id\"; done | grep -q .";
    if !shown.contains("Terminated") {
        attempt.wait_until(all_is_done)?;
    }
    let log = cell
        .run("cat /var/log/exim4/mainlog", Duration::from_secs(5))?
        .text;
    let is_delivered = log.contains(" => ") && ![" == ", " ** "].iter().any(|it| log.contains(it));
    let text = if attempt.is_debug() {
        shown
    } else {
        attempt.log_and_bounce("/var/log/exim4/mainlog")?
    };
    Ok(Shown { text, is_delivered })
}
