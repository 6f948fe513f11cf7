//! The port's first words: none, the wrong ones, TLS where text belongs, text where TLS belongs, or late.

use portolan_report::probe::{
    Break, Noticed, Opening, Outcome, Purpose, Stage, Step, TlsFault, Visit,
};

use super::{Said, Site};
use crate::assessment::{Finding, Weight};
use crate::{GREET_DELAY_MS, SLOW_MS};

/// *Detects* a connection on which no session of mail begins. (RFC 5321, sections 3.1 and 4.3.2; RFC 8314, section 3.3.)
pub(super) fn greeting(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    match site.session.visit.opening {
        Opening::Text => in_text(site, found),
        Opening::Tls => {
            in_tls(site, found);
            in_text(site, found);
        }
    }
}

fn in_text(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, step)) = site.session.step(Stage::Greeting) else {
        return;
    };
    let Outcome::Broken { how, lines, bytes } = &step.outcome else {
        return;
    };
    let port = site.port();
    let beside = site.session.for_purpose(Purpose::OtherOpening);
    let speaks_tls = beside.is_some_and(|(_, visit)| answers_in_tls(visit));
    let (rule, cause, confidence, sentence) = match how {
        _ if speaks_tls || step.noticed.contains(&Noticed::TlsRecord) => (
            "tls-from-the-first-byte",
            "tls.plaintext-on-implicit-port",
            90,
            format!(
                "Port {port} begins with TLS, as 465 does: whoever waits there for a greeting in plain text waits in vain."
            ),
        ),
        Break::TimedOut if *bytes == 0 => (
            "no-greeting",
            "network.no-greeting",
            70,
            format!(
                "Port {port} takes the connection, and no greeting comes within {} s.",
                seconds(step.took_ms)
            ),
        ),
        Break::TimedOut | Break::TooMuch => (
            "tarpit",
            "network.no-greeting",
            75,
            format!(
                "Port {port} begins a greeting and never ends it ({bytes} bytes in {} s): it holds clients back, or holds them up.",
                seconds(step.took_ms)
            ),
        ),
        Break::NoReply => (
            "no-mail-server",
            "network.no-greeting",
            70,
            format!(
                "What answers on port {port} is no mail server: `{}`.",
                first(lines)
            ),
        ),
        Break::Closed | Break::Reset if is_flood(*bytes) => (
            "tarpit",
            "network.no-greeting",
            75,
            format!("Port {port} sends {bytes} bytes, none of which end a greeting, and closes."),
        ),
        Break::Closed | Break::Reset | Break::Deadline => return,
    };
    let mut finding = site.found(
        Stage::Greeting,
        at,
        Said {
            rule,
            cause,
            weight: site.weight(),
            confidence,
            sentence,
        },
    );
    if let (true, Some((visit, _))) = (speaks_tls, beside) {
        finding
            .rests_on
            .push(crate::assessment::Place { visit, step: 0 });
    }
    found.push(finding);
}

/// More than any greeting has.
pub(super) const fn is_flood(bytes: u64) -> bool {
    bytes > 16 << 10
}

/// Whether a handshake came to its end, or failed as only one that speaks TLS lets it fail.
fn answers_in_tls(visit: &Visit) -> bool {
    visit.steps.iter().any(|step| match &step.outcome {
        Outcome::Tls { .. } => true,
        Outcome::TlsFailed { fault } => !matches!(fault, TlsFault::Text { .. }),
        _ => false,
    })
}

fn in_tls(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    let Some((at, step)) = site.session.step(Stage::Tls) else {
        return;
    };
    let port = site.port();
    let Outcome::TlsFailed {
        fault: TlsFault::Text { text },
    } = &step.outcome
    else {
        return;
    };
    if !is_of_mail(text) {
        found.push(site.found(
            Stage::Tls,
            at,
            Said {
                rule: "no-tls",
                cause: "tls.handshake-failure",
                weight: site.weight(),
                confidence: 60,
                sentence: format!(
                    "What answers on port {port} speaks neither TLS nor mail: `{text}`."
                ),
            },
        ));
        return;
    }
    found.push(site.found(
        Stage::Tls,
        at,
        Said {
            rule: "text-from-the-first-byte",
            cause: "tls.implicit-on-starttls-port",
            weight: site.weight(),
            confidence: 90,
            sentence: format!("Port {port} begins in plain text (`{text}`), as 587 does: clients that begin with TLS fail there."),
        },
    ));
}

/// A reply code begins it.
fn is_of_mail(text: &str) -> bool {
    let code = text.get(..3).unwrap_or_default();
    code.len() == 3 && code.bytes().all(|it| it.is_ascii_digit())
}

/// *Detects* a greeting that is held back, or a step that takes longer than many clients wait. Patience is a client's duty (RFC
/// 5321, section 4.5.3.2.1: five minutes), so that it is no fault.
pub(super) fn delay(site: &Site<'_, '_>, found: &mut Vec<Finding>) {
    for (at, step) in site.session.visit.steps.iter().enumerate() {
        let (port, took) = (site.port(), step.took_ms);
        let said = |rule, weight, sentence| Said {
            rule,
            cause: "",
            weight,
            confidence: 90,
            sentence,
        };
        let has_answer = matches!(
            step.outcome,
            Outcome::Reply { .. } | Outcome::Offers { .. } | Outcome::Tls { .. }
        );
        if !has_answer {
            continue;
        }
        if took >= SLOW_MS {
            let sentence = format!(
                "The answer to {} on port {port} takes {} s, and many clients give up at 30 s.",
                what(step),
                seconds(took)
            );
            found.push(site.found(
                step.stage,
                at,
                said("slow-answer", Weight::Caution, sentence),
            ));
        } else if step.stage == Stage::Greeting && took >= GREET_DELAY_MS {
            let sentence = format!(
                "The greeting on port {port} is held back for {} s, to see who speaks too early: a client has to wait for it.",
                seconds(took)
            );
            found.push(site.found(
                step.stage,
                at,
                said("greeting-delayed", Weight::Note, sentence),
            ));
        }
        if step
            .noticed
            .iter()
            .any(|it| matches!(it, Noticed::Drip { .. }))
        {
            let sentence = format!(
                "The answer to {} on port {port} comes a few bytes at a time: a tarpit, or a very bad line.",
                what(step)
            );
            found.push(site.found(
                step.stage,
                at,
                said("dripping-answer", Weight::Caution, sentence),
            ));
        }
    }
}

const fn what(step: &Step) -> &'static str {
    match step.stage {
        Stage::Connect | Stage::Greeting => "the connection",
        Stage::Ehlo | Stage::EhloAfter => "EHLO",
        Stage::Starttls => "STARTTLS",
        Stage::Tls => "the handshake",
        Stage::Auth => "AUTH",
        Stage::Mail => "MAIL",
        Stage::Rcpt => "RCPT",
        Stage::Data | Stage::EndOfData => "the message",
        Stage::Rset => "RSET",
        Stage::Quit => "QUIT",
    }
}

/// Seconds, with a tenth where they are few.
fn seconds(ms: u64) -> String {
    if ms < 10_000 {
        format!("{}.{}", ms / 1_000, ms / 100 % 10)
    } else {
        (ms / 1_000).to_string()
    }
}

/// The beginning of what came.
fn first(lines: &[String]) -> String {
    let line = lines.first().map_or("", String::as_str);
    line.chars().take(80).collect()
}
