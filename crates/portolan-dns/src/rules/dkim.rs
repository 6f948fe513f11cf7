//! What is wrong with keys of DKIM.

rules! {
    NONE: "dkim-no-key", Wrong, Owner,
        "A signature that names this selector cannot be verified, and counts as none.",
        ["rfc6376" "3.6.2", "rfc6376" "6.1.2"];
    NO_SELECTOR: "dkim-no-key-found", Note, Owner,
        "Keys can be found by their selector alone; it is the s= of a signature in mail that the domain sent.",
        ["rfc6376" "3.1"];
    MANY: "dkim-several-keys", Wrong, Owner,
        "With several records at a selector the result is undefined: receivers take any of them.",
        ["rfc6376" "3.6.2.2"];
    NOT_A_KEY: "dkim-not-a-key", Weak, Owner,
        "A text at a selector that is no key may be taken for the key.",
        ["rfc6376" "3.6.2.2"];
    SYNTAX: "dkim-syntax", Wrong, Owner,
        "A record that leaves the grammar of tags is ignored, and the signature fails.",
        ["rfc6376" "3.2", "rfc6376" "6.1.2"];
    VERSION: "dkim-version", Wrong, Owner,
        "Where the version stands, it has to be DKIM1 and the first tag, else the record is discarded.",
        ["rfc6376" "3.6.1"];
    NO_KEY: "dkim-p-missing", Wrong, Owner,
        "Without the tag p there is no key, and signatures fail.",
        ["rfc6376" "3.6.1"];
    BROKEN_KEY: "dkim-key-broken", Wrong, Owner,
        "A key that cannot be read verifies nothing.",
        ["rfc6376" "3.6.1", "rfc8463" "4.2"];
    REVOKED: "dkim-key-revoked", Wrong, Owner,
        "Whatever is still signed with a revoked key fails.",
        ["rfc6376" "3.6.1"];
    REVOKED_TRIED: "dkim-revoked-key-left", Note, Owner,
        "A key that was revoked may stay where it is, as long as nothing is signed with it any more.",
        ["rfc6376" "3.6.1"];
    WEAK_KEY: "dkim-key-weak", Wrong, Owner,
        "Receivers must not accept keys under 1024 bits; such keys have been broken. Publish a new key at a selector of its own, \
         let the signer change to it, and remove the old one a week later.",
        ["rfc8301" "3.2"];
    SHORT_KEY: "dkim-key-short", Weak, Owner,
        "Signers should use 2048 bits or more. Publish a new key at a selector of its own, let the signer change to it, and \
         remove the old one a week later: in the old one's place it would fail what is still signed with that.",
        ["rfc8301" "3.2"];
    LONG_KEY: "dkim-key-long", Note, Owner,
        "Receivers have to handle 4096 bits, and may refuse more.",
        ["rfc8301" "3.2"];
    KEY_TYPE: "dkim-key-type", Wrong, Owner,
        "Receivers ignore keys of a type that they do not know; rsa and ed25519 are defined.",
        ["rfc6376" "3.6.1", "rfc8463" "3"];
    HASH: "dkim-hash", Wrong, Owner,
        "SHA-1 must be neither used nor accepted, so a key that allows nothing else is of no use.",
        ["rfc8301" "3.1"];
    SERVICE: "dkim-service", Wrong, Owner,
        "A key that is not for email must not be used for mail.",
        ["rfc6376" "3.6.1"];
    OBSOLETE: "dkim-obsolete-tag", Note, Owner,
        "The tag g is of DomainKeys' time and is ignored.",
        ["rfc6376" "3.6.1"];
    TESTING: "dkim-testing", Weak, Owner,
        "Receivers may treat mail of a domain that only tries as if it were not signed.",
        ["rfc6376" "3.6.1"];
    STRING_LONG: "dkim-string-too-long", Wrong, Owner,
        "A character-string of the DNS holds 255 bytes; a longer key has to be split.",
        ["rfc6376" "3.6.2.2"];
    ERROR: "dkim-lookup-failed", Wrong, Other,
        "As long as the name servers do not answer, signatures cannot be verified.",
        ["rfc6376" "6.1.2"];
}
