//! What only several answers, or none, show: kinds of findings beside those of the engine.

use portolan_dns::finding::{Cite, Rule, Severity, Who};

/// The domain does not exist.
pub(super) static MISSING: Rule = Rule {
    id: "domain-missing",
    severity: Severity::Wrong,
    who: Who::Owner,
    why: "Mail goes neither to nor from a name that the DNS does not know, and receivers refuse senders there.",
    sources: &[Cite {
        standard: "rfc5321",
        section: "2.3.5",
    }],
};

/// A host of the zone has another zone's name before it.
pub(super) static DOT_MISSING: Rule = Rule {
    id: "final-dot-missing",
    severity: Severity::Wrong,
    who: Who::Owner,
    why: "In a zone file a name without a dot at its end lies below the zone's own name, so that the record leads to a host that \
          nobody set up, and mail does not arrive there.",
    sources: &[Cite {
        standard: "rfc1035",
        section: "5.1",
    }],
};

/// Resolvers answer differently.
pub(super) static DIFFER: Rule = Rule {
    id: "resolvers-differ",
    severity: Severity::Weak,
    who: Who::Owner,
    why: "Part of the world sees the one answer and part the other: a change has not reached every name server or cache \
          yet, or the name servers answer by who asks. Ask again when the records' time to live is over.",
    sources: &[Cite {
        standard: "rfc9499",
        section: "6",
    }],
};

/// Resolvers give different addresses.
pub(super) static ADDRESSES_DIFFER: Rule = Rule {
    id: "resolvers-differ-in-addresses",
    severity: Severity::Note,
    who: Who::Other,
    why: "Hosts on many networks give each asker the nearest address; only where one host is meant, a change is on its way.",
    sources: &[Cite {
        standard: "rfc9499",
        section: "6",
    }],
};

/// One resolver fails where another answers.
pub(super) static RESOLVER_FAILS: Rule = Rule {
    id: "resolver-fails",
    severity: Severity::Note,
    who: Who::Other,
    why: "Whoever depends on that resolver sees a failure, which is neither an answer nor the lack of a record.",
    sources: &[Cite {
        standard: "rfc2308",
        section: "7",
    }],
};
