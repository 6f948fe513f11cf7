//! Real servers of names: what is said of a signed zone, of a plain one with mistakes, and of names that fail, by the probe over
//! UDP and TCP, and message by message over HTTPS.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what is missing fails the test"
)]

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use portolan_check::Level;
use portolan_check::domain::{DomainAssessment, assess};
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_facts::Facts;
use portolan_probe::domain::{Asking, Ports, observe};
use portolan_probe::probe::Trust;
use portolan_report::domain::{Answer as Kept, DomainReport};
use portolan_resolve::{Failure, Next, Question, Told, doh, root_message, root_validated};
use portolan_servers::{Fault, Names, Zone};

const ZONES: &[Zone] = &[
    Zone {
        name: "signed.example",
        records: "@ MX 10 mx\nmx A 192.0.2.1\n@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\nwww CNAME mx",
        is_signed: true,
    },
    Zone {
        name: "plain.example",
        records: "@ MX 10 mx\nmx A 192.0.2.2\n@ TXT \"v=spf1 +all\"\n@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=none\"",
        is_signed: false,
    },
];

fn look(names: &Names, domain: &str, step: Duration) -> (DomainReport, DomainAssessment) {
    let asking = Asking {
        domain: Name::new(domain).unwrap(),
        selectors: Vec::new(),
        ip: None,
        envelope: None,
        signer: None,
        resolvers: vec![names.resolver()],
        https: false,
        smtp: false,
        step,
        deadline: Duration::from_secs(20),
        trust: Trust::default(),
        ehlo: "client.example".to_owned(),
        ports: Ports::default(),
    };
    let report = observe(&asking, &Facts::default());
    let assessment = assess(&report);
    (report, assessment)
}

fn lines(assessment: &DomainAssessment) -> String {
    let all = assessment.sections.iter().flat_map(|it| &it.lines);
    all.map(|it| it.text.clone() + "\n").collect()
}

fn rules(assessment: &DomainAssessment) -> Vec<&'static str> {
    assessment.findings.iter().map(|it| it.rule).collect()
}

#[test]
#[ignore = "needs root, Debian 12 and its packages"]
fn the_probe_tells_signed_plain_and_failing_zones_apart() {
    let names = Names::start(ZONES).unwrap();
    let step = Duration::from_secs(2);
    let (report, signed) = look(&names, "signed.example", step);
    assert_eq!(report.resolvers.first().unwrap().validates, Some(true));
    let validated = format!("validated by {}", names.resolver());
    let said = lines(&signed);
    assert!(said.contains(&validated), "{said}{}", names.logs().unwrap());
    assert!(!rules(&signed).contains(&"spf-several-records"), "{said}");

    let (_, plain) = look(&names, "plain.example", step);
    let said = lines(&plain);
    let not_signed = format!("not signed, says {}", names.resolver());
    assert!(said.contains(&not_signed), "{said}");
    assert_eq!(plain.verdict.level, Level::Problem);
    let found = rules(&plain);
    assert!(found.contains(&"dmarc-policy-none"), "{found:?}");
    assert!(found.iter().any(|it| it.starts_with("spf-")), "{found:?}");

    for (fault, wanted) in [
        (
            Fault::Fails,
            Kept::Failed {
                text: "SERVFAIL".to_owned(),
            },
        ),
        (Fault::Refuses, Kept::Refused),
        (Fault::IsSilent, Kept::TimedOut),
    ] {
        let from = Instant::now();
        let (report, failing) = look(&names, fault.zone(), Duration::from_millis(500));
        let own = report
            .lookups
            .iter()
            .filter(|it| it.name.ends_with(fault.zone()));
        let answers: Vec<&Kept> = own
            .flat_map(|it| &it.answers)
            .map(|it| &it.answer)
            .collect();
        assert!(!answers.is_empty(), "{fault:?}");
        assert!(
            answers.iter().all(|it| **it == wanted),
            "{fault:?}: {answers:?}"
        );
        // That nobody says is not that nothing is there.
        assert_ne!(failing.verdict.level, Level::Fine, "{fault:?}");
        assert!(!rules(&failing).contains(&"spf-missing"), "{fault:?}");
        assert!(from.elapsed() < asking_ends(), "{fault:?}");
    }
}

/// The deadline of a look, and what is left over for a busy machine.
const fn asking_ends() -> Duration {
    Duration::from_secs(30)
}

/// One GET over HTTP/2 in the clear would need a library; dnsdist speaks HTTP/1.1 as well.
fn get(names: &Names, message: &[u8], patience: Duration) -> std::io::Result<(String, Vec<u8>)> {
    let url = names.doh();
    let (host, path) = url
        .strip_prefix("http://")
        .and_then(|it| it.split_once('/'))
        .unwrap();
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(patience))?;
    write!(
        stream,
        "GET /{path}?dns={} HTTP/1.1\r\nHost: {host}\r\nAccept: {}\r\nConnection: close\r\n\r\n",
        doh::variable(message),
        doh::MEDIA_TYPE
    )?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let end = all.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    Ok((head, all[end + 4..].to_vec()))
}

fn ask(names: &Names, name: &str, kind: Kind) -> (String, Told) {
    let mut question = Question::new(&Lookup::new(Name::new(name).unwrap(), kind)).unwrap();
    let message = question.message(doh::ID).unwrap();
    let (head, body) = get(names, &message, Duration::from_secs(10)).unwrap();
    match question.hear(doh::ID, &body) {
        Ok(Next::Done(told)) => (head, told),
        other => panic!("{name}: {other:?}\n{head}"),
    }
}

#[test]
#[ignore = "needs root, Debian 12 and its packages"]
fn messages_over_https_are_answered_as_over_udp() {
    let names = Names::start(ZONES).unwrap();
    let (head, root) = get(
        &names,
        &root_message(doh::ID).unwrap(),
        Duration::from_secs(10),
    )
    .unwrap();
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(
        head.contains("content-type: application/dns-message"),
        "{head}"
    );
    assert!(head.contains("access-control-allow-origin: *"), "{head}");
    assert_eq!(root_validated(doh::ID, &root), Some(true));

    let (_, told) = ask(&names, "signed.example", Kind::Mx);
    let mx = Record::Mx {
        preference: 10,
        host: "mx.signed.example".to_owned(),
    };
    assert_eq!(told.result, Ok(Answer::Records(vec![mx])));
    assert!(told.authenticated);
    let (_, told) = ask(&names, "www.signed.example", Kind::A);
    let address = Record::A("192.0.2.1".parse().unwrap());
    assert_eq!(
        told.result,
        Ok(Answer::Records(vec![address])),
        "an alias is followed"
    );
    let (_, told) = ask(&names, "plain.example", Kind::Txt);
    assert!(matches!(&told.result, Ok(Answer::Records(all)) if all.len() == 2));
    assert!(!told.authenticated);
    assert_eq!(
        ask(&names, "no.signed.example", Kind::A).1.result,
        Ok(Answer::NoSuchName)
    );
    assert_eq!(
        ask(&names, "mx.signed.example", Kind::Mx).1.result,
        Ok(Answer::NoData)
    );
    for (fault, wanted) in [
        (Fault::Fails, Failure::ServFail),
        (Fault::Refuses, Failure::Refused),
    ] {
        let (head, told) = ask(&names, fault.zone(), Kind::Txt);
        assert!(
            head.starts_with("http/1.1 200"),
            "a failure of the DNS is none of HTTP: {head}"
        );
        assert_eq!(told.result, Err(wanted));
    }
    let lookup = Lookup::new(Name::new(Fault::IsSilent.zone()).unwrap(), Kind::Txt);
    let message = Question::new(&lookup).unwrap().message(doh::ID).unwrap();
    let silent = get(&names, &message, Duration::from_secs(3));
    assert!(silent.is_err(), "{silent:?}");
    // What is no message is refused by HTTP.
    let (head, _) = get(&names, b"no", Duration::from_secs(10)).unwrap();
    assert!(head.starts_with("http/1.1 4"), "{head}");
}
