//! Whatever bytes come for a question, reading ends: in an answer within bounds, in a failure, or in a stray.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so when it fails"
)]

use hickory_proto::op::{Message, MessageType, OpCode, Query, ResponseCode};
use hickory_proto::rr::rdata::{A, CNAME, MX, SOA, TXT};
use hickory_proto::rr::{Name, RData, Record as WireRecord, RecordType};
use portolan_dns::lookup::{Answer, Kind, Lookup, MAX_RECORDS, Record};
use portolan_resolve::{Failure, MAX_ALIASES, Next, Question, Stray, root_message, root_validated};
use proptest::prelude::*;

const ID: u16 = 0x0102;

fn name(text: &str) -> Name {
    Name::from_labels(text.split('.').map(str::as_bytes)).unwrap()
}

fn question(kind: Kind) -> Question {
    let at = portolan_dns::name::Name::new("a.example").unwrap();
    Question::new(&Lookup::new(at, kind)).unwrap()
}

fn response(at: &str, kind: RecordType) -> Message {
    let mut message = Message::new(ID, MessageType::Response, OpCode::Query);
    message.metadata.recursion_available = true;
    message.add_query(Query::query(name(at), kind));
    message
}

fn add(message: &mut Message, at: &str, data: RData) {
    message.add_answer(WireRecord::from_rdata(name(at), 60, data));
}

fn heard(question: &mut Question, message: &Message) -> Result<Next, Stray> {
    question.hear(ID, &message.to_vec().unwrap())
}

fn answer(next: Result<Next, Stray>) -> Result<Answer, Failure> {
    match next.unwrap() {
        Next::Done(told) => told.result,
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_records_on_the_way_count() {
    let mut message = response("a.example", RecordType::A);
    add(&mut message, "b.example", RData::A(A::new(192, 0, 2, 9)));
    add(
        &mut message,
        "A.EXAMPLE",
        RData::CNAME(CNAME(name("c.example"))),
    );
    add(&mut message, "c.example", RData::A(A::new(192, 0, 2, 1)));
    add(
        &mut message,
        "c.example",
        RData::TXT(TXT::new(vec!["x".into()])),
    );
    let found = answer(heard(&mut question(Kind::A), &message));
    assert_eq!(
        found,
        Ok(Answer::Records(vec![Record::A([192, 0, 2, 1].into())]))
    );
}

#[test]
fn an_alias_is_asked_for_or_followed() {
    let mut message = response("a.example", RecordType::CNAME);
    add(
        &mut message,
        "a.example",
        RData::CNAME(CNAME(name("c.example"))),
    );
    let found = answer(heard(&mut question(Kind::Cname), &message));
    assert_eq!(
        found,
        Ok(Answer::Records(vec![Record::Cname("c.example".into())]))
    );

    // Of the alias' target nothing is said: it is asked for by itself.
    let mut message = response("a.example", RecordType::A);
    add(
        &mut message,
        "a.example",
        RData::CNAME(CNAME(name("c.example"))),
    );
    let mut question = question(Kind::A);
    assert_eq!(heard(&mut question, &message), Ok(Next::Ask));
    assert_eq!(heard(&mut question, &message), Err(Stray::Question));
    let mut message = response("c.example", RecordType::A);
    message.metadata.authentic_data = true;
    let Ok(Next::Done(told)) = heard(&mut question, &message) else {
        panic!("no answer");
    };
    assert_eq!(told.result, Ok(Answer::NoData));
    // The first part was not validated.
    assert!(!told.authenticated);
}

#[test]
fn a_target_without_records_is_no_failure() {
    let mut message = response("a.example", RecordType::A);
    add(
        &mut message,
        "a.example",
        RData::CNAME(CNAME(name("c.example"))),
    );
    message.metadata.response_code = ResponseCode::NXDomain;
    assert_eq!(
        answer(heard(&mut question(Kind::A), &message)),
        Ok(Answer::NoSuchName)
    );
    message.metadata.response_code = ResponseCode::NoError;
    let soa = SOA::new(name("example"), name("example"), 1, 1, 1, 1, 1);
    message.add_authority(WireRecord::from_rdata(name("example"), 60, RData::SOA(soa)));
    assert_eq!(
        answer(heard(&mut question(Kind::A), &message)),
        Ok(Answer::NoData)
    );
}

#[test]
fn aliases_are_bounded_within_a_message_and_beyond() {
    let mut message = response("a.example", RecordType::A);
    let mut at = "a.example".to_owned();
    for number in 0..=MAX_ALIASES {
        let next = format!("{number}.example");
        add(&mut message, &at, RData::CNAME(CNAME(name(&next))));
        at = next;
    }
    assert_eq!(
        answer(heard(&mut question(Kind::A), &message)),
        Err(Failure::Aliases)
    );

    let mut question = question(Kind::A);
    let mut at = "a.example".to_owned();
    for number in 0..=MAX_ALIASES {
        let next = format!("{number}.example");
        let mut message = response(&at, RecordType::A);
        add(&mut message, &at, RData::CNAME(CNAME(name(&next))));
        let found = heard(&mut question, &message);
        if number == MAX_ALIASES {
            assert_eq!(answer(found), Err(Failure::Aliases));
            return;
        }
        assert_eq!(found, Ok(Next::Ask), "{number}");
        at = next;
    }
}

#[test]
fn what_is_no_answer_is_passed_over() {
    let mut message = response("a.example", RecordType::A);
    let bytes = message.to_vec().unwrap();
    assert_eq!(question(Kind::A).hear(ID + 1, &bytes), Err(Stray::Id));
    assert_eq!(
        heard(&mut question(Kind::Aaaa), &message),
        Err(Stray::Question)
    );
    message.metadata.message_type = MessageType::Query;
    assert_eq!(heard(&mut question(Kind::A), &message), Err(Stray::Id));
    for length in 0..bytes.len() {
        let cut = bytes.get(..length).unwrap();
        match question(Kind::A).hear(ID, cut) {
            Err(_) => assert!(length < 3, "{length}"),
            Ok(Next::Done(told)) => assert_eq!(told.result, Err(Failure::Garbage)),
            other => panic!("{other:?}"),
        }
    }
}

/// Servers that cut where the message is full cut within a record.
#[test]
fn a_message_that_was_cut_within_a_record_is_asked_for_by_tcp() {
    let mut message = response("a.example", RecordType::A);
    let question_ends = message.to_vec().unwrap().len();
    add(&mut message, "a.example", RData::A(A::new(192, 0, 2, 1)));
    message.metadata.truncation = true;
    let bytes = message.to_vec().unwrap();
    for length in question_ends..=bytes.len() {
        let cut = bytes.get(..length).unwrap();
        let next = question(Kind::A).hear(ID, cut);
        assert_eq!(next, Ok(Next::AskByTcp), "{length}");
        // The question has to be ours all the same.
        let next = question(Kind::Aaaa).hear(ID, cut);
        assert_eq!(next, Err(Stray::Question), "{length}");
    }
    let cut = bytes.get(..question_ends - 1).unwrap();
    assert_eq!(
        answer(question(Kind::A).hear(ID, cut)),
        Err(Failure::Garbage)
    );
}

/// A host goes out as it came in; a dot within a label is none that ends it, and no byte is lost.
#[test]
fn names_stand_as_they_are() {
    for (wire, text) in [
        (
            &[&b"foo:bar/baz"[..], b"Example"][..],
            "foo:bar/baz.Example",
        ),
        (&[b"a.b", b"c\\d"], "a\\.b.c\\\\d"),
        (&[b"\xff\x00"], "\\255\u{0}"),
        (&[], "."),
    ] {
        let mut message = response("a.example", RecordType::MX);
        let host = Name::from_labels(wire.iter().copied()).unwrap();
        add(&mut message, "a.example", RData::MX(MX::new(10, host)));
        let host = text.to_owned();
        let wanted = Answer::Records(vec![Record::Mx {
            preference: 10,
            host,
        }]);
        assert_eq!(answer(heard(&mut question(Kind::Mx), &message)), Ok(wanted));
    }
}

#[test]
fn the_root_says_whether_a_resolver_validates() {
    let mut bytes = root_message(ID).unwrap();
    assert_eq!(root_validated(ID, &bytes), None, "a question");
    bytes[2] |= 0x80;
    assert_eq!(root_validated(ID, &bytes), Some(false));
    bytes[3] |= 0x20;
    assert_eq!(root_validated(ID, &bytes), Some(true));
    assert_eq!(root_validated(ID + 1, &bytes), None);
}

const KINDS: [Kind; 7] = [
    Kind::A,
    Kind::Aaaa,
    Kind::Cname,
    Kind::Mx,
    Kind::Ptr,
    Kind::Tlsa,
    Kind::Txt,
];

fn bounded(next: Result<Next, Stray>) {
    if let Ok(Next::Done(told)) = next
        && let Ok(Answer::Records(records)) = told.result
    {
        assert!(!records.is_empty() && records.len() <= MAX_RECORDS);
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read_to_their_end(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..7usize) {
        let mut question = question(KINDS[kind]);
        bounded(question.hear(ID, &bytes));
        // The same, behind a head that is ours, so that more of it is read.
        if bytes.len() > 12 {
            bytes[..2].copy_from_slice(&ID.to_be_bytes());
            bytes[2] |= 0x80;
            bytes[2] &= 0x87;
            bytes[3] &= 0xf0;
            bounded(question.hear(ID, &bytes));
        }
        let _ = root_validated(ID, &bytes);
    }

    #[test]
    fn a_good_message_with_bad_places_is_read_to_its_end(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        kind in 0..7usize,
    ) {
        let wire = [RecordType::A, RecordType::AAAA, RecordType::CNAME, RecordType::MX, RecordType::PTR, RecordType::TLSA, RecordType::TXT];
        let mut message = response("a.example", wire[kind]);
        add(&mut message, "a.example", RData::CNAME(CNAME(name("c.example"))));
        add(&mut message, "c.example", RData::MX(MX::new(1, name("mx.example"))));
        add(&mut message, "c.example", RData::TXT(TXT::new(vec!["some text".into()])));
        add(&mut message, "c.example", RData::A(A::new(192, 0, 2, 1)));
        let mut bytes = message.to_vec().unwrap();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bounded(question(KINDS[kind]).hear(ID, &bytes));
        bytes.truncate(cut.index(bytes.len()));
        bounded(question(KINDS[kind]).hear(ID, &bytes));
    }

    /// Names with any bytes that a question can hold go out and come back as they are.
    #[test]
    fn odd_names_go_out_as_they_are(labels in proptest::collection::vec("[^.]{1,15}", 1..5)) {
        let Ok(at) = portolan_dns::name::Name::new(&labels.join(".")) else { return Ok(()); };
        let mut question = Question::new(&Lookup::new(at, Kind::Txt)).unwrap();
        let mut bytes = question.message(ID).unwrap();
        bytes[2] |= 0x80;
        bytes[3] |= 0x83;
        prop_assert_eq!(answer(question.hear(ID, &bytes)), Ok(Answer::NoSuchName));
    }
}
