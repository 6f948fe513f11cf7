//! Whatever a zone answers, a survey and a check end within their limits. The bytes are the texts of the zone, a line each,
//! in the order in which they are asked for; a line's first letter may stand for a failure.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_dns::lookup::{Answer, Kind, Record};
use portolan_dns::name::Name;
use portolan_dns::survey::{MAX_ANSWERS, Origin, Selector, Survey};

fuzz_target!(|text: &[u8]| {
    let mut lines = text.split(|byte| *byte == b'\n').cycle();
    let selector = Selector { name: "s1".to_owned(), origin: Origin::Named };
    let domain = Name::new("mail.example.com").expect("a name");
    let mut survey = Survey::new(domain, vec![selector], Some([192, 0, 2, 1].into()));
    let mut asked = 0;
    while let Some(lookup) = survey.wanted().first().cloned() {
        asked += 1;
        let line = lines.next().unwrap_or_default();
        let words = String::from_utf8_lossy(line);
        let answer = match (line.first(), lookup.kind) {
            (None, _) => Answer::NoSuchName,
            (Some(b'!'), _) => Answer::TimedOut,
            (Some(b'#'), _) => Answer::ServerFailure,
            (_, Kind::A) => Answer::Records(vec![Record::A([192, 0, 2, line.len() as u8].into())]),
            (_, Kind::Mx) => Answer::Records(
                words.split(' ').map(|host| Record::Mx { preference: 1, host: host.to_owned() }).collect(),
            ),
            (_, Kind::Ptr) => {
                Answer::Records(words.split(' ').map(|name| Record::Ptr(name.to_owned())).collect())
            }
            (_, Kind::Txt) => Answer::Records(
                line.split(|byte| *byte == 0).map(|text| Record::Txt(vec![text.to_vec()])).collect(),
            ),
            (_, Kind::StsPolicy) => {
                Answer::Records(vec![Record::StsPolicy { content_type: None, body: text.to_vec() }])
            }
            _ => Answer::NoData,
        };
        survey.answer(lookup, answer);
    }
    assert!(asked <= MAX_ANSWERS);
    let _ = survey.finish(0);
});
