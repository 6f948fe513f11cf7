//! Commands as they are copied.

use proptest::prelude::*;

use super::*;
use crate::{Found, Reading};

fn commands(text: &str) -> Vec<String> {
    let all = of(text).into_iter();
    all.filter_map(|it| it.command).collect()
}

fn of(text: &str) -> Vec<Step> {
    let mut reading = Reading::default();
    reading.push(text.as_bytes());
    let explained = reading.finish();
    let Found::One(analysis) = &explained.found else {
        return Vec::new();
    };
    let first = analysis.findings.first();
    let steps = first.map(|it| steps(it, &explained, &portolan_builtin::facts()));
    steps.unwrap_or_default()
}

fn has(text: &str, command: &str) {
    let all = commands(text);
    assert!(
        all.iter().any(|it| it == command),
        "{command} is missing in {all:#?}"
    );
}

#[test]
fn commands_ask_the_host_that_the_text_names() {
    has(
        "Error: connect ETIMEDOUT smtp.shop.example:587",
        "nc -vz -w 10 smtp.shop.example 587",
    );
    has(
        "dial tcp 192.0.2.1:25: connect: connection timed out",
        "nc -vz -w 10 192.0.2.1 25",
    );
    has(
        "getaddrinfo ENOTFOUND smtp.shop.example",
        "nslookup smtp.shop.example",
    );
    has(
        "220 mx.shop.example ESMTP\nSTARTTLS\n454 4.7.0 TLS not available\nhost: 'mx.shop.example', port: 2525",
        "openssl s_client -starttls smtp -connect mx.shop.example:2525 -servername mx.shop.example </dev/null",
    );
    has(
        "RCPT TO:<b@to.example>\n550 5.1.1 <b@to.example>: Recipient address rejected: User unknown",
        "dig +short MX to.example",
    );
    has(
        "MAIL FROM:<a@from.example>\n250 ok\nRCPT TO:<b@to.example>\n550 5.7.26 unauthenticated email from from.example is not accepted due to domain's DMARC policy",
        "dig +short TXT _dmarc.from.example",
    );
}

#[test]
fn where_tls_begins_at_once_the_scheme_says_so() {
    for (text, address) in [
        (
            "connect ETIMEDOUT smtp.shop.example:465",
            "smtps://smtp.shop.example:465",
        ),
        (
            "connect ETIMEDOUT smtp.shop.example:587",
            "smtp://smtp.shop.example:587",
        ),
        ("Connection timed out, port 465", "smtps://HOST:465"),
        (
            "connect ETIMEDOUT smtp.shop.example",
            "smtp://smtp.shop.example:PORT",
        ),
    ] {
        has(
            text,
            &format!(
                "curl -v -4 --connect-timeout 10 {address}; curl -v -6 --connect-timeout 10 {address}"
            ),
        );
    }
}

#[test]
fn of_a_report_the_mail_that_failed_is_asked_for() {
    has(
        "From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: ann@from.example\n\nReporting-MTA: dns; googlemail.com\n\nFinal-Recipient: rfc822; bob@to.example\nDiagnostic-Code: smtp; 550-5.7.26 Unauthenticated email from from.example is not accepted due to\n 550 5.7.26 domain's DMARC policy.",
        "dig +short TXT _dmarc.from.example",
    );
    has(
        "From: MAILER-DAEMON@mx.from.example (Mail Delivery System)\nTo: ann@from.example\n\nReporting-MTA: dns; mx.from.example\n\nFinal-Recipient: rfc822; bob@to.example\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
        "dig +short MX to.example",
    );
}

#[test]
fn what_the_text_does_not_name_stays_in_capitals() {
    has("550 5.1.1 User unknown", "dig +short MX DOMAIN");
    has("Connection timed out, port 587", "nc -vz -w 10 HOST 587");
    // A number is no name of a certificate.
    has(
        "dial tcp 192.0.2.1:587: certificate verify failed: unable to get local issuer certificate",
        "openssl s_client -starttls smtp -connect HOST:587 -servername HOST -showcerts </dev/null",
    );
}

#[test]
fn the_providers_own_step_comes_first_by_its_words_alone() {
    for (text, provider, words) in [
        (
            "535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8  https://support.google.com/mail/?p=BadCredentials x7-2 - gsmtp",
            "gmail",
            "app password",
        ),
        (
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [AM0PR01CA0001.eurprd01.prod.outlook.com]",
            "microsoft-365",
            "allow SMTP AUTH",
        ),
        (
            "220 email-smtp.amazonaws.com ESMTP SimpleEmailService-d-N8DNVJOVF x\nAUTH PLAIN AAAA\n535 Authentication Credentials Invalid",
            "amazon-ses",
            "create SMTP credentials",
        ),
        (
            "220 SG ESMTP service ready at ismtpd0013p1las1.sendgrid.net\nAUTH PLAIN AAAA\n535 Authentication failed: Bad username / password",
            "sendgrid",
            "apikey",
        ),
        (
            "220 Mailgun Influx ready\nAUTH PLAIN AAAA\n535 5.7.0 Authentication failed",
            "mailgun",
            "Mailgun",
        ),
    ] {
        let steps = of(text);
        let first = steps.first().unwrap_or_else(|| panic!("{text}"));
        assert_eq!(first.remedy.provider, Some(provider), "{text}");
        assert!(
            first.remedy.action.contains(words),
            "{}",
            first.remedy.action
        );
    }
}

#[test]
fn whoever_runs_the_tenant_is_named() {
    let steps = of(
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. [AM0PR01CA0001.eurprd01.prod.outlook.com]",
    );
    let by = steps.first().and_then(|it| it.remedy.by);
    assert_eq!(by, Some("the tenant's administrator"));
}

#[test]
fn words_of_another_place_name_no_provider() {
    for text in [
        // What a mail went through, and who wrote it, does not answer.
        "Received: from AM0.eurprd01.prod.outlook.com by mx.shop.example\nMessage-ID: <x@AM0.eurprd01.prod.outlook.com>\nAUTH PLAIN AAAA\n535 5.7.8 Authentication failed",
        "MAIL FROM:<a@b.messagingengine.com>\nAUTH PLAIN AAAA\n535 5.7.8 Authentication failed",
        "535 5.7.8 Authentication failed at prod.outlook.com.evil.example",
    ] {
        let steps = of(text);
        assert!(
            !steps.is_empty() && steps.iter().all(|it| it.remedy.provider.is_none()),
            "{text}"
        );
    }
}

#[test]
fn other_hosts_stay_other_hosts() {
    let named = Named {
        host: Some("a.example".to_owned()),
        ..Named::default()
    };
    let cause = &portolan_smtp::causes()[0];
    assert_eq!(
        filled(
            "for h in HOST OTHER-HOST; do nc -vz -w 10 $h 25; done",
            cause,
            &named
        ),
        "for h in a.example OTHER-HOST; do nc -vz -w 10 $h 25; done"
    );
}

proptest! {
    /// Whatever a text holds, a command is the one that was written, with names of letters, digits, hyphens and dots in the
    /// places of those in capitals.
    #[test]
    fn no_text_writes_commands(
        before in ".{0,20}",
        name in "[a-z0-9;|&$`'\"(){}<>*?~!#\\\\ \n\t.-]{1,30}",
        after in ".{0,20}",
        way in 0..4,
    ) {
        let text = match way {
            0 => format!("{before} connect ETIMEDOUT {name}:587 {after}"),
            1 => format!("{before}\nRCPT TO:<x@{name}>\n550 5.1.1 <x@{name}>: User unknown {after}"),
            2 => format!("MAIL FROM:<x@{name}>\n550 5.7.1 SPF check failed {after}"),
            _ => format!("220 {name} ESMTP\nhost={name}\n535 5.7.8 Authentication failed {after}"),
        };
        for cause in portolan_smtp::causes() {
            let Some(first) = portolan_smtp::analyze(text.as_bytes()).findings.into_iter().next() else { continue };
            let named = named(text.as_bytes(), &first);
            for remedy in cause.remedies {
                let Some(written) = remedy.command else { continue };
                let filled = filled(written, cause, &named);
                let signs = |it: &str| it.chars().filter(|it| !(it.is_ascii_alphanumeric() || *it == '-' || *it == '.')).collect::<String>();
                prop_assert_eq!(signs(&filled), signs(written));
                prop_assert_eq!(filled.matches(" -").count(), written.matches(" -").count());
            }
        }
    }
}
