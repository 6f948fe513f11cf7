//! Whatever bytes come, readers end and tell places inside them; whatever a zone answers, checks and surveys end within their
//! limits; answers count the same in any order.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use std::collections::BTreeSet;

use portolan_dns::finding::Issue;
use portolan_dns::lookup::{Answer, Kind, Lookup, Record};
use portolan_dns::name::Name;
use portolan_dns::spf::{Check, MAX_LOOKUPS, MAX_NAMES, MAX_VOID, Query, Step};
use portolan_dns::survey::{MAX_ANSWERS, Origin, Selector, Survey, readiness};
use portolan_dns::tags::Tags;
use portolan_dns::tlsa::Tlsa;
use portolan_dns::{bimi, dkim, dmarc, mta_sts, spf, tls_rpt};
use proptest::prelude::*;

fn any_text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..300),
        "(v=spf1|v=DMARC1|v=DKIM1|v=STSv1|v=TLSRPTv1|v=BIMI1)[ ;](.|[ ;:=/%{}0-9a-z.-]){0,200}"
            .prop_map(String::into_bytes),
    ]
}

/// Terms that lie close to the grammar, on both sides of it.
fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-+~?]?(all|mx|a|ptr|include|exists|ip4|ip6)([:=/]([%{}a-z0-9.:/-]{0,20}))?",
        "[-+~?]?(a|mx)(:[a-z]{1,5}\\.[a-z]{2,3})?(/[0-9]{1,2})?(//[0-9]{1,3})?",
        "(include|exists|redirect|exp)[:=]%\\{[slodipvh][1-9]?r?[-.+,/_=]{0,2}\\}(\\.[a-z]{2,3})?",
        "(a|mx|ip4:192\\.0\\.2\\.1|ip6:2001:db8::1)/{1,3}",
        "ip4:[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}(/[0-9]{1,2})?",
        "ip6:2001:db8::[0-9a-f]{0,4}(/[0-9]{1,3})?",
        "[a-z][a-z0-9._-]{0,5}=(%%|%_|%-|[a-z/]){0,6}",
    ]
}

fn lie_within(issues: &[Issue], length: usize) {
    for span in issues.iter().filter_map(|it| it.span) {
        assert!(
            span.start <= span.end && span.end <= length as u64,
            "{span:?} of {length}"
        );
    }
}

/// Answers of a zone that wishes checks ill, made from a number and the question alone.
fn hostile(seed: u64, lookup: &Lookup) -> Answer {
    let mut sum = seed ^ 0xcbf2_9ce4_8422_2325;
    for byte in lookup.to_string().bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let pick = |from: u64| (sum >> 17) % from;
    let text = |text: String| Record::Txt(vec![text.into_bytes()]);
    match (lookup.kind, pick(8)) {
        (_, 0) => Answer::NoSuchName,
        (_, 1) => Answer::TimedOut,
        (Kind::Txt, 2) => Answer::Records(vec![text(format!(
            "v=spf1 {}",
            "a mx ptr moo ra=x ".repeat(1000)
        ))]),
        (Kind::Txt, 3) => Answer::Records(
            (0..1000)
                .map(|at| text(format!("v=DMARC{at}; rua=mailto:x@y{at}.example")))
                .collect(),
        ),
        (Kind::Txt, 4) => {
            let uris: Vec<String> = (0..300)
                .map(|at| format!("mailto:x@r{at}.example"))
                .collect();
            Answer::Records(vec![text(format!(
                "v=DMARC1; p=none; psd=u; rua={}",
                uris.join(",")
            ))])
        }
        (Kind::Txt, _) => {
            let includes: Vec<String> = (0..pick(30))
                .map(|at| format!("include:i{at}.%{{d}} mx:m{at}.{}", lookup.name))
                .collect();
            Answer::Records(vec![text(format!(
                "v=spf1 {} redirect=%{{d}} exp=%{{p}}.example.com",
                includes.join(" ")
            ))])
        }
        (Kind::Mx, _) => Answer::Records(
            (0..pick(2) * 1000 + pick(12))
                .map(|at| Record::Mx {
                    preference: 1,
                    host: format!("h{at}.{}", lookup.name),
                })
                .collect(),
        ),
        (Kind::Ptr, _) => Answer::Records(
            (0..1000)
                .map(|at| Record::Ptr(format!("p{at}.example")))
                .collect(),
        ),
        (Kind::Tlsa, _) => Answer::Records(
            (0..=255)
                .map(|at| {
                    Record::Tlsa(Tlsa {
                        usage: at,
                        selector: at,
                        matching: at,
                        data: vec![at],
                    })
                })
                .collect(),
        ),
        (Kind::A, _) => Answer::Records(
            (0..=255)
                .map(|at| Record::A([10, 0, 0, at].into()))
                .collect(),
        ),
        _ => Answer::NoData,
    }
}

/// Runs a check to its end and counts what it asked.
fn checked(seed: u64, sender: &str) -> (Box<spf::Outcome>, usize) {
    let mut check = Check::new(Query {
        ip: [192, 0, 2, 1].into(),
        helo: "mail.example.com".to_owned(),
        mail_from: sender.to_owned(),
        receiver: String::new(),
        now: 0,
    });
    let mut asked = 0;
    loop {
        match check.step().clone() {
            Step::Done(outcome) => return (outcome, asked),
            Step::Ask(open) => {
                for lookup in open {
                    asked += 1;
                    let answer = hostile(seed, &lookup);
                    check.answer(lookup, answer);
                }
            }
        }
    }
}

fn survey() -> Survey {
    let selectors = (0..40)
        .map(|at| Selector {
            name: format!("s{at}"),
            origin: if at % 2 == 0 {
                Origin::Named
            } else {
                Origin::Tried
            },
        })
        .collect();
    Survey::new(
        Name::new("a.b.example.com").unwrap(),
        selectors,
        Some([192, 0, 2, 1].into()),
    )
}

proptest! {
    #[test]
    fn readers_end_on_any_bytes(text in any_text()) {
        for fault in spf::read(&text).faults {
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len() as u64);
        }
        for tag in Tags::read(&text).tags {
            prop_assert!(tag.span.start < tag.span.end && tag.span.end <= text.len() as u64);
        }
        lie_within(&dkim::read(&text).issues, text.len());
        lie_within(&dmarc::read(&text).issues, text.len());
        lie_within(&mta_sts::read(&text), text.len());
        lie_within(&tls_rpt::read(&text), text.len());
        lie_within(&bimi::read(&text), text.len());
        lie_within(&mta_sts::read_policy(None, &text).issues, text.len());
    }

    #[test]
    fn what_is_printed_reads_as_it_was(terms in proptest::collection::vec(term(), 0..8)) {
        let reading = spf::read(format!("v=spf1 {}", terms.join(" ")).as_bytes());
        let again = spf::read(reading.record.to_string().as_bytes());
        prop_assert!(again.faults.is_empty());
        let bare = |record: &spf::SpfRecord| -> Vec<spf::Term> {
            record.terms.iter().map(|(_, term)| term.clone()).collect()
        };
        prop_assert_eq!(bare(&again.record), bare(&reading.record));
    }

    #[test]
    fn a_term_is_read_or_told(terms in proptest::collection::vec(term(), 0..8)) {
        let text = format!("v=spf1 {}", terms.join(" "));
        let reading = spf::read(text.as_bytes());
        prop_assert_eq!(reading.record.terms.len() + reading.faults.len(), terms.len());
        for fault in &reading.faults {
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len() as u64, "{fault:?}");
        }
        for (span, term) in &reading.record.terms {
            let (start, end) = (usize::try_from(span.start).unwrap(), usize::try_from(span.end).unwrap());
            prop_assert!(terms.iter().any(|it| Some(it.as_str()) == text.get(start..end)), "{term}");
        }
    }

    #[test]
    fn associations_read_as_they_were_printed(usage: u8, selector: u8, matching: u8, data in proptest::collection::vec(any::<u8>(), 1..80)) {
        let record = Tlsa { usage, selector, matching, data };
        prop_assert_eq!(Tlsa::read(&record.to_string()), Ok(record));
    }

    #[test]
    fn checks_end_within_their_limits(seed: u64, sender in "([a-z%{}@.-]{0,30}@)?[a-z.-]{1,30}") {
        let (outcome, asked) = checked(seed, &sender);
        prop_assert!(outcome.lookups <= MAX_LOOKUPS + 1);
        prop_assert!(outcome.voids <= MAX_VOID + 1 || outcome.result == spf::SpfResult::PermError);
        // Each counted term asks for one name and ten hosts; the records, the client's names and the explanation come besides.
        let most = (MAX_LOOKUPS as usize + 1) * (MAX_NAMES + 2) + MAX_NAMES + 3;
        prop_assert!(asked <= most, "{asked}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn surveys_end_and_order_does_not_count(seed: u64) {
        let (mut forwards, mut backwards) = (survey(), survey());
        let mut asked = BTreeSet::new();
        while let Some(lookup) = forwards.wanted().first().cloned() {
            prop_assert!(asked.insert(lookup.clone()), "{} is asked twice", lookup);
            forwards.answer(lookup.clone(), hostile(seed, &lookup));
        }
        while let Some(lookup) = backwards.wanted().last().cloned() {
            // One that nobody asked for changes nothing.
            backwards.answer(Lookup::new(Name::new("stray.example").unwrap(), Kind::A), Answer::NoData);
            backwards.answer(lookup.clone(), hostile(seed, &lookup));
        }
        prop_assert!(asked.len() <= MAX_ANSWERS);
        let posture = forwards.finish(1);
        prop_assert_eq!(&posture, &backwards.finish(1));
        prop_assert!(posture.findings.len() <= 400);
        prop_assert!(!readiness(&posture).is_empty());
        for finding in &posture.findings {
            prop_assert!(!finding.what.is_empty());
            if let Some(publish) = &finding.publish {
                prop_assert!(publish.value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' '));
            }
        }
    }
}
