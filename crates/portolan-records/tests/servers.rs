//! Answers of several servers in one text are those of several servers, and what one of them says twice counts once.
#![expect(clippy::unwrap_used, reason = "a test says so when it fails")]

use portolan_dns::lookup::{Answer, Kind, Lookup, MAX_RECORDS, Record};
use portolan_dns::name::Name;
use portolan_records::{Assessed, assess, read};

/// What `dig` prints.
fn dig(server: &str, status: &str, records: &[&str]) -> String {
    let records = records.join("\n");
    let server = match server {
        "" => String::new(),
        it => format!(";; SERVER: {it}#53({it}) (UDP)\n"),
    };
    format!(
        "; <<>> DiG 9.18.49 <<>> example.com txt\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: 1\n\
         ;; flags: qr rd ra; QUERY: 1\n;; QUESTION SECTION:\n;example.com. IN TXT\n;; ANSWER SECTION:\n{records}\n\
         ;; Query time: 12 msec\n{server};; MSG SIZE  rcvd: 97\n\n"
    )
}

const OLD: &str = "example.com. 300 IN TXT \"v=spf1 mx -all\"";
const NEW: &str = "example.com. 300 IN TXT \"v=spf1 a -all\"";

fn assessed(text: &str) -> Assessed {
    assess(&read(text, None)).unwrap()
}

/// Who says what of the domain's texts.
fn texts(assessed: &Assessed) -> Vec<(Option<&str>, Vec<String>)> {
    let at = Lookup::new(Name::new("example.com").unwrap(), Kind::Txt);
    let found = assessed.answers.iter().find(|(it, _)| *it == at).unwrap();
    let text = |record: &Record| match record {
        Record::Txt(strings) => String::from_utf8(strings.concat()).unwrap(),
        other => format!("{other:?}"),
    };
    let said = found.1.iter().map(|it| {
        let texts = match &it.answer {
            Answer::Records(records) => records.iter().map(text).collect(),
            other => vec![format!("{other:?}")],
        };
        (assessed.servers.get(it.server).unwrap().as_deref(), texts)
    });
    said.collect()
}

#[test]
fn each_server_has_an_answer_of_its_own() {
    let text = dig("192.0.2.53", "NOERROR", &[OLD]) + &dig("198.51.100.53", "NOERROR", &[NEW]);
    assert_eq!(
        texts(&assessed(&text)),
        [
            (Some("192.0.2.53"), vec!["v=spf1 mx -all".to_owned()]),
            (Some("198.51.100.53"), vec!["v=spf1 a -all".to_owned()]),
        ]
    );
    let failing = dig("192.0.2.53", "SERVFAIL", &[]) + &dig("198.51.100.53", "NOERROR", &[NEW]);
    assert_eq!(
        texts(&assessed(&failing)),
        [
            (Some("192.0.2.53"), vec!["ServerFailure".to_owned()]),
            (Some("198.51.100.53"), vec!["v=spf1 a -all".to_owned()]),
        ]
    );
}

#[test]
fn a_server_that_is_asked_again_counts_once() {
    for server in ["192.0.2.53", ""] {
        let text = dig(server, "NOERROR", &[OLD]) + &dig(server, "NOERROR", &[NEW, OLD]);
        let found = assessed(&text);
        let name = Some(server).filter(|it| !it.is_empty());
        assert_eq!(
            texts(&found),
            [(name, vec!["v=spf1 mx -all".to_owned()])],
            "{server}"
        );
    }
    let short = "$ dig +short txt example.com\n\"v=spf1 mx -all\"\n$ dig +short txt example.com\n\"v=spf1 a -all\"\n";
    assert_eq!(
        texts(&assessed(short)),
        [(None, vec!["v=spf1 mx -all".to_owned()])]
    );
}

/// Lines of a zone belong together, however far apart they stand.
#[test]
fn what_was_written_down_is_one_set() {
    let text = format!("{OLD}\nexample.com. IN MX 10 mx.example.com.\n\n{NEW}\n");
    let both = ["v=spf1 mx -all", "v=spf1 a -all"].map(str::to_owned);
    assert_eq!(texts(&assessed(&text)), [(None, both.to_vec())]);
}

/// A report holds three; of what the others say nothing is lost.
#[test]
fn many_servers_share_the_last_place() {
    let mut text = String::new();
    for (at, record) in [OLD, OLD, OLD, NEW].iter().enumerate() {
        text += &dig(&format!("192.0.2.{at}"), "NOERROR", &[record]);
    }
    text += "$ dig @192.0.2.9 +short mx example.com\n10 mx.example.com.\n";
    let found = assessed(&text);
    assert_eq!(
        found.servers,
        [
            Some("192.0.2.0".to_owned()),
            Some("192.0.2.1".to_owned()),
            None
        ]
    );
    assert_eq!(texts(&found).len(), 3);
    let mx = found.answers.iter().find(|(it, _)| it.kind == Kind::Mx);
    assert_eq!(mx.unwrap().1.first().map(|it| it.server), Some(2));
}

/// One server shows an alias, another what is behind it.
#[test]
fn what_is_behind_an_alias_may_be_told_by_another() {
    let alias = "example.com. 300 IN CNAME other.example.";
    let target = "other.example. 300 IN TXT \"v=spf1 mx -all\"";
    let behind = dig("198.51.100.53", "NOERROR", &[target]);
    let text =
        dig("192.0.2.53", "NOERROR", &[alias]) + &behind.replace("example.com", "other.example");
    let read = read(&text, Some(&Name::new("example.com").unwrap()));
    assert_eq!(
        texts(&assess(&read).unwrap()),
        [(Some("192.0.2.53"), vec!["v=spf1 mx -all".to_owned()])]
    );
}

/// More than any message holds is not compared, nor kept.
#[test]
fn a_set_has_an_end() {
    let lines: Vec<String> = (0..MAX_RECORDS + 100)
        .map(|it| {
            format!("example.com. IN TXT \"v=spf1 {it}\"\nEXAMPLE.com. IN TXT \"v=spf1 \" \"{it}\"")
        })
        .collect();
    let found = assessed(&lines.join("\n"));
    let all: Vec<usize> = texts(&found).iter().map(|it| it.1.len()).collect();
    assert_eq!(all, [MAX_RECORDS]);
}
