//! OpenSMTPD as a client; its debug mode is `-v` with the trace of the part that delivers.

use crate::server::opensmtpd::FOLDERS;
use portolan_network::Error;

use super::{Attempt, Door, Shown};

pub(super) fn attempt(attempt: &Attempt<'_>) -> Result<Shown, Error> {
    let Attempt { cell, order, .. } = attempt;
    cell.must(FOLDERS)?;
    let (scheme, tls) = match order.door {
        Door::Clear => ("smtp+notls", ""),
        Door::Implicit => ("smtps", " tls"),
        Door::Starttls => ("smtp+tls", " tls"),
    };
    let (label, auth) = match order.login {
        Some(_) => ("smarthost@", " auth <secrets>"),
        None => ("", ""),
    };
    // To its resolver localhost is ::1 first, whatever /etc/hosts says, and a smarthost on loopback may not listen there.
    let configuration = format!(
        "mta limit inet4\n\
         table secrets file:/etc/secrets\ntable everybody {{ \"@\" = \"mail\" }}\n\
         action inbox maildir \"/var/inbox\" virtual <everybody>\n\
         action out relay host \"{scheme}://{label}{{host}}:{{port}}\"{tls}{auth} helo client.example\n\
         match for domain \"client.example\" action inbox\nmatch for any action out\n"
    );
    cell.put("/etc/smtpd.conf", &attempt.fill(&configuration))?;
    cell.put("/etc/secrets", &attempt.fill("smarthost {user}:{password}"))?;
    cell.must("chmod 640 /etc/secrets; chgrp opensmtpd /etc/secrets")?;
    let trace = if attempt.is_debug() { "-v -T mta" } else { "" };
    // It answers only once it has its sockets and the folders of its spool.
    cell.must(&format!(
        "smtpd {trace} >/dev/null 2>&1\n\
         for it in $(seq 100); do smtpctl show status >/dev/null 2>&1 && break; sleep 0.1; done\n\
         : >/var/log/mail.log"
    ))?;
    cell.must(&format!(
        "/usr/sbin/sendmail -f {} {} </tmp/message",
        order.from,
        attempt.recipients()
    ))?;
    // Each recipient has a result; a refusal for good brings a bounce, which is delivered at once.
    attempt.wait_until(&format!(
        "[ \"$(grep -c ' mta delivery .* result=' /var/log/mail.log)\" -ge {} ] || exit 1\n\
         ! grep -q 'result=\"PermFail\"' /var/log/mail.log || [ -n \"$(find /var/inbox/new -type f)\" ]",
        order.to.len()
    ))?;
    let text = attempt.log_and_bounce("/var/log/mail.log")?;
    let is_delivered = text.contains("result=\"Ok\"")
        && !["TempFail", "PermFail"].iter().any(|it| text.contains(it));
    Ok(Shown { text, is_delivered })
}
