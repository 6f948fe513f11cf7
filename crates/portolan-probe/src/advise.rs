//! `advise --jsonl`: a filter from answers to advice.

use std::io::{self, BufRead, Write};

use portolan_facts::Facts;
use portolan_wire::{Case, advise};
use serde_json::{Value, json};

use crate::lines::{self, Line};

/// Answers every line in order; returns how many could not be read.
///
/// # Errors
///
/// Reading or writing failed.
pub(crate) fn advise_lines(
    facts: &Facts,
    input: impl BufRead,
    out: &mut impl Write,
) -> io::Result<usize> {
    lines::answer(input, out, |line| advise_line(facts, line))
}

/// The line out, or the id as far as it could be read and what is wrong.
fn advise_line(facts: &Facts, line: &[u8]) -> Result<Value, (Value, String)> {
    let Line { id, value } = lines::read(line)?;
    serde_json::from_value::<Case>(value)
        .map_err(|error| error.to_string())
        .and_then(|case| advise(facts, case))
        .map(|advice| json!(advice))
        .map_err(|error| (id, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &[u8]) -> (usize, Vec<Value>) {
        let mut out = Vec::new();
        let unread = advise_lines(&portolan_builtin::facts(), input, &mut out).unwrap();
        let lines = out
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        (
            unread,
            lines
                .map(|line| serde_json::from_slice(line).unwrap())
                .collect(),
        )
    }

    #[test]
    fn a_case_becomes_a_route_with_reasons() {
        let (unread, lines) = run(br#"{"id":"1","use_case":"application","provider":"sendgrid","environment":"digitalocean-droplet"}"#);
        assert_eq!(unread, 0);
        let line = &lines[0];
        assert_eq!(line["id"], "1");
        assert_eq!(line["route"]["kind"], "submission");
        assert_eq!(line["route"]["host"], "smtp.sendgrid.net");
        assert_eq!(line["route"]["port"], 2525);
        assert_eq!(line["route"]["tls"], "starttls");
        assert_eq!(line["route"]["auth"], json!(["PLAIN", "LOGIN"]));
        assert_eq!(line["confidence"], "high");
        assert!(
            line["reasons"]
                .as_array()
                .unwrap()
                .iter()
                .any(|it| !it["sources"].as_array().unwrap().is_empty())
        );
        assert!(line["rejected"].as_array().unwrap().len() >= 3);
    }

    #[test]
    fn a_pasted_documentation_becomes_endpoints_with_the_words_that_said_so() {
        let (unread, lines) = run(
            br#"{"id":1,"provider_text":"Postausgang: mail.example.net, Port 465 (SSL/TLS)\nPort 25 ist gesperrt."}
{"id":2,"provider_text":"Nothing here."}"#,
        );
        assert_eq!(unread, 0, "{lines:?}");
        let route = &lines[0]["route"];
        assert_eq!(
            (&route["host"], &route["port"], &route["tls"]),
            (&json!("mail.example.net"), &json!(465), &json!("implicit"))
        );
        let read = lines[0]["read"].as_array().unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0]["verified"], false);
        let words: Vec<&str> = read[0]["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["text"].as_str().unwrap())
            .collect();
        assert_eq!(words[..2], ["mail.example.net", "465"]);
        assert_eq!(lines[1]["read"], json!([]));
        let warnings = lines[1]["warnings"].to_string();
        assert!(warnings.contains("names no host or port"), "{warnings}");
    }

    #[test]
    fn every_form_of_every_key_is_read() {
        let (unread, lines) = run(
            br#"{"id":7,"use_case":"mail-server","provider":"direct","environment":["docker-bridge","aws-ec2"],"environment_other":{"ports":{"25":"blocked"},"sockets":true},"client":"postfix","observed":[{"port":25,"host":"mx.example.com","family":4,"result":"timeout","at":"2026-11-24"}],"constraints":["no-http"],"preferences":["tls-from-first-byte"],"posture":{"spf":true,"bounce_handling":false}}
{"id":"b","observed":{"587":"timeout","25":"open"},"recognize":"me@gmail.com"}"#,
        );
        assert_eq!(unread, 0, "{lines:?}");
        assert_eq!(lines[0]["id"], 7);
        assert_eq!(lines[1]["route"]["port"], 465);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_goes_on() {
        let input = b"not json\n\n{\"id\":\"x\",\"use_case\":\"nonsense\"}\n{\"id\":\"y\",\"colour\":1}\n\xff\xfe\n{\"id\":\"z\"}".to_vec();
        let (unread, lines) = run(&input);
        assert_eq!(unread, 4);
        assert_eq!(lines.len(), 5);
        assert_eq!(lines[0]["line"], 1);
        assert_eq!(lines[0]["id"], Value::Null);
        assert_eq!(lines[1]["id"], "x");
        assert!(lines[1]["error"].as_str().unwrap().contains("nonsense"));
        assert_eq!(lines[2]["line"], 4);
        assert_eq!(lines[4]["id"], "z");
    }
}
