//! What is wrong with SPF.

rules! {
    NONE: "spf-missing", Wrong, Owner,
        "Without a record nobody can tell the domain's servers from others, and large receivers refuse such mail.",
        ["rfc7208" "3", "gmail-sender-guidelines" "all senders"];
    MANY: "spf-several-records", Wrong, Owner,
        "A name with more than one record is a permanent error: none of them counts.",
        ["rfc7208" "4.5"];
    SYNTAX: "spf-syntax", Wrong, Owner,
        "One fault anywhere makes the whole record a permanent error, even behind a term that would match.",
        ["rfc7208" "4.6"];
    TWICE: "spf-modifier-twice", Wrong, Owner,
        "A second redirect or exp makes the whole record a permanent error.",
        ["rfc7208" "6"];
    LOOKS_LIKE: "spf-looks-like-a-record", Wrong, Owner,
        "A text that does not start with v=spf1 and a space is not a record, whatever follows.",
        ["rfc7208" "4.5"];
    SENDER_ID: "spf-sender-id-left-over", Note, Owner,
        "Sender ID was given up; its records do nothing and can go.",
        ["rfc7208" "3.1"];
    ALL_PASS: "spf-all-passes", Wrong, Owner,
        "Everybody in the world passes as this domain, forgers included. End it in ~all first: -all refuses mail from a server that \
         was forgotten.",
        ["rfc7208" "5.1", "rfc7208" "8.3"];
    ALL_NEUTRAL: "spf-all-neutral", Weak, Owner,
        "A neutral end says nothing of whoever is not listed, so forgeries are treated as if there were no record.",
        ["rfc7208" "8.2"];
    NO_ALL: "spf-no-all", Weak, Owner,
        "Without all or redirect the result for anybody else is neutral, as if there were no record.",
        ["rfc7208" "4.7"];
    AFTER_ALL: "spf-terms-after-all", Weak, Owner,
        "Everything behind all is never looked at.",
        ["rfc7208" "5.1"];
    ALL_TWICE: "spf-several-all", Weak, Owner,
        "The first all decides; the others mislead whoever reads the record.",
        ["rfc7208" "5.1"];
    REDIRECT_UNUSED: "spf-redirect-beside-all", Weak, Owner,
        "A redirect counts only where there is no all.",
        ["rfc7208" "6.1"];
    DUPLICATE: "spf-duplicate-term", Weak, Owner,
        "The second of two equal terms changes nothing, and may cost a look-up.",
        ["rfc7208" "4.6.4"];
    PTR: "spf-ptr", Weak, Owner,
        "The ptr mechanism is slow, depends on zones of others, and is not to be published.",
        ["rfc7208" "5.5"];
    UNKNOWN_MODIFIER: "spf-unknown-modifier", Note, Owner,
        "A modifier that nobody knows is ignored; often it is a mechanism with = in place of a colon.",
        ["rfc7208" "6"];
    LOOKUPS: "spf-too-many-lookups", Wrong, Owner,
        "More than 10 terms that look something up are a permanent error: receivers stop before they reach the end.",
        ["rfc7208" "4.6.4"];
    LOOKUPS_NEAR: "spf-lookups-near-limit", Note, Owner,
        "Beyond 10 the record is a permanent error, and an include, or a change at a provider, may add several.",
        ["rfc7208" "4.6.4"];
    VOID: "spf-too-many-void-lookups", Wrong, Owner,
        "More than two look-ups that find nothing are a permanent error at many receivers.",
        ["rfc7208" "4.6.4"];
    EXCHANGERS: "spf-mx-too-many-hosts", Wrong, Owner,
        "An mx with more than 10 hosts is a permanent error.",
        ["rfc7208" "4.6.4"];
    LOOP: "spf-loop", Wrong, Owner,
        "A record that leads back to itself runs into the limit of look-ups, which is a permanent error.",
        ["rfc7208" "4.6.4"];
    TARGET_NONE: "spf-include-without-record", Wrong, Owner,
        "An include or redirect that leads to a name without SPF record is a permanent error.",
        ["rfc7208" "5.2", "rfc7208" "6.1"];
    TARGET_VOID: "spf-target-without-records", Weak, Owner,
        "The term matches nobody, and counts as one of two look-ups that may find nothing.",
        ["rfc7208" "4.6.4"];
    MX_HOST_VOID: "spf-mx-host-without-address", Weak, Owner,
        "The exchanger matches nobody, and counts as a look-up that found nothing.",
        ["rfc7208" "4.6.4"];
    EXP_VOID: "spf-explanation-missing", Note, Owner,
        "The explanation cannot be used: it has to be exactly one text of ASCII.",
        ["rfc7208" "6.2"];
    TARGET_NAME: "spf-target-not-a-name", Weak, Owner,
        "A name that cannot be looked up matches nobody.",
        ["rfc7208" "4.8"];
    LONG: "spf-long", Note, Owner,
        "An answer over 512 bytes has to be asked for again over TCP, which some resolvers cannot do.",
        ["rfc7208" "3.4"];
    STRING_LONG: "spf-string-too-long", Wrong, Owner,
        "A character-string of the DNS holds 255 bytes; what is longer has to be split.",
        ["rfc7208" "3.3"];
    REPORT: "spf-report-modifiers", Note, Owner,
        "The modifiers rr and rp do nothing without ra, each counts once, and a value that is none is ignored.",
        ["rfc6652" "3"];
    WIDE: "spf-wide-network", Weak, Owner,
        "So large a network holds many who are not the domain's servers.",
        ["rfc7208" "11.4"];
    ERROR: "spf-lookup-failed", Wrong, Other,
        "As long as the name servers do not answer, the check ends in a temporary error and mail may wait.",
        ["rfc7208" "2.6.6"];
    NOT_PASSED: "spf-address-not-passed", Wrong, Owner,
        "Mail from this address does not pass for the domain.",
        ["rfc7208" "2.6"];
    PARKED: "spf-parked", Note, Owner,
        "A domain that accepts no mail most likely sends none; the empty refusal keeps others from using its name.",
        ["rfc7208" "10.1.2", "rfc7505" "4.2"];
}
