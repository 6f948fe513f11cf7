//! Pasted records: what they say, and what they leave open.

use portolan_dns::name::Name;

use super::*;

/// The lines of a section, each with its mark.
fn lines(assessment: &DomainAssessment, title: &str) -> Vec<String> {
    let section = assessment.sections.iter().find(|it| it.title == title);
    let lines = section.into_iter().flat_map(|it| &it.lines);
    lines
        .map(|it| format!("{:?} {}", it.mark, it.text))
        .collect()
}

fn judged(text: &str) -> DomainAssessment {
    let read = portolan_records::read(text, None);
    pasted(&read, 1_700_000_000).unwrap().assess()
}

fn rules(assessment: &DomainAssessment) -> Vec<&str> {
    assessment.findings.iter().map(|it| it.rule).collect()
}

/// What `dig` prints where there is nothing.
fn dig(name: &str, status: &str) -> String {
    format!(
        "; <<>> DiG 9.18.28 <<>> TXT {name}\n;; ->>HEADER<<- opcode: QUERY, status: {status}, id: 1\n\
         ;; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 1\n\n;; QUESTION SECTION:\n;{name}.\tIN\tTXT\n\n\
         ;; AUTHORITY SECTION:\nexample.de. 900 IN SOA ns1.example.net. h.example.net. 1 2 3 4 5\n\n;; Query time: 12 msec\n"
    )
}

#[test]
fn what_includes_hold_is_not_counted_before_it_is_seen() {
    let open = judged("v=spf1 include:a.example.net include:b.example.net ~all");
    let spf = lines(&open, "SPF");
    assert!(spf[0].starts_with("Unknown at least 2 of 10"), "{spf:?}");
    assert!(!spf.iter().any(|it| it.contains("not asked")), "{spf:?}");
    assert_eq!(items(&open), []);
    assert!(
        open.verdict
            .sentence
            .contains("Not all that its SPF record leads to"),
        "{:?}",
        open.verdict
    );
    // Whatever it holds, this is wrong.
    let wrong = judged("v=spf1 include:a.example.net +all");
    assert_eq!(items(&wrong), [(Item::Spf, false)]);
    let whole = judged("v=spf1 ip4:192.0.2.1 -all");
    assert!(lines(&whole, "SPF")[0].starts_with("Good 0 of 10"));
    assert_eq!(items(&whole), [(Item::Spf, true)]);
}

#[test]
fn an_answer_that_says_that_there_is_no_policy_is_believed() {
    for status in ["NXDOMAIN", "NOERROR"] {
        let none = judged(&dig("_dmarc.example.de", status));
        assert_eq!(none.verdict.level, Level::Problem, "{:?}", none.verdict);
        assert_eq!(rules(&none).first(), Some(&"dmarc-missing"));
        assert_eq!(items(&none), [(Item::Dmarc, false)]);
    }
    let country = judged(&dig("_dmarc.example.co.uk", "NXDOMAIN"));
    assert!(rules(&country).contains(&"dmarc-missing"), "{country:?}");
    // The name above it may have one.
    let below = judged(&dig("_dmarc.mail.example.de", "NXDOMAIN"));
    assert!(!rules(&below).contains(&"dmarc-missing"), "{below:?}");
}

#[test]
fn other_domains_are_named_in_the_verdict() {
    let text = "a.example. IN TXT \"v=spf1 -all\"\nb.example. IN TXT \"v=spf1 +all\"\n";
    let sentence = judged(text).verdict.sentence;
    assert!(
        sentence.contains("Records of b.example stand there too"),
        "{sentence}"
    );
    assert!(
        sentence.contains("something is wrong with those of b.example"),
        "{sentence}"
    );
    let read = portolan_records::read(text, Some(&Name::new("b.example").unwrap()));
    let other = pasted(&read, 0).unwrap().assess();
    assert!(rules(&other).contains(&"spf-all-passes"));
    assert!(
        other.verdict.sentence.contains("Records of a.example"),
        "{:?}",
        other.verdict
    );
    assert!(
        other.verdict.sentence.contains("says nothing of them"),
        "{:?}",
        other.verdict
    );
    // Where a record leads is no domain of the text.
    let one = judged(
        "a.example. IN TXT \"v=spf1 include:b.example -all\"\nb.example. IN TXT \"v=spf1 -all\"\n",
    );
    assert!(
        !one.verdict.sentence.contains("stand there"),
        "{:?}",
        one.verdict
    );
}

#[test]
fn keys_and_policies_by_alias_are_there() {
    let found = judged(
        "s1._domainkey.example.com. IN CNAME s1.key.example.net.\n_dmarc.example.com. IN CNAME d.example.net.\n",
    );
    let alias = "an alias of s1.key.example.net., whose record is not in what was pasted";
    let dkim = lines(&found, "DKIM");
    assert_eq!(
        dkim,
        [format!(
            "Unknown s1 (named): s1._domainkey.example.com TXT: {alias}"
        )]
    );
    let dmarc = lines(&found, "DMARC");
    assert!(dmarc[0].contains("an alias of d.example.net."), "{dmarc:?}");
}

#[test]
fn a_missing_final_dot_is_found() {
    let zone = "$ORIGIN example.de.\n@ IN MX 10 mx.example.net\ns1._domainkey IN CNAME s1.key.example.net\n";
    let found = judged(zone);
    assert_eq!(rules(&found), ["final-dot-missing", "final-dot-missing"]);
    assert_eq!(found.verdict.level, Level::Problem);
    assert!(
        found.verdict.sentence.contains("mx.example.net. meant?"),
        "{:?}",
        found.verdict
    );
    // With its dot, with a host of its own, and with one that has an address.
    for zone in [
        "$ORIGIN example.de.\n@ IN MX 10 mx.example.net.\n",
        "$ORIGIN example.de.\n@ IN MX 10 mx\n",
        "$ORIGIN example.de.\n@ IN MX 10 mx.example.net\nmx.example.net IN A 192.0.2.1\n",
    ] {
        assert!(
            !rules(&judged(zone)).contains(&"final-dot-missing"),
            "{zone}"
        );
    }
}

#[test]
fn a_priority_that_was_not_read_is_none() {
    let found = judged("Type\tName\tValue\tTTL\nMX\texample.com\tmx.example.net\t3600\n");
    let exchangers = lines(&found, "Mail comes in by");
    assert!(
        exchangers[0].contains("? mx.example.net (its priority was not read)"),
        "{exchangers:?}"
    );
}

#[test]
fn the_stand_in_has_nothing_above_it() {
    let found = judged("v=DMARC1; p=none");
    let all = format!("{:?}", found.sections);
    assert!(!all.contains("_dmarc.invalid"), "{all}");
    assert!(
        !found.verdict.sentence.contains("SPF"),
        "{:?}",
        found.verdict
    );
    let open = judged("example.com. IN TXT \"v=spf1 -all\"");
    let missing: Vec<String> = lines(&open, "DMARC")
        .into_iter()
        .filter(|it| it.contains("not in what"))
        .collect();
    assert_eq!(
        missing,
        ["Unknown _dmarc.example.com TXT: not in what was pasted"]
    );
}

#[test]
fn a_line_that_could_not_be_read_is_told() {
    let found =
        judged("example.com. 300 IN TXT \"MS=ms1\"\n\u{2610} here it is \u{2610}\tTXT\t\u{2610}\n");
    assert_eq!(found.verdict.level, Level::Undecided);
    assert!(!rules(&found).contains(&"spf-missing"), "{found:?}");
    assert!(
        found.verdict.sentence.contains("could not be read"),
        "{:?}",
        found.verdict
    );
}
