//! `spf`: the check of a sender (RFC 7208), one by flags, or many as lines of JSON. A line may bring the records to look in; else
//! a resolver is asked.

mod zone;

use std::io::{self, BufRead, IsTerminal, Write};
use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use portolan_check::domain::{Mark, check_lines};
use portolan_dns::lookup::{Answer, Lookup};
use portolan_dns::spf::{Check, Explanation, Outcome, Query, SpfResult, Step, answer_from_zone};
use portolan_probe::dns::{self, Timing};
use portolan_probe::domain::{SpfSaid, spf_said};
use portolan_probe::manual::{Verb, help, hint};
use portolan_probe::render::Style;
use serde_json::{Value, json};
use zone::zone;

use crate::lines::{self, Line};

/// Whom to ask, and for how long.
struct Asker {
    /// Or why nobody is known.
    resolvers: Result<Vec<SocketAddr>, String>,
    step: Duration,
    /// For one check: RFC 7208, section 4.6.4 wants 20 seconds at least.
    time: Duration,
}

/// Runs it; the arguments are those behind `spf`.
pub(crate) fn run(verb: &Verb, arguments: lexopt::Parser) -> ExitCode {
    let refused = |why: &str| {
        eprintln!("portolan-probe: {why}\n\n{}", hint(verb));
        ExitCode::from(2)
    };
    let said = match spf_said(arguments) {
        Ok(said) => said,
        Err(error) => return refused(&error),
    };
    let asker = Asker {
        resolvers: match said.resolvers.as_slice() {
            [] => dns::system(),
            named => Ok(named.to_vec()),
        },
        step: said.step,
        time: said.time,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = if said.help {
        out.write_all(help(verb).as_bytes()).map(|()| 0)
    } else if said.lines {
        let unread = spf_lines(io::stdin().lock(), &mut out, &asker);
        unread.map(|it| u8::from(it > 0))
    } else {
        match one(&said).and_then(|it| Ok((it.ip, asker.check(it)?))) {
            Ok((ip, outcome)) => shown(ip, &outcome, &said, &mut out),
            Err(why) => return refused(&why),
        }
    };
    match done.and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        // Whoever reads has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("portolan-probe: {error}");
            ExitCode::FAILURE
        }
    }
}

fn one(said: &SpfSaid) -> Result<Query, String> {
    let ip = said
        .ip
        .ok_or("expected `--ip`, the sending address, or `--jsonl`, but found neither")?;
    if said.mail_from.is_none() && said.helo.is_none() {
        return Err("expected `--mail-from` or `--helo`, but found neither".to_owned());
    }
    Ok(query(
        ip,
        said.helo.as_deref().unwrap_or_default(),
        said.mail_from.as_deref().unwrap_or_default(),
        now(),
    ))
}

/// In seconds since 1970, for explanations that tell the time.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| it.as_secs())
}

fn query(ip: IpAddr, helo: &str, mail_from: &str, now: u64) -> Query {
    Query {
        ip,
        helo: helo.to_owned(),
        mail_from: mail_from.to_owned(),
        receiver: String::new(),
        now,
    }
}

/// Shows one check, and gives the exit code.
fn shown(ip: IpAddr, outcome: &Outcome, said: &SpfSaid, out: &mut impl Write) -> io::Result<u8> {
    if said.json {
        let value = json!({
            "result": outcome.result.to_string(),
            "explanation": explanation(outcome),
            "lookups": outcome.lookups,
            "voids": outcome.voids,
        });
        writeln!(out, "{value}")?;
    } else {
        let is_plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
        let style = Style::new(io::stdout().is_terminal() && !is_plain);
        for line in check_lines(&format!("from {ip}"), outcome) {
            let colour = match line.mark {
                Mark::Good => style.good,
                Mark::Bad => style.bad,
                Mark::Unknown => style.odd,
                Mark::Plain => "",
            };
            let end = if colour.is_empty() { "" } else { style.plain };
            writeln!(out, "{colour}{}{end}", line.text)?;
        }
    }
    Ok(match outcome.result {
        SpfResult::Pass => 0,
        SpfResult::TempError => 3,
        _ => 1,
    })
}

impl Asker {
    /// A check to its end by resolvers: each in turn, questions side by side, all within its time.
    fn check(&self, query: Query) -> Result<Outcome, String> {
        let resolvers = self.resolvers.as_ref().map_err(Clone::clone)?;
        let timing = Timing {
            step: self.step,
            deadline: Instant::now() + self.time,
        };
        let look = |it: &Lookup| dns::in_turn(it, resolvers, timing).answer();
        Ok(checked(query, |open| dns::side_by_side(open, look)))
    }
}

/// A check to its end.
fn checked(query: Query, mut ask: impl FnMut(&[Lookup]) -> Vec<Answer>) -> Outcome {
    let mut check = Check::new(query);
    loop {
        match check.step().clone() {
            Step::Done(outcome) => return *outcome,
            Step::Ask(open) => {
                let answers = ask(&open);
                for (lookup, answer) in open.into_iter().zip(answers) {
                    check.answer(lookup, answer);
                }
            }
        }
    }
}

/// Answers every line in order; returns how many could not be read.
fn spf_lines(input: impl BufRead, out: &mut impl Write, asker: &Asker) -> io::Result<usize> {
    lines::answer(input, out, |line| spf_line(line, asker))
}

/// The line out, or the id as far as it could be read and what is wrong.
fn spf_line(line: &[u8], asker: &Asker) -> Result<Value, (Value, String)> {
    let Line { id, value } = lines::read(line)?;
    answer(&value, asker)
        .map(|(result, explanation)| json!({ "id": id, "result": result, "explanation": explanation }))
        .map_err(|error| (id, error))
}

fn answer(case: &Value, asker: &Asker) -> Result<(String, Option<String>), String> {
    let text = |key: &str| case.get(key).and_then(Value::as_str).unwrap_or_default();
    let ip = text("ip");
    let ip = ip
        .parse()
        .map_err(|_| format!("expected an address of IPv4 or IPv6 as `ip`, but found `{ip}`"))?;
    let now = match case.get("now") {
        None => now(),
        Some(it) => it
            .as_u64()
            .ok_or_else(|| format!("expected seconds since 1970 as `now`, but found `{it}`"))?,
    };
    let query = query(ip, text("helo"), text("mailfrom"), now);
    let outcome = match case.get("zone") {
        Some(names) => {
            let zone = zone(names)?;
            let look = |it: &Lookup| answer_from_zone(&zone, it);
            checked(query, |open| open.iter().map(look).collect())
        }
        None => asker.check(query)?,
    };
    Ok((outcome.result.to_string(), explanation(&outcome)))
}

fn explanation(outcome: &Outcome) -> Option<String> {
    outcome.explanation.as_ref().map(|it| match it {
        Explanation::Default => "DEFAULT".to_owned(),
        Explanation::Text(text) => text.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &str) -> Vec<Value> {
        let mut out = Vec::new();
        // Every line has its zone.
        let asker = Asker {
            resolvers: Err("nobody is asked".to_owned()),
            step: Duration::ZERO,
            time: Duration::ZERO,
        };
        spf_lines(input.as_bytes(), &mut out, &asker).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.lines()
            .map(|it| serde_json::from_str(it).unwrap())
            .collect()
    }

    #[test]
    fn a_sender_is_looked_up_in_the_zone_of_its_line() {
        let zone = r#"{"example.com":[["TXT",["v=spf1 a"," mx exp=why.example.com -all"]],["A","192.0.2.1"],["MX",[10,"mx.example.com"]]],"mx.example.com":[["AAAA","2001:db8::1"]],"why.example.com":[["TXT",["not %{i}"]]]}"#;
        let line = |ip: &str| {
            format!(
                r#"{{"id":"{ip}","ip":"{ip}","helo":"h.example.com","mailfrom":"a@example.com","zone":{zone}}}"#
            )
        };
        let lines = ["192.0.2.1", "2001:db8::1", "198.51.100.7"]
            .map(line)
            .join("\n");
        let said = run(&lines);
        assert_eq!(said[0]["result"], "pass");
        assert_eq!(said[1]["result"], "pass");
        assert_eq!(said[2]["result"], "fail");
        assert_eq!(said[2]["explanation"], "not 198.51.100.7");
    }

    #[test]
    fn the_time_is_told_in_an_explanation() {
        let line = |now: &str| {
            format!(
                r#"{{"id":1,"ip":"192.0.2.1","mailfrom":"a@example.com"{now},"zone":{{"example.com":[["TXT","v=spf1 -all exp=why.example.com"]],"why.example.com":[["TXT","%{{t}}"]]}}}}"#
            )
        };
        let said = run(&line(r#","now":1234567890"#));
        assert_eq!(said[0]["explanation"], "1234567890");
        // Without a time it is that of the clock.
        let said = run(&line(""));
        assert_ne!(said[0]["explanation"], "0");
        let said = run(&line(r#","now":"soon""#));
        assert!(said[0]["error"].as_str().unwrap().contains("`now`"));
        // A line without a zone needs a resolver, and says so where there is none.
        let said = run(r#"{"id":1,"ip":"192.0.2.1","mailfrom":"a@example.com"}"#);
        assert_eq!(said[0]["error"], "nobody is asked");
    }

    #[test]
    fn what_times_out_is_no_record_that_is_missing() {
        for zone in [r#"[["TIMEOUT"]]"#, r#"[["TXT","TIMEOUT"]]"#] {
            let said = run(&format!(
                r#"{{"id":1,"ip":"192.0.2.1","helo":"h.example","mailfrom":"a@example.com","zone":{{"example.com":{zone}}}}}"#
            ));
            assert_eq!(said[0]["result"], "temperror", "{zone}");
        }
        let said = run(r#"{"id":2,"ip":"192.0.2.1","mailfrom":"a@example.com","zone":{}}"#);
        assert_eq!(said[0]["result"], "none");
    }

    #[test]
    fn what_is_wrong_with_a_line_is_told_with_its_place() {
        for (line, wanted) in [
            (r#"{"id":1,"ip":"192.0.2.1","zone":7}"#, "zone"),
            (r#"{"id":1,"ip":"nowhere","zone":{}}"#, "nowhere"),
            (
                r#"{"id":1,"ip":"192.0.2.1","zone":{"a.example":[["A","300.1.1.1"]]}}"#,
                "a.example",
            ),
            (
                r#"{"id":1,"ip":"192.0.2.1","zone":{"a.example":[["LOC","x"]]}}"#,
                "LOC",
            ),
            ("{", "EOF"),
        ] {
            let said = run(line);
            let error = said[0]["error"].as_str().unwrap();
            assert!(error.contains(wanted), "{line}: {error}");
        }
    }
}
