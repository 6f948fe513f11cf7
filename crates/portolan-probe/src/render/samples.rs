//! Reports made by hand: one for every outcome that a port can have, and one with several.

use portolan_check::sample::{
    connected, implicit, reply, report, step, submission, tls, until_starttls, visit, within_tls,
    working,
};
use portolan_report::probe::{
    Break, CertificateFault, ConnectFault, Moment, Outcome, ProbeReport, Stage, Step, TlsFault,
};

pub(super) fn fault(fault: ConnectFault) -> Step {
    step(Stage::Connect, Outcome::NotConnected { fault })
}

fn broken(stage: Stage, how: Break) -> Step {
    let (lines, bytes) = (Vec::new(), 0);
    step(stage, Outcome::Broken { how, lines, bytes })
}

fn of(steps: Vec<Step>) -> ProbeReport {
    report(vec![visit(587, steps)])
}

fn greeted(text: &str) -> ProbeReport {
    of(vec![connected(), reply(Stage::Greeting, text)])
}

fn certified(faults: Vec<CertificateFault>) -> ProbeReport {
    let mut steps = until_starttls();
    steps.push(tls(faults));
    steps.extend(within_tls());
    of(steps)
}

fn starttls(last: Step) -> ProbeReport {
    let mut steps = until_starttls();
    steps.pop();
    steps.push(last);
    of(steps)
}

/// What a server may say to whoever shows it.
pub(super) const HOSTILE: &str =
    "554 </failure><script>|\"'&`*_[x](y) \\x1b ]]> no, | time=0;;; {a=\"b\"} \u{e9}";

/// Several ports with an outcome each: works, an expired certificate of another name, refused, dropped.
pub(super) fn mixed() -> ProbeReport {
    let faults = vec![CertificateFault::Expired, CertificateFault::NameMismatch];
    let mut steps = vec![connected(), tls(faults)];
    if let Outcome::Tls { session } = &mut steps[1].outcome {
        session.chain[0].names = vec!["other.example.org".to_owned()];
        // A day before the check.
        session.chain[0].not_after = Moment::from_unix(1_795_687_200 - 86_400);
    }
    steps.push(reply(Stage::Greeting, "220 mx.example.org ESMTP"));
    steps.extend(within_tls());
    report(vec![
        visit(25, vec![fault(ConnectFault::TimedOut)]),
        visit(465, steps),
        submission(587),
        visit(2525, vec![fault(ConnectFault::Refused)]),
    ])
}

/// Every outcome, with its name.
pub(super) fn all() -> Vec<(&'static str, ProbeReport)> {
    let cut = ProbeReport {
        cut_short: true,
        ..of(vec![connected(), broken(Stage::Greeting, Break::Deadline)])
    };
    vec![
        ("works", working()),
        ("works from the first byte", report(vec![implicit(465)])),
        ("mixed", mixed()),
        ("refused", of(vec![fault(ConnectFault::Refused)])),
        ("dropped", of(vec![fault(ConnectFault::TimedOut)])),
        ("forbidden", of(vec![fault(ConnectFault::Forbidden)])),
        ("not permitted", of(vec![fault(ConnectFault::NotPermitted)])),
        (
            "host unreachable",
            of(vec![fault(ConnectFault::HostUnreachable)]),
        ),
        (
            "network unreachable",
            of(vec![fault(ConnectFault::NetworkUnreachable)]),
        ),
        ("reset", of(vec![fault(ConnectFault::Reset)])),
        (
            "silent",
            of(vec![connected(), broken(Stage::Greeting, Break::TimedOut)]),
        ),
        (
            "closed",
            of(vec![connected(), broken(Stage::Greeting, Break::Closed)]),
        ),
        (
            "no reply",
            of(vec![connected(), broken(Stage::Greeting, Break::NoReply)]),
        ),
        ("554", greeted("554 mx.example.org no service")),
        ("421", greeted("421 mx.example.org too busy")),
        ("hostile", greeted(HOSTILE)),
        (
            "STARTTLS refused",
            starttls(reply(Stage::Starttls, "454 4.7.0 TLS not available")),
        ),
        (
            "TLS fails",
            starttls(step(
                Stage::Tls,
                Outcome::TlsFailed {
                    fault: TlsFault::Alert {
                        name: "handshake_failure".to_owned(),
                    },
                },
            )),
        ),
        ("expired", certified(vec![CertificateFault::Expired])),
        ("self-signed", certified(vec![CertificateFault::SelfSigned])),
        (
            "of another name",
            certified(vec![CertificateFault::NameMismatch]),
        ),
        ("cut short", cut),
        ("nothing", report(Vec::new())),
    ]
}
