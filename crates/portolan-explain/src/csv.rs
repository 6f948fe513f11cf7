//! A log's counts as a table for a spreadsheet (RFC 4180).

use portolan_smtp::{Filter, Keyed, Tally};

use crate::words::{safe, wanted};

/// One line for each cause, domain, host, sending address and hour; before them one for each thing that a filter wanted,
/// without counts, `only domain,one.example`.
///
/// Cells that a spreadsheet would take for a formula begin with an apostrophe: logs hold what strangers wrote.
pub fn csv(tally: &Tally, filter: &Filter) -> String {
    let mut out = "by,key,sent,deferred,lost,recovered,waiting\r\n".to_owned();
    for it in wanted(filter) {
        row(&format!("only {}", it.name), &safe(it.value), &[], &mut out);
    }
    for it in &tally.causes {
        let counts = [
            it.counts.sent,
            it.counts.deferred,
            it.counts.lost,
            it.recovered,
            it.waiting,
        ];
        row("cause", it.cause.id, &counts, &mut out);
    }
    let unexplained = tally.unexplained;
    if unexplained.deferred + unexplained.lost > 0 {
        let counts = [unexplained.sent, unexplained.deferred, unexplained.lost];
        row("cause", "not explained", &counts, &mut out);
    }
    for (by, all) in [
        ("domain", &tally.domains),
        ("host", &tally.relays),
        ("sending address", &tally.clients),
        ("hour", &tally.hours),
    ] {
        for Keyed { key, counts } in all {
            let key = if key.is_empty() { "all others" } else { key };
            row(
                by,
                key,
                &[counts.sent, counts.deferred, counts.lost],
                &mut out,
            );
        }
    }
    out
}

fn row(by: &str, key: &str, counts: &[u64], out: &mut String) {
    out.push_str(by);
    out.push(',');
    out.push_str(&cell(key));
    for place in 0..COUNTS {
        out.push(',');
        if let Some(count) = counts.get(place) {
            out.push_str(&count.to_string());
        }
    }
    out.push_str("\r\n");
}

const COUNTS: usize = 5;

fn cell(text: &str) -> String {
    let text = crate::shown(text);
    let guard = if text.starts_with(['=', '+', '-', '@']) {
        "'"
    } else {
        ""
    };
    if text.contains([',', '"']) || !guard.is_empty() {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portolan_smtp::Counts;

    #[test]
    fn nothing_of_a_log_becomes_a_formula_or_another_cell() {
        let tally = Tally {
            domains: vec![
                Keyed {
                    key: "=1+1,\"x\"".to_owned(),
                    counts: Counts {
                        sent: 1,
                        deferred: 2,
                        lost: 3,
                    },
                },
                Keyed {
                    key: String::new(),
                    counts: Counts::default(),
                },
            ],
            ..Tally::default()
        };
        let out = csv(&tally, &Filter::default());
        assert!(
            out.contains("domain,\"'=1+1,\"\"x\"\"\",1,2,3,,\r\n"),
            "{out}"
        );
        assert!(out.contains("domain,all others,0,0,0,,\r\n"), "{out}");
        assert!(!out.contains("only"), "{out}");
    }

    #[test]
    fn a_filter_is_named_first() {
        let filter = Filter {
            domain: Some("=one.example".to_owned()),
            hour: Some("Jan  1 10".to_owned()),
            ..Filter::default()
        };
        let out = csv(&Tally::default(), &filter);
        let named = "lost,recovered,waiting\r\nonly domain,\"'=one.example\",,,,,\r\nonly hour,Jan  1 10,,,,,\r\n";
        assert!(out.contains(named), "{out}");
    }
}
