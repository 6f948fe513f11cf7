//! A visit as the text of a session, as a person would paste it: what Analyze reads, and what explains a server's words.

use core::fmt::Write;

use portolan_report::probe::{
    Break, CertificateFault, ConnectFault, Outcome, Step, TlsFault, TlsSession, Visit,
};

/// The session of a visit. Secrets were masked before they entered the report.
pub fn transcript(visit: &Visit) -> String {
    let mut text = String::new();
    for step in &visit.steps {
        if let Some(sent) = &step.sent {
            line(&mut text, &format!("C: {sent}"));
        }
        outcome(&mut text, visit, step);
    }
    text
}

fn outcome(text: &mut String, visit: &Visit, step: &Step) {
    let (host, address, port) = (&visit.host, visit.address, visit.port);
    match &step.outcome {
        Outcome::Connected => line(text, &format!("Connected to {host}[{address}]:{port}")),
        Outcome::NotConnected { fault } => line(
            text,
            &format!("connect to {host}[{address}]:{port}: {}", refused(fault)),
        ),
        Outcome::Offers { reply, .. } | Outcome::Reply { reply } => {
            for said in &reply.lines {
                line(text, &format!("S: {said}"));
            }
        }
        Outcome::Broken { how, lines, .. } => {
            for said in lines {
                line(text, &format!("S: {said}"));
            }
            line(text, broken(*how));
        }
        Outcome::Tls { session } => handshake(text, session),
        Outcome::TlsFailed { fault } => line(text, &failed(fault)),
    }
}

fn line(text: &mut String, line: &str) {
    // Writing into a text cannot fail.
    let _ = writeln!(text, "{line}");
}

fn refused(fault: &ConnectFault) -> &str {
    match fault {
        ConnectFault::Forbidden => "Permission denied",
        ConnectFault::HostUnreachable => "No route to host",
        ConnectFault::NetworkUnreachable => "Network is unreachable",
        ConnectFault::NotPermitted => "Operation not permitted",
        ConnectFault::Other { text, .. } => text,
        ConnectFault::Refused => "Connection refused",
        ConnectFault::Reset => "Connection reset by peer",
        ConnectFault::TimedOut => "Connection timed out",
    }
}

const fn broken(how: Break) -> &'static str {
    match how {
        Break::Closed => "The server closed the connection unexpectedly",
        Break::Deadline => "(the check's time was over)",
        Break::NoReply => "(no reply of SMTP)",
        Break::Reset => "Connection reset by peer",
        Break::TimedOut => "timeout: no answer from the server",
        Break::TooMuch => "(more than is read)",
    }
}

fn handshake(text: &mut String, session: &TlsSession) {
    let (version, suite) = (session.version.name(), &session.suite);
    line(text, &format!("TLS started: {version}, {suite}"));
    for fault in &session.faults {
        line(
            text,
            &format!("certificate verify failed: {}", verify(fault)),
        );
    }
}

fn verify(fault: &CertificateFault) -> &str {
    match fault {
        CertificateFault::AuthorityAsServer => "CA certificate used as end entity",
        CertificateFault::BadEncoding => "bad certificate encoding",
        CertificateFault::BadSignature => "certificate signature failure",
        CertificateFault::Expired => "certificate has expired",
        CertificateFault::NameMismatch => "hostname mismatch",
        CertificateFault::NotYetValid => "certificate is not yet valid",
        CertificateFault::Other { text } => text,
        CertificateFault::Revoked => "certificate revoked",
        CertificateFault::SelfSigned => "self-signed certificate",
        CertificateFault::NoRoots | CertificateFault::UnknownIssuer => {
            "unable to get local issuer certificate"
        }
        CertificateFault::UnsupportedSignature => "unsupported signature algorithm",
        CertificateFault::WrongUsage => "unsupported certificate purpose",
    }
}

fn failed(fault: &TlsFault) -> String {
    match fault {
        TlsFault::Alert { name } => format!("TLS alert: {}", name.replace('_', " ")),
        TlsFault::OldVersion { version } => {
            format!(
                "TLS handshake failed: unsupported protocol ({})",
                version.name()
            )
        }
        TlsFault::Text { text } => format!("TLS handshake failed: wrong version number: {text}"),
        TlsFault::Unusable { text } => format!("TLS handshake failure: {text}"),
    }
}
