//! What each saw, in the same words, so that one can be held against another.

use std::collections::BTreeSet;

use portolan_report::probe::{
    CertificateFault, ConnectFault, Offers, Opening, Outcome, ProbeReport, Purpose, Stage,
    TlsSession, TlsVersion, Visit,
};

use super::{Peer, Question, Ran};

/// What was seen of a port, each in a few words.
pub type Facts = BTreeSet<String>;

const NO_ANSWER: &str = "no answer";
const NO_STARTTLS: &str = "no STARTTLS";
const NO_TLS: &str = "no TLS";
const REFUSED: &str = "refused";
/// An authority vouches for it, and its time is right; for which name it is, is another thing.
const VOUCHED: &str = "certificate vouched for";
const NOT_VOUCHED: &str = "certificate not vouched for";

fn date(iso: &str) -> String {
    format!("certificate until {iso}")
}

fn offer(line: &str, within: bool) -> String {
    let place = if within { " within TLS" } else { "" };
    format!("offers {}{place}", line.trim())
}

/// Reads what a peer printed.
pub(super) fn read(question: Question, ran: &Ran) -> Facts {
    let text = ran.text.as_str();
    let says = |words: &str| text.contains(words);
    let mut facts = Facts::new();
    if says("Connection refused") {
        facts.insert(REFUSED.to_owned());
    } else if ran.is_cut || says("imeout after") || says("connect: timeout") || says("timed out") {
        facts.insert(NO_ANSWER.to_owned());
    } else {
        match question.peer() {
            Peer::CheckSmtp => check_smtp(text, &mut facts),
            Peer::Openssl => openssl(question, text, &mut facts),
            Peer::Swaks => swaks(text, &mut facts),
        }
    }
    facts
}

fn check_smtp(text: &str, facts: &mut Facts) {
    let mut add = |fact: &str| facts.insert(fact.to_owned());
    if text.contains("TLS not supported by server") {
        add(NO_STARTTLS);
    } else if text.contains("Cannot make SSL connection") {
        add(NO_TLS);
    } else if text.contains("OK - ") && text.contains("response time") {
        add("greets");
    }
    // `OK - Certificate 'mx.example.org' will expire on Sun Jan  1 00:00:00 2040 +0000.`, or `expired on`
    if let Some((_, rest)) = text.split_once("Certificate '")
        && let Some((subject, rest)) = rest.split_once('\'')
    {
        add(&format!("certificate of CN={subject}"));
        if rest.contains("expired on") {
            add("certificate expired");
        }
        let day = rest.split_once(" on ").map_or("", |(_, it)| it);
        if let [_, month, day, _, year, ..] = *day.split_ascii_whitespace().collect::<Vec<_>>() {
            add(&date(&iso(year, month, day)));
        }
    }
}

fn openssl(question: Question, text: &str, facts: &mut Facts) {
    let mut add = |fact: &str| facts.insert(fact.to_owned());
    let after = |mark: &str| Some(text.split_once(mark)?.1.lines().next()?.trim());
    if text.contains("Didn't find STARTTLS") {
        add(NO_STARTTLS);
        return;
    }
    // `New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384`, or `New, (NONE), Cipher is (NONE)`
    let version = after("\nNew, TLSv").and_then(|it| it.split(',').next());
    if let Question::Version12 | Question::Version13 = question {
        let alone = if question == Question::Version12 {
            "1.2"
        } else {
            "1.3"
        };
        let word = if version == Some(alone) {
            "takes"
        } else {
            "refuses"
        };
        add(&format!("{word} TLS {alone}"));
        return;
    }
    let Some(version) = version else {
        add(NO_TLS);
        return;
    };
    add(&format!("TLS {version}"));
    if let Some(subject) = after("\nsubject=") {
        add(&format!("certificate of {}", subject.replace(" = ", "=")));
    }
    // `v:NotBefore: Jan  1 00:00:00 2020 GMT; NotAfter: Jan  1 00:00:00 2040 GMT`, the server's own first.
    let until = after("NotAfter: ").unwrap_or_default();
    if let [month, day, _, year, ..] = *until.split_ascii_whitespace().collect::<Vec<_>>() {
        add(&date(&iso(year, month, day)));
    }
    // X509_V_ERR_…, in the order in which it looks: the first alone is told.
    let code = after("\nVerify return code: ").and_then(|it| it.split(' ').next());
    let (vouched, fault) = match code {
        Some("0") => (VOUCHED, "certificate for this name"),
        Some("10") => (NOT_VOUCHED, "certificate expired"),
        Some("18") => (NOT_VOUCHED, "certificate self-signed"),
        Some("20" | "21") => (NOT_VOUCHED, "certificate of an unknown authority"),
        Some("62") => (VOUCHED, "certificate for other names"),
        _ => return,
    };
    add(vouched);
    add(fault);
}

fn swaks(text: &str, facts: &mut Facts) {
    let mut add = |fact: &str| facts.insert(fact.to_owned());
    let (mut sent, mut is_first) = ("", true);
    for line in text.lines() {
        // ` -> EHLO client.example`, `<-  250-mx.example.org`; `~` within TLS, `*` where another code was expected.
        let within = line.get(1..2) == Some("~");
        let Some((mark, rest)) = line.split_at_checked(4) else {
            continue;
        };
        match mark {
            " -> " | " ~> " => {
                (sent, is_first) = (rest.split(' ').next().unwrap_or_default(), true);
            }
            "<-  " | "<~  " => {
                if sent == "EHLO" && !is_first {
                    add(&offer(rest.get(4..).unwrap_or_default(), within));
                } else if sent.is_empty() && is_first {
                    let name = rest.get(4..).and_then(|it| it.split(' ').next());
                    add("greets");
                    add(&format!("greets as {}", name.unwrap_or_default()));
                }
                is_first = false;
            }
            "=== " => {
                if let Some(version) = rest.strip_prefix("TLS started with cipher TLSv") {
                    add(&format!(
                        "TLS {}",
                        version.split(':').next().unwrap_or_default()
                    ));
                    add(VOUCHED);
                }
            }
            "*** " => {
                if rest.contains("certificate verify failed") {
                    add(NOT_VOUCHED);
                } else if rest.contains("did not advertise STARTTLS")
                    || rest.contains("STARTTLS not supported")
                {
                    add(NO_STARTTLS);
                } else if rest.starts_with("TLS startup failed") {
                    add(NO_TLS);
                }
            }
            _ => {}
        }
    }
}

/// `2040-01-01`
fn iso(year: &str, month: &str, day: &str) -> String {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let month = MONTHS.find(month).map_or(0, |it| it / 3 + 1);
    format!("{year}-{month:02}-{day:0>2}")
}

/// What `portolan-probe` saw of a port.
pub fn of_report(report: &ProbeReport, port: u16) -> Facts {
    let mut facts = Facts::new();
    for visit in report.visits.iter().filter(|it| it.port == port) {
        match visit.purpose {
            Purpose::Session => session(visit, &mut facts),
            Purpose::Version { version } => {
                let stands = visit
                    .steps
                    .iter()
                    .any(|it| matches!(it.outcome, Outcome::Tls { .. }));
                let word = if stands { "takes" } else { "refuses" };
                facts.insert(format!("{word} {}", version.name()));
            }
            Purpose::OtherOpening | Purpose::RelayTest => {}
        }
    }
    facts
}

fn session(visit: &Visit, facts: &mut Facts) {
    let mut add = |fact: &str| facts.insert(fact.to_owned());
    for step in &visit.steps {
        match (step.stage, &step.outcome) {
            (
                _,
                Outcome::NotConnected {
                    fault: ConnectFault::Refused,
                },
            ) => {
                add(REFUSED);
            }
            (
                _,
                Outcome::NotConnected {
                    fault: ConnectFault::TimedOut,
                },
            ) => {
                add(NO_ANSWER);
            }
            (Stage::Greeting, Outcome::Reply { reply }) if reply.code == 220 => {
                let name = reply
                    .lines
                    .first()
                    .and_then(|it| it.get(4..)?.split(' ').next());
                add("greets");
                add(&format!("greets as {}", name.unwrap_or_default()));
            }
            (stage, Outcome::Offers { reply, offers }) => {
                for line in reply.lines.iter().skip(1) {
                    add(&offer(
                        line.get(4..).unwrap_or_default(),
                        stage == Stage::EhloAfter,
                    ));
                }
                if lacks_starttls(visit, stage, offers) {
                    add(NO_STARTTLS);
                }
            }
            (Stage::Tls, Outcome::Tls { session }) => certificate(session, &mut add),
            (Stage::Tls, _) => {
                add(NO_TLS);
                // Both were offered.
                for version in [TlsVersion::Tls12, TlsVersion::Tls13] {
                    add(&format!("refuses {}", version.name()));
                }
            }
            _ => {}
        }
    }
}

fn lacks_starttls(visit: &Visit, stage: Stage, offers: &Offers) -> bool {
    visit.opening == Opening::Text && stage == Stage::Ehlo && !offers.starttls
}

fn certificate(session: &TlsSession, add: &mut impl FnMut(&str) -> bool) {
    add(session.version.name());
    add(&format!("takes {}", session.version.name()));
    if let Some(own) = session.chain.first() {
        add(&format!("certificate of {}", own.subject));
        let until = own.not_after.to_string();
        add(&date(until.get(..10).unwrap_or_default()));
    }
    let is_other = session.faults.contains(&CertificateFault::NameMismatch);
    add(if is_other {
        "certificate for other names"
    } else {
        "certificate for this name"
    });
    let others = session
        .faults
        .iter()
        .filter(|it| **it != CertificateFault::NameMismatch);
    add(if others.count() == 0 {
        VOUCHED
    } else {
        NOT_VOUCHED
    });
    for fault in &session.faults {
        add(match fault {
            CertificateFault::Expired => "certificate expired",
            CertificateFault::SelfSigned => "certificate self-signed",
            CertificateFault::UnknownIssuer => "certificate of an unknown authority",
            _ => continue,
        });
    }
}
