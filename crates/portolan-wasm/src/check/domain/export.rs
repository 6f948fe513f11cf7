//! A domain as it leaves the page: no secret, no local part of an address, but for what is to be published.

use portolan_check::domain::{DomainAssessment, Line, Section, Told};
use portolan_explain::safe;
use portolan_report::domain::{Answer, DomainReport, Octets, PolicyOutcome, Record};

use super::Domain;

/// The longest string of a text (RFC 1035, section 3.3).
const STRING: usize = 255;

/// What it means, for a ticket or a chat.
pub(super) fn markdown(domain: &Domain) -> String {
    let DomainAssessment {
        verdict,
        findings,
        sections,
        readiness,
        posture,
    } = domain.assessment.clone();
    let assessment = DomainAssessment {
        verdict: portolan_check::Verdict {
            sentence: safe(&verdict.sentence),
            ..verdict
        },
        findings: findings.into_iter().map(told).collect(),
        sections: sections.into_iter().map(section).collect(),
        readiness: readiness.into_iter().map(section).collect(),
        posture,
    };
    let text = portolan_check::domain::markdown(&masked(&domain.report), &assessment);
    domain.named(&text)
}

/// The masked report for a file: a report still, judged as before, since an address that takes reports is no secret.
pub(super) fn json(domain: &Domain) -> String {
    portolan_wire::write_domain_report_pretty(&masked(&domain.report))
}

/// A record to publish. It keeps its addresses: with shorter ones it would send reports to nobody.
pub(super) fn published(record: &str) -> String {
    String::from_utf8_lossy(&portolan_mask::mask(record.as_bytes())).into_owned()
}

fn told(told: Told) -> Told {
    Told {
        at: safe(&told.at),
        what: safe(&told.what),
        publish: told.publish.as_deref().map(published),
        ..told
    }
}

fn section(section: Section) -> Section {
    let line = |line: Line| Line {
        text: safe(&line.text),
        ..line
    };
    Section {
        lines: section.lines.into_iter().map(line).collect(),
        ..section
    }
}

fn masked(report: &DomainReport) -> DomainReport {
    let mut report = report.clone();
    hide(&mut report.tool);
    for resolver in &mut report.resolvers {
        hide(&mut resolver.address);
    }
    for said in report.lookups.iter_mut().flat_map(|it| &mut it.answers) {
        match &mut said.answer {
            Answer::Failed { text } => hide(text),
            Answer::Records { records } => records.iter_mut().for_each(record),
            Answer::NoRecords | Answer::NoSuchName | Answer::Refused | Answer::TimedOut => {}
        }
    }
    match report.policy.as_mut().map(|it| &mut it.outcome) {
        Some(PolicyOutcome::Failed { text }) => hide(text),
        Some(PolicyOutcome::File { content_type, body }) => {
            content_type.iter_mut().for_each(hide);
            body.0 = portolan_mask::mask(&body.0);
        }
        Some(PolicyOutcome::Status { location, .. }) => location.iter_mut().for_each(hide),
        Some(PolicyOutcome::NoHost | PolicyOutcome::TimedOut) | None => {}
    }
    for host in &mut report.certificates {
        host.failed.iter_mut().for_each(hide);
    }
    report
}

fn hide(text: &mut String) {
    *text = published(text);
}

/// A text is masked as a whole: a secret may go on in its next string.
fn record(record: &mut Record) {
    let Record::Txt { strings } = record else {
        return;
    };
    let whole: Vec<u8> = strings.iter().flat_map(|it| &it.0).copied().collect();
    let masked = portolan_mask::mask(&whole);
    if masked != whole {
        let parts = masked.chunks(STRING).map(|it| Octets(it.to_vec()));
        *strings = parts.collect();
    }
}
