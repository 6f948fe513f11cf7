//! A domain looked up over DNS over HTTPS: what is asked and in which order, and every way in which a resolver fails.

use hickory_proto::op::{Message, MessageType, OpCode, ResponseCode};
use hickory_proto::rr::rdata::{A, MX, TXT};
use hickory_proto::rr::{Name, RData, RecordType};
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::spf::{Zone, answer_from_zone};
use portolan_report::domain::{Answer as Kept, DomainReport};
use portolan_wasm::check::lookup::{AT_ONCE, DEADLINE_MS, LookUp, Lost, STEP_MS, Sending};
use portolan_wire::{read_domain_report, write_domain_report};

pub(crate) const NOW: i64 = 1_795_737_600;
pub(crate) const URL: &str = "https://dns.example.net/dns-query";

pub(crate) fn zone() -> Zone {
    let mut zone = Zone::default();
    let text = |text: &str| Record::Txt(vec![text.as_bytes().to_vec()]);
    let mx = Record::Mx {
        preference: 10,
        host: "mx.example.com".to_owned(),
    };
    zone.add("example.com", mx);
    zone.add(
        "example.com",
        text("v=spf1 include:_spf.example.net a:broken.example +all"),
    );
    zone.add(
        "_spf.example.net",
        text("v=spf1 include:deep.example.net ?all"),
    );
    zone.add("deep.example.net", text("v=spf1 ip4:192.0.2.0/24 ?all"));
    zone.add("_dmarc.example.com", text("v=DMARC1; p=none"));
    zone.add("_mta-sts.example.com", text("v=STSv1; id=1"));
    zone.add("mx.example.com", Record::A("192.0.2.1".parse().unwrap()));
    zone
}

/// What a resolver answers to a message: this zone, validated where `is_signed`.
pub(crate) fn resolve(zone: &Zone, message: &[u8], is_signed: bool) -> Vec<u8> {
    let asked = Message::from_vec(message).unwrap();
    assert!(asked.metadata.recursion_desired && asked.metadata.id == 0);
    let [query] = asked.queries.as_slice() else {
        panic!("one question a message");
    };
    let mut answer = Message::new(0, MessageType::Response, OpCode::Query);
    answer.metadata.recursion_available = true;
    answer.metadata.authentic_data = is_signed;
    answer.add_query(query.clone());
    let kind = match query.query_type {
        RecordType::A => Kind::A,
        RecordType::AAAA => Kind::Aaaa,
        RecordType::CNAME => Kind::Cname,
        RecordType::MX => Kind::Mx,
        RecordType::PTR => Kind::Ptr,
        RecordType::TLSA => Kind::Tlsa,
        RecordType::TXT => Kind::Txt,
        RecordType::NS => return answer.to_vec().unwrap(),
        other => panic!("{other} is not asked for"),
    };
    let name = query.name.to_string();
    let lookup = Lookup::new(portolan_dns::name::Name::new(&name).unwrap(), kind);
    match answer_from_zone(zone, &lookup) {
        Answer::Records(records) => {
            for record in records {
                let data = match record {
                    Record::A(it) => RData::A(A(it)),
                    Record::Mx { preference, host } => {
                        RData::MX(MX::new(preference, Name::from_ascii(host).unwrap()))
                    }
                    Record::Txt(strings) => {
                        RData::TXT(TXT::from_bytes(strings.iter().map(Vec::as_slice).collect()))
                    }
                    other => panic!("{other:?}"),
                };
                answer.add_answer(hickory_proto::rr::Record::from_rdata(
                    query.name.clone(),
                    60,
                    data,
                ));
            }
        }
        Answer::NoSuchName => answer.metadata.response_code = ResponseCode::NXDomain,
        _ => answer.metadata.response_code = ResponseCode::ServFail,
    }
    answer.to_vec().unwrap()
}

fn look() -> LookUp {
    let name = portolan_dns::name::Name::new("example.com").unwrap();
    LookUp::new(&name, None, (URL, false), NOW)
}

/// Carries a look-up to its end, a tenth of a second for each round.
fn carried(
    mut look: LookUp,
    answer: impl Fn(&Sending) -> Result<Vec<u8>, Lost>,
) -> (DomainReport, u64) {
    let (mut going, mut now) = (Vec::new(), 0);
    loop {
        going.extend(look.send(now));
        assert!(going.len() <= AT_ONCE);
        let (answered, all) = look.progress();
        assert!(answered <= all);
        if look.is_over() {
            return (look.into_report(), now);
        }
        now += 100;
        // The last one first: no order is promised.
        let one: Sending = going.pop().unwrap();
        let came = answer(&one);
        if came == Err(Lost::TimedOut) {
            now += one.within_ms;
        }
        look.hear(one.number, came.as_deref().map_err(Clone::clone), now);
    }
}

fn said<'a>(report: &'a DomainReport, name: &str) -> Vec<&'a Kept> {
    let of_it = report.lookups.iter().filter(|it| it.name == name);
    of_it
        .flat_map(|it| &it.answers)
        .map(|it| &it.answer)
        .collect()
}

#[test]
fn a_domain_is_looked_up_until_nothing_is_missing() {
    let zone = zone();
    let (report, _) = carried(look(), |it| Ok(resolve(&zone, &it.message, true)));
    assert!(!report.cut_short);
    let resolver = report.resolvers.first().unwrap();
    assert_eq!(
        (resolver.address.as_str(), resolver.validates),
        (URL, Some(true))
    );
    // Includes are followed, and what MX names is asked for.
    for name in ["deep.example.net", "mx.example.com", "_dmarc.example.com"] {
        let has_records = |it: &&Kept| matches!(it, Kept::Records { .. });
        assert!(said(&report, name).iter().any(has_records), "{name}");
    }
    assert!(said(&report, "broken.example").contains(&&Kept::NoSuchName));
    let names: Vec<_> = report
        .lookups
        .iter()
        .map(|it| (&it.name, it.kind))
        .collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(
        once.len(),
        names.len(),
        "a question is asked once: {names:?}"
    );
    // Whatever order answers come in, the report has that of the questions.
    let (mut other, _) = carried(look(), |it| Ok(resolve(&zone, &it.message, true)));
    other.took_ms = report.took_ms;
    assert_eq!(
        names.first(),
        other.lookups.first().map(|it| (&it.name, it.kind)).as_ref()
    );
    // Others read it.
    assert_eq!(
        read_domain_report(write_domain_report(&report).as_bytes()).unwrap(),
        report
    );
    let assessment = portolan_check::domain::assess(&report);
    assert!(
        assessment
            .findings
            .iter()
            .any(|it| it.rule == "spf-all-passes")
    );
    let lines: Vec<&str> = assessment
        .sections
        .iter()
        .flat_map(|it| &it.lines)
        .map(|it| it.text.as_str())
        .collect();
    let validated = format!("validated by {URL}");
    assert!(lines.iter().any(|it| it.contains(&validated)), "{lines:#?}");
    // It is not validated where the resolver does not say so.
    let (report, _) = carried(look(), |it| Ok(resolve(&zone, &it.message, false)));
    let assessment = portolan_check::domain::assess(&report);
    let all = format!("{:?}", assessment.sections);
    assert!(
        !all.contains(&validated) && all.contains("does not validate"),
        "{all}"
    );
}

#[test]
fn every_failure_is_kept_apart_and_none_is_an_answer() {
    let zone = zone();
    let html = "<html>".repeat(20);
    let garbage = |from: &[u8]| {
        let mut all = from.get(..12).unwrap().to_vec();
        *all.get_mut(2).unwrap() |= 0x80;
        all.extend([0xff; 40]);
        all
    };
    let coded = |from: &[u8], code: u8| {
        let mut all = from.to_vec();
        *all.get_mut(2).unwrap() |= 0x80;
        *all.get_mut(3).unwrap() |= code;
        all
    };
    let lost = [
        (Lost::Network, "CORS"),
        (Lost::Status(503), "HTTP status 503"),
        (Lost::MediaType("text/html".to_owned()), "of type text/html"),
        (Lost::MediaType(String::new()), "without a media type"),
        (Lost::MediaType(html), "<html><html>"),
        (Lost::TooLong, "more bytes"),
    ];
    // At one name, everything else is answered.
    let at = |which: &'static str, bad: &dyn Fn(&Sending) -> Result<Vec<u8>, Lost>| {
        let (report, now) = carried(look(), |it| {
            let asked = Message::from_vec(&it.message).unwrap();
            let name = asked.queries.first().unwrap().name.to_string();
            if name == which {
                bad(it)
            } else {
                Ok(resolve(&zone, &it.message, false))
            }
        });
        assert!(now < DEADLINE_MS, "{now}");
        let all = said(&report, which.trim_end_matches('.'));
        assert_eq!(all.len(), 1, "{report:?}");
        (*all.first().unwrap()).clone()
    };
    for (why, words) in lost {
        match at("_dmarc.example.com.", &|_| Err(why.clone())) {
            Kept::Failed { text } => assert!(text.contains(words) && text.len() < 200, "{text}"),
            other => panic!("{why:?}: {other:?}"),
        }
    }
    let at = |bad: &dyn Fn(&Sending) -> Result<Vec<u8>, Lost>| at("_dmarc.example.com.", bad);
    assert_eq!(at(&|_| Err(Lost::TimedOut)), Kept::TimedOut);
    assert_eq!(at(&|it| Ok(coded(&it.message, 5))), Kept::Refused);
    assert_eq!(at(&|it| Ok(coded(&it.message, 3))), Kept::NoSuchName);
    let failed = |it| match it {
        Kept::Failed { text } => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(failed(at(&|it| Ok(coded(&it.message, 2)))), "SERVFAIL");
    assert_eq!(
        failed(at(&|it| Ok(garbage(&it.message)))),
        "the answer cannot be read"
    );
    for stray in [Vec::new(), vec![0; 3], b"<!doctype html>".to_vec()] {
        let text = failed(at(&|_| Ok(stray.clone())));
        assert!(text.contains("another question"), "{text}");
    }
}

#[test]
fn a_resolver_that_is_not_there_is_not_asked_again_and_again() {
    for why in [Lost::Network, Lost::Status(404), Lost::TimedOut] {
        let asked = std::cell::Cell::new(0);
        let (report, _) = carried(look(), |_| {
            asked.set(asked.get() + 1);
            Err(why.clone())
        });
        assert!(asked.get() <= AT_ONCE + 1, "{}", asked.get());
        assert!(
            report
                .lookups
                .iter()
                .flat_map(|it| &it.answers)
                .all(|it| matches!(it.answer, Kept::Failed { .. } | Kept::TimedOut))
        );
        assert_ne!(
            portolan_check::domain::assess(&report).verdict.level,
            portolan_check::Level::Fine
        );
    }
}

#[test]
fn it_ends_by_its_deadline_and_when_it_is_stopped() {
    let zone = zone();
    let mut look = look();
    let first = look.send(0);
    assert!(first.len() > 3 && first.iter().all(|it| it.within_ms == STEP_MS));
    let late = look.send(DEADLINE_MS - 1);
    assert!(late.iter().all(|it| it.within_ms == 1));
    assert!(look.send(DEADLINE_MS).is_empty());
    assert!(look.is_over());
    // What comes now is passed over.
    let one = first.first().unwrap();
    look.hear(
        one.number,
        Ok(&resolve(&zone, &one.message, true)),
        DEADLINE_MS,
    );
    let report = look.into_report();
    assert!(report.cut_short && report.lookups.is_empty());
}
