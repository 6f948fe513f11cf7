//! What is wrong with mail exchangers, reverse names and BIMI.

rules! {
    MX_NONE: "mx-implicit", Weak, Owner,
        "Without MX mail goes to the domain's own address, which is usually the website.",
        ["rfc5321" "5.1"];
    MX_NOWHERE: "mx-nowhere", Weak, Owner,
        "Neither MX nor address: mail to the domain, and answers to its mail, cannot be delivered.",
        ["rfc5321" "5.1"];
    MX_NULL: "mx-null", Note, Owner,
        "The domain says that it accepts no mail; then it should not stand in sender addresses either.",
        ["rfc7505" "3", "rfc7505" "4.2"];
    MX_NULL_BESIDE: "mx-null-beside-others", Wrong, Owner,
        "A null MX has to stand alone; beside others nobody knows what is meant.",
        ["rfc7505" "3"];
    MX_NULL_PREFERENCE: "mx-null-preference", Weak, Owner,
        "A null MX has the preference 0.",
        ["rfc7505" "3"];
    MX_ADDRESS: "mx-is-an-address", Wrong, Owner,
        "An MX names a host; an address in its place is looked up as a name and found nowhere.",
        ["rfc5321" "5.1"];
    MX_NAME: "mx-not-a-host-name", Wrong, Owner,
        "An MX that is no name of a host cannot be reached.",
        ["rfc5321" "2.3.5"];
    MX_CNAME: "mx-is-an-alias", Wrong, Owner,
        "The host of an MX must have addresses itself, and not be an alias: some senders refuse to follow it.",
        ["rfc5321" "5.1"];
    MX_TWICE: "mx-twice", Note, Owner,
        "A host that is listed twice is tried twice, which helps nobody.",
        ["rfc5321" "5.1"];
    MX_NO_ADDRESS: "mx-without-address", Wrong, Owner,
        "A host without address cannot be reached.",
        ["rfc5321" "5.1"];
    MX_NO_PTR: "mx-address-without-ptr", Note, Other,
        "Where the exchanger also sends, receivers want its address to have a name that leads back.",
        ["rfc8601" "3", "gmail-sender-guidelines" "all senders"];
    MX_ERROR: "mx-lookup-failed", Wrong, Other,
        "As long as the name servers do not answer, mail to the domain waits.",
        ["rfc5321" "5.1"];
    PTR_NONE: "ptr-missing", Wrong, Other,
        "Large receivers refuse mail from an address without a name.",
        ["gmail-sender-guidelines" "all senders", "yahoo-sender-requirements" "all", "rfc7372" "3.3"];
    PTR_NOT_CONFIRMED: "ptr-not-confirmed", Wrong, Other,
        "A name that does not lead back to the address is no proof of anything, and counts as none.",
        ["rfc8601" "3", "gmail-sender-guidelines" "all senders"];
    PTR_MANY: "ptr-many-names", Note, Other,
        "With many names at an address it is left to chance which one a receiver looks at.",
        ["rfc7208" "4.6.4"];
    PTR_ERROR: "ptr-lookup-failed", Wrong, Other,
        "As long as the reverse zone does not answer, receivers may put mail off.",
        ["rfc8601" "3"];
    BIMI_NONE: "bimi-missing", Note, Owner,
        "Without a record mailboxes show no logo; it is optional.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_MANY: "bimi-several-records", Wrong, Owner,
        "With several records none counts.",
        ["bimi-draft" "Assertion Record Discovery"];
    BIMI_VERSION: "bimi-version", Wrong, Owner,
        "A record has to start with v=BIMI1.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_AT_ROOT: "bimi-at-wrong-name", Wrong, Owner,
        "A record is looked for at default._bimi below the domain; at the domain itself it has no effect.",
        ["bimi-draft" "Assertion Record Discovery"];
    BIMI_OTHER_TEXT: "bimi-other-text", Note, Owner,
        "Texts that are no BIMI record do not belong at this name.",
        ["bimi-draft" "Assertion Record Discovery"];
    BIMI_SYNTAX: "bimi-syntax", Wrong, Owner,
        "A record that leaves the grammar of tags is discarded.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_NO_LOGO: "bimi-no-logo", Wrong, Owner,
        "The tag l has to be there; empty, together with an empty a, it declines to show a logo.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_URI: "bimi-uri", Wrong, Owner,
        "Logo and certificate are fetched from one https address each.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_VALUE: "bimi-value", Weak, Owner,
        "A value outside the list of a tag is ignored.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_NO_CERTIFICATE: "bimi-no-certificate", Note, Owner,
        "The large mailbox providers show only logos that a mark certificate confirms.",
        ["bimi-draft" "Assertion Record Definition"];
    BIMI_WEAK_DMARC: "bimi-needs-dmarc", Weak, Owner,
        "Logos are shown only where DMARC asks for quarantine or reject, for subdomains too.",
        ["bimi-draft" "Authentication Requirements"];
    BIMI_ERROR: "bimi-lookup-failed", Note, Other,
        "As long as the name servers do not answer, no logo is shown.",
        ["bimi-draft" "Assertion Record Discovery"];
}
