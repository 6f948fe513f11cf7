//! What is wrong with DMARC.

rules! {
    NONE: "dmarc-missing", Wrong, Owner,
        "Without a record nobody asks receivers to stop forgeries, and bulk mail is refused by the large receivers.",
        ["rfc9989" "4.10", "gmail-sender-guidelines" "5,000 a day and more"];
    MANY: "dmarc-several-records", Wrong, Owner,
        "If several records stand at a name, all are discarded.",
        ["rfc9989" "4.10"];
    VERSION: "dmarc-version", Wrong, Owner,
        "A record counts only if it starts with v=DMARC1, in exactly these letters.",
        ["rfc9989" "4.7", "rfc9989" "4.8"];
    AT_ROOT: "dmarc-at-wrong-name", Wrong, Owner,
        "A record is looked for at _dmarc below the domain; at the domain itself it has no effect.",
        ["rfc9989" "4.5"];
    SYNTAX: "dmarc-syntax", Wrong, Owner,
        "A record that leaves the grammar may be discarded as a whole.",
        ["rfc9989" "4.8"];
    DUPLICATE: "dmarc-duplicate-tag", Wrong, Owner,
        "Which of two equal tags counts is not defined.",
        ["rfc9989" "4.8"];
    POLICY_VALUE: "dmarc-policy-value", Wrong, Owner,
        "A policy other than none, quarantine and reject makes the whole record count as p=none, and without rua for nothing.",
        ["rfc9989" "4.7", "rfc9989" "4.10.1"];
    NO_POLICY: "dmarc-no-policy", Weak, Owner,
        "A record without p counts as p=none, without rua for nothing, and older receivers discard it.",
        ["rfc9989" "4.7", "rfc9989" "4.10.1"];
    NOT_APPLIED: "dmarc-not-applied", Wrong, Owner,
        "Receivers apply no DMARC to mail of a domain whose policy they cannot understand, unless reports are wanted.",
        ["rfc9989" "4.10.1"];
    POLICY_ORDER: "dmarc-policy-not-second", Note, Owner,
        "Older receivers want p directly behind the version.",
        ["rfc7489" "6.3"];
    POLICY_NONE: "dmarc-policy-none", Weak, Owner,
        "With p=none forgeries are delivered; it is for the time in which reports are read.",
        ["rfc9989" "4.7"];
    SUBDOMAIN_NONE: "dmarc-subdomains-unprotected", Weak, Owner,
        "Forgers take a subdomain where the domain itself is protected.",
        ["rfc9989" "4.7"];
    BELOW_IGNORED: "dmarc-subdomain-policy-ignored", Note, Owner,
        "sp and np count only in the record of the organisation's domain; names below others take their policy from there.",
        ["rfc9989" "4.7", "rfc9989" "4.10.1"];
    TESTING: "dmarc-testing", Weak, Owner,
        "t=y asks for one level less: reject is applied as quarantine, quarantine as none.",
        ["rfc9989" "4.7"];
    REMOVED: "dmarc-removed-tag", Note, Owner,
        "The tags pct, rf and ri are gone from the standard; receivers ignore them.",
        ["rfc9989" "A.6", "rfc9989" "4.7"];
    PCT_PART: "dmarc-pct-ignored", Weak, Owner,
        "pct is ignored now, so the policy applies to all mail; t=y is what asks for less.",
        ["rfc9989" "A.6"];
    UNKNOWN: "dmarc-unknown-tag", Note, Owner,
        "Unknown tags are ignored; often they are misspelt.",
        ["rfc9989" "4.7"];
    FALLS_BACK: "dmarc-value-falls-back", Weak, Owner,
        "A value outside the list of a tag is ignored, and the default counts.",
        ["rfc9989" "4.7"];
    NO_REPORTS: "dmarc-no-reports", Weak, Owner,
        "Without rua nobody learns who sends in the domain's name, nor what a stricter policy would hit.",
        ["rfc9989" "4.7", "rfc9990" "3"];
    REPORT_URI: "dmarc-report-uri", Wrong, Owner,
        "Reports go to mailto addresses; anything else gets none.",
        ["rfc9989" "4.6"];
    REPORT_SIZE: "dmarc-report-size", Note, Owner,
        "Size limits behind a report address are gone from the standard.",
        ["rfc9989" "4.8"];
    REPORT_MANY: "dmarc-many-report-uris", Note, Owner,
        "Receivers need not send to more than two addresses.",
        ["rfc7489" "6.2"];
    REPORT_NO_MX: "dmarc-report-domain-without-mx", Weak, Other,
        "Reports cannot be delivered to a domain that accepts no mail.",
        ["rfc9990" "4"];
    REPORT_UNAUTHORIZED: "dmarc-report-not-authorized", Wrong, Other,
        "Receivers send no reports to another organisation's domain unless that domain says that it wants them.",
        ["rfc9990" "4"];
    PSD: "dmarc-psd", Note, Owner,
        "psd=y says that others register names below this one; then its policy is not for an ordinary domain.",
        ["rfc9989" "4.7"];
    INHERITED: "dmarc-inherited", Note, Owner,
        "The domain has no record of its own, so that of a domain above it counts.",
        ["rfc9989" "4.10.1"];
    PUBLIC_SUFFIX: "dmarc-of-public-suffix", Weak, Other,
        "Only the public suffix's own record applies, which nobody below it can change.",
        ["rfc9989" "4.10.1"];
    OTHER_TEXT: "dmarc-other-text", Note, Owner,
        "Texts that are no DMARC record do not belong at this name.",
        ["rfc9989" "4.10"];
    ERROR: "dmarc-lookup-failed", Wrong, Other,
        "As long as the name servers do not answer, receivers may put mail off.",
        ["rfc9989" "7.2"];
    PARKED: "dmarc-parked-without-reject", Weak, Owner,
        "A domain that accepts no mail most likely sends none: p=reject costs nothing and stops forgeries.",
        ["rfc9989" "4.7"];
    WITHOUT_SPF_AND_DKIM: "dmarc-nothing-to-align", Wrong, Owner,
        "DMARC passes only with SPF or DKIM; with neither, a strict policy refuses all mail of the domain.",
        ["rfc9989" "4.4"];
}
