//! The [text format] of Prometheus, for the textfile collector or a small exporter.
//!
//! Reachable, times, the certificate's two dates, its chain and its name are values of their own, so that an expired
//! certificate is still reported and an alert on one thing never hides another. Base units; labels are hosts, addresses and
//! ports that were asked for, and words out of lists: what a server says never becomes a label, and no series is endless.
//!
//! [text format]: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format

use core::fmt::{Display, Write};

use portolan_check::{Assessment, Level, PortState, Weight};
use portolan_report::probe::{CertificateFault, Outcome, ProbeReport, Stage, TlsSession, Visit};

use super::one_line;
use super::timing::{seconds, sessions};

const PREFIX: &str = "portolan_probe_";

/// The metrics; above them, as comments, each problem with the command that shows it.
pub(super) fn prometheus(report: &ProbeReport, assessment: &Assessment) -> String {
    let mut out = Out(String::new());
    for finding in assessment.wrong() {
        let command = finding.command.as_deref().unwrap_or("none");
        // `# HELP` and `# TYPE` alone mean something behind the mark; no sentence comes right behind it.
        let line = format!("# Problem: {} See: {command}", finding.sentence);
        out.0.push_str(&one_line(&line));
        out.0.push('\n');
    }
    let level = assessment.verdict.level;
    out.family(
        "success",
        "Whether nothing is wrong: 1, or 0 where something is or nothing was decided.",
    );
    out.value("success", &[], u8::from(level == Level::Fine));
    out.family("undecided", "Whether what was seen does not decide it.");
    out.value("undecided", &[], u8::from(level == Level::Undecided));
    out.family("findings", "What was found, by weight.");
    for weight in [
        Weight::Danger,
        Weight::Problem,
        Weight::Caution,
        Weight::Note,
    ] {
        let count = assessment
            .findings
            .iter()
            .filter(|it| it.weight == weight)
            .count();
        out.value("findings", &[("weight", weight.id())], count);
    }
    out.family("duration_seconds", "How long the whole check took.");
    out.value("duration_seconds", &[], seconds(report.took_ms));
    out.family("start_timestamp_seconds", "When the check began.");
    out.value("start_timestamp_seconds", &[], report.started_at.unix());
    out.family("cut_short", "Whether the deadline ended the check.");
    out.value("cut_short", &[], u8::from(report.cut_short));
    out.family("info", "Which program looked, and at what.");
    let target = &report.asked.target;
    out.value(
        "info",
        &[
            ("target", target.name.as_str()),
            ("tool", report.tool.as_str()),
        ],
        1,
    );

    let sessions: Vec<Session<'_>> = sessions(report).into_iter().map(Session::of).collect();
    out.sessions(&sessions);
    out.families_of_ports(&sessions, assessment);
    out.families_of_tls(&sessions);
    out.0
}

struct Session<'r> {
    visit: &'r Visit,
    address: String,
    port: String,
    tls: Option<&'r TlsSession>,
}

impl<'r> Session<'r> {
    fn of(visit: &'r Visit) -> Self {
        let tls = visit.steps.iter().find_map(|it| match &it.outcome {
            Outcome::Tls { session } => Some(session.as_ref()),
            _ => None,
        });
        Self {
            visit,
            address: visit.address.to_string(),
            port: visit.port.to_string(),
            tls,
        }
    }

    fn labels(&self) -> Vec<(&'static str, &str)> {
        vec![
            ("host", &self.visit.host),
            ("address", &self.address),
            ("port", &self.port),
        ]
    }

    fn is_connected(&self) -> bool {
        let first = self.visit.steps.first();
        first.is_some_and(|it| matches!(it.outcome, Outcome::Connected))
    }
}

/// Text that is being written.
struct Out(String);

impl Out {
    fn family(&mut self, name: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP {PREFIX}{name} {help}");
        let _ = writeln!(self.0, "# TYPE {PREFIX}{name} gauge");
    }

    fn value(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let _ = write!(self.0, "{PREFIX}{name}");
        for (at, (label, text)) in labels.iter().enumerate() {
            let start = if at == 0 { '{' } else { ',' };
            let _ = write!(self.0, "{start}{label}=\"{}\"", escaped(text));
        }
        let end = if labels.is_empty() { "" } else { "}" };
        let _ = writeln!(self.0, "{end} {value}");
    }

    fn sessions(&mut self, sessions: &[Session<'_>]) {
        self.family("reachable", "Whether the connection was made.");
        for it in sessions {
            self.value("reachable", &it.labels(), u8::from(it.is_connected()));
        }
        self.family(
            "stage_duration_seconds",
            "How long each stage of the session took.",
        );
        for it in sessions {
            for stage in Stage::ALL {
                let steps = it.visit.steps.iter().filter(|it| it.stage == stage);
                let times: Vec<u64> = steps.map(|it| it.took_ms).collect();
                if times.is_empty() {
                    continue;
                }
                let all = times.iter().fold(0_u64, |all, it| all.saturating_add(*it));
                let mut labels = it.labels();
                labels.push(("phase", stage.id()));
                self.value("stage_duration_seconds", &labels, seconds(all));
            }
        }
    }

    fn families_of_ports(&mut self, sessions: &[Session<'_>], assessment: &Assessment) {
        self.family("works", "Whether mail can be sent this way.");
        for it in sessions {
            let line = assessment.ports.iter().find(|line| {
                (&line.host, line.address, line.port)
                    == (&it.visit.host, it.visit.address, it.visit.port)
            });
            let works = line.is_some_and(|it| matches!(it.state, PortState::Works(_)));
            self.value("works", &it.labels(), u8::from(works));
        }
    }

    fn families_of_tls(&mut self, sessions: &[Session<'_>]) {
        let with_tls = || sessions.iter().filter_map(|it| Some((it, it.tls?)));
        self.family("tls_info", "The version of TLS.");
        for (it, tls) in with_tls() {
            let mut labels = it.labels();
            labels.push(("version", tls.version.name()));
            self.value("tls_info", &labels, 1);
        }
        self.family(
            "tls_chain_verified",
            "Whether known authorities vouch for the certificate, whatever its dates and names.",
        );
        for (it, tls) in with_tls() {
            let verified = !tls.faults.iter().any(is_of_chain);
            self.value("tls_chain_verified", &it.labels(), u8::from(verified));
        }
        self.family(
            "tls_name_verified",
            "Whether the certificate is for the name that was asked for.",
        );
        for (it, tls) in with_tls() {
            let verified = !tls.faults.contains(&CertificateFault::NameMismatch);
            self.value("tls_name_verified", &it.labels(), u8::from(verified));
        }
        let own = || with_tls().filter_map(|(it, tls)| Some((it, tls.chain.first()?)));
        self.family(
            "tls_cert_not_before_timestamp_seconds",
            "From when on the certificate holds.",
        );
        for (it, own) in own() {
            let moment = own.not_before.unix();
            self.value(
                "tls_cert_not_before_timestamp_seconds",
                &it.labels(),
                moment,
            );
        }
        self.family(
            "tls_cert_not_after_timestamp_seconds",
            "Until when the certificate holds.",
        );
        for (it, own) in own() {
            let moment = own.not_after.unix();
            self.value("tls_cert_not_after_timestamp_seconds", &it.labels(), moment);
        }
    }
}

/// Dates and names are told by values of their own.
const fn is_of_chain(fault: &CertificateFault) -> bool {
    !matches!(
        fault,
        CertificateFault::Expired | CertificateFault::NameMismatch | CertificateFault::NotYetValid
    )
}

/// A label's value.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}
