//! Whatever a resolver sends, a question hears an answer, a refusal or a stray message, and ends.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portolan_dns::lookup::{Kind, Lookup};
use portolan_dns::name::Name;
use portolan_resolve::{Next, Question};

fuzz_target!(|data: &[u8]| {
    let kinds = [Kind::A, Kind::Aaaa, Kind::Cname, Kind::Mx, Kind::Ptr, Kind::Tlsa, Kind::Txt];
    let Some((first, rest)) = data.split_first() else { return };
    let Some(kind) = kinds.get(usize::from(*first) % kinds.len()) else { return };
    let Ok(name) = Name::new("example.com") else { return };
    let Some(mut question) = Question::new(&Lookup::new(name, *kind)) else { return };
    // The same bytes again and again, as whoever spoofs may send them; the number and the question are made to fit.
    for _ in 0..12 {
        let Some(asked) = question.message(7) else { return };
        let mut bytes = asked.clone();
        if let Some(flags) = bytes.get_mut(2) {
            *flags |= 0x80;
        }
        if let (Some(head), Some(given)) = (bytes.get_mut(3..12), rest.get(..9)) {
            head[0] = given[0];
            head[3..].copy_from_slice(&given[3..]);
        }
        bytes.extend_from_slice(rest.get(9..).unwrap_or_default());
        match question.hear(7, &bytes) {
            Ok(Next::Done(told)) => {
                let _ = told.answer();
                return;
            }
            Ok(Next::Ask | Next::AskByTcp) => {}
            Err(_) => return,
        }
    }
});
