//! What texts name, and what strangers may write in place of a name.

use super::*;

fn of(text: &str) -> Named {
    let analysis = portolan_smtp::analyze(text.as_bytes());
    let first = analysis.findings.first();
    named(text.as_bytes(), first.unwrap_or_else(|| panic!("{text}")))
}

#[test]
fn the_host_connected_to_and_its_port_are_named() {
    for (text, host, port) in [
        (
            "Error: connect ETIMEDOUT smtp.gmail.com:587",
            Some("smtp.gmail.com"),
            Some(587),
        ),
        (
            "getaddrinfo ENOTFOUND smtp.exmaple.com",
            Some("smtp.exmaple.com"),
            None,
        ),
        (
            "dial tcp: lookup smtp.shop.example on 127.0.0.53:53: no such host",
            Some("smtp.shop.example"),
            None,
        ),
        (
            "SMTP ERROR: Failed to connect to server: Connection timed out (110)\n$mail->Host = 'mail.shop.example';\n$mail->Port = 465;",
            Some("mail.shop.example"),
            Some(465),
        ),
        (
            "connect to mx.two.example[192.0.2.2]:25: Connection timed out",
            Some("mx.two.example"),
            Some(25),
        ),
        (
            "dial tcp 192.0.2.1:587: connect: connection refused",
            Some("192.0.2.1"),
            Some(587),
        ),
        (
            "connect ECONNREFUSED 127.0.0.1:25",
            Some("127.0.0.1"),
            Some(25),
        ),
        (
            "Could not connect to localhost:25: Connection refused",
            Some("localhost"),
            Some(25),
        ),
        (
            "220 mx.shop.example ESMTP\nEHLO client.example\n250 ok\nAUTH PLAIN AAAA\n535 5.7.8 Authentication failed",
            Some("mx.shop.example"),
            None,
        ),
        (
            "Connected to smtp.shop.example.\n220 banner.other.example ESMTP\nAUTH PLAIN AAAA\n535 5.7.8 Authentication failed",
            Some("smtp.shop.example"),
            None,
        ),
        (
            "relayhost = [smtp.shop.example]:587\nstatus=deferred (SASL authentication failed; server said: 535 5.7.8 bad)",
            Some("smtp.shop.example"),
            Some(587),
        ),
        (
            "    at SMTPConnection._onError (/app/node_modules/smtp.js:25:14)\nError: Connection timeout",
            None,
            None,
        ),
        ("535 5.7.8 Username and Password not accepted", None, None),
        (
            "Verbindung äöüäöüäöüäöüäöüäöüäöü connect ETIMEDOUT smtp.shop.example",
            Some("smtp.shop.example"),
            None,
        ),
        (
            "smtp://ann.lee:hun.ter@smtp.shop.example:465 535 5.7.8 Authentication failed",
            Some("smtp.shop.example"),
            Some(465),
        ),
    ] {
        let named = of(text);
        assert_eq!((named.host.as_deref(), named.port), (host, port), "{text}");
    }
}

#[test]
fn what_stands_before_a_name_is_seen_in_every_script() {
    for letters in 0..45 {
        let before = format!("x{}", "ä".repeat(letters));
        let text = format!("{before} connect ETIMEDOUT smtp.shop.example");
        let all: Vec<_> = hosts(&text).collect();
        assert_eq!(all, [("smtp.shop.example", How::Said)], "{text}");
        // An address is no host, however long its local part is.
        let text = format!("{before}@smtp.shop.example:587");
        assert_eq!(hosts(&text).count(), 0, "{text}");
    }
}

#[test]
fn hosts_of_countries_are_no_files() {
    for (line, host) in [
        ("connect ETIMEDOUT smtp.wp.pl:587", Some("smtp.wp.pl")),
        ("Connection to smtp.mts.rs timed out", Some("smtp.mts.rs")),
        ("host: 'mail.shop.sh', port: 465", Some("mail.shop.sh")),
        ("connect to onet.pl[192.0.2.1]:25: refused", Some("onet.pl")),
        ("smtps://b@onet.pl:465", Some("onet.pl")),
        ("server said no at smtp mail.pl line 12.", None),
        ("no connection to smtp.send.pl line 12.", None),
        ("smtp: mail.py:12: error", None),
        ("File \"server.py\", line 25", None),
        ("the smtp send.sh failed", None),
        ("error in smtp server.rs:25:14", None),
        ("relay main.cf:12", None),
    ] {
        assert_eq!(hosts(line).map(|it| it.0).next(), host, "{line}");
    }
    let text = "RCPT TO:<b@onet.pl>\n550 5.1.1 User unknown";
    assert_eq!(of(text).recipient.as_deref(), Some("onet.pl"));
}

#[test]
fn the_line_that_decides_comes_first() {
    let text = "relay=mx.one.example[192.0.2.1]:25, status=sent to=<a@one.example>\nrelay=mx.two.example[192.0.2.2]:25, to=<b@two.example>, status=bounced (host mx.two.example[192.0.2.2] said: 550 5.1.1 User unknown)";
    let named = of(text);
    assert_eq!(named.host.as_deref(), Some("mx.two.example"));
    assert_eq!(named.recipient.as_deref(), Some("two.example"));
}

#[test]
fn the_domains_of_sender_and_recipient_are_told_apart() {
    for (text, sender, recipient) in [
        (
            "MAIL FROM:<a@from.example> SIZE=9\n250 ok\nRCPT TO:<b@to.example>\n550 5.1.1 User unknown",
            Some("from.example"),
            Some("to.example"),
        ),
        (
            "554 5.7.1 <c@far.example>: Relay access denied",
            None,
            Some("far.example"),
        ),
        (
            "from=<> to=<x@y.example>: 550 5.1.1 User unknown",
            None,
            Some("y.example"),
        ),
        (
            "450 4.1.8 <a@gone.example>: Sender address rejected: Domain not found",
            Some("gone.example"),
            None,
        ),
        (
            "Final-Recipient: rfc822; b@to.example\nDiagnostic-Code: smtp; 550 5.1.1 User unknown",
            None,
            Some("to.example"),
        ),
        ("550 5.1.1 User unknown", None, None),
    ] {
        let named = of(text);
        assert_eq!(
            (named.sender.as_deref(), named.recipient.as_deref()),
            (sender, recipient),
            "{text}"
        );
    }
}

#[test]
fn a_reports_own_header_names_nobody() {
    let gmail = "Return-Path: <>\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nTo: ann@from.example\nSubject: Delivery Status Notification (Failure)\n\nReporting-MTA: dns; googlemail.com\n\nFinal-Recipient: rfc822; bob@to.example\nAction: failed\nStatus: 5.7.26\nDiagnostic-Code: smtp; 550-5.7.26 Unauthenticated email from from.example is not accepted due to\n 550 5.7.26 domain's DMARC policy.";
    let postfix = "From: MAILER-DAEMON@mx.other.example (Mail Delivery System)\nTo: ann@from.example\n\nReporting-MTA: dns; mx.other.example\n\nFinal-Recipient: rfc822; bob@to.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown";
    let exim = "From: Mail Delivery System <Mailer-Daemon@mx.other.example>\nTo: ann@from.example\nX-Failed-Recipients: bob@to.example\n\n550 5.1.1 User unknown";
    for (text, sender, recipient) in [
        (gmail, Some("from.example"), Some("to.example")),
        (postfix, None, Some("to.example")),
        (exim, None, Some("to.example")),
        // Nobody's address says who sends, nor does what runs a server.
        (
            "Return-Path: <>\nTo: ann@from.example\n550 5.1.1 User unknown",
            None,
            None,
        ),
        (
            "From: postmaster@mx.example\n550 5.7.26 unauthenticated email",
            None,
            None,
        ),
        (
            "MAIL FROM:<MAILER-DAEMON@mx.example>\n550 5.7.26 unauthenticated email",
            None,
            None,
        ),
        // A mail of no report.
        (
            "From: Ann <ann@from.example>\nTo: bob@to.example\n550 5.1.1 User unknown",
            Some("from.example"),
            Some("to.example"),
        ),
        // What was said in the session goes before what a header says above it.
        (
            "To: list@header.example\nRCPT TO:<postmaster@to.example>\n550 5.1.1 User unknown",
            None,
            Some("to.example"),
        ),
    ] {
        let named = of(text);
        assert_eq!(
            (named.sender.as_deref(), named.recipient.as_deref()),
            (sender, recipient),
            "{text}"
        );
    }
}

#[test]
fn nothing_that_a_shell_or_a_program_would_read_is_a_name() {
    let long = format!("{}.example", "a.".repeat(130));
    for name in [
        "$(reboot).example",
        "`reboot`.example",
        "a;reboot.example",
        "a|sh.example",
        "a&b.example",
        "-oProxyCommand=x.example",
        "-x.example",
        "a-.example",
        "a..example",
        "a b.example",
        "a'b.example",
        "a\"b.example",
        "a\\b.example",
        "a/b.example",
        "a>b.example",
        "a\u{202e}b.example",
        "\u{430}pple.example",
        "a\u{0}b.example",
        "a_b.example",
        "{a,b}.example",
        "*.example",
        "~.example",
        "!!.example",
        "#a.example",
        "example",
        "a.1",
        &long,
    ] {
        for text in [
            format!("connect ETIMEDOUT {name}:587"),
            format!("RCPT TO:<b@{name}>\n550 5.1.1 User unknown"),
            format!("MAIL FROM:<b@{name}>\nhost=\"{name}\"\n550 5.1.1 User unknown"),
        ] {
            let Named {
                host,
                sender,
                recipient,
                ..
            } = of(&text);
            for it in [host, sender, recipient].into_iter().flatten() {
                // A piece of it may be a name of its own; what is no name never is.
                assert_ne!(it, name);
                assert!(
                    it.len() <= LONGEST_NAME && is_domain(&it),
                    "{it} of {text:?}"
                );
            }
        }
    }
}

#[test]
fn addresses_with_a_stranger_domain_name_nobody() {
    for name in [
        "a;reboot.example",
        "a$b.example",
        "\u{430}pple.example",
        "a`b`.example",
        "x.example|sh",
    ] {
        let text = format!("RCPT TO:<b@{name}>\n550 5.1.1 User unknown");
        assert_eq!(of(&text).recipient, None, "{text}");
    }
}
