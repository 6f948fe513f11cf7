//! Whatever the other side does, a check ends in time and in bounded memory, and says what it was.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use portolan_check::{Level, assess};
use portolan_probe::probe::{Asking, Errands, Secret, SignIn, Trust, Until, Who, check};
use portolan_report::probe::{AskedHost, AskedPort, Families, Opening, Target, TargetKind, limits};

const STEP: Duration = Duration::from_secs(1);
const DEADLINE: Duration = Duration::from_secs(4);

/// What is asked of a port of loopback.
fn asking(port: u16, opening: Opening) -> Asking {
    Asking {
        target: Target {
            kind: TargetKind::Address,
            name: "127.0.0.1".into(),
        },
        who: Who::Hosts(vec![AskedHost {
            name: "127.0.0.1".into(),
            preference: None,
            ports: vec![AskedPort {
                port,
                opening,
                is_named: true,
            }],
        }]),
        families: Families::Both,
        ehlo: "probe.example.org".into(),
        server_name: None,
        trust: Trust::Platform,
        resolver: None,
        step: STEP,
        deadline: DEADLINE,
        pem: false,
        errands: Errands::default(),
        until: Until::End,
    }
}

/// The most memory that the process ever had, in kB, as Linux counts it.
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[test]
fn who_had_no_time_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut asking = asking(port, Opening::Text);
    // Nobody greets: the deadline comes long before the step's end.
    asking.step = Duration::from_mins(1);
    asking.deadline = Duration::from_millis(300);
    let report = check(asking).unwrap();
    assert!(report.cut_short);
    let assessment = assess(&report);
    assert_eq!(
        assessment.verdict.level,
        Level::Undecided,
        "{:?}",
        assessment.findings
    );
}

fn opening(one: &portolan_rogue::hostile::Misbehaviour) -> Opening {
    match one.after {
        portolan_rogue::hostile::After::ImplicitConnect => Opening::Tls,
        _ => Opening::Text,
    }
}

/// Every misbehaviour of the list that the project keeps: in time, in memory, and with a cause that the list allows.
#[test]
fn the_hostile_server_is_seen_through() {
    let all = portolan_rogue::hostile::misbehaviours().unwrap();
    assert!(all.len() >= 40);
    let wrong = std::sync::Mutex::new(Vec::new());
    for chunk in all.chunks(8) {
        thread::scope(|scope| {
            for one in chunk {
                scope.spawn(|| {
                    let server = portolan_rogue::hostile::Hostile::start(one).unwrap();
                    let name = format!("portolan-hostile-{}-{}.pem", std::process::id(), one.id);
                    let path = std::env::temp_dir().join(name);
                    std::fs::write(&path, server.root_pem()).unwrap();
                    let mut asking = asking(server.address().port(), opening(one));
                    asking.trust = Trust::File(path.clone());
                    asking.errands.sign_in = Some(SignIn {
                        user: "user@example.org".into(),
                        secret: Secret::new("correct horse battery staple"),
                        mechanism: None,
                    });
                    let from = Instant::now();
                    let report = check(asking).unwrap();
                    let took = from.elapsed();
                    let _ = std::fs::remove_file(&path);
                    let text = portolan_wire::write_report(&report);
                    assert!(
                        took < DEADLINE + Duration::from_millis(900),
                        "{}: {took:?}",
                        one.id
                    );
                    assert_eq!(
                        portolan_wire::read_report(text.as_bytes()).as_ref(),
                        Ok(&report),
                        "{}",
                        one.id
                    );
                    assert!(!text.contains("correct horse"), "{}", one.id);
                    let is_clean = !text.contains('\u{1b}') && !text.contains("\\u00");
                    assert!(is_clean, "{}: {text}", one.id);
                    assert!(text.len() < limits::REPORT_BYTES / 8, "{}", one.id);
                    let assessment = assess(&report);
                    let named = assessment.cause().map_or("none", |it| it.id);
                    let is_right = one.causes.iter().any(|it| it == named)
                        || (one.causes.is_empty()
                            && matches!(named, "none" | "ok.accepted" | "ok.connected"));
                    if !is_right {
                        let rules: Vec<&str> =
                            assessment.findings.iter().map(|it| it.rule).collect();
                        let told =
                            format!("{}: {named} by {rules:?}, not {:?}", one.id, one.causes);
                        wrong.lock().unwrap().push(told);
                    }
                });
            }
        });
    }
    // Of floods of gigabytes little is kept.
    if let Some(peak) = peak_kb() {
        assert!(peak < 200 * 1_024, "{peak} kB");
    }
    let wrong = wrong.into_inner().unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        all.len(),
        wrong.join("\n")
    );
}
