//! What is wrong with a port that answers, in the few words of a headline.

use crate::assessment::{Finding, Weight};

/// The words behind "answers": of the worst thing that rests on this visit and has to be seen to. `None`: nothing has.
pub(crate) fn of_visit(findings: &[Finding], visit: usize) -> Option<&'static str> {
    let rests = |it: &&Finding| it.rests_on.iter().any(|at| at.visit == visit);
    let mut wrong = findings.iter().filter(|it| it.weight != Weight::Note);
    wrong.find(rests).map(|it| words(it))
}

/// Whether something is wrong with a visit.
pub(crate) fn is_wrong(findings: &[Finding], visit: usize) -> bool {
    findings
        .iter()
        .any(|it| it.weight.is_wrong() && it.rests_on.iter().any(|at| at.visit == visit))
}

fn words(finding: &Finding) -> &'static str {
    if finding
        .cause
        .is_some_and(|it| it.id == "policy.ip-blocklisted")
    {
        return "and turns this address away, which is on a blocklist";
    }
    match finding.rule {
        "auth-without-tls" | "starttls-not-offered" => "without TLS",
        "banner-masked" | "offer-blotted-out" | "text-injected-before-tls" => {
            "with a session that was rewritten on the way"
        }
        "certificate-expired" => "with a certificate that has expired",
        "certificate-incomplete" => "with a certificate that is not complete",
        "certificate-not-yet-valid" => "with a certificate that does not hold yet",
        "certificate-of-another-host" => "with a certificate for another name",
        "certificate-self-signed" => "with a certificate that nobody vouches for",
        "mail-refused" => "and refuses the message",
        "no-auth" => "without a sign-in",
        "open-relay" => "and passes anybody’s mail on",
        "sign-in-refused" => "and refuses the sign-in",
        "ehlo-refused" | "turned-away" => "and turned us away",
        "starttls-refused" => "and refuses STARTTLS",
        rule if rule.starts_with("certificate-") => "with a certificate that clients refuse",
        _ => "with something wrong",
    }
}
