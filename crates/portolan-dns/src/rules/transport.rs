//! What is wrong with the records that protect mail on its way: MTA-STS, TLS reporting and DANE.

rules! {
    STS_NONE: "mta-sts-missing", Note, Owner,
        "Without a policy somebody on the way can make senders fall back to cleartext.",
        ["rfc8461" "1"];
    STS_MANY: "mta-sts-several-records", Wrong, Owner,
        "With several records senders take it that there is none.",
        ["rfc8461" "3.1"];
    STS_VERSION: "mta-sts-version", Wrong, Owner,
        "A record has to start with v=STSv1.",
        ["rfc8461" "3.1"];
    STS_SPACED: "mta-sts-space-before-semicolon", Weak, Owner,
        "Senders may discard a record that does not begin with v=STSv1 and a semicolon at once.",
        ["rfc8461" "3.1"];
    STS_AT_ROOT: "mta-sts-at-wrong-name", Wrong, Owner,
        "A record is looked for at _mta-sts below the domain; at the domain itself it has no effect.",
        ["rfc8461" "3.1"];
    STS_SYNTAX: "mta-sts-syntax", Wrong, Owner,
        "Senders ignore a record that leaves the grammar.",
        ["rfc8461" "3.1"];
    STS_ID: "mta-sts-id", Wrong, Owner,
        "The id, of 1 to 32 letters and digits, is how senders notice a new policy.",
        ["rfc8461" "3.1"];
    STS_UNKNOWN: "mta-sts-unknown-tag", Note, Owner,
        "Unknown tags are ignored; often they are misspelt.",
        ["rfc8461" "3.1"];
    STS_OTHER_TEXT: "mta-sts-other-text", Note, Owner,
        "Texts that are no MTA-STS record do not belong at this name.",
        ["rfc8461" "3.1"];
    STS_ERROR: "mta-sts-lookup-failed", Wrong, Other,
        "As long as the name servers do not answer, senders that know no policy yet go without.",
        ["rfc8461" "3.1"];
    POLICY_NONE: "mta-sts-policy-missing", Wrong, Owner,
        "A record without a policy file behind it protects nothing.",
        ["rfc8461" "3.2", "rfc8461" "3.3"];
    POLICY_ERROR: "mta-sts-policy-not-fetched", Wrong, Owner,
        "Senders that cannot fetch the policy go without one.",
        ["rfc8461" "3.3"];
    POLICY_SYNTAX: "mta-sts-policy-syntax", Wrong, Owner,
        "A policy that leaves the grammar of lines is not used.",
        ["rfc8461" "3.2"];
    POLICY_VERSION: "mta-sts-policy-version", Wrong, Owner,
        "A policy has to say version: STSv1.",
        ["rfc8461" "3.2"];
    POLICY_MODE: "mta-sts-policy-mode", Wrong, Owner,
        "The mode has to be enforce, testing or none.",
        ["rfc8461" "3.2"];
    POLICY_AGE: "mta-sts-policy-max-age", Wrong, Owner,
        "A policy says in seconds how long it counts, at most 31557600.",
        ["rfc8461" "3.2"];
    POLICY_AGE_SHORT: "mta-sts-policy-short-lived", Weak, Owner,
        "A policy that is forgotten within days protects little; weeks are usual.",
        ["rfc8461" "3.2"];
    POLICY_NO_MX: "mta-sts-policy-without-mx", Wrong, Owner,
        "A policy that is enforced or tried has to name the hosts.",
        ["rfc8461" "3.2"];
    POLICY_PATTERN: "mta-sts-policy-pattern", Wrong, Owner,
        "A pattern is a host name, or *. and a name: a star counts only as the whole first label.",
        ["rfc8461" "4.1"];
    POLICY_UNCOVERED: "mta-sts-mx-not-covered", Wrong, Owner,
        "Senders that honour the policy do not deliver to a host that it does not name.",
        ["rfc8461" "4.1"];
    POLICY_UNCOVERED_TESTING: "mta-sts-mx-not-covered-yet", Weak, Owner,
        "While the mode is testing, senders report such a host and deliver to it; once it is enforce, they do not deliver.",
        ["rfc8461" "4.1", "rfc8461" "5"];
    POLICY_TYPE: "mta-sts-policy-media-type", Weak, Owner,
        "The file has to come as text/plain, and some senders insist on it.",
        ["rfc8461" "3.2"];
    POLICY_DUPLICATE: "mta-sts-policy-duplicate", Weak, Owner,
        "Of a repeated field all but the first are ignored.",
        ["rfc8461" "3.2"];
    POLICY_UNKNOWN: "mta-sts-policy-unknown-field", Note, Owner,
        "Unknown fields are ignored; often they are misspelt.",
        ["rfc8461" "3.2"];
    POLICY_TESTING: "mta-sts-policy-not-enforced", Weak, Owner,
        "Only enforce keeps mail from going in cleartext; testing reports, none withdraws.",
        ["rfc8461" "5"];
    TLSRPT_NONE: "tls-rpt-missing", Note, Owner,
        "Without reports nobody tells the domain that senders fail to encrypt.",
        ["rfc8460" "3"];
    TLSRPT_MANY: "tls-rpt-several-records", Wrong, Owner,
        "With several records senders send no reports.",
        ["rfc8460" "3"];
    TLSRPT_VERSION: "tls-rpt-version", Wrong, Owner,
        "A record has to start with v=TLSRPTv1.",
        ["rfc8460" "3"];
    TLSRPT_SPACED: "tls-rpt-space-before-semicolon", Weak, Owner,
        "Senders may discard a record that does not begin with v=TLSRPTv1 and a semicolon at once.",
        ["rfc8460" "3"];
    TLSRPT_AT_ROOT: "tls-rpt-at-wrong-name", Wrong, Owner,
        "A record is looked for at _smtp._tls below the domain; at the domain itself it has no effect.",
        ["rfc8460" "3"];
    TLSRPT_SYNTAX: "tls-rpt-syntax", Wrong, Owner,
        "Senders ignore a record that leaves the grammar.",
        ["rfc8460" "3"];
    TLSRPT_RUA: "tls-rpt-address", Wrong, Owner,
        "Reports go to mailto or https addresses in rua; anything else gets none.",
        ["rfc8460" "3"];
    TLSRPT_UNKNOWN: "tls-rpt-unknown-tag", Note, Owner,
        "Unknown tags are ignored; often they are misspelt.",
        ["rfc8460" "3"];
    TLSRPT_OTHER_TEXT: "tls-rpt-other-text", Note, Owner,
        "Texts that are no TLS reporting record do not belong at this name.",
        ["rfc8460" "3"];
    TLSRPT_ERROR: "tls-rpt-lookup-failed", Note, Other,
        "As long as the name servers do not answer, no reports are sent.",
        ["rfc8460" "3"];
    TLSA_FORM: "tlsa-form", Wrong, Owner,
        "Where the zone is signed, a record that cannot be used leaves the host without DANE, or without delivery.",
        ["rfc6698" "2.1", "rfc7672" "2.2"];
    TLSA_USAGE: "tlsa-usage", Wrong, Owner,
        "Usages 0 and 1 rest on the authorities of browsers, which mail servers do not share; they should not be published.",
        ["rfc7672" "3.1.3"];
    TLSA_WHOLE: "tlsa-whole-certificate", Note, Owner,
        "A digest is shorter, and serves as well.",
        ["rfc7672" "3.1"];
    TLSA_NO_MATCH: "tlsa-does-not-match", Wrong, Owner,
        "Senders that use DANE do not deliver to a host whose certificate no record matches.",
        ["rfc7672" "2.2", "rfc7672" "3.1"];
    TLSA_OLD: "tlsa-left-over", Note, Owner,
        "A record that matches no certificate beside one that does is usual while certificates change, and can go afterwards.",
        ["rfc7672" "3.1"];
    TLSA_NOT_SIGNED: "tlsa-not-validated", Note, Owner,
        "DANE counts only where DNSSEC secures the host's addresses and the record; elsewhere senders ignore it.",
        ["rfc7672" "2.2"];
    TLSA_ERROR: "tlsa-lookup-failed", Wrong, Other,
        "Where the host's zone is signed, senders that use DANE put mail off as long as this look-up fails.",
        ["rfc7672" "2.2"];
}
