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
