//! What is said of DMARC and alignment where a look-up failed.

use super::*;

/// The report with a look-up of DMARC that failed.
fn failing(mut report: DomainReport, name: &str) -> DomainReport {
    let answers = vec![said(0, Answer::TimedOut)];
    set(&mut report, name, RecordKind::Txt, answers);
    report
}

#[test]
fn who_is_aligned_is_not_known_where_a_look_up_failed() {
    let policy = text("v=DMARC1; p=reject; adkim=s; rua=mailto:d@example.com");
    let mut whole = blank();
    whole.asked.envelope = Some("example.com".into());
    whole.asked.signer = Some("news.example.com".into());
    let whole = answered(whole, &[("_dmarc.example.com", policy)]);
    let said = lines(&assess(&whole), "DMARC").join("\n");
    assert!(
        said.contains("example.com = example.com  aligned"),
        "{said}"
    );
    assert!(said.contains("not aligned: take adkim=s out"), "{said}");

    let said = lines(&assess(&failing(whole, "_dmarc.example.com")), "DMARC").join("\n");
    assert!(
        said.contains("example.com = example.com  aligned"),
        "{said}"
    );
    assert!(
        said.contains("news.example.com | example.com  not known: a look-up failed"),
        "{said}"
    );
    assert!(
        said.contains("which policy counts for example.com is not known"),
        "{said}"
    );
}

#[test]
fn a_policy_that_nobody_understands_is_none_or_no_dmarc_at_all() {
    let said = |record: &str| {
        let assessment = assess(&report(&[("_dmarc.example.com", text(record))]));
        let dmarc = items(&assessment).contains(&(Item::Dmarc, false));
        (lines(&assessment, "DMARC").join("\n"), dmarc)
    };
    let (lines, is_bad) = said("v=DMARC1; p=reject; sp=drop");
    assert!(lines.contains("apply no DMARC to example.com"), "{lines}");
    assert!(is_bad);
    let (lines, _) = said("v=DMARC1; p=reject; sp=drop; rua=mailto:d@example.com");
    assert!(lines.contains("apply none to example.com"), "{lines}");
    assert!(
        lines.contains("cannot be understood as it is written"),
        "{lines}"
    );
    let (lines, _) = said("v=DMARC1; p=reject; rua=mailto:d@example.com");
    assert!(lines.contains("apply reject to example.com"), "{lines}");
}

#[test]
fn names_below_take_the_policy_of_the_organisation() {
    let own = text("v=DMARC1; p=reject; sp=none; rua=mailto:d@example.com");
    let above = text("v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.com");
    let mut asked = blank();
    asked.asked.name = "news.example.com".into();
    let whole = answered(
        asked,
        &[
            ("_dmarc.news.example.com", own),
            ("_dmarc.example.com", above),
        ],
    );
    let said = lines(&assess(&whole), "DMARC").join("\n");
    let wanted = "apply reject to news.example.com; names below it take the policy of example.com: quarantine";
    assert!(said.contains(wanted), "{said}");
    let said = lines(&assess(&failing(whole, "_dmarc.example.com")), "DMARC").join("\n");
    let wanted = "apply reject to news.example.com; what they apply to names below it is not known";
    assert!(said.contains(wanted), "{said}");
}
